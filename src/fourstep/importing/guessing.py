"""What an interview is about, by its first words: a problem's title in one sentence, or its statement as it is read.

Of the 132 labelled transcripts of `benchmarks/labelled`, none is given a wrong problem, and 78 of the 116 that are
about a problem of the library are given theirs, as are all its statements when they are read out.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import log

from fourstep.importing.turns import Utterance
from fourstep.language.words import stem, tokens
from fourstep.problem import Problem

_OPENING = 150
"""Words at the beginning in which somebody says what is to be designed."""
_STATEMENT = 100
"""Of the interviewer's words, those that may be a problem's statement."""
_TITLE_WEIGHT = 2
"""How much a word of the title counts, of one that only the statement has."""
_MARGIN = 0.17
"""By how much the share of a statement that was said must lie above that of any other: 0.15 is too little."""


def guessed_problem(turns: Sequence[Utterance], problems: Iterable[Problem]) -> Problem | None:
    """The one problem whose title is said, or whose statement is by far the most; None for several or none."""
    known = list(problems)
    opening = list(_opening(turns))
    fitting = [problem for problem in known if any(_stems(problem.title) <= said for said in opening)]
    if fitting:
        return fitting[0] if len(fitting) == 1 else None
    return _by_statement(_first_words(turns), known)


def _by_statement(said: set[str], problems: Sequence[Problem]) -> Problem | None:
    """The problem most of whose rare words were said, if no other comes near it."""
    own = {problem.id: _stems(problem.title) | _stems(problem.statement) for problem in problems}
    held_by = Counter(word for words in own.values() for word in words)
    rarity = {word: log(len(problems) / count) for word, count in held_by.items()}
    shares = [_share(said, problem, own[problem.id], rarity) for problem in problems]
    best, second = sorted([*shares, 0.0, 0.0], reverse=True)[:2]
    return problems[shares.index(best)] if best - second >= _MARGIN else None


def _share(said: set[str], problem: Problem, own: set[str], rarity: Mapping[str, float]) -> float:
    """How much of a problem's words was said, by how rare they are among the problems; 0 to 1."""
    title = _stems(problem.title)
    weight = {word: rarity[word] * (_TITLE_WEIGHT if word in title else 1) for word in own}
    total = sum(weight.values())
    return sum(weight[word] for word in own & said) / total if total else 0.0


def _opening(turns: Sequence[Utterance]) -> Iterator[set[str]]:
    """The stems of the first sentences."""
    left = _OPENING
    for turn in turns:
        said: set[str] = set()
        for token in tokens(turn.text):
            if token.kind == "stop":
                yield said
                said = set()
            elif token.kind == "word":
                said.add(stem(token.word))
                left -= 1
        yield said
        if left <= 0:
            return


def _first_words(turns: Sequence[Utterance]) -> set[str]:
    """The stems of what the interviewer says first."""
    words = (
        token.word
        for turn in turns
        if turn.speaker == "interviewer"
        for token in tokens(turn.text)
        if token.kind == "word"
    )
    return {stem(word) for _, word in zip(range(_STATEMENT), words, strict=False)}


def _stems(text: str) -> set[str]:
    return {stem(token.word) for token in tokens(text) if token.kind == "word"}
