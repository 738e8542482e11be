"""`fourstep progress`, `drill` and `plan`, as they are typed."""

import csv
import io
import json
import re
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from fourstep.cli import main
from fourstep.files.content import Library, LoadedRubric
from fourstep.files.places import content_folder
from fourstep.wiring.program import Program
from tests.practice.test_practice import ANSWER, EXAMPLE


@pytest.fixture(autouse=True)
def _content_read_once(bundled: LoadedRubric, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Program, "loaded", bundled)
    monkeypatch.setattr(Program, "library", library)


@pytest.fixture
def data(tmp_path: Path) -> str:
    folder = tmp_path / "transcripts"
    shutil.copytree(content_folder("examples") / EXAMPLE, folder / EXAMPLE)
    return str(folder)


def answer_again(data: str) -> None:
    """A second interview, scored as the example was, that answers it again a week later."""
    fork = EXAMPLE.replace("e0a0b1", "e0a0b2")
    shutil.copytree(Path(data) / EXAMPLE, Path(data) / fork)
    log = Path(data) / fork / "transcript.jsonl"
    started, *rest = log.read_text().splitlines(keepends=True)
    later = json.loads(started) | {"id": fork, "at": "2026-11-28T09:00:00Z", "parent": EXAMPLE}
    log.write_text(json.dumps(later) + "\n" + "".join(rest))


def said(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(text))


def test_progress_is_a_table(data: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data-dir", data, "progress"]) == 0
    printed = capsys.readouterr().out
    assert "1 interview graded offline" in printed
    assert "Overall                             98" in printed
    assert "mean of last 3" in printed
    assert "Missed most often in the last interview" in printed


def test_what_answers_an_interview_again_is_no_second_one_and_that_is_said(
    data: str, capsys: pytest.CaptureFixture[str]
) -> None:
    answer_again(data)
    left_out = "1 interview that answers another one again is left out."
    by = (datetime.now().astimezone() + timedelta(days=30)).date().isoformat()
    assert main(["--data-dir", data, "progress"]) == 0
    assert main(["--data-dir", data, "plan", "--by", by]) == 0
    progress, plan = " ".join(capsys.readouterr().out.split()).split("Plan to")
    assert "1 interview graded offline" in progress
    assert left_out in progress
    assert "It rests on 1 scored interview," in plan
    assert left_out in plan


def test_progress_as_json_and_csv_hold_the_same_points(data: str, capsys: pytest.CaptureFixture[str]) -> None:
    main(["--data-dir", data, "progress", "--format", "json"])
    [series] = json.loads(capsys.readouterr().out)["series"]
    lines = [series["overall"], *series["steps"], *series["criteria"]]
    assert {line["mean_of_last_3"] for line in lines} == {line["points"][0]["value"] for line in lines}
    main(["--data-dir", data, "progress", "--format", "csv"])
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert {row["id"]: float(row["value"]) for row in rows} == pytest.approx(
        {line["id"]: line["points"][0]["value"] for line in lines}, abs=0.001
    )


def test_progress_before_the_first_score_says_how_to_begin(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data-dir", str(tmp_path / "new"), "progress"]) == 0
    assert "fourstep interview" in capsys.readouterr().out


def test_progress_of_an_unknown_grader_is_a_sentence(data: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data-dir", data, "progress", "--grader", "nobody"]) == 9
    assert "'nobody' graded no interview. Graders are: offline." in capsys.readouterr().err


def test_a_drill_in_a_pipe_asks_grades_and_says_when_it_comes_again(
    data: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    said(monkeypatch, f"{ANSWER}\n")
    assert main(["--data-dir", data, "drill", "prevents_leakage"]) == 0
    printed = capsys.readouterr().out
    assert printed.index("Interviewer: ") < printed.index("Prevents leakage: ") < printed.index("A strong answer here")
    assert "Again in " in printed
    main(["--data-dir", data, "drill", "--list"])
    assert "prevents_leakage" in capsys.readouterr().out


def test_the_strong_answer_is_not_shown_before_there_is_an_answer(
    data: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    said(monkeypatch, "")
    assert main(["--data-dir", data, "drill", "prevents_leakage"]) == 0
    assert "A strong answer" not in capsys.readouterr().out


def test_what_is_due_is_drilled_one_after_another(
    data: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    said(monkeypatch, "1. Frame: requirements\n2. Data: labels\n")
    assert main(["--data-dir", data, "drill"]) == 0
    printed = capsys.readouterr().out
    assert "1 drill is due, about 5 minutes." in printed
    assert "That is enough for today." in printed
    said(monkeypatch, "")
    main(["--data-dir", data, "drill"])
    assert "No drill is due today. The next drill is due tomorrow." in capsys.readouterr().out


def test_a_drill_that_is_left_keeps_what_was_typed_and_is_not_sent_by_an_empty_pipe(
    data: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    said(monkeypatch, "half of a thought\n/end\n")
    main(["--data-dir", data, "drill", "prevents_leakage"])
    assert "It is left for later." in capsys.readouterr().out
    for _ in range(2):
        said(monkeypatch, "")
        main(["--data-dir", data, "drill", "prevents_leakage"])
        printed = capsys.readouterr().out
        assert "half of a thought" in printed
        assert "graded" not in printed


def test_a_session_without_interviews_says_where_drills_come_from(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(tmp_path / "new")
    assert main(["--data-dir", folder, "drill"]) == 0
    printed = capsys.readouterr().out
    assert "drills come from what interviews missed" in printed
    assert f"fourstep drill framework --data-dir {folder}\n" in printed


def test_escape_codes_in_an_answer_do_not_reach_the_terminal(
    data: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    said(monkeypatch, f"{ANSWER} \x1b[2J\x1b]0;owned\x07\n")
    main(["--data-dir", data, "drill", "prevents_leakage"])
    assert "\x1b" not in capsys.readouterr().out


def test_bytes_that_are_no_text_are_drilled_as_question_marks(
    data: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"requirements \xff\n"), encoding="utf-8"))
    assert main(["--data-dir", data, "drill", "framework"]) == 0
    assert "recalled" in capsys.readouterr().out


@pytest.mark.parametrize("format_", ["text", "markdown", "json"])
def test_a_plan_is_printed(data: str, capsys: pytest.CaptureFixture[str], format_: str) -> None:
    by = (datetime.now().astimezone() + timedelta(days=30)).date().isoformat()
    assert main(["--data-dir", data, "plan", "--by", by, "--format", format_]) == 0
    printed = capsys.readouterr().out
    assert "fourstep drill" in printed
    assert ("weeks" if format_ == "json" else "Week 4") in printed


@pytest.mark.parametrize(
    ("by", "sentence"), [("soon", "'soon' is no date. Write it as"), ("2020-01-01", "1 January 2020 is past.")]
)
def test_a_date_that_cannot_be_planned_to_is_a_sentence(
    data: str, capsys: pytest.CaptureFixture[str], by: str, sentence: str
) -> None:
    assert main(["--data-dir", data, "plan", "--by", by]) == 2
    assert sentence in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["list"], ["progress"], ["drill"]])
def test_what_to_begin_with_is_told_with_the_folder_that_was_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    folder = tmp_path / "my talks"
    assert main(["--data-dir", str(folder), *arguments]) == 0
    assert f"fourstep interview --data-dir '{folder}'" in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize("format_", ["text", "json"])
def test_what_is_planned_is_begun_in_the_folder_that_was_named(
    data: str, capsys: pytest.CaptureFixture[str], format_: str
) -> None:
    by = (datetime.now().astimezone() + timedelta(days=9)).date().isoformat()
    assert main(["--data-dir", data, "plan", "--by", by, "--format", format_]) == 0
    printed = " ".join(capsys.readouterr().out.split())
    assert f"fourstep drill --data-dir {data}" in printed
    assert len(re.findall(r"fourstep (?:drill|interview)", printed)) == printed.count(f" --data-dir {data}")


def test_a_drill_that_may_not_ask_is_refused(data: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data-dir", data, "--no-input", "drill", "framework"]) == 2
    refused = capsys.readouterr().err
    assert "--no-input forbids that" in refused
    assert f"fourstep drill --list --data-dir {data}" in refused
