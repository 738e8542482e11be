"""How well a grader agrees with labels: quadratic weighted kappa and its company. Pure arithmetic."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

CATEGORIES = 4
RESAMPLES = 1000

Pair = tuple[int, int]
"""A graded level and the labelled one, both 0 to 3."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """What a set of pairs shows."""

    count: int
    kappa: float
    """Quadratic weighted kappa (Cohen 1968); 1 is full agreement, 0 chance."""
    exact: float
    """Share of pairs that are equal, 0 to 1."""
    within_one: float
    """Share of pairs at most one level apart, 0 to 1."""
    bias: float
    """Mean of graded minus labelled, in levels."""


def agreement(pairs: Sequence[Pair]) -> Agreement:
    """Figures over pairs. Raises: ValueError, when there are none."""
    if not pairs:
        raise ValueError("no pairs to compare")
    count = len(pairs)
    return Agreement(
        count,
        quadratic_weighted_kappa(pairs),
        sum(a == b for a, b in pairs) / count,
        sum(abs(a - b) <= 1 for a, b in pairs) / count,
        sum(a - b for a, b in pairs) / count,
    )


def quadratic_weighted_kappa(pairs: Sequence[Pair]) -> float:
    """Cohen's kappa with squared distances (Cohen 1968, Psychological Bulletin 70); 1 where nothing can differ."""
    observed = sum((a - b) ** 2 for a, b in pairs) / len(pairs)
    graded = [sum(a == level for a, _ in pairs) / len(pairs) for level in range(CATEGORIES)]
    labelled = [sum(b == level for _, b in pairs) / len(pairs) for level in range(CATEGORIES)]
    expected = sum(graded[a] * labelled[b] * (a - b) ** 2 for a in range(CATEGORIES) for b in range(CATEGORIES))
    if expected == 0:
        return 1.0 if observed == 0 else 0.0
    return 1 - observed / expected


def bootstrap_interval(groups: Sequence[Sequence[Pair]], *, seed: int = 0) -> tuple[float, float]:
    """The 95 % interval of kappa over resampled transcripts (one group of pairs each); percentile bootstrap."""
    if not groups:
        raise ValueError("no transcripts to resample")
    chance = random.Random(seed)
    kappas = sorted(
        quadratic_weighted_kappa([pair for group in chance.choices(groups, k=len(groups)) for pair in group])
        for _ in range(RESAMPLES)
    )
    return kappas[int(0.025 * RESAMPLES)], kappas[int(0.975 * RESAMPLES) - 1]
