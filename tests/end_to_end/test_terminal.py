"""The plain interface on a real pseudo-terminal."""

import re
from collections.abc import Callable
from pathlib import Path

import pexpect
import pytest

from tests.end_to_end.program import command, environment


@pytest.fixture
def terminal(tmp_path: Path) -> pexpect.spawn:
    """An interview that waits for its first answer."""
    program, *arguments = command(tmp_path / "data", "interview", "ad_click", "--plain")
    child = pexpect.spawn(
        program, arguments, env=environment(tmp_path / "home"), encoding="utf-8", timeout=30, cwd=tmp_path
    )
    child.setwinsize(40, 100)
    child.expect("Interviewer: ")
    child.expect("\\?")
    child.expect("> ")
    return child


def test_an_answer_ends_with_a_lone_dot_and_may_hold_empty_lines(terminal: pexpect.spawn) -> None:
    terminal.send("How many users\rdo we have\r\rper day?\r.\r")
    terminal.expect("Sent, 8 words")
    terminal.expect("120 million people")


def test_words_are_wrapped_and_never_cut(terminal: pexpect.spawn) -> None:
    terminal.send("How many users do we have per day?\r.\r")
    terminal.expect("Interviewer: .*\n")
    assert all(len(line.rstrip("\r\n")) <= 80 for line in terminal.after.splitlines()[:1])


def test_a_long_pasted_line_arrives_whole(terminal: pexpect.spawn, tmp_path: Path) -> None:
    line = " ".join(f"word{number}" for number in range(1500))
    terminal.send(line + "\r.\r")
    terminal.expect("Sent, 1500 words")


def test_what_is_being_typed_survives_a_kill(terminal: pexpect.spawn, tmp_path: Path) -> None:
    terminal.send("first line\rhalf a second li")
    (folder,) = (tmp_path / "data").glob("2*")
    _until(
        lambda: (
            (folder / "draft.txt").is_file() and (folder / "draft.txt").read_text() == "first line\nhalf a second li"
        )
    )
    terminal.kill(9)
    terminal.wait()
    program, *arguments = command(tmp_path / "data", "resume", "--plain")
    child = pexpect.spawn(program, arguments, env=environment(tmp_path / "home"), encoding="utf-8", timeout=30)
    child.expect("Welcome back")
    child.expect("half a second li")
    child.send("ne\r.\r")
    child.expect("Sent, 6 words")


def test_control_c_keeps_the_line_and_says_how_to_go_on_in_one_line(terminal: pexpect.spawn, tmp_path: Path) -> None:
    terminal.send("half a thou")
    terminal.expect("half a thou")
    terminal.sendintr()
    where = re.escape(f" --data-dir {tmp_path / 'data'}")
    terminal.expect(f"Resume with: fourstep resume [0-9a-f]{{6}}{where}\r\n")
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.exitstatus == 130
    (draft,) = (tmp_path / "data").glob("*/draft.txt")
    assert draft.read_text() == "half a thou"


def test_the_end_of_input_ends_the_interview(terminal: pexpect.spawn) -> None:
    terminal.send("My only answer.\r")
    terminal.sendeof()
    terminal.expect("Sent, 3 words")
    terminal.expect("Before you see your score")
    terminal.sendline("70")
    terminal.sendeof()  # says no more
    terminal.expect("Scorecard")


def _until(condition: Callable[[], bool]) -> None:
    """Wait for a condition, with a deadline."""
    import time

    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)
