"""`fourstep doctor` and `fourstep keys`, from the command line to a server and a keyring."""

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fourstep.cli import main
from tests.keyrings import Memory, using
from tests.model_server import MODEL, ModelServer, serving, unused_url

KEY = "sk-0123456789abcdef"


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FOURSTEP_DATA_DIR", str(tmp_path / "data"))


@pytest.fixture(scope="module")
def server() -> Iterator[ModelServer]:
    judged = '{"quote": "a random split would let the future leak into training", "verdict": "yes"}'
    with serving(lambda request: judged if "JSON" in str(request["messages"]) else "one two three") as server:
        yield server


def reported(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, Any]]:
    """The exit code and what is printed as JSON."""
    code = main(["doctor", "--format", "json", *arguments])
    return code, json.loads(capsys.readouterr().out)


def test_without_a_model_it_tells_the_settings_and_how_to_add_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor"]) == 0
    shown = capsys.readouterr().out
    assert "FOURSTEP_DATA_DIR" in shown
    assert "Interviews are kept in" in shown
    assert "To add one: fourstep doctor --model NAME" in shown


def test_every_setting_is_told_with_its_origin(capsys: pytest.CaptureFixture[str]) -> None:
    Path("fourstep.toml").write_text('level = "staff"\n')
    _, report = reported(capsys, "--timeout", "3", "--model", "m", "--offline")
    told = {setting["name"]: (setting["value"], setting["origin"]) for setting in report["settings"]}
    assert report["schema"] == "fourstep.doctor/1"
    assert told["level"] == ("staff", "fourstep.toml")
    assert told["timeout"] == (3.0, "the command line")
    assert told["theme"] == ("auto", "default")


def test_offline_wins_over_a_model(capsys: pytest.CaptureFixture[str]) -> None:
    _, report = reported(capsys, "--model", "m", "--offline")
    assert report["models"] == []


def test_a_model_that_works_is_told_check_by_check(server: ModelServer, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--model", MODEL, "--base-url", server.url]) == 0
    lines = capsys.readouterr().out.splitlines()
    checks = [line for line in lines if line.startswith("  OK")]
    names = ["server", "key", "model", "streaming", "structured output", "grading"]
    assert [line[5:23].strip() for line in checks] == names
    assert f"{MODEL} @ {server.url.split('/')[2]} (interviewer, observer, grader)" in lines


def test_the_same_as_json(server: ModelServer, capsys: pytest.CaptureFixture[str]) -> None:
    code, report = reported(capsys, "--model", MODEL, "--base-url", server.url)
    (model,) = report["models"]
    assert code == 0
    assert (model["model"], model["roles"]) == (MODEL, ["interviewer", "observer", "grader"])
    assert {check["state"] for check in model["checks"]} == {"works"}


@pytest.mark.parametrize(
    ("arguments", "code", "name"),
    [(("--model", "m", "--base-url", unused_url()), 4, "unreachable"), (("--model", "m"), 3, "configuration")],
    ids=["nobody listens", "no key"],
)
def test_the_exit_code_is_that_of_what_fails(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], code: int, name: str
) -> None:
    ended, report = reported(capsys, *arguments)
    assert ended == code
    assert report["models"][0]["checks"][-1]["code"] == name


def test_the_key_is_never_printed(
    server: ModelServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    for kind in ("text", "json"):
        main(["doctor", "--model", MODEL, "--base-url", server.url, "--format", kind])
        shown = "".join(capsys.readouterr())
        assert "sk-…cdef" in shown
        assert KEY not in shown


def test_an_unusable_flag_is_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--base-url", "nowhere"]) == 2
    assert "an address such as" in capsys.readouterr().err


# keys


@pytest.fixture
def memory() -> Iterator[Memory]:
    with using(Memory()) as backend:
        yield backend


def piped(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(text))


@pytest.mark.parametrize(
    ("arguments", "owner"), [((), "openai"), (("anthropic",), "anthropic"), (("ollama",), "127.0.0.1:11434")]
)
def test_a_key_from_a_pipe_goes_into_the_keyring(
    memory: Memory,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    owner: str,
) -> None:
    piped(monkeypatch, f"{KEY}\n")
    assert main(["keys", "set", *arguments]) == 0
    assert memory.kept == {("fourstep", owner): KEY}
    assert KEY not in "".join(capsys.readouterr())


def test_on_a_terminal_the_key_is_asked_for_without_echo(memory: Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("getpass.getpass", lambda prompt: KEY if "openai" in prompt else "")
    assert main(["keys", "set"]) == 0
    assert memory.kept == {("fourstep", "openai"): KEY}


def test_where_nothing_may_be_asked_a_key_must_be_piped(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    assert main(["keys", "set", "--no-input"]) == 2
    assert "Pipe it in" in capsys.readouterr().err


def test_a_key_as_an_argument_is_refused_and_not_repeated(memory: Memory, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["keys", "set", KEY]) == 2
    assert not memory.kept
    assert KEY not in "".join(capsys.readouterr())


def test_a_key_is_removed_and_a_missing_one_is_told(memory: Memory, capsys: pytest.CaptureFixture[str]) -> None:
    memory.kept["fourstep", "openai"] = KEY
    assert main(["keys", "remove"]) == 0
    assert not memory.kept
    assert main(["keys", "remove"]) == 0
    assert capsys.readouterr().out.splitlines() == ["The key for openai is removed.", "There was no key for openai."]


def test_without_a_keyring_the_way_out_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    piped(monkeypatch, KEY)
    assert main(["keys", "set"]) == 3
    assert "OPENAI_API_KEY" in capsys.readouterr().err
