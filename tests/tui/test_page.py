"""A long text keeps its reader's place, whatever happens to it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.app import ComposeResult
from textual.content import Content
from textual.geometry import Offset
from textual.pilot import Pilot
from textual.selection import SELECT_ALL, Selection

from fourstep.tui.widgets.page import Note, Page, Passage
from tests.tui.conftest import Bare, screen_text, strips, until

pytestmark = pytest.mark.usefixtures("short_waits")

WORDS = " ".join(f"word{number}" for number in range(60))
"""Some 400 cells: several lines at any width."""


def turn(number: int, *notes: Note, words: str = WORDS) -> Passage:
    return Passage(number, Content(f"Turn {number}"), Content(f"t{number} {words}"), notes)


class Book(Bare):
    """A page alone on a screen."""

    def __init__(self, passages: list[Passage], *, follows: bool = False) -> None:
        super().__init__()
        self.page = Page(follows=follows)
        self.passages = passages

    def compose(self) -> ComposeResult:
        self.page.show(self.passages)
        yield self.page


def book(turns: int = 30, *, follows: bool = False) -> Book:
    return Book([turn(number) for number in range(turns)], follows=follows)


@asynccontextmanager
async def opened(shown: Book, width: int = 80) -> AsyncIterator[Pilot[None]]:
    """The page as it stands after its first picture."""
    async with shown.run_test(size=(width, 24)) as pilot:
        await pilot.pause()
        yield pilot


async def scrolled(pilot: Pilot[None], shown: Book, lines: int) -> str:
    """The first line in view so many lines further down."""
    shown.page.action_scroll_by(lines)
    await pilot.pause()
    return top(shown)


def top(book: Book) -> str:
    """The first line that the reader sees."""
    return lines_of(book)[0].strip()


def lines_of(book: Book) -> list[str]:
    """What the reader sees, without the scroll bar and the margin behind it."""
    return [strip.crop(0, strip.cell_length - 2).text.rstrip() for strip in strips(book)]


async def widened(pilot: Pilot[None], *widths: int) -> None:
    for width in widths:
        await pilot.resize_terminal(width, 24)
        await until(pilot, lambda width=width: pilot.app.query_one(Page).region.width == width)


async def test_every_passage_has_its_heading_its_lines_and_an_empty_line() -> None:
    shown = Book([turn(1, words="one two"), turn(2, words="three")])
    async with opened(shown):
        assert [line.strip() for line in lines_of(shown)[:5]] == ["Turn 1", "t1 one two", "", "Turn 2", "t2 three"]


async def test_lines_are_at_most_ninety_cells_however_wide_the_window() -> None:
    shown = book()
    async with opened(shown, 200):
        assert 80 < max(len(line.strip()) for line in lines_of(shown) if "word" in line) <= 90


async def test_a_hanging_indent_is_kept_in_every_further_line() -> None:
    shown = Book([Passage("item", body=Content(f"+ {WORDS}"), indent=2)])
    async with opened(shown):
        first, *others = [line[1:].rstrip() for line in lines_of(shown) if "word" in line]
        assert first.startswith("+ word0")
        assert {line[:3] for line in others} == {"  w"}


# the reader's place


@pytest.mark.parametrize("follows", [False, True])
async def test_the_place_is_kept_while_text_is_added_below(follows: bool) -> None:
    shown = book(follows=follows)
    async with opened(shown) as pilot:
        await pilot.press("home", "pagedown")
        before = lines_of(shown)
        shown.page.add(turn(30))
        shown.page.change_last(turn(30, words=WORDS * 3))
        await pilot.pause()
        assert lines_of(shown) == before


@pytest.mark.parametrize("lines", [0, 1, 3, 9, 43])
async def test_the_same_line_is_on_top_after_the_window_was_narrower_for_a_while(lines: int) -> None:
    shown = book()
    async with opened(shown, 120) as pilot:
        before = await scrolled(pilot, shown, lines)
        await widened(pilot, 80, 120)
        assert top(shown) == before


async def test_the_same_turn_is_on_top_in_a_narrower_window() -> None:
    shown = book()
    async with opened(shown, 120) as pilot:
        assert await scrolled(pilot, shown, 7 * 8) == "Turn 8"
        await widened(pilot, 80)
        assert top(shown) == "Turn 8"


async def test_the_first_word_of_the_top_line_stays_in_view_in_a_narrower_window() -> None:
    shown = book()
    async with opened(shown, 120) as pilot:
        first = (await scrolled(pilot, shown, 7 * 8 + 3)).split()[0]
        await widened(pilot, 80)
        assert first in top(shown).split()


async def test_other_passages_leave_the_reader_at_the_same_one() -> None:
    shown = book()
    async with opened(shown) as pilot:
        shown.page.go_to(10)
        before = lines_of(shown)[8].strip()
        shown.page.show([turn(number) for number in range(40)])
        await pilot.pause()
        assert lines_of(shown)[8].strip() == before == "Turn 10"


# following


async def test_a_conversation_opens_at_its_end_and_follows_what_is_added() -> None:
    shown = book(follows=True)
    async with opened(shown) as pilot:
        assert "t29" in screen_text(shown)
        shown.page.add(turn(30))
        await pilot.pause()
        assert "word59" in "".join(lines_of(shown)[-3:])
        assert (shown.page.following, shown.page.new_lines) == (True, 0)


async def test_a_reader_who_left_the_end_is_not_followed_and_told_how_much_is_new() -> None:
    shown = book(follows=True)
    async with opened(shown) as pilot:
        await pilot.press("pageup")
        shown.page.add(turn(30, words="new"))
        assert (shown.page.following, shown.page.new_lines) == (False, 3)


@pytest.mark.parametrize("keys", [["end"], ["pagedown"], ["down"]])
async def test_a_reader_who_comes_back_to_the_end_is_followed_again(keys: list[str]) -> None:
    shown = book(follows=True)
    async with opened(shown) as pilot:
        await pilot.press("up", *keys)
        shown.page.add(turn(30, words="new"))
        await pilot.pause()
        assert "t30 new" in screen_text(shown)


async def test_a_reader_at_the_end_stays_there_when_the_window_changes() -> None:
    shown = book(follows=True)
    async with opened(shown, 120) as pilot:
        await widened(pilot, 80)
        assert shown.page.following
        assert "word59" in "".join(lines_of(shown)[-3:])


async def test_a_text_that_is_only_read_never_moves_by_itself() -> None:
    shown = book()
    async with opened(shown) as pilot:
        await pilot.press("end")
        before = top(shown)
        shown.page.add(turn(30))
        await pilot.pause()
        assert top(shown) == before


async def test_a_passage_that_is_dropped_leaves_the_others() -> None:
    shown = book(2, follows=True)
    async with opened(shown) as pilot:
        shown.page.drop_last()
        await pilot.pause()
        assert "Turn 0" in screen_text(shown)
        assert "Turn 1" not in screen_text(shown)


# going to a place


async def test_a_turn_that_is_gone_to_stands_a_third_down() -> None:
    shown = book()
    async with opened(shown, 80):
        shown.page.go_to(12)
        assert lines_of(shown)[8].strip() == "Turn 12"


async def test_a_place_inside_a_turn_is_gone_to() -> None:
    shown = book()
    async with opened(shown, 80):
        shown.page.go_to(12, len(f"t12 {WORDS}") - 3)
        assert "word59" in lines_of(shown)[8]


@pytest.mark.parametrize("number", [-1, 30, 99])
async def test_a_turn_that_is_not_there_is_not_gone_to(number: int) -> None:
    shown = book()
    async with opened(shown):
        shown.page.go_to(number)
        assert top(shown) == "Turn 0"


# notes


def noted(*notes: Note) -> Book:
    return Book([turn(1, *notes), turn(2)])


LAST_WORD = len(f"t1 {WORDS}") - 3
FIRST, LAST = Note(0, Content("+ first")), Note(LAST_WORD, Content("+ last"))


async def test_in_a_wide_window_notes_stand_beside_the_line_they_are_about() -> None:
    shown = noted(FIRST, LAST)
    async with opened(shown, 120):
        about = {note: next(line for line in lines_of(shown) if note in line) for note in ("+ first", "+ last")}
        assert "t1 word0" in about["+ first"]
        assert "word59" in about["+ last"]


async def test_notes_on_one_line_stand_one_below_the_other() -> None:
    shown = noted(FIRST, Note(1, Content("+ second")))
    async with opened(shown, 120):
        beside = [line for line in lines_of(shown) if "+ " in line]
        assert ["first" in beside[0], "second" in beside[1], len(beside)] == [True, True, 2]


async def test_more_notes_than_lines_are_all_shown() -> None:
    shown = Book([turn(1, *[Note(0, Content(f"+ note {number}")) for number in range(6)], words="short")])
    async with opened(shown, 120):
        assert screen_text(shown).count("+ note") == 6


async def test_in_a_narrow_window_notes_stand_below_their_text() -> None:
    shown = noted(FIRST, LAST)
    async with opened(shown, 80):
        lines = [line.strip() for line in lines_of(shown)]
        assert lines[lines.index("+ first") - 1].endswith("word59")
        assert lines[lines.index("+ first") + 1 :][:2] == ["+ last", ""]


async def test_a_long_note_is_wrapped_and_loses_no_word() -> None:
    shown = noted(Note(0, Content("+ a note of many words that does not fit beside the text in one line")))
    async with opened(shown, 120):
        margin = " ".join(line[84:].strip() for line in lines_of(shown)[:6])
        assert "many words that does not fit beside the text in one line" in " ".join(margin.split())


# selection


def selected(shown: Book, start: Offset, end: Offset) -> str | None:
    shown.screen.selections = {shown.page: Selection(start, end)}
    return shown.screen.get_selected_text()


async def test_what_is_selected_is_the_text_between_two_places() -> None:
    shown = Book([turn(1, words="one two"), turn(2, words="three")])
    async with opened(shown):
        assert selected(shown, Offset(3, 1), Offset(6, 1)) == "one"
        assert selected(shown, Offset(3, 1), Offset(2, 4)) == "one two\n\nTurn 2\nt2"


async def test_all_of_a_text_is_selected_with_what_is_out_of_view() -> None:
    shown = book()
    async with opened(shown):
        shown.screen.selections = {shown.page: SELECT_ALL}
        assert "Turn 29" in (shown.screen.get_selected_text() or "")


async def test_a_drag_with_the_mouse_selects() -> None:
    shown = Book([turn(1, words="one two"), turn(2, words="three")])
    async with opened(shown) as pilot:
        await pilot.mouse_down(offset=(4, 1))
        await pilot.hover(offset=(6, 1))
        await pilot.mouse_up(offset=(6, 1))
        assert shown.screen.get_selected_text() == "one"


async def test_a_line_that_is_selected_looks_different() -> None:
    shown = Book([turn(1, words="one two")])
    async with opened(shown) as pilot:
        plain = shown.page.render_line(1)
        selected(shown, Offset(3, 1), Offset(6, 1))
        await pilot.pause()
        assert shown.page.render_line(1) != plain
