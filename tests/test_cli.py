"""The command line: what goes where, and with which exit code."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from fourstep.cli import main
from fourstep.files.content import DEFAULT_RUBRIC
from fourstep.files.places import content_folder
from tests.conftest import SAMPLES

TALK = """---
id: talk-1
problem: ad_click_prediction
---

**Interviewer:** How would you predict clicks on ads?

**Candidate:** How many users are there, what is the latency budget, and which metric does the business care about?

**Interviewer:** 120 million users, 30 milliseconds, revenue.

**Candidate:** Revenue is the goal, and people should keep coming back, so I predict the probability that a user
clicks an ad: binary classification, because the auction multiplies the number with the bid. I would first ship a
logistic regression, since it trains in minutes and shows what each feature is worth, and add trees only when they
beat it by one percent in log loss. Clicks within thirty minutes are positives, impressions without one are
negatives. I would split by time, so that the future does not leak into training.
"""


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    path = tmp_path / "talk.md"
    path.write_text(TALK)
    return path


def call(tmp_path: Path, *arguments: str) -> int:
    return main(["--data-dir", str(tmp_path / "data"), *arguments])


def test_help_imports_nothing_heavy() -> None:
    script = (
        "import sys, fourstep.cli\ntry: fourstep.cli.main(['--help'])\nexcept SystemExit: pass\nprint(*sys.modules)"
    )
    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert "hold an interview" in shown
    loaded = set(shown.splitlines()[-1].split())
    assert not loaded & {"textual", "langchain_core", "openai", "pydantic", "yaml", "sqlite3"}


def test_help_wraps_at_eighty(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["score", "--help"])
    assert all(len(line) <= 80 for line in capsys.readouterr().out.splitlines())


def test_score_prints_json_as_published(talk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(tmp_path, "score", str(talk), "--format", "json") == 0
    (card,) = json.loads(capsys.readouterr().out)
    assert list(card)[:5] == ["schema", "transcript", "problem", "level", "rubric"]
    assert (card["schema"], card["transcript"], card["grader"]["kind"]) == ("fourstep.scorecard/1", "talk-1", "offline")
    assert len(card["criteria"]) == 21
    quotes = [(e["turn"], e["quote"]) for judgement in card["criteria"] for e in judgement["evidence"]]
    assert quotes
    assert all(" ".join(quote.split()) in " ".join(TALK.split()) for _, quote in quotes)


def test_a_failed_input_takes_its_place_and_the_rest_is_delivered(
    talk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(tmp_path, "score", str(tmp_path / "none.md"), str(talk), "--format", "json") == 6
    out, err = capsys.readouterr()
    failed, card = json.loads(out)
    assert (failed["schema"], failed["transcript"], failed["code"]) == ("fourstep.error/1", "none", "not_found")
    assert card["transcript"] == "talk-1"
    assert "none.md" in err


def test_several_inputs_are_written_to_a_folder(talk: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.md"
    other.write_text(TALK)
    out = tmp_path / "out"
    assert call(tmp_path, "score", str(talk), str(other), "--format", "markdown", "-o", str(out)) == 0
    assert sorted(path.name for path in out.iterdir()) == ["other.md", "talk.md"]


def test_scoring_a_file_writes_nothing_else(talk: Path, tmp_path: Path) -> None:
    call(tmp_path, "score", str(talk))
    assert [path.name for path in tmp_path.iterdir()] == ["talk.md"]


def test_too_short_a_transcript_is_finished_but_incomplete(tmp_path: Path) -> None:
    short = tmp_path / "short.md"
    short.write_text("Candidate: hello there")
    assert call(tmp_path, "score", str(short)) == 6


def test_what_was_not_graded_says_why_and_nothing_of_how_it_was_graded(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    short = tmp_path / "short.md"
    short.write_text("Candidate: hello there")
    call(tmp_path, "score", str(short))
    shown = " ".join(capsys.readouterr().out.split())
    assert "Not graded. The candidate said 2 words; under 100 nothing is graded." in shown
    assert "A scorecard without a grade is not kept." in shown
    assert "signals" not in shown
    assert "off by" not in shown


def test_fail_under(talk: Path, tmp_path: Path) -> None:
    assert call(tmp_path, "score", str(talk), "--fail-under", "99") == 8
    assert call(tmp_path, "score", str(talk), "--fail-under", "1") == 0


def test_names_can_be_given(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    named = tmp_path / "named.md"
    named.write_text(TALK.replace("Interviewer", "Ada").replace("Candidate", "Bob"))
    arguments = ("--candidate", "Bob", "--interviewer", "Ada", "--format", "json")
    assert call(tmp_path, "score", str(named), *arguments) == 0
    assert len(json.loads(capsys.readouterr().out)[0]["criteria"]) == 21


def test_markup_in_answers_stays_text_in_every_format(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hostile = tmp_path / "hostile.md"
    hostile.write_text(TALK.replace("logistic regression", "logistic <b>regression</b> [/b] \x1b[31m‮ `rm`"))
    for kind in ("text", "markdown", "json"):
        call(tmp_path, "score", str(hostile), "--format", kind)
        shown = capsys.readouterr().out
        assert "\x1b" not in shown
        assert kind == "json" or "‮" not in shown
        assert kind != "markdown" or "<b>" not in shown


def test_a_review_without_a_terminal_names_the_command_that_reads_it_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = "20261121-video_recommendation-e0a0b1"
    shutil.copytree(content_folder("examples") / name, tmp_path / "data" / name)
    assert call(tmp_path, "review", "e0a0b1") == 2
    instead = f"report e0a0b1 --data-dir {tmp_path / 'data'}"
    assert f"needs a terminal. Read it with: fourstep {instead}\n" in capsys.readouterr().err
    assert call(tmp_path, *instead.split()[:2]) == 0


def test_flags_work_before_and_after_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", "--data-dir", str(tmp_path / "a")]) == 0
    assert main(["--data-dir", str(tmp_path / "a"), "list"]) == 0
    assert "No interviews yet" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("interview", "nothing_such"), 9, "There is no problem 'nothing_such'"),
        (("interview", "ad", "--steps", "frame,cook"), 2, "There is no step 'cook'"),
        (("interview", "--no-input"), 2, "needs a terminal. Use --plain."),
        (("interview", "--plain", "--no-input"), 2, "Which problem?"),
        ((), 2, "needs a terminal. Use a command, such as: fourstep list"),
        (("interview", "nowhere.yaml", "--plain"), 9, "There is no file nowhere.yaml"),
        (("--config", "nowhere.toml", "list"), 9, "There is no settings file nowhere.toml"),
        (("--data-dir", __file__, "list"), 1, "is a file, or lies below one. Name a folder with --data-dir."),
        (("demo",), 2, "needs a terminal. Without one, hold an interview line by line: fourstep interview --plain"),
        (("resume",), 9, "No interview is interrupted"),
        (("report", "abc"), 9, "There is no interview 'abc'"),
        (("delete", "abc"), 9, "There is no interview 'abc'"),
        (("calibrate", "nowhere"), 9, "There is no labels.yaml in nowhere"),
        (("score", "nowhere"), 6, "There is no interview 'nowhere'"),
        (("check", "nowhere.yaml"), 7, "nowhere.yaml: does not exist"),
        (("check", "a" * 300), 7, "cannot be read (File name too long)"),
        (("problems", "show", "nothing_such"), 9, "There is no problem"),
        (("score", "x", "--rubric", "nowhere"), 6, "There is no"),
    ],
)
def test_what_cannot_be_done_is_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], code: int, says: str
) -> None:
    assert call(tmp_path, *arguments) == code
    out, err = capsys.readouterr()
    assert says in out + err
    assert "Traceback" not in out + err


def test_a_broken_problem_is_refused_with_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "mine.yaml"
    broken.write_text((SAMPLES / "problem.yaml").read_text().replace("facts:", "fakts:"))
    assert call(tmp_path, "interview", str(broken), "--plain") == 7
    assert f"{broken}:5: fakts: extra inputs are not permitted" in capsys.readouterr().err


def test_check_names_every_fault_and_passes_what_is_good(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(tmp_path, "check", str(SAMPLES / "rubric.yaml")) == 0
    assert "good" in capsys.readouterr().out
    assert call(tmp_path, "check", str(SAMPLES / "problem.yaml")) == 7
    assert f"{SAMPLES / 'problem.yaml'}:25: strong: there is no criterion 'asks_first'" in capsys.readouterr().out


def test_faults_of_a_rubric_stand_behind_the_line_of_their_criterion(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = Path(shutil.copytree(content_folder("rubrics") / DEFAULT_RUBRIC, tmp_path / "mine"))
    written = (folder / "data.yaml").read_text()
    line = written[: written.index("- id: plans_labels")].count("\n") + 1
    rest = written[written.index("- id: plans_labels") :].replace("topic: [", "topic: [nothing_such, ", 1)
    (folder / "data.yaml").write_text(written[: written.index("- id: plans_labels")] + rest)
    assert call(tmp_path, "check", str(folder)) == 7
    fault = "plans_labels: topic names an unknown concept 'nothing_such'."
    assert capsys.readouterr().out == f"{folder / 'data.yaml'}:{line}: {fault}\n"


def test_transcripts_are_checked_as_transcripts(talk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    nameless, empty = tmp_path / "nameless.md", tmp_path / "empty.md"
    nameless.write_text("We would rank the ads by what a click is worth.\n")
    empty.write_text("")
    assert call(tmp_path, "check", str(talk), str(nameless)) == 0
    assert capsys.readouterr().out == f"{talk}: good\n{nameless}: can be imported, and does not say who speaks\n"
    assert call(tmp_path, "check", str(empty)) == 7
    assert capsys.readouterr().out == "empty.md is empty. Export it again.\n"


def test_problems_never_shows_facts_or_answers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call(tmp_path, "problems", "show", "ad_click")
    shown = capsys.readouterr().out
    assert "feed" in shown
    assert "120 million" not in shown


def test_a_setting_of_the_environment_is_overruled_by_a_flag(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FOURSTEP_DATA_DIR", str(tmp_path / "wrong"))
    call(tmp_path, "list")
    assert not (tmp_path / "wrong").exists()


def test_a_bad_setting_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FOURSTEP_LEVEL", "wizard")
    assert call(tmp_path, "list") == 2
    assert "The setting 'level' is not usable" in capsys.readouterr().err


def test_calibrate_prints_the_figures(tmp_path: Path, talk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "labels.yaml").write_text("talk:\n  kind: plain\n  levels: {frames_ml_task: 2, plans_labels: 2}\n")
    assert call(tmp_path, "calibrate", str(tmp_path)) == 0
    shown = capsys.readouterr().out
    for name in (
        "all criteria",
        "95 % interval",
        "length only",
        "each transcript's mean",
        "withheld",
        "frames_ml_task",
    ):
        assert name in shown


def test_a_fault_of_the_program_itself_is_no_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from fourstep.commands import problems

    def broken(_: object) -> int:
        raise RuntimeError("oh")

    monkeypatch.setattr(problems, "run", broken)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    assert call(tmp_path, "problems") == 70
    err = capsys.readouterr().err
    assert "Traceback" not in err
    assert "fault of its own" in err


def test_two_inputs_of_one_name_keep_both_reports(talk: Path, tmp_path: Path) -> None:
    twin = tmp_path / "other" / "talk.md"
    twin.parent.mkdir()
    twin.write_text(TALK)
    call(tmp_path, "score", str(talk), str(twin), "-o", str(tmp_path / "out"))
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["talk-2.txt", "talk.txt"]


def test_the_markdown_report_shows_every_mark_as_it_was_typed(
    talk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    talk.write_text(TALK.replace("I would first ship", "- a [link](x) &lt; 1. I would first ship"))
    call(tmp_path, "score", str(talk), "--format", "markdown")
    shown = capsys.readouterr().out
    assert "](x)" not in shown
    assert "&lt;" not in shown.replace("\\&lt;", "")
