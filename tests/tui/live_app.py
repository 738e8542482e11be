"""The live screen over a real engine, with an interviewer that speaks when it is told to and a clock moved by hand."""

import asyncio
import os
import shutil
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from textual import events
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.pilot import Pilot

from fourstep.files.draft import read_draft
from fourstep.files.log import LOG_NAME, TranscriptLog
from fourstep.files.store import Store, sole_writer
from fourstep.interview.agenda import Agenda
from fourstep.interview.brain import Interviewer
from fourstep.interview.interview import Clocks, Interview
from fourstep.interview.moves import Move
from fourstep.interview.state import State
from fourstep.interview.timing import plan
from fourstep.offline.observer import OfflineObserver
from fourstep.problem import Problem
from fourstep.rubric import INTERVIEW_STEPS, Rubric
from fourstep.settings import Settings
from fourstep.transcript.events import Brain, Event, Started
from fourstep.tui.app import FourstepApp
from fourstep.tui.screens.confirm import Confirm
from fourstep.tui.screens.live import LiveScreen
from fourstep.tui.widgets.composer import Composer
from fourstep.tui.widgets.pad import Pad
from fourstep.tui.widgets.page import Page
from fourstep.wiring.front import Front
from fourstep.wiring.live import Live

EventT = TypeVar("EventT")
START = datetime(2025, 1, 1, 9, 0, tzinfo=UTC)
NAME = "20250101-parcel_delays-abc123"
KEYS = {
    "enter": "\r", "ctrl+j": "\n", "f2": "\x1bOQ", "ctrl+enter": "\x1b[13;5u", "tab": "\t", "f1": "\x1bOP",
    "f4": "\x1bOS", "ctrl+t": "\x14", "ctrl+z": "\x1a",
    "f8": "\x1b[19~", "f9": "\x1b[20~", "pageup": "\x1b[5~", "pagedown": "\x1b[6~", "ctrl+home": "\x1b[1;5H",
    "ctrl+end": "\x1b[1;5F", "ctrl+c": "\x03", "ctrl+g": "\x07", "ctrl+p": "\x10", "ctrl+q": "\x11", "ctrl+r": "\x12",
    "ctrl+s": "\x13", "backspace": "\x7f",
}  # fmt: skip
"""What a terminal sends for a key."""
PATIENCE = 20.0
"""Seconds after which a test gives up waiting."""


def as_from_terminal(app: App[None], data: str) -> None:
    """What a terminal sends in one write; each key is handled by the app as it would be there."""
    assert app._driver is not None
    for message in XTermParser().feed(data):
        app._driver.process_message(message)


def rows_of(app: App[None]) -> list[str]:
    """The rows of the screen as they are drawn."""
    return ["".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips()]


class ToldInterviewer(Interviewer):
    """Says `Question N?` at once, or while `slow` what `tell` gives it, until `finish`."""

    kind: Brain = "offline"

    def __init__(self) -> None:
        self.slow = False
        self.moves: list[Move] = []
        self._loop: asyncio.AbstractEventLoop | None = None
        self._pieces: asyncio.Queue[str] | None = None

    async def say(self, move: Move, state: State) -> AsyncIterator[str]:
        self.moves.append(move)
        if not self.slow:
            yield f"Question {len(self.moves)}?"
            return
        self._loop, self._pieces = asyncio.get_running_loop(), asyncio.Queue()
        try:
            while piece := await self._pieces.get():
                yield piece
        finally:
            self._pieces = None

    @property
    def asked(self) -> bool:
        """Whether somebody waits for its words."""
        return self._pieces is not None

    def tell(self, piece: str) -> None:
        assert self._loop is not None
        assert self._pieces is not None
        self._loop.call_soon_threadsafe(self._pieces.put_nowait, piece)

    def finish(self) -> None:
        self.tell("")


class TroubledLog(TranscriptLog):
    """A log on a disk that refuses, or takes its time, for as long as it is told so."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.refuses = False
        self.ready = threading.Event()
        self.ready.set()

    def append(self, event: Event) -> None:
        self.ready.wait(PATIENCE)
        folder, self.folder = self.folder, self.folder / "not there" if self.refuses else self.folder
        super().append(event)
        self.folder = folder


@dataclass
class Sitting:
    """One interview on the live screen, with everything a test moves or looks at in reach."""

    rubric: Rubric
    problem: Problem
    root: Path
    """The folder of interviews; what lies in it is gone on with."""
    minutes: float = 45
    hints: int = 6
    motion: bool = False
    enter_sends: bool = False
    seconds: float = 0.0
    """The clock."""
    brain: Interviewer | None = None
    """A `ToldInterviewer` by default."""

    def __post_init__(self) -> None:
        self.told = ToldInterviewer()
        self.folder = self.root / NAME
        self.folder.mkdir(parents=True, exist_ok=True)
        self.log = TroubledLog(self.folder)
        self.interview: Interview
        self.app: FourstepApp
        self.pilot: Pilot[None]
        self.screen: LiveScreen

    @contextmanager
    def opening(self) -> Iterator[Live]:
        """A new interview, or the one that lies in the folder."""
        with sole_writer(self.folder):
            saved = Store(self.root).read(self.folder) if (self.folder / LOG_NAME).exists() else None
            self.interview = Interview(
                Agenda(self.rubric, self.problem, plan(self.rubric, INTERVIEW_STEPS, self.minutes)),
                self.brain or self.told,
                OfflineObserver(self.rubric, self.problem),
                self.log,
                Clocks(lambda: self.seconds, lambda: START + timedelta(seconds=self.seconds)),
                events=saved.events if saved else (),
                elapsed=saved.elapsed if saved else 0.0,
            )
            started, draft = (None, saved.draft) if saved else (self._started, "")
            pad = saved.pad if saved and saved.pad is not None else self.interview.state.pad
            yield Live(self.interview, self.log, self.problem, started, draft, pad=pad)

    @property
    def _started(self) -> Started:
        return Started(
            at=START, id=NAME, problem=self.problem.id, rubric="hash", level="senior", persona="neutral",
            steps=INTERVIEW_STEPS, minutes=self.minutes, brain="offline", hints=self.hints, seed=1, program="test",
        )  # fmt: skip

    def later(self) -> "Sitting":
        """The same interview, after the program was started again."""
        return Sitting(self.rubric, self.problem, self.root, minutes=self.minutes)

    def killed(self, elsewhere: Path) -> "Sitting":
        """The same interview as it would be gone on with if the program were killed now."""
        shutil.copytree(self.root, elsewhere, ignore=shutil.ignore_patterns(".*"))
        for draft in elsewhere.glob("*/draft.txt"):  # touched by this machine's clock, and not by the one that is moved
            os.utime(draft, (START.timestamp(), START.timestamp()))
        return Sitting(self.rubric, self.problem, elsewhere, minutes=self.minutes)

    @asynccontextmanager
    async def opened(self, *, size: tuple[int, int] = (120, 36), to: str = "yours") -> AsyncIterator[Pilot[None]]:
        """Run the app until the live screen has come to a stage; leave it properly at the end."""
        settings = Settings(data_dir=self.root, theme="dark", motion=self.motion, enter_sends=self.enter_sends)
        self.app = FourstepApp(Front(settings), lambda app: app.open_live(self.opening))
        async with self.app.run_test(size=size, notifications=True) as pilot:
            self.pilot = pilot
            await self.until(lambda: isinstance(self.app.screen, LiveScreen))
            assert isinstance(self.app.screen, LiveScreen)
            self.screen = self.app.screen
            try:
                await self.until(lambda: self.screen.stage == to)
                yield pilot
            finally:
                await self._leave()

    async def _leave(self) -> None:
        """Let everything go, also after a test that failed, and whatever is under way."""
        self.log.ready.set()
        self.app.workers.cancel_all()
        if not self.app.crash:
            await self.until(lambda: all(worker.is_finished for worker in self.app.workers))
            self.app.leave(0)
        self.screen.desk.close("")

    # what a test does

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait for a condition, with a deadline."""
        deadline = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < deadline, "it did not happen:\n" + "\n".join(self.rows)
            await self.pilot.pause(0.005)

    async def until_said(self, text: str) -> None:
        """Wait for a sentence on the status line."""
        await self.until(lambda: text in self.status)

    async def until_shown(self, text: str) -> None:
        """Wait until something stands on the screen, however it is wrapped."""
        await self.until(lambda: text in self.text)

    async def until_asked(self, question: str = "") -> None:
        """Wait for a question that is answered with Enter or Esc."""
        await self.until(lambda: isinstance(self.app.screen, Confirm))
        await self.until_shown(question)

    async def until_beats(self, count: int) -> None:
        """Wait until the screen has looked at the clock so often."""
        before = self.screen._beats
        await self.until(lambda: self.screen._beats >= before + count)

    async def until_settled(self) -> None:
        """Wait until nothing is under way any more, on screen or in the interview."""
        await self.pilot.pause()
        await self.until(lambda: all(worker.is_finished for worker in self.app.workers))
        await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        """Keys by their names, each in a write of its own."""
        for key in keys:
            if key == "escape":  # its byte may begin a sequence, which the parser would wait for
                self.app._driver.process_message(events.Key("escape", None))
                await self.pilot.pause(0)
            else:
                await self.send_bytes(KEYS.get(key, key))

    async def send_bytes(self, data: str) -> None:
        """One write of a terminal."""
        as_from_terminal(self.app, data)
        await self.pilot.pause(0)

    async def write(self, text: str) -> None:
        """Put text into the box at its cursor."""
        self.composer.insert(text)
        await self.pilot.pause(0)

    async def send(self, text: str) -> None:
        """Write an answer and send it; returns when it is taken from the box."""
        await self.write(text)
        await self.press("f2")
        await self.until(lambda: not self.composer.text)

    async def command(self, name: str) -> None:
        """A command on a line of its own."""
        await self.write(f"/{name}")
        await self.press("enter")

    async def hold(self, text: str) -> None:
        """Send an answer, and wait for the whole reply."""
        await self.send(text)
        await self.until(lambda: self.screen.stage in ("yours", "over"))

    async def hear(self, text: str) -> None:
        """Let the slow interviewer say something, and wait until it is to be read."""
        await self.until(lambda: self.told.asked)
        self.told.tell(text)
        await self.until(lambda: text.strip() in self.conversation)

    async def hear_out(self) -> None:
        """Let the slow interviewer end its message."""
        self.told.finish()
        await self.until(lambda: self.screen.stage in ("yours", "over"))

    # what a test looks at

    @property
    def composer(self) -> Composer:
        return self.screen.query_one(Composer)

    @property
    def pad(self) -> Pad:
        return self.screen.query_one(Pad)

    @property
    def page(self) -> Page:
        return self.screen.query_one("#conversation", Page)

    @property
    def conversation(self) -> str:
        """Everything that stands in the conversation, visible or not."""
        return "\n".join(f"{passage.head.plain}\n{passage.body.plain}" for passage in self.page.passages)

    @property
    def status(self) -> str:
        return self.screen.status_line.text.plain

    @property
    def title(self) -> str:
        return self.screen.title_line.right.plain

    @property
    def rows(self) -> list[str]:
        """The rows of the screen as they are drawn."""
        return rows_of(self.app)

    @property
    def text(self) -> str:
        """The rows without the borders and the white space between words."""
        return " ".join(" ".join(row.strip(" │┃") for row in self.rows).split())

    @property
    def draft(self) -> str:
        """The draft on the disk."""
        return read_draft(self.folder)[0]

    @property
    def answers(self) -> list[str]:
        """The candidate's turns that stand."""
        return [turn.text for turn in self.interview.state.turns if turn.speaker == "candidate"]

    def logged(self, kind: type[EventT]) -> list[EventT]:
        """The events of a kind."""
        return [event for event in self.interview.state.events if isinstance(event, kind)]
