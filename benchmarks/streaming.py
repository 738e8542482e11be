"""The last of many streamed words, and what they cost in a long interview: `python -m benchmarks.streaming`.

`hold` is an interview whose interviewer has much to say; it runs as a process of its own.
"""

import asyncio
import itertools
import re
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.library import FOLDER, START
from benchmarks.terminal import Terminal
from fourstep.files.log import TranscriptLog
from fourstep.interview.agenda import Agenda
from fourstep.interview.brain import Interviewer
from fourstep.interview.interview import Clocks, Interview
from fourstep.interview.moves import Move
from fourstep.interview.state import State
from fourstep.interview.timing import plan
from fourstep.offline.observer import OfflineObserver
from fourstep.rubric import INTERVIEW_STEPS
from fourstep.settings import read_settings
from fourstep.transcript.events import Event, Spoken, Started, StepEntered
from fourstep.transcript.prose import parse_prose
from fourstep.wiring.front import Front
from fourstep.wiring.live import Live
from fourstep.wiring.program import Program

TOKENS, RATE = 2000, 200.0
RUNS = 5
SHORT, LONG = 2, 200
"""Turns before the stream."""
LATENCY, COST = 60, 1.15
"""The limits: milliseconds until the last word is visible, and the cost with many turns beside few."""
PROBLEM = "video_recommendation"
_LONGEST = 20
_LAST = "came@"
"""The last word is the moment it came."""


def texts() -> Iterator[str]:
    """What is said in the labelled transcripts, without an end."""
    sources = [parse_prose(path.read_text(), name=path.stem) for path in sorted(FOLDER.glob("*.md"))]
    return itertools.cycle([turn.text for source in sources for turn in source.turns])


def events(turns: int, *, answered: bool, identity: str = "20260101-video_recommendation-000001") -> list[Event]:
    """An interview so far; its last turn is the interviewer's, or the candidate's."""
    said = itertools.islice(texts(), turns)
    started = Started(
        at=START, id=identity, problem=PROBLEM, rubric="", level="senior", persona="neutral", steps=INTERVIEW_STEPS,
        minutes=45, brain="offline", seed=1, program="benchmark",
    )  # fmt: skip
    return [
        started,
        StepEntered(at=START, step="frame", why="start"),
        *(
            Spoken(
                at=START,
                turn=number,
                speaker="candidate" if ((turns - number) % 2 == 0) == answered else "interviewer",
                text=text,
                step="frame",
            )
            for number, text in enumerate(said, start=1)
        ),
    ]


class Talkative(Interviewer):
    """Says so many words, so many a second."""

    kind = "offline"

    def __init__(self, tokens: int, rate: float) -> None:
        self._tokens = tokens
        self._rate = rate

    async def say(self, move: Move, state: State) -> AsyncIterator[str]:  # noqa: ARG002
        """The same words at any move."""
        words = (word for text in texts() for word in text.split() if len(word) < _LONGEST)
        began = time.monotonic()
        for number, word in enumerate(itertools.islice(words, self._tokens - 1)):
            yield f"{word} "
            await asyncio.sleep(began + (number + 1) / self._rate - time.monotonic())
        yield f"{_LAST}{time.monotonic():.4f}"


@contextmanager
def opening(turns: int, tokens: int, rate: float) -> Iterator[Live]:
    """An interview to go on with: its interviewer speaks at once, or waits when there are no tokens."""
    program = Program(read_settings())
    problem, rubric = program.library.problem(PROBLEM), program.loaded.rubric
    log = TranscriptLog(Path(tempfile.mkdtemp(prefix="talk-", dir=Path.home())))
    interview = Interview(
        Agenda(rubric, problem, plan(rubric, INTERVIEW_STEPS, 45)),
        Talkative(tokens, rate),
        OfflineObserver(rubric, problem),
        log,
        Clocks(time.monotonic, lambda: datetime.now(UTC).astimezone()),
        events=events(turns, answered=tokens > 0),
    )
    yield Live(interview, log, problem, None)


def hold(turns: int, tokens: int, rate: float) -> None:
    """Run the program with that interview."""
    from fourstep.tui.app import FourstepApp

    app = FourstepApp(Front(read_settings()), lambda app: app.open_live(lambda: opening(turns, tokens, rate)))
    app.run()
    if app.crash:
        raise app.crash


def held(home: Path, turns: int, tokens: int = 0, rate: float = RATE) -> Terminal:
    """That program on a terminal."""
    return Terminal("-c", f"from benchmarks.streaming import hold; hold({turns}, {tokens}, {rate})", home=home)


def streamed(home: Path, turns: int) -> tuple[float, float]:
    """Milliseconds until the last word was visible, and CPU seconds of the whole stream."""
    with held(home, turns, TOKENS) as terminal:
        terminal.wait_for("(typing)")
        before, first = terminal.cpu_seconds, len(terminal.printed)
        visible = terminal.wait_for(_LAST)
        terminal.read(0.5)
        came = re.search(rf"{_LAST}([\d.]+)".encode(), terminal.bytes_since(first))
        assert came
        return 1000 * (visible - float(came[1])), terminal.cpu_seconds - before


def main() -> None:
    """Print the last word's delay, and the cost."""
    with tempfile.TemporaryDirectory(prefix="fourstep-benchmark-") as folder:
        runs = [(streamed(Path(folder), SHORT), streamed(Path(folder), LONG)) for _ in range(RUNS)]
    few, many = (statistics.median(pair[n][1] for pair in runs) for n in (0, 1))
    ratio = statistics.median(long[1] / short[1] for short, long in runs)
    delays = [statistics.median(pair[n][0] for pair in runs) for n in (0, 1)]
    print(
        f"streaming {TOKENS} words at {RATE:g} a second: the last visible after {delays[0]:.0f} ms with {SHORT} turns, "
        f"{delays[1]:.0f} ms with {LONG} (limit {LATENCY} ms); {few:.2f} CPU s with {SHORT}, {many:.2f} with {LONG}, "
        f"{ratio:.2f} times that (limit {COST})"
    )


if __name__ == "__main__":
    main()
