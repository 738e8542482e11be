"""A plan to a date: what it spreads, over which days, and what it refuses."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from fourstep.errors import UsageError
from fourstep.practice.plan import Asked, Basis, Plan, Session, plan_to
from fourstep.report.document import Block, as_markdown_page, as_text
from fourstep.report.plan import plan_blocks

TODAY = date(2026, 12, 1)
PROBLEMS = [Asked(name, name.capitalize()) for name in ("ads", "posts", "videos", "parcels")]
BASIS = Basis(
    problems=PROBLEMS,
    unheld=3,
    steps=[("serve", "Serving"), ("data", "Data"), ("frame", "Framing"), ("model", "Model")],
    scored=4,
    left_out=0,
    due=2,
    minutes=45,
    step_minutes=15,
)


def sessions(plan: Plan) -> list[Session]:
    return [session for week in plan.weeks for session in week]


def kinds(days: int, days_a_week: int = 4) -> str:
    plan = plan_to(TODAY + timedelta(days=days), TODAY, BASIS, days_a_week)
    return "".join(session.kind[0] for session in sessions(plan))


def test_each_week_has_a_whole_interview_one_on_a_step_and_drills() -> None:
    assert kinds(23) == "idsd" * 3 + "d" * 2


@pytest.mark.parametrize("days_a_week", range(1, 8))
def test_no_week_has_more_days_than_were_asked_for_before_the_last(days_a_week: int) -> None:
    plan = plan_to(TODAY + timedelta(days=31), TODAY, BASIS, days_a_week)
    assert {len(week) for week in plan.weeks[:4]} == {days_a_week}


@pytest.mark.parametrize("days_a_week", range(1, 8))
@pytest.mark.parametrize("days", range(1, 30))
def test_the_last_two_days_are_light_and_the_day_itself_is_free(days: int, days_a_week: int) -> None:
    by = TODAY + timedelta(days=days)
    last = [session for session in sessions(plan_to(by, TODAY, BASIS, days_a_week)) if (by - session.day).days <= 2]
    assert {session.kind for session in last} == {"drills"}
    assert all(session.day < by for session in last)


def test_whole_interviews_take_the_problems_that_were_not_held_first() -> None:
    plan = plan_to(TODAY + timedelta(days=30), TODAY, BASIS)
    held = [session.problem for session in sessions(plan) if session.kind == "interview"]
    assert held == [*PROBLEMS]


def test_more_weeks_than_problems_begin_again() -> None:
    plan = plan_to(TODAY + timedelta(days=44), TODAY, BASIS)
    held = [session.problem.id for session in sessions(plan) if session.kind == "interview" and session.problem]
    assert held[:5] == ["ads", "posts", "videos", "parcels", "ads"]


def test_partial_interviews_are_on_the_two_weakest_steps_in_turn() -> None:
    plan = plan_to(TODAY + timedelta(days=30), TODAY, BASIS)
    assert [session.step[0] for session in sessions(plan) if session.step] == ["serve", "data", "serve", "data"]


def test_without_a_score_partial_interviews_are_on_all_steps_in_turn() -> None:
    plan = plan_to(TODAY + timedelta(days=37), TODAY, replace(BASIS, scored=0))
    assert [session.step[0] for session in sessions(plan) if session.step] == [
        "serve",
        "data",
        "frame",
        "model",
        "serve",
    ]


@pytest.mark.parametrize("render", [as_text, as_markdown_page])
def test_every_command_stands_unbroken_on_a_line_of_its_own(render: Callable[[Iterable[Block]], str]) -> None:
    plan, where = plan_to(TODAY + timedelta(days=30), TODAY, BASIS), f" --data-dir '/home/{'long ' * 20}'"
    told = [line.strip() for line in render(plan_blocks(plan, where)).splitlines() if "fourstep " in line]
    assert told == [f"{session.command}{where}" for session in sessions(plan)]


def test_what_is_planned_can_be_started_by_its_command() -> None:
    commands = {session.kind: session.command for session in sessions(plan_to(TODAY + timedelta(days=7), TODAY, BASIS))}
    assert commands["interview"] == "fourstep interview ads"
    assert commands["drills"] == "fourstep drill"


def test_the_days_are_in_order_and_none_is_planned_twice() -> None:
    days = [session.day for session in sessions(plan_to(TODAY + timedelta(days=60), TODAY, BASIS, 6))]
    assert days == sorted(set(days))


@pytest.mark.parametrize(
    ("days", "said"),
    [(-1, "30 November 2026 is past."), (0, "1 December 2026 is today."), (400, "more than a year ahead")],
)
def test_a_date_that_leaves_no_day_is_refused_in_a_sentence(days: int, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        plan_to(TODAY + timedelta(days=days), TODAY, BASIS)
