"""`fourstep plan`: interviews and drills, spread over the weeks until a date."""

import argparse
import json
from datetime import date

from fourstep.commands.program import front_of
from fourstep.errors import UsageError
from fourstep.files.pages import Page, write_pages
from fourstep.practice.plan import Plan, plan_to
from fourstep.report.document import as_markdown_page, as_text
from fourstep.report.plan import plan_blocks, plan_json
from fourstep.wiring.practice import Practice


def run(arguments: argparse.Namespace) -> int:
    """Print the plan, made from what was done until today."""
    by = _date(arguments.by)
    front = front_of(arguments)
    practice = Practice(front.program())
    standing = practice.standing()
    plan = plan_to(by, standing.at.date(), practice.basis(standing), arguments.days_a_week)
    write_pages([_page(plan, arguments.format, front.where)], arguments.output)
    return 0


def _date(text: str) -> date:
    """Raises: UsageError."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"'{text}' is no date.", "Write it as 2027-01-15.") from error


def _page(plan: Plan, format_: str, where: str) -> Page:
    name = f"plan-{plan.by.isoformat()}"
    if format_ == "json":
        return Page(f"{name}.json", json.dumps(plan_json(plan, where), ensure_ascii=False, indent=2) + "\n")
    if format_ == "markdown":
        return Page(f"{name}.md", as_markdown_page(plan_blocks(plan, where)))
    return Page(f"{name}.txt", as_text(plan_blocks(plan, where)))
