"""Contradictions that a model sees: what counts of a reply, what it costs, and what becomes of failures."""

from pathlib import Path
from typing import Any

import pytest

from fourstep.errors import ReplyError, UnreachableError
from fourstep.files.prompts import read_prompts
from fourstep.files.reply_cache import ReplyCache
from fourstep.llm.contradictions import contradictions_in
from fourstep.llm.grader import ModelGrader
from fourstep.problem import Problem
from fourstep.rubric import Rubric
from fourstep.transcript.transcript import Transcript, Turn
from tests.llm.replies import PADDING, Script, ScriptedModel, obliging, reply, scripted, verdict

LATE = "A parcel counts as lost once nobody has claimed it for eight weeks."
OFTEN = "The model learns from everything of the last hour, every hour."
RARE, ACCURATE = "Fraud is one in a thousand.", "I measure accuracy offline."


def interview(*answers: str) -> Transcript:
    said = [Turn(2 * n + 1, "candidate", answer) for n, answer in enumerate((PADDING, *answers))]
    asked = [Turn(2 * n + 2, "interviewer", "And then?") for n in range(len(said))]
    return Transcript("t", tuple(sorted((*said, *asked), key=lambda turn: turn.number)))


def pair(kind: str = "labels_retraining", *quotes: tuple[str, str], **changes: Any) -> dict[str, Any]:
    """A verdict that two statements contradict each other."""
    cited = quotes or (("C3", LATE), ("C5", OFTEN))
    usual = {
        "evidence": [{"turn": turn, "quote": quote} for turn, quote in cited],
        "checks": [{"check": "contradicts", "met": "yes"}],
        "why_not_higher": "Eight weeks pass before the first label.",
        "level": "missing",
    }
    return verdict(kind, **usual | changes)


@pytest.fixture
def grader(rubric: Rubric, problem: Problem) -> Any:
    def made(script: Script, **options: Any) -> tuple[ModelGrader, ScriptedModel]:
        caller, model = scripted(script)
        return ModelGrader(rubric, problem, caller, read_prompts(), **options), model

    return made


def test_two_statements_that_stand_in_the_transcript_are_a_contradiction() -> None:
    (found,) = contradictions_in(reply(pair()), interview(LATE, OFTEN))
    assert (found.kind, found.by) == ("labels_retraining", "model")
    assert found.why == "Eight weeks pass before the first label."
    assert [(quote.turn, quote.quote) for quote in (found.first, found.second)] == [("C3", LATE), ("C5", OFTEN)]


def test_the_earlier_statement_comes_first_whatever_the_reply_says() -> None:
    (found,) = contradictions_in(reply(pair("labels_retraining", ("C5", OFTEN), ("C3", LATE))), interview(LATE, OFTEN))
    assert (found.first.turn, found.second.turn) == ("C3", "C5")


@pytest.mark.parametrize(
    "said",
    [
        pair("labels_retraining", ("C3", LATE), ("C5", "We retrain whenever the moon is full.")),
        pair("labels_retraining", ("C3", LATE)),
        pair("labels_retraining", ("C3", LATE), ("C3", LATE)),
        pair("labels_retraining", ("C3", LATE), ("I4", "And then? What happens?")),
        pair("rudeness"),
        pair(checks=[{"check": "contradicts", "met": "no"}]),
        pair(checks=[{"check": "contradicts", "met": "partial"}]),
        pair(confidence="low"),
        {"criterion": "labels_retraining"},
    ],
    ids=["invented", "single", "same", "interviewer", "kind", "no", "partial", "unsure", "broken"],
)
def test_what_is_not_two_certain_statements_of_the_candidate_is_dropped(said: dict[str, Any]) -> None:
    assert contradictions_in(reply(said), interview(LATE, OFTEN)) == ()


def test_a_reply_without_judgements_is_no_reply() -> None:
    with pytest.raises(ReplyError):
        contradictions_in("None that I can see.", interview(LATE, OFTEN))


async def test_the_call_shares_the_grades_prefix_and_form(grader: Any) -> None:
    grading, model = grader(obliging)
    given = interview(LATE, OFTEN)
    assert [judgement async for judgement in grading.judge(given)]
    await grading.contradictions(given)
    *judging, looking = model.asked
    assert looking[0].content == judging[0][0].content
    turns = str(judging[0][1].content).rpartition("</transcript-")[0]
    assert str(looking[1].content).startswith(turns)
    assert model.options[-1]["response_format"] == model.options[0]["response_format"]


async def test_what_rules_find_is_not_told_twice(grader: Any) -> None:
    again = pair("metric_imbalance", ("C3", RARE), ("C5", ACCURATE))
    late = pair("labels_retraining", ("C7", LATE), ("C9", OFTEN))
    grading, _ = grader(lambda _: reply(again, late))
    found = await grading.contradictions(interview(RARE, ACCURATE, LATE, OFTEN))
    assert [(one.kind, one.by) for one in found] == [("metric_imbalance", "rule"), ("labels_retraining", "model")]


async def test_without_a_reply_there_are_those_of_the_rules(grader: Any) -> None:
    def silent(_: Any) -> str:
        raise UnreachableError("Nobody answers.", "Start it.")

    grading, _ = grader(silent)
    assert [one.by for one in await grading.contradictions(interview(RARE, ACCURATE))] == ["rule"]


async def test_nothing_is_asked_of_too_few_words(grader: Any) -> None:
    grading, model = grader(obliging)
    assert await grading.contradictions(Transcript("t", (Turn(1, "candidate", LATE),))) == ()
    assert model.asked == []


async def test_a_kept_reply_is_not_paid_for_again(grader: Any, tmp_path: Path) -> None:
    grading, model = grader(lambda _: reply(pair()), cache=ReplyCache(tmp_path))
    given = interview(LATE, OFTEN)
    assert await grading.contradictions(given) == await grading.contradictions(given)
    assert len(model.asked) == 1


async def test_a_reply_that_cannot_be_read_is_not_kept(grader: Any, tmp_path: Path) -> None:
    said = ["Let me think.", reply(pair())]
    grading, _ = grader(lambda _: said.pop(0), cache=ReplyCache(tmp_path))
    given = interview(LATE, OFTEN)
    assert await grading.contradictions(given) == ()
    assert len(await grading.contradictions(given)) == 1
