"""The last line names keys that work now, as many as fit, and help always."""

from typing import ClassVar

import pytest
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen

from fourstep.tui.widgets.keyline import KeyLine, key_sign, keys_of
from tests.tui.conftest import Bare, screen_lines

pytestmark = pytest.mark.usefixtures("short_waits")


class Keyed(Screen[None]):
    """A screen with a few keys, which can be switched off, and those that come with every screen of the library."""

    __module__ = "fourstep.tui.screens.keyed"  # keys that were not declared in the program are not named
    BINDINGS: ClassVar = [
        Binding("n", "new", "New"),
        Binding("delete,x", "discard", "Delete"),
        Binding("slash", "search", "Search"),
        Binding("ctrl+g", "edit", "Editor"),
        Binding("z", "hidden", "Hidden", show=False),
        Binding("f1", "help", "Help"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.done: list[str] = []
        self.off: set[str] = set()

    def compose(self) -> ComposeResult:
        yield KeyLine()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action not in self.off

    def action_new(self) -> None:
        self.done.append("new")

    def action_discard(self) -> None:
        self.done.append("discard")


class KeyedApp(Bare):
    """Opens that screen."""

    def get_default_screen(self) -> Screen[None]:
        self.keyed = Keyed()
        return self.keyed


async def test_keys_stand_in_their_order_with_their_signs() -> None:
    app = KeyedApp()
    async with app.run_test():
        assert screen_lines(app)[0].strip() == "n New  Del/x Delete  / Search  ^G Editor  F1 Help"


async def test_keys_that_come_with_the_library_are_not_ours_to_name() -> None:
    app = KeyedApp()
    async with app.run_test():
        assert [sign for sign, _ in keys_of(app.keyed, shown_only=False)][:6] == ["n", "Del/x", "/", "^G", "z", "F1"]
        assert "Tab" not in dict(keys_of(app.keyed, shown_only=False))


@pytest.mark.parametrize(
    ("width", "expected"),
    [
        (51, "n New  Del/x Delete  / Search  ^G Editor  F1 Help"),
        (50, "n New  Del/x Delete  / Search  F1 Help"),
        (40, "n New  Del/x Delete  / Search  F1 Help"),
        (39, "n New  Del/x Delete  F1 Help"),
        (12, "F1 Help"),
    ],
)
async def test_where_it_is_narrow_later_keys_go_and_help_stays(width: int, expected: str) -> None:
    app = KeyedApp()
    async with app.run_test(size=(width, 5)):
        assert screen_lines(app)[0].strip() == expected


async def test_a_key_that_does_nothing_now_is_not_named() -> None:
    app = KeyedApp()
    async with app.run_test() as pilot:
        app.keyed.off.add("discard")
        app.keyed.refresh_bindings()
        app.keyed.query_one(KeyLine).refresh()
        await pilot.pause()
        assert "Delete" not in screen_lines(app)[0]


@pytest.mark.parametrize(("word", "action"), [("New", "new"), ("n ", "new"), ("x D", "discard"), ("Delete", "discard")])
async def test_a_click_on_a_key_or_its_name_does_what_the_key_does(word: str, action: str) -> None:
    app = KeyedApp()
    async with app.run_test() as pilot:
        await pilot.click(offset=(screen_lines(app)[0].index(word), 0))
        await pilot.pause()
        assert app.keyed.done == [action]


@pytest.mark.parametrize(
    ("key", "sign"),
    [
        ("ctrl+j", "^J"),
        ("ctrl+end", "Ctrl+End"),
        ("shift+tab", "Shift+Tab"),
        ("f2", "F2"),
        ("f", "f"),
        ("escape", "Esc"),
        ("home", "Home"),
        ("end", "End"),
        ("pageup", "PgUp"),
        ("question_mark", "?"),
    ],
)
def test_keys_are_written_as_they_stand_on_keyboards(key: str, sign: str) -> None:
    assert key_sign(key) == sign
