"""Faults that only show when content is used."""

from typing import Any

import pytest

from fourstep.lint import lint_problem, lint_rubric
from fourstep.problem import Fact, Problem, Twist
from fourstep.rubric import Criterion, Rubric


def changed(rubric: Rubric, **updates: Any) -> Rubric:
    """The rubric with its first criterion changed."""
    step = rubric.steps[0]
    criterion = Criterion.model_validate({**step.criteria[0].model_dump(), **updates}, strict=False)
    frame = step.model_copy(update={"criteria": (criterion, *step.criteria[1:])})
    return rubric.model_copy(update={"steps": (frame, *rubric.steps[1:])})


def test_a_good_rubric_has_none(rubric: Rubric, problem: Problem) -> None:
    assert lint_rubric(rubric) == []


def test_weights_that_do_not_make_one(rubric: Rubric) -> None:
    steps = (rubric.steps[0].model_copy(update={"weight": 0.3}), *rubric.steps[1:])
    assert lint_rubric(rubric.model_copy(update={"steps": steps})) == ["steps: the weights make 1.05 and must make 1."]


def test_a_level_that_no_check_can_reach(rubric: Rubric) -> None:
    levels = rubric.criteria[0].levels.model_dump()
    levels["exceptional"] = {"anchor": "x", "at_least": {3: ("reasons", "first")}}
    assert "asks_first: no set of checks can reach level 'exceptional'." in lint_rubric(changed(rubric, levels=levels))


def test_a_level_that_speaks_of_an_unknown_check(rubric: Rubric) -> None:
    levels = rubric.criteria[0].levels.model_dump()
    levels["solid"] = {"anchor": "x", "all": ("frist",)}
    assert "asks_first: level 'solid' speaks of an unknown check 'frist'." in lint_rubric(
        changed(rubric, levels=levels)
    )


def test_a_check_that_an_unknown_one_would_meet(rubric: Rubric) -> None:
    checks = [check.model_dump() for check in rubric.criteria[0].checks]
    checks[0]["also_met_by"] = ("secnod",)
    assert "asks_first: check 'first' is also met by an unknown check 'secnod'." in lint_rubric(
        changed(rubric, checks=checks)
    )


def test_overlapping_checks(rubric: Rubric) -> None:
    checks = [check.model_dump() for check in rubric.criteria[0].checks]
    checks[1]["signals"] = checks[0]["signals"]
    assert "asks_first: checks 'first' and 'second' overlap: they are met by the same words." in lint_rubric(
        changed(rubric, checks=checks)
    )


@pytest.mark.parametrize("field", ["topic", "revoked_by", "spoiled_by"])
def test_an_unknown_concept(rubric: Rubric, field: str) -> None:
    faults = lint_rubric(changed(rubric, **{field: ("nothing_such",)}))
    assert faults == [f"asks_first: {field} names an unknown concept 'nothing_such'."]


def test_missing_lines_for_the_offline_interviewer(rubric: Rubric) -> None:
    lines = {name: said for name, said in rubric.lines.items() if name != "farewell"}
    assert lint_rubric(rubric.model_copy(update={"lines": lines})) == ["lines: there are none for 'farewell'."]


def test_a_problem_about_unknown_criteria(rubric: Rubric, problem: Problem) -> None:
    odd = problem.model_copy(update={"weights": {"nothing": 2.0}})
    assert "weights: there is no criterion 'nothing'." in lint_problem(odd, rubric)


def test_a_twist_that_aims_at_nothing(rubric: Rubric, problem: Problem) -> None:
    odd = problem.model_copy(update={"twists": (Twist(id="odd", aims_at="nothing", tells="What now?"),)})
    assert "twists: 'odd' aims at an unknown criterion 'nothing'." in lint_problem(odd, rubric)


def test_a_strong_answer_that_is_missing(rubric: Rubric, problem: Problem) -> None:
    assert "strong: says nothing about 'weighs'." in lint_problem(problem, rubric)


def test_a_fact_that_nobody_can_ask_for(rubric: Rubric, problem: Problem) -> None:
    shadowed = Fact(id="again", tells="x", asked_as=problem.facts[0].asked_as[:2], matters="x")
    faults = lint_problem(problem.model_copy(update={"facts": (*problem.facts, shadowed)}), rubric)
    assert "facts: nobody can ask for 'again': each of its wordings finds another fact or none." in faults


def test_a_step_that_is_missing_or_stands_twice(rubric: Rubric) -> None:
    frame, data, *others = rubric.steps
    twice = rubric.model_copy(update={"steps": (frame, frame.model_copy(update={"weight": data.weight}), *others)})
    assert {"steps: there is no 'data'.", "steps: 'frame' stands twice."} <= set(lint_rubric(twice))


def test_a_level_without_a_bar(rubric: Rubric) -> None:
    assert "bars: there is none for 'staff'." in lint_rubric(
        rubric.model_copy(update={"bars": {"mid": 1, "senior": 2}})
    )


def test_what_is_still_to_be_filled_in(rubric: Rubric, problem: Problem) -> None:
    fact = problem.facts[0].model_copy(update={"tells": "FILL IN: how many parcels"})
    open_one = problem.model_copy(update={"title": "FILL IN: a name", "facts": (fact, *problem.facts[1:])})
    assert lint_problem(open_one, rubric)[:2] == [
        "title: is still to be filled in: a name",
        "facts.parcels.tells: is still to be filled in: how many parcels",
    ]
