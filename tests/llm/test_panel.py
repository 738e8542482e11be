"""Several gradings as one."""

from typing import Any

import pytest
from langchain_core.messages import BaseMessage

from fourstep.files.prompts import read_prompts
from fourstep.grading.grader import scorecard_of
from fourstep.grading.scorecard import Judgement, Opinion
from fourstep.llm.grader import ModelGrader
from fourstep.llm.panel import Panel, in_the_middle
from fourstep.problem import Problem
from fourstep.report.document import as_text
from fourstep.report.scorecard import scorecard_blocks
from fourstep.rubric import Rubric
from tests.llm.replies import asked_criteria, interview, obliging, reply, scripted, verdict

PROMPTS = read_prompts()


def said(level: int | None, confidence: Any = "high") -> Judgement:
    status: Any = "not_graded" if level is None else "graded"
    return Judgement(id="a", step="data", status=status, level=level, confidence=confidence, reason=str(level))


@pytest.mark.parametrize(
    ("levels", "middle"),
    [((1, 2, 2), 2), ((0, 3, 1), 1), ((1, 2), 1), ((None, 2, 2), 2), ((None, None), None), ((3,), 3)],
)
def test_the_level_lies_in_the_middle_and_doubt_lowers(levels: tuple[int | None, ...], middle: int | None) -> None:
    assert in_the_middle([said(level) for level in levels], ["m"] * len(levels)).level == middle


def test_disagreement_is_shown_and_makes_unsure() -> None:
    judgement = in_the_middle([said(1), said(3)], ["one", "other"])
    assert judgement.opinions == (Opinion(by="one", level=1), Opinion(by="other", level=3))
    assert judgement.confidence == "low"


def test_the_surest_of_equals_speaks() -> None:
    assert in_the_middle([said(2, "low"), said(2, "medium")], ["m", "m"]).confidence == "medium"


def generous(messages: list[BaseMessage]) -> str:
    checks = [{"check": name, "met": "yes"} for name in ("first", "second", "reasons")]
    return reply(*(verdict(name, checks=checks, level="exceptional") for name in asked_criteria(messages)))


async def card_of(panel: Panel, rubric: Rubric, problem: Problem) -> Any:
    judgements = [judgement async for judgement in panel.judge(interview())]
    return scorecard_of(judgements, panel, interview(), rubric, problem, rubric_hash="h")


async def test_samples_are_asked_with_the_levels_in_another_order(rubric: Rubric, problem: Problem) -> None:
    caller, model = scripted(obliging)
    members = [ModelGrader(rubric, problem, caller, PROMPTS, permutation=number) for number in range(3)]
    card = await card_of(Panel(members, rubric, problem), rubric, problem)
    assert len(model.asked) == 3 * len(rubric.criteria)
    tasks = {
        tuple(word for word in str(messages[1].content).split('"') if word in ("mentioned", "solid", "exceptional"))
        for messages in model.asked
    }
    assert len(tasks) == 3
    assert (card.grader.samples, card.grader.spread, card.grader.error) == (3, 0, 0)


async def test_models_that_differ_say_so_on_the_scorecard(rubric: Rubric, problem: Problem) -> None:
    callers = [scripted(obliging, "strict")[0], scripted(generous, "kind")[0]]
    members = [ModelGrader(rubric, problem, caller, PROMPTS) for caller in callers]
    card = await card_of(Panel(members, rubric, problem), rubric, problem)
    assert {judgement.level for judgement in card.criteria} == {2}
    assert (card.grader.spread, round(card.grader.error, 1)) == (1, 16.7)
    page = as_text(scorecard_blocks(card, rubric, problem, interview()))
    assert "They differ: strict @ 127.0.0.1:1 2; kind @ 127.0.0.1:1 3." in page
    assert "Graded by strict @ 127.0.0.1:1 and kind @ 127.0.0.1:1." in page
    assert f"{2 * len(rubric.criteria)} calls" in page


async def test_one_grader_alone_is_a_panel_without_opinions(rubric: Rubric, problem: Problem) -> None:
    panel = Panel([ModelGrader(rubric, problem, scripted(obliging)[0], PROMPTS)], rubric, problem)
    card = await card_of(panel, rubric, problem)
    assert card.criteria[0].opinions == ()
    assert card.grader.spread is None
