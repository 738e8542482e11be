"""From signals to answers: which checks a reading meets, and by which clauses."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from fourstep.offline.reading import Reading, Spot
from fourstep.offline.vocabulary import QUESTION
from fourstep.rubric import Answer, Check, Criterion, Signal

Match = tuple[Spot, ...]
"""The clauses in which a signal fits once, its anchor first."""

_MOST_SPOTS = 6


@dataclass(frozen=True, slots=True)
class CheckAnswer:
    """What the offline brain says of one check, with the clauses it rests on."""

    check: Check
    met: Answer
    signal: Signal | None = None
    """The one that fits, and where; the best match is first."""
    matches: tuple[Match, ...] = ()

    @property
    def spots(self) -> tuple[Spot, ...]:
        """The clauses of all matches, each once."""
        found = {spot.place: spot for match in self.matches for spot in match}
        return tuple(found.values())[:_MOST_SPOTS]


def answer_checks(criterion: Criterion, reading: Reading) -> tuple[CheckAnswer, ...]:
    """Answer every check of a criterion; what the candidate took back counts no more."""
    void = _last_place(criterion.revoked_by, reading)
    spoiled = _last_place(criterion.spoiled_by, reading)
    answers = {check.id: _answer(check, criterion, reading, void, spoiled) for check in criterion.checks}
    return tuple(_with_what_says_more(answer, answers) for answer in answers.values())


def _with_what_says_more(answer: CheckAnswer, answers: Mapping[str, CheckAnswer]) -> CheckAnswer:
    """A check that nothing of its own meets is met by one that says more."""
    more = (answers[name] for name in answer.check.also_met_by if name in answers)
    found = next((one for one in more if one.met == "yes"), None) if answer.met != "yes" else None
    return replace(found, check=answer.check) if found else answer


def _last_place(concepts: Iterable[str], reading: Reading) -> int:
    """The last clause in which one of the concepts stands; -1 where none does."""
    return max((place for name in concepts for place in reading.places.get(name, ())), default=-1)


def _answer(check: Check, criterion: Criterion, reading: Reading, void: int, spoiled: int) -> CheckAnswer:
    """In full from what stands after a serious error, as a mention from what stands after a revocation."""
    best = CheckAnswer(check, "no")
    for signal in check.signals:
        for weak in (False, True):
            matches = _find(signal, criterion, reading, void if weak else max(void, spoiled), weak=weak)
            if matches is None:
                continue
            if signal.met == "yes" and not weak:
                return CheckAnswer(check, "yes", signal, matches)
            if best.met == "no":
                best = CheckAnswer(check, "partial", signal, matches)
            break
    return best


def _find(
    signal: Signal, criterion: Criterion, reading: Reading, revoked: int, *, weak: bool
) -> tuple[Match, ...] | None:
    """Where the signal fits, or None; `weak` lets mentions count."""
    look = _Look(signal, criterion, reading, revoked, weak=weak or signal.listed)
    if signal.near:
        found = [evidence for anchor in look.anchors() if (evidence := look.around(anchor)) is not None]
        if len({evidence[0] for evidence in found}) < signal.times:
            return None
        found.sort(key=look.distance)
    else:
        gathered = look.gathered()
        if gathered is None:
            return None
        found = [[place] for place in gathered]
    return tuple(
        tuple(reading.spots[place] for place in dict.fromkeys(evidence)) for evidence in found[: max(2, signal.times)]
    )


class _Look:
    """One signal held against one reading."""

    def __init__(self, signal: Signal, criterion: Criterion, reading: Reading, revoked: int, *, weak: bool) -> None:
        self._signal = signal
        self._reading = reading
        self._weak = weak
        self._topic = reading.topics[criterion.id]
        self._asked = reading.asked[criterion.id]
        self._scope = {"topic": self._topic, "asked": self._asked, "anywhere": None}[signal.where]
        self._after = revoked
        self._unsaid = frozenset[int]() if _is_about_asking(criterion) else _unsaid(reading, self._asked)
        self._known: dict[str, list[int]] = {}
        self._until = min(
            (place for name in signal.before for place in reading.places.get(name, ())[:1]),
            default=len(reading.spots),
        )

    def distance(self, evidence: list[int]) -> tuple[bool, bool, int]:
        """How far the clauses are from the criterion's question, and from one another."""
        anchor = evidence[0]
        return anchor not in self._asked, anchor not in self._topic, max(evidence) - min(evidence)

    def anchors(self) -> Sequence[int]:
        """The clauses where the first concept stands and is allowed to."""
        return self._places(self._signal.near[0]) if self._signal.near else []

    def around(self, anchor: int) -> list[int] | None:
        """The clauses that complete the signal around an anchor."""
        evidence = [anchor]
        for name in self._signal.near[1:]:
            place = self._nearest(name, anchor)
            if place is None:
                return None
            evidence.append(place)
        for count, names in self._signal.some.items():
            beside = [place for name in names if (place := self._nearest(name, anchor)) is not None]
            if len(beside) < count:
                return None
            evidence.extend(beside)
        spots = self._reading.spots
        for place in (anchor, anchor + 1):
            if place < len(spots) and spots[place].turn is spots[anchor].turn:
                here = spots[place].concepts | spots[place].weak
                if any(name in here for name in self._signal.without):
                    return None
        return evidence

    def gathered(self) -> list[int] | None:
        """One clause for each of the concepts that are found anywhere in scope, when there are enough."""
        evidence: list[int] = []
        for count, names in self._signal.some.items():
            firsts = [places[0] for name in names if (places := self._places(name))]
            if len(firsts) < count:
                return None
            evidence.extend(firsts)
        return evidence

    def _places(self, name: str) -> list[int]:
        return [
            place
            for place in self._found(name)
            if self._after < place < self._until and (self._scope is None or place in self._scope)
        ]

    def _nearest(self, name: str, anchor: int) -> int | None:
        """The clause with the concept that is nearest to the anchor, in the same answer."""
        spots, places, within = self._reading.spots, self._found(name), self._signal.within
        near = places[bisect_left(places, anchor - within) : bisect_right(places, anchor + within)]
        same_turn = [place for place in near if spots[place].turn is spots[anchor].turn]
        return min(same_turn, key=lambda place: abs(place - anchor), default=None)

    def _found(self, name: str) -> list[int]:
        """Every clause with the concept, or one of its alternatives, in order."""
        if name not in self._known:
            self._known[name] = self._all_of(name)
        return self._known[name]

    def _all_of(self, name: str) -> list[int]:
        places: list[int] = []
        for one in name.split("|"):
            if one == "@topic":
                places.extend(self._topic)
                continue
            places.extend(self._reading.places.get(one, ()))
            if self._weak:
                places.extend(self._reading.weak_places.get(one, ()))
        return sorted(place for place in places if place not in self._unsaid)


def _is_about_asking(criterion: Criterion) -> bool:
    """Whether one of its checks looks for questions; on anything else, to ask is not yet to say."""
    return any(QUESTION in name for check in criterion.checks for signal in check.signals for name in signal.near)


def _unsaid(reading: Reading, asked: frozenset[int]) -> frozenset[int]:
    """Questions to the interviewer; beside other words, "How many orders an hour?" may be an answer, a feature."""
    return reading.bare_questions | (reading.questions - asked)
