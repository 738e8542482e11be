"""Which facts a question asks for: matched by code, so that facts never drift, whoever words them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import log

from fourstep.language.words import stem, tokens
from fourstep.problem import Fact, Problem

_SMALL_WORDS = frozenset(
    (
        "a an the is are was were be been being do does did doing have has had having will would can could should may "
        "might i we you they he she it its me us my our your their this that these those there here of in on at by "
        "for from with to as and or so if any some what what's which who whom about like know need needs tell please "
        "also just then ok okay um uh first second third next one another want wants get gets going go think thinking "
        "say let's ask asking question maybe roughly sort kind all not how use uses used using now actually really "
        "basically per today's i'd i'm we're you're they're it's there's understand clarify sure expect expected care "
        "cares right give me"
    ).split()
)
_ASKED_TOGETHER = {
    "user": "people person persons customer customers member members audience viewer viewers actives dau mau",
    "day": "daily dau",
    "latency": "fast quick quickly slow respond response ms milliseconds millisecond realtime",
    "goal": "objective aim optimise optimize optimising optimizing success successful win purpose outcome achieve kpi",
    "country": "countries market markets region regions geography geographies worldwide global globally",
    "existing": "exist exists current currently already today place production replace baseline",
    "scale": "big large size volume volumes",
    "delay": "late later wait waiting soon arrive",
    "privacy": "legal gdpr regulation regulations allowed permitted compliance law pii constraint personal gender age",
    "budget": "cost costs money hardware gpu gpus machines spend infrastructure",
    "label": "labels labelled labeled truth annotated annotators annotator annotation feedback",
    "traffic": "qps rps load requests request queries",
    "new": "fresh cold recent newly",
    "where": "surface surfaces placement placements",
    "scope": "include included exclude excluded focus",
    "team": "engineers staff",
    "rate": "ratio percentage percent share fraction proportion often frequent frequency rare",
    "peak": "evening busiest spike spikes",
    "log": "logs logged logging record recorded history historical",
}
"""Words that ask for the same thing in any problem, by the one that stands for them."""

_PAIRS = ("how many", "how much", "how often", "how long")
_MATCHES = 0.62
_LEAST_PHRASE = 0.5
_ALIKE = 0.93
"""Share of the best score from which a second fact is told with it."""
_MOST_FACTS = 2
_STRANGE = 0.7
"""What a word that no fact knows weighs against a match, as a share of the rarest known word."""
_MISSPELLABLE = 6


@cache
def _canon() -> Mapping[str, str]:
    """The word that stands for a stem, for those that ask for the same thing."""
    return {stem(word): name for name, words in _ASKED_TOGETHER.items() for word in (*words.split(), name)}


@dataclass(frozen=True, slots=True)
class _Wording:
    fact: Fact
    words: frozenset[str]


class FactFinder:
    """Matches questions to the facts of one problem, rarer words counting more.

    A fact matches when one of its wordings is covered by the question and the question by the fact's wordings.
    """

    def __init__(self, problem: Problem) -> None:
        from rapidfuzz.distance import OSA  # 4 MB, which a screen that only lists need not hold

        self._distance = OSA.distance
        phrases = [(fact, _words(phrase)) for fact in problem.facts for phrase in fact.asked_as]
        self._wordings = [_Wording(fact, _content(words)) for fact, words in phrases]
        self._long_words = sorted({word for _, words in phrases for word in words if len(word) >= _MISSPELLABLE})
        self._bags = {
            fact.id: frozenset[str]().union(*(w.words for w in self._wordings if w.fact is fact))
            for fact in problem.facts
        }
        self._facts = {fact.id: fact for fact in problem.facts}
        count = len(self._bags)
        words = frozenset[str]().union(*self._bags.values())
        self._weights = {word: 0.3 + log(count / sum(word in bag for bag in self._bags.values())) for word in words}
        self._strange = _STRANGE * max(self._weights.values())

    def asked_for(self, question: str) -> tuple[Fact, ...]:
        """The facts that one question asks for, best first: none, one, or two that fit nearly alike."""
        asked = _content([self._spelled(word) for word in _words(question)])
        if not asked:
            return ()
        scores: dict[str, float] = {}
        for wording in self._wordings:
            scores[wording.fact.id] = max(scores.get(wording.fact.id, 0.0), self._score(wording, asked))
        least = max(_MATCHES, _ALIKE * max(scores.values()))
        fitting = sorted((name for name, score in scores.items() if score >= least), key=lambda name: -scores[name])
        return tuple(self._facts[name] for name in fitting[:_MOST_FACTS])

    def _score(self, wording: _Wording, asked: frozenset[str]) -> float:
        phrase = self._weight(wording.words & asked) / (self._weight(wording.words) or 1.0)
        question = self._weight(self._bags[wording.fact.id] & asked) / self._weight(asked)
        return 0.0 if phrase < _LEAST_PHRASE else (phrase + question) / 2

    def _weight(self, words: Iterable[str]) -> float:
        return sum(self._weights.get(word, self._strange) for word in words)

    def _spelled(self, word: str) -> str:
        """A misspelt long word set right."""
        if (
            len(word) < _MISSPELLABLE
            or word in self._long_words
            or _canon().get(stem(word), stem(word)) in self._weights
        ):
            return word
        near = (known for known in self._long_words if known[0] == word[0] and abs(len(known) - len(word)) <= 1)
        return next((known for known in near if self._distance(known, word, score_cutoff=1) <= 1), word)


def _words(text: str) -> list[str]:
    return [token.word for token in tokens(text) if token.kind == "word"]


def _content(words: Sequence[str]) -> frozenset[str]:
    joined = " ".join(words)
    pairs = {pair for pair in _PAIRS if pair in joined}
    halves = {pair.split()[1] for pair in pairs} | {"many", "much"}
    stems = {stem(word) for word in words if word not in _SMALL_WORDS and word not in halves}
    return frozenset({_canon().get(word, word) for word in stems} | pairs)
