"""The design pad: a box for text, tables, boxes and arrows, whose lines are not wrapped."""

from textual import events
from textual.binding import Binding
from textual.geometry import Size

from fourstep.tui.widgets.writing import READING, Writing

_FRAME = """\
+------------+
|            |
+------------+"""
_TABLE = """\
|            |            |
|------------|------------|
|            |            |"""
_FLOWCHART = """\
```mermaid
flowchart LR
  client[Client] --> api[Service]
  api --> store[(Store)]
```"""
PIECES: tuple[tuple[str, str], ...] = (
    ("Box: [ name ]", "[ name ]"),
    ("Box with a frame: +------+", _FRAME),
    ("Arrow: -->", " --> "),
    ("Arrow down: | with v below it", "|\nv"),
    ("Table: | a | b |", _TABLE),
    ("Mermaid flowchart, drawn in the report", _FLOWCHART),
)
"""What can be put at the cursor: how it is named, and its text."""
_STRIDE = 200
"""Columns by which the sheet grows."""
_HINT = """Text, tables, boxes, arrows, Mermaid.
What is on the pad when you send an answer goes with it.
Ctrl+T puts in a box, an arrow, a table or a diagram."""


class Pad(Writing):
    """A sheet to draw on."""

    DEFAULT_CSS = "Pad { scrollbar-size-horizontal: 0; }"
    BINDINGS = [
        Binding("f4", "screen.pad", "Back"),
        Binding("ctrl+t", "screen.insert", "Insert box/arrow…"),
        Binding("ctrl+g", "screen.edit", "Editor"),
        Binding("ctrl+z", "undo", "Undo"),
        Binding("escape", "screen.pad", "Back", show=False),
    ]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, soft_wrap=False, placeholder=_HINT)

    def _refresh_size(self) -> None:
        """Not with every letter of the longest line: Textual 8.2.8 lays the whole screen out anew each time."""
        width, height = self.document.get_size(self.indent_width)
        self.virtual_size = Size(_STRIDE * (width // _STRIDE + 1), height)
        self._refresh_scrollbars()

    def takes_key(self, key: str, event: events.Key, *, pasted_tab: bool) -> bool:
        """Line ends of a paste are line ends; where the conversation is covered, the pad's own pages are turned."""
        if key == "ctrl+j":
            self.insert_line()
            return True
        if key in READING and not self.screen.has_class("-wide"):
            return False
        return super().takes_key(key, event, pasted_tab=pasted_tab)

    def put(self, piece: str) -> None:
        """Something at the cursor, its lines below each other; one undo takes it away again."""
        row, column = self.cursor_location
        before = self.document[row][:column]
        margin = before if before.isspace() else " " * len(before)
        self.insert(piece.replace("\n", f"\n{margin}"), maintain_selection_offset=False)
