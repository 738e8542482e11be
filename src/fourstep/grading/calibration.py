"""How far a grader can be trusted, told from labelled transcripts. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from fourstep.grading.agreement import Agreement, Pair, agreement


@dataclass(frozen=True, slots=True)
class Graded:
    """One transcript's graded and labelled levels, by criterion, and what each adds up to."""

    id: str
    kind: str
    words: int
    problem_file: bool
    levels: Mapping[str, int]
    labels: Mapping[str, int]
    score: float
    """The overall score of the graded levels, in percent."""
    labelled_score: float
    """The overall score of the labels, in percent."""

    @property
    def mean_label(self) -> float:
        """The mean labelled level, 0 to 3."""
        return sum(self.labels.values()) / len(self.labels)

    def pairs(self, criterion: str | None = None) -> list[Pair]:
        """Graded and labelled level of one criterion, or of all that have both."""
        names = self.labels if criterion is None else [criterion]
        return [(self.levels[c], self.labels[c]) for c in names if c in self.levels and c in self.labels]


@dataclass(frozen=True, slots=True)
class Calibration:
    """All figures over one labelled folder."""

    overall: Agreement
    by_criterion: Mapping[str, Agreement]
    by_kind: Mapping[str, Agreement]
    with_file: Agreement | None
    without_file: Agreement | None
    length_only: Agreement
    """A baseline that knows only how much each candidate said."""
    mean_oracle: Agreement
    """A baseline that is told each transcript's mean label and nothing else."""
    score_error: float
    """Mean distance of the overall score from the labelled one, in percent points."""
    score_bias: float
    """Mean of graded minus labelled overall score, in percent points."""


def calibrate(graded: Sequence[Graded]) -> Calibration:
    """Compare. Raises: ValueError, when nothing was graded."""
    graded = [one for one in graded if one.pairs()]
    if not graded:
        raise ValueError("nothing was graded")
    criteria = dict.fromkeys(name for one in graded for name in one.labels if name in one.levels)
    apart = [one.score - one.labelled_score for one in graded]
    return Calibration(
        overall=agreement([one.pairs() for one in graded]),
        by_criterion={name: agreement([one.pairs(name) for one in graded]) for name in criteria},
        by_kind={
            kind: agreement([one.pairs() for one in graded if one.kind == kind])
            for kind in sorted({one.kind for one in graded})
        },
        with_file=_over([one for one in graded if one.problem_file]),
        without_file=_over([one for one in graded if not one.problem_file]),
        length_only=_constant(graded, _mean_by_length(graded)),
        mean_oracle=_constant(graded, lambda one: one.mean_label),
        score_error=sum(abs(distance) for distance in apart) / len(apart),
        score_bias=sum(apart) / len(apart),
    )


def _over(graded: Sequence[Graded]) -> Agreement | None:
    return agreement([one.pairs() for one in graded]) if graded else None


def _constant(graded: Sequence[Graded], level: Callable[[Graded], float]) -> Agreement:
    """A grader that gives every criterion of a transcript the same level."""
    return agreement([[(round(level(one)), label) for _, label in one.pairs()] for one in graded])


def _mean_by_length(graded: Sequence[Graded]) -> Callable[[Graded], float]:
    """The longest transcript gets the highest of the mean labels, and so on down."""
    means = sorted(one.mean_label for one in graded)
    ranked = sorted(graded, key=lambda one: one.words)
    by_id = {one.id: mean for one, mean in zip(ranked, means, strict=True)}
    return lambda one: by_id[one.id]
