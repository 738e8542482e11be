"""The review in sentences: what is known is said, what is not is said to be so, and nothing is said twice."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from fourstep.cli import main
from fourstep.files.content import LoadedRubric
from fourstep.files.places import content_folder
from fourstep.grading.scorecard import Contradiction, Evidence, Scorecard
from fourstep.problem import Problem
from fourstep.report.document import as_text
from fourstep.report.review import bar_blocks, review_blocks, time_blocks
from fourstep.review.bars import Bar
from fourstep.review.findings import findings_of
from fourstep.review.time_use import time_use
from fourstep.rubric import Rubric
from fourstep.transcript.transcript import Transcript, transcript_of
from tests.interviews import Desk
from tests.report.conftest import EXAMPLE
from tests.review.talks import answers, card_of, talk

RARE = answers("Fraud is about 0.1 percent of all payments.", "The metric is accuracy.")


def text(transcript: Transcript, card: Scorecard | None, rubric: Rubric, problem: Problem | None = None) -> str:
    findings = findings_of((), transcript, card, rubric, problem)
    json.dumps(findings.to_json())
    return " ".join(as_text(review_blocks(findings, rubric)).split())


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    shutil.copytree(content_folder("examples") / EXAMPLE, tmp_path / EXAMPLE)
    return tmp_path


def reported(folder: Path, capsys: pytest.CaptureFixture[str], *flags: str) -> str:
    assert main(["--data-dir", str(folder), "report", EXAMPLE, *flags]) == 0
    return capsys.readouterr().out


def test_a_report_holds_the_review_between_scorecard_and_transcript(
    shipped: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = reported(shipped, capsys)
    headings = ["How this was graded", "How the time went", "How the interviewer did", "Transcript"]
    places = [page.index(f"\n{heading}\n") for heading in headings]
    assert places == sorted(places)
    assert page.count("Facts you never asked for") == 1


def test_the_json_report_holds_the_review(shipped: Path, capsys: pytest.CaptureFixture[str]) -> None:
    review = json.loads(reported(shipped, capsys, "--format", "json"))["review"]
    assert [step["step"] for step in review["time"]["steps"]] == ["frame", "data", "model", "serve", "close"]
    assert set(review) >= {"change", "bars", "attempts", "unasked", "contradictions", "interviewer"}


def test_what_a_file_does_not_tell_is_said_to_be_unknown(rubric: Rubric) -> None:
    told = text(answers("Well."), None, rubric)
    assert "has no times, so minutes are not known" in told
    assert "The candidate said" in told


def test_before_it_was_scored_only_what_needs_no_score_is_there(rubric: Rubric) -> None:
    page = text(RARE, None, rubric)
    assert "What would have changed the verdict" not in page
    assert "Against the bars" not in page
    assert "The metric and the imbalance" in page


def test_a_set_names_levels_and_the_turn_where_it_could_have_been_said(rubric: Rubric) -> None:
    said = talk("Begin.", "Well.", "And the label?", "Hm.", native=True, I3={"aims_at": "defines_label"})
    page = text(said, card_of(rubric, level=2, defines_label=0), rubric)
    assert "any one of these would have done it" in page
    assert "instead of missing (I3 asked about it)" in page


def test_it_says_so_when_no_three_criteria_would_have_done_it(bundled: LoadedRubric) -> None:
    nothing = {criterion.id: 0 for criterion in bundled.rubric.criteria}
    page = text(answers("Well."), card_of(bundled.rubric, **nothing), bundled.rubric)
    assert "no three criteria would have done it; the score lacks 33.0 points" in page


def test_what_was_found_at_grading_is_not_looked_for_again(rubric: Rubric) -> None:
    graded = card_of(rubric).model_copy(update={"contradictions": ()})
    assert "do not fit together" not in text(RARE, graded, rubric)
    assert "do not fit together" in text(RARE, card_of(rubric), rubric)


def test_who_found_a_contradiction_is_told(rubric: Rubric) -> None:
    one = Contradiction(
        kind="cost_latency",
        first=Evidence(turn="C2", quote="Within 50 ms."),
        second=Evidence(turn="C4", quote="Through all of it."),
        why="It takes longer.",
        by="model",
    )
    page = text(RARE, card_of(rubric).model_copy(update={"contradictions": (one,)}), rubric)
    assert "It takes longer. (Found by the model that graded.)" in page


def test_a_flawless_interviewer_is_told_so(rubric: Rubric) -> None:
    assert "nothing was given away" in text(answers("Well."), None, rubric)


def test_a_distance_that_rounds_to_none_is_just_below_the_bar(rubric: Rubric) -> None:
    one = Bar("staff", 68, -0.04, "lean no hire", True, 2.0, 1.0, ())
    row = as_text(bar_blocks((one,), rubric))
    assert "68 % just below   lean no hire" in row
    assert "-0.0" not in row


@pytest.mark.parametrize(
    ("lacking", "told"), [(0.4, "1 single level is missing"), (3.2, "4 single levels are missing")]
)
def test_levels_that_are_missing_are_counted(rubric: Rubric, lacking: float, told: str) -> None:
    one = Bar("staff", 68, -9, "no hire", False, 2.0, lacking, ())
    assert f"About {told} to it." in as_text(bar_blocks((one,), rubric))


@pytest.mark.parametrize(("points", "told"), [(1, "1 point more than mid"), (7, "7 points more than mid")])
def test_what_a_bar_asks_on_top_is_counted(rubric: Rubric, points: float, told: str) -> None:
    lower = Bar("mid", 60, -9, "no hire", False, 1.8, 4.0, ())
    assert told in as_text(bar_blocks((lower, replace(lower, level="senior", bar=60 + points)), rubric))


@pytest.mark.parametrize(("said", "told"), [(("Well.",), "1 in 1 turn, "), (("Well.", "So."), "2 in 2 turns, ")])
def test_turns_are_counted(rubric: Rubric, said: tuple[str, ...], told: str) -> None:
    assert told in text(answers(*said), None, rubric)


def test_minutes_that_were_added_are_told_as_all_times_are(desk: Desk, rubric: Rubric) -> None:
    desk.start()
    desk.interview.extend(163.4 / 60)
    log = desk.log.events
    told = " ".join(as_text(time_blocks(time_use(log, transcript_of(log), rubric), rubric)).split())
    assert "0:00 minutes were used; 45:00 were planned, and 2:43 were added." in told
