"""`fourstep drill`: short exercises on what interviews missed, line by line."""

import argparse
import io
import sys

from fourstep.commands.program import program_of
from fourstep.foreign_text import one_line
from fourstep.plain.drill import PlainDrills
from fourstep.plain.session import Stopped
from fourstep.practice.deck import Card
from fourstep.practice.drill import FRAMEWORK_TITLE, can_be_drilled, drill_name
from fourstep.practice.schedule import next_text, when_text
from fourstep.wiring.practice import Practice, Standing

_EMPTY = (
    "No drill is due, for drills come from what interviews missed. Hold one with: fourstep interview\n"
    "Or write the four steps from memory: fourstep drill framework\n"
)


def run(arguments: argparse.Namespace) -> int:
    """Do what is due today, or one drill by its name; or list them."""
    practice = Practice(program_of(arguments))
    standing = practice.standing()
    for fault in standing.faults:
        sys.stderr.write(f"{one_line(fault)}\n")
    if arguments.list:
        sys.stdout.write(_list(practice, standing))
        return 0
    named = (standing.card(drill_name(arguments.drill, practice.rubric)),) if arguments.drill else ()
    cards = named or standing.session
    if not cards:
        sys.stdout.write(_nothing(standing))
        return 0
    if not named:
        sys.stdout.write(f"{_due_text(len(standing.due))} {_session_text(cards)}\n\n")
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    drills = PlainDrills(practice, standing, offline=arguments.offline)
    try:
        drills.run(cards, arguments.problem)
    except Stopped as stop:
        return stop.code
    if drills.done and not named:
        sys.stdout.write(_end(practice.standing(), finished=len(drills.done) == len(cards)))
    return 0


def _due_text(count: int) -> str:
    return f"{count} drill{' is' if count == 1 else 's are'} due."


def _session_text(cards: tuple[Card, ...]) -> str:
    return f"Today's session: {len(cards)}, about {sum(card.minutes for card in cards)} minutes."


def _nothing(standing: Standing) -> str:
    if not standing.deck:
        return _EMPTY
    if standing.due:
        return (
            f"Ten minutes are done, and that is enough for today. {_due_text(len(standing.due))}\n"
            "One of them now: fourstep drill NAME, of fourstep drill --list\n"
        )
    return f"Nothing is due today. {next_text(standing.deck, standing.at)}".rstrip() + "\n"


def _end(standing: Standing, *, finished: bool) -> str:
    if finished:
        return f"That is enough for today. {next_text(standing.deck, standing.at)}".rstrip() + "\n"
    return f"{_due_text(len(standing.due))}\n"


def _list(practice: Practice, standing: Standing) -> str:
    """Every card of the deck, what is due first."""
    if not standing.deck:
        return _EMPTY
    criteria = can_be_drilled(practice.rubric)
    titles = {name: criterion.title for name, criterion in criteria.items()}
    later = [card for card in standing.deck if card not in standing.due]
    rows = [
        f"{_when(card, standing):12} {card.drill:32} {one_line(titles.get(card.drill, FRAMEWORK_TITLE), 32):32} "
        f"{_last(card)}".rstrip()
        for card in (*standing.due, *sorted(later, key=lambda card: (card.last is None, card.due(standing.at) or 0)))
    ]
    return "\n".join(rows) + "\n"


def _when(card: Card, standing: Standing) -> str:
    if card in standing.due:
        return "today"
    due = card.due(standing.at)
    return when_text(due, standing.at.date()) if due else "later"


def _last(card: Card) -> str:
    return f"{card.last.met} of {len(card.last.aimed)}" if card.last else "new"
