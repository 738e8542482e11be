"""Words that stream and may be stopped: what is recorded of them, and what can be said again."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from fourstep.interview.agenda import Agenda
from fourstep.interview.brain import Interviewer
from fourstep.interview.interview import Clocks, Interview
from fourstep.interview.moves import Move
from fourstep.interview.state import State
from fourstep.interview.timing import plan
from fourstep.offline.observer import OfflineObserver
from fourstep.problem import Problem
from fourstep.rubric import INTERVIEW_STEPS, Rubric
from fourstep.transcript.events import (
    Brain,
    CutOff,
    Event,
    Extended,
    FactTold,
    HintGiven,
    Observed,
    Resumed,
    Spoken,
    StepEntered,
)
from fourstep.transcript.transcript import transcript_of
from tests.interviews import START, Desk, MemoryLog, collect

PIECES = ("You said ", "scale. ", "How large?")


class PieceByPiece(Interviewer):
    """An interviewer whose every turn comes in the same three pieces."""

    kind: Brain = "offline"

    async def say(self, move: Move, state: State) -> AsyncIterator[str]:
        for piece in PIECES:
            yield piece


@pytest.fixture
def streaming(desk: Desk, rubric: Rubric, problem: Problem) -> Desk:
    """An interview that has begun, with an interviewer that streams."""
    desk.interview = _interview(rubric, problem, desk.log)
    desk.start()
    return desk


def _interview(rubric: Rubric, problem: Problem, log: MemoryLog, events: tuple[Event, ...] = ()) -> Interview:
    agenda = Agenda(rubric, problem, plan(rubric, INTERVIEW_STEPS, 45))
    clocks = Clocks(lambda: 0.0, lambda: START)
    return Interview(agenda, PieceByPiece(), OfflineObserver(rubric, problem), log, clocks, events=events)


def stopped(words: AsyncIterator[str], after: int) -> None:
    """Listen to so many pieces, and stop the rest as a cancelled task does."""

    async def listen() -> None:
        for _ in range(after):
            await anext(words)
        await words.aclose()  # type: ignore[attr-defined]

    asyncio.run(listen())


def of_kind(desk: Desk, *kinds: type) -> list[Event]:
    return [event for event in desk.log.events if isinstance(event, kinds)]


@pytest.mark.parametrize("pieces", [1, 2])
def test_what_arrived_of_a_reply_is_kept_as_cut_off_and_never_as_spoken(streaming: Desk, pieces: int) -> None:
    stopped(streaming.interview.answer("I would ask about the scale."), pieces)
    assert [event.text for event in of_kind(streaming, CutOff)] == ["".join(PIECES[:pieces])]
    assert streaming.interview.state.turns[-1].speaker == "candidate"
    assert streaming.interview.cut_off


def test_words_that_were_cut_off_are_said_again_whole(streaming: Desk) -> None:
    stopped(streaming.interview.answer("I would ask about the scale."), 1)
    assert collect(streaming.interview.again()) == "".join(PIECES)
    assert streaming.interview.state.turns[-1].text == "".join(PIECES)
    assert not streaming.interview.cut_off


def test_what_is_said_again_aims_where_it_aimed_the_first_time(streaming: Desk) -> None:
    whole = collect(streaming.interview.answer("I would ask about the scale."))
    aimed = streaming.last_move
    streaming.interview.withdraw()
    stopped(streaming.interview.answer("I would ask about the scale."), 1)
    collect(streaming.interview.again())
    again = streaming.last_move
    assert whole == again.text
    assert (again.move, again.step) == (aimed.move, aimed.step)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (lambda interview: interview.hint(), HintGiven),
        (lambda interview: interview.skip(), StepEntered),
        (lambda interview: interview.answer("How many parcels do you carry?"), FactTold),
        (lambda interview: interview.answer("I would ask about the scale of it."), Observed),
    ],
    ids=["hint", "step", "fact", "observation"],
)
def test_what_a_move_changes_is_recorded_once_however_often_it_is_said(streaming: Desk, words, kind: type) -> None:
    before = len(of_kind(streaming, kind))
    stopped(words(streaming.interview), 1)
    collect(streaming.interview.again())
    assert len(of_kind(streaming, kind)) == before + 1


def test_words_that_broke_off_twice_can_still_be_said_again(streaming: Desk) -> None:
    stopped(streaming.interview.answer("I would ask about the scale."), 2)
    stopped(streaming.interview.again(), 1)
    assert collect(streaming.interview.again()) == "".join(PIECES)
    assert [event.text for event in of_kind(streaming, CutOff)] == ["".join(PIECES[:2]), PIECES[0]]


def test_an_opening_that_was_cut_off_is_said_again(rubric: Rubric, problem: Problem, desk: Desk) -> None:
    desk.interview = _interview(rubric, problem, desk.log)
    stopped(desk.interview.start(desk.started), 1)
    assert collect(desk.interview.again()) == "".join(PIECES)
    assert desk.last_move.move == "open"


def test_nothing_that_was_cut_off_is_asked_for_again_once_it_was_answered(streaming: Desk) -> None:
    stopped(streaming.interview.answer("I would ask about the scale."), 1)
    streaming.answer("And about the budget.")
    assert not streaming.interview.cut_off
    assert collect(streaming.interview.again()) == "".join(PIECES)
    assert streaming.last_move.move == "repeat"


def test_without_anything_cut_off_the_question_is_repeated(streaming: Desk) -> None:
    streaming.answer("I would ask about the scale.")
    collect(streaming.interview.again())
    assert streaming.last_move.move == "repeat"


def test_the_reply_that_is_owed_comes_when_the_last_one_stopped_before_its_first_word(streaming: Desk) -> None:
    streaming.interview.take("How many parcels do you carry?")
    collect(streaming.interview.again())
    assert streaming.last_move.move == "answer"
    assert not streaming.interview.owes_reply


def test_an_answer_that_was_not_replied_to_is_withdrawn_without_a_word(streaming: Desk) -> None:
    streaming.interview.take("Too early.")
    streaming.interview.withdraw()
    assert [turn.speaker for turn in streaming.interview.state.turns] == ["interviewer"]
    assert transcript_of(streaming.log.events).candidate_turns == ()
    assert not streaming.interview.owes_reply
    assert not streaming.interview.cut_off


def test_withdrawing_an_answer_forgets_the_reply_that_broke_off(streaming: Desk) -> None:
    stopped(streaming.interview.answer("Too early."), 1)
    streaming.interview.withdraw()
    assert not streaming.interview.cut_off
    collect(streaming.interview.again())
    assert streaming.last_move.move == "repeat"


def test_withdrawing_without_an_answer_changes_nothing(streaming: Desk) -> None:
    before = list(streaming.log.events)
    streaming.interview.withdraw()
    assert streaming.log.events == before


def test_withdrawing_an_answer_that_changed_the_step_goes_back_to_its_step(streaming: Desk) -> None:
    streaming.interview.take("The parcel.")
    stopped(streaming.interview.skip(), 1)
    streaming.interview.withdraw()
    assert streaming.interview.state.step == "frame"


def test_cut_off_words_do_not_reach_the_graded_transcript(streaming: Desk) -> None:
    stopped(streaming.interview.answer("I would ask about the scale."), 2)
    turns = transcript_of(streaming.log.events).turns
    assert [turn.text for turn in turns] == ["".join(PIECES), "I would ask about the scale."]


def test_an_interview_that_is_gone_on_with_after_a_cut_owes_the_reply(
    streaming: Desk, rubric: Rubric, problem: Problem
) -> None:
    stopped(streaming.interview.answer("I would ask about the scale."), 1)
    later = _interview(rubric, problem, MemoryLog(), tuple(streaming.log.events))
    assert later.owes_reply
    assert collect(later.again()) == "".join(PIECES)
    assert not later.owes_reply


def test_more_time_is_on_the_record_and_in_every_deadline(desk: Desk) -> None:
    desk.start()
    desk.seconds = 600
    deadline = desk.interview.agenda.plan.deadline("frame", 0)
    desk.interview.extend(5)
    assert [event.minutes for event in desk.log.events if isinstance(event, Extended)] == [5]
    assert desk.interview.left == 50 * 60 - 600
    assert desk.interview.agenda.plan.deadline("frame", 0) > deadline


def test_more_time_is_still_there_after_an_interruption(desk: Desk, rubric: Rubric, problem: Problem) -> None:
    desk.start()
    desk.interview.extend(5)
    desk.interview.extend(5)
    again = Desk(rubric, problem, events=tuple(desk.log.events))
    assert again.interview.left == 55 * 60


def test_no_more_hints_are_given_than_were_allowed(desk: Desk) -> None:
    desk.started = desk.started.model_copy(update={"hints": 1})
    desk.start()
    collect(desk.interview.hint())
    assert "used up" in collect(desk.interview.hint())
    assert len([event for event in desk.log.events if isinstance(event, HintGiven)]) == 1


def test_reading_the_opening_costs_no_time(desk: Desk) -> None:
    collect(desk.interview.start(desk.started))
    desk.seconds = 40
    assert desk.interview.elapsed == 0
    desk.interview.start_clock()
    desk.seconds = 50
    assert desk.interview.elapsed == 10


def test_starting_the_clock_twice_gives_no_time_back(desk: Desk) -> None:
    desk.start()
    desk.seconds = 50
    desk.interview.start_clock()
    assert desk.interview.elapsed == 50


def test_an_answer_before_the_clock_was_started_starts_it(desk: Desk) -> None:
    collect(desk.interview.start(desk.started))
    desk.seconds = 40
    desk.interview.take("Early.")
    desk.seconds = 60
    assert desk.interview.elapsed == 20
    spoken = [event for event in desk.log.events if isinstance(event, Spoken)][-1]
    assert spoken.elapsed == 0
    assert any(isinstance(event, Resumed) for event in desk.log.events)
