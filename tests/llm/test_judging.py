"""What a reply is worth: which of it counts, and what goes back."""

import json
from typing import Any

import pytest

from fourstep.grading.scorecard import Evidence
from fourstep.llm.judging import REPLY_SCHEMA, Finding, Verdict, findings
from fourstep.rubric import Rubric
from fourstep.transcript.transcript import Transcript, Turn
from tests.llm.replies import SAID, interview, reply, verdict

CHECKS = verdict()["checks"]


@pytest.fixture
def find(rubric: Rubric) -> Any:
    def found(text: str, answer: str = SAID, hint: int | None = None) -> Finding:
        criterion = rubric.criterion("asks_first")
        return findings(text, [criterion], rubric, interview(answer, hint=hint))["asks_first"]

    return found


def test_the_form_of_the_reply_gives_reasons_before_the_level() -> None:
    order = "criterion evidence counter_evidence checks raised_by why_not_higher level confidence"
    assert list(Verdict.model_fields) == order.split()


def test_the_schema_is_strict_throughout() -> None:
    objects = [REPLY_SCHEMA, *REPLY_SCHEMA["$defs"].values()]
    for one in objects:
        assert one["additionalProperties"] is False
        assert one["required"] == list(one["properties"])


def test_a_good_reply_is_a_judgement_without_doubts(find: Any) -> None:
    found = find(reply(verdict()))
    assert (found.faults, found.doubts) == ((), ())
    assert (found.judgement.level, found.judgement.reason) == (2, "No reason was given.")
    assert found.judgement.evidence == (Evidence(turn="C4", quote="ask about the scale of it and the budget"),)
    assert found.judgement.advice == "Say why."


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("I cannot.", "not JSON"),
        ('{"scores": []}', "no list of judgements"),
        (reply(), "exactly once"),
        (reply(verdict(), verdict()), "exactly once"),
        (reply(verdict("names_goal")), "exactly once"),
        (reply({"criterion": "asks_first"}), "'evidence': field required"),
        (reply(verdict(level="superb")), "'level'"),
        (reply(verdict(checks=CHECKS[:2])), "not answered: reasons"),
        (reply(verdict(checks=[*CHECKS, CHECKS[0]])), "more than once: first"),
        (reply(verdict(checks=[*CHECKS, {"check": "charm", "met": "yes"}])), "do not belong to it: charm"),
        (reply(verdict(evidence=[])), "there is no evidence"),
        (reply(verdict(evidence=[{"turn": "C4", "quote": "I love trucks and trains"}])), "does not stand in C4"),
        (reply(verdict(evidence=[{"turn": "C4", "quote": "the scale"}])), "shorter than 12"),
        (reply(verdict(evidence=[{"turn": "I3", "quote": "What would you ask?"}])), "does not stand in I3"),
    ],
)
def test_what_is_wrong_with_a_reply_is_named_and_makes_no_judgement(find: Any, text: str, says: str) -> None:
    found = find(text)
    assert found.judgement is None
    assert says in " ".join(found.faults)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"level": "exceptional"}, "its checks make 'solid' and its level is 'exceptional'"),
        ({"confidence": "low"}, "confidence is low"),
        (
            {"evidence": [*verdict()["evidence"], {"turn": "C4", "quote": "and then I would ask for money"}]},
            "does not stand in C4",
        ),
    ],
)
def test_a_doubtful_reply_is_a_judgement_with_a_question(find: Any, changes: dict[str, Any], says: str) -> None:
    found = find(reply(verdict(**changes)))
    assert found.judgement.level == 2
    assert says in " ".join(found.doubts)


def test_the_level_is_that_of_the_checks_and_a_conflict_makes_it_unsure(find: Any) -> None:
    judgement = find(reply(verdict(level="exceptional"))).judgement
    assert (judgement.level, judgement.confidence) == (2, "low")


@pytest.mark.parametrize(
    ("turn", "quote", "kept"),
    [
        ("[C4]", "ASK about  the scale of it", "ask about the scale of it"),
        ("4", "ask about the scale of it", "ask about the scale of it"),
        ("C2", "ask about the scale of it", "ask about the scale of it"),
        ("C4", "ask abuot the scale of it and the budget", "ask about the scale of it and the budget"),
        ("C4", "“ask about the scale of it…”", "ask about the scale of it"),
    ],
)
def test_a_quote_is_put_where_it_stands_in_the_sources_words(find: Any, turn: str, quote: str, kept: str) -> None:
    found = find(reply(verdict(evidence=[{"turn": turn, "quote": quote}])))
    assert found.judgement.evidence == (Evidence(turn="C4", quote=kept),)


@pytest.mark.parametrize(
    ("answer", "level"),
    [("Right, ask about the scale of it and the budget.", 1), (f"{SAID} And so on and on and on. {SAID}", 2)],
)
def test_a_hint_that_named_the_answer_caps_the_level(find: Any, answer: str, level: int) -> None:
    exceptional = [{"check": check["check"], "met": "yes"} for check in CHECKS]
    found = find(reply(verdict(checks=exceptional, level="exceptional")), answer, hint=3)
    assert (found.judgement.level, found.doubts) == (level, ())


def test_case_and_a_missing_wrapper_are_forgiven(find: Any) -> None:
    bare = json.dumps({key: value for key, value in verdict(level="Solid").items() if key != "criterion"})
    assert find(bare).judgement.level == 2


def test_one_broken_judgement_does_not_spoil_the_others(rubric: Rubric) -> None:
    criteria = [rubric.criterion("asks_first"), rubric.criterion("names_goal")]
    found = findings(reply(verdict(), {"criterion": "names_goal"}), criteria, rubric, interview())
    assert found["asks_first"].judgement
    assert found["names_goal"].faults


@pytest.mark.parametrize("cited", ["C4", "C4 pad", "[c4 pad]"])
def test_a_quote_from_the_design_pad_is_evidence_of_its_turn(rubric: Rubric, cited: str) -> None:
    turn = Turn(4, "candidate", "As drawn.", pad="1. scale of it decides the budget")
    text = reply(verdict(evidence=[{"turn": cited, "quote": "scale of it decides"}]))
    found = findings(text, [rubric.criterion("asks_first")], rubric, Transcript("t", (turn,)))["asks_first"]
    assert found.judgement is not None
    assert found.judgement.evidence == (Evidence(turn="C4", quote="scale of it decides", on_pad=True),)


def test_the_pad_is_told_apart_when_the_same_words_stand_on_that_of_another_turn(rubric: Rubric) -> None:
    turns = (
        Turn(2, "candidate", "As drawn.", pad="scale of it decides"),
        Turn(4, "candidate", "Again.", pad="scale of it decides, and budget"),
    )
    text = reply(verdict(evidence=[{"turn": "C4 pad", "quote": "scale of it decides"}]))
    found = findings(text, [rubric.criterion("asks_first")], rubric, Transcript("t", turns))["asks_first"]
    assert found.judgement is not None
    assert [one.where for one in found.judgement.evidence] == ["C4 pad"]
