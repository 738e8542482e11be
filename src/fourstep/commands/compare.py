"""`fourstep compare`: what changed between two scorecards, of one interview or of two."""

import argparse
import sys

from fourstep.commands.program import program_of
from fourstep.errors import NotFoundError
from fourstep.grading.scorecard import Scorecard
from fourstep.report.comparison import comparison_blocks, kinship_text
from fourstep.report.document import as_text
from fourstep.wiring.held import Held
from fourstep.wiring.program import Program


def run(arguments: argparse.Namespace) -> int:
    """Print it, by the rubric as the second one's problem words it."""
    program = program_of(arguments)
    (first, one), (second, other) = (_read(program, name) for name in (arguments.first, arguments.second))
    kinship = kinship_text(one.saved.events, other.saved.events, other.rubric)
    sys.stdout.write(as_text(comparison_blocks(first, second, other.rubric, kinship=kinship)))
    return 0


def _read(program: Program, name: str) -> tuple[Scorecard, Held]:
    """The scorecard that `ID` or `ID:N` names, and its interview: the N-th from the oldest, else the newest.

    Raises: NotFoundError.
    """
    interview, colon, number = name.rpartition(":")
    held = program.held(program.store.find(interview if colon else name))
    if not held.cards:
        raise NotFoundError(f"{held.saved.id} has no scorecard.", f"Make one with: fourstep score {held.saved.id}")
    if not colon:
        return held.cards[-1], held
    if not number.isdecimal() or not 1 <= int(number) <= len(held.cards):
        numbers = "only :1" if len(held.cards) == 1 else f":1 to :{len(held.cards)}"
        raise NotFoundError(f"{held.saved.id} has no scorecard '{number}'.", f"It has {numbers}, oldest first.")
    return held.cards[int(number) - 1], held
