"""Progress and drills on screen: the table, the chart beside it, other graders, and what starts a drill."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from fourstep.tui.screens.drill import DrillScreen
from fourstep.tui.screens.progress import ProgressScreen
from fourstep.tui.widgets.rows import Rows
from fourstep.wiring.front import Front
from fourstep.wiring.practice import Practice
from tests.practice.test_schedule import NOON
from tests.tui.conftest import STANDARD, WIDE, Stage, screen_lines, screen_text, status, until, until_shown

pytestmark = pytest.mark.usefixtures("short_waits")


@asynccontextmanager
async def shown(stage: Stage, size: tuple[int, int] = WIDE, *, drills: bool = False) -> AsyncIterator[Pilot[None]]:
    """The screen over what lies in the folder."""
    practice = Practice(stage.front.program(), lambda: NOON)
    async with stage.run_test(size=size) as pilot:
        stage.push_screen(ProgressScreen(practice, practice.standing(), drills=drills))
        await until_shown(pilot, "Progress and drills")
        yield pilot


@pytest.fixture
def several(example: Path) -> Path:
    """Interviews on three days, the last one also graded by a model."""
    events = (example / "transcript.jsonl").read_text()
    card = json.loads((example / "scorecards.jsonl").read_text().splitlines()[-1])
    for day in (1, 2, 3):
        name = f"202612{day:02}-video_recommendation-e0a0b{day + 1}"
        folder = example.with_name(name)
        folder.mkdir()
        (folder / "transcript.jsonl").write_text(
            events.replace("2026-11-21", f"2026-12-{day:02}").replace(example.name, name)
        )
        cards = [dict(card, overall=40.0 + day, criteria=[_level(one, day % 3) for one in card["criteria"]])]
        if day == 3:
            grader = dict(card["grader"], kind="model", models=["[/b] qwen \x1b[2J"])
            cards.insert(0, dict(cards[0], grader=grader))
        (folder / "scorecards.jsonl").write_text("".join(json.dumps(one) + "\n" for one in cards))
    return example.parent


def _level(judgement: dict, level: int) -> dict:
    checks = [dict(check, met="no") for check in judgement["checks"]]
    return dict(judgement, level=level, checks=checks) if judgement["level"] is not None else judgement


def row(pilot: Pilot[None], words: str) -> str:
    return next((line for line in screen_lines(pilot.app) if words in line), "")


async def test_before_the_first_score_it_says_how_to_begin(stage: Stage) -> None:
    async with shown(stage) as pilot:
        assert "No interview is scored yet" in screen_text(pilot.app)
        assert "Drills come from what interviews missed" in screen_text(pilot.app)
        assert not [
            word for word in ("Chart", "Graders", "Export", "Start drill") if word in screen_lines(pilot.app)[-1]
        ]


@pytest.mark.parametrize("size", [WIDE, STANDARD])
async def test_the_table_shows_old_to_new_now_and_the_trend(stage: Stage, several: Path, size: tuple[int, int]) -> None:
    async with shown(stage, size) as pilot:
        assert " 98  41  42  43   42.0  down" in row(pilot, "Overall")
        assert "Missed most often in the last 4 interviews" in screen_text(pilot.app)


async def test_however_much_stands_beside_it_the_screens_name_can_be_read(stage: Stage, several: Path) -> None:
    (several / "20261203-video_recommendation-e0a0b4" / "reviews.jsonl").write_text(
        '{"schema":"fourstep.review/1","kind":"ruling","at":"2026-12-03T09:00:00Z","by":"","reason":"Read it.",'
        '"criterion":"weighs_trade_offs","level":3,"graded":0,"grader":"offline"}\n'
    )
    async with shown(stage, STANDARD) as pilot:
        assert screen_lines(pilot.app)[0].startswith(" fourstep · Progress and drill")
        assert "…" in screen_lines(pilot.app)[0]


async def test_in_a_small_window_1_and_2_turn_between_progress_and_drills(stage: Stage, several: Path) -> None:
    async with shown(stage, STANDARD) as pilot:
        assert "Drills (" not in screen_text(pilot.app)
        await pilot.press("2")
        assert "▸ Drills (" in screen_text(pilot.app)
        assert "By step and criterion" not in screen_text(pilot.app)
        await pilot.press("1")
        assert "▸ By step and criterion" in screen_text(pilot.app)


async def test_drills_that_are_asked_for_have_the_keys(stage: Stage, several: Path) -> None:
    async with shown(stage, STANDARD, drills=True) as pilot:
        await until_shown(pilot, "▸ Drills (3 due)")


@pytest.mark.parametrize("size", [WIDE, STANDARD])
async def test_t_draws_a_chart_beside_the_table_with_plain_signs(
    stage: Stage, several: Path, size: tuple[int, int]
) -> None:
    async with shown(stage, size) as pilot:
        await pilot.press("t")
        await until_shown(pilot, "100┤", "─ Overall, in percent ─")
        assert "Requirements and" in screen_text(pilot.app)
        await pilot.press("down")
        await until_shown(pilot, "─ Steps, in percent ─", "o Frame  x Data  + Model  * Serve  # All steps")
        assert not [sign for sign in screen_text(pilot.app) if "\u2800" <= sign <= "\u28ff"]
        await pilot.press("t")
        await until(pilot, lambda: "100┤" not in screen_text(pilot.app))


async def test_esc_goes_from_the_chart_to_the_table_and_only_then_back(stage: Stage, several: Path) -> None:
    async with shown(stage) as pilot:
        await pilot.press("t")
        await until_shown(pilot, "100┤")
        await pilot.press("escape")
        await until(pilot, lambda: "100┤" not in screen_text(pilot.app))
        assert isinstance(stage.screen, ProgressScreen)
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(stage.screen, ProgressScreen))


async def test_the_chart_of_a_criterion_goes_from_0_to_3(stage: Stage, several: Path) -> None:
    async with shown(stage) as pilot:
        await pilot.press("t")
        await until_shown(pilot, "100┤")
        await pilot.press(*["down"] * 6)
        await until_shown(pilot, "3┤", "─ Clarifies the requirements, 0 to 3 ─")
        assert "100┤" not in screen_text(pilot.app)


async def test_another_graders_scores_are_on_lines_of_their_own_and_its_name_steers_nothing(
    stage: Stage, several: Path
) -> None:
    async with shown(stage) as pilot:
        assert "4 interviews graded offline" in screen_lines(pilot.app)[0]
        await pilot.press("m")
        assert "1 interview graded by [/b] qwen ␛[2J" in screen_lines(pilot.app)[0]
        assert " 43   43.0  –" in row(pilot, "Overall")
        assert status(pilot.app).startswith("Series 2 of 2")
        assert "▸ By step and criterion" in screen_text(pilot.app)
        await pilot.press("m")
        assert "4 interviews graded offline" in screen_lines(pilot.app)[0]


async def test_with_one_grader_m_says_so(stage: Stage, example: Path) -> None:
    async with shown(stage) as pilot:
        await pilot.press("m")
        assert status(pilot.app) == "All scores are by one grader and one rubric."


async def test_what_it_opens_with_is_not_read_a_second_time(
    stage: Stage, example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, standing = list[Practice](), Practice.standing
    monkeypatch.setattr(Practice, "standing", lambda practice: (read.append(practice), standing(practice))[1])
    async with shown(stage) as pilot:
        await pilot.app.workers.wait_for_complete()
        assert len(read) == 1


async def test_e_writes_a_sheet_and_says_where(stage: Stage, example: Path, tmp_path: Path) -> None:
    async with shown(stage) as pilot:
        await pilot.press("e")
        await until_shown(pilot, "Written to")
        assert (tmp_path / "progress.csv").read_text().startswith("at,interview,")


async def test_enter_starts_the_drill_under_the_cursor(stage: Stage, several: Path) -> None:
    async with shown(stage, drills=True) as pilot:
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(stage.screen, DrillScreen) and stage.screen.stage == "answering")
        assert "Interviewer" in screen_text(pilot.app)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(stage.screen, ProgressScreen))


async def test_what_a_drill_is_about_is_told_before_it_begins(stage: Stage, several: Path, front: Front) -> None:
    async with shown(stage, drills=True) as pilot:
        assert "Write the four steps" in screen_text(pilot.app)
        await pilot.press("down")
        card = stage.screen.query_one("#cards", Rows).current
        about = front.program().loaded.rubric.criterion(card.drill).about
        assert about[:50] in screen_text(pilot.app)
        assert "It was 0 of 3 in your last interview." in screen_text(pilot.app)


async def test_a_drill_that_cannot_be_read_is_told(stage: Stage, example: Path) -> None:
    folder = example.parent / "practice"
    folder.mkdir()
    (folder / "drills.jsonl").write_text("[/b] rubbish\n")
    async with shown(stage) as pilot:
        assert "line 1 could not be read" in status(pilot.app)


async def test_esc_goes_back(stage: Stage, example: Path) -> None:
    async with shown(stage) as pilot:
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(stage.screen, ProgressScreen))
