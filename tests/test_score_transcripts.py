"""`fourstep score` of transcripts whose speakers and problems are told on the command line."""

import json
from pathlib import Path

import pytest

from fourstep.cli import main
from fourstep.files.store import Store
from fourstep.transcript.transcript import transcript_of
from tests.test_cli import TALK
from tests.test_import_command import ANSWER

NAMED = TALK.replace("Interviewer", "Grace Kim").replace("Candidate", "Tom Bauer")


def call(tmp_path: Path, *arguments: str) -> int:
    return main(["--data-dir", str(tmp_path / "data"), *arguments])


def quotes(tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    (tmp_path / "talk.md").write_text(text)
    assert call(tmp_path, "score", str(tmp_path / "talk.md"), "--format", "json", *arguments) == 0
    (card,) = json.loads(capsys.readouterr().out)
    return " ".join(e["quote"] for judgement in card["criteria"] for e in judgement["evidence"])


@pytest.mark.parametrize("told", [("--candidate", "Tom Bauer"), ("--candidate", "tom"), ("--interviewer", "Grace Kim")])
def test_who_else_speaks_is_the_interviewer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], told: tuple[str, str]
) -> None:
    mine = NAMED.replace("120 million users, 30 milliseconds", "I split by time, and so on")
    found = quotes(tmp_path, mine, capsys, *told)
    assert "split by time, so that the future does not" in found
    assert "I split by time, and so on" not in found


def test_a_name_that_nobody_has_is_refused_with_those_who_speak(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "talk.md").write_text(NAMED)
    assert call(tmp_path, "score", str(tmp_path / "talk.md"), "--candidate", "Ada") == 6
    assert "Nobody called 'Ada' speaks. Those who speak are: Grace Kim, Tom Bauer." in capsys.readouterr().err


def test_a_problem_is_told_by_the_beginning_of_its_name_and_an_unknown_one_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "talk.md"
    path.write_text(TALK)
    assert call(tmp_path, "score", str(path), "--problem", "visual", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)[0]["problem"] == "visual_search"
    assert call(tmp_path, "score", str(path), "--problem", "bogus") == 6
    assert "There is no problem 'bogus'" in capsys.readouterr().err


def test_an_import_is_scored_on_the_problem_that_is_told_and_stays_about_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "talk.md"
    page.write_text(f"Interviewer: Design ad click prediction.\n\nCandidate: {ANSWER} {ANSWER}\n")
    assert call(tmp_path, "import", str(page)) == 0
    (key,) = Store(tmp_path / "data").ids()
    assert call(tmp_path, "import", str(page), "--problem", "visual") == 0
    assert f"fourstep score {key[-6:]} --problem visual" in capsys.readouterr().out
    assert call(tmp_path, "score", key, "--problem", "visual") == 0
    assert call(tmp_path, "score", key) == 0
    saved = Store(tmp_path / "data").read(tmp_path / "data" / key)
    transcript = transcript_of(saved.events)
    assert (transcript.problem, transcript.problem_guessed) == ("visual_search", False)
    assert [card.problem for card in Store(tmp_path / "data").scorecards(saved.folder)] == ["visual_search"] * 2
    assert call(tmp_path, "list", "--format", "json") == 0
    assert '"problem": "visual_search"' in capsys.readouterr().out


def test_an_interview_that_was_held_here_keeps_its_problem(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(tmp_path, "score", "example", "--problem", "visual") == 6
    assert "was held here, on its own problem" in capsys.readouterr().err
