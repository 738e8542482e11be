"""Which facts a reply tells: found by their values, so that nobody has to take a model's word for it. Pure."""

from collections.abc import Iterable, Iterator

from fourstep.language.words import MAGNITUDES, is_number, number_at, stem, tokens
from fourstep.problem import Fact, Problem

_SHARE = 0.5
"""Of a fact's figures, or of its rare words where it has no figures, that must stand in a reply."""
_SHORTEST_RARE = 4
"""Letters."""
_COUNTED_IN_WORDS = 10
"""Below this a number in words ("two things") counts what is being said, and claims nothing."""


class Teller:
    """Knows the facts of one problem by what only they hold."""

    def __init__(self, problem: Problem) -> None:
        words = {fact.id: _stems(fact.tells) for fact in problem.facts}
        common = _stems(problem.statement)
        self._numbers = {fact.id: _values(fact.tells) for fact in problem.facts}
        self._rare = {
            name: own - common - frozenset[str]().union(*(words[other] for other in words if other != name))
            for name, own in words.items()
        }

    def told(self, text: str, facts: Iterable[Fact]) -> tuple[str, ...]:
        """The ids of those of the facts that the text tells."""
        figures, stems = _values(text), _stems(text)
        return tuple(fact.id for fact in facts if self._is_told(fact.id, figures, stems))

    def touched(self, text: str, fact_id: str) -> bool:
        """Whether the text has anything of a fact at all."""
        return bool(_values(text) & self._numbers[fact_id] or _stems(text) & self._rare[fact_id])

    def _is_told(self, fact_id: str, figures: frozenset[float], stems: frozenset[str]) -> bool:
        numbers, rare = self._numbers[fact_id], self._rare[fact_id]
        if not numbers:
            return bool(rare) and len(stems & rare) >= _SHARE * len(rare)
        beside = bool(stems & rare) or not rare
        return beside and len(figures & numbers) >= _SHARE * len(numbers)


def figures(text: str) -> Iterator[tuple[str, float]]:
    """The numbers in a text with the words that begin them; `p99` and `F1` are names."""
    found = [token for token in tokens(text) if token.kind in ("word", "number")]
    words = [token.word for token in found]
    for place, token in enumerate(found):
        if token.kind == "number" and text[token.start - 1 : token.start].isalpha():
            continue
        value = number_at(words, place) if is_number(token.word) and token.word not in MAGNITUDES else None
        if value is not None and (token.kind == "number" or value >= _COUNTED_IN_WORDS):
            yield token.word, value


def _stems(text: str) -> frozenset[str]:
    words = (token.word for token in tokens(text) if token.kind == "word" and len(token.word) >= _SHORTEST_RARE)
    return frozenset(stem(word) for word in words if not is_number(word))


def _values(text: str) -> frozenset[float]:
    return frozenset(value for _, value in figures(text))
