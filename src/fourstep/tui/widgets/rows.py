"""A list of any length of which only what is visible is drawn: the library, problems, criteria, scores."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from fourstep.tui.foreign import strip_of

ItemT = TypeVar("ItemT")


@dataclass(frozen=True, slots=True)
class Heading:
    """A row that cannot be chosen."""

    text: Content


class Rows(ScrollView, Generic[ItemT], can_focus=True):
    """Items, one a line, with a cursor; `draw` makes the content of one item for a width in cells."""

    COMPONENT_CLASSES = {"rows--cursor", "rows--heading"}
    DEFAULT_CSS = """
    Rows {
        background: $background; color: $foreground; overflow-x: hidden;
        scrollbar-size-vertical: 1; scrollbar-gutter: stable;
        & > .rows--cursor { background: $chosen; color: $chosen-text; text-style: bold; }
        & > .rows--heading { color: $muted; text-style: bold; }
    }
    """
    BINDINGS = [
        Binding("up", "step(-1)", "Up", show=False),
        Binding("down", "step(1)", "Down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("home", "edge(0)", "First", show=False),
        Binding("end", "edge(-1)", "Last", show=False),
    ]

    cursor: reactive[int] = reactive(0, init=False)

    @dataclass
    class Highlighted(Message):
        """The cursor came to another item."""

        rows: "Rows[Any]"

        @property
        def control(self) -> "Rows[Any]":
            """Whose cursor."""
            return self.rows

    @dataclass
    class Chosen(Message):
        """An item was opened."""

        rows: "Rows[Any]"

        @property
        def control(self) -> "Rows[Any]":
            """Whose item."""
            return self.rows

    def __init__(self, draw: Callable[[ItemT, int], Content], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._draw = draw
        self._items: Sequence[ItemT | Heading] = ()

    @property
    def items(self) -> Sequence[ItemT | Heading]:
        """All rows."""
        return self._items

    @property
    def current(self) -> ItemT | None:
        """The item under the cursor."""
        item = self._items[self.cursor] if 0 <= self.cursor < len(self._items) else None
        return None if isinstance(item, Heading) else item

    def show(self, items: Sequence[ItemT | Heading], *, at: int | None = None) -> None:
        """Replace the rows; the cursor goes to row `at`, or stays where it was as far as there are rows."""
        self._items = items
        if not self.is_attached:
            return
        self.virtual_size = Size(self.scrollable_content_region.width, len(items))
        wanted = self._selectable(min(at if at is not None else self.cursor, len(items) - 1), 1)
        if wanted != self.cursor:
            self.cursor = wanted
        else:
            self.watch_cursor(wanted, wanted)
        self.refresh()

    def watch_cursor(self, before: int, now: int) -> None:
        """Keep the cursor in view and tell."""
        if self._items:
            self.scroll_to_region(Region(0, now, 1, 1), animate=False, force=True, immediate=True)
            self.post_message(self.Highlighted(self))
        self.refresh_line(before)
        self.refresh_line(now)

    def action_step(self, by: int) -> None:
        """The next item that can be chosen."""
        self.cursor = self._selectable(self.cursor + by, by)

    def action_page(self, by: int) -> None:
        """A screenful on."""
        self.cursor = self._selectable(self.cursor + by * max(1, self.size.height - 1), by)

    def action_edge(self, at: int) -> None:
        """The first or the last item."""
        last = len(self._items) - 1
        self.cursor = self._selectable(0, 1) if at == 0 else self._selectable(last, -1)

    def action_choose(self) -> None:
        """Open the item under the cursor."""
        if self.current is not None:
            self.post_message(self.Chosen(self))

    def on_click(self, event: events.Click) -> None:
        """One click moves the cursor; a click on the cursor opens."""
        place = event.get_content_offset(self)
        row = place.y + self.scroll_offset.y if place else -1
        if not 0 <= row < len(self._items) or isinstance(self._items[row], Heading):
            return
        if row == self.cursor:
            self.action_choose()
        else:
            self.cursor = row

    def on_mount(self) -> None:
        """What was filled before has an item under the cursor too."""
        self.show(self._items)

    def on_resize(self) -> None:
        """As wide as there is room, with the cursor in view."""
        self.virtual_size = Size(self.scrollable_content_region.width, len(self._items))
        self.scroll_to_region(Region(0, self.cursor, 1, 1), animate=False, force=True, immediate=True)

    def render_line(self, y: int) -> Strip:
        """One visible row."""
        row, width = y + self.scroll_offset.y, self.scrollable_content_region.width
        if row >= len(self._items):
            return Strip.blank(width, self.rich_style)
        item = self._items[row]
        if isinstance(item, Heading):
            style, content = self.get_visual_style("rows--heading"), item.text
        else:
            at_cursor = row == self.cursor
            style = self.get_visual_style("rows--cursor") if at_cursor else self.visual_style
            content = Content.assemble("▸ " if at_cursor else "  ", self._draw(item, width - 2))
        return strip_of(content, width, style, self)

    def _selectable(self, row: int, direction: int) -> int:
        """The nearest row at or beyond `row` that can be chosen, turning round at the end; 0 where there is none."""
        last = len(self._items) - 1
        row = min(max(0, row), last)
        onward, back = range(max(0, row), last + 1), range(row, -1, -1)
        places = (*onward, *back) if direction > 0 else (*back, *onward)
        return next((place for place in places if not isinstance(self._items[place], Heading)), 0)
