"""The picker: a problem and its set-up are chosen in a few keys, and remembered."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from fourstep.files.log import LOG_NAME, read_log
from fourstep.problem import Problem
from fourstep.settings import Settings
from fourstep.transcript.events import Started
from fourstep.tui.screens.live import LiveScreen
from fourstep.tui.screens.picker import PickerScreen
from fourstep.wiring.front import Front
from tests.tui.conftest import STANDARD, WIDE, Stage, kept, screen_lines, screen_text, until

pytestmark = pytest.mark.usefixtures("short_waits", "problems")


@asynccontextmanager
async def at_picker(front: Front, size: tuple[int, int] = WIDE) -> AsyncIterator[Pilot[None]]:
    """The picker."""
    app = Stage(front, lambda app: app.open_picker())
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: isinstance(app.screen, PickerScreen))
        yield pilot


def chosen(pilot: Pilot[None]) -> list[str]:
    """What is taken in the set-up, in the order of its lines."""
    text = screen_text(pilot.app)
    return re.findall(r"(?:\(•\)|\[x\]) (.+?)(?=  )", text[text.index("Set-up") :])


async def started(pilot: Pilot[None], front: Front) -> Started:
    """How the interview was set up that Enter starts."""
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(pilot.app.screen, LiveScreen))
    await until(pilot, lambda: list(front.root.glob(f"*/{LOG_NAME}")))
    await pilot.press("ctrl+q")
    events, _ = read_log(next(front.root.glob(f"*/{LOG_NAME}")))
    assert isinstance(events[0], Started)
    return events[0]


# problems


async def test_every_problem_is_listed_and_the_first_one_is_previewed(front: Front) -> None:
    async with at_picker(front) as pilot:
        text = screen_text(pilot.app)
        assert [title for title in ("▸ Ad clicks", "Harmful posts", "Video feed") if title not in text] == []
        assert "Advertisers pay for a click." in text


async def test_the_preview_follows_the_cursor(front: Front) -> None:
    async with at_picker(front) as pilot:
        await pilot.press("end")
        assert "Anybody can upload." in screen_text(pilot.app)


async def test_facts_and_strong_answers_stay_hidden(front: Front, problem: Problem) -> None:
    async with at_picker(front) as pilot:
        text = screen_text(pilot.app)
        hidden = [fact.tells for fact in problem.facts] + list(problem.strong.values())
        assert [words for words in hidden if words in text] == []


@pytest.mark.parametrize("words", ["VIDEO", "retrieval", "upload"], ids=["title", "tag", "statement"])
async def test_the_search_looks_at_title_tags_and_statement(front: Front, words: str) -> None:
    async with at_picker(front) as pilot:
        await pilot.press("slash", *words)
        assert "1 of 3 problems match" in screen_text(pilot.app)
        assert "▸ Video feed" in screen_text(pilot.app)


async def test_letters_in_the_search_are_text_and_no_shortcuts(front: Front) -> None:
    async with at_picker(front) as pilot:
        await pilot.press("slash", *"aqx")
        assert "aqx" in screen_text(pilot.app)
        assert "0 of 3 problems match" in screen_text(pilot.app)


async def test_where_nothing_matches_nothing_starts(front: Front) -> None:
    async with at_picker(front) as pilot:
        await pilot.press("slash", *"zzz", "enter", "enter")
        assert "No problem matches; Esc clears the search." in screen_text(pilot.app)
        assert isinstance(pilot.app.screen, PickerScreen)


async def test_esc_first_clears_the_search_and_then_goes_back(front: Front) -> None:
    async with at_picker(front) as pilot:
        await pilot.press("slash", *"video", "escape")
        assert "Harmful posts" in screen_text(pilot.app)
        await pilot.press("escape")
        assert len(pilot.app.screen_stack) == 1


async def test_enter_in_the_search_goes_to_the_list_and_starts_nothing_yet(front: Front) -> None:
    async with at_picker(front) as pilot:
        await pilot.press("slash", *"video", "enter")
        assert isinstance(pilot.app.screen, PickerScreen)
        assert (await started(pilot, front)).problem == "video_feed"


async def test_a_goes_to_any_problem(front: Front, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("random.randrange", lambda count: count - 1)
    async with at_picker(front) as pilot:
        await pilot.press("a")
        assert "▸ Video feed" in screen_text(pilot.app)


@pytest.fixture
def broken(problems: Path) -> None:
    """The first file is no problem."""
    (problems / "a_broken_one.yaml").write_text("id: a_broken_one\ntitle: [1, 2]\n")


async def test_a_file_that_cannot_be_used_is_listed_with_the_reason(front: Front, broken: None) -> None:
    async with at_picker(front) as pilot:
        assert "▸ a_broken_one (cannot be used)" in screen_text(pilot.app)
        assert "This file cannot be used" in screen_text(pilot.app)
        assert "title" in screen_text(pilot.app)


async def test_a_file_that_cannot_be_used_starts_no_interview(front: Front, broken: None) -> None:
    async with at_picker(front) as pilot:
        await pilot.press("enter")
        assert isinstance(pilot.app.screen, PickerScreen)
        assert any(line.startswith(" ! ") for line in screen_lines(pilot.app)[-4:-1])


async def test_beside_a_file_that_cannot_be_used_the_others_can_be(front: Front, broken: None) -> None:
    async with at_picker(front) as pilot:
        await pilot.press("down")
        assert (await started(pilot, front)).problem == "ad_clicks"


# the set-up

USUAL = ["45 min", "Frame", "Data", "Model", "Serve", "senior", "neutral", "6"]


async def test_the_first_set_up_is_the_usual_one(front: Front) -> None:
    async with at_picker(front) as pilot:
        assert chosen(pilot) == USUAL


async def test_the_last_set_up_is_remembered(front: Front, root: Path) -> None:
    last = {"minutes": 20, "steps": ["data", "model"], "level": "staff", "persona": "friendly", "hints": 3}
    kept(root, "20261120-ad_clicks-abc123", **last)
    async with at_picker(front) as pilot:
        assert chosen(pilot) == ["20 min", "Data", "Model", "staff", "friendly", "3"]


async def test_minutes_that_were_set_win_over_remembered_ones(front: Front, root: Path) -> None:
    kept(root, "20261120-ad_clicks-abc123", minutes=30)
    front.program().settings = Settings(data_dir=root, minutes=15)
    async with at_picker(front) as pilot:
        assert chosen(pilot)[0] == "15 min"


async def test_an_interview_starts_with_what_was_chosen(front: Front) -> None:
    async with at_picker(front) as pilot:
        await pilot.press("down", "tab", "left", "tab", "space", "tab", "right", "tab", "right", "tab", "left")
        assert chosen(pilot) == ["30 min", "Data", "Model", "Serve", "staff", "friendly", "3"]
        begun = await started(pilot, front)
        assert (begun.problem, begun.minutes, begun.steps) == (
            "harmful_posts", 30, ("data", "model", "serve"),
        )  # fmt: skip
        assert (begun.level, begun.persona, begun.hints) == ("staff", "friendly", 3)


async def test_a_set_up_is_chosen_with_the_mouse(front: Front) -> None:
    async with at_picker(front) as pilot:
        lines = screen_lines(pilot.app)
        row = next(number for number, line in enumerate(lines) if "( ) 15 min" in line)
        await pilot.click(offset=(lines[row].index("15 min"), row))
        assert chosen(pilot)[0] == "15 min"


async def test_a_problem_is_chosen_with_the_mouse(front: Front) -> None:
    async with at_picker(front) as pilot:
        row = next(number for number, line in enumerate(screen_lines(pilot.app)) if "Harmful" in line)
        await pilot.click(offset=(10, row))
        assert "▸ Harmful posts" in screen_text(pilot.app)


async def test_esc_leaves_without_a_trace(front: Front, root: Path) -> None:
    async with at_picker(front) as pilot:
        await pilot.press("escape")
        assert len(pilot.app.screen_stack) == 1
        assert not list(root.glob(f"*/{LOG_NAME}"))


@pytest.mark.parametrize("size", [WIDE, STANDARD, (60, 16)])
async def test_list_and_set_up_are_there_in_every_size(front: Front, size: tuple[int, int]) -> None:
    async with at_picker(front, size) as pilot:
        text = screen_text(pilot.app)
        assert [words for words in ("▸ Ad clicks", "(•) 45 min", "[x] Serve", "senior", "6") if words not in text] == []


async def test_the_key_that_starts_is_named(front: Front) -> None:
    async with at_picker(front) as pilot:
        assert "Enter Start" in screen_lines(pilot.app)[-1]
