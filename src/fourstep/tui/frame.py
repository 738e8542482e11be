"""What every screen shares: a title line above, below it the body, a line for messages, and the keys that work."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingsMap
from textual.content import Content
from textual.reactive import reactive
from textual.screen import Screen
from textual.widget import Widget

from fourstep.tui.foreign import fitted, shown_in_line
from fourstep.tui.widgets.keyline import KeyLine

if TYPE_CHECKING:
    from fourstep.tui.app import FourstepApp

_FOCUSED = "▸ "
SMALLEST = (60, 16)
"""Columns and rows; below, only a sentence is shown."""
NOT_IN_A_BROWSER = ("export", "edit")
"""What a page may not do: write files beside the interviews, start a program. What else asks for it is told so."""


_LEAST_TITLE = 30
"""Cells of a screen's name that are shown however much stands beside it."""


class TitleLine(Widget):
    """What this is on the left, how things stand on the right."""

    DEFAULT_CSS = "TitleLine { height: 1; background: $bar; color: $foreground; padding: 0 1; }"

    left: reactive[Content] = reactive(Content(""))
    right: reactive[Content] = reactive(Content(""))

    def render(self) -> Content:
        """The left side is cut for the right, but never so far that one no longer knows where one is."""
        width = self.size.width - 1
        room = max(width - self.right.cell_length, min(self.left.cell_length, _LEAST_TITLE))
        return Content.assemble(fitted(self.left, max(0, room)), " ", fitted(self.right, max(0, width - room)))


class StatusLine(Widget):
    """One sentence; what went wrong stays until something else is to be said, in as many lines as it needs."""

    DEFAULT_CSS = """
    StatusLine { height: 1; background: $background; color: $foreground; padding: 0 1;
        &.-bad { color: $error; text-style: bold; height: auto; max-height: 3; } }
    """

    text: reactive[Content] = reactive(Content(""))

    def render(self) -> Content:
        """Cut where it is too long, unless something went wrong."""
        return self.text if self.has_class("-bad") else fitted(self.text, self.size.width)


class Framed(Screen[None]):
    """A screen with its frame; `body` makes what stands between."""

    BINDINGS = [Binding("ctrl+c,super+c", "app.copy_or_leave", "Copy, or leave when pressed twice", show=False)]
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (SMALLEST[0], "-narrow"), (80, "-standard"), (110, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (SMALLEST[1], "-low"), (24, "-normal"), (32, "-tall")]

    def __init__(self) -> None:
        super().__init__()
        self.title_line = TitleLine()
        self.status_line = StatusLine()
        self.key_line = KeyLine()

    @property
    def program_app(self) -> "FourstepApp":
        """The app, as what it is."""
        return cast("FourstepApp", self.app)

    def compose(self) -> ComposeResult:
        """Title, body, status, keys."""
        yield self.title_line
        yield from self.body()
        yield self.status_line
        yield self.key_line
        yield TooSmall()

    def body(self) -> Iterable[Widget]:
        """What stands between the lines."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Keys that may do nothing here are not there."""
        if self.app.is_web:
            self._bindings = BindingsMap(one for _, one in self._bindings if one.action not in NOT_IN_A_BROWSER)
            self.refresh_bindings()

    def on_descendant_focus(self) -> None:
        """The box that has the keys says so in its title too, for those who see no colours."""
        for box in self.query(".box"):
            title = (box.border_title or "").removeprefix(_FOCUSED)  # as markup, in which foreign brackets are escaped
            box.border_title = f"{_FOCUSED}{title}" if box.has_focus_within else title

    def head(self, left: str, right: Content | str = "") -> None:
        """Set the title line."""
        self.title_line.left = Content.assemble(("fourstep", "bold"), " · ", shown_in_line(left))
        self.title_line.right = Content.assemble(right)

    def say(self, text: Content | str, *, bad: bool = False) -> None:
        """Set the status line; `bad` for what went wrong."""
        said = text if isinstance(text, Content) else shown_in_line(text)
        self.status_line.text = Content.assemble("! " if bad else "", said)
        self.status_line.set_class(bad, "-bad")
        self.status_line.refresh(layout=bad)

    def keys_changed(self) -> None:
        """Other keys work now."""
        self.refresh_bindings()
        self.key_line.refresh()


class TooSmall(Widget):
    """Covers a window in which nothing can be read."""

    DEFAULT_CSS = """
    TooSmall { layer: cover; width: 100%; height: 100%; display: none; background: $background; color: $foreground; }
    """

    def render(self) -> Content:
        """What to do, and that nothing is lost."""
        width, height = self.app.size
        columns, rows = SMALLEST
        return Content(f"{columns}x{rows} or larger, please. Your text is safe. (now {width}x{height})")
