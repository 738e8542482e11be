"""The scorecard in sentences: scores that round to a bar, what lifts most, and everything that was left unasked."""

from dataclasses import replace

import pytest

from fourstep.files.content import LoadedRubric
from fourstep.grading.scorecard import Scorecard
from fourstep.report.scorecard import (
    bar_text,
    facts_blocks,
    limits_blocks,
    next_steps_blocks,
    summary_blocks,
    usage_text,
)
from fourstep.review.unasked import UnaskedFact
from fourstep.rubric import Rubric
from fourstep.transcript.transcript import transcript_of
from tests.interviews import Desk
from tests.review.talks import card_of


def advised(card: Scorecard) -> Scorecard:
    return card.model_copy(update={"criteria": tuple(j.model_copy(update={"advice": "More."}) for j in card.criteria)})


@pytest.mark.parametrize(("percent", "cells"), [(0, 0), (44.9, 4), (45, 5), (55, 6), (95, 10), (None, 0)])
def test_half_a_cell_is_a_cell(percent: float | None, cells: int) -> None:
    assert bar_text(percent).count("#") == cells


def test_a_score_that_rounds_to_the_bar_is_said_to_be_below_it(rubric: Rubric) -> None:
    card = card_of(rubric).model_copy(update={"overall": 57.96, "verdict": "lean no hire"})
    first = next(iter(summary_blocks(card, rubric))).text
    assert first == "Lean no hire at senior level: 58.0 % overall, just below the bar of 58 %."


@pytest.mark.parametrize(
    ("usage", "text"),
    [
        (
            {"calls": 21, "prompt_tokens": 4000, "cached_tokens": 3000, "completion_tokens": 1, "seconds": 9.4},
            "21 calls, 4,000 prompt tokens (3,000 cached), 1 completion token, 9 s of model time.",
        ),
        ({"calls": 1, "price": 0.25}, "1 call. It cost 0.2500 at the prices that are set."),
        ({"calls": "many", "tokens": 5}, ""),
    ],
)
def test_of_what_a_grading_cost_that_is_told_which_its_scorecard_says(usage: dict[str, object], text: str) -> None:
    assert usage_text(usage) == text


def test_steps_that_were_not_held_are_named_unless_the_interview_was_held_elsewhere(rubric: Rubric, desk: Desk) -> None:
    desk.start()
    desk.answer("I would ask about the scale.")
    talk = transcript_of(desk.log.events)
    _, told = limits_blocks(talk, rubric, None)
    later = "; ".join(rubric.step(step).title for step in desk.started.steps[1:])
    assert told.text == f"It ended before: {later}. There only what was said in passing counts."
    assert not list(limits_blocks(replace(talk, native=False), rubric, None))


def test_all_facts_are_listed() -> None:
    facts = [UnaskedFact(f"fact{number}", f"Fact {number}.", "It matters.") for number in range(9)]
    items = [block.text for block in facts_blocks(facts)]
    assert items == ["Facts you never asked for", *(f"Fact {number}. It matters." for number in range(9))]


def test_what_can_gain_most_comes_first_and_says_how_much(bundled: LoadedRubric) -> None:
    rubric = bundled.rubric
    levels = dict.fromkeys((criterion.id for criterion in rubric.step("frame").criteria), 2)
    card = advised(card_of(rubric, level=2, **levels, weighs_trade_offs=0))
    _, first, *_ = next_steps_blocks(card, rubric, None)
    assert first.text == "Weighs trade-offs (up to 5.0 points): More."


def test_what_caps_the_verdict_comes_before_all_else(rubric: Rubric) -> None:
    card = advised(card_of(rubric, level=0, asks_first=2)).model_copy(update={"caps": ("asks_first",)})
    _, first, *_ = next_steps_blocks(card, rubric, None)
    assert first.text.startswith(rubric.criterion("asks_first").title)
