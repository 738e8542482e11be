"""The program on a screen of a known size, over a folder of interviews in `tmp_path`, and how to look at it."""

import asyncio
import os
import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from textual import _wait
from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen
from textual.strip import Strip

from fourstep.files.content import Library, LoadedRubric
from fourstep.files.draft import DRAFT_NAME, save_draft
from fourstep.files.log import LOG_NAME, line_of
from fourstep.files.places import content_folder
from fourstep.files.store import SCORECARDS_NAME
from fourstep.grading.scorecard import Scorecard
from fourstep.rubric import INTERVIEW_STEPS
from fourstep.settings import Settings
from fourstep.transcript.events import Ended, Event, Spoken, Started, StepEntered
from fourstep.tui import app as tui_app
from fourstep.tui.app import FourstepApp
from fourstep.tui.frame import StatusLine
from fourstep.tui.screens import home
from fourstep.tui.themes import THEMES
from fourstep.wiring.front import Front
from fourstep.wiring.held import Held
from tests.conftest import SAMPLES

EXAMPLE = "20261121-video_recommendation-e0a0b1"
"""An interview of 51 turns with a scorecard, in `transcripts/examples`."""
WIDE, STANDARD = (120, 36), (80, 24)
PROBLEMS = {
    "ad_clicks": ("Ad clicks", "ranking", "Advertisers pay for a click."),
    "harmful_posts": ("Harmful posts", "moderation", "People post in many languages."),
    "video_feed": ("Video feed", "retrieval", "Anybody can upload."),
}
"""Title, tag and first sentence of the problems that can be asked."""
_HOPS = 3
"""How many queues a key's consequences pass through: widget, screen, app."""
_PATIENCE = 10.0
"""Seconds until a condition that does not come true fails a test."""


class Bare(App[None]):
    """An app with nothing but the program's themes, for one widget."""

    def __init__(self) -> None:
        super().__init__()
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = "dark"


class Stage(FourstepApp):
    """The program with an empty screen in place of home, for tests of what lies over it; a third faster."""

    CSS_PATH = Path(tui_app.__file__).with_name("app.tcss")

    def get_default_screen(self) -> Screen[Any]:
        return Screen()


def strips(app: App[Any]) -> list[Strip]:
    """The lines of the current screen, as they would go to the terminal."""
    return app.screen._compositor.render_strips()


def screen_lines(app: App[Any]) -> list[str]:
    """The same as plain text."""
    return [strip.text.rstrip() for strip in strips(app)]


def screen_text(app: App[Any]) -> str:
    """The current screen as plain text."""
    return "\n".join(screen_lines(app))


def status(app: App[Any]) -> str:
    """What the status line says, also what a narrow window cuts off."""
    return app.screen.query_one(StatusLine).text.plain


async def until(pilot: Pilot[Any], condition: Callable[[], object]) -> None:
    """Let the program work until a condition holds."""
    deadline = time.monotonic() + _PATIENCE
    while not condition():
        assert time.monotonic() < deadline, f"never came true; the screen shows:\n{screen_text(pilot.app)}"
        await asyncio.sleep(0.01)
    await pilot.pause()


async def until_shown(pilot: Pilot[Any], *words: str) -> None:
    """Let the program work until the screen says all of this."""
    await until(pilot, lambda: all(word in screen_text(pilot.app) for word in words))


def kept(
    root: Path,
    interview_id: str,
    *said: str,
    ended: bool = True,
    draft: str = "",
    card: Scorecard | None = None,
    **set_up: object,
) -> Path:
    """An interview in its folder: the answers in turn, each with a reply, all in the first step."""
    folder = root / interview_id
    folder.mkdir()
    events = list(_events(interview_id, said, ended=ended, set_up=set_up))
    (folder / LOG_NAME).write_bytes(b"".join(line_of(event) for event in events))
    if draft:
        save_draft(folder, draft)
        os.utime(folder / DRAFT_NAME, (events[-1].at.timestamp(),) * 2)
    if card:
        (folder / SCORECARDS_NAME).write_text(card.model_dump_json(by_alias=True) + "\n")
    return folder


def _events(interview_id: str, said: Sequence[str], *, ended: bool, set_up: Mapping[str, object]) -> Iterator[Event]:
    day, problem, _ = interview_id.split("-")
    begun = datetime.strptime(day, "%Y%m%d").replace(hour=9, tzinfo=UTC)
    usual = {"problem": problem, "level": "senior", "persona": "neutral", "steps": INTERVIEW_STEPS, "minutes": 45}
    fixed = {"at": begun, "id": interview_id, "rubric": "hash", "brain": "offline", "seed": 1, "program": "test"}
    yield Started.model_validate(usual | fixed | set_up)
    yield StepEntered(at=begun, step="frame", why="start")
    spoken = ["How would you start?", *(text for answer in said for text in (answer, "Go on."))]
    for number, text in enumerate(spoken, start=1):
        seconds = 30.0 * (number - 1)
        speaker = "candidate" if number % 2 == 0 else "interviewer"
        at = begun + timedelta(seconds=seconds)
        yield Spoken(at=at, elapsed=seconds, turn=number, speaker=speaker, text=text, step="frame")
    if ended:
        yield Ended(at=at, elapsed=seconds, why="candidate")


@pytest.fixture(autouse=True)
def _nothing_of_whoever_runs_the_tests(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of a terminal shows, and exports go to `tmp_path`."""
    for name in ("NO_COLOR", "COLORFGBG", "TMUX", "TERM_PROGRAM", "DISPLAY", "WAYLAND_DISPLAY", "VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key costs 10 ms and not 40: the pilot looks more often whether all is quiet, and asks every widget instead."""

    async def press(pilot: Pilot[Any], *keys: str) -> None:
        await pressed(pilot, *keys)
        for _ in range(_HOPS):
            await pilot._wait_for_screen()
        await pilot.pause()

    pressed = Pilot.press
    monkeypatch.setattr(_wait, "SLEEP_GRANULARITY", 0.003)
    monkeypatch.setattr(Pilot, "press", press)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The folder of interviews."""
    folder = tmp_path / "transcripts"
    folder.mkdir()
    return folder


@pytest.fixture
def front(root: Path, bundled: LoadedRubric, library: Library, monkeypatch: pytest.MonkeyPatch) -> Front:
    """The door of the program; what it would read from the rubric's files is read once for all tests."""
    monkeypatch.setattr(home, "AFTER_FIRST_PAINT", 0.001)
    monkeypatch.setattr(tui_app, "_AFTER_FIRST_PAINT", 3600.0)
    front = Front(Settings(data_dir=root, theme="dark", motion=False))
    front.program().__dict__.update(loaded=bundled, library=library)
    return front


@pytest.fixture
def app(front: Front) -> FourstepApp:
    """The program."""
    return FourstepApp(front)


@pytest.fixture
def stage(front: Front) -> Stage:
    """The program without home."""
    return Stage(front)


@pytest.fixture
def example(root: Path) -> Path:
    """A scored interview."""
    return shutil.copytree(content_folder("examples") / EXAMPLE, root / EXAMPLE)


@pytest.fixture
def held(front: Front, example: Path) -> Held:
    """The same as screens get it."""
    return front.program().held(example)


@pytest.fixture
def problems(front: Front, tmp_path: Path) -> Path:
    """A folder of three problems, which are all that can be asked."""
    folder = tmp_path / "problems"
    folder.mkdir()
    for name, (title, tag, statement) in PROBLEMS.items():
        problem = (SAMPLES / "problem.yaml").read_text().replace("parcel_delays", name)
        problem = problem.replace("title: Parcel delays", f"title: {title}\ntags: [{tag}]")
        (folder / f"{name}.yaml").write_text(problem.replace("We deliver parcels in one country.", statement))
    front.program().__dict__["library"] = Library(folder)
    return folder
