"""`fourstep compare`: what changed between two scorecards, of one interview or of two."""

import argparse
import sys

from fourstep.commands.program import program_of
from fourstep.errors import NotFoundError
from fourstep.grading.scorecard import Scorecard
from fourstep.report.comparison import comparison_blocks
from fourstep.report.document import as_text
from fourstep.wiring.program import Program


def run(arguments: argparse.Namespace) -> int:
    """Print it."""
    program = program_of(arguments)
    first, second = (_card(program, name) for name in (arguments.first, arguments.second))
    sys.stdout.write(as_text(comparison_blocks(first, second, program.loaded.rubric)))
    return 0


def _card(program: Program, name: str) -> Scorecard:
    """The scorecard that `ID` or `ID:N` names: the N-th from the oldest, else the newest. Raises: NotFoundError."""
    interview, colon, number = name.rpartition(":")
    folder = program.store.find(interview if colon else name)
    cards = program.store.scorecards(folder)
    if not cards:
        raise NotFoundError(f"{folder.name} has no scorecard.", f"Make one with: fourstep score {folder.name}")
    if not colon:
        return cards[-1]
    if not number.isdecimal() or not 1 <= int(number) <= len(cards):
        numbers = "only :1" if len(cards) == 1 else f":1 to :{len(cards)}"
        raise NotFoundError(f"{folder.name} has no scorecard '{number}'.", f"It has {numbers}, oldest first.")
    return cards[int(number) - 1]
