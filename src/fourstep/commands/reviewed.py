"""`fourstep calibrate --against-reviews`: how far graders agree with the people who reviewed the same interviews."""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from fourstep.commands.calibrate import agreement_row, table_head
from fourstep.errors import NotFoundError, UsageError
from fourstep.files.store import Store
from fourstep.foreign_text import harmless
from fourstep.review.agreement import AgainstPeople, Reviewed, against_people
from fourstep.review.remarks import Remarks, remarks_of


def run(arguments: argparse.Namespace) -> int:
    """Read every interview of a folder, and print the figures. Raises: UsageError, NotFoundError."""
    folder = Path(arguments.folder)
    if not folder.is_dir():
        raise NotFoundError(f"There is no folder {folder}.", "Name one in which interviews are kept.")
    store = Store(folder)
    reviewed = [
        Reviewed(store.scorecards(folder / name), _remarks(store, folder / name, arguments.criterion))
        for name in store.ids()
    ]
    try:
        figures = against_people(reviewed)
    except ValueError as error:
        raise UsageError(
            f"Nobody has ruled on {arguments.criterion or 'a graded criterion'} in {folder}.",
            "Open a scorecard (fourstep review ID, then s), and press d on a criterion to confirm or overrule it.",
        ) from error
    sys.stdout.write("".join(f"{harmless(line)}\n" for line in _lines(figures)))
    return 0


def _remarks(store: Store, folder: Path, criterion: str | None) -> Remarks:
    """What people added to an interview, without rulings on other criteria where one is named."""
    remarks = remarks_of(store.remarks(folder))
    kept = {key: ruling for key, ruling in remarks.rulings.items() if criterion in (None, ruling.criterion)}
    return replace(remarks, rulings=kept)


def _lines(figures: AgainstPeople) -> Iterator[str]:
    rulings = f"{figures.rulings} ruling{'s' if figures.rulings != 1 else ''} of people"
    interviews = f"{figures.interviews} interview{'s' if figures.interviews != 1 else ''}"
    yield f"{rulings} on {interviews}; bias is grader minus person."
    yield "Only criteria that somebody ruled on count; where those were the doubtful ones, agreement looks worse."
    yield ""
    yield table_head()
    for name, agreement in figures.by_grader.items():
        yield agreement_row(name, agreement)
    yield agreement_row("between two people", figures.between_people)
    yield "by criterion, all graders:"
    for name, agreement in figures.by_criterion.items():
        yield agreement_row(f"  {name}", agreement)
