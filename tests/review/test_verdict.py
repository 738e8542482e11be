"""What would have changed the verdict: only what the arithmetic confirms, and nothing that is not needed."""

from collections.abc import Mapping
from itertools import combinations
from typing import Any

import pytest

from fourstep.files.content import LoadedRubric
from fourstep.grading.arithmetic import VERDICTS, points_a_level, sum_up
from fourstep.grading.scorecard import Scorecard, Verdict
from fourstep.levels import TOP_LEVEL
from fourstep.problem import Problem
from fourstep.review.bars import bars
from fourstep.review.exchanges import exchanges
from fourstep.review.places import Place, Places
from fourstep.review.verdict import Change, Raise, change_for_the_next
from fourstep.rubric import Rubric
from fourstep.transcript.transcript import Transcript
from tests.review.talks import card_of, talk

TALK = talk("Begin.", "Some answer.", "And?", "Another answer.", native=True)


def change(card: Scorecard, rubric: Rubric, transcript: Transcript = TALK) -> Change | None:
    places = Places(transcript, exchanges(transcript, rubric), card.criteria, rubric)
    return change_for_the_next(card, rubric, None, places)


def verdict_with(card: Scorecard, rubric: Rubric, needed: Mapping[str, int]) -> Verdict | None:
    raised = [j.model_copy(update={"level": needed[j.id]}) if j.id in needed else j for j in card.criteria]
    return sum_up(raised, rubric, None, "senior").verdict


@pytest.mark.parametrize("levels", [{}, {"names_goal": 3}, {"asks_first": 0, "starts_simple": 0, "weighs": 3}])
@pytest.mark.parametrize("level", [0, 1, 2])
def test_every_set_lifts_the_verdict_and_no_part_of_it_does(rubric: Rubric, level: int, levels: Any) -> None:
    card = card_of(rubric, level=level, **levels)
    found = change(card, rubric)
    assert found is not None
    for one in found.sets:
        needed = {each.criterion: each.needed for each in one}
        got = verdict_with(card, rubric, needed)
        assert got is not None
        assert VERDICTS.index(got) >= VERDICTS.index(found.wanted)
        for size in range(1, len(one)):
            for part in combinations(needed, size):
                less = verdict_with(card, rubric, dict.fromkeys(part, TOP_LEVEL))
                assert less is not None
                assert VERDICTS.index(less) < VERDICTS.index(found.wanted)


def test_levels_are_raised_by_as_little_as_needed(rubric: Rubric) -> None:
    card = card_of(rubric, level=1)
    found = change(card, rubric)
    assert found is not None
    for one in found.sets:
        for each in one:
            lower = {other.criterion: other.needed for other in one} | {each.criterion: each.needed - 1}
            got = verdict_with(card, rubric, lower)
            assert got is not None
            assert VERDICTS.index(got) < VERDICTS.index(found.wanted)


def test_fewer_criteria_and_fewer_levels_come_first(bundled: LoadedRubric) -> None:
    frame = dict.fromkeys(("clarifies_requirements", "ties_to_business_goal", "frames_ml_task"), 3)
    found = change(card_of(bundled.rubric, level=2, **frame), bundled.rubric)
    assert found is not None
    costs = [(len(one), sum(each.needed - each.level for each in one)) for one in found.sets]
    assert costs == sorted(costs)
    assert found.others > 0


def test_what_was_asked_about_comes_before_what_was_not(rubric: Rubric) -> None:
    asked = talk("Begin.", "Well.", "And the label?", "Hm.", native=True, I3={"aims_at": "defines_label"})
    card = card_of(rubric, level=2)
    plain, aimed = change(card, rubric), change(card, rubric, asked)
    assert plain is not None
    assert aimed is not None
    assert "defines_label" in [each.criterion for each in aimed.sets[0]]
    assert plain.sets[0] != aimed.sets[0]


def test_a_cap_is_lifted_by_what_was_missed(rubric: Rubric) -> None:
    card = card_of(rubric, level=3, asks_first=0, starts_simple=0)
    assert card.caps == ("asks_first", "starts_simple")
    found = change(card, rubric)
    assert found is not None
    assert found.sets[0] == (Raise("asks_first", 0, 1, Place("C2", "step")),)
    assert {each.criterion for one in found.sets for each in one} == {"asks_first", "starts_simple"}
    assert found.points == 0


def test_it_says_so_when_no_three_criteria_suffice(bundled: LoadedRubric) -> None:
    nothing = {criterion.id: 0 for criterion in bundled.rubric.criteria}
    found = change(card_of(bundled.rubric, **nothing), bundled.rubric)
    assert found is not None
    assert (found.sets, found.others) == ((), 0)
    assert found.points > 20


def test_above_the_best_verdict_there_is_nothing(rubric: Rubric) -> None:
    assert change(card_of(rubric, level=3), rubric) is None


def test_without_a_verdict_there_is_nothing_to_change(rubric: Rubric) -> None:
    assert change(card_of(rubric).model_copy(update={"verdict": None}), rubric) is None


def test_points_a_level_are_those_of_the_sums(bundled: LoadedRubric, problem: Problem) -> None:
    rubric = bundled.rubric
    heavy = problem.model_copy(update={"weights": {"plans_labels": 2.0}, "off": {"encodes_categoricals": "No."}})
    judged = card_of(rubric, heavy, level=1).criteria
    before = sum_up(judged, rubric, heavy, "senior").overall
    assert before is not None
    for key, points in points_a_level(judged, rubric, heavy).items():
        raised = [j.model_copy(update={"level": 2}) if j.id == key else j for j in judged]
        assert sum_up(raised, rubric, heavy, "senior").overall == pytest.approx(before + points)


def test_the_place_is_the_question_before_the_answer_that_touched_it(rubric: Rubric) -> None:
    card = card_of(rubric, level=1, quoted="C2")
    asked = talk("Begin.", "Well.", "And the label?", "Hm.", native=True, I3={"aims_at": "defines_label"})
    places = Places(asked, exchanges(asked, rubric), card.criteria, rubric)
    assert (places.of("defines_label"), places.of("weighs")) == (Place("I3", "asked"), Place("C2", "touched"))


def test_without_either_the_place_is_an_answer_of_its_step(rubric: Rubric) -> None:
    said = talk("Begin.", "Short.", "And?", "A longer answer.", native=True, C2={"step": "data"}, C4={"step": "data"})
    places = Places(said, exchanges(said, rubric), card_of(rubric, level=0).criteria, rubric)
    assert places.of("names_source") == Place("C4", "step")


def test_one_score_stands_against_all_bars(rubric: Rubric) -> None:
    card = card_of(rubric, level=2, names_goal=1)
    places = Places(TALK, exchanges(TALK, rubric), card.criteria, rubric)
    mid, senior, staff = bars(card, rubric, None, places)
    assert (mid.level, senior.level, staff.level) == ("mid", "senior", "staff")
    assert card.overall is not None
    assert [bar.distance for bar in (mid, senior, staff)] == [pytest.approx(card.overall - bar) for bar in (46, 58, 68)]
    assert (mid.verdict, staff.verdict) == ("hire", "lean no hire")


def test_a_bar_that_was_not_reached_says_what_would_have_reached_it(rubric: Rubric) -> None:
    card = card_of(rubric, level=2, names_goal=1)
    places = Places(TALK, exchanges(TALK, rubric), card.criteria, rubric)
    mid, _, staff = bars(card, rubric, None, places)
    assert (mid.nearest, mid.lacking) == ((), 0)
    assert staff.lacking > 0
    needed = {each.criterion: each.needed for each in staff.nearest}
    raised = [j.model_copy(update={"level": needed.get(j.id, j.level)}) for j in card.criteria]
    assert sum_up(raised, rubric, None, "staff").verdict == "lean hire"
