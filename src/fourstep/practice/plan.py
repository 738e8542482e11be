"""A plan to a date: interviews and drills over the weeks that are left, the last days light. Nothing by chance.

Each week begins with a whole interview and has one on a single step, of the two weakest or, before anything was scored,
of all four in turn; the other days are drills.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle, islice
from typing import Literal

from fourstep.errors import UsageError
from fourstep.practice.deck import SESSION_MINUTES
from fourstep.rubric import StepId

DAYS_A_WEEK = 4
LONGEST = 366
"""Days that a plan may reach ahead."""
_LIGHT = 2
"""Days before the date with drills at most."""
_WEEK = 7
_PATTERNS = ("F", "FP", "FDP", "FDPD", "FDPDF", "FDPDFD", "FDPDFDD")
"""For 1 to 7 days a week: a whole interview, a partial one, drills."""

Kind = Literal["interview", "steps", "drills"]
_KINDS: dict[str, Kind] = {"F": "interview", "P": "steps", "D": "drills"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A problem that can be held."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Basis:
    """What a plan rests on."""

    problems: Sequence[Asked]
    """Those not yet held first, then those held longest ago."""
    unheld: int
    """How many of them were not held yet."""
    steps: Sequence[tuple[StepId, str]]
    """The steps with their titles, the weakest first; in their order where nothing was scored."""
    scored: int
    """Interviews that were scored."""
    left_out: int
    """Those besides that answer one of them again."""
    due: int
    """Drills that are due today."""
    minutes: float
    """Of a whole interview."""
    step_minutes: float
    """Of an interview on one step."""
    imports: int = 0
    """Interviews that were scored and were held by others."""


@dataclass(frozen=True, slots=True)
class Session:
    """What is to be done on a day."""

    day: date
    kind: Kind
    minutes: float
    problem: Asked | None = None
    step: tuple[StepId, str] | None = None

    @property
    def command(self) -> str:
        """How it is started."""
        if self.problem is None:
            return "fourstep drill"
        steps = f" --steps {self.step[0]}" if self.step else ""
        return f"fourstep interview {self.problem.id}{steps}"


@dataclass(frozen=True, slots=True)
class Plan:
    """All sessions until a date, week by week."""

    today: date
    by: date
    days_a_week: int
    basis: Basis
    weeks: tuple[tuple[Session, ...], ...]


def plan_to(by: date, today: date, basis: Basis, days_a_week: int = DAYS_A_WEEK) -> Plan:
    """Spread what there is to do over the days before a date. Raises: UsageError, for a date that leaves no day."""
    left = (by - today).days
    if left < 1:
        when = "today" if left == 0 else "past"
        raise UsageError(f"{day_text(by)} is {when}.", "Name a later day; for today, ten minutes: fourstep drill")
    if left > LONGEST:
        raise UsageError(f"{day_text(by)} is more than a year ahead.", "Name a day within a year.")
    days = list(_days(today, left, days_a_week))
    sessions = list(_sessions(days, basis))
    weeks = [
        tuple(one for one in sessions if (one.day - today).days // _WEEK == number)
        for number in range(-(-left // _WEEK))
    ]
    return Plan(today, by, days_a_week, basis, tuple(week for week in weeks if week))


def day_text(day: date) -> str:
    """`1 December 2026`."""
    return f"{day.day} {day:%B %Y}"


def _days(today: date, left: int, days_a_week: int) -> Iterator[tuple[date, Kind]]:
    """The days of practice with what is done on them; the last two are drills, whatever their turn would be."""
    pattern = _PATTERNS[days_a_week - 1]
    turns = {number * _WEEK // days_a_week: _KINDS[letter] for number, letter in enumerate(pattern)}
    for number in range(left):
        light = left - number <= _LIGHT
        if light or number % _WEEK in turns:
            yield today + timedelta(days=number), "drills" if light else turns[number % _WEEK]


def _sessions(days: Sequence[tuple[date, Kind]], basis: Basis) -> Iterator[Session]:
    whole = sum(kind == "interview" for _, kind in days)
    fresh, others = islice(cycle(basis.problems), whole), islice(cycle(basis.problems), whole, None)
    steps = cycle(basis.steps[:2] if basis.scored else basis.steps)
    for day, kind in days:
        if kind == "interview":
            yield Session(day, kind, basis.minutes, next(fresh))
        elif kind == "steps":
            yield Session(day, kind, basis.step_minutes, next(others), next(steps))
        else:
            yield Session(day, kind, SESSION_MINUTES)
