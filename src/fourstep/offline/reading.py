"""A transcript read with a rubric's concepts: which clause speaks of what, and how much that counts."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from fourstep.language.clauses import Clause, Passage, asks, read_passage
from fourstep.language.phrases import Concepts
from fourstep.language.words import is_number, number_at
from fourstep.offline.drawing import lines_drawn
from fourstep.offline.instructions import without_instructions
from fourstep.offline.vocabulary import ENTITY, FEATURE, OUTCOME, POSITIVE, QUESTION, SOURCE, STATEMENT, concept_groups
from fourstep.problem import Problem
from fourstep.rubric import Criterion, Rubric
from fourstep.transcript.transcript import Transcript, Turn

_UNITS = frozenset(
    (
        "% percent ms millisecond milliseconds second seconds sec minute minutes hour hours day days week weeks month "
        "months year years qps rps gb tb mb pb kb bytes dims dimensions dimensional million billion thousand k m b bn "
        "user users request requests item items row rows times x core cores gpu gpus machine machines server servers "
        "€ $ £ dollars euros euro cents points point per bits bit layers shards pairs"
    ).split()
)
_SUMS = frozenset(("times divided multiplied × * / = makes equals roughly gives over per plus").split())
_MOSTLY_ECHO = 0.6
_SHORT_ANSWER = 15
_ACKNOWLEDGEMENT = 6
_NEAR_TOPIC = 2


@dataclass(slots=True)
class Spot:
    """One clause of the candidate's, with what stands in it."""

    turn: Turn
    passage: Passage
    clause: Clause
    place: int
    """Its number among all clauses of the candidate."""
    concepts: set[str] = field(default_factory=set)
    weak: set[str] = field(default_factory=set)
    """Concepts that are only supposed, echoed, or terms of a list."""
    asked: frozenset[str] = frozenset()
    """The criteria that the interviewer had asked about."""
    hint_rung: int = 0
    """The highest rung of a hint ladder given before it in this exchange."""
    on_pad: bool = False
    """Whether it stands on the design pad and was not said."""
    asks: bool = False
    """Whether it only asks the interviewer: the speaker does not go on to answer it."""

    @property
    def text(self) -> str:
        """The clause, verbatim."""
        return self.passage.quote(self.clause)


@dataclass(slots=True)
class Reading:
    """All clauses of the candidate in order, with an index from concept to clauses."""

    spots: list[Spot]
    places: dict[str, list[int]]
    """Concept to the clauses where it counts in full."""
    weak_places: dict[str, list[int]]
    """Concept to the clauses where it counts as a mention."""
    topics: dict[str, frozenset[int]]
    """Criterion to the clauses that are about it."""
    asked: dict[str, frozenset[int]]
    """Criterion to the clauses that answer a question about it."""
    named_topics: dict[str, frozenset[int]]
    """Criterion to the clauses around its topic words, whatever was asked."""
    questions: frozenset[int]
    """The clauses that only ask the interviewer."""
    bare_questions: frozenset[int]
    """Those of them in turns that hold nothing else."""


class Reader:
    """Reads transcripts on one problem with one rubric; made once, used for many."""

    def __init__(self, rubric: Rubric, problem: Problem | None) -> None:
        self._rubric = rubric
        self._problem = problem
        topics = {name for criterion in rubric.criteria for name in criterion.topic}
        groups = concept_groups(rubric, problem, "")
        self._shared = Concepts(groups) if problem else None
        self._topics = Concepts({name: groups.get(name, ()) for name in topics})

    def read(self, transcript: Transcript) -> Reading:
        """Find every concept in every clause of the candidate."""
        opening = next((turn.text for turn in transcript.turns if turn.speaker == "interviewer"), "")
        concepts = self._shared or Concepts(concept_groups(self._rubric, None, opening))
        spots: list[Spot] = []
        asked = frozenset[str]()
        announced: frozenset[str] | None = None
        told: set[float] = set()
        said: frozenset[str] = frozenset()
        rung = 0
        pad = ""
        for turn in transcript.turns:
            passage = read_passage(without_instructions(turn.text))
            if turn.speaker == "interviewer":
                told |= _numbers(passage)
                said = frozenset(passage.stems)
                rung = turn.hint_rung or 0
                criteria = self._asked_about(turn, passage)
                if criteria or len(passage.words) > _ACKNOWLEDGEMENT:
                    asked = criteria
                elif announced is not None:
                    asked = announced
                continue
            announced = self._announced(passage)
            for words in (passage, *lines_drawn(turn.pad, before=pad)):
                fresh = _spots(turn, words, concepts, told=told, said=said, base=len(spots))
                for spot in fresh:
                    spot.asked, spot.hint_rung, spot.on_pad = asked, rung, words is not passage
                spots.extend(fresh)
            pad = turn.pad or pad
        return self._indexed(spots)

    def _announced(self, passage: Passage) -> frozenset[str] | None:
        """What the candidate's last sentence is about when it asks: "May I go to the labels?" "Go."; else None."""
        last = passage.clauses[-1] if passage.clauses else None
        if last is None or not last.question:
            return None
        return self._about(read_passage(passage.quote(last)))

    def _asked_about(self, turn: Turn, passage: Passage) -> frozenset[str]:
        if turn.aims_at:
            return frozenset([turn.aims_at])
        return self._about(passage)

    def _about(self, passage: Passage) -> frozenset[str]:
        found = self._topics.find(passage)
        return frozenset(c.id for c in self._rubric.criteria if any(topic in found for topic in c.topic))

    def _indexed(self, spots: list[Spot]) -> Reading:
        places: dict[str, list[int]] = defaultdict(list)
        weak_places: dict[str, list[int]] = defaultdict(list)
        for spot in spots:
            for concept in spot.concepts:
                places[concept].append(spot.place)
            for concept in spot.weak:
                weak_places[concept].append(spot.place)
        asked = {c.id: frozenset(spot.place for spot in spots if c.id in spot.asked) for c in self._rubric.criteria}
        named = {c.id: _around(spots, _topic_places(c, places, weak_places)) for c in self._rubric.criteria}
        topics = {key: asked[key] | around for key, around in named.items()}
        questions = frozenset(spot.place for spot in spots if spot.asks)
        telling = {spot.turn.number for spot in spots if not spot.asks}
        bare = frozenset(place for place in questions if spots[place].turn.number not in telling)
        return Reading(spots, places, weak_places, topics, asked, named, questions, bare)


def _topic_places(criterion: Criterion, places: dict[str, list[int]], weak: dict[str, list[int]]) -> Iterable[int]:
    for topic in criterion.topic:
        yield from places.get(topic, ())
        yield from weak.get(topic, ())


def _around(spots: list[Spot], places: Iterable[int]) -> frozenset[int]:
    near: set[int] = set()
    for place in places:
        turn = spots[place].turn.number
        for other in range(max(0, place - _NEAR_TOPIC), min(len(spots), place + _NEAR_TOPIC + 1)):
            if spots[other].turn.number == turn:
                near.add(other)
    return frozenset(near)


def _spots(
    turn: Turn, passage: Passage, concepts: Concepts, *, told: set[float], said: frozenset[str], base: int
) -> list[Spot]:
    spots = [Spot(turn, passage, clause, base + number) for number, clause in enumerate(passage.clauses)]
    home = [number for number, clause in enumerate(passage.clauses) for _ in range(clause.first, clause.last)]
    echoing = [_echoes(passage, spot.clause, said) for spot in spots]
    for concept, matches in concepts.find(passage).items():
        for match in matches:
            number = home[match.first]
            spot = spots[number]
            if passage.refused[match.first] and not match.denied:
                continue  # "we don't need a baseline" names one, and is none
            weak = passage.supposed[match.first] or echoing[number] or spot.clause.listed
            (spot.weak if weak else spot.concepts).add(concept)
    asking = _sentences_that_only_ask(passage)
    for spot in spots:
        spot.concepts |= _read_off(spot, told)
        spot.weak -= spot.concepts
        spot.asks = spot.clause.sentence in asking
    return spots


def _sentences_that_only_ask(passage: Passage) -> set[int]:
    """The sentences worded as questions, but for those that the next one answers: "What if it fails? Popular ones."."""
    openings = {clause.sentence: clause for clause in reversed(passage.clauses)}
    asking = {
        number
        for number, clause in openings.items()
        if clause.question and asks(passage.words[clause.first : clause.last], marked=True)
    }
    return {number for number in asking if number + 1 not in openings or number + 1 in asking}


def _echoes(passage: Passage, clause: Clause, said: frozenset[str]) -> bool:
    """A clause that mostly gives the interviewer's last words back is agreement, not an idea."""
    stems = [s for s in passage.stems[clause.first : clause.last] if len(s) > 3]
    if not stems or len(passage.words) > 4 * _SHORT_ANSWER:
        return False
    echoed = sum(1 for s in stems if s in said)
    return echoed / len(stems) >= _MOSTLY_ECHO


def _read_off(spot: Spot, told: set[float]) -> set[str]:
    """What is seen without a list of words: questions, numbers, sums, words of the problem."""
    read: set[str] = set()
    words = spot.passage.words
    numbers: list[float] = []
    for position in range(spot.clause.first, spot.clause.last):
        if not is_number(words[position]):
            continue
        value = number_at(words, position)
        if value is None:
            continue
        numbers.append(value)
        read.add("@number")
        if set(words[position + 1 : position + 4]) & _UNITS or (position and words[position - 1] in _UNITS):
            read.add("@quantity")
        if value >= 10 and value in told:
            read.add("@told_number")
    if len(numbers) > 1 and _SUMS & set(words[spot.clause.first : spot.clause.last]):
        read.add("@arithmetic")
    if spot.clause.question:
        read.add(QUESTION)
    if spot.concepts & {ENTITY, FEATURE, POSITIVE, SOURCE, OUTCOME, STATEMENT}:
        read.add("@specific")
    return read


def _numbers(passage: Passage) -> set[float]:
    values = (number_at(passage.words, n) for n, word in enumerate(passage.words) if is_number(word))
    return {value for value in values if value is not None}
