"""A drill that was done: one line of `practice/drills.jsonl`, with all that was typed and what came of it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final, Literal, get_args

SCHEMA: Final = "fourstep.drill/1"
FRAMEWORK: Final = "framework"
"""The drill that asks for the four steps from memory; all others are named as their criterion."""

_EARLIEST, _LATEST = 1970, 9998
"""Years that can be told in every time zone."""

Rating = Literal["again", "hard", "good", "easy"]
"""How well it went, in the words of the scheduler."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drilled:
    """One answer to one drill."""

    at: datetime
    """When it was graded."""
    drill: str
    """A criterion's id, or `framework`."""
    problem: str | None
    question: str
    answer: str
    seconds: float
    """From the question to the answer."""
    grader: str
    """`offline`, or the models."""
    rubric: str
    """The rubric's hash."""
    level: int | None
    """0 to 3; None where there is none, because it could not be graded or knows no levels."""
    checks: Mapping[str, str] = field(default_factory=dict)
    """`yes`, `partial` or `no` by check; of the framework, by criterion."""
    aimed: tuple[str, ...] = ()
    """The checks that the drill was about."""
    quotes: tuple[str, ...] = ()
    """The candidate's words that were counted."""
    note: str = ""
    """What a reader must know of the grading: why there is none, or who did it in whose place."""
    rating: Rating | None = None
    """None where it could not be graded: then it stays due."""
    due: datetime | None = None
    """When it comes again; None where it stays due."""

    @property
    def met(self) -> int:
        """How many of the checks that it was about were met in full."""
        return sum(self.checks.get(check) == "yes" for check in self.aimed)

    @property
    def day(self) -> date:
        """When it was answered, by the calendar of whoever answered."""
        return self.at.date()

    @property
    def due_day(self) -> date:
        """From which day on it comes again: whole days later, also where clocks are put forward or back meanwhile."""
        return self.day + timedelta(days=(self.due - self.at).days if self.due else 0)

    def to_json(self) -> dict[str, Any]:
        """As it is kept, keys in their order."""
        due = self.due.isoformat() if self.due else None
        return {"schema": SCHEMA, **asdict(self), "at": self.at.isoformat(), "due": due}


def drilled_of(raw: Any) -> Drilled:
    """A line of the file, keys of later programs left out. Raises: ValueError, when it is none."""
    if not isinstance(raw, dict) or raw.get("schema") != SCHEMA:
        raise ValueError("it is no drill")
    try:
        return Drilled(
            at=_moment(raw["at"]),
            drill=_text(raw["drill"]),
            problem=None if raw.get("problem") is None else _text(raw["problem"]),
            question=_text(raw["question"]),
            answer=_text(raw["answer"]),
            seconds=float(raw["seconds"]),
            grader=_text(raw["grader"]),
            rubric=_text(raw["rubric"]),
            level=raw["level"] if type(raw.get("level")) is int and 0 <= raw["level"] <= 3 else None,
            checks={_text(key): _text(met) for key, met in dict(raw.get("checks", {})).items()},
            aimed=tuple(_text(check) for check in raw.get("aimed", ())),
            quotes=tuple(_text(quote) for quote in raw.get("quotes", ())),
            note=_text(raw.get("note", "")),
            rating=raw["rating"] if raw.get("rating") in get_args(Rating) else None,
            due=None if raw.get("due") is None else _moment(raw["due"]),
        )
    except (KeyError, TypeError, OverflowError) as error:
        raise ValueError(f"'{error}' is missing or of another kind") from error


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _moment(value: object) -> datetime:
    moment = datetime.fromisoformat(_text(value))
    if moment.tzinfo is None:
        raise ValueError(f"the time {value} has no zone")
    if not _EARLIEST <= moment.year <= _LATEST:
        raise ValueError(f"the time {value} is no day of ours")
    return moment
