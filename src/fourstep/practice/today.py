"""What is due on a day, and what a session leaves of it, in sentences: the same in a list, before and after."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from fourstep.practice.deck import Card, due_today
from fourstep.practice.schedule import when_text


def due_text(due: Sequence[Card], session: Sequence[Card]) -> str:
    """How many drills are due, and how many of them are today's session."""
    if not due:
        return "No drill is due today."
    if not session:
        return f"No other drill fits into today's ten minutes. {_waiting(len(due))}"
    count = f"{len(due)} drill{' is' if len(due) == 1 else 's are'} due"
    if len(session) < len(due):
        return f"{count}, of which {len(session)} {'fits' if len(session) == 1 else 'fit'} into today's ten minutes."
    return f"{count}, about {sum(card.minutes for card in session)} minutes."


def rest_text(deck: Iterable[Card], due: Sequence[Card], session: Sequence[Card], now: datetime) -> str:
    """What is left when the last drill of a session is answered."""
    if session:
        return f"{len(session)} more {'fits' if len(session) == 1 else 'fit'} into today's ten minutes."
    if due:
        return f"That is enough for today. {_waiting(len(due))}"
    return f"That is enough for today. {next_text(deck, now)}".strip()


def next_text(deck: Iterable[Card], now: datetime) -> str:
    """When the next drill is due after today, in a sentence; empty where none is."""
    cards, tomorrow = tuple(deck), now.date() + timedelta(days=1)
    today = due_today(cards, now)
    later = [card.due or tomorrow for card in cards if card not in today]  # what is not begun yet waits for its day
    return f"The next drill is due {when_text(min(later), now.date())}." if later else ""


def _waiting(count: int) -> str:
    return f"{count} more {'is due and waits' if count == 1 else 'are due and wait'} for tomorrow."
