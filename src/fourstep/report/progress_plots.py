"""How scores moved up to an interview, as plots for its page."""

from collections.abc import Sequence
from dataclasses import dataclass

from fourstep.practice.progress import Line, Series, Trend
from fourstep.report.plots import LinePlot, Sparkline, Values, line_plot, sparkline
from fourstep.rubric import Rubric

_FEWEST = 2
"""Interviews below which nothing moves."""
_LEVELS_TOLD = 6
_TRENDS: dict[Trend | None, str] = {"up": "rising", "flat": "steady", "down": "falling", None: ""}


@dataclass(frozen=True, slots=True)
class CriterionTrace:
    """How a criterion's level moved."""

    title: str
    drawn: Sparkline
    levels: str
    """The last ones."""
    trend: str


@dataclass(frozen=True, slots=True)
class Progress:
    """What a page shows of it."""

    scores: LinePlot
    criteria: tuple[CriterionTrace, ...]


def progress_until(interview: str, series: Sequence[Series], rubric: Rubric, *, dated: bool) -> Progress | None:
    """The scores up to an interview, by those who graded it; None where it is the first.

    Without dates the interviews are counted.
    """
    own = next((one for one in series if any(held.interview == interview for held in one.interviews)), None)
    held = [one.interview for one in own.interviews] if own else []
    until = held[: held.index(interview) + 1] if own else []
    if own is None or len(until) < _FEWEST:
        return None
    days = [f"{one.at:%Y-%m-%d}" if dated else str(number) for number, one in enumerate(own.interviews, 1)]
    lines = [_values(line, until) for line in (own.overall, *own.steps(rubric))]
    return Progress(
        line_plot("Scores in percent", "Interview", days[: len(until)], [line for line in lines if line.known]),
        tuple(_trace(line, until) for line in own.criteria(rubric)),
    )


def _values(line: Line, interviews: Sequence[str]) -> Values:
    by_interview = {point.interview: point.value for point in line.points}
    return Values(line.title, tuple(by_interview.get(name) for name in interviews))


def _trace(line: Line, interviews: Sequence[str]) -> CriterionTrace:
    past = Line(line.id, line.title, line.scale, tuple(point for point in line.points if point.interview in interviews))
    levels = " ".join(f"{value:g}" for value in past.values[-_LEVELS_TOLD:])
    return CriterionTrace(line.title, sparkline(_values(past, interviews), past.top), levels, _TRENDS[past.trend])
