"""Minutes shared out."""

import pytest

from fourstep.interview.timing import clock_text, plan, warnings_due
from fourstep.rubric import INTERVIEW_STEPS, Rubric


def test_forty_five_minutes_are_shared_as_the_design_says(rubric: Rubric) -> None:
    shares = plan(rubric, INTERVIEW_STEPS, 45)
    assert [round(seconds / 60, 6) for _, seconds in shares.shares] == [8, 11, 11, 13]
    assert shares.close == pytest.approx(120)


def test_shares_scale_with_the_minutes(rubric: Rubric) -> None:
    assert plan(rubric, INTERVIEW_STEPS, 22.5).share("serve") == pytest.approx(6.5 * 60)


def test_chosen_steps_take_as_long_as_they_usually_do(rubric: Rubric) -> None:
    assert plan(rubric, ("data", "model"), None).total == pytest.approx(24 * 60)


def test_time_lost_early_is_spread_over_what_remains(rubric: Rubric) -> None:
    shares = plan(rubric, INTERVIEW_STEPS, 45)
    on_time = shares.deadline("data", 8 * 60) - 8 * 60
    late = shares.deadline("data", 15 * 60) - 15 * 60
    assert on_time == pytest.approx(11 * 60)
    assert late == pytest.approx(28 * 60 * 11 / 35)


@pytest.mark.parametrize(
    ("before", "now", "due"),
    [(0, 39 * 60, ()), (39 * 60, 40 * 60, (300.0,)), (40 * 60, 43 * 60, ()), (39 * 60, 44.5 * 60, (300.0, 60.0))],
)
def test_warnings_come_once_at_five_minutes_and_one(before: float, now: float, due: tuple[float, ...]) -> None:
    assert warnings_due(before, now, 45 * 60) == due


def test_a_short_interview_is_not_warned_before_it_began() -> None:
    assert warnings_due(0, 10, 4 * 60) == ()


def test_time_is_shown_in_minutes_and_seconds() -> None:
    assert (clock_text(1122), clock_text(-3)) == ("18:42", "0:00")
