"""Pictures of every screen, one text file each beside this one; `pytest --snapshot-update` draws them anew."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from textual.pilot import Pilot

from fourstep.files.draft import save_pad
from fourstep.grading.scorecard import (
    CheckResult,
    Evidence,
    GraderInfo,
    Judgement,
    RubricInfo,
    Scorecard,
    StepScore,
)
from fourstep.problem import Problem
from fourstep.rubric import Rubric
from fourstep.tui.app import FourstepApp
from fourstep.tui.scoring import Scoring
from fourstep.tui.screens import home
from fourstep.tui.screens import scorecard as scorecard_screen
from fourstep.tui.screens.scoring import ScoringScreen
from fourstep.wiring.front import Front
from fourstep.wiring.held import Held
from tests.tui.conftest import STANDARD, WIDE, Stage, kept, screen_lines, screen_text, until, until_shown

pytestmark = pytest.mark.usefixtures("short_waits", "problems")

SCORED, INTERRUPTED = "20261120-harmful_posts-abc123", "20261119-ad_clicks-def456"
SAID = (
    "First I would ask about the scale: how many posts a day, and what budget of time there is for each of them?",
    "The goal is fewer calls to the hotline, because every call costs as much as a thousand posts do.",
    "A scanner reads every post, and what people report goes through Kafka into the warehouse. 我们用两个来源。",
)


class _TextFile(SingleFileSnapshotExtension):
    _write_mode = WriteMode.TEXT
    file_extension = "txt"


@pytest.fixture
def picture(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """One text file a picture, named as its test."""
    return snapshot.use_extension(_TextFile)


@pytest.fixture(autouse=True)
def _no_dates(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every day is the same."""
    monkeypatch.setattr(home, "day_text", lambda moment, now: "12 Nov")
    monkeypatch.setattr(scorecard_screen, "moment_text", lambda moment: "12 Nov 2025, 09:12")


def judged(id: str, step: str, level: int | None, *quotes: tuple[str, str], **more: object) -> Judgement:
    """A judgement with the checks that its level takes."""
    answers = ["yes" if (level or 0) > number else "no" for number in (0, 1, 2)]
    checks = [CheckResult(id=id, met=met) for id, met in zip(("first", "second", "reasons"), answers, strict=True)]
    evidence = [Evidence(turn=turn, quote=quote) for turn, quote in quotes]
    status = "graded" if level is not None else "not_graded"
    graded = {"level": level, "checks": checks, "evidence": evidence, "raised_by": "candidate"}
    return Judgement.model_validate({"id": id, "step": step, "status": status, **graded, **more})


@pytest.fixture
def card() -> Scorecard:
    """A scorecard under the small rubric, with one criterion that was not graded."""
    return Scorecard(
        transcript=SCORED,
        problem="harmful_posts",
        level="senior",
        rubric=RubricInfo(id="small", hash="0123456789abcdef"),
        grader=GraderInfo(kind="offline", version="1", problem_file=True, note="No language model read this."),
        at=None,
        criteria=(
            judged("asks_first", "frame", 2, ("C2", SAID[0][8:41]), ("C2", SAID[0][66:87]), advice="Say why."),
            judged("names_goal", "frame", 3, ("C4", SAID[1][:43]), ("C4", SAID[1][45:])),
            judged("names_source", "data", 1, ("C6", SAID[2][:28]), advice="Say which.", raised_by="hint"),
            judged("starts_simple", "model", None, reason="The grader gave no answer that could be read."),
            judged("weighs", "throughout", 0, advice="Say what you would give up."),
        ),
        steps=(
            StepScore(id="frame", score=83.3),
            StepScore(id="data", score=33.3),
            StepScore(id="model", score=None),
            StepScore(id="throughout", score=0.0),
        ),
        overall=48.9,
        range=(40.0, 65.0),
        verdict="lean no hire",
        borderline=True,
        facts_never_asked=("latency",),
    )


@pytest.fixture
def scored(front: Front, root: Path, card: Scorecard, rubric: Rubric, problem: Problem) -> Held:
    """A scored interview, held with the small rubric."""
    folder = kept(root, SCORED, *SAID, card=card)
    return replace(front.program().held(folder), rubric=rubric, problem=problem)


@pytest.fixture
def interrupted(root: Path) -> Path:
    """An interview that was left before its end."""
    return kept(root, INTERRUPTED, "We predict a click.", ended=False)


async def drawn(
    app: FourstepApp,
    size: tuple[int, int],
    open_screen: Callable[[], object] | None = None,
    *keys: str,
    shows: str = "",
) -> str:
    """The screen after some keys, once it shows these words."""
    async with app.run_test(size=size) as pilot:
        if open_screen:
            open_screen()
            await until(pilot, lambda: len(app.screen_stack) > 1)
        else:
            await until_shown(pilot, "Interviews are saved in")
        await pilot.press(*keys)
        await until_shown(pilot, shows)
        text = masked(pilot)
        if app.screen.query("Composer"):
            await pilot.press("ctrl+q")
        return text


def masked(pilot: Pilot[Any]) -> str:
    """The screen without what differs from run to run: the place of its folder, and times."""
    text = "\n".join(re.sub(r"(saved in) .*", r"\1 …", line) for line in screen_lines(pilot.app))
    return re.sub(r"\b\d?\d:\d\d\b", lambda time: re.sub(r"\d", "0", time[0]), text) + "\n"


BOTH = pytest.mark.parametrize("size", [WIDE, STANDARD], ids=["120x36", "80x24"])


@BOTH
async def test_home_with_an_interrupted_interview_above_the_library(
    app: FourstepApp, scored: Held, interrupted: Path, size: tuple[int, int], picture: SnapshotAssertion
) -> None:
    assert await drawn(app, size) == picture


async def test_home_says_how_to_begin(app: FourstepApp, picture: SnapshotAssertion) -> None:
    assert await drawn(app, WIDE, shows="No interviews yet") == picture


@BOTH
async def test_the_picker_with_a_preview_and_the_usual_set_up(
    stage: Stage, size: tuple[int, int], picture: SnapshotAssertion
) -> None:
    assert await drawn(stage, size, stage.open_picker, shows="▸ Ad clicks") == picture


@BOTH
async def test_an_interview_resumed_where_it_was_left(
    stage: Stage, front: Front, interrupted: Path, size: tuple[int, int], picture: SnapshotAssertion
) -> None:
    def open_live() -> None:
        stage.open_live(lambda: front.program().resumed_interview(interrupted))

    assert await drawn(stage, size, open_live, shows="Welcome back") == picture


@BOTH
async def test_the_design_pad_beside_the_conversation_or_over_it(
    stage: Stage, front: Front, interrupted: Path, size: tuple[int, int], picture: SnapshotAssertion
) -> None:
    flow = "[client]->[feed]->[ranker]\n           |\n           v\n        [log]"
    save_pad(interrupted, f"- 200 M people a day, p99 < 200 ms\n\n{flow}")
    async with stage.run_test(size=size) as pilot:
        stage.open_live(lambda: front.program().resumed_interview(interrupted))
        await until_shown(pilot, "Welcome back")
        await pilot.press("f4")
        await until_shown(pilot, "F4 back")
        await until(pilot, lambda: re.search("Your turn|has finished", screen_text(pilot.app)))  # the clock runs
        assert masked(pilot) == picture
        await pilot.press("ctrl+q")


async def test_scoring_after_two_of_seven_criteria(stage: Stage, scored: Held, picture: SnapshotAssertion) -> None:
    scoring = Scoring(scored.saved.id, scored.title, scored.rubric.criteria, lambda scoring: scored)
    for judgement in scored.cards[-1].criteria[:2]:
        scoring.judged(judgement)
    assert await drawn(stage, WIDE, lambda: stage.push_screen(ScoringScreen(scoring)), shows="2 of 7") == picture


async def test_the_scorecard_begins_with_the_verdict(stage: Stage, scored: Held, picture: SnapshotAssertion) -> None:
    assert await drawn(stage, WIDE, lambda: stage.open_scorecard(scored), shows="Provisional") == picture


async def test_the_scorecard_shows_what_stands_behind_a_criterion(
    stage: Stage, scored: Held, picture: SnapshotAssertion
) -> None:
    assert await drawn(stage, STANDARD, lambda: stage.open_scorecard(scored), "down", shows="Next time") == picture


@BOTH
async def test_the_review_shows_what_each_turn_earned(
    stage: Stage, scored: Held, size: tuple[int, int], picture: SnapshotAssertion
) -> None:
    assert await drawn(stage, size, lambda: stage.open_review(scored), shows="Asks first") == picture


async def test_help_over_the_review(stage: Stage, scored: Held, picture: SnapshotAssertion) -> None:
    text = await drawn(stage, STANDARD, lambda: stage.open_review(scored), "question_mark", shows="Keys that work here")
    assert text == picture
