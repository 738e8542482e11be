"""How far graders agree with the people who reviewed the same interviews."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fourstep.grading.agreement import Agreement, Pair, agreement
from fourstep.grading.scorecard import Scorecard
from fourstep.review.remarks import Remarks, grader_name


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One interview: its scorecards, oldest first, and what people ruled."""

    cards: tuple[Scorecard, ...]
    remarks: Remarks


@dataclass(frozen=True, slots=True)
class AgainstPeople:
    """Figures over a folder of reviewed interviews."""

    by_grader: Mapping[str, Agreement]
    """The grader's level against the person's; the newest scorecard of each grader counts."""
    by_criterion: Mapping[str, Agreement]
    """Over all graders."""
    between_people: Agreement | None
    """Where two people ruled on the same criterion of the same interview."""
    interviews: int
    rulings: int


def against_people(reviewed: Sequence[Reviewed]) -> AgainstPeople:
    """Compare. Raises: ValueError, where nobody ruled on a criterion that a grader judged."""
    by_grader: dict[str, list[list[Pair]]] = defaultdict(list)
    by_criterion: dict[str, list[list[Pair]]] = defaultdict(list)
    people: list[list[Pair]] = []
    for one in reviewed:
        people.append(_between(one.remarks))
        for name, card in {grader_name(card): card for card in one.cards}.items():
            pairs = _pairs(card, one.remarks)
            by_grader[name].append([pair for _, pair in pairs])
            for criterion, pair in pairs:
                by_criterion[criterion].append([pair])
    graders = {name: agreement(groups) for name, groups in by_grader.items() if any(groups)}
    if not graders:
        raise ValueError("nobody ruled on what was graded")
    return AgainstPeople(
        graders,
        {name: agreement(groups) for name, groups in sorted(by_criterion.items())},
        agreement(people) if any(people) else None,
        sum(bool(one.remarks.rulings) for one in reviewed),
        sum(len(one.remarks.rulings) for one in reviewed),
    )


def _pairs(card: Scorecard, remarks: Remarks) -> list[tuple[str, Pair]]:
    levels = {judgement.id: judgement.level for judgement in card.criteria}
    return [
        (criterion, (level, ruling.level))
        for (criterion, _), ruling in remarks.rulings.items()
        if (level := levels.get(criterion)) is not None
    ]


def _between(remarks: Remarks) -> list[Pair]:
    """Each two people's levels for a criterion, in the order of their names."""
    levels: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for (criterion, by), ruling in remarks.rulings.items():
        levels[criterion].append((by, ruling.level))
    return [
        (one, other)
        for said in levels.values()
        for place, (_, one) in enumerate(sorted(said))
        for _, other in sorted(said)[place + 1 :]
    ]
