"""How far a grader can be trusted, told from labelled transcripts. Pure."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fourstep.grading.agreement import Agreement, Pair, agreement, bootstrap_interval


@dataclass(frozen=True, slots=True)
class Graded:
    """One transcript's graded and labelled levels, by criterion."""

    id: str
    kind: str
    words: int
    problem_file: bool
    levels: Mapping[str, int]
    labels: Mapping[str, int]

    @property
    def pairs(self) -> list[Pair]:
        """The criteria that have both."""
        return [(self.levels[c], self.labels[c]) for c in self.labels if c in self.levels]


@dataclass(frozen=True, slots=True)
class Calibration:
    """All figures over one labelled folder."""

    overall: Agreement
    interval: tuple[float, float]
    by_criterion: Mapping[str, Agreement]
    by_kind: Mapping[str, Agreement]
    with_file: Agreement | None
    without_file: Agreement | None
    length_only: Agreement
    """A baseline that knows only how much each candidate said."""
    mean_oracle: Agreement
    """A baseline that is told each transcript's mean label and nothing else."""
    score_error: float
    """Mean distance of the mean level, graded against labelled, in percent points of the top level."""


def calibrate(graded: Sequence[Graded]) -> Calibration:
    """Compare. Raises: ValueError, when nothing was graded."""
    graded = [one for one in graded if one.pairs]
    if not graded:
        raise ValueError("nothing was graded")
    return Calibration(
        overall=agreement([pair for one in graded for pair in one.pairs]),
        interval=bootstrap_interval([one.pairs for one in graded]),
        by_criterion=_by_criterion(graded),
        by_kind=_by_kind(graded),
        with_file=_over([one for one in graded if one.problem_file]),
        without_file=_over([one for one in graded if not one.problem_file]),
        length_only=agreement(_length_only(graded)),
        mean_oracle=agreement(_mean_oracle(graded)),
        score_error=sum(_distance(one) for one in graded) / len(graded),
    )


def _by_criterion(graded: Sequence[Graded]) -> dict[str, Agreement]:
    pairs: dict[str, list[Pair]] = defaultdict(list)
    for one in graded:
        for criterion, label in one.labels.items():
            if criterion in one.levels:
                pairs[criterion].append((one.levels[criterion], label))
    return {criterion: agreement(found) for criterion, found in pairs.items()}


def _by_kind(graded: Sequence[Graded]) -> dict[str, Agreement]:
    groups: dict[str, list[Pair]] = defaultdict(list)
    for one in graded:
        groups[one.kind].extend(one.pairs)
    return {name: agreement(groups[name]) for name in sorted(groups)}


def _over(graded: Sequence[Graded]) -> Agreement | None:
    return agreement([pair for one in graded for pair in one.pairs]) if graded else None


def _length_only(graded: Sequence[Graded]) -> list[Pair]:
    """Transcripts ranked by length get the labels' mean levels in the same order."""
    means = sorted(sum(one.labels.values()) / len(one.labels) for one in graded)
    ranked = sorted(graded, key=lambda one: one.words)
    return [(round(mean), label) for one, mean in zip(ranked, means, strict=True) for _, label in one.pairs]


def _mean_oracle(graded: Sequence[Graded]) -> list[Pair]:
    return [(round(sum(one.labels.values()) / len(one.labels)), label) for one in graded for _, label in one.pairs]


def _distance(one: Graded) -> float:
    graded = sum(a for a, _ in one.pairs)
    labelled = sum(b for _, b in one.pairs)
    return 100 * abs(graded - labelled) / (3 * len(one.pairs))
