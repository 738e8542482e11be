"""A long text, such as a conversation, of which only the visible lines are drawn.

The reader's place is sacred: it is kept while text is added below and when the window changes its width. Only a reader
who is at the end is taken along.
"""

from bisect import bisect_right
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace

from textual.binding import Binding
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from fourstep.tui.foreign import fitted, strip_of
from fourstep.tui.wrapping import wrap

WIDEST = 90
"""Cells of a line of text, however wide the window is."""
_MARGIN = 34
"""Cells of the margin, where there is room for one."""
_ROOM_FOR_MARGIN = 100
_NOTHING = Content("")
_HEAD = -1
"""Where a heading stands: before the first character of the body."""


@dataclass(frozen=True, slots=True)
class Note:
    """What stands in the margin beside a place of a text."""

    offset: int
    text: Content
    """Where it is empty, the place is only one to go to."""
    end: int = 0
    """Where the stretch that it is about ends; 0 where it is about the whole text."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of the text: a heading of one line, a body that is wrapped, notes on it."""

    key: Hashable
    head: Content = _NOTHING
    body: Content = _NOTHING
    notes: tuple[Note, ...] = ()
    gap: bool = True
    """Whether an empty line follows."""
    indent: int = 0
    """Cells by which the lines after the first stand in."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One line as it is drawn."""

    text: Content
    start: int = _HEAD
    """Where it starts in the passage's body."""
    note: Content | None = None


class Page(ScrollView, can_focus=True):
    """Passages one under the other."""

    DEFAULT_CSS = """
    Page { background: $background; color: $foreground; padding: 0 1; overflow-x: hidden;
        scrollbar-size-vertical: 1; scrollbar-gutter: stable; }
    """
    BINDINGS = [
        Binding("up", "scroll_by(-1)", "Line up", show=False),
        Binding("down", "scroll_by(1)", "Line down", show=False),
        Binding("pageup", "turn(-1)", "Read back", show=False),
        Binding("pagedown", "turn(1)", "Read on", show=False),
        Binding("home,ctrl+home", "to_start", "Beginning", show=False),
        Binding("end,ctrl+end", "to_end", "End", show=False),
    ]

    @dataclass
    class Moved(Message):
        """The reader's place, or how much there is below it, changed."""

        page: "Page"

        @property
        def control(self) -> "Page":
            """Which page."""
            return self.page

    def __init__(self, *, id: str | None = None, follows: bool = False) -> None:
        """A page that `follows` takes a reader who is at its end along when text is added."""
        super().__init__(id=id)
        self._follows = follows
        self._following = follows
        self._passages: list[Passage] = []
        self._blocks: list[list[_Line]] = []
        self._tops: list[int] = []
        """The line at which each passage begins."""
        self._width = 0
        self.moved_by_reader = False
        """Whether the last movement was the reader's own."""
        self._moving = False
        """Whether the position changes because of us and not of the reader."""
        self._marked: Hashable | None = None
        self.lit: tuple[int, int, int] | None = None
        """The passage, and from where to where in its body, that the reader was taken to."""
        self._place = (0, _HEAD)
        """The reader's place; narrower lines do not move it, so that a window that is widened again shows the same."""
        self._seen = 0
        """How many lines there were when the reader last was at the end."""

    @property
    def passages(self) -> Sequence[Passage]:
        """All passages."""
        return self._passages

    @property
    def following(self) -> bool:
        """Whether the reader is at the end and taken along."""
        return self._following

    @property
    def new_lines(self) -> int:
        """Lines that were added below since the reader left the end."""
        return 0 if self._following else max(0, self._height - self._seen)

    @property
    def place(self) -> tuple[int, int]:
        """The passage at the top of the window, and where in its body the top line starts."""
        if not self._blocks:
            return 0, _HEAD
        top = min(round(self.scroll_y), self._height - 1)
        number = bisect_right(self._tops, top) - 1
        return number, self._blocks[number][top - self._tops[number]].start

    @property
    def first_begun(self) -> int:
        """The first passage whose beginning is in the window, or the one at its top where none begins."""
        top = round(self.scroll_y)
        begun = (number for number, line in enumerate(self._tops) if top <= line < top + self.size.height)
        return next((number for number in begun if self._passages[number].body), self.place[0])

    def mark(self, key: Hashable | None) -> None:
        """Show by its head which passage is meant by what the reader does next; None for none."""
        if key != self._marked:
            self._marked = key
            self.refresh()

    def light(self, number: int, start: int, end: int) -> None:
        """Show a stretch of a passage's body as the one that is meant, until other passages are shown."""
        self.lit = (number, start, end)
        self.refresh()

    def show(self, passages: Sequence[Passage]) -> None:
        """Replace everything, keeping the reader's place."""
        self._passages = list(passages)
        self.lit = None
        self._lay_out()

    def add(self, passage: Passage) -> None:
        """One more passage at the end."""
        self._tops.append(self._height)
        self._passages.append(passage)
        self._blocks.append(self._lines(passage))
        self._grown()

    def change_last(self, passage: Passage) -> None:
        """The last passage again, with more text."""
        self._passages[-1] = passage
        self._blocks[-1] = self._lines(passage)
        self._grown()

    def drop_last(self) -> None:
        """Without the last passage."""
        for kept in (self._passages, self._blocks, self._tops):
            kept.pop()
        self._grown()

    def go_to(self, number: int, offset: int = _HEAD) -> None:
        """Show a place of a passage, a third down the window."""
        if 0 <= number < len(self._blocks):
            self._following = False
            self._scroll(self._line_of(number, offset) - self.size.height // 3)
            self._place = self.place

    def action_scroll_by(self, lines: int) -> None:
        """A line up or down."""
        self.scroll_to(y=self.scroll_y + lines, animate=False, immediate=True)

    def action_turn(self, pages: int) -> None:
        """A window up or down, less one line."""
        self.scroll_to(y=self.scroll_y + pages * max(1, self.size.height - 1), animate=False, immediate=True)

    def action_to_start(self) -> None:
        """The very beginning, also of a text that has its scroll bar only in the next picture."""
        self.scroll_to(y=0, animate=False, force=True, immediate=True)
        self._place = self.place

    def action_to_end(self) -> None:
        """The end; there the reader is taken along again."""
        self._following = self._follows
        self._to_end()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """A reader who leaves the end is not taken along any more; one who comes back is."""
        super().watch_scroll_y(old_value, new_value)
        if not self._moving:
            self._following = self._follows and round(new_value) >= self.max_scroll_y
            self._place = self.place
        if self._following:
            self._seen = self._height
        self.moved_by_reader = not self._moving
        self.post_message(self.Moved(self))

    def on_resize(self) -> None:
        """Another width: other lines, the same place."""
        width = self.scrollable_content_region.width
        if width != self._width:
            self._width = width
            self._lay_out()
        elif self._following:
            self._to_end()

    @property
    def _height(self) -> int:
        return self._tops[-1] + len(self._blocks[-1]) if self._blocks else 0

    @property
    def _margin(self) -> int:
        return _MARGIN if self._width >= _ROOM_FOR_MARGIN else 0

    @property
    def _text_width(self) -> int:
        return min(WIDEST, self._width - (self._margin + 2 if self._noted else 0))

    @property
    def _noted(self) -> bool:
        return self._margin > 0 and any(note.text for passage in self._passages for note in passage.notes)

    def _lay_out(self) -> None:
        """All lines anew, with the reader's place at the top again."""
        if not self._width:
            return
        self._blocks, self._tops = [], []
        height = 0
        for passage in self._passages:
            lines = self._lines(passage)
            self._blocks.append(lines)
            self._tops.append(height)
            height += len(lines)
        self._grown()
        if not self._following:
            self._scroll(self._line_of(*self._place))

    def _grown(self) -> None:
        self._moving = True
        self.virtual_size = Size(self.scrollable_content_region.width, self._height)
        self._moving = False
        if self._following:
            self._to_end()
        self.refresh()
        self.post_message(self.Moved(self))

    def _to_end(self) -> None:
        self._seen = self._height
        self._scroll(self._height)

    def _scroll(self, line: int) -> None:
        self._moving = True
        self.scroll_to(y=max(0, min(line, self.max_scroll_y)), animate=False, force=True, immediate=True)
        self._moving = False

    def _line_of(self, number: int, offset: int) -> int:
        """The line at which a place of a passage stands."""
        if number >= len(self._blocks):
            return self._height
        rows = [row for row, line in enumerate(self._blocks[number]) if line.start <= offset]
        return self._tops[number] + (rows[-1] if rows else 0)

    def _lines(self, passage: Passage) -> list[_Line]:
        """Head, body, notes, and an empty line."""
        width = self._text_width
        lines = [_Line(passage.head)] if passage.head else []
        if passage.body:
            lines += self._body(passage, width)
        if passage.notes:
            lines = _beside(lines, passage.notes) if self._noted else _below(lines, passage.notes, width)
        return [*lines, _Line(_NOTHING, len(passage.body))] if passage.gap else lines

    def _body(self, passage: Passage, width: int) -> list[_Line]:
        spans = wrap(passage.body.plain, width, indent=passage.indent)
        indent = " " * passage.indent
        return [
            _Line(Content.assemble(indent if row else "", passage.body[start:end]), start)
            for row, (start, end) in enumerate(spans)
        ]

    def render_line(self, y: int) -> Strip:
        """One visible line, with its selection."""
        row, width = y + self.scroll_offset.y, self.scrollable_content_region.width
        if row >= self._height:
            return Strip.blank(width, self.rich_style)
        number = bisect_right(self._tops, row) - 1
        line = self._blocks[number][row - self._tops[number]]
        text = line.text
        if line.start == _HEAD and self._marked is not None and self._passages[number].key == self._marked:
            text = Content.assemble("▸ ", text).stylize("reverse")
        if self.lit and self.lit[0] == number and line.start != _HEAD:
            start, end = (max(0, place - line.start) for place in self.lit[1:])
            text = text.stylize("reverse", start, end)
        if (selection := self.text_selection) and (span := selection.get_span(row)):
            start, end = span
            style = self.screen.get_visual_style("screen--selection")
            text = text.stylize(style, start, len(text) if end == -1 else end)
        if line.note:
            text = Content.assemble(fitted(text, self._text_width), "  ", line.note)
        return strip_of(text, width, self.visual_style, self).apply_offsets(0, row)

    @property
    def allow_select(self) -> bool:
        """Text can be selected with the mouse."""
        return True

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The selected text."""
        text = "\n".join(line.text.plain for block in self._blocks for line in block)
        return selection.extract(text), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """Draw it."""
        self.refresh()


def _beside(lines: list[_Line], notes: Sequence[Note]) -> list[_Line]:
    """Notes in the margin, each at its line or as soon below as there is room."""
    drawn = list(lines)
    free = 0
    for note in (note for note in notes if note.text):
        row = max(free, max((n for n, line in enumerate(lines) if line.start <= note.offset), default=0))
        for start, end in wrap(note.text.plain, _MARGIN):
            while row >= len(drawn):
                drawn.append(_Line(Content(""), drawn[-1].start if drawn else 0))
            drawn[row] = replace(drawn[row], note=note.text[start:end])
            row += 1
        free = row
    return drawn


def _below(lines: list[_Line], notes: Sequence[Note], width: int) -> list[_Line]:
    """Notes as lines of their own under the text."""
    last = lines[-1].start if lines else 0
    texts = [note.text for note in notes if note.text]
    under = [_Line(text[start:end], last) for text in texts for start, end in wrap(text.plain, width)]
    return [*lines, *under]
