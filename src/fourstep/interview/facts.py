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
    "existing": "exist exists current currently present already today place production replace baseline",
    "scale": "big large size volume volumes",
    "delay": "late later wait waiting soon arrive",
    "privacy": "legal gdpr regulation regulations allowed permitted compliance law pii personal gender age",
    "constraint": "constraints limit limits limitation limitations restriction restrictions requirement requirements",
    "picture": "pictures image images photo photos",
    "similar": "similarity alike",
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
_IN_A_WORD = {"right now": "currently", "so far": "currently", "at the moment": "currently", "time limit": "latency"}
"""What small words say together, by a word that says it alone."""

_MATCHES = 0.62
_QUESTION_COUNTS = 0.55
"""How much of the score is that the question is covered; the rest is that the wording is."""
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

    A fact matches when one of its wordings is covered by the question and the question by all the fact's words.
    A question that is one of the wordings asks for that fact alone.
    """

    def __init__(self, problem: Problem) -> None:
        from rapidfuzz.distance import OSA  # 4 MB, which a screen that only lists need not hold

        self._distance = OSA.distance
        phrases = [(fact, _words(phrase)) for fact in problem.facts for phrase in fact.asked_as]
        self._verbatim = {tuple(words): fact for fact, words in reversed(phrases)}
        self._wordings = [_Wording(fact, _content(words)) for fact, words in phrases]
        self._long_words = sorted({word for _, words in phrases for word in words if len(word) >= _MISSPELLABLE})
        self._bags = {
            fact.id: _content(_words(fact.tells)).union(*(w.words for w in self._wordings if w.fact is fact))
            for fact in problem.facts
        }
        self._facts = {fact.id: fact for fact in problem.facts}
        count = len(self._bags)
        words = frozenset[str]().union(*self._bags.values())
        self._weights = {word: 0.3 + log(count / sum(word in bag for bag in self._bags.values())) for word in words}
        self._strange = _STRANGE * max(self._weights.values())

    def asked_for(self, question: str) -> tuple[Fact, ...]:
        """The facts that one question asks for, best first: none, one, or two that fit nearly alike."""
        words = [self._spelled(word) for word in _words(question)]
        if verbatim := self._as_worded(words):
            return (verbatim,)
        asked = _content(words)
        if not asked:
            return ()
        fits: dict[str, tuple[float, float]] = {}
        for wording in self._wordings:
            fits[wording.fact.id] = max(fits.get(wording.fact.id, (0.0, 0.0)), self._fit(wording, asked))
        least = max(_MATCHES, _ALIKE * max(fits.values())[0])
        fitting = sorted((name for name, fit in fits.items() if fit[0] >= least), key=lambda name: fits[name])
        return tuple(self._facts[name] for name in fitting[::-1][:_MOST_FACTS])

    def _as_worded(self, words: Sequence[str]) -> Fact | None:
        """The fact one of whose wordings the question is, behind small words at most."""
        for first in range(len(words)):
            if fact := self._verbatim.get(tuple(words[first:])):
                return fact
            if words[first] not in _SMALL_WORDS:
                return None
        return None

    def _fit(self, wording: _Wording, asked: frozenset[str]) -> tuple[float, float]:
        """The score of a wording and, between equal ones, how much it has in common with the question."""
        common = self._weight(wording.words & asked)
        phrase = common / (self._weight(wording.words) or 1.0)
        question = self._weight(self._bags[wording.fact.id] & asked) / self._weight(asked)
        return (0.0 if phrase < _LEAST_PHRASE else phrase + _QUESTION_COUNTS * (question - phrase)), common

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
    joined = f" {' '.join(words)} "
    for phrase, word in _IN_A_WORD.items():
        joined = joined.replace(f" {phrase} ", f" {word} ")
    pairs = {pair for pair in _PAIRS if pair in joined}
    halves = {pair.split()[1] for pair in pairs} | {"many", "much"}
    stems = {stem(word) for word in joined.split() if word not in _SMALL_WORDS and word not in halves}
    return frozenset({_canon().get(word, word) for word in stems} | pairs)
