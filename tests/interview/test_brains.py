"""The engine and its brains: words that fail, what is told beside them, and another brain that goes on."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from fourstep.errors import UnreachableError
from fourstep.interview.brain import Interviewer, Observation, Observer, Seen, Summary
from fourstep.interview.moves import Move
from fourstep.interview.state import State
from fourstep.offline.interviewer import OfflineInterviewer
from fourstep.offline.observer import OfflineObserver
from fourstep.problem import Problem
from fourstep.rubric import Rubric
from fourstep.transcript.events import (
    Brain,
    BrainChanged,
    CheckSeen,
    Compacted,
    CutOff,
    Event,
    FactTold,
    Failed,
    Observed,
    Spoken,
)
from tests.interviews import Desk, collect


class Dying(Interviewer):
    """Says its opening, and from then on dies after so many sentences, until it is mended."""

    kind: Brain = "model"

    def __init__(self, sentences: int) -> None:
        self.sentences = sentences
        self.mended = False

    async def say(self, move: Move, state: State) -> AsyncIterator[str]:
        for number, sentence in enumerate(("You said scale. ", "How large?")):
            if number >= self.sentences and move.kind != "open" and not self.mended:
                raise UnreachableError("The server fell over.", "Try again.")
            yield sentence


class Talkative(Interviewer):
    """Says one thing, and has things to tell beside it."""

    kind: Brain = "model"

    async def say(self, move: Move, state: State) -> AsyncIterator[str]:
        yield "We carry 2 million parcels a day."

    def incidents(self) -> tuple[str, ...]:
        return ("A sentence was held back.",)

    def told(self) -> tuple[str, ...]:
        return ("parcels",)

    def summaries(self) -> tuple[Summary, ...]:
        return (Summary(3, "They asked for the scale."),)


class Watching(Observer):
    """Has seen one thing in the first answer, and has a complaint."""

    async def observe(self, state: State) -> Observation:
        seen = CheckSeen(criterion="asks_first", check="first", met="yes", quote="scale")
        return Observation((Seen(2, "model", (seen,)),), incidents=("The observer was late.",))


def of_kind(desk: Desk, kind: type[Event]) -> list[Event]:
    return [event for event in desk.log.events if isinstance(event, kind)]


def failed_answer(rubric: Rubric, problem: Problem, sentences: int) -> Desk:
    desk = Desk(rubric, problem, interviewer=Dying(sentences))
    desk.start()
    with pytest.raises(UnreachableError):
        desk.answer("I would ask about the scale.")
    return desk


@pytest.mark.parametrize(("sentences", "kept"), [(0, []), (1, ["You said scale. "])])
def test_words_that_fail_are_on_record_as_failed_and_never_as_spoken(
    rubric: Rubric, problem: Problem, sentences: int, kept: list[str]
) -> None:
    desk = failed_answer(rubric, problem, sentences)
    assert [event.text for event in of_kind(desk, CutOff)] == kept
    assert [(event.what, event.whom) for event in of_kind(desk, Failed)] == [("The server fell over.", "interviewer")]
    assert desk.interview.state.turns[-1].text == "I would ask about the scale."
    assert desk.interview.cut_off


def test_failed_words_are_said_again_whole_when_the_model_is_back(rubric: Rubric, problem: Problem) -> None:
    dying = Dying(1)
    desk = Desk(rubric, problem, interviewer=dying)
    desk.start()
    with pytest.raises(UnreachableError):
        desk.answer("I would ask about the scale.")
    dying.mended = True
    assert collect(desk.interview.again()) == "You said scale. How large?"
    assert not desk.interview.cut_off


def test_another_brain_says_what_the_first_one_could_not(rubric: Rubric, problem: Problem) -> None:
    desk = failed_answer(rubric, problem, 1)
    offline = OfflineInterviewer(rubric, problem), OfflineObserver(rubric, problem)
    desk.interview.change_brain(*offline, why="The server fell over.")
    words = collect(desk.interview.again())
    assert words
    assert desk.last_move.text == words
    assert [(event.brain, event.why) for event in of_kind(desk, BrainChanged)] == [("offline", "The server fell over.")]


def test_the_brain_that_speaks_is_known(rubric: Rubric, problem: Problem) -> None:
    desk = Desk(rubric, problem, interviewer=Talkative())
    assert desk.interview.brain == "model"
    desk.interview.change_brain(OfflineInterviewer(rubric, problem), OfflineObserver(rubric, problem), why="asked")
    assert desk.interview.brain == "offline"


def test_what_the_words_told_beyond_their_move_is_recorded_after_them(rubric: Rubric, problem: Problem) -> None:
    desk = Desk(rubric, problem, interviewer=Talkative())
    desk.start()
    assert [event.fact for event in of_kind(desk, FactTold)] == ["parcels"]
    kinds = [type(event) for event in desk.log.events]
    assert kinds.index(Spoken) < kinds.index(FactTold)


def test_what_went_wrong_and_what_was_summed_up_is_recorded(rubric: Rubric, problem: Problem) -> None:
    desk = Desk(rubric, problem, interviewer=Talkative())
    desk.start()
    assert [(event.what, event.whom) for event in of_kind(desk, Failed)] == [
        ("A sentence was held back.", "interviewer")
    ]
    assert [(event.until, event.summary) for event in of_kind(desk, Compacted)] == [(3, "They asked for the scale.")]


def test_what_went_wrong_is_recorded_although_the_words_were_stopped(rubric: Rubric, problem: Problem) -> None:
    desk = Desk(rubric, problem, interviewer=Talkative())

    async def stopped() -> None:
        words = desk.interview.start(desk.started)
        await anext(words)
        await words.aclose()  # type: ignore[attr-defined]

    asyncio.run(stopped())
    assert len(of_kind(desk, Failed)) == 1
    assert not of_kind(desk, Spoken)


def test_an_observation_says_who_saw_it_where(rubric: Rubric, problem: Problem) -> None:
    desk = Desk(rubric, problem, observer=Watching())
    desk.start()
    desk.answer("I would ask about the scale.")
    (observed,) = of_kind(desk, Observed)
    assert (observed.brain, observed.turn, desk.interview.state.coverage["asks_first"]) == (
        "model",
        2,
        {"first": "yes"},
    )
    assert [(event.what, event.whom) for event in of_kind(desk, Failed)] == [("The observer was late.", "observer")]
