"""One interview against the bars of all levels, side by side."""

from collections.abc import Iterator
from dataclasses import dataclass

from fourstep.choices import Level
from fourstep.grading.arithmetic import points_a_level, sum_up
from fourstep.grading.scorecard import Scorecard, Verdict
from fourstep.levels import TOP_LEVEL
from fourstep.problem import Problem
from fourstep.review.places import Places
from fourstep.review.verdict import Raise, change_for
from fourstep.rubric import Rubric

PASSES: Verdict = "lean hire"
"""The verdict that begins at the bar."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One level's bar, and how the same score stands to it."""

    level: Level
    bar: float
    """The overall score that it asks for, in percent."""
    distance: float
    """How far the score lies above it, in percent points; negative below."""
    verdict: Verdict
    borderline: bool
    mean_level: float
    """What the bar asks of every criterion on average, 0 to 3."""
    lacking: float
    """About how many single levels are missing to it, at what a level is worth on average; 0 where it is reached."""
    nearest: tuple[Raise, ...]
    """The smallest set of criteria that would have reached it; empty where it is reached, or no three suffice."""


def bars(card: Scorecard, rubric: Rubric, problem: Problem | None, places: Places) -> tuple[Bar, ...]:
    """The bars from lowest to highest; empty without a verdict, for the same reason."""
    return tuple(_bars(card, rubric, problem, places)) if card.verdict else ()


def _bars(card: Scorecard, rubric: Rubric, problem: Problem | None, places: Places) -> Iterator[Bar]:
    worth = list(points_a_level(card.criteria, rubric, problem).values())
    for level, bar in sorted(rubric.bars.items(), key=lambda pair: pair[1]):
        sums = sum_up(card.criteria, rubric, problem, level, error=card.grader.error)
        if sums.overall is None or sums.verdict is None:
            continue
        change = change_for(PASSES, card.criteria, rubric, problem, places, level=level)
        yield Bar(
            level=level,
            bar=bar,
            distance=sums.overall - bar,
            verdict=sums.verdict,
            borderline=sums.borderline,
            mean_level=TOP_LEVEL * bar / 100,
            lacking=max(0.0, bar - sums.overall) * len(worth) / sum(worth) if worth else 0.0,
            nearest=change.sets[0] if change and change.sets else (),
        )
