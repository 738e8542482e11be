"""What the tests share: a small rubric and problem of their own, the bundled ones, and a closed network."""

import os
import socket
from functools import cache
from pathlib import Path
from typing import Any

import httpx2
import pytest

from fourstep.files import yaml_source
from fourstep.files.content import DEFAULT_RUBRIC, Library, LoadedRubric, read_rubric
from fourstep.files.places import content_folder
from fourstep.files.yaml_source import read_model
from fourstep.problem import Problem
from fourstep.rubric import Rubric
from tests.interviews import Desk

SAMPLES = Path(__file__).parent / "samples"

httpx2.alias_httpx()  # openai speaks through httpx2, which respx intercepts only under its older name


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only loopback may be reached."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test tried to reach {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def _no_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test reads or writes the home, the settings or the keyring of whoever runs it."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for name in list(os.environ):
        if name.startswith(("XDG_", "FOURSTEP_", "OPENAI_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")


@pytest.fixture(scope="session", autouse=True)
def _each_text_is_read_once() -> None:
    """Models are frozen: tests of one worker share what the same text was read as, which takes half a second."""
    yaml_source.parse_model = cache(yaml_source.parse_model)


@pytest.fixture(scope="session")
def rubric() -> Rubric:
    """A rubric of two checks a criterion, so that rules are seen and not content."""
    return read_model(SAMPLES / "rubric.yaml", Rubric)


@pytest.fixture(scope="session")
def problem() -> Problem:
    """A problem with three facts."""
    return read_model(SAMPLES / "problem.yaml", Problem)


@pytest.fixture(scope="session")
def bundled() -> LoadedRubric:
    """The rubric that the product ships."""
    return read_rubric(content_folder("rubrics") / DEFAULT_RUBRIC)


@pytest.fixture(scope="session")
def library() -> Library:
    """The problems that the product ships."""
    return Library()


@pytest.fixture
def desk(rubric: Rubric, problem: Problem) -> Desk:
    """An interview about to begin, on the small rubric, with a clock that the test moves."""
    return Desk(rubric, problem)
