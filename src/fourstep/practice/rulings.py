"""People's levels in figures: where one was ruled, the sums over it are made anew."""

from dataclasses import replace

from fourstep.grading.arithmetic import sum_up
from fourstep.grading.scorecard import Judgement
from fourstep.practice.progress import Graded
from fourstep.problem import Problem
from fourstep.rubric import Rubric


def summed_anew(graded: Graded, rubric: Rubric, problem: Problem | None) -> Graded:
    """Steps and overall score as the levels make them, where a person gave one of them."""
    if not graded.ruled:
        return graded
    judgements = [
        Judgement(id=criterion.id, step=step.id, status="graded", level=graded.levels[criterion.id])
        for step in rubric.steps
        for criterion in step.criteria
        if criterion.id in graded.levels
    ]
    sums = sum_up(judgements, rubric, problem, "senior")
    return replace(
        graded,
        overall=sums.overall,
        steps={step.id: step.score for step in sums.steps if step.score is not None},
    )
