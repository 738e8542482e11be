"""A person's level in the sums of an interview."""

from dataclasses import replace

import pytest

from fourstep.practice.rulings import summed_anew
from fourstep.problem import Problem
from fourstep.rubric import Rubric
from tests.practice.test_progress import graded


def test_a_persons_level_moves_its_step_and_the_overall_score(rubric: Rubric, problem: Problem) -> None:
    ruled = replace(graded(1, {"asks_first": 3, "names_goal": 0}), ruled=frozenset({"asks_first"}))
    summed = summed_anew(ruled, rubric, problem)
    assert summed.steps == {"frame": 50}
    assert summed.overall == pytest.approx(50)


def test_where_nobody_ruled_the_published_sums_stay(rubric: Rubric, problem: Problem) -> None:
    published = graded(1, {"asks_first": 3}, steps={"frame": 12.0})
    assert summed_anew(published, rubric, problem) is published
