"""Progress as a table, as data and as a sheet: the same figures that a screen plots."""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any, Final

from fourstep.practice.progress import LAST, RECENT, Line, Missed, Series, most_missed
from fourstep.report.document import Block
from fourstep.rubric import Rubric

SCHEMA: Final = "fourstep.progress/1"
MOST_VALUES = 6
"""Values of a line that a table shows: those that make its trend."""
_MEAN = f"mean of last {LAST}"
_TITLE = 34


def progress_blocks(series: Sequence[Series], rubric: Rubric, where: str = "") -> Iterator[Block]:
    """The first series in full, and what is told of the others, which are never on one line with it.

    `where` is what commands need besides (`Settings.where`).
    """
    yield Block("title", "Progress")
    if not series:
        yield Block("paragraph", "No interview of yours is scored yet; imports do not count.")
        yield Block("paragraph", f"Hold one with: fourstep interview{where}")
        return
    shown, *others = series
    yield Block("paragraph", f"{series_text(shown)}. {left_out_text(shown.left_out, shown.imports)}".strip())
    heads = f"{'':{_TITLE}} {f'last {MOST_VALUES}, old to new':{4 * MOST_VALUES}} {_MEAN} trend"
    yield Block("row", heads)
    for line in (shown.overall, *shown.steps(rubric)):
        yield Block("row", _row(line))
    yield Block("heading", "By criterion, 0 to 3")
    for line in shown.criteria(rubric):
        if line.points:
            yield Block("row", _row(line))
    missed = most_missed(shown.recent, rubric)
    if missed:
        yield Block("heading", f"Missed most often {recent_text(shown)}")
        for one in missed:
            yield Block("item", missed_text(one, rubric))
    if shown.misjudged.points:
        yield Block("paragraph", misjudged_text(shown.misjudged))
    for other in others:
        yield Block("paragraph", f"Not on these lines, because it measures otherwise: {series_text(other)}.")


def series_text(series: Series) -> str:
    """What is on the lines of a series: `12 interviews graded offline, with what people ruled, rubric 1f3c…`."""
    count = len(series.interviews)
    by = "offline" if series.grader == "offline" else f"by {series.grader}"
    ruled = ", with what people ruled" if any(one.ruled for one in series.interviews) else ""
    return f"{count} interview{'s' if count != 1 else ''} graded {by}{ruled}, rubric {series.rubric[:8]}"


def left_out_text(count: int, imports: int) -> str:
    """How many interviews are on no line, because they answer another one again or were imported; empty for none."""
    again = f"{count} interviews that answer others again are left out." if count else ""
    if count == 1:
        again = "1 interview that answers another one again is left out."
    return f"{again} {_imports_text(imports)}".strip()


def _imports_text(count: int) -> str:
    if count == 1:
        return "1 that was imported does not count."
    return f"{count} that were imported do not count." if count else ""


def recent_text(series: Series) -> str:
    """What weakness is told of: `in the last 5 interviews`."""
    return f"in the last {len(series.recent)} interviews" if len(series.recent) > 1 else "in the last interview"


def missed_text(missed: Missed, rubric: Rubric) -> str:
    """A check that was missed, with how often, in a sentence or two."""
    title = rubric.criterion(missed.criterion).title
    return f"{title}, missed in {missed.times} of {missed.of}: {missed.advice}"


def misjudged_text(line: Line) -> str:
    """How the candidate's own estimates went: `Your own estimates were off by 18, 9 points (old to new).`"""
    values = ", ".join(f"{value:.0f}" for value in line.values[-MOST_VALUES:])
    points = "point" if values == "1" else "points"
    order = " (old to new)" if len(line.points) > 1 else ""
    trend = {"down": ": getting closer", "up": ": getting worse"}.get(line.trend or "", "")
    return f"Your own estimates were off by {values} {points}{order}{trend}."


def values_text(line: Line, most: int = MOST_VALUES) -> str:
    """The last values of a line, old to new."""
    width = 3 if line.scale == "percent" else 1
    return " ".join(f"{value:{width}.0f}" for value in line.values[-most:])


def mean_text(line: Line) -> str:
    """The mean of a line's last values."""
    return "–" if line.mean_of_last is None else f"{line.mean_of_last:.1f}"


def _row(line: Line) -> str:
    values, mean = values_text(line), mean_text(line)
    return f"{line.title:{_TITLE}} {values:{4 * MOST_VALUES}} {mean:>{len(_MEAN)}} {line.trend or ''}".rstrip()


def progress_json(series: Sequence[Series], rubric: Rubric) -> dict[str, Any]:
    """All series with all their points."""
    return {"schema": SCHEMA, "recent": RECENT, "series": [_series_json(one, rubric) for one in series]}


def _series_json(series: Series, rubric: Rubric) -> dict[str, Any]:
    return {
        "grader": series.grader,
        "rubric": series.rubric,
        "interviews": len(series.interviews),
        "left_out": series.left_out,
        "imports": series.imports,
        "overall": _line_json(series.overall),
        "steps": [_line_json(line) for line in series.steps(rubric)],
        "criteria": [_line_json(line) for line in series.criteria(rubric)],
        "misjudged": _line_json(series.misjudged),
        "missed": [
            {"criterion": one.criterion, "check": one.check, "says": one.says, "times": one.times, "of": one.of}
            for one in most_missed(series.recent, rubric)
        ],
    }


def _line_json(line: Line) -> dict[str, Any]:
    points = [{"interview": p.interview, "at": p.at.isoformat(), "value": p.value} for p in line.points]
    return {
        "id": line.id,
        "title": line.title,
        "scale": line.scale,
        f"mean_of_last_{LAST}": line.mean_of_last,
        "trend": line.trend,
        "points": points,
    }


def progress_csv(series: Sequence[Series], rubric: Rubric) -> str:
    """All points, one a line, for a spreadsheet."""
    sheet = io.StringIO()
    writer = csv.writer(sheet, lineterminator="\n")
    writer.writerow(["at", "interview", "grader", "rubric", "scale", "id", "title", "value"])
    for one in series:
        for line in (one.overall, *one.steps(rubric), *one.criteria(rubric)):
            for point in line.points:
                cells = (point.at.isoformat(), point.interview, one.grader, one.rubric, line.scale, line.id, line.title)
                writer.writerow([*(_inert(cell) for cell in cells), f"{point.value:g}"])
    return sheet.getvalue()


def _inert(cell: str) -> str:
    """A spreadsheet takes what begins with such a sign for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
