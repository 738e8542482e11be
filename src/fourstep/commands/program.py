"""What the commands share: the program that their flags describe, and the answer that a part is missing."""

import argparse
import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from fourstep.errors import NotFoundError
from fourstep.settings import read_settings
from fourstep.wiring.front import Front

if TYPE_CHECKING:
    from fourstep.wiring.held import Held
    from fourstep.wiring.program import Program

INCOMPLETE = 6
"""What a command answers that did only some of what it was asked for."""


def front_of(arguments: argparse.Namespace) -> Front:
    """The door of the program, with the settings in force. Raises: UsageError, NotFoundError."""
    if arguments.config:
        if not Path(arguments.config).is_file():
            raise NotFoundError(f"There is no settings file {arguments.config}.", "Check the name.")
        os.environ["FOURSTEP_CONFIG"] = arguments.config
    settings = read_settings(
        data_dir=Path(arguments.data_dir) if arguments.data_dir else None,
        level=getattr(arguments, "level", None),
        persona=getattr(arguments, "persona", None),
        minutes=getattr(arguments, "minutes", None),
        theme=getattr(arguments, "theme", None),
        model=getattr(arguments, "model", None),
        base_url=getattr(arguments, "base_url", None),
        timeout=getattr(arguments, "timeout", None),
        offline=getattr(arguments, "offline", None) or None,
    )
    rubric = getattr(arguments, "rubric", None)
    return Front(settings, rubric_path=Path(rubric) if rubric else None)


def program_of(arguments: argparse.Namespace) -> "Program":
    """The whole program, with the settings in force. Raises: UsageError, NotFoundError."""
    return front_of(arguments).program()


def held_of(program: "Program", name: str) -> "Held":
    """The interview that `ID` names; by `ID:N` as it was when its N-th scorecard was the newest.

    Raises: NotFoundError.
    """
    interview, colon, number = name.rpartition(":")
    held = program.held(program.store.find(interview if colon else name))
    if not colon:
        return held
    if number not in (counted := [str(place) for place in range(1, len(held.cards) + 1)]):
        numbers = {0: "none", 1: "only :1"}.get(len(held.cards), f":1 to :{len(held.cards)}, oldest first")
        raise NotFoundError(f"{held.saved.id} has no scorecard '{number}'.", f"It has {numbers}.")
    return replace(held, cards=held.cards[: counted.index(number) + 1])
