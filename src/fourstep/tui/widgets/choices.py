"""A few choices on one line: `(•) 45 min  ( ) 30 min`, or `[x] Frame  [ ] Data` where several can be taken."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget

ValueT = TypeVar("ValueT")
_LABEL = 13


class Choices(Widget, Generic[ValueT], can_focus=True):
    """Left and right move, space takes; one of them, or `several` but never none."""

    DEFAULT_CSS = """
    Choices { height: 1; color: $foreground; background: $background; }
    """
    BINDINGS = [
        Binding("left", "move(-1)", "Left", show=False),
        Binding("right", "move(1)", "Right", show=False),
        Binding("space", "take", "Choose", show=False),
        Binding("up", "app.focus_previous", "Line above", show=False),
        Binding("down", "app.focus_next", "Line below", show=False),
    ]

    def __init__(
        self, label: str, options: Sequence[tuple[str, ValueT]], taken: Sequence[ValueT], *, several: bool = False
    ) -> None:
        super().__init__()
        self._label = label
        self._options = options
        self._several = several
        self._taken = [number for number, (_, value) in enumerate(options) if value in taken] or [0]
        self._cursor = self._taken[0]

    @property
    def values(self) -> tuple[ValueT, ...]:
        """What is taken, in the order of the options."""
        return tuple(self._options[number][1] for number in sorted(self._taken))

    @property
    def value(self) -> ValueT:
        """The one that is taken."""
        return self.values[0]

    def take(self, value: ValueT) -> None:
        """Take one by its value; the first where it is none of them."""
        self._cursor = next((number for number, (_, known) in enumerate(self._options) if known == value), 0)
        self._taken = [self._cursor]
        self.refresh()

    def render(self) -> Content:
        """All of them, with their signs."""
        mark = "▸ " if self.has_focus else "  "
        parts = [Content.styled(f"{mark}{self._label:{_LABEL}}", "bold $focus" if self.has_focus else "")]
        for number, (name, _) in enumerate(self._options):
            on = number in self._taken
            sign = ("[x]" if on else "[ ]") if self._several else ("(•)" if on else "( )")
            style = "bold $chosen-text on $chosen" if self.has_focus and number == self._cursor else ""
            parts.append(Content.assemble((f"{sign} {name}", style), "  "))
        return Content.assemble(*parts)

    def action_move(self, by: int) -> None:
        """To the next; of those that exclude each other it is taken at once."""
        self._cursor = max(0, min(self._cursor + by, len(self._options) - 1))
        if not self._several:
            self._taken = [self._cursor]
        self.refresh()

    def action_take(self) -> None:
        """Take it, or leave it."""
        if not self._several:
            self._taken = [self._cursor]
        elif self._cursor in self._taken and len(self._taken) > 1:
            self._taken.remove(self._cursor)
        elif self._cursor not in self._taken:
            self._taken.append(self._cursor)
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Take what was clicked."""
        at = 2 + _LABEL
        for number, (name, _) in enumerate(self._options):
            if at <= event.x < at + len(name) + 4:
                self._cursor = number
                self.action_take()
            at += len(name) + 6
