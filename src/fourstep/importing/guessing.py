"""What an interview is about, by its first words: the problem of the library whose title stands in one sentence.

Of the 132 labelled transcripts of `benchmarks/labelled`, none is given a wrong problem.
"""

from collections.abc import Iterable, Iterator, Sequence

from fourstep.importing.turns import Utterance
from fourstep.language.words import stem, tokens
from fourstep.problem import Problem

_OPENING = 150
"""Words at the beginning in which somebody says what is to be designed."""


def guessed_problem(turns: Sequence[Utterance], problems: Iterable[Problem]) -> Problem | None:
    """The one problem all of whose title's words stand in one of the first sentences; None for several or none."""
    opening = list(_opening(turns))
    fitting = [problem for problem in problems if any(_title(problem) <= said for said in opening)]
    return fitting[0] if len(fitting) == 1 else None


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


def _title(problem: Problem) -> set[str]:
    return {stem(token.word) for token in tokens(problem.title) if token.kind == "word"}
