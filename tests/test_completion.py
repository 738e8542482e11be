"""`fourstep completion`: what is offered at each place of a command line."""

import subprocess
import sys
from pathlib import Path

import pytest

from fourstep.cli import main

IDS = ("20261126-video_recommendation-a0a0b5", "20261101-ad_click_prediction-77c3f1")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with two interviews, of which completion sees the names only."""
    for name in (*IDS, ".trash", "20261103-$(touch evil)-123456"):
        (tmp_path / name).mkdir()
    return tmp_path


@pytest.fixture
def offered(data: Path, capsys: pytest.CaptureFixture[str]) -> "Offered":
    return Offered(data, capsys)


class Offered:
    """The words that are offered for a line, and what each is said to be."""

    def __init__(self, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._data = data
        self._capsys = capsys

    def __call__(self, line: str) -> dict[str, str]:
        assert main(["__complete", "--data-dir", str(self._data), *line.split(" ")]) == 0
        rows = self._capsys.readouterr().out.splitlines()
        return dict(row.split("\t") for row in rows)


def test_commands_are_offered_with_what_they_do(offered: Offered) -> None:
    assert offered("re")["report"] == "print an interview's scorecard and transcript"
    assert set(offered("re")) >= {"report", "review", "resume"}
    assert "__complete" not in offered("")


@pytest.mark.parametrize(
    "line", ["report ", "review ", "delete -y ", "compare last ", "score last ", "report --format html "]
)
def test_interviews_are_offered_with_their_day_and_problem(offered: Offered, line: str) -> None:
    shown = offered(line)
    assert shown["last"] == "the newest"
    assert shown[IDS[0]] == "2026-11-26, video recommendation"
    assert list(shown)[1:] == list(IDS)


def test_an_interview_is_completed_by_its_short_name(offered: Offered) -> None:
    assert list(offered("report 77")) == ["77c3f1"]
    assert list(offered("report 202611")) == list(IDS)


def test_what_a_shell_would_run_is_never_offered(offered: Offered) -> None:
    assert not any("$" in word for word in offered("report 20"))


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("report last --fo", ["--format"]),
        ("report --format h", ["html"]),
        ("report --format=h", ["--format=html"]),
        ("interview ad", ["ad_click_prediction"]),
        ("interview --level s", ["senior", "staff"]),
        ("score x --problem video_r", ["video_recommendation"]),
        ("problems sh", ["show"]),
        ("problems show ad", ["ad_click_prediction"]),
        ("--theme l", ["light"]),
        ("completion f", ["fish"]),
    ],
)
def test_flags_choices_and_problems_are_offered(offered: Offered, line: str, words: list[str]) -> None:
    assert list(offered(line)) == words


def test_problems_of_ones_own_are_offered_too(offered: Offered, data: Path) -> None:
    (data / "problems").mkdir()
    (data / "problems" / "hotel_ranking.yaml").touch()
    assert list(offered("interview hot")) == ["hotel_ranking"]


@pytest.mark.parametrize(
    "line", ["check ", "report last -o ", "nonsense x", "report last too_much ", "interview --minutes 4"]
)
def test_where_the_program_knows_nothing_the_shell_offers_files(offered: Offered, line: str) -> None:
    assert offered(line) == {}


def test_models_are_those_that_are_set_and_those_that_were_used(
    offered: Offered, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (data / ".models").write_text("qwen3:8b @ 127.0.0.1:11434\ngpt-x\n")
    monkeypatch.setenv("FOURSTEP_MODEL", "gpt-y")
    assert offered("interview --model ") == {"gpt-y": "as set", "qwen3:8b": "127.0.0.1:11434", "gpt-x": ""}


def test_a_folder_that_is_not_there_offers_nothing_and_is_not_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["__complete", "--data-dir", str(tmp_path / "none"), "report", ""]) == 0
    assert capsys.readouterr().out == ""
    assert not (tmp_path / "none").exists()


def test_a_press_loads_nothing_heavy(data: Path) -> None:
    script = "import sys; from fourstep.cli import main; main(sys.argv[1:]); print(*sys.modules)"
    words = ["__complete", "--data-dir", str(data), "report", ""]
    shown = subprocess.run([sys.executable, "-c", script, *words], capture_output=True, text=True, check=True).stdout
    heavy = {"pydantic", "yaml", "sqlite3", "textual", "langchain_core", "openai", "socket", "asyncio"}
    assert not heavy & set(shown.splitlines()[-1].split())


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_each_script_says_where_it_belongs(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", shell]) == 0
    first = capsys.readouterr().out.splitlines()[0]
    assert first.startswith("# fourstep completion for")
    assert f"fourstep completion {shell}" in first
