"""How soon a key shows, at rest and while words stream, beside a bare text box: `python -m benchmarks.keystrokes`.

Keys are typed as people do, at uneven intervals. What the terminal would show is worked out afterwards.
"""

import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import pyte

from benchmarks.library import START
from benchmarks.streaming import PROBLEM, events, held
from benchmarks.terminal import COLUMNS, ROWS, Terminal
from fourstep.files.log import LOG_NAME, line_of
from fourstep.transcript.events import Ended

KEYS, ROUNDS = 60, 3
FEW, MANY = 5, 200
"""Turns of the interview."""
IDLE, STREAMING = 20, 80
"""The limits of the 95th percentile in milliseconds."""
REVIEWED = (90, 500)
OPENED, TURNED = 500, 50
"""The limits for a transcript in milliseconds: until it is open, and the 95th percentile of a page turn."""
_TYPING, _TURNING = 0.1, 0.25
"""Seconds between keys; a page has been drawn before it is turned again."""
_TOKENS_A_SECOND = 30
_LETTERS = "αβγδεζηθικλμνξπρστυφχψω"
"""They stand nowhere else on the screen."""
_PAGES = (["\x1b[6~"] * 12 + ["\x1b[5~"] * 12) * 2
"""Down and up again."""
BARE = """
from textual.app import App
from textual.widgets import TextArea

class Bare(App):
    def compose(self):
        yield TextArea()

Bare().run()
"""


def press_each(terminal: Terminal, keys: list[str], pause: float) -> list[float]:
    """Press them, about `pause` seconds apart; returns when each was pressed."""
    uneven = random.Random(4)
    moments = []
    for key in keys:
        terminal.read(uneven.uniform(0.6, 1.4) * pause)
        moments.append(terminal.press(key))
    terminal.read(1)
    return moments


def typed(terminal: Terminal) -> float:
    """Milliseconds from a letter's press until it stands on the screen."""
    letters = random.Random(4).choices(_LETTERS, k=KEYS)
    pressed = press_each(terminal, letters, _TYPING)
    screen = pyte.Screen(COLUMNS, ROWS)
    stream = pyte.ByteStream(screen)
    shown: list[float] = []
    for moment, piece in terminal.printed:
        stream.feed(piece)
        text = "\n".join(screen.display)
        while len(shown) < KEYS and "".join(letters[: len(shown) + 1]) in text:
            shown.append(moment)
    return percentile([now - then for then, now in zip(pressed, shown, strict=True)])


def turned(terminal: Terminal) -> float:
    """Milliseconds from a page key's press until the last cell of the page was drawn."""
    pressed = press_each(terminal, _PAGES, _TURNING)
    moments = [moment for moment, _ in terminal.printed]
    drawn = [max(moment for moment in moments if moment < ended) for ended in [*pressed[1:], float("inf")]]
    return percentile([now - then for then, now in zip(pressed, drawn, strict=True)])


def percentile(seconds: list[float]) -> float:
    """The 95th, in milliseconds."""
    return 1000 * statistics.quantiles(seconds, n=20)[-1]


def typing_bare(home: Path) -> float:
    """In a bare text box."""
    with Terminal("-c", BARE, home=home) as terminal:
        terminal.read(1)
        return typed(terminal)


def typing(home: Path, turns: int, *, streams: bool) -> float:
    """In an interview."""
    tokens = KEYS * _TOKENS_A_SECOND if streams else 0
    with held(home, turns, tokens, _TOKENS_A_SECOND) as terminal:
        terminal.wait_for("(typing)" if streams else "Welcome back")
        terminal.read(1)
        return typed(terminal)


def scored(home: Path, turns: int) -> Path:
    """Puts an interview with its scorecard into the library of a home."""
    folder = home / "data" / f"{START:%Y%m%d}-{PROBLEM}-{turns:06x}"
    folder.mkdir(parents=True)
    log = [*events(turns, answered=True, identity=folder.name), Ended(at=START, why="finished")]
    (folder / LOG_NAME).write_bytes(b"".join(map(line_of, log)))
    command = [sys.executable, "-m", "fourstep", "--data-dir", str(home / "data"), "score", folder.name]
    subprocess.run(command, check=True, capture_output=True)
    return home


def reading(home: Path) -> tuple[float, float, float]:
    """Milliseconds until a transcript is open, until it is open for the second time, and of a page turn."""
    with Terminal("-m", "fourstep", home=home) as terminal:
        terminal.read(3)
        first, again = opened(terminal), opened(terminal)
        terminal.press("v")
        terminal.read(1)
        return first, again, turned(terminal)


def opened(terminal: Terminal) -> float:
    """Milliseconds until a transcript is open; it is closed again."""
    begun = terminal.press("v")
    shown = terminal.wait_for("I1 Interviewer", "Help")
    terminal.read(1)
    terminal.press("\x1b")
    terminal.read(1)
    return 1000 * (shown - begun)


def medians(runs: Iterable[tuple[float, ...]]) -> list[float]:
    """Of each column."""
    return [statistics.median(column) for column in zip(*runs, strict=True)]


def main() -> None:
    """Print how long keys take, and transcripts."""
    with tempfile.TemporaryDirectory(prefix="fourstep-benchmark-") as folder:
        home = Path(folder) / "home"
        home.mkdir()
        rounds = [
            (typing_bare(home), *(typing(home, turns, streams=on) for on in (False, True) for turns in (FEW, MANY)))
            for _ in range(ROUNDS)
        ]
        bare, *idle, few, many = medians(rounds)
        print(
            f"keystrokes, 95th percentile: bare {bare:.0f} ms; interview at rest {idle[0]:.0f} ms with {FEW} turns, "
            f"{idle[1]:.0f} ms with {MANY} (limit {IDLE} ms); while words stream {few:.0f} ms and {many:.0f} ms "
            f"(limit {STREAMING} ms)"
        )
        homes = [scored(Path(folder) / f"{turns}", turns) for turns in REVIEWED]
        first, again, page = zip(*(medians(reading(home) for _ in range(ROUNDS)) for home in homes), strict=True)
        print(
            f"transcripts of {both(REVIEWED)} turns: open after {both(first)} ms, the second time after "
            f"{both(again)} ms (limit {OPENED} ms); page turns, 95th percentile, {both(page)} ms (limit {TURNED} ms)"
        )


def both(values: Iterable[float]) -> str:
    """Two figures."""
    return " and ".join(f"{value:.0f}" for value in values)


if __name__ == "__main__":
    main()
