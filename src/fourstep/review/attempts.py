"""What was tried and what was missed of each criterion; a strong answer is shown to nobody who has not tried."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fourstep.grading.scorecard import Judgement
from fourstep.levels import SOLID
from fourstep.problem import Problem
from fourstep.review.exchanges import Exchange
from fourstep.rubric import Rubric


@dataclass(frozen=True, slots=True)
class Attempt:
    """One criterion that was graded, and how far the candidate came."""

    criterion: str
    level: int
    missed: tuple[str, ...]
    """The checks that higher levels ask for, nearest level first."""
    attempted: bool
    strong: str | None
    """A strong answer here; None where there is none, where it was solid, or where it was not tried."""


def attempts(
    judgements: Sequence[Judgement], asked: Sequence[Exchange], rubric: Rubric, problem: Problem | None
) -> tuple[Attempt, ...]:
    """An attempt for each criterion that was graded, in the order of the rubric."""
    return tuple(_attempts(judgements, asked, rubric, problem))


def attempted(judgement: Judgement, asked: Sequence[Exchange]) -> bool:
    """Whether the candidate tried it: said something on it, or answered a question about it.

    What is judged across the steps is tried by the interview as a whole.
    """
    if judgement.step == "throughout":
        return True
    touched = bool(judgement.evidence or judgement.counter_evidence)
    return touched or any(judgement.id in exchange.about and exchange.answered for exchange in asked)


def _attempts(
    judgements: Sequence[Judgement], asked: Sequence[Exchange], rubric: Rubric, problem: Problem | None
) -> Iterator[Attempt]:
    for judgement in judgements:
        if judgement.level is None:
            continue
        tried = attempted(judgement, asked)
        strong = problem.strong.get(judgement.id) if problem and tried and judgement.level < SOLID else None
        answers = {result.id: result.met for result in judgement.checks}
        missed = rubric.criterion(judgement.id).missed_above(judgement.level, answers)
        yield Attempt(judgement.id, judgement.level, tuple(check.id for check in missed), tried, strong)
