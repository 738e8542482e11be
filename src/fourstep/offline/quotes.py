"""Which of the candidate's words are quoted for a criterion: whole sentences that earned its level."""

from collections.abc import Iterator, Sequence

from fourstep.grading.evidence import LONGEST_QUOTE, shortened
from fourstep.grading.scorecard import Evidence
from fourstep.offline.answers import CheckAnswer, Match
from fourstep.offline.reading import Reading
from fourstep.rubric import Criterion, Signal

_MOST_QUOTES = 3


def quotes(criterion: Criterion, level: int, answers: Sequence[CheckAnswer], reading: Reading) -> tuple[Evidence, ...]:
    """At most three quotes, in the order in which they were said; none repeats words of another."""
    chosen: list[range] = []
    for match in _ranked(criterion, level, answers, reading):
        _add(chosen, _stretch(match, reading), reading)
    return tuple(_evidence(stretch, reading) for stretch in sorted(chosen, key=lambda one: one.start))


def _add(chosen: list[range], stretch: range, reading: Reading) -> None:
    """Choose a stretch too, or widen by it the one that it overlaps."""
    overlapped = [number for number, other in enumerate(chosen) if _overlap(stretch, other)]
    if not overlapped and len(chosen) < _MOST_QUOTES:
        chosen.append(stretch)
    if len(overlapped) == 1:
        other = chosen[overlapped[0]]
        both = range(min(stretch.start, other.start), max(stretch.stop, other.stop))
        if _fits(both, reading):
            chosen[overlapped[0]] = both


def _overlap(one: range, other: range) -> bool:
    return one.start < other.stop and other.start < one.stop


def _ranked(criterion: Criterion, level: int, answers: Sequence[CheckAnswer], reading: Reading) -> Iterator[Match]:
    """The matches behind the level: the highest checks first, each once before any check that wants several."""
    met = [answer for answer in answers if answer.met != "no"]
    earning = [answer for answer in met if level == 1 or (answer.met == "yes" and _tier(answer, criterion, level) != 1)]
    ranked = sorted(earning or met, key=lambda answer: _rank(answer, criterion, level, reading))
    yield from (answer.matches[0] for answer in ranked)
    yield from (match for answer in ranked for match in _further(answer))


def _further(answer: CheckAnswer) -> tuple[Match, ...]:
    """The matches after the first without which the signal would not fit."""
    wanted = answer.signal.times if answer.signal and answer.signal.near else len(answer.matches)
    return answer.matches[1:wanted]


def _rank(answer: CheckAnswer, criterion: Criterion, level: int, reading: Reading) -> tuple[int, bool, bool, bool]:
    place = answer.matches[0][0].place
    return (
        -_tier(answer, criterion, level),
        not _joins(answer.signal),
        place not in reading.asked[criterion.id],
        place not in reading.topics[criterion.id],
    )


def _tier(answer: CheckAnswer, criterion: Criterion, level: int) -> int:
    """The highest level reached that the check speaks for; 0 where it speaks for none of them."""
    return max((n for n in range(1, level + 1) if answer.check.id in criterion.rule(n).check_ids), default=0)


def _joins(signal: Signal | None) -> bool:
    """Whether it wants several concepts together: they say more than one word that is met anywhere."""
    return signal is not None and len(signal.near) + sum(signal.some) > 1


def _stretch(match: Match, reading: Reading) -> range:
    """The sentences of a match, or else the sentence of its anchor, or else what stands around the anchor."""
    anchor = match[0]
    places = [spot.place for spot in match if spot.passage is anchor.passage]
    for clauses in (range(min(places), max(places) + 1), range(anchor.place, anchor.place + 1)):
        whole = _whole_sentences(clauses, reading)
        if _fits(whole, reading):
            return whole
    return _grown(range(anchor.place, anchor.place + 1), whole, reading)


def _whole_sentences(clauses: range, reading: Reading) -> range:
    first, last = clauses.start, clauses[-1]
    while first > 0 and _same_sentence(first - 1, first, reading):
        first -= 1
    while last + 1 < len(reading.spots) and _same_sentence(last, last + 1, reading):
        last += 1
    return range(first, last + 1)


def _same_sentence(place: int, following: int, reading: Reading) -> bool:
    one, other = reading.spots[place], reading.spots[following]
    return one.passage is other.passage and one.clause.sentence == other.clause.sentence


def _grown(clauses: range, sentence: range, reading: Reading) -> range:
    """The clauses with those of the sentence that follow, then those before, as long as they fit."""
    while clauses.stop < sentence.stop and _fits(wider := range(clauses.start, clauses.stop + 1), reading):
        clauses = wider
    while clauses.start > sentence.start and _fits(wider := range(clauses.start - 1, clauses.stop), reading):
        clauses = wider
    return clauses


def _fits(clauses: range, reading: Reading) -> bool:
    return len(_text(clauses, reading).split()) <= LONGEST_QUOTE


def _text(clauses: range, reading: Reading) -> str:
    first, last = reading.spots[clauses.start], reading.spots[clauses[-1]]
    return first.passage.text[first.clause.start : last.clause.end]


def _evidence(clauses: range, reading: Reading) -> Evidence:
    spot = reading.spots[clauses.start]
    return Evidence(turn=spot.turn.name, quote=shortened(_text(clauses, reading)), on_pad=spot.on_pad)
