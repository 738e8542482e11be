"""A box with text in it that the program makes itself."""

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget


class Panel(Widget):
    """Text in a border; redrawn when the text is set."""

    DEFAULT_CSS = """
    Panel { link-style: none; link-style-hover: bold; link-color-hover: $chosen-text; link-background-hover: $chosen; }
    """

    text: reactive[Content] = reactive(Content(""), layout=True)

    def __init__(self, *, id: str | None = None, title: str | None = None) -> None:
        super().__init__(id=id, classes="box")
        self.border_title = title

    def render(self) -> Content:
        """The text."""
        return self.text
