"""Sums over judgements: steps, overall, range, verdict. Nothing here asks a model or the clock.

The weights, bars, distances and caps are those of the scoring guide, held in the rubric where they can be changed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import get_args

from fourstep.choices import Level
from fourstep.grading.scorecard import Judgement, StepScore, Verdict
from fourstep.levels import TOP_LEVEL
from fourstep.problem import Problem
from fourstep.rubric import INTERVIEW_STEPS, Rubric, Step, StepId

MISSES_THAT_CAP = 2
CAP: Verdict = "lean no hire"
"""The best verdict with so many missed."""
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
"""From worst to best."""
STEPS_FOR_A_VERDICT = 3

_DISTANCES: tuple[tuple[float, Verdict], ...] = (
    (-25, "strong no hire"),
    (-10, "no hire"),
    (0, "lean no hire"),
    (7, "lean hire"),
    (18, "hire"),
)
"""Below each distance from the bar, in percent points, this is the verdict; above all of them, `strong hire`."""


@dataclass(frozen=True, slots=True)
class Sums:
    """What judgements add up to; scores in percent, unrounded."""

    steps: tuple[StepScore, ...]
    overall: float | None
    range: tuple[float, float] | None
    verdict: Verdict | None
    borderline: bool
    caps: tuple[str, ...]


def sum_up(
    judgements: Sequence[Judgement],
    rubric: Rubric,
    problem: Problem | None,
    level: Level,
    *,
    error: float | None = None,
) -> Sums:
    """Add up judgements; `error` is the grader's own in percent points, for `borderline`."""
    by_id = {judgement.id: judgement for judgement in judgements}
    scores = tuple(StepScore(id=step.id, score=_step_score(step, by_id, problem)) for step in rubric.steps)
    overall = _overall(rubric, {score.id: score.score for score in scores})
    span = _range(rubric, by_id, problem) if overall is not None else None
    caps = _caps(rubric, by_id)
    verdict: Verdict | None = None
    borderline = False
    if overall is not None and _steps_assessed(rubric, by_id) >= STEPS_FOR_A_VERDICT:
        distance = overall - rubric.bars[level]
        verdict = verdict_of(distance, len(caps))
        if verdict == verdict_at(distance):
            caps = ()
            borderline = _near_a_boundary(distance, error)
    return Sums(scores, overall, span, verdict, borderline, caps)


def verdict_at(distance: float) -> Verdict:
    """The verdict for a distance from the bar, in percent points."""
    return next((verdict for limit, verdict in _DISTANCES if distance < limit), "strong hire")


def verdict_of(distance: float, missed: int) -> Verdict:
    """The same, with as many missing as there are of the criteria that must not be missed."""
    verdict = verdict_at(distance)
    capped = missed >= MISSES_THAT_CAP and VERDICTS.index(verdict) > VERDICTS.index(CAP)
    return CAP if capped else verdict


def lowest_distance(verdict: Verdict) -> float:
    """The distance from the bar, in percent points, at which the verdict begins."""
    begins = dict(zip(VERDICTS[1:], (limit for limit, _ in _DISTANCES), strict=True))
    return begins.get(verdict, -inf)


def points_a_level(judgements: Sequence[Judgement], rubric: Rubric, problem: Problem | None) -> Mapping[str, float]:
    """What one level more of a graded criterion adds to the overall score, in percent points."""
    by_id = {judgement.id: judgement for judgement in judgements}
    weights: dict[StepId, dict[str, float]] = {}
    for step in rubric.steps:
        graded = {c.id: weight_of(c.id, problem) for c in step.criteria if _level(by_id.get(c.id)) is not None}
        if any(graded.values()):
            weights[step.id] = graded
    whole = sum(rubric.step(step).weight for step in weights)
    return {
        key: 100 / TOP_LEVEL * rubric.step(step).weight / whole * weight / sum(graded.values())
        for step, graded in weights.items()
        for key, weight in graded.items()
    }


def weight_of(criterion_id: str, problem: Problem | None) -> float:
    """What a criterion weighs within its step; 0 where the problem switches it off."""
    if problem is None:
        return 1.0
    return 0.0 if criterion_id in problem.off else problem.weights.get(criterion_id, 1.0)


def _near_a_boundary(distance: float, error: float | None) -> bool:
    return error is not None and any(abs(distance - limit) <= error for limit, _ in _DISTANCES)


def _step_score(step: Step, by_id: Mapping[str, Judgement], problem: Problem | None) -> float | None:
    return _mean(
        (weight_of(c.id, problem), 100 * level / TOP_LEVEL)
        for c in step.criteria
        if (level := _level(by_id.get(c.id))) is not None
    )


def _overall(rubric: Rubric, scores: Mapping[StepId, float | None]) -> float | None:
    return _mean((step.weight, score) for step in rubric.steps if (score := scores[step.id]) is not None)


def _range(rubric: Rubric, by_id: Mapping[str, Judgement], problem: Problem | None) -> tuple[float, float]:
    ends = []
    for assumed in (0, TOP_LEVEL):
        filled = {
            key: judgement.model_copy(update={"status": "graded", "level": assumed})
            if judgement.status == "not_graded"
            else judgement
            for key, judgement in by_id.items()
        }
        scores = {step.id: _step_score(step, filled, problem) for step in rubric.steps}
        ends.append(_overall(rubric, scores) or 0.0)
    return ends[0], ends[1]


def _caps(rubric: Rubric, by_id: Mapping[str, Judgement]) -> tuple[str, ...]:
    missed = [key for key in rubric.must_not_miss if _level(by_id.get(key)) == 0]
    return tuple(missed) if len(missed) >= MISSES_THAT_CAP else ()


def _steps_assessed(rubric: Rubric, by_id: Mapping[str, Judgement]) -> int:
    return sum(
        any(_level(by_id.get(c.id)) is not None for c in step.criteria)
        for step in rubric.steps
        if step.id in INTERVIEW_STEPS
    )


def _level(judgement: Judgement | None) -> int | None:
    return judgement.level if judgement and judgement.status == "graded" else None


def _mean(weighted: Iterable[tuple[float, float]]) -> float | None:
    pairs = [(weight, value) for weight, value in weighted if weight > 0]
    total = sum(weight for weight, _ in pairs)
    return sum(weight * value for weight, value in pairs) / total if total else None
