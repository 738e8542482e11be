"""Every screen can be read in every theme, and without colours: measured on the cells as they are drawn.

The ratios are those of WCAG 2.2: text 4.5:1 (1.4.3), borders, scroll bars and focus 3:1 (1.4.11).
"""

from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from rich.color import Color
from rich.style import Style
from rich.terminal_theme import DEFAULT_TERMINAL_THEME
from textual.geometry import Offset
from textual.pilot import Pilot
from textual.screen import ModalScreen
from textual.selection import Selection

from fourstep.settings import Settings
from fourstep.tui.app import FourstepApp
from fourstep.tui.widgets.page import Page
from fourstep.wiring.front import Front
from tests.tui.conftest import EXAMPLE, WIDE, Stage, kept, strips, until_shown

pytestmark = pytest.mark.usefixtures("short_waits")

TEXT, LINES = 4.5, 3.0
LOOKS = ["dark", "light", "high-contrast", "no colour"]


@dataclass(frozen=True)
class Cell:
    """One character as it is drawn."""

    x: int
    y: int
    character: str
    foreground: tuple[int, int, int]
    background: tuple[int, int, int]

    @property
    def needed(self) -> float:
        """The least contrast; box drawing and blocks are no text."""
        return LINES if "\u2500" <= self.character <= "\u259f" else TEXT

    @property
    def contrast(self) -> float:
        light, dark = sorted((luminance(self.foreground), luminance(self.background)), reverse=True)
        return (light + 0.05) / (dark + 0.05)


@cache
def luminance(colour: tuple[int, int, int]) -> float:
    """Relative luminance, as WCAG defines it."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (part / 255 for part in colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@cache
def colours(style: Style | None) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    """Foreground and background, as a terminal shows them."""
    style = style or Style()
    front, ground = (
        tuple((colour or Color.default()).get_truecolor(DEFAULT_TERMINAL_THEME, foreground=index == 0))
        for index, colour in enumerate((style.color, style.bgcolor))
    )
    if style.dim:
        front = tuple((one + other) // 2 for one, other in zip(front, ground, strict=True))
    return (ground, front) if style.reverse else (front, ground)  # type: ignore[return-value]


def cells(app: FourstepApp) -> Iterator[Cell]:
    """Every cell of the screen in which something stands."""
    for y, strip in enumerate(strips(app)):
        x = 0
        for text, style, _ in strip:
            for character in text:
                if not character.isspace():
                    yield Cell(x, y, character, *colours(style))
                x += cell_len(character)


def hexadecimal(colour: tuple[int, int, int]) -> str:
    return "#" + "".join(f"{part:02x}" for part in colour)


def faint(app: FourstepApp) -> set[str]:
    """What cannot be read well enough: where, in which colours, with which contrast.

    What a dialog covers shows through around it, and is not to be read.
    """
    found = set()
    for cell in (cell for cell in cells(app) if cell.contrast < cell.needed):
        widget, _ = app.screen.get_widget_at(cell.x, cell.y)
        if not isinstance(widget, ModalScreen):
            front, ground = (hexadecimal(colour) for colour in (cell.foreground, cell.background))
            sign = f" {cell.character}" if cell.needed == LINES else ""
            found.add(f"{widget.css_identifier}{sign}: {front} on {ground} is {cell.contrast:.2f}:1")
    return found


@pytest.fixture(params=LOOKS)
def look(request: pytest.FixtureRequest, front: Front, root: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """How the program looks."""
    if request.param == "no colour":
        monkeypatch.setenv("NO_COLOR", "1")
    theme = "dark" if request.param == "no colour" else request.param
    front.settings = Settings(data_dir=root, theme=theme, motion=False)
    return request.param


@pytest.fixture
def interrupted(root: Path) -> Path:
    """An interview that was left in the middle of an answer."""
    name = "20261120-ad_click_prediction-abc123"
    return kept(root, name, "We predict a click.", ended=False, draft="half of a thought")


async def home(pilot: Pilot[Any]) -> AsyncIterator[None]:
    """Its states, one after another."""
    await until_shown(pilot, "Library (2)")
    yield
    pilot.app.screen.say("Something went wrong.", bad=True)
    await pilot.press("slash")
    yield
    await pilot.press("z", "z")
    yield


async def picker(pilot: Pilot[Any]) -> AsyncIterator[None]:
    pilot.app.open_picker()
    await until_shown(pilot, "New interview")
    yield
    await pilot.press("tab", "tab", "right")
    yield
    await pilot.press("slash")
    yield
    await pilot.press("v", "shift+home")
    yield


async def live(pilot: Pilot[Any]) -> AsyncIterator[None]:
    front = pilot.app.front
    folder = next(front.root.glob("*abc123"))
    pilot.app.open_live(lambda: front.program().resumed_interview(folder))
    await until_shown(pilot, "half of a thought")
    yield
    await pilot.press("shift+home")
    yield
    await pilot.press("ctrl+q")


async def scorecard(pilot: Pilot[Any]) -> AsyncIterator[None]:
    pilot.app.open_held(EXAMPLE, pilot.app.open_scorecard)
    await until_shown(pilot, "Verdict, and why")
    yield
    await pilot.press("down", "enter")
    yield


async def review(pilot: Pilot[Any]) -> AsyncIterator[None]:
    pilot.app.open_held(EXAMPLE, pilot.app.open_review)
    await until_shown(pilot, "Transcript ·")
    yield
    await pilot.press("slash")
    yield
    await pilot.press("p", "e", "o")
    pilot.app.screen.selections = {pilot.app.screen.query_one(Page): Selection(Offset(0, 2), Offset(9, 3))}
    await pilot.pause()
    yield


async def progress(pilot: Pilot[Any]) -> AsyncIterator[None]:
    pilot.app.open_practice()
    await until_shown(pilot, "By step and criterion")
    yield
    await pilot.press("t", "down")
    await until_shown(pilot, "100┤", "o Frame")
    yield


async def drill(pilot: Pilot[Any]) -> AsyncIterator[None]:
    pilot.app.open_drill_on("prevents_leakage")
    await until_shown(pilot, "without a strict clock")
    yield
    await pilot.press(*"So", "shift+home")
    yield
    await pilot.press("f2")
    await until_shown(pilot, "What came of it")
    yield


async def help_over_home(pilot: Pilot[Any]) -> AsyncIterator[None]:
    await pilot.press("question_mark")
    await until_shown(pilot, "Keys that work here")
    yield


async def palette(pilot: Pilot[Any]) -> AsyncIterator[None]:
    await pilot.press("ctrl+p")
    await until_shown(pilot, "Clear the filter")
    yield


OVER_HOME = [home, help_over_home, palette]
SCREENS = [home, help_over_home, palette, picker, live, scorecard, review, progress, drill]


@pytest.mark.parametrize("screen", SCREENS)
async def test_all_that_is_shown_can_be_read(
    front: Front, look: str, example: Path, interrupted: Path, screen: Callable[[Pilot[Any]], AsyncIterator[None]]
) -> None:
    app = FourstepApp(front) if screen in OVER_HOME else Stage(front)
    found: set[str] = set()
    async with app.run_test(size=WIDE) as pilot:
        async for _ in screen(pilot):
            found |= faint(app)
    assert found == set()


@pytest.mark.parametrize("look", ["no colour"], indirect=True)
async def test_the_box_with_the_keys_is_told_by_its_border_and_not_by_a_colour(
    app: FourstepApp, look: str, example: Path
) -> None:
    async with app.run_test(size=WIDE) as pilot:
        await until_shown(pilot, "Library (1)")
        assert len([cell for cell in cells(app) if cell.character in "┏┓┗┛"]) == 4


def test_the_contrast_of_black_on_white_is_that_of_the_standard() -> None:
    assert Cell(0, 0, "a", (0, 0, 0), (255, 255, 255)).contrast == pytest.approx(21)
    assert Cell(0, 0, "a", (119, 119, 119), (255, 255, 255)).contrast == pytest.approx(4.48, abs=0.01)
