"""Pictures of progress and of a drill, on the small rubric."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot

from fourstep.files.content import LoadedRubric
from fourstep.grading.scorecard import GraderInfo, RubricInfo, Scorecard, StepScore
from fourstep.practice.drilled import FRAMEWORK
from fourstep.rubric import Rubric
from fourstep.tui.screens.drill import DrillScreen
from fourstep.tui.screens.progress import ProgressScreen
from fourstep.wiring.front import Front
from fourstep.wiring.practice import Practice
from tests.practice.test_schedule import NOON
from tests.tui.conftest import STANDARD, Stage, kept, screen_lines, until, until_shown
from tests.tui.test_pictures import BOTH, judged, masked, picture

__all__ = ["picture"]

pytestmark = pytest.mark.usefixtures("short_waits", "problems", "held_before")

LEVELS = ((0, 1, 1), (1, 1, 0), (1, 2, 2), (2, 3, 1))
"""Of three criteria in four interviews, old to new."""


@pytest.fixture
def held_before(front: Front, root: Path, rubric: Rubric) -> None:
    """Four interviews under the small rubric."""
    front.program().__dict__["loaded"] = LoadedRubric(rubric, "0123456789abcdef")
    for day, levels in enumerate(LEVELS, start=11):
        name = f"202611{day}-harmful_posts-abc1{day}"
        kept(root, name, "We remove what is harmful.", card=card(name, *levels))


def card(name: str, first: int, second: int, third: int) -> Scorecard:
    """Two criteria of the first step, one of the second."""
    frame, data = 100 * (first + second) / 6, 100 * third / 3
    return Scorecard(
        transcript=name,
        problem="harmful_posts",
        level="senior",
        rubric=RubricInfo(id="small", hash="0123456789abcdef"),
        grader=GraderInfo(kind="offline", version="1", problem_file=True),
        criteria=(
            judged("asks_first", "frame", first),
            judged("names_goal", "frame", second),
            judged("names_source", "data", third),
        ),
        steps=(StepScore(id="frame", score=frame), StepScore(id="data", score=data)),
        overall=(frame + data) / 2,
        range=None,
        verdict="lean no hire",
        borderline=False,
    )


async def drawn(
    stage: Stage, size: tuple[int, int], screen: Callable[[Practice], Any], work: Callable[[Pilot[Any]], Any]
) -> str:
    practice = Practice(stage.front.program(), lambda: NOON)
    async with stage.run_test(size=size) as pilot:
        stage.push_screen(screen(practice))
        await work(pilot)
        text = masked(pilot)
        stage.leave(0)
        return text


def progress(practice: Practice) -> ProgressScreen:
    return ProgressScreen(practice, practice.standing())


def drill(practice: Practice) -> DrillScreen:
    standing = practice.standing()
    return DrillScreen(practice, standing, [standing.card("asks_first"), standing.card(FRAMEWORK)])


@BOTH
async def test_progress_as_a_table_over_what_is_due(
    stage: Stage, size: tuple[int, int], picture: SnapshotAssertion
) -> None:
    assert await drawn(stage, size, progress, lambda pilot: until_shown(pilot, "Missed most often")) == picture


@BOTH
async def test_progress_as_a_chart(stage: Stage, size: tuple[int, int], picture: SnapshotAssertion) -> None:
    async def work(pilot: Pilot[Any]) -> None:
        await until_shown(pilot, "Missed most often")
        await pilot.press("t", "down")
        await until_shown(pilot, "o Frame", "100┤")

    assert await drawn(stage, size, progress, work) == picture


async def test_drills_in_a_small_window(stage: Stage, picture: SnapshotAssertion) -> None:
    async def work(pilot: Pilot[Any]) -> None:
        await until_shown(pilot, "Missed most often")
        await pilot.press("2", "down")
        await until_shown(pilot, "This drill")

    assert await drawn(stage, STANDARD, progress, work) == picture


async def test_the_question_of_a_drill(stage: Stage, picture: SnapshotAssertion) -> None:
    assert await drawn(stage, STANDARD, drill, lambda pilot: until_shown(pilot, "without a strict clock")) == picture


@BOTH
async def test_what_came_of_a_drill(stage: Stage, size: tuple[int, int], picture: SnapshotAssertion) -> None:
    async def work(pilot: Pilot[Any]) -> None:
        await until_shown(pilot, "without a strict clock")
        stage.screen.composer.insert("I would ask about the scale, because it decides how much we compute.")
        await pilot.press("f2")
        await until(pilot, lambda: stage.screen.page.has_focus and "PgUp" not in screen_lines(pilot.app)[-1])

    assert await drawn(stage, size, drill, work) == picture
