"""`fourstep report`: every format, to a file or not, and without names and times."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from fourstep.cli import main
from fourstep.files.places import content_folder
from fourstep.settings import Settings
from fourstep.wiring.anonymity import anonymous
from fourstep.wiring.program import Program

EXAMPLE = "20261121-video_recommendation-e0a0b1"
FORMATS = ("text", "markdown", "html", "json")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with the example interview, imported from a file in which the speakers have names."""
    folder = Path(shutil.copytree(content_folder("examples") / EXAMPLE, tmp_path / "data" / EXAMPLE))
    log = folder / "transcript.jsonl"
    started, *events = [json.loads(line) for line in log.read_text().splitlines()]
    head = {key: started[key] for key in ("schema", "seq", "at", "elapsed", "id", "problem", "program")}
    names = {"candidate": "Zoë Quint", "others": ["Rufus Ng"]}
    imported = {**head, **names, "kind": "imported", "source": "zoe.vtt", "format": "WebVTT", "timed": True}
    for event in events:
        if event["kind"] == "spoken":
            event["text"] += " So says Zoë to Rufus Ng."
    log.write_text("".join(json.dumps(event) + "\n" for event in (imported, *events)))
    made = {"schema": "fourstep.review/1", "at": "2026-11-22T09:00:00+01:00", "by": "Zoë"}
    prediction = {**made, "kind": "prediction", "steps": {"frame": 50}, "overall": 50}
    (folder / "reviews.jsonl").write_text(json.dumps(prediction) + "\n")
    return tmp_path / "data"


def report(data: Path, capsys: pytest.CaptureFixture[str], *flags: str) -> str:
    assert main(["--data-dir", str(data), "report", "last", *flags]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("kind", FORMATS)
def test_anonymous_reports_tell_neither_names_nor_times(
    data: Path, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    shown = report(data, capsys, "--format", kind, "--anonymous")
    assert "So says [candidate] to [interviewer]." in shown.replace("\\", "").replace("\n    ", " ").replace("\n", " ")
    secrets = ("Zoë", "Zo\\u00eb", "Rufus", "zoe.vtt", "e0a0b1", "20261121", "2026", "2000-01-01", str(data))
    assert [secret for secret in secrets if secret in shown] == []


@pytest.mark.parametrize("kind", FORMATS)
def test_other_reports_leave_words_as_they_were_said(data: Path, capsys: pytest.CaptureFixture[str], kind: str) -> None:
    assert "Zoë" in report(data, capsys, "--format", kind)


def test_a_page_is_written_to_a_file_and_to_a_folder(data: Path, tmp_path: Path) -> None:
    for output in ("mine.html", "."):
        assert main(["--data-dir", str(data), "report", "last", "--format", "html", "-o", str(tmp_path / output)]) == 0
    assert (tmp_path / "mine.html").read_text() == (tmp_path / f"{EXAMPLE}.html").read_text()


def test_an_anonymous_page_in_a_folder_has_no_telling_name(data: Path, tmp_path: Path) -> None:
    arguments = ["report", "last", "--format", "html", "--anonymous", "-o", str(tmp_path)]
    assert main(["--data-dir", str(data), *arguments]) == 0
    assert (tmp_path / "interview.html").is_file()


def test_the_folder_of_an_anonymous_interview_stands_in_no_command(data: Path) -> None:
    held = Program(Settings(data_dir=data)).held(data / EXAMPLE)
    shown = anonymous(replace(held, where=" --data-dir zoe", drilling=" --problem ads --data-dir zoe"))
    assert (shown.where, shown.drilling) == ("", "")


def test_a_page_of_an_interview_that_is_not_scored_holds_its_turns(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (data / EXAMPLE / "scorecards.jsonl").unlink()
    shown = report(data, capsys, "--format", "html")
    assert "Not scored yet. Score it with: fourstep score" in shown
    assert 'id="C2"' in shown
    assert "<mark>" not in shown
    assert "fourstep score" not in report(data, capsys, "--format", "html", "--anonymous")


@pytest.mark.parametrize(("grader", "plotted"), [("offline", True), ("model", False)])
def test_a_page_plots_the_progress_by_whoever_graded_what_it_shows(
    data: Path, capsys: pytest.CaptureFixture[str], grader: str, plotted: bool
) -> None:
    held = content_folder("examples") / EXAMPLE  # an import counts for nobody's progress
    shutil.copytree(held, data / EXAMPLE, dirs_exist_ok=True)
    earlier = Path(shutil.copytree(held, data / "20261120-video_recommendation-abc123"))
    log = earlier / "transcript.jsonl"
    log.write_text(log.read_text().replace("2026-11-21", "2026-11-20"))
    cards = data / EXAMPLE / "scorecards.jsonl"
    card = json.loads(cards.read_text().splitlines()[-1])
    card["grader"]["kind"] = grader
    cards.write_text(f"{cards.read_text()}{json.dumps(card)}\n")
    assert ('id="the-progress"' in report(data, capsys, "--format", "html")) is plotted


def test_a_page_needs_nothing_but_itself(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = report(data, capsys, "--format", "html")
    assert "default-src 'none'; style-src 'unsafe-inline'; img-src data:" in shown
    assert not any(tag in shown for tag in ("<script", "<link", "<iframe", "<img", "@import", "url("))


def test_help_says_what_anonymous_leaves_in(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["report", "--help"])
    assert "read the report before you pass it on" in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize("kind", FORMATS)
def test_your_own_notes_are_told_only_where_you_ask_for_them(
    data: Path, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    note = {"schema": "fourstep.review/1", "at": "2026-11-22T09:00:00+01:00", "by": ""}
    with (data / EXAMPLE / "reviews.jsonl").open("a") as remarks:
        remarks.write(json.dumps({**note, "kind": "note", "turn": "C2", "text": "I was nervous."}) + "\n")
    assert "I was nervous." not in report(data, capsys, "--format", kind)
    assert "I was nervous." in report(data, capsys, "--format", kind, "--notes")


def test_the_example_has_something_to_teach_in_every_part_of_a_review(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--data-dir", str(tmp_path / "data"), "report", "example"]) == 0
    out = capsys.readouterr().out
    assert "no hire" in out.splitlines()[3].lower()
    for heading in (
        "What would lift you most",
        "Facts you never asked for",
        "What would have changed the verdict",
        "Statements that do not fit together",
        "How the time went",
        "How the interviewer did",
    ):
        assert f"\n{heading}\n" in out
