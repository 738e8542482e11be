"""Completion in real shells, each with a Tab or with its own word for it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

from tests.end_to_end.program import environment

ID = "20261126-video_recommendation-a0a0b5"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with an interview and a file, and the program's name on the way to it."""
    (tmp_path / "data" / ID).mkdir(parents=True)
    (tmp_path / "notes.txt").write_text("")
    program = tmp_path / "bin" / "fourstep"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m fourstep "$@"\n')
    program.chmod(0o755)
    return tmp_path


def surroundings(place: Path) -> dict[str, str]:
    known = environment(place)
    return known | {"PATH": f"{place / 'bin'}:{known['PATH']}", "FOURSTEP_DATA_DIR": str(place / "data"), "PS1": "$ "}


def needs(shell: str) -> str:
    path = shutil.which(shell)
    if path is None:
        pytest.skip(f"There is no {shell} on this machine.")
    return path


@pytest.mark.parametrize(
    ("line", "completed"),
    [
        ("fourstep repo", ["report"]),
        ("fourstep report 2026", [ID]),
        ("fourstep report a0", ["a0a0b5"]),
        ("fourstep report --format=h", ["html"]),
        ("fourstep report last --fo", ["--format"]),
        ("fourstep check no", []),
    ],
)
def test_bash_is_given_what_may_stand_at_the_cursor(place: Path, line: str, completed: list[str]) -> None:
    script = (
        'eval "$(fourstep completion bash)"; COMP_LINE=$1; COMP_POINT=${#1}; _fourstep fourstep; '
        'for word in "${COMPREPLY[@]}"; do echo "$word"; done'
    )
    ran = subprocess.run(
        [needs("bash"), "--norc", "-c", script, "bash", line],
        capture_output=True,
        text=True,
        env=surroundings(place),
        cwd=place,
        timeout=60,
        check=True,
    )
    assert (ran.stdout.split(), ran.stderr) == (completed, "")


@pytest.mark.parametrize(
    ("typed", "becomes"),
    [
        ("fourstep report 2026\t", ID),
        ("fourstep report --format=h\t", "--format=html"),
        ("fourstep check no\t", "notes.txt"),
    ],
)
@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_a_tab_completes_the_line(place: Path, shell: str, typed: str, becomes: str) -> None:
    (place / ".zshrc").write_text('autoload -Uz compinit; compinit -u -D; PS1="$ "\n')
    bare = {"bash": ["--norc", "--noprofile", "-i"], "zsh": ["-i"]}[shell]
    terminal = pexpect.spawn(needs(shell), bare, env=surroundings(place), cwd=str(place), encoding="utf-8", timeout=60)
    terminal.sendline(f'eval "$(fourstep completion {shell})"; echo rea""dy')
    terminal.expect("ready\r\n")
    terminal.send(typed)
    terminal.expect_exact(becomes)
    terminal.close(force=True)


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("fourstep report 2026", f"{ID}\t2026-11-26, video recommendation\n"),
        ("fourstep report --format=h", "--format=html\n"),
        ("fourstep check no", "notes.txt\n"),
    ],
)
def test_fish_shows_what_each_word_is(place: Path, line: str, shown: str) -> None:
    script = f"fourstep completion fish | source; complete -C '{line}'"
    ran = subprocess.run(
        [needs("fish"), "--no-config", "-c", script],
        capture_output=True,
        text=True,
        env=surroundings(place) | {"XDG_DATA_HOME": os.fspath(place)},
        cwd=place,
        timeout=60,
        check=True,
    )
    assert ran.stdout == shown
