"""What would have changed the verdict: the smallest sets of criteria whose next levels lift it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from fourstep.choices import Level
from fourstep.grading.arithmetic import VERDICTS, lowest_distance, points_a_level, sum_up, verdict_of
from fourstep.grading.scorecard import Judgement, Scorecard, Verdict
from fourstep.levels import TOP_LEVEL
from fourstep.problem import Problem
from fourstep.review.places import Place, Places
from fourstep.rubric import Rubric

MOST_CRITERIA = 3
"""Of a set; who has to change more has to change everything."""
MOST_SETS = 5
_CERTAIN = 1e-9
"""Percent points by which a set must pass a boundary, so that no rounding is taken for a better verdict."""


@dataclass(frozen=True, slots=True)
class Raise:
    """A criterion that would have had to reach a higher level."""

    criterion: str
    level: int
    """As it was judged."""
    needed: int
    place: Place | None
    """Where it could have been said."""


@dataclass(frozen=True, slots=True)
class Change:
    """What would have led to another verdict."""

    verdict: Verdict
    wanted: Verdict
    sets: tuple[tuple[Raise, ...], ...]
    """Best first: fewest criteria, then fewest levels, then those that were asked about; empty where none suffices."""
    others: int
    """How many more such sets there are."""
    points: float
    """How much the overall score lacks, in percent points, apart from any cap; 0 where only the cap holds it down."""


def change_for_the_next(card: Scorecard, rubric: Rubric, problem: Problem | None, places: Places) -> Change | None:
    """What would have lifted the verdict by one; None where there is no verdict or none above it."""
    if card.verdict is None or card.verdict == VERDICTS[-1]:
        return None
    wanted = VERDICTS[VERDICTS.index(card.verdict) + 1]
    return change_for(wanted, card.criteria, rubric, problem, places, level=card.level)


def change_for(
    wanted: Verdict,
    judgements: Sequence[Judgement],
    rubric: Rubric,
    problem: Problem | None,
    places: Places,
    *,
    level: Level,
) -> Change | None:
    """What would have led to a verdict at least as good at this level; None without a verdict, or with it there."""
    sums = sum_up(judgements, rubric, problem, level)
    if sums.verdict is None or sums.overall is None or VERDICTS.index(sums.verdict) >= VERDICTS.index(wanted):
        return None
    distance = sums.overall - rubric.bars[level]
    search = _Search(wanted, distance, judgements, rubric, points_a_level(judgements, rubric, problem))
    found = sorted(search.sets(), key=lambda one: search.rank(one, places))
    sets = tuple(search.raises(one, places) for one in found[:MOST_SETS])
    return Change(sums.verdict, wanted, sets, len(found) - len(sets), max(0.0, lowest_distance(wanted) - distance))


class _Search:
    """Sets of criteria, as the level that each would have to reach, for one verdict that is wanted."""

    def __init__(
        self,
        wanted: Verdict,
        distance: float,
        judgements: Sequence[Judgement],
        rubric: Rubric,
        points: Mapping[str, float],
    ) -> None:
        self._wanted = VERDICTS.index(wanted)
        self._distance = distance
        self._points = points
        self._levels = {j.id: j.level for j in judgements if j.id in points and j.level is not None}
        self._missed = {key for key in rubric.must_not_miss if self._levels.get(key) == 0}

    def sets(self) -> list[dict[str, int]]:
        """All that suffice and of which no part does."""
        found: dict[frozenset[str], dict[str, int]] = {}
        raisable = [key for key, level in self._levels.items() if level < TOP_LEVEL]
        for size in range(1, MOST_CRITERIA + 1):
            for keys in combinations(raisable, size):
                parts = (frozenset(part) for less in range(1, size) for part in combinations(keys, less))
                if not any(part in found for part in parts) and self._suffices(dict.fromkeys(keys, TOP_LEVEL)):
                    found[frozenset(keys)] = self._cheapest(keys)
        return list(found.values())

    def rank(self, needed: Mapping[str, int], places: Places) -> tuple[int, int, int, int]:
        """Fewest criteria first, then fewest levels, then those that were asked about, then the easier levels."""
        return len(needed), self._cost(needed), -sum(map(places.was_asked, needed)), sum(needed.values())

    def raises(self, needed: Mapping[str, int], places: Places) -> tuple[Raise, ...]:
        """A set with the turns where it could have been said."""
        return tuple(Raise(key, self._levels[key], level, places.of(key)) for key, level in needed.items())

    def _cheapest(self, keys: Sequence[str]) -> dict[str, int]:
        """The lowest levels of these criteria that suffice, spread rather than heaped."""
        ranges = (range(self._levels[key] + 1, TOP_LEVEL + 1) for key in keys)
        enough = (one for levels in product(*ranges) if self._suffices(one := dict(zip(keys, levels, strict=True))))
        return min(enough, key=lambda one: (self._cost(one), max(one.values())))

    def _cost(self, needed: Mapping[str, int]) -> int:
        return sum(level - self._levels[key] for key, level in needed.items())

    def _suffices(self, needed: Mapping[str, int]) -> bool:
        gained = sum((level - self._levels[key]) * self._points[key] for key, level in needed.items())
        verdict = verdict_of(self._distance + gained - _CERTAIN, len(self._missed - needed.keys()))
        return VERDICTS.index(verdict) >= self._wanted
