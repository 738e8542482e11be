"""The first screen and memory at idle, beside a bare Textual program: `python -m benchmarks.first_screen`.

The programs are started in turn, so that whatever else the machine does falls on all of them.
"""

import statistics
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.library import INTERVIEWS, fill
from benchmarks.terminal import Terminal
from fourstep.files.index import LibraryIndex

RUNS = 15
TIMES, MEGABYTES = 1.5, 60
"""The limits: the first screen as a multiple of the bare program's, and memory at idle."""
_IDLE = 3.0
"""Seconds after which what goes on behind the first screen is over."""
_BARE = (
    "-c",
    """
from textual.app import App
from textual.widgets import Static

class Bare(App):
    def compose(self):
        yield Static("bare program")

Bare().run()
""",
)
_HOME = ("-m", "fourstep")
_LIVE = (*_HOME, "interview", "video_recommendation")
_NO_LIST = ("Start", "Library", "Help")
_LIST = (*_NO_LIST, "interrupted")
"""What stands on the screen."""


def seconds(arguments: Sequence[str], home: Path, marks: Sequence[str]) -> float:
    """From the start of a process to its screen."""
    with Terminal(*arguments, home=home) as terminal:
        return terminal.wait_for(*marks) - terminal.began


def megabytes(arguments: Sequence[str], home: Path) -> float:
    """What a process takes up at idle."""
    with Terminal(*arguments, home=home) as terminal:
        terminal.read(_IDLE)
        return terminal.megabytes


def main() -> None:
    """Print how many times a bare program's first screen ours takes, with and without interviews, and the memory."""
    with tempfile.TemporaryDirectory(prefix="fourstep-benchmark-") as folder:
        full, none, other = (Path(folder) / name for name in ("full", "none", "other"))
        fill(full / "data")
        with LibraryIndex(full / "data") as index:
            index.refresh()
        runs = [
            (seconds(_BARE, other, ["bare program"]), seconds(_HOME, full, _LIST), seconds(_HOME, none, _NO_LIST))
            for _ in range(RUNS + 1)
        ][1:]  # the first one compiles
        bare, home, empty = (statistics.median(times) for times in zip(*runs, strict=True))
        more, less = (statistics.median(run[n] / run[0] for run in runs) for n in (1, 2))
        print(
            f"first screen: bare {bare:.2f} s; with {INTERVIEWS} interviews {home:.2f} s, {more:.2f} times that; "
            f"with none {empty:.2f} s, {less:.2f} times (limit {TIMES})"
        )
        print(
            f"memory at idle: bare {megabytes(_BARE, other):.0f} MB; home with {INTERVIEWS} interviews "
            f"{megabytes(_HOME, full):.0f} MB, with none {megabytes(_HOME, none):.0f} MB (limit {MEGABYTES} MB); "
            f"live interview {megabytes(_LIVE, other):.0f} MB"
        )


if __name__ == "__main__":
    main()
