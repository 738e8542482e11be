"""When a drill comes again: by FSRS, the scheduler of open spaced repetition, with days as its smallest step.

Its card is never kept. It is what the earlier answers of a drill, in their order, make of a new one.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime

import fsrs

from fourstep.practice.deck import Card
from fourstep.practice.drilled import Drilled, Rating
from fourstep.practice.progress import SOLID
from fourstep.rubric import LEVEL_NAMES, TOP_LEVEL

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


def next_text(deck: Iterable[Card], now: datetime) -> str:
    """When the next drill is due after today, in a sentence; empty where none is."""
    later = [due for card in deck if (due := card.due(now)) and due > now.date()]
    return f"The next drill is due {when_text(min(later), now.date())}." if later else ""


def again_text(drilled: Drilled) -> str:
    """When it comes again and why, in a sentence."""
    if drilled.due is None:
        return "It stays due, because it was not graded."
    when = when_text(drilled.due.astimezone(drilled.at.tzinfo).date(), drilled.at.date())
    if drilled.level is None:
        return f"Again {when}, because {drilled.met} of {len(drilled.aimed)} were recalled."
    level = f"{'only ' if drilled.level == 1 else ''}{LEVEL_NAMES[drilled.level]}"
    points = f" ({drilled.met} of {len(drilled.aimed)} points)" if drilled.aimed else ""
    return f"Again {when}, because it was {level}{points}."
