"""Foreign text on every screen: shown as it is, never as markup or a control sequence, never out of its place."""

import unicodedata
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from rich.cells import cell_len
from textual.pilot import Pilot
from textual.widgets import Input

from fourstep.files.content import Library
from fourstep.grading.scorecard import Scorecard
from fourstep.rubric import Rubric
from fourstep.tui.app import FourstepApp
from fourstep.tui.scoring import Scoring
from fourstep.tui.screens.confirm import Confirm
from fourstep.tui.screens.scoring import ScoringScreen
from fourstep.tui.widgets.page import Page
from fourstep.wiring.front import Front
from fourstep.wiring.held import Held
from tests.conftest import SAMPLES
from tests.tui.conftest import EXAMPLE, Stage, kept, screen_text, strips, until, until_shown

pytestmark = pytest.mark.usefixtures("short_waits")

LITERAL = "[/b] [link=x] [red"
SHORT = f"{LITERAL} \x1b[31m \u202egnp \x9b2J \u200f\u2066x\u2069 双塔 😀"
LONG = f"{SHORT} \x1b]0;owned\x07 \r\n\x08 我们用双塔 가나다 👩‍💻 {'x' * 5000}"
DIRECTIONS = {*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F}
SIZE = (160, 40)
INTERVIEW = "20261120-parcel_delays-abc123"
TITLE, BODY, STATUS = slice(0, 1), slice(1, -2), slice(-2, -1)
"""The parts of a screen, by their lines."""
TROUBLE = slice(-4, -1)
"""Where the status says what went wrong, which takes more than one line."""


def part(app: FourstepApp, lines: slice) -> str:
    return "\n".join(strip.text for strip in strips(app)[lines])


def assert_harmless(app: FourstepApp, lines: slice = BODY, literal: str = LITERAL) -> None:
    """The text stands there literally, steers nothing, and every line is as wide as the window."""
    text = part(app, lines)
    steering = {c for c in text if (unicodedata.category(c) == "Cc" and c != "\n") or ord(c) in DIRECTIONS}
    assert literal in text
    assert {repr(character) for character in steering} == set()
    assert {cell_len(line) for line in text.split("\n")} == {SIZE[0]}


def problem_text(**changes: str) -> str:
    """A problem file with hostile words."""
    problem = yaml.safe_load((SAMPLES / "problem.yaml").read_text())
    return yaml.safe_dump(problem | changes)


@pytest.fixture
def folder(root: Path, held: Held, example: Path) -> Path:
    """An interrupted interview about a hostile problem, with a scorecard full of it; the only one in the library."""
    example.rename(root.parent / EXAMPLE)
    first, second, *others = held.cards[-1].criteria
    quotes = tuple(quote.model_copy(update={"quote": LONG, "turn": "C2"}) for quote in first.evidence)
    graded = first.model_copy(update={"evidence": quotes, "advice": LONG, "reason": LONG})
    ungraded = second.model_copy(update={"status": "not_graded", "level": None, "reason": LONG})
    grader = held.cards[-1].grader.model_copy(update={"note": SHORT})
    card = held.cards[-1].model_copy(update={"criteria": (graded, ungraded, *others), "grader": grader})
    folder = kept(root, INTERVIEW, LONG, ended=False, draft=SHORT, card=card, problem=SHORT)
    (folder / "problem.yaml").write_text(problem_text(title=SHORT))
    return folder


@pytest.fixture
def hostile(front: Front, folder: Path) -> Held:
    """The same, as screens get it."""
    return front.program().held(folder)


@pytest.fixture
def unscored(folder: Path) -> Path:
    """The same without its scorecard."""
    (folder / "scorecards.jsonl").unlink()
    return folder


@asynccontextmanager
async def opened(app: FourstepApp, open_screen: Callable[[], object] | None = None) -> AsyncIterator[Pilot[Any]]:
    """A screen, or home once the library was read."""
    async with app.run_test(size=SIZE) as pilot:
        if open_screen:
            open_screen()
            await until(pilot, lambda: len(app.screen_stack) > 1)
        else:
            await until_shown(pilot, "Library (1)")
        yield pilot


def open_live(app: FourstepApp, folder: Path) -> Callable[[], object]:
    return lambda: app.open_live(lambda: app.front.program().resumed_interview(folder))


def waiting(held: Held) -> Scoring:
    """A grading that nobody advances."""
    return Scoring(held.saved.id, held.title, held.rubric.criteria, lambda scoring: held)


# home


async def test_home_lists_an_interview(app: FourstepApp, folder: Path) -> None:
    async with opened(app):
        assert_harmless(app)


async def test_home_shows_an_interrupted_interview_on_top(app: FourstepApp, unscored: Path) -> None:
    async with opened(app):
        assert_harmless(app, slice(1, 6))


async def test_home_tells_what_it_threw_away(app: FourstepApp, folder: Path) -> None:
    async with opened(app) as pilot:
        await pilot.press("delete")
        await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
        await pilot.press("enter")
        await until_shown(pilot, "in the trash for 30 days")
        assert_harmless(app, STATUS)


@pytest.fixture
def unreadable(root: Path) -> Path:
    """A folder with a hostile name and nothing in it."""
    folder = root / f"20261120-{SHORT.replace('/', '')}-abc123"
    folder.mkdir()
    return folder


async def test_home_lists_a_folder_by_its_name(app: FourstepApp, unreadable: Path) -> None:
    async with opened(app):
        assert_harmless(app, literal="[b] [link=x] [red")


async def test_home_says_which_folder_is_unreadable(app: FourstepApp, unreadable: Path) -> None:
    async with opened(app) as pilot:
        await pilot.press("enter")
        assert_harmless(app, STATUS, "[b] [link=x] [red")


async def test_home_is_filtered_by_any_words(app: FourstepApp, folder: Path) -> None:
    async with opened(app) as pilot:
        await pilot.press("slash")
        app.screen.query_one(Input).value = LITERAL
        await until_shown(pilot, "of 1)")
        assert_harmless(app)


# picker


@pytest.fixture
def problems(front: Front, tmp_path: Path, folder: Path) -> Path:
    """A problem with hostile words, which is all that can be asked."""
    problems = tmp_path / "problems"
    problems.mkdir()
    (problems / "parcel_delays.yaml").write_text(problem_text(title=SHORT, statement=LONG[:3900]))
    front.program().__dict__["library"] = Library(problems)
    return problems


async def test_the_picker_shows_title_and_statement(stage: Stage, problems: Path) -> None:
    async with opened(stage, stage.open_picker):
        assert screen_text(stage).count(LITERAL) == 3
        assert_harmless(stage)


@pytest.fixture
def hostile_file(problems: Path) -> str:
    """The name of a file that is no problem."""
    (problems / "a [b] [red \x1b[31m \u202egnp.yaml").write_text("id: x\n")
    return "a [b] [red"


async def test_the_picker_lists_a_file_by_its_name(stage: Stage, hostile_file: str) -> None:
    async with opened(stage, stage.open_picker):
        assert_harmless(stage, BODY, hostile_file)


async def test_the_picker_says_which_file_it_cannot_use(stage: Stage, hostile_file: str) -> None:
    async with opened(stage, stage.open_picker) as pilot:
        await pilot.press("enter")
        assert " ! " in part(stage, TROUBLE)
        assert_harmless(stage, TROUBLE, "")


async def test_the_picker_is_searched_for_any_words(stage: Stage, problems: Path) -> None:
    async with opened(stage, stage.open_picker) as pilot:
        await pilot.press("slash")
        stage.screen.query_one("#search", Input).value = LITERAL
        await pilot.pause()
        assert_harmless(stage)


# the interview


async def test_the_interview_shows_what_was_said(stage: Stage, unscored: Path) -> None:
    async with opened(stage, open_live(stage, unscored)) as pilot:
        await until_shown(pilot, "hints 0 of", "left of")
        stage.screen.query_one("#conversation", Page).action_to_start()
        await pilot.pause()
        assert_harmless(stage, slice(1, 20))
        await pilot.press("ctrl+q")


async def test_the_interview_shows_what_was_being_typed(stage: Stage, unscored: Path) -> None:
    async with opened(stage, open_live(stage, unscored)) as pilot:
        await until_shown(pilot, "hints 0 of", "left of")
        assert_harmless(stage, slice(-14, -2))
        await pilot.press("ctrl+q")


# titles


async def test_the_interview_has_the_problem_in_its_title(stage: Stage, unscored: Path) -> None:
    async with opened(stage, open_live(stage, unscored)) as pilot:
        await until_shown(pilot, "hints 0 of", "left of")
        assert_harmless(stage, TITLE)
        await pilot.press("ctrl+q")


SCREENS: dict[str, Callable[[FourstepApp, Held], object]] = {
    "scorecard": lambda app, held: app.open_scorecard(held),
    "review": lambda app, held: app.open_review(held),
    "scoring": lambda app, held: app.push_screen(ScoringScreen(waiting(held))),
}


@pytest.mark.parametrize("screen", SCREENS)
async def test_other_screens_have_the_problem_in_their_title(stage: Stage, hostile: Held, screen: str) -> None:
    async with opened(stage, lambda: SCREENS[screen](stage, hostile)):
        assert_harmless(stage, TITLE)


@pytest.mark.parametrize("screen", SCREENS)
async def test_a_rubric_of_somebody_else_is_foreign_text_too(stage: Stage, hostile: Held, screen: str) -> None:
    foreign = replace(hostile, rubric=renamed(hostile.rubric))
    async with opened(stage, lambda: SCREENS[screen](stage, foreign)) as pilot:
        await pilot.press("down")
        assert_harmless(stage)


async def test_a_filter_offers_the_criteria_of_somebody_else(stage: Stage, hostile: Held) -> None:
    foreign = replace(hostile, rubric=renamed(hostile.rubric))
    async with opened(stage, lambda: stage.open_review(foreign)) as pilot:
        await pilot.press("f")
        await until_shown(pilot, f"Criterion: {LITERAL}")
        await pilot.press("down", "enter")
        await pilot.pause()
        assert_harmless(stage)


def renamed(rubric: Rubric) -> Rubric:
    """The rubric with hostile titles."""
    steps = []
    for step in rubric.steps:
        criteria = tuple(criterion.model_copy(update={"title": SHORT}) for criterion in step.criteria)
        steps.append(step.model_copy(update={"title": SHORT, "criteria": criteria}))
    return rubric.model_copy(update={"steps": tuple(steps)})


# scorecard and review


@pytest.mark.parametrize("keys", [["down"], ["down", "down"]])
async def test_the_scorecard_shows_quotes_advice_and_reasons(stage: Stage, hostile: Held, keys: list[str]) -> None:
    async with opened(stage, lambda: stage.open_scorecard(hostile)) as pilot:
        await pilot.press(*keys)
        assert_harmless(stage)


async def test_the_scorecard_shows_what_the_grader_notes(stage: Stage, hostile: Held) -> None:
    async with opened(stage, lambda: stage.open_scorecard(hostile)):
        assert_harmless(stage, STATUS)


@pytest.mark.parametrize("keys", [["]"], ["slash", "["]])
async def test_the_review_shows_what_was_said(stage: Stage, hostile: Held, keys: list[str]) -> None:
    async with opened(stage, lambda: stage.open_review(hostile)) as pilot:
        await pilot.press(*keys)
        assert_harmless(stage)


async def test_a_quote_with_control_characters_is_found_in_its_turn(stage: Stage, hostile: Held) -> None:
    async with opened(stage, lambda: stage.open_review(hostile)) as pilot:
        await until_shown(pilot, "C2 You", ": Clarifies the")


def test_the_scorecard_really_is_hostile(hostile: Held) -> None:
    assert "\x1b[31m" in hostile.title
    assert "\x1b[31m" in hostile.transcript.turns[1].text
    assert isinstance(hostile.cards[-1], Scorecard)
    assert "\x1b[31m" in hostile.cards[-1].criteria[0].evidence[0].quote
