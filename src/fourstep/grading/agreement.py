"""How well a grader agrees with labels: quadratic weighted kappa and its company. Pure arithmetic."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

LEVELS = 4
RESAMPLES = 1000

Pair = tuple[int, int]
"""A graded level and the labelled one, both 0 to 3."""

_Table = list[int]
"""How often each pair occurs, in rows of the graded level."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """What pairs show; the interval is taken over transcripts, because their pairs hang together."""

    count: int
    kappa: float
    """Quadratic weighted kappa (Cohen 1968); 1 is full agreement, 0 chance."""
    interval: tuple[float, float]
    """Its 95 % percentile bootstrap interval."""
    exact: float
    """Share of pairs that are equal, 0 to 1."""
    within_one: float
    """Share of pairs at most one level apart, 0 to 1."""
    bias: float
    """Mean of graded minus labelled, in levels."""
    labelled: int
    """How many levels the labels have between them; of one alone kappa says nothing."""


def agreement(groups: Sequence[Sequence[Pair]], *, seed: int = 0) -> Agreement:
    """Figures over pairs, grouped by transcript. Raises: ValueError, when there are none."""
    pairs = [pair for group in groups for pair in group]
    if not pairs:
        raise ValueError("no pairs to compare")
    count = len(pairs)
    return Agreement(
        count,
        quadratic_weighted_kappa(pairs),
        _bootstrap_interval([_table(group) for group in groups], seed),
        sum(a == b for a, b in pairs) / count,
        sum(abs(a - b) <= 1 for a, b in pairs) / count,
        sum(a - b for a, b in pairs) / count,
        len({labelled for _, labelled in pairs}),
    )


def quadratic_weighted_kappa(pairs: Sequence[Pair]) -> float:
    """Cohen's kappa with squared distances (Cohen 1968, Psychological Bulletin 70); 1 where nothing can differ."""
    return _kappa(_table(pairs))


def _table(pairs: Sequence[Pair]) -> _Table:
    table = [0] * LEVELS**2
    for graded, labelled in pairs:
        table[LEVELS * graded + labelled] += 1
    return table


def _kappa(table: _Table) -> float:
    total = sum(table)
    graded = [sum(table[LEVELS * a : LEVELS * (a + 1)]) for a in range(LEVELS)]
    labelled = [sum(table[b::LEVELS]) for b in range(LEVELS)]
    cells = [(a, b) for a in range(LEVELS) for b in range(LEVELS)]
    observed = sum(table[LEVELS * a + b] * (a - b) ** 2 for a, b in cells)
    expected = sum(graded[a] * labelled[b] * (a - b) ** 2 for a, b in cells) / total
    return 1 - observed / expected if expected else float(observed == 0)


def _bootstrap_interval(tables: Sequence[_Table], seed: int) -> tuple[float, float]:
    chance = random.Random(seed)
    filled = [table for table in tables if any(table)]
    kappas = sorted(
        _kappa([sum(cell) for cell in zip(*chance.choices(filled, k=len(filled)), strict=True)])
        for _ in range(RESAMPLES)
    )
    return kappas[int(0.025 * RESAMPLES)], kappas[int(0.975 * RESAMPLES) - 1]
