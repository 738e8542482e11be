"""Which drills there are, and which are due today: figures and dates only, so that the first screen can ask.

Criteria that were below solid when they were last graded come into the deck, a few a day; what was drilled once stays
in it and comes again when it is due. The page of the framework is the first card of every deck.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from fourstep.levels import SOLID
from fourstep.practice.drilled import FRAMEWORK, Drilled
from fourstep.practice.progress import Graded, mean, series_of

NEW_A_DAY = 3
"""Drills that are begun on one day at most."""
SESSION_MINUTES = 10
"""How long a day's session is."""
_KNOWN_MINUTES, _UNKNOWN_MINUTES, _PAGE_MINUTES = 3, 4, 5
"""What a drill is expected to take: one that went well, one that did not or is new, the page of the framework."""


@dataclass(frozen=True, slots=True)
class Card:
    """One drill of the deck."""

    drill: str
    """A criterion's id, or `framework`."""
    earlier: tuple[Drilled, ...] = ()
    """How it went before, oldest first."""
    recent: tuple[Graded, ...] = ()
    """The last interviews in which its criterion was graded, newest first."""

    @property
    def last(self) -> Drilled | None:
        """How it went last; None for one that was never done."""
        return self.earlier[-1] if self.earlier else None

    @property
    def minutes(self) -> int:
        """How long it is expected to take."""
        if self.drill == FRAMEWORK:
            return _PAGE_MINUTES
        went_well = self.last is not None and self.last.rating in ("good", "easy")
        return _KNOWN_MINUTES if went_well else _UNKNOWN_MINUTES

    @property
    def due(self) -> date | None:
        """The day from which it is due; None for one that was never done."""
        return self.last.due_day if self.last else None


def deck_of(
    graded: Iterable[Graded], drilled: Sequence[Drilled], known: Collection[str] | None = None
) -> tuple[Card, ...]:
    """All cards: those that were done, and those to begin with, the weakest first.

    `known` are the criteria of the rubric in force; without it, all that appear are taken for such.
    """
    series = series_of(graded)
    recent = series[0].recent if series else ()
    earlier: dict[str, list[Drilled]] = {}
    for one in drilled:
        earlier.setdefault(one.drill, []).append(one)
    fresh = [*([FRAMEWORK] if recent else []), *_weak(recent)]
    return tuple(
        Card(name, tuple(earlier.get(name, ())), tuple(one for one in recent if name in one.levels))
        for name in dict.fromkeys([*earlier, *fresh])
        if known is None or name in known or name == FRAMEWORK
    )


def due_today(deck: Iterable[Card], now: datetime) -> tuple[Card, ...]:
    """What is due: the longest overdue first, then what is begun today."""
    cards = list(deck)
    dated = [(card.due, card) for card in cards if card.due is not None]
    again = [card for due, card in sorted(dated, key=lambda pair: pair[0]) if due <= now.date()]
    begun = sum(card.earlier[0].day == now.date() for card in cards if card.earlier)
    new = [card for card in cards if card.last is None]
    return (*again, *new[: max(0, NEW_A_DAY - begun)])


def session(due: Iterable[Card], drilled: Iterable[Drilled], now: datetime) -> tuple[Card, ...]:
    """As many of what is due as fit into what is left of today's ten minutes; at least one on a day without any."""
    today = [one.seconds for one in drilled if one.day == now.date()]
    room = SESSION_MINUTES - sum(today) / 60
    chosen: list[Card] = []
    for card in due:
        if card.minutes <= room or not (today or chosen):
            chosen.append(card)
            room -= card.minutes
    return tuple(chosen)


def _weak(recent: Sequence[Graded]) -> list[str]:
    """Criteria that were below solid when they were last graded, the lowest over these interviews first."""
    levels: dict[str, list[int]] = {}
    for one in recent:
        for criterion, level in one.levels.items():
            if criterion not in one.across:
                levels.setdefault(criterion, []).append(level)
    weak = [criterion for criterion, some in levels.items() if some[0] < SOLID]
    return sorted(weak, key=lambda criterion: mean(levels[criterion]))
