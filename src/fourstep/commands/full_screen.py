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
    from fourstep.wiring.live import Setup

_HUNG_UP = 129
_PLAIN = "Use --plain."
First = Callable[["FourstepApp"], object]


def home(arguments: argparse.Namespace) -> int:
    """`fourstep`: the home screen."""
    return _open(front_of(arguments), "Use a command, such as: fourstep list")


def review(arguments: argparse.Namespace) -> int:
    """`fourstep review`: a transcript with what it earned."""
    front = front_of(arguments)
    folder = front.program().store.find(arguments.id)
    instead = f"Read it with: fourstep report {arguments.id}{front.where}"
    return _open(front, instead, lambda app: app.open_held(folder.name, app.open_review))


def demo(arguments: argparse.Namespace) -> int:
    """`fourstep demo`: the product in a minute."""
    instead = "Without one, hold an interview line by line: fourstep interview --plain"
    return _open(front_of(arguments), instead, lambda app: app.open_demo())


def open_interview(front: Front, setup: "Setup", problem: Path) -> int:
    """A new interview, live."""
    return _open(front, _PLAIN, lambda app: app.open_live(lambda: front.program().new_interview(setup, problem)))


def open_resumed(front: Front, folder: Path) -> int:
    """An interrupted interview, live."""
    return _open(front, _PLAIN, lambda app: app.open_live(lambda: front.program().resumed_interview(folder)))


def open_picker(front: Front) -> int:
    """The choice of a problem."""
    return _open(front, _PLAIN, lambda app: app.open_picker())


def need_terminal(instead: str = _PLAIN) -> None:
    """Raises: UsageError where the full-screen program cannot be shown, naming what to do instead."""
    terminal = sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
    if not (terminal or served()):
        raise UsageError("The full-screen view needs a terminal.", instead)


def _open(front: Front, instead: str, first: First | None = None) -> int:
    """Run the program to its end. Raises: UsageError without a terminal; what crashed it."""
    need_terminal(instead)
    from fourstep.tui.app import FourstepApp

    app = FourstepApp(front, first)
    try:
        app.run()
    except OSError:
        if not app.signalled:  # a terminal that was closed cannot be tidied up; everything was kept before
            raise
    if app.signalled == _HUNG_UP:
        _write_nowhere()
    if app.last_line:
        sys.stderr.write(f"{app.last_line}\n")
    if app.crash:
        raise app.crash
    return app.signalled or app.return_code or 0


def served() -> bool:
    """Whether `fourstep serve` runs this process for a page in a browser."""
    return os.environ.get("TEXTUAL_DRIVER", "").endswith("web_driver:WebDriver")


def _write_nowhere() -> None:
    """The terminal is gone: what is flushed at exit must not fail and change the exit code."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(nowhere, stream.fileno())
