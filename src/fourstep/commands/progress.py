"""`fourstep progress`: how interviews were scored over time, and what is missed most often."""

import argparse
import json

from fourstep.commands.program import front_of
from fourstep.errors import NotFoundError
from fourstep.files.pages import Page, write_pages
from fourstep.practice.progress import Series
from fourstep.report.document import as_text
from fourstep.report.progress_table import progress_blocks, progress_csv, progress_json
from fourstep.rubric import Rubric
from fourstep.wiring.practice import Practice


def run(arguments: argparse.Namespace) -> int:
    """Print a table, or everything as JSON or CSV."""
    front = front_of(arguments)
    practice = Practice(front.program())
    series = _by_grader(practice.standing().series, arguments.grader)
    write_pages([_page(series, practice.rubric, arguments.format, front.where)], arguments.output)
    return 0


def _by_grader(series: tuple[Series, ...], grader: str | None) -> tuple[Series, ...]:
    """The series of a grader, or all. Raises: NotFoundError, when it graded nothing."""
    chosen = tuple(one for one in series if grader in (None, one.grader))
    if grader and not chosen:
        known = ", ".join(dict.fromkeys(one.grader for one in series)) or "nobody yet"
        raise NotFoundError(f"'{grader}' graded no interview.", f"Graders are: {known}.")
    return chosen


def _page(series: tuple[Series, ...], rubric: Rubric, format_: str, where: str) -> Page:
    if format_ == "json":
        text = json.dumps(progress_json(series, rubric), ensure_ascii=False, indent=2) + "\n"
        return Page("progress.json", text)
    if format_ == "csv":
        return Page("progress.csv", progress_csv(series, rubric))
    return Page("progress.txt", as_text(progress_blocks(series, rubric, where)))
