"""The questions that lead to a criterion, numbered, so that none is asked twice."""

from fourstep.problem import Problem
from fourstep.rubric import Criterion

CHALLENGE = -1
"""The number of a criterion's challenge."""


def probes(criterion: Criterion, problem: Problem | None) -> tuple[str, ...]:
    """The problem's own questions first, then the rubric's."""
    own = problem.probes.get(criterion.id, ()) if problem else ()
    return (*own, *criterion.probes)


def openings(criterion: Criterion, problem: Problem | None) -> tuple[int, int]:
    """The questions that ask as if nothing had been said: the problem's first and the rubric's first, by number."""
    return 0, len(problem.probes.get(criterion.id, ())) if problem else 0


def question(criterion: Criterion, problem: Problem | None, number: int) -> str:
    """The text of a question by its number."""
    return criterion.challenge if number == CHALLENGE else probes(criterion, problem)[number]
