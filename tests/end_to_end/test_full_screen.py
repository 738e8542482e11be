"""The full-screen program as a process in a real pseudo-terminal: typed, killed, gone on with, scored, read again."""

import os
import pty
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from fourstep.files.draft import read_pad
from fourstep.files.log import read_log
from fourstep.transcript.events import Spoken
from tests.end_to_end.program import ANSWERS, command, environment
from tests.end_to_end.screen import Screen

ENTER, SEND, ESC, CTRL_G, CTRL_Q, F4, F8 = "\r", "\n", "\x1b", "\x07", "\x11", "\x1bOS", "\x1b[19~"
TEXT = "First: «naïve» 日本語\n\n  indented [/b] [link=x] [red\nthe last words of it  "
CRASH = "from fourstep.tui.screens.live import LiveScreen\nLiveScreen.action_hint = lambda self: 1 / 0"
QUICK = "from fourstep.tui.screens import demo\ndemo._TYPING, demo._PICTURE = 1, 0"
SHORT = ("interview", "ad_click", "--minutes", "15", "--steps", "frame", "--seed", "1")


def opened(tmp_path: Path, **options: str) -> Screen:
    """A new interview, at the candidate's first turn."""
    screen = Screen(tmp_path, *SHORT, **options)
    screen.until("Your turn.")
    return screen


def folder_in(tmp_path: Path) -> Path:
    (folder,) = (tmp_path / "data").glob("2*")
    return folder


def answers_in(tmp_path: Path) -> list[str]:
    """What the candidate said, as it is on the disk."""
    events, _ = read_log(folder_in(tmp_path) / "transcript.jsonl")
    return [event.text for event in events if isinstance(event, Spoken) and event.speaker == "candidate"]


def draft_in(tmp_path: Path) -> str:
    draft = folder_in(tmp_path) / "draft.txt"
    return draft.read_bytes().decode() if draft.exists() else ""


def pad_in(tmp_path: Path) -> str | None:
    return read_pad(folder_in(tmp_path))


# N1, N12: whatever ends the program, typed text is there again, byte for byte


def _killed(screen: Screen, tmp_path: Path) -> None:
    screen.until_true(lambda: draft_in(tmp_path) == TEXT)  # it may lose a second, and no more
    screen.signal(signal.SIGKILL)


ENDINGS: dict[str, tuple[Callable[[Screen, Path], None], set[int]]] = {
    "SIGTERM": (lambda screen, _: screen.signal(signal.SIGTERM), {143}),
    "a closed window": (lambda screen, _: screen.hang_up(), {129}),
    "SIGKILL": (_killed, {-9}),
    "a crash": (lambda screen, _: screen.type(F8), {70}),
}
"""What ends the program, and its exit code."""


@pytest.mark.parametrize("ending", ENDINGS)
def test_typed_text_is_there_again_after(tmp_path: Path, ending: str) -> None:
    end, codes = ENDINGS[ending]
    with opened(tmp_path, script=CRASH if ending == "a crash" else "") as screen:
        screen.type(TEXT.replace("\n", ENTER))
        screen.until("the last words of it")
        end(screen, tmp_path)
        assert screen.end() in codes
    assert draft_in(tmp_path) == TEXT
    with Screen(tmp_path, "resume") as screen:
        screen.until("the last words of it")
        screen.type(SEND)
        screen.until_true(lambda: answers_in(tmp_path) == [TEXT.strip()])


def test_a_closed_window_has_its_own_exit_code(tmp_path: Path) -> None:
    with opened(tmp_path) as screen:
        screen.hang_up()
        assert screen.end() == 129


def test_a_crash_gives_the_terminal_back_with_a_word_on_how_to_go_on(tmp_path: Path) -> None:
    with opened(tmp_path, script=CRASH) as screen:
        assert not screen.is_sane
        screen.type(F8)
        assert screen.end() == 70
        assert screen.is_sane
        said = screen.output.rpartition(b"\x1b[?1049l")[2].decode()
        assert f"Resume with: fourstep resume {folder_in(tmp_path).name.rsplit('-', 1)[-1]}" in said
        assert "fault of its own" in said
        assert "Traceback" not in screen.output.decode()


def test_a_program_that_was_stopped_and_goes_on_keeps_everything(tmp_path: Path) -> None:
    with opened(tmp_path) as screen:
        screen.type("before the stop")
        screen.until("before the stop")
        screen.signal(signal.SIGTSTP)
        screen.until_true(lambda: _state(screen.pid) == "T")
        assert screen.is_sane
        screen.forget()
        screen.signal(signal.SIGCONT)
        screen.until("before the stop")
        screen.type(", and after it")
        screen.until("before the stop, and after it")
        screen.type(CTRL_Q)
        assert screen.end() == 0
        assert screen.last_line.startswith("Paused, ")
    assert draft_in(tmp_path) == "before the stop, and after it"


def _state(pid: int) -> str:
    """`R`, `S`, `T`: what the system says that a process does."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


# a whole interview


def test_the_design_pad_is_there_again_after_a_kill(tmp_path: Path) -> None:
    drawn = "[client]->[feed] «naïve» [/b]"
    with opened(tmp_path) as screen:
        screen.type(F4)
        screen.until("F4 back")
        screen.type(drawn)
        screen.until_true(lambda: pad_in(tmp_path) == drawn)
        screen.signal(signal.SIGKILL)
        assert screen.end() == -9
    with Screen(tmp_path, "resume") as screen:
        screen.until("[client]->[feed]")
        screen.until("Welcome back")


def test_an_interview_is_typed_killed_gone_on_with_scored_read_again_and_left(tmp_path: Path) -> None:
    with opened(tmp_path) as screen:
        screen.type(ANSWERS[0] + SEND)
        screen.until("120 million people")
        screen.type("half an answer")
        screen.until_true(lambda: draft_in(tmp_path) == "half an answer")
        screen.signal(signal.SIGKILL)
        assert screen.end() == -9
    with Screen(tmp_path, "resume", size=(80, 24)) as screen:
        screen.until("half an answer")
        screen.type(f", and its end. {' '.join(ANSWERS[1:])}{SEND}")  # what is too short is not graded
        screen.until_true(lambda: len(answers_in(tmp_path)) == 2)
        screen.until("Your turn.")
        screen.type(f"/end{ENTER}")
        screen.until("End the interview here?")
        screen.type(ENTER)
        screen.until("Enter shows your scorecard")
        screen.type(ENTER)
        screen.until("Your own estimate")
        screen.type(ENTER)
        screen.until("Scorecard · Ad click prediction")
        screen.type("t")
        screen.until("Transcript · Ad click")
        screen.type(ESC)
        screen.until("Scorecard · Ad click prediction")
        screen.type(ESC)
        screen.until("Library")
        screen.until("scored")
        screen.type("q")
        assert screen.end() == 0
    assert answers_in(tmp_path) == [ANSWERS[0], f"half an answer, and its end. {' '.join(ANSWERS[1:])}"]
    assert (folder_in(tmp_path) / "scorecards.jsonl").read_text().count("\n") == 1


def test_the_demo_comes_to_a_scorecard_and_keeps_nothing(tmp_path: Path) -> None:
    with Screen(tmp_path, "demo", script=QUICK) as screen:
        screen.until("Scorecard · ")
        screen.type(ESC)
        screen.until("No interviews yet")
        screen.type("q")
        assert screen.end() == 0
    assert list((tmp_path / "data").glob("2*")) == []


def test_letters_and_the_sending_key_in_one_write_are_sent_whole(tmp_path: Path) -> None:
    sent = [f"abcdef number {number}" for number in range(5)]
    with opened(tmp_path) as screen:
        for count, answer in enumerate(sent, start=1):
            screen.type(answer + SEND)
            screen.until_true(lambda count=count: len(answers_in(tmp_path)) == count)
    assert answers_in(tmp_path) == sent


def test_ones_own_editor_gets_the_draft_and_gives_it_back(tmp_path: Path) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nprintf " and my editor" >> "$1"\n')
    editor.chmod(0o700)
    with opened(tmp_path, VISUAL=str(editor)) as screen:
        screen.type("I")
        screen.until("1 word")
        screen.type(CTRL_G)
        screen.until("I and my editor")
        screen.type(SEND)
        screen.until_true(lambda: answers_in(tmp_path) == ["I and my editor"])


# N14: one writer


def test_a_second_window_says_who_has_the_interview_and_writes_nothing(tmp_path: Path) -> None:
    with opened(tmp_path) as first, Screen(tmp_path, "resume", folder_in(tmp_path).name) as second:
        second.until(f"is open in another window (process {first.pid})")
        second.type(f"hello{SEND}")
        second.type(ESC)
        second.until("Library")
        first.type(f"still here{SEND}")
        first.until_true(lambda: answers_in(tmp_path) == ["still here"])


# N11: without a terminal


@pytest.mark.parametrize(("stdin", "stdout"), [(True, False), (False, True)], ids=["| cat", "</dev/null"])
def test_without_a_terminal_it_says_so_and_writes_no_escape_byte(tmp_path: Path, stdin: bool, stdout: bool) -> None:
    master, slave = pty.openpty()
    try:
        ended = subprocess.run(
            command(tmp_path / "data"),
            stdin=slave if stdin else subprocess.DEVNULL,
            stdout=slave if stdout else subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(tmp_path / "home"),
            timeout=60,
            check=False,
        )
        os.set_blocking(master, False)
        shown = os.read(master, 65536) if stdout and _waits(master) else b""
    finally:
        os.close(master)
        os.close(slave)
    assert ended.returncode == 2
    assert b"The full-screen view needs a terminal. Use a command, such as: fourstep list" in ended.stderr
    assert b"\x1b" not in ended.stderr + (ended.stdout or b"") + shown


def _waits(handle: int) -> bool:
    """Whether there is something to be read."""
    import select

    return bool(select.select([handle], [], [], 0)[0])


@pytest.mark.parametrize(
    ("arguments", "said", "code"),
    [
        ((), "The full-screen view needs a terminal.", 2),
        (SHORT, "End an answer with a line that holds only a dot.", None),
    ],
    ids=["home", "an interview is held line by line"],
)
def test_a_terminal_that_can_do_nothing_gets_no_escape_byte(
    tmp_path: Path, arguments: tuple[str, ...], said: str, code: int | None
) -> None:
    with Screen(tmp_path, *arguments, TERM="dumb") as screen:
        screen.until(said)
        assert code is None or screen.end() == code
        assert b"\x1b" not in screen.output
