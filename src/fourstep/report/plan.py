"""A plan to a date, week by week, with the commands that start what it says."""

from collections.abc import Iterator
from typing import Any, Final

from fourstep.practice.plan import Plan, Session, day_text
from fourstep.report.document import Block
from fourstep.report.progress_table import left_out_text

SCHEMA: Final = "fourstep.plan/1"


def plan_blocks(plan: Plan, where: str = "") -> Iterator[Block]:
    """Title, what it is based on, the weeks; `where` is what commands need besides (`Settings.where`)."""
    days = f"{plan.days_a_week} days a week" if plan.days_a_week > 1 else "one day a week"
    yield Block("title", f"Plan to {day_text(plan.by)}")
    yield Block("paragraph", f"{days.capitalize()}, the last two days light. {_basis_text(plan)}")
    for number, week in enumerate(plan.weeks, start=1):
        yield Block("heading", f"Week {number}")
        for session in week:
            yield Block("item", f"{session.day:%a} {session.day.day} {session.day:%b}: {session_text(session)}")
            yield Block("row", f"    {session.command}{where}")  # never wrapped, so that it can be copied
    yield Block("paragraph", "")
    yield Block("paragraph", "The plan is made anew from what you have done whenever you ask for it.")


def session_text(session: Session) -> str:
    """What is to be done, and how long it takes."""
    minutes = f"{session.minutes:.0f} minutes"
    match session.kind:
        case "interview":
            assert session.problem is not None
            what = f"a whole interview, {session.problem.title}, {minutes}"
        case "steps":
            assert session.problem is not None
            assert session.step is not None
            what = f"one step, {session.step[1]}, of {session.problem.title}, {minutes}"
        case "drills":
            what = f"drills, {minutes}"
    return what


def _basis_text(plan: Plan) -> str:
    basis = plan.basis
    unheld = f"{basis.unheld} of {len(basis.problems)} problems not held yet"
    if not basis.scored:
        return f"It rests on no score yet, so the steps come in their order; {unheld}."
    weak = " and ".join(f"“{title}”" for _, title in basis.steps[:2])
    interviews = f"{basis.scored} scored interview{'s' if basis.scored != 1 else ''}"
    due = f"{basis.due} drill{'s' if basis.due != 1 else ''} due today"
    rests = f"It rests on {interviews}, in which {weak} scored lowest; {unheld}; {due}."
    return f"{rests} {left_out_text(basis.left_out, basis.imports)}".strip()


def plan_json(plan: Plan, where: str = "") -> dict[str, Any]:
    """The plan as data."""
    return {
        "schema": SCHEMA,
        "today": plan.today.isoformat(),
        "by": plan.by.isoformat(),
        "days_a_week": plan.days_a_week,
        "scored": plan.basis.scored,
        "weakest_steps": [step for step, _ in plan.basis.steps[:2]] if plan.basis.scored else [],
        "weeks": [[_session_json(session, where) for session in week] for week in plan.weeks],
    }


def _session_json(session: Session, where: str) -> dict[str, Any]:
    return {
        "day": session.day.isoformat(),
        "kind": session.kind,
        "minutes": session.minutes,
        "problem": session.problem.id if session.problem else None,
        "step": session.step[0] if session.step else None,
        "command": f"{session.command}{where}",
    }
