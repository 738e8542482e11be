"""The answer box: which keys send, which make a line, and that no paste is ever sent."""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from fourstep.tui.themes import THEMES
from fourstep.tui.widgets.composer import Composer
from fourstep.tui.widgets.writing import Writing
from tests.tui.live_app import PATIENCE, as_from_terminal, rows_of

ENTER, CTRL_J, F2, CTRL_ENTER = "\r", "\n", "\x1bOQ", "\x1b[13;5u"
BRACKETED = "\x1b[200~{}\x1b[201~"
THREE_LINES = "first line\n  second [/b] line\nthird"


class Box(App[None]):
    """The answer box alone; it notes what it is told."""

    def __init__(self, *, enter_sends: bool = False) -> None:
        super().__init__()
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = "dark"
        self.composer = Composer(enter_sends=enter_sends)
        self.sent: list[str] = []
        self.commands: list[str] = []
        self.read: list[str] = []

    def compose(self) -> ComposeResult:
        yield self.composer

    def on_composer_sent(self, event: Composer.Sent) -> None:
        self.sent.append(event.text)

    def on_composer_command(self, event: Composer.Command) -> None:
        self.commands.append(event.name)

    def on_writing_read(self, event: Writing.Read) -> None:
        self.read.append(event.key)

    @property
    def armed(self) -> bool:
        """Whether a key has asked to send and it is not known yet whether it was a paste."""
        return self.composer._armed is not None


@asynccontextmanager
async def box(*, enter_sends: bool = False) -> AsyncIterator[tuple[Box, Pilot[None]]]:
    app = Box(enter_sends=enter_sends)
    async with app.run_test() as pilot:
        yield app, pilot


async def until(pilot: Pilot[None], condition: Callable[[], object]) -> None:
    """Wait for a condition, with a deadline."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        await pilot.pause(0.005)


async def arrives(app: Box, pilot: Pilot[None], data: str) -> None:
    """One write of a terminal, until whatever it sends has been sent."""
    as_from_terminal(app, data)
    await pilot.pause(0)
    await until(pilot, lambda: not app.armed)
    await pilot.pause(0)


# keys


@pytest.mark.parametrize("key", [CTRL_J, F2, CTRL_ENTER], ids=["ctrl+j", "f2", "ctrl+enter"])
async def test_a_key_that_sends_sends_what_was_typed(key: str) -> None:
    async with box() as (app, pilot):
        await arrives(app, pilot, f"abc{ENTER}def{key}")
        assert app.sent == ["abc\ndef"]


@pytest.mark.parametrize("key", [ENTER, F2, CTRL_ENTER], ids=["enter", "f2", "ctrl+enter"])
async def test_enter_sends_when_it_is_set_so(key: str) -> None:
    async with box(enter_sends=True) as (app, pilot):
        await arrives(app, pilot, f"abc{CTRL_J}")
        await arrives(app, pilot, f"def{key}")
        assert app.sent == ["abc\ndef"]


@pytest.mark.parametrize("enter_sends", [False, True])
@pytest.mark.parametrize("data", ["\x1b[13;2u", "\x1b[27;2;13~"], ids=["kitty", "modifyOtherKeys"])
async def test_shift_enter_is_a_new_line_in_both_modes(enter_sends: bool, data: str) -> None:
    async with box(enter_sends=enter_sends) as (app, pilot):
        await arrives(app, pilot, f"a{data}b")
        assert (app.composer.text, app.sent) == ("a\nb", [])


@pytest.mark.parametrize("data", [CTRL_ENTER, "\x1b[27;5;13~"], ids=["kitty", "modifyOtherKeys"])
async def test_control_enter_sends_where_a_terminal_sends_it(data: str) -> None:
    async with box() as (app, pilot):
        await arrives(app, pilot, f"abc{data}")
        assert app.sent == ["abc"]


@pytest.mark.parametrize(
    ("data", "key"),
    [("\x1b[5~", "pageup"), ("\x1b[6~", "pagedown"), ("\x1b[1;5H", "ctrl+home"), ("\x1b[1;5F", "ctrl+end")],
)
async def test_keys_that_turn_pages_leave_the_box_as_it_is(data: str, key: str) -> None:
    async with box() as (app, pilot):
        await arrives(app, pilot, f"abc{ENTER}de")
        place = app.composer.cursor_location
        await arrives(app, pilot, data)
        assert app.read == [key]
        assert (app.composer.text, app.composer.cursor_location) == ("abc\nde", place)


async def test_what_was_sent_stays_in_the_box_until_somebody_takes_it() -> None:
    async with box() as (app, pilot):
        await arrives(app, pilot, f"abc{F2}")
        assert (app.sent, app.composer.text) == (["abc"], "abc")


@pytest.mark.parametrize("text", ["", "  \n \n"])
async def test_nothing_is_not_sent(text: str) -> None:
    async with box() as (app, pilot):
        app.composer.load_text(text)
        await arrives(app, pilot, CTRL_J)
        assert app.sent == []


async def test_a_box_that_can_only_be_read_takes_no_key() -> None:
    async with box() as (app, pilot):
        app.composer.load_text("kept")
        app.composer.read_only = True
        await arrives(app, pilot, f"x{ENTER}{CTRL_J}\x7f{F2}")
        assert (app.composer.text, app.sent) == ("kept", [])


# bursts and pastes


@pytest.mark.parametrize(
    ("enter_sends", "key", "times"),
    [(False, CTRL_J, 30), (False, F2, 10), (True, ENTER, 10)],
    ids=["ctrl+j", "f2", "enter"],
)
async def test_a_burst_of_letters_and_the_sending_key_is_sent_whole_every_time(
    enter_sends: bool, key: str, times: int
) -> None:
    async with box(enter_sends=enter_sends) as (app, pilot):
        for _ in range(times):
            as_from_terminal(app, f"abcdef{key}")
            before = len(app.sent)
            await until(pilot, lambda before=before: len(app.sent) > before)
            app.composer.load_text("")
        assert app.sent == ["abcdef"] * times


@pytest.mark.parametrize("enter_sends", [False, True])
@pytest.mark.parametrize("end", ["\n", "\r"], ids=["LF", "CR"])
async def test_a_raw_paste_is_text_and_is_not_sent(enter_sends: bool, end: str) -> None:
    async with box(enter_sends=enter_sends) as (app, pilot):
        await arrives(app, pilot, THREE_LINES.replace("\n", end))
        assert (app.composer.text, app.sent) == (THREE_LINES, [])


@pytest.mark.parametrize("enter_sends", [False, True])
@pytest.mark.parametrize("end", ["\n", "\r"], ids=["LF", "CR"])
async def test_a_raw_paste_of_lines_that_ends_with_one_is_not_sent(enter_sends: bool, end: str) -> None:
    async with box(enter_sends=enter_sends) as (app, pilot):
        await arrives(app, pilot, f"{THREE_LINES}\n".replace("\n", end))
        assert (app.composer.text, app.sent) == (f"{THREE_LINES}\n", [])


@pytest.mark.parametrize("enter_sends", [False, True])
@pytest.mark.parametrize("end", ["\n", "\r"], ids=["LF", "CR"])
async def test_empty_lines_of_a_raw_paste_are_kept(enter_sends: bool, end: str) -> None:
    async with box(enter_sends=enter_sends) as (app, pilot):
        await arrives(app, pilot, f"a{end}{end}{end}b")
        assert (app.composer.text, app.sent) == ("a\n\n\nb", [])


@pytest.mark.parametrize("enter_sends", [False, True])
@pytest.mark.parametrize("end", ["\n", "\r"], ids=["LF", "CR"])
async def test_a_raw_paste_whose_first_line_looks_like_a_command_does_nothing(enter_sends: bool, end: str) -> None:
    async with box(enter_sends=enter_sends) as (app, pilot):
        await arrives(app, pilot, f"/next{end}and so on")
        assert (app.composer.text, app.commands, app.sent) == ("/next\nand so on", [], [])


@pytest.mark.parametrize("enter_sends", [False, True])
@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"], ids=["LF", "CR", "CRLF"])
async def test_a_bracketed_paste_is_text_whatever_its_lines_end_with(enter_sends: bool, end: str) -> None:
    async with box(enter_sends=enter_sends) as (app, pilot):
        await arrives(app, pilot, BRACKETED.format(f"/end\n{THREE_LINES}\n".replace("\n", end)))
        assert app.composer.text.splitlines() == ["/end", *THREE_LINES.splitlines()]
        assert (app.commands, app.sent) == ([], [])


async def test_a_bracketed_paste_with_escape_sequences_in_it_is_not_sent() -> None:
    async with box() as (app, pilot):
        await arrives(app, pilot, BRACKETED.format("\x1b[31mred\x1b[0m and more\n"))
        assert app.sent == []


async def test_after_a_paste_the_sending_key_sends_it() -> None:
    async with box() as (app, pilot):
        await arrives(app, pilot, THREE_LINES)
        await arrives(app, pilot, CTRL_J)
        assert app.sent == [THREE_LINES]


async def test_tabs_of_a_raw_paste_are_text() -> None:
    async with box() as (app, pilot):
        await arrives(app, pilot, "first\tline\n\tsecond\tline")
        assert (app.composer.text, app.sent) == ("first\tline\n\tsecond\tline", [])


async def test_a_large_paste_can_be_undone_and_done_again() -> None:
    async with box() as (app, pilot):
        await arrives(app, pilot, "typed")
        await arrives(app, pilot, BRACKETED.format("\n".join("a line of some words " * 9 for _ in range(40))))
        await pilot.press("ctrl+z")
        assert app.composer.text == "typed"
        await pilot.press("ctrl+y")
        assert app.composer.text.count("\n") == 39


async def test_a_large_paste_arrives_whole() -> None:
    text = "\n".join(f"{number}: a line of some words, and a [bracket" for number in range(700))
    async with box() as (app, pilot):
        await arrives(app, pilot, BRACKETED.format(text))
        assert app.composer.text == text


# commands


@pytest.mark.parametrize("key", [ENTER, CTRL_J, F2], ids=["enter", "ctrl+j", "f2"])
async def test_a_line_that_is_a_command_is_one_with_every_key(key: str) -> None:
    async with box() as (app, pilot):
        await arrives(app, pilot, f"/Hint{key}")
        assert (app.commands, app.sent) == (["hint"], [])


@pytest.mark.parametrize("text", ["/hint me", "/hint\nme", "a /hint", "see [/foo]"])
async def test_text_with_a_slash_in_it_is_text(text: str) -> None:
    async with box() as (app, pilot):
        app.composer.load_text(text)
        await arrives(app, pilot, CTRL_J)
        assert (app.commands, app.sent) == ([], [text])


async def test_two_slashes_send_one() -> None:
    async with box() as (app, pilot):
        app.composer.load_text("//etc/hosts is a file")
        await arrives(app, pilot, CTRL_J)
        assert (app.commands, app.sent) == ([], ["/etc/hosts is a file"])


# foreign text


@pytest.mark.parametrize(
    "text",
    ["\x1b[31mred\x1b]0;title\x07", "\x9b2J", "a\x00b\x08\x7f", "[/b] [link=x] [red"],
    ids=["escape sequences", "C1", "controls", "markup"],
)
async def test_no_control_character_of_a_draft_reaches_the_terminal(text: str) -> None:
    async with box() as (app, pilot):
        app.composer.load_text(text)
        await pilot.pause(0)
        drawn = "".join(rows_of(app))
        assert [character for character in drawn if not character.isprintable()] == []


@pytest.mark.parametrize("text", ["日本語の答え", "naïve café 🚀 שלום", "x" * 500, "[/b] [link=x] [red"])
async def test_foreign_text_is_sent_as_it_was_typed(text: str) -> None:
    async with box() as (app, pilot):
        await arrives(app, pilot, text)
        await arrives(app, pilot, CTRL_J)
        assert app.sent == [text]
