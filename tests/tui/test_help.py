"""Help lists the keys that work on the screen below it, and says what a key is called when it arrives."""

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from fourstep.tui.app import FourstepApp
from fourstep.tui.screens.help import HelpScreen
from fourstep.tui.screens.home import HomeScreen
from fourstep.tui.screens.review import ReviewScreen
from fourstep.tui.widgets.page import Page
from fourstep.wiring.front import Front
from fourstep.wiring.held import Held
from tests.tui.conftest import WIDE, Stage, screen_text, until, until_shown

pytestmark = pytest.mark.usefixtures("short_waits")


def listed(pilot: Pilot[None]) -> dict[str, str]:
    """Keys and what they do, also those out of view."""
    lines = [passage.body.plain for passage in pilot.app.screen.query_one(Page).passages if passage.body]
    return dict(line.split(maxsplit=1) for line in lines)


async def helped(pilot: Pilot[None], key: str = "question_mark") -> dict[str, str]:
    """Ask for help; returns what it lists."""
    await pilot.press(key)
    await until(pilot, lambda: isinstance(pilot.app.screen, HelpScreen))
    return listed(pilot)


async def test_help_is_opened_and_closed_by_the_keys_that_one_tries(app: FourstepApp) -> None:
    async with app.run_test(size=WIDE) as pilot:
        for opens, closes in (("question_mark", "escape"), ("f1", "q"), ("f1", "f1"), ("f1", "question_mark")):
            assert (await helped(pilot, opens))["n"] == "New"
            await pilot.press(closes)
            assert isinstance(pilot.app.screen, HomeScreen), closes


async def test_keys_that_need_an_interview_are_not_listed_without_one(app: FourstepApp) -> None:
    async with app.run_test(size=WIDE) as pilot:
        await until_shown(pilot, "No interviews yet")
        keys = await helped(pilot)
        assert {"n", "d", "q"} <= set(keys)
        assert not {"r", "s", "v", "e", "Del", "u"} & set(keys)


async def test_keys_that_work_with_an_interview_are_listed(app: FourstepApp, example: Path) -> None:
    async with app.run_test(size=WIDE) as pilot:
        await until_shown(pilot, "Library (1)")
        keys = await helped(pilot)
        assert {"Enter": "Open", "v": "Review", "s": "Score", "Del": "Delete"}.items() <= keys.items()


SCREENS: dict[str, Callable[[FourstepApp, Held], object]] = {
    "picker": lambda app, held: app.open_picker(),
    "scorecard": lambda app, held: app.open_scorecard(held),
    "review": lambda app, held: app.open_review(held),
}


@pytest.mark.parametrize("screen", SCREENS)
async def test_keys_have_names_and_those_that_do_nothing_are_not_listed(front: Front, held: Held, screen: str) -> None:
    app = Stage(front, lambda app: SCREENS[screen](app, held))
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, lambda: len(app.screen_stack) == 2)
        keys = await helped(pilot)
        odd = {key for key in keys if "_" in key or "super" in key}
        assert odd | {key for key, meaning in keys.items() if "Left" in meaning} == set()


async def test_a_key_that_is_tested_is_only_named(app: FourstepApp) -> None:
    async with app.run_test(size=WIDE) as pilot:
        await helped(pilot)
        await pilot.press("k")
        for key, sign in (("f2", "F2"), ("ctrl+j", "^J"), ("q", "q"), ("pageup", "PgUp"), ("k", "k"), ("f1", "F1")):
            await pilot.press(key)
            assert f"That arrived as {sign} · Esc ends the test" in screen_text(app)


async def test_esc_ends_the_test_and_then_the_help(app: FourstepApp) -> None:
    async with app.run_test(size=WIDE) as pilot:
        await helped(pilot)
        await pilot.press("k", "escape")
        assert "Esc closes · k tests a key" in screen_text(app)
        await pilot.press("escape")
        assert isinstance(app.screen, HomeScreen)


@pytest.mark.parametrize("size", [WIDE, (60, 16)])
async def test_all_of_it_can_be_read_in_any_size(front: Front, held: Held, size: tuple[int, int]) -> None:
    app = Stage(front, lambda app: app.open_review(held))
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: isinstance(app.screen, ReviewScreen))
        await helped(pilot)
        await pilot.press("end")
        await until_shown(pilot, "Saved all the time")
