"""What the clock says, when, and only once."""

import pytest

from fourstep.tui.timekeeping import OVERTIME, SILENCE, TimeKeeper
from tests.interviews import Desk, collect

TOTAL = 45 * 60.0


@pytest.fixture
def keeper(desk: Desk) -> TimeKeeper:
    """Follows the interview of `desk`, which has just begun."""
    desk.start()
    return TimeKeeper(0.0)


@pytest.mark.parametrize(("left", "said"), [(300, "5 minutes left."), (60, "1 minute left.")])
def test_the_last_minutes_are_announced(desk: Desk, keeper: TimeKeeper, left: float, said: str) -> None:
    keeper.told_until = desk.seconds = TOTAL - left - 1
    keeper.due(desk.interview)
    desk.seconds += 1
    assert keeper.due(desk.interview) == said


def test_an_announcement_is_made_once(desk: Desk, keeper: TimeKeeper) -> None:
    keeper.told_until, desk.seconds = TOTAL - 301, TOTAL - 300
    keeper.due(desk.interview)
    assert "left" not in keeper.due(desk.interview)


def test_of_two_announcements_that_are_due_only_the_later_one_is_made(desk: Desk, keeper: TimeKeeper) -> None:
    desk.seconds = TOTAL - 59
    assert keeper.due(desk.interview) == "1 minute left."


def test_what_was_announced_before_an_interruption_is_not_announced_again(desk: Desk, keeper: TimeKeeper) -> None:
    desk.seconds = TOTAL - 200
    assert "left" not in TimeKeeper(desk.interview.elapsed).due(desk.interview)


def step_time_is_used(desk: Desk) -> float:
    state = desk.interview.state
    assert state.step is not None
    return desk.interview.agenda.plan.deadline(state.step, state.step_entered_at)


def test_nothing_is_said_while_a_step_has_time(desk: Desk, keeper: TimeKeeper) -> None:
    desk.seconds = step_time_is_used(desk) - 1
    assert keeper.due(desk.interview) == ""


def test_a_step_whose_time_is_used_is_told_once(desk: Desk, keeper: TimeKeeper) -> None:
    desk.seconds = step_time_is_used(desk)
    assert keeper.due(desk.interview).startswith("The time for this step is used.")
    assert keeper.due(desk.interview) == ""


def test_the_next_step_is_told_of_too(desk: Desk, keeper: TimeKeeper) -> None:
    desk.seconds = step_time_is_used(desk)
    keeper.due(desk.interview)
    first = desk.interview.state.step
    desk.answer("I would like to go on.", after=1)
    assert desk.interview.state.step != first
    desk.seconds = step_time_is_used(desk)
    assert keeper.due(desk.interview).startswith("The time for this step is used.")


def test_there_is_no_overtime_before_the_end(desk: Desk, keeper: TimeKeeper) -> None:
    desk.seconds = TOTAL - 1
    assert keeper.overtime_left(desk.interview) is None


@pytest.mark.parametrize("after", [0, 30, OVERTIME, OVERTIME + 10])
def test_at_the_end_two_minutes_are_left_to_finish_the_answer(desk: Desk, keeper: TimeKeeper, after: float) -> None:
    desk.seconds = TOTAL + after
    assert keeper.overtime_left(desk.interview) == OVERTIME - after


def test_more_time_ends_the_overtime(desk: Desk, keeper: TimeKeeper) -> None:
    desk.seconds = TOTAL + 10
    desk.interview.extend(5)
    assert keeper.overtime_left(desk.interview) is None


def test_five_minutes_left_are_announced_again_after_more_time_was_taken(desk: Desk, keeper: TimeKeeper) -> None:
    desk.seconds = TOTAL - 100
    keeper.due(desk.interview)
    desk.interview.extend(5)
    desk.seconds = TOTAL
    assert keeper.due(desk.interview) == "5 minutes left."


def test_a_silence_is_broken_once(desk: Desk, keeper: TimeKeeper) -> None:
    assert keeper.silence_is_long(desk.interview, SILENCE)
    collect(desk.interview.nudge())
    assert not keeper.silence_is_long(desk.interview, SILENCE)


def test_a_silence_after_the_next_question_is_broken_again(desk: Desk, keeper: TimeKeeper) -> None:
    keeper.silence_is_long(desk.interview, SILENCE)
    desk.answer("We predict whether a parcel is late.")
    assert keeper.silence_is_long(desk.interview, SILENCE)


@pytest.mark.parametrize("seconds", [0, SILENCE - 1])
def test_a_pause_for_thought_is_no_silence(desk: Desk, keeper: TimeKeeper, seconds: float) -> None:
    assert not keeper.silence_is_long(desk.interview, seconds)


def test_nobody_is_nudged_while_the_clock_stands(desk: Desk, keeper: TimeKeeper) -> None:
    desk.interview.pause()
    assert not keeper.silence_is_long(desk.interview, SILENCE)


def test_nobody_is_nudged_once_the_time_is_up(desk: Desk, keeper: TimeKeeper) -> None:
    desk.seconds = TOTAL
    assert not keeper.silence_is_long(desk.interview, SILENCE)
