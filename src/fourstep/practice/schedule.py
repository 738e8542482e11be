"""When a drill comes again: by FSRS, the scheduler of open spaced repetition, with days as its smallest step.

Its card is never kept. It is what the earlier answers of a drill, in their order, make of a new one.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime

import fsrs

from fourstep.levels import LEVEL_NAMES, SOLID, TOP_LEVEL
from fourstep.practice.drilled import Drilled, Rating

_SCHEDULER = fsrs.Scheduler(learning_steps=(), relearning_steps=(), maximum_interval=180, enable_fuzzing=False)
"""No steps of minutes, for a session is once a day; nothing by chance; nothing later than half a year."""
_RATINGS: dict[Rating, fsrs.Rating] = {
    "again": fsrs.Rating.Again,
    "hard": fsrs.Rating.Hard,
    "good": fsrs.Rating.Good,
    "easy": fsrs.Rating.Easy,
}
_RECALLED: tuple[tuple[float, Rating], ...] = ((0.9, "easy"), (0.7, "good"), (0.4, "hard"), (0.0, "again"))
"""From which share of the framework's criteria on it went how well."""


def next_due(earlier: Sequence[Drilled], rating: Rating, at: datetime) -> datetime:
    """When a drill comes again that went like this at this time; `earlier` are its own, oldest first."""
    card = fsrs.Card(card_id=0, due=at.astimezone(UTC))  # an id and a time of ours: a card would ask the clock
    for one in earlier:
        if one.rating:
            card, _ = _SCHEDULER.review_card(card, _RATINGS[one.rating], one.at.astimezone(UTC))
    card, _ = _SCHEDULER.review_card(card, _RATINGS[rating], at.astimezone(UTC))
    return card.due.astimezone(at.tzinfo)


def rating_of(level: int, met: int) -> Rating:
    """How well an answer went, by its level and how many of the checks that it was about it met."""
    if level >= TOP_LEVEL:
        return "easy"
    if level >= SOLID:
        return "good"
    return "hard" if level or met else "again"


def rating_of_recall(recalled: int, of: int) -> Rating:
    """How well the framework was recalled."""
    return next(rating for share, rating in _RECALLED if recalled >= share * of)


def when_text(due: date, today: date) -> str:
    """A day as people say it: `today`, `tomorrow`, `in 3 days`, `in 5 weeks`."""
    days = (due - today).days
    if days <= 1:
        return "tomorrow" if days == 1 else "today"
    return f"in {days} days" if days < 14 else f"in {days // 7} weeks"


def again_text(drilled: Drilled, earlier: Sequence[Drilled] = ()) -> str:
    """When it comes again and why, in a sentence; `earlier` are its own answers before."""
    if drilled.due is None or drilled.rating is None:
        return "It stays due, because it was not graded."
    when, reason = when_text(drilled.due_day, drilled.day), _reason(drilled)
    if earlier and drilled.due < next_due((), drilled.rating, drilled.at):  # only worse answers before make it so
        return f"{reason[0].upper()}{reason[1:]}, but it went worse before: again {when}."
    return f"Again {when}, because {reason}."


def result_text(drilled: Drilled) -> str:
    """What an answer earned, in numbers: a level of three, or how much of the framework was recalled."""
    if drilled.rating is None:
        return "not graded"
    if drilled.level is None:
        return f"{drilled.met} of {len(drilled.aimed)}"
    return f"{drilled.level} of {TOP_LEVEL}"


def _reason(drilled: Drilled) -> str:
    if drilled.level is None:
        only = "only " if drilled.rating in ("again", "hard") else ""
        return f"{only}{result_text(drilled)} were recalled"
    only = "only " if drilled.level == 1 else ""
    return f"it was {only}{LEVEL_NAMES[drilled.level]} ({result_text(drilled)})"
