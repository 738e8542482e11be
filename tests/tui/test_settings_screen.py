"""The Settings screen: what it shows, saves and takes back, and how a model is tried out from it."""

import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from fourstep.settings import read_settings, user_file
from fourstep.tui import app as tui_app
from fourstep.tui.app import FourstepApp
from fourstep.tui.screens import home
from fourstep.tui.screens.home import HomeScreen
from fourstep.tui.screens.settings import SettingsScreen
from fourstep.tui.widgets.field import Field
from fourstep.wiring.front import Front
from tests.keyrings import Memory, using
from tests.model_server import MODEL, Reply, serving, unused_url
from tests.tui.conftest import STANDARD, WIDE, screen_lines, screen_text, until, until_shown

pytestmark = pytest.mark.usefixtures("short_waits")

KEY = "sk-0123456789abcdef"
HOSTILE = "[/b] [link=x] [red"


@pytest.fixture(autouse=True)
def _nothing_in_the_background(monkeypatch: pytest.MonkeyPatch) -> None:
    """What home and the program read after their first picture is no matter here."""
    monkeypatch.setattr(home, "AFTER_FIRST_PAINT", 3600.0)
    monkeypatch.setattr(tui_app, "_AFTER_FIRST_PAINT", 3600.0)


@pytest.fixture
def file() -> Path:
    """The user's settings file."""
    path = user_file()
    path.parent.mkdir(parents=True)
    return path


@pytest.fixture
def memory() -> Iterator[Memory]:
    with using(Memory()) as backend:
        yield backend


@asynccontextmanager
async def at_settings(root: Path, size: tuple[int, int] = WIDE) -> AsyncIterator[Pilot[None]]:
    """The screen as it opens from home, with the settings of files and environment."""
    app = FourstepApp(Front(read_settings(data_dir=root)))
    async with app.run_test(size=size) as pilot:
        await pilot.press("c")
        await until(pilot, lambda: isinstance(app.screen, SettingsScreen))
        await until(pilot, lambda: "looking" not in screen_text(app))
        yield pilot


def line(pilot: Pilot[None], label: str) -> str:
    """The line of a setting."""
    lines = [text.strip("│┃▁▂▃▄▅▆▇█ ") for text in screen_lines(pilot.app)]
    return next((text for text in lines if text.removeprefix("▸").strip().startswith(f"{label} ")), "")


async def go_to(pilot: Pilot[None], name: str) -> None:
    """Give the keys to a setting's line."""
    widget = pilot.app.screen.query_one(f"#{name}")
    (widget.input if isinstance(widget, Field) else widget).focus()
    await pilot.pause()


async def fill(pilot: Pilot[None], name: str, text: str) -> None:
    """Type into a line and leave it."""
    await go_to(pilot, name)
    pilot.app.screen.query_one(f"#{name}", Field).input.value = text
    await pilot.press("enter")


async def test_every_section_is_there_at_once_on_a_wide_screen(root: Path) -> None:
    async with at_settings(root) as pilot:
        text = screen_text(pilot.app)
        assert [title for title in ("Model and key", "Interview", "Appearance", "Privacy") if title not in text] == []


async def test_every_line_can_be_reached_and_seen_on_a_small_screen(root: Path) -> None:
    async with at_settings(root, STANDARD) as pilot:
        reached = set()
        for _ in range(19):
            focused = next(text for text in screen_lines(pilot.app) if "┃▸ " in text)
            reached.add(focused.removeprefix("┃▸ ").split("  ")[0])
            await pilot.press("tab")
        assert {"Server", "Address", "Model", "Key", "Grader", "Price out", "Enter sends", "Motion"} <= reached
        assert len(reached) == 19


async def test_a_typed_line_is_saved_when_it_is_left(root: Path, file: Path) -> None:
    async with at_settings(root) as pilot:
        await fill(pilot, "model", "qwen3")
        await until_shown(pilot, "Model is saved. Ctrl+Z takes it back.")
        assert file.read_text() == 'model = "qwen3"\n'
        assert pilot.app.front.settings.model == "qwen3"  # type: ignore[attr-defined]


async def test_a_choice_is_saved_when_it_is_left(root: Path, file: Path) -> None:
    file.write_text("# mine\n")
    async with at_settings(root) as pilot:
        await go_to(pilot, "level")
        await pilot.press("right", "tab")
        await until_shown(pilot, "Level is saved")
        assert file.read_text() == '# mine\nlevel = "staff"\n'


async def test_what_was_not_changed_is_not_written(root: Path, file: Path) -> None:
    async with at_settings(root) as pilot:
        await pilot.press("tab", "tab", "tab", "tab")
        assert not file.exists()


async def test_an_emptied_line_goes_back_to_the_default(root: Path, file: Path) -> None:
    file.write_text('model = "m"\n')
    async with at_settings(root) as pilot:
        await fill(pilot, "model", "")
        await until_shown(pilot, "Model is saved")
        assert file.read_text() == ""
        assert "none: the offline interviewer" in line(pilot, "Model")


async def test_a_value_that_cannot_be_used_is_told_and_kept_in_its_box(root: Path, file: Path) -> None:
    async with at_settings(root) as pilot:
        await fill(pilot, "timeout", "soon")
        await until_shown(pilot, "! The setting 'timeout' is not usable: 'soon'")
        assert "soon" in line(pilot, "Time-out")
        assert not file.exists()


@pytest.mark.parametrize("key", ["u", "ctrl+z"])
async def test_the_last_change_is_taken_back(root: Path, file: Path, key: str) -> None:
    file.write_text('level = "mid"\n')
    async with at_settings(root) as pilot:
        await go_to(pilot, "level")
        await pilot.press("right", "tab")
        await until_shown(pilot, "Level is saved")
        await pilot.press(key)
        await until_shown(pilot, "Level is as it was")
        assert "(•) mid" in line(pilot, "Level")
        assert file.read_text() == 'level = "mid"\n'


async def test_undo_is_offered_only_when_something_was_changed(root: Path) -> None:
    async with at_settings(root) as pilot:
        assert "Undo" not in screen_lines(pilot.app)[-1]


async def test_letters_in_a_box_are_text(root: Path) -> None:
    async with at_settings(root) as pilot:
        await go_to(pilot, "model")
        await pilot.press("u", "t", "q")
        assert "utq" in line(pilot, "Model")


async def test_a_theme_is_worn_at_once(root: Path) -> None:
    async with at_settings(root) as pilot:
        await go_to(pilot, "theme")
        await pilot.press("right", "right", "tab")
        await until(pilot, lambda: pilot.app.theme == "light")


@pytest.mark.parametrize(("name", "label"), [("FOURSTEP_MODEL", "Model"), ("FOURSTEP_LEVEL", "Level")])
async def test_what_the_environment_sets_is_shown_with_its_source_and_cannot_be_reached(
    root: Path, monkeypatch: pytest.MonkeyPatch, name: str, label: str
) -> None:
    monkeypatch.setenv(name, "staff")
    async with at_settings(root) as pilot:
        assert f"staff (set by {name})" in line(pilot, label)
        assert not pilot.app.screen.query_one(f"#{label.lower()}").focusable


async def test_a_server_of_ones_own_shows_its_usual_address(root: Path) -> None:
    async with at_settings(root) as pilot:
        await go_to(pilot, "preset")
        await pilot.press("right", "tab")
        await until(pilot, lambda: "http://127.0.0.1:11434/v1" in line(pilot, "Address"))


@pytest.mark.parametrize("key", ["escape", "ctrl+q"])
async def test_leaving_the_screen_saves_the_line_that_has_the_keys(root: Path, file: Path, key: str) -> None:
    async with at_settings(root) as pilot:
        await go_to(pilot, "model")
        await pilot.press(*"qwen3", key)
        await until(pilot, lambda: file.is_file() and file.read_text() == 'model = "qwen3"\n')


async def test_what_cannot_be_saved_holds_esc_up_once(root: Path) -> None:
    async with at_settings(root) as pilot:
        await go_to(pilot, "parallel")
        await pilot.press("x", "escape")
        await until_shown(pilot, "not usable: 'x'")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))


async def test_a_foreign_value_is_shown_as_it_is(root: Path, file: Path) -> None:
    file.write_text(f'model = "{HOSTILE}"\n')
    async with at_settings(root) as pilot:
        assert HOSTILE in line(pilot, "Model")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
        assert HOSTILE in screen_lines(pilot.app)[0]


# the key


async def test_a_key_is_typed_unseen_and_goes_into_the_keyring(root: Path, file: Path, memory: Memory) -> None:
    async with at_settings(root) as pilot:
        await go_to(pilot, "key")
        await pilot.press(*KEY)
        assert "0123" not in screen_text(pilot.app)
        await pilot.press("enter")
        await until_shown(pilot, "The key for openai is in the system's keyring.", "sk-…cdef from the system keyring")
        assert memory.kept == {("fourstep", "openai"): KEY}
        assert KEY not in screen_text(pilot.app)
        assert not file.exists()


async def test_a_key_of_the_environment_is_masked_and_cannot_be_changed(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    async with at_settings(root) as pilot:
        await until(pilot, lambda: "sk-…cdef from OPENAI_API_KEY" in line(pilot, "Key"))
        assert pilot.app.screen.query_one("#key", Field).input.disabled


async def test_without_a_keyring_the_way_out_is_told(root: Path) -> None:
    async with at_settings(root) as pilot:
        await fill(pilot, "key", KEY)
        await until_shown(pilot, "Put the key into the variable OPENAI_API_KEY instead.")
        assert KEY not in screen_text(pilot.app)


# the test


@pytest.mark.parametrize("size", [WIDE, STANDARD])
async def test_a_test_shows_each_check_as_it_comes(
    root: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    answered = threading.Event()

    def script(_: object) -> str:
        answered.wait(10)
        return "one two three"

    with serving(script) as server:
        monkeypatch.setenv("FOURSTEP_BASE_URL", server.url)
        async with at_settings(root, size) as pilot:
            await fill(pilot, "model", MODEL)
            await pilot.press("f9")
            await until_shown(pilot, f"OK model: {MODEL} is there.")
            assert "streaming" not in screen_text(pilot.app)
            answered.set()
            await until_shown(
                pilot, "OK streaming: The first word came", "structured output: It does not answer with JSON", "Tested."
            )


async def test_a_test_that_fails_says_what_to_do(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOURSTEP_BASE_URL", unused_url())
    monkeypatch.setenv("FOURSTEP_MODEL", HOSTILE)
    async with at_settings(root) as pilot:
        await pilot.press("t")
        await until_shown(pilot, HOSTILE, "✗  server: Nothing answers at 127.0.0.1", "Tested.")


async def test_without_a_model_there_is_nothing_to_test(root: Path) -> None:
    async with at_settings(root) as pilot:
        await pilot.press("f9")
        await until_shown(pilot, "No model is set")


async def test_a_test_that_hangs_is_stopped_when_the_screen_is_left(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(lambda _: Reply("one", breaks="stall", after=0)) as server:
        monkeypatch.setenv("FOURSTEP_BASE_URL", server.url)
        monkeypatch.setenv("FOURSTEP_MODEL", MODEL)
        async with at_settings(root) as pilot:
            await pilot.press("f9")
            await until_shown(pilot, f"{MODEL} is there.")
            await until(pilot, lambda: server.requests)
            await pilot.press("escape")
            await until(pilot, server.left.is_set)


# home


async def test_home_says_how_to_add_a_model(front: Front) -> None:
    async with FourstepApp(front).run_test(size=WIDE) as pilot:
        assert "Offline interviewer · c adds a language model" in screen_lines(pilot.app)[0]


async def test_home_names_the_model_once_it_is_set(root: Path) -> None:
    async with at_settings(root) as pilot:
        await fill(pilot, "model", "qwen3")
        await pilot.press("escape")
        await until(pilot, lambda: screen_lines(pilot.app)[0].endswith("qwen3"))


def test_the_first_screen_imports_no_client_and_no_keyring(root: Path) -> None:
    script = f"""
import asyncio, sys
from fourstep.settings import read_settings
from fourstep.tui import app
from fourstep.tui.screens import home
from fourstep.wiring.front import Front

async def main():
    async with app.FourstepApp(Front(read_settings(data_dir={str(root)!r}))).run_test() as pilot:
        await pilot.pause()
        print(*sys.modules)

app._AFTER_FIRST_PAINT = home.AFTER_FIRST_PAINT = 3600.0
asyncio.run(main())
"""
    environment = {"FOURSTEP_MODEL": "m", "OPENAI_API_KEY": KEY, "HOME": str(root)}
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=environment)
    assert "fourstep.tui.screens.home" in run.stdout
    assert not {"langchain_core", "openai", "keyring", "pydantic"} & set(run.stdout.split())
