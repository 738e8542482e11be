"""What the commands share: the program that their flags describe."""

import argparse
import os
from pathlib import Path

from fourstep.errors import UsageError
from fourstep.settings import read_settings
from fourstep.wiring import Program


def program_of(arguments: argparse.Namespace) -> Program:
    """The program with the settings in force. Raises: UsageError."""
    if arguments.config:
        if not Path(arguments.config).is_file():
            raise UsageError(f"There is no settings file {arguments.config}.", "Check the name.")
        os.environ["FOURSTEP_CONFIG"] = arguments.config
    settings = read_settings(
        data_dir=Path(arguments.data_dir) if arguments.data_dir else None,
        level=getattr(arguments, "level", None),
        persona=getattr(arguments, "persona", None),
        minutes=getattr(arguments, "minutes", None),
    )
    rubric = getattr(arguments, "rubric", None)
    return Program(settings, rubric_path=Path(rubric) if rubric else None)
