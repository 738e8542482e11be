"""One setting on one line: its name, and a box to type into, or a value that cannot be changed here."""

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Input

from fourstep.tui.foreign import shown_in_line

_LABEL = 14
"""With the box's padding as wide as the label of `Choices` and the sign before it."""


class Label(Widget):
    """What a field is called, with a sign while it has the keys."""

    DEFAULT_CSS = f"Label {{ width: {_LABEL}; height: 1; }}"

    focused: reactive[bool] = reactive(False)

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def render(self) -> Content:
        """As `Choices` writes it."""
        mark = "▸ " if self.focused else "  "
        return Content.styled(f"{mark}{self._text}", "bold $focus" if self.focused else "")


class Field(Horizontal):
    """A line of text that is typed in; `secret` shows dots instead."""

    DEFAULT_CSS = """
    Field { height: 1; }
    Field Input, Field Input:focus {
        width: 1fr; height: 1; border: none; padding: 0 1; background: $panel; color: $foreground;
    }
    """

    def __init__(self, label: str, text: str, *, hint: str = "", secret: bool = False) -> None:
        super().__init__()
        self._label = Label(label)
        self.input = Input(text, placeholder=hint, password=secret)

    def compose(self) -> ComposeResult:
        """The name before the box."""
        yield self._label
        yield self.input

    def on_descendant_focus(self) -> None:
        """It has the keys."""
        self._label.focused = True

    def on_descendant_blur(self) -> None:
        """It has them no more."""
        self._label.focused = False


class Fixed(Widget):
    """A value that is only shown, and where it is set."""

    DEFAULT_CSS = "Fixed { height: 1; color: $muted; }"

    value: reactive[Content] = reactive(Content(""))

    def __init__(self, label: str, text: str) -> None:
        super().__init__()
        self._label = label
        self.value = shown_in_line(text)

    def render(self) -> Content:
        """As a field, without a box."""
        return Content.assemble(f"  {self._label:{_LABEL - 1}}", self.value)
