"""A list of any length: its cursor passes over headings, and only what is visible is drawn."""

from collections.abc import Sequence

import pytest
from textual.app import ComposeResult
from textual.content import Content
from textual.pilot import Pilot

from fourstep.tui.widgets.rows import Heading, Rows
from tests.tui.conftest import Bare, screen_lines, until

pytestmark = pytest.mark.usefixtures("short_waits")

HEADED = ["# Frame", "scope", "goal", "# Data", "labels", "# Model"]


class Shelf(Bare):
    """Rows alone on a screen; what starts with `#` is a heading."""

    CSS = "Rows.boxed { border: round $line; }"

    def __init__(self, items: Sequence[str], *, boxed: bool = False) -> None:
        super().__init__()
        self.items = [Heading(Content(item[2:])) if item.startswith("#") else item for item in items]
        self.drawn: list[str] = []
        self.chosen: list[str | None] = []
        self.highlighted: list[str | None] = []
        self.rows: Rows[str] = Rows(self.draw)
        self.rows.set_class(boxed, "boxed")

    def draw(self, item: str, width: int) -> Content:
        self.drawn.append(item)
        return Content(item)

    def compose(self) -> ComposeResult:
        self.rows.show(self.items)
        yield self.rows

    def on_rows_chosen(self) -> None:
        self.chosen.append(self.rows.current)

    def on_rows_highlighted(self) -> None:
        self.highlighted.append(self.rows.current)


def numbered(count: int) -> list[str]:
    return [f"row {number}" for number in range(count)]


async def test_the_cursor_begins_at_the_first_item() -> None:
    shelf = Shelf(HEADED)
    async with shelf.run_test():
        assert shelf.rows.current == "scope"


@pytest.mark.parametrize(
    ("keys", "reached"),
    [
        (["down"], "goal"),
        (["down", "down"], "labels"),
        (["down", "down", "up"], "goal"),
        (["up"], "scope"),
        (["end"], "labels"),
        (["end", "down"], "labels"),
        (["end", "home"], "scope"),
        (["pagedown"], "labels"),
        (["pagedown", "pageup"], "scope"),
    ],
)
async def test_the_cursor_passes_over_headings_and_stays_inside(keys: list[str], reached: str) -> None:
    shelf = Shelf(HEADED)
    async with shelf.run_test() as pilot:
        await pilot.press(*keys)
        assert shelf.rows.current == reached


async def test_the_item_under_the_cursor_is_marked_with_a_sign() -> None:
    shelf = Shelf(HEADED)
    async with shelf.run_test() as pilot:
        await pilot.press("down")
        assert screen_lines(shelf)[:3] == ["Frame", "  scope", "▸ goal"]


async def test_opening_tells_of_the_item_under_the_cursor() -> None:
    shelf = Shelf(HEADED)
    async with shelf.run_test() as pilot:
        await pilot.press("down")
        shelf.rows.action_choose()
        await pilot.pause()
        assert shelf.chosen == ["goal"]


async def test_each_move_is_told_once() -> None:
    shelf = Shelf(HEADED)
    async with shelf.run_test() as pilot:
        shelf.highlighted.clear()
        await pilot.press("down", "down", "down")
        assert shelf.highlighted == ["goal", "labels"]


@pytest.mark.parametrize("items", [[], ["# Only a heading"]])
async def test_where_nothing_can_be_chosen_keys_do_nothing(items: list[str]) -> None:
    shelf = Shelf(items)
    async with shelf.run_test() as pilot:
        await pilot.press("down", "up", "end", "home", "pagedown", "pageup")
        shelf.rows.action_choose()
        await pilot.pause()
        assert (shelf.rows.current, shelf.chosen) == (None, [])


async def test_of_ten_thousand_rows_only_the_visible_ones_are_drawn() -> None:
    shelf = Shelf(numbered(10_000))
    async with shelf.run_test(size=(80, 24)) as pilot:
        await pilot.press("end")
        assert shelf.rows.current == "row 9999"
        assert len(set(shelf.drawn)) <= 2 * 24


async def test_the_cursor_is_always_in_view() -> None:
    shelf = Shelf(numbered(100))
    async with shelf.run_test(size=(80, 10)) as pilot:
        for key in ("pagedown", "pagedown", "up", "end", "pageup", "home"):
            await pilot.press(key)
            assert f"▸ {shelf.rows.current}" in [line.split("  ")[0] for line in screen_lines(shelf)], key


async def test_the_cursor_is_in_view_after_the_window_got_lower() -> None:
    shelf = Shelf(numbered(100))
    async with shelf.run_test(size=(80, 30)) as pilot:
        await pilot.press("pagedown")
        await pilot.resize_terminal(80, 10)
        await until(pilot, lambda: shelf.rows.region.height == 10)
        assert any(line.startswith("▸ row 29") for line in screen_lines(shelf))


async def clicked(pilot: Pilot[None], shelf: Shelf, line: int) -> str | None:
    """The item under the cursor after a click on a line of the screen."""
    await pilot.click(offset=(5, line))
    return shelf.rows.current


@pytest.mark.parametrize("boxed", [False, True])
async def test_a_click_moves_the_cursor_to_what_was_clicked(boxed: bool) -> None:
    shelf = Shelf(HEADED, boxed=boxed)
    async with shelf.run_test() as pilot:
        line = next(number for number, text in enumerate(screen_lines(shelf)) if "goal" in text)
        assert (await clicked(pilot, shelf, line), shelf.chosen) == ("goal", [])


async def test_a_click_finds_its_row_in_a_list_that_was_scrolled() -> None:
    shelf = Shelf(numbered(100))
    async with shelf.run_test(size=(80, 10)) as pilot:
        await pilot.press("end")
        assert await clicked(pilot, shelf, 2) == "row 92"


async def test_a_second_click_opens() -> None:
    shelf = Shelf(HEADED)
    async with shelf.run_test() as pilot:
        await clicked(pilot, shelf, 2)
        await clicked(pilot, shelf, 2)
        assert shelf.chosen == ["goal"]


@pytest.mark.parametrize("line", [0, 15])
async def test_a_click_on_a_heading_or_below_the_rows_does_nothing(line: int) -> None:
    shelf = Shelf(HEADED)
    async with shelf.run_test() as pilot:
        assert (await clicked(pilot, shelf, line), shelf.chosen) == ("scope", [])


async def test_other_rows_keep_the_cursor_as_far_as_there_are_rows() -> None:
    shelf = Shelf(numbered(20))
    async with shelf.run_test() as pilot:
        await pilot.press("end")
        shelf.rows.show(numbered(30))
        assert shelf.rows.current == "row 19"
        shelf.rows.show(numbered(5))
        assert shelf.rows.current == "row 4"


async def test_a_row_that_is_too_long_is_cut_with_an_ellipsis() -> None:
    shelf = Shelf(["x" * 100])
    async with shelf.run_test(size=(20, 5)):
        assert screen_lines(shelf)[0].endswith("xxx…")
