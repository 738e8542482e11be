"""Progress: how interviews were graded over time, by step and by criterion, and what is missed most often.

Figures only: a screen draws a plot of them, a page an SVG, a command a table. Scores of different graders or rubrics
are never on one line, because they do not measure alike.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from fourstep.levels import SOLID

if TYPE_CHECKING:  # the first screen reads figures without the models of rubrics
    from fourstep.rubric import Criterion, Rubric

RECENT = 5
"""Interviews over which weakness is told."""
TOP = {"percent": 100.0, "level": 3.0}
"""The highest value on each scale."""
LAST = 3
"""Values whose mean is taken for how things stand, and as many before them for the trend."""
_FEWEST = 2
"""Values on either side of a trend: of one and one, chance alone would make it."""
_FLAT = 0.05
"""Share of the scale within which a change is none."""

Scale = Literal["percent", "level"]
Trend = Literal["up", "flat", "down"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded:
    """One interview as one grader judged it."""

    interview: str
    at: datetime
    """When it was held."""
    problem: str
    grader: str
    """`offline`, or the models."""
    rubric: str
    """The rubric's hash."""
    overall: float | None
    """In percent."""
    steps: Mapping[str, float]
    """In percent; only what was scored."""
    levels: Mapping[str, int]
    """By criterion, 0 to 3; only what was graded."""
    missed: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """By criterion, the checks that were answered with no."""
    ruled: frozenset[str] = frozenset()
    """Criteria whose level a person gave."""
    across: frozenset[str] = frozenset()
    """Criteria that are judged over all steps: no single answer shows them."""
    parent: str | None = None
    """The interview that it answers again."""
    predicted: Mapping[str, float] = field(default_factory=dict)
    """By step, what the candidate thought it would be, in percent; only what was said before the score was shown."""
    imported: bool = False
    """Whether it was held elsewhere, as a rule by somebody else."""

    @property
    def misjudged(self) -> float | None:
        """How far off that was over the steps on average, in percent points; None where none was said."""
        off = [abs(percent - self.steps[step]) for step, percent in self.predicted.items() if step in self.steps]
        return mean(off) if off else None


@dataclass(frozen=True, slots=True)
class Point:
    """A value at a time."""

    interview: str
    at: datetime
    value: float


@dataclass(frozen=True)
class Line:
    """What one thing scored over time, oldest first."""

    id: str
    title: str
    scale: Scale
    points: tuple[Point, ...]

    @property
    def top(self) -> float:
        """The highest value there can be."""
        return TOP[self.scale]

    @property
    def values(self) -> list[float]:
        """The values alone."""
        return [point.value for point in self.points]

    @property
    def mean_of_last(self) -> float | None:
        """The mean of the last three values, or of as many as there are; None where there is none."""
        return mean(self.values[-LAST:]) if self.points else None

    @property
    def trend(self) -> Trend | None:
        """The last three values against the three before, or two against two; None below four values."""
        count = min(LAST, len(self.points) // 2)
        if count < _FEWEST:
            return None
        change = mean(self.values[-count:]) - mean(self.values[-2 * count : -count])
        if abs(change) <= _FLAT * self.top:
            return "flat"
        return "up" if change > 0 else "down"


@dataclass(frozen=True, slots=True)
class Missed:
    """A check that was missed in some of the last interviews."""

    criterion: str
    check: str
    says: str
    advice: str
    times: int
    of: int
    """Interviews in which its criterion was graded."""


@dataclass(frozen=True)
class Series:
    """All interviews that one grader judged by one rubric: they can be compared."""

    grader: str
    rubric: str
    interviews: tuple[Graded, ...]
    """Oldest first."""
    left_out: int = 0
    """Interviews besides that answer one of these again: their questions, and what answers earn, were known."""
    imports: int = 0
    """Interviews besides that were imported: somebody else's."""

    @cached_property
    def overall(self) -> Line:
        """The overall score."""
        points = (Point(one.interview, one.at, one.overall) for one in self.interviews if one.overall is not None)
        return Line("overall", "Overall", "percent", tuple(points))

    @cached_property
    def misjudged(self) -> Line:
        """How far off the candidate's own estimates were; lower is better."""
        said = ((one, off) for one in self.interviews if (off := one.misjudged) is not None)
        points = (Point(one.interview, one.at, off) for one, off in said)
        return Line("misjudged", "Own estimates, points off", "percent", tuple(points))

    @property
    def recent(self) -> tuple[Graded, ...]:
        """The last interviews, newest first."""
        return self.interviews[: -RECENT - 1 : -1]

    def steps(self, rubric: "Rubric") -> tuple[Line, ...]:
        """A line for each step of the rubric."""
        return tuple(self._line(step.id, step.title, "percent") for step in rubric.steps)

    def criteria(self, rubric: "Rubric") -> tuple[Line, ...]:
        """A line for each criterion of the rubric."""
        return tuple(self._line(criterion.id, criterion.title, "level") for criterion in rubric.criteria)

    def _line(self, id: str, title: str, scale: Scale) -> Line:
        points = (
            Point(one.interview, one.at, float(value))
            for one in self.interviews
            if (value := (one.steps if scale == "percent" else one.levels).get(id)) is not None
        )
        return Line(id, title, scale, tuple(points))


def mean(values: Sequence[float]) -> float:
    """Of one value or more; the library's would cost the first screen 20 ms."""
    return sum(values) / len(values)


def series_of(graded: Iterable[Graded]) -> tuple[Series, ...]:
    """What can be compared, together; the one with the newest interview first, of equals the longest."""
    by_time = sorted(graded, key=lambda one: (one.grader, one.rubric, one.at, one.interview))
    found = [_series(*key, list(some)) for key, some in groupby(by_time, lambda one: (one.grader, one.rubric))]
    own = (one for one in found if one.interviews)
    return tuple(sorted(own, key=lambda one: (one.interviews[-1].at, len(one.interviews)), reverse=True))


def _series(grader: str, rubric: str, judged: Sequence[Graded]) -> Series:
    """The interviews on one line, oldest first, without imports and those that answer an earlier one again."""
    before: set[str | None] = set()
    own: list[Graded] = []
    for one in judged:
        if one.parent not in before and not one.imported:
            own.append(one)
        before.add(one.interview)
    imports = sum(one.imported for one in judged)
    return Series(grader, rubric, tuple(own), len(judged) - len(own) - imports, imports)


def weakest_criterion(recent: Sequence[Graded]) -> tuple[str, int, int] | None:
    """The criterion that was lowest over these interviews: its id, how often it was not solid, of how many.

    None where all were solid.
    """
    levels: dict[str, list[int]] = {}
    for one in recent:
        for criterion, level in one.levels.items():
            levels.setdefault(criterion, []).append(level)
    weak = {key: some for key, some in levels.items() if mean(some) < SOLID}
    if not weak:
        return None
    lowest = min(weak, key=lambda key: (mean(weak[key]), -len(weak[key])))
    return lowest, sum(level < SOLID for level in weak[lowest]), len(weak[lowest])


def most_missed(recent: Sequence[Graded], rubric: "Rubric", most: int = 5) -> tuple[Missed, ...]:
    """The checks that were missed most often in these interviews, those that lower levels ask for first.

    What a level that was reached does not ask for is not missed: a person's level counts over the grader's checks.
    """
    found = [missed for criterion in rubric.criteria for missed in _missed_of(criterion, recent)]
    return tuple(one for one, _ in sorted(found, key=lambda pair: (-pair[0].times, pair[1]))[:most])


def _missed_of(criterion: "Criterion", recent: Sequence[Graded]) -> Iterable[tuple[Missed, int]]:
    judged = [one for one in recent if criterion.id in one.levels]
    wanted = [still_missed(criterion, one) for one in judged]
    for check in criterion.checks:
        times = sum(check.id in missed for missed in wanted)
        if times:
            missed = Missed(criterion.id, check.id, check.says, check.advice, times, len(judged))
            yield missed, asked_for_at(criterion, check.id)


def still_missed(criterion: "Criterion", graded: Graded) -> tuple[str, ...]:
    """The checks of a criterion that the levels above the one reached ask for, and that were missed; nearest first."""
    above = criterion.checks_above(graded.levels.get(criterion.id, 0))
    return tuple(check.id for check in above if check.id in graded.missed.get(criterion.id, ()))


def asked_for_at(criterion: "Criterion", check_id: str) -> int:
    """The lowest level, 1 to 3, that asks for a check; 4 where none does."""
    return next((level for level in (1, 2, 3) if check_id in criterion.rule(level).check_ids), 4)
