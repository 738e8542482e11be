"""`fourstep drill`: short exercises on what interviews missed, line by line."""

import argparse
import sys

from fourstep.commands.program import front_of
from fourstep.errors import UsageError
from fourstep.foreign_text import one_line
from fourstep.plain.drill import PlainDrills
from fourstep.plain.session import Stopped
from fourstep.practice.deck import Card
from fourstep.practice.drill import FRAMEWORK_TITLE, can_be_drilled, drill_name
from fourstep.practice.schedule import result_text, when_text
from fourstep.practice.today import due_text, next_text, rest_text
from fourstep.wiring.practice import Practice, Standing


def run(arguments: argparse.Namespace) -> int:
    """Do what is due today, or one drill by its name; or list them. Raises: UsageError."""
    front = front_of(arguments)
    practice = Practice(front.program())
    standing = practice.standing()
    for fault in standing.faults:
        sys.stderr.write(f"{one_line(fault)}\n")
    if arguments.list:
        sys.stdout.write(_list(practice, standing) or _empty(front.where))
        return 0
    named = (standing.card(drill_name(arguments.drill, practice.rubric)),) if arguments.drill else ()
    cards = named or standing.session
    if not cards:
        sys.stdout.write(_nothing(standing, front.where))
        return 0
    if arguments.no_input:
        raise UsageError(
            "A drill asks for an answer, and --no-input forbids that.",
            f"See them with: fourstep drill --list{front.where}",
        )
    if not named:
        sys.stdout.write(f"{due_text(standing.due, standing.session)}\n\n")
    drills = PlainDrills(practice, standing, offline=arguments.offline)
    try:
        drills.run(cards, arguments.problem)
    except Stopped as stop:
        return stop.code
    if drills.done and not named:
        sys.stdout.write(f"{_end(practice.standing(), finished=len(drills.done) == len(cards))}\n")
    return 0


def _empty(where: str) -> str:
    return (
        f"No drill is due, for drills come from what interviews missed. Hold one with: fourstep interview{where}\n"
        f"Or write the four steps from memory: fourstep drill framework{where}\n"
    )


def _nothing(standing: Standing, where: str) -> str:
    if not standing.deck:
        return _empty(where)
    told = due_text(standing.due, standing.session)
    if standing.due:
        return f"{told}\nOne of them now: fourstep drill NAME{where}, of fourstep drill --list{where}\n"
    return f"{told} {next_text(standing.deck, standing.at)}".rstrip() + "\n"


def _end(standing: Standing, *, finished: bool) -> str:
    if finished:
        return rest_text(standing.deck, standing.due, standing.session, standing.at)
    return due_text(standing.due, standing.session)


def _list(practice: Practice, standing: Standing) -> str:
    """Every card of the deck, what is due first."""
    criteria = can_be_drilled(practice.rubric)
    titles = {name: criterion.title for name, criterion in criteria.items()}
    later = [card for card in standing.deck if card not in standing.due]
    rows = [
        f"{_when(card, standing):12} {card.drill:32} {one_line(titles.get(card.drill, FRAMEWORK_TITLE), 32):32} "
        f"{_last(card)}".rstrip()
        for card in (*standing.due, *sorted(later, key=lambda card: (card.last is None, card.due or 0)))
    ]
    return "".join(f"{row}\n" for row in rows)


def _when(card: Card, standing: Standing) -> str:
    if card in standing.due:
        return "today"
    return when_text(card.due, standing.at.date()) if card.due else "later"


def _last(card: Card) -> str:
    return result_text(card.last) if card.last else "new"
