"""`fourstep compare`: what changed between two scorecards, of one interview or of two."""

import argparse
import sys

from fourstep.commands.program import front_of, held_of
from fourstep.errors import NotFoundError
from fourstep.files.ids import key_of
from fourstep.report.comparison import comparison_blocks, kinship_text
from fourstep.report.document import as_text
from fourstep.wiring.front import Front
from fourstep.wiring.held import Held


def run(arguments: argparse.Namespace) -> int:
    """Print it, by the rubric as the second one's problem words it."""
    front = front_of(arguments)
    one, other = (_scored(front, name) for name in (arguments.first, arguments.second))
    if (one.saved.id, len(one.cards)) == (other.saved.id, len(other.cards)):
        sys.stderr.write("Both are the same scorecard. Another one of an interview is named by its number: ID:N\n")
    kinship = kinship_text(one.saved.events, other.saved.events, other.rubric)
    blocks = comparison_blocks(one.cards[-1], other.cards[-1], other.rubric, kinship=kinship)
    sys.stdout.write(as_text(blocks))
    return 0


def _scored(front: Front, name: str) -> Held:
    """The interview up to the scorecard that `ID` or `ID:N` names. Raises: NotFoundError."""
    held = held_of(front.program(), name)
    if not held.cards:
        key = key_of(held.saved.id)
        raise NotFoundError(f"{held.saved.id} has no scorecard.", f"Make one with: fourstep score {key}{front.where}")
    return held
