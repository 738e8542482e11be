"""Some blocks of a report on a screen of their own."""

from collections.abc import Iterable, Sequence

from textual.binding import Binding
from textual.widget import Widget

from fourstep.report.document import Block
from fourstep.tui.blocks import passages_of
from fourstep.tui.foreign import shown_in_line
from fourstep.tui.frame import Framed
from fourstep.tui.widgets.page import Page


class BlocksScreen(Framed):
    """To read, copy, and go back."""

    AUTO_FOCUS = "#blocks"
    BINDINGS = [
        Binding("c", "copy", "Copy"),
        Binding("escape", "dismiss", "Back"),
        Binding("question_mark,f1", "app.help", "Help"),
    ]

    def __init__(self, title: str, blocks: Sequence[Block]) -> None:
        super().__init__()
        self._title = title
        self._page = Page(id="blocks")
        self._page.show(passages_of(blocks))

    def body(self) -> Iterable[Widget]:
        """One text."""
        self.head(self._title)
        self._page.add_class("box")
        self._page.border_title = shown_in_line(self._title)
        return (self._page,)

    def action_copy(self) -> None:
        """All of it."""
        self.program_app.copy("\n".join(passage.head.plain + passage.body.plain for passage in self._page.passages))
