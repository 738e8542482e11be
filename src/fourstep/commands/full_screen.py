"""`fourstep` and the commands that open one of its screens."""

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from fourstep.commands.program import front_of
from fourstep.errors import UsageError
from fourstep.wiring.front import Front

if TYPE_CHECKING:
    from fourstep.tui.app import FourstepApp
    from fourstep.wiring.program import Setup

First = Callable[["FourstepApp"], None]


def home(arguments: argparse.Namespace) -> int:
    """`fourstep`: the home screen."""
    return _open(front_of(arguments))


def open_interview(front: Front, setup: "Setup", problem: Path) -> int:
    """A new interview, live."""
    return _open(front, lambda app: app.open_live(lambda: front.program().new_interview(setup, problem)))


def open_resumed(front: Front, folder: Path) -> int:
    """An interrupted interview, live."""
    return _open(front, lambda app: app.open_live(lambda: front.program().resumed_interview(folder)))


def open_picker(front: Front) -> int:
    """The choice of a problem."""
    return _open(front, lambda app: app.open_picker())


def _open(front: Front, first: First | None = None) -> int:
    """Run the program to its end. Raises: UsageError without a terminal, and what made it crash."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()) or os.environ.get("TERM") == "dumb":
        raise UsageError("The full-screen view needs a terminal.", "Use --plain, or a command such as: fourstep list")
    from fourstep.tui.app import FourstepApp

    app = FourstepApp(front, first)
    app.run()
    if app.last_line:
        sys.stderr.write(f"{app.last_line}\n")
    if app.crash:
        raise app.crash
    return app.return_code or 0
