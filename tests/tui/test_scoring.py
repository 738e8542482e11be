"""Scoring: how far it is, criterion by criterion; it can be left, and home tells when it is done."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from threading import Event

import pytest
from textual.pilot import Pilot

from fourstep.errors import StorageError
from fourstep.review.remarks import Prediction
from fourstep.tui import scoring as tui_scoring
from fourstep.tui.app import FourstepApp
from fourstep.tui.scoring import Scoring
from fourstep.tui.screens.home import HomeScreen
from fourstep.tui.screens.predict import Predict
from fourstep.tui.screens.scorecard import ScorecardScreen
from fourstep.tui.screens.scoring import ScoringScreen
from fourstep.wiring.front import Front
from fourstep.wiring.held import Held
from tests.tui.conftest import WIDE, screen_lines, screen_text, until, until_shown

pytestmark = pytest.mark.usefixtures("short_waits")


@dataclass
class Gate:
    """A grading that goes as far as it is let."""

    held: Held
    judged: int = 3
    """How many criteria are judged before it waits."""
    trouble: StorageError | None = None
    """Why it fails in the end."""
    opened: Event = field(default_factory=Event)

    def grade(self, scoring: Scoring) -> Held:
        for judgement in self.held.cards[-1].criteria[: self.judged]:
            scoring.judged(judgement)
        self.opened.wait(10)
        if self.trouble:
            raise self.trouble
        return self.held


@pytest.fixture
def gate(held: Held, monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    """The grading of every interview."""
    gate = Gate(held)

    def scoring_of(program: object, held: Held) -> Scoring:
        return Scoring(held.saved.id, held.title, held.rubric.criteria, gate.grade)

    monkeypatch.setattr(tui_scoring, "scoring_of", scoring_of)
    yield gate
    gate.opened.set()


@asynccontextmanager
async def at_scoring(front: Front, gate: Gate) -> AsyncIterator[Pilot[None]]:
    """Three criteria are judged, and the rest waits."""
    app = FourstepApp(front, lambda app: app.score(gate.held))
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, lambda: isinstance(app.screen, ScoringScreen))
        await until_shown(pilot, f"{gate.judged} of 21 [")
        yield pilot
        gate.opened.set()


def line(pilot: Pilot[None], words: str) -> str:
    return next(line for line in screen_lines(pilot.app) if words in line)


async def test_how_far_it_is_is_said_in_a_number_and_a_bar(front: Front, gate: Gate) -> None:
    async with at_scoring(front, gate) as pilot:
        assert screen_lines(pilot.app)[0].endswith("3 of 21 [##------------------]")


async def test_every_criterion_has_its_state_in_words(front: Front, gate: Gate) -> None:
    async with at_scoring(front, gate) as pilot:
        assert "3 of 3 exceptional" in line(pilot, "Clarifies the requirements")
        assert "3 quotes" in line(pilot, "Clarifies the requirements")
        assert "waiting" in line(pilot, "Sources the data")


async def test_level_and_number_of_quotes_stand_apart(front: Front, gate: Gate) -> None:
    async with at_scoring(front, gate) as pilot:
        assert "3 of 3 exceptional 1 quote" in " ".join(line(pilot, "Frames the learning task").split())


async def test_a_criterion_that_is_not_graded_says_so(front: Front, gate: Gate) -> None:
    first, *others = gate.held.cards[-1].criteria
    ungraded = first.model_copy(update={"status": "not_graded", "level": None})
    card = gate.held.cards[-1].model_copy(update={"criteria": (ungraded, *others)})
    gate.held = replace(gate.held, cards=(card,))
    async with at_scoring(front, gate) as pilot:
        assert "not graded" in line(pilot, "Clarifies the requirements")


async def test_at_the_end_the_scorecard_takes_its_place(front: Front, gate: Gate) -> None:
    async with at_scoring(front, gate) as pilot:
        gate.opened.set()
        await until(pilot, lambda: isinstance(pilot.app.screen, ScorecardScreen))
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, HomeScreen)


@pytest.mark.parametrize("key", ["b", "escape"])
async def test_it_can_be_left_and_home_tells_how_far_it_is(front: Front, gate: Gate, key: str) -> None:
    async with at_scoring(front, gate) as pilot:
        await pilot.press(key)
        await until_shown(pilot, "Scoring Video recommendation: 3 of 21")
        assert isinstance(pilot.app.screen, HomeScreen)


async def test_home_tells_when_it_is_done(front: Front, gate: Gate) -> None:
    async with at_scoring(front, gate) as pilot:
        await pilot.press("b")
        gate.opened.set()
        await until_shown(pilot, "Scored: Video recommendation.")


async def test_what_it_told_is_not_told_again(front: Front, gate: Gate) -> None:
    async with at_scoring(front, gate) as pilot:
        await pilot.press("b")
        gate.opened.set()
        await until_shown(pilot, "Scored: Video recommendation.")
        await pilot.press("ctrl+s")
        pilot.app.screen._tell_scoring()
        assert "Everything is saved all the time" in screen_lines(pilot.app)[-2]


async def test_a_grading_that_fails_says_why_and_can_be_left(front: Front, gate: Gate) -> None:
    gate.trouble = StorageError("The disk is full.", "Make room.")
    async with at_scoring(front, gate) as pilot:
        gate.opened.set()
        await until_shown(pilot, "! The disk is full. Make room.")
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, HomeScreen)


async def test_home_tells_that_a_grading_failed(front: Front, gate: Gate) -> None:
    gate.trouble = StorageError("The disk is full.", "Make room.")
    async with at_scoring(front, gate) as pilot:
        await pilot.press("b")
        gate.opened.set()
        await until_shown(pilot, "The disk is full. Make room.")


async def test_the_interview_that_was_scored_stands_in_the_library_with_its_score(front: Front, held: Held) -> None:
    (held.saved.folder / "scorecards.jsonl").unlink()
    unscored = replace(held, cards=())
    app = FourstepApp(front, lambda app: app.score(unscored))
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, lambda: isinstance(app.screen, Predict))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, ScorecardScreen))
        await pilot.press("escape")
        await until_shown(pilot, "98.3 strong hire")
        assert "scored" in line(pilot, "98.3 strong hire")


async def test_a_scorecard_that_cannot_be_kept_is_shown_all_the_same(front: Front, gate: Gate) -> None:
    def kept_nowhere(scoring: Scoring) -> Held:
        scoring.trouble = StorageError("The disk is full.", "Make room.")
        return gate.held

    gate.grade = kept_nowhere  # type: ignore[method-assign]
    app = FourstepApp(front, lambda app: app.score(gate.held))
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, lambda: isinstance(pilot.app.screen, ScorecardScreen))
        assert "Not saved: The disk is full." in screen_text(pilot.app)


async def test_a_prediction_is_asked_for_before_the_score_is_shown_and_kept(front: Front, held: Held) -> None:
    (held.saved.folder / "scorecards.jsonl").unlink()
    app = FourstepApp(front, lambda app: app.score(replace(held, cards=())))
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, lambda: isinstance(app.screen, Predict))
        assert "98.3" not in screen_text(app)
        await pilot.press("right", "down", "left", "left", "enter")
        await until(pilot, lambda: isinstance(app.screen, ScorecardScreen))
        (prediction,) = front.program().store.remarks(held.saved.folder)
        assert isinstance(prediction, Prediction)
        assert prediction.steps == {"frame": 55, "data": 40, "model": 50, "serve": 50}
        assert "What you expected" in screen_text(app)


async def test_nobody_is_asked_to_predict_what_they_have_seen(front: Front, held: Held) -> None:
    app = FourstepApp(front, lambda app: app.score(held))
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, lambda: isinstance(app.screen, ScorecardScreen))
        assert front.program().store.remarks(held.saved.folder) == ()
