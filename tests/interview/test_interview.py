"""The engine: what is recorded when, the clock, taking back, going on."""

import asyncio

from fourstep.problem import Problem
from fourstep.rubric import Rubric
from fourstep.transcript.events import Ended, Observed, Paused, Resumed, Spoken, Withdrawn
from fourstep.transcript.transcript import transcript_of
from tests.interviews import Desk, collect


def test_the_answer_is_in_the_log_before_the_first_word_of_the_reply(desk: Desk) -> None:
    desk.start()

    async def first_piece() -> str:
        async for _ in desk.interview.answer("The scale of the parcels."):
            spoken = [event for event in desk.log.events if isinstance(event, Spoken)]
            return f"{spoken[-1].speaker}: {spoken[-1].text}"
        return ""

    assert asyncio.run(first_piece()) == "candidate: The scale of the parcels."


def test_events_are_numbered_without_a_gap(desk: Desk) -> None:
    desk.start()
    desk.answer("How many parcels? And the latency?")
    collect(desk.interview.hint())
    assert [event.seq for event in desk.log.events] == list(range(1, len(desk.log.events) + 1))


def test_what_an_answer_shows_is_observed_with_its_quote(desk: Desk) -> None:
    desk.start()
    desk.answer("I would ask about the scale of it.")
    (observed,) = [event for event in desk.log.events if isinstance(event, Observed)]
    assert [(c.criterion, c.check, c.met, c.quote) for c in observed.checks] == [
        ("asks_first", "first", "yes", "I would ask about the scale of it")
    ]


def test_the_clock_starts_when_the_opening_has_been_said(desk: Desk) -> None:
    desk.seconds = 100
    desk.start()
    assert desk.interview.elapsed == 0
    desk.seconds = 130
    assert desk.interview.elapsed == 30
    assert desk.interview.left == 45 * 60 - 30


def test_a_pause_stops_the_clock_until_the_next_answer(desk: Desk) -> None:
    desk.start()
    desk.seconds = 60
    desk.interview.pause()
    desk.seconds = 1000
    assert desk.interview.elapsed == 60
    desk.answer("The parcel.", after=0)
    assert desk.interview.elapsed == 60
    kinds = [type(event) for event in desk.log.events]
    assert kinds.index(Paused) < kinds.index(Resumed) < len(kinds) - 1


def test_an_answer_that_is_taken_back_counts_no_more_and_the_question_stands_again(desk: Desk) -> None:
    desk.start()
    desk.answer("It is a classification of parcels into two kinds.")
    question = desk.last_move.text.split(". ")[-1]
    desk.answer("I would ask about the scale of it and the budget.")
    words = collect(desk.interview.take_back())
    assert words.startswith("It is taken back.")
    assert words.endswith(question)
    assert desk.interview.state.coverage["asks_first"] == {"first": "no", "second": "no"}
    said = [turn.text for turn in transcript_of(desk.log.events).candidate_turns]
    assert said == ["It is a classification of parcels into two kinds."]
    assert sum(isinstance(event, Withdrawn) for event in desk.log.events) == 2


def test_turn_numbers_are_never_used_again(desk: Desk) -> None:
    desk.start()
    desk.answer("The parcel and its weight.")
    collect(desk.interview.take_back())
    desk.answer("The parcel and its way.")
    numbers = [event.turn for event in desk.log.events if isinstance(event, Spoken)]
    assert numbers == sorted(set(numbers))


def test_a_question_that_was_taken_back_is_not_asked_again(desk: Desk) -> None:
    desk.start()
    desk.answer("It is a classification of parcels into two kinds.")
    collect(desk.interview.take_back())
    desk.answer("It is a classification of parcels into two kinds.")
    assert (desk.last_move.criterion, desk.last_move.question) == ("names_goal", 0)


def test_an_interview_goes_on_from_its_events_at_the_same_step_with_the_same_time(
    rubric: Rubric, problem: Problem
) -> None:
    first = Desk(rubric, problem)
    first.start()
    first.answer("The parcel.", after=9 * 60)
    second = Desk(rubric, problem, events=tuple(first.log.events), elapsed=first.interview.elapsed)
    second.interview.resume()
    assert isinstance(second.log.events[0], Resumed)
    assert second.interview.state.turns == first.interview.state.turns
    assert second.interview.state.step == first.interview.state.step
    assert second.interview.left == first.interview.left
    second.answer("The parcel again.", after=30)
    assert second.log.events[0].seq == len(first.log.events) + 1
    assert second.interview.elapsed == 9 * 60 + 30


def test_an_interview_ends_once(desk: Desk) -> None:
    desk.start()
    desk.interview.end("candidate")
    desk.interview.end("time")
    assert [event.why for event in desk.log.events if isinstance(event, Ended)] == ["candidate"]


def test_taking_back_an_answer_goes_back_to_its_step(desk: Desk) -> None:
    desk.start()
    desk.answer("It is a classification of parcels into two kinds.")
    collect(desk.interview.skip())
    collect(desk.interview.take_back())
    assert desk.interview.state.step == "frame"
    collect(desk.interview.skip())
    assert desk.interview.state.step == "data"


def test_a_nudge_asks_nothing_new(desk: Desk) -> None:
    desk.start()
    assert collect(desk.interview.nudge()) == "I am still here."


def test_an_answer_that_was_killed_before_its_reply_is_replied_to(rubric: Rubric, problem: Problem) -> None:
    first = Desk(rubric, problem)
    first.start()
    first.answer("How many parcels do you carry?")
    events = first.log.events
    cut = next(n for n, e in enumerate(events) if isinstance(e, Spoken) and e.speaker == "candidate") + 1
    second = Desk(rubric, problem, events=tuple(events[:cut]), elapsed=30)
    assert second.interview.owes_reply
    assert "2 million parcels" in collect(second.interview.reply())
    assert not second.interview.owes_reply


def test_an_interview_that_was_killed_before_its_opening_is_opened(rubric: Rubric, problem: Problem) -> None:
    first = Desk(rubric, problem)
    first.start()
    second = Desk(rubric, problem, events=tuple(first.log.events[:2]))
    assert "whether it will be late" in collect(second.interview.reply())
    assert second.interview.state.entered == ("frame",)
