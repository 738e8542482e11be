"""Every screen can be read in every theme, and without colours: measured on the cells as they are drawn.

The ratios are those of WCAG 2.2: text 4.5:1 (1.4.3), borders, scroll bars and focus 3:1 (1.4.11).
"""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
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
from fourstep.tui.screens.help import HelpScreen
from fourstep.tui.screens.live import LiveScreen
from fourstep.tui.screens.picker import PickerScreen
from fourstep.tui.screens.review import ReviewScreen
from fourstep.tui.screens.scorecard import ScorecardScreen
from fourstep.tui.widgets.page import Page
from fourstep.wiring.front import Front
from tests.tui.conftest import WIDE, kept, strips, until, until_shown

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


def luminance(colour: tuple[int, int, int]) -> float:
    """Relative luminance, as WCAG defines it."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (part / 255 for part in colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


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
    for cell in cells(app):
        widget, _ = app.screen.get_widget_at(cell.x, cell.y)
        if cell.contrast < cell.needed and not isinstance(widget, ModalScreen):
            front, ground = (hexadecimal(colour) for colour in (cell.foreground, cell.background))
            sign = f" {cell.character}" if cell.needed == LINES else ""
            found.add(f"{widget.css_identifier}{sign}: {front} on {ground} is {cell.contrast:.2f}:1")
    return found


@pytest.fixture
def front(front: Front, root: Path, example: Path) -> Front:
    """A library with a scored and an interrupted interview."""
    kept(root, "20261120-ad_click_prediction-abc123", "We predict a click.", ended=False, draft="half of a thought")
    return front


@pytest.fixture(params=LOOKS)
def app(request: pytest.FixtureRequest, front: Front, root: Path, monkeypatch: pytest.MonkeyPatch) -> FourstepApp:
    """The program in one of its looks."""
    if request.param == "no colour":
        monkeypatch.setenv("NO_COLOR", "1")
    theme = "dark" if request.param == "no colour" else request.param
    front.settings = Settings(data_dir=root, theme=theme, motion=False)
    return FourstepApp(front)


async def pictures(pilot: Pilot[Any], screen: str) -> AsyncIterator[None]:
    """The states of a screen, one after another."""
    app, front = pilot.app, pilot.app.front
    await until_shown(pilot, "Library (2)")
    match screen:
        case "home":
            yield
            app.screen.say("Something went wrong.", bad=True)
            await pilot.press("slash")
            yield
            await pilot.press("z", "z")
            yield
        case "picker":
            app.open_picker()
            await until(pilot, lambda: isinstance(app.screen, PickerScreen))
            yield
            await pilot.press("tab", "tab", "right")
            yield
            await pilot.press("slash")
            yield
            await pilot.press("v", "shift+home")
            yield
        case "live":
            folder = front.root / "20261120-ad_click_prediction-abc123"
            app.open_live(lambda: front.program().resumed_interview(folder))
            await until(pilot, lambda: isinstance(app.screen, LiveScreen))
            await until_shown(pilot, "half of a thought")
            yield
            await pilot.press("shift+home")
            yield
            await pilot.press("ctrl+q")
        case "scorecard":
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(app.screen, ScorecardScreen))
            yield
            await pilot.press("down", "enter")
            yield
        case "review":
            await pilot.press("v")
            await until(pilot, lambda: isinstance(app.screen, ReviewScreen))
            yield
            await pilot.press("slash")
            yield
            await pilot.press(*"people")
            app.screen.selections = {app.screen.query_one(Page): Selection(Offset(0, 2), Offset(9, 3))}
            await pilot.pause()
            yield
        case "help":
            await pilot.press("question_mark")
            await until(pilot, lambda: isinstance(app.screen, HelpScreen))
            yield


@pytest.mark.parametrize("screen", ["home", "picker", "live", "scorecard", "review", "help"])
async def test_all_that_is_shown_can_be_read(app: FourstepApp, screen: str) -> None:
    found: set[str] = set()
    async with app.run_test(size=WIDE) as pilot:
        async for _ in pictures(pilot, screen):
            found |= faint(app)
    assert found == set()


@pytest.mark.parametrize("app", ["no colour"], indirect=True)
async def test_the_box_with_the_keys_is_told_by_its_border_and_not_by_a_colour(app: FourstepApp) -> None:
    async with app.run_test(size=WIDE) as pilot:
        await until_shown(pilot, "Library (2)")
        assert len([cell for cell in cells(app) if cell.character in "┏┓┗┛"]) == 4


def test_the_contrast_of_black_on_white_is_that_of_the_standard() -> None:
    assert Cell(0, 0, "a", (0, 0, 0), (255, 255, 255)).contrast == pytest.approx(21)
    assert Cell(0, 0, "a", (119, 119, 119), (255, 255, 255)).contrast == pytest.approx(4.48, abs=0.01)
