"""What was tried and what was missed of each criterion; a strong answer is shown to nobody who has not tried."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fourstep.grading.scorecard import Judgement
from fourstep.levels import SOLID
from fourstep.problem import Problem
from fourstep.review.exchanges import Exchange
from fourstep.rubric import Check, Criterion, Rubric


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


def missed_checks(criterion: Criterion, judgement: Judgement) -> tuple[Check, ...]:
    """The checks that levels above the judged one ask for and that were not met, nearest level first."""
    met = {result.id for result in judgement.checks if result.met == "yes"}
    return tuple(check for check in criterion.checks_above(judgement.level or 0) if check.id not in met)


def _attempts(
    judgements: Sequence[Judgement], asked: Sequence[Exchange], rubric: Rubric, problem: Problem | None
) -> Iterator[Attempt]:
    for judgement in judgements:
        if judgement.level is None:
            continue
        tried = attempted(judgement, asked)
        strong = problem.strong.get(judgement.id) if problem and tried and judgement.level < SOLID else None
        missed = tuple(check.id for check in missed_checks(rubric.criterion(judgement.id), judgement))
        yield Attempt(judgement.id, judgement.level, missed, tried, strong)
