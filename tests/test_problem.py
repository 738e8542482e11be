"""What a problem's file changes about the rubric."""

from typing import Any

import pytest

from fourstep.lint import lint_problem
from fourstep.offline.grader import OfflineGrader
from fourstep.problem import Problem, rubric_for
from fourstep.rubric import Criterion, Rubric
from fourstep.transcript.transcript import transcript_of
from tests.interviews import Desk


def anew(rubric: Rubric, **updates: Any) -> Criterion:
    """The rubric's first criterion in other words: it is met by what is said of sources."""
    old = rubric.criteria[0].model_dump()
    first, *others = old["checks"]
    checks = ({**first, "signals": ({"near": ("sources",)},)}, *others)
    return Criterion.model_validate({**old, "title": "Cites", "checks": checks, **updates}, strict=False)


@pytest.fixture
def reworded(rubric: Rubric, problem: Problem) -> Problem:
    return problem.model_copy(update={"reworded": (anew(rubric),), "concepts": {"sources": ("cite", "source")}})


def test_a_criterion_worded_anew_stands_in_its_old_place(rubric: Rubric, reworded: Problem) -> None:
    own = rubric_for(rubric, reworded)
    assert own.criterion("asks_first").title == "Cites"
    assert [c.id for c in own.criteria] == [c.id for c in rubric.criteria]


def test_a_problem_that_rewords_nothing_leaves_the_rubric_alone(rubric: Rubric, problem: Problem) -> None:
    assert rubric_for(rubric, problem) is rubric
    assert rubric_for(rubric, None) is rubric


def test_wording_anew_twice_changes_nothing_more(rubric: Rubric, reworded: Problem) -> None:
    once = rubric_for(rubric, reworded)
    assert rubric_for(once, reworded) == once


def test_the_offline_brains_read_a_criterion_worded_anew_by_the_problems_own_phrases(
    rubric: Rubric, reworded: Problem
) -> None:
    own = rubric_for(rubric, reworded)
    desk = Desk(own, reworded)
    desk.start()
    desk.answer("We would always cite the page that it came from. " * 15)
    judgements = OfflineGrader(own, reworded).judgements(transcript_of(desk.log.events))
    assert next(j.level for j in judgements if j.id == "asks_first") == 1
    assert desk.interview.state.level(own.criterion("asks_first")) == 1


def test_the_linter_has_nothing_against_a_sound_rewording(rubric: Rubric, problem: Problem, reworded: Problem) -> None:
    assert lint_problem(reworded, rubric) == lint_problem(problem, rubric)


def test_the_linter_finds_a_rewording_of_nothing(rubric: Rubric, reworded: Problem) -> None:
    odd = reworded.model_copy(update={"reworded": (anew(rubric, id="nothing"),)})
    assert "reworded: there is no criterion 'nothing'." in lint_problem(odd, rubric)


def test_the_linter_finds_a_rewording_that_stands_twice(rubric: Rubric, reworded: Problem) -> None:
    odd = reworded.model_copy(update={"reworded": reworded.reworded * 2})
    assert "reworded: 'asks_first' stands twice." in lint_problem(odd, rubric)


def test_the_linter_finds_a_criterion_that_is_both_off_and_reworded(rubric: Rubric, reworded: Problem) -> None:
    odd = reworded.model_copy(update={"off": {"asks_first": "No sense."}})
    assert "off: 'asks_first' is also worded anew." in lint_problem(odd, rubric)


def test_the_linter_finds_a_concept_that_hides_one_of_the_rubrics(rubric: Rubric, reworded: Problem) -> None:
    odd = reworded.model_copy(update={"concepts": {**reworded.concepts, "asks_first_a": ("scale",)}})
    assert "concepts: the rubric has a 'asks_first_a' of its own." in lint_problem(odd, rubric)


def test_the_linter_finds_concepts_that_nothing_uses(rubric: Rubric, reworded: Problem) -> None:
    odd = reworded.model_copy(update={"reworded": ()})
    assert "concepts: nothing is worded anew that could use them." in lint_problem(odd, rubric)


def test_the_linter_looks_into_a_criterion_that_is_worded_anew(rubric: Rubric, reworded: Problem) -> None:
    odd = reworded.model_copy(update={"reworded": (anew(rubric, topic=("nothing_such",)),)})
    assert "reworded: asks_first: topic names an unknown concept 'nothing_such'." in lint_problem(odd, rubric)
