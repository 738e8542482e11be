"""What the commands share: the program that their flags describe."""

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from fourstep.errors import UsageError
from fourstep.settings import read_settings
from fourstep.wiring.front import Front

if TYPE_CHECKING:
    from fourstep.wiring.program import Program


def front_of(arguments: argparse.Namespace) -> Front:
    """The door of the program, with the settings in force. Raises: UsageError."""
    if arguments.config:
        if not Path(arguments.config).is_file():
            raise UsageError(f"There is no settings file {arguments.config}.", "Check the name.")
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
    """The whole program, with the settings in force. Raises: UsageError."""
    return front_of(arguments).program()
