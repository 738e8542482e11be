"""`fourstep compare`: what changed between two scorecards, of one interview or of two."""

import argparse
import sys

from fourstep.commands.program import program_of
from fourstep.errors import NotFoundError
from fourstep.files.store import Saved
from fourstep.grading.scorecard import Scorecard
from fourstep.report.comparison import comparison_blocks, kinship_text
from fourstep.report.document import as_text
from fourstep.wiring.program import Program


def run(arguments: argparse.Namespace) -> int:
    """Print it."""
    program = program_of(arguments)
    (first, one), (second, other) = (_read(program, name) for name in (arguments.first, arguments.second))
    rubric = program.judging_rubric(other.folder).rubric
    kinship = kinship_text(one.events, other.events, rubric)
    sys.stdout.write(as_text(comparison_blocks(first, second, rubric, kinship=kinship)))
    return 0


def _read(program: Program, name: str) -> tuple[Scorecard, Saved]:
    """A scorecard, and the interview that it is of."""
    interview, colon, _ = name.rpartition(":")
    return _card(program, name), program.store.read(program.store.find(interview if colon else name))


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
