"""A new interview that goes on from a turn of an earlier one."""

import pytest

from fourstep.errors import NotFoundError
from fourstep.interview.fork import LEAST_LEFT, forked
from fourstep.interview.state import fold
from fourstep.interview.timing import plan
from fourstep.problem import Problem
from fourstep.review.time_use import time_use
from fourstep.rubric import INTERVIEW_STEPS, Rubric
from fourstep.transcript.events import Event, Extended, FactTold, Imported, Observed, Paused, Spoken, Started, Withdrawn
from fourstep.transcript.transcript import transcript_of
from tests.interviews import START, Desk

STARTED = Started(
    at=START, id="new", problem="parcel_delays", rubric="h", level="senior", persona="neutral",
    steps=INTERVIEW_STEPS, minutes=45, brain="offline", seed=1, program="test", parent="old", forked_at=4,
)  # fmt: skip


@pytest.fixture
def held(desk: Desk) -> tuple[Event, ...]:
    """Four answers, the second of which asked for a fact."""
    desk.start()
    desk.answer("I would predict whether a parcel is late.")
    desk.answer("How many parcels do you deliver per day?")
    desk.answer("Then boosted trees on the day and the route.", after=120)
    desk.answer("I would check it with log loss.")
    return tuple(desk.log.events)


def fork_of(events: tuple[Event, ...], turn: int, rubric: Rubric, minutes: float = 45) -> tuple[Event, ...]:
    return forked(events, turn, STARTED, plan(rubric, INTERVIEW_STEPS, minutes), START)


def turns(events: tuple[Event, ...]) -> list[str]:
    return [turn.name for turn in transcript_of(events).turns]


def test_what_was_said_before_the_turn_is_taken_over_and_the_answer_is_not(
    held: tuple[Event, ...], rubric: Rubric
) -> None:
    assert turns(fork_of(held, 6, rubric)) == ["I1", "C2", "I3", "C4", "I5"]


def test_a_question_stands_for_the_answer_to_it(held: tuple[Event, ...], rubric: Rubric) -> None:
    assert turns(fork_of(held, 5, rubric)) == turns(fork_of(held, 6, rubric))


def test_it_knows_its_parent(held: tuple[Event, ...], rubric: Rubric) -> None:
    started = fold(fork_of(held, 6, rubric)).started
    assert started is not None
    assert (started.id, started.parent) == ("new", "old")


def test_it_stands_still_at_the_time_of_the_question(held: tuple[Event, ...], rubric: Rubric) -> None:
    events = fork_of(held, 6, rubric)
    asked = next(e for e in held if isinstance(e, Spoken) and e.turn == 5)
    assert isinstance(events[-1], Paused)
    assert events[-1].elapsed == asked.elapsed
    assert fold(events).paused


def test_facts_that_were_told_stay_told(held: tuple[Event, ...], rubric: Rubric) -> None:
    told = [event.fact for event in held if isinstance(event, FactTold)]
    assert told
    assert fold(fork_of(held, 6, rubric)).facts_told == set(told)


def test_facts_that_were_told_later_are_untold(held: tuple[Event, ...], rubric: Rubric) -> None:
    assert fold(fork_of(held, 2, rubric)).facts_told == frozenset()


def test_what_was_seen_in_a_kept_answer_only_later_is_kept(held: tuple[Event, ...], rubric: Rubric) -> None:
    late = Observed(at=START, turn=4, brain="model", checks=())
    of_the_dropped = Observed(at=START, turn=6, brain="model", checks=())
    seen = [e for e in fork_of((*held, late, of_the_dropped), 6, rubric) if isinstance(e, Observed)]
    assert 4 in [event.turn for event in seen]
    assert 6 not in [event.turn for event in seen]


@pytest.mark.parametrize("read_at", [100, 242])
def test_the_time_that_the_old_answer_took_is_given_back(rubric: Rubric, read_at: float) -> None:
    asked = Spoken(at=START, elapsed=62, turn=3, speaker="interviewer", text="And the data?")
    old = Spoken(at=START, elapsed=242, turn=4, speaker="candidate", text="Logs.")
    first = Spoken(at=START, elapsed=60, turn=2, speaker="candidate", text="Late or not.")
    read = Observed(at=START, elapsed=read_at, turn=2, brain="model", checks=())
    log = (first, asked, read, old) if read_at < old.elapsed else (first, asked, old, read)
    events = fork_of(log, 4, rubric)
    assert [event.elapsed for event in events] == [0, 60, 62, 62, 62]
    assert isinstance(events[-1], Paused)


def test_events_are_numbered_from_one(held: tuple[Event, ...], rubric: Rubric) -> None:
    events = fork_of(held, 6, rubric)
    assert [event.seq for event in events] == list(range(1, len(events) + 1))


def test_whoever_answers_again_at_the_very_end_gets_five_minutes(held: tuple[Event, ...], rubric: Rubric) -> None:
    events = fork_of(held, 8, rubric, minutes=4)
    added = sum(60 * event.minutes for event in events if isinstance(event, Extended))
    assert 240 + added - events[-1].elapsed == pytest.approx(LEAST_LEFT)


def test_time_that_is_left_is_not_added_to(held: tuple[Event, ...], rubric: Rubric) -> None:
    assert not any(isinstance(event, Extended) for event in fork_of(held, 8, rubric))


@pytest.mark.parametrize("turn", [0, 99])
def test_a_turn_that_is_not_there_is_refused(held: tuple[Event, ...], rubric: Rubric, turn: int) -> None:
    with pytest.raises(NotFoundError, match=f"no turn {turn}"):
        fork_of(held, turn, rubric)


def test_an_answer_that_was_taken_back_cannot_be_answered_again(held: tuple[Event, ...], rubric: Rubric) -> None:
    with pytest.raises(NotFoundError):
        fork_of((*held, Withdrawn(at=START, turn=8)), 8, rubric)


def test_the_new_interview_can_be_gone_on_with(held: tuple[Event, ...], rubric: Rubric, problem: Problem) -> None:
    events = fork_of(held, 6, rubric)
    desk = Desk(rubric, problem, events=events, elapsed=events[-1].elapsed)
    desk.interview.resume()
    reply = desk.answer("First the average delay of each route, as a baseline.")
    assert reply
    assert desk.last_move.turn == 7


def test_an_interview_held_elsewhere_is_put_into_the_steps_by_what_had_been_said(rubric: Rubric) -> None:
    imported = Imported(at=START, id="old", source="talk.vtt", format="vtt", program="test")
    said = [
        Spoken(at=START, turn=n, speaker="candidate" if n % 2 == 0 else "interviewer", text="some words " * 50)
        for n in range(1, 41)
    ]
    state = fold(fork_of((imported, *said), 36, rubric))
    assert state.entered == INTERVIEW_STEPS
    assert [turn.elapsed for turn in state.turns] == sorted(turn.elapsed for turn in state.turns)
    assert len(state.turns) == 35


def recorded(each: float) -> tuple[Event, ...]:
    """Forty turns with times, so many seconds apart."""
    imported = Imported(at=START, id="old", source="talk.vtt", format="vtt", timed=True, program="test")
    speakers = ("candidate", "interviewer")
    said = (
        Spoken(at=START, elapsed=each * n, turn=n, speaker=speakers[n % 2], text="some words " * 50)
        for n in range(1, 41)
    )
    return (imported, *said)


def test_a_recording_keeps_its_times_and_is_put_into_the_steps_by_its_words(rubric: Rubric) -> None:
    events = fork_of(recorded(13), 40, rubric)
    assert [turn.elapsed for turn in fold(events).turns] == [13 * n for n in range(1, 40)]
    assert fold(events).entered == INTERVIEW_STEPS
    assert not any(isinstance(event, Extended) for event in events)


def test_the_time_of_a_fork_is_that_of_its_recording(rubric: Rubric) -> None:
    events = fork_of(recorded(13), 40, rubric)
    used = time_use(events, transcript_of(events), rubric)
    assert used.total == 13 * 39
    assert sum(step.spent for step in used.steps) == 13 * 38


def test_a_recording_longer_than_the_plan_leaves_as_much_for_what_is_still_to_come(rubric: Rubric) -> None:
    events = fork_of(recorded(100), 20, rubric)
    added = sum(60 * event.minutes for event in events if isinstance(event, Extended))
    assert 45 * 60 + added - events[-1].elapsed > 45 * 60 / 2


def test_in_scripts_without_spaces_the_steps_follow_what_had_been_said_too(rubric: Rubric) -> None:
    imported = Imported(at=START, id="old", source="talk.vtt", format="vtt", program="test")
    said = ("你会怎么做?", "我会先问清楚目标是什么" * 20, "好。", "用日志")
    speakers = ("interviewer", "candidate") * 2
    spoken = [Spoken(at=START, turn=n, speaker=speakers[n - 1], text=text) for n, text in enumerate(said, 1)]
    assert fold(fork_of((imported, *spoken), 4, rubric)).entered[-1] == INTERVIEW_STEPS[-1]
