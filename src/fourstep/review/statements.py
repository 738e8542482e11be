"""What the candidate asserts, clause by clause, with the phrases and the lengths of time that stand in it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from fourstep.grading.evidence import shortened
from fourstep.grading.scorecard import Evidence
from fourstep.language.clauses import Clause, Passage, read_passage
from fourstep.language.durations import Duration, durations
from fourstep.language.phrases import Concepts
from fourstep.transcript.transcript import Transcript, Turn

_HYPOTHETICAL = frozenset("if unless suppose imagine could might".split())
_SPEAKERS = ("i", "we")
"""Who "would" do something in a design interview means it."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One clause of the candidate's that asserts something."""

    turn: Turn
    place: int
    """Its number among all clauses of the candidate, questions and suppositions too."""
    passage: Passage
    clause: Clause
    named: frozenset[str]
    """The groups of phrases that stand in it."""

    @property
    def words(self) -> Sequence[str]:
        """Its words, in lower case."""
        return self.passage.words[self.clause.first : self.clause.last]

    @property
    def text(self) -> str:
        """As it stands in the turn."""
        return self.passage.quote(self.clause)

    @property
    def evidence(self) -> Evidence:
        """The clause as a quote."""
        return Evidence(turn=self.turn.name, quote=shortened(self.text))

    @property
    def durations(self) -> tuple[Duration, ...]:
        """The lengths of time in it."""
        return tuple(durations(self.passage.words, self.clause.first, self.clause.last))

    @property
    def certain(self) -> bool:
        """Whether it is said as something that is so, and not as what would be."""
        of_others = any(word == "would" and before not in _SPEAKERS for before, word in pairwise(("", *self.words)))
        return _HYPOTHETICAL.isdisjoint(self.words) and not of_others


class Statements:
    """All that one candidate asserts, in order."""

    def __init__(self, transcript: Transcript, groups: Mapping[str, Iterable[str]]) -> None:
        self.all = tuple(_statements(transcript, Concepts(groups)))
        """In the order of the interview."""

    def naming(self, *groups: str) -> Iterator[Statement]:
        """Those in which every group stands."""
        return (one for one in self.all if all(group in one.named for group in groups))

    def after(self, statement: Statement) -> Iterator[Statement]:
        """Those that are said later."""
        return (one for one in self.all if one.place > statement.place)

    def around(self, statement: Statement, within: int) -> tuple[Statement, ...]:
        """Those of the same turn that are at most so many clauses away, itself included."""
        return tuple(
            one for one in self.all if one.turn is statement.turn and abs(one.place - statement.place) <= within
        )


def _statements(transcript: Transcript, concepts: Concepts) -> Iterator[Statement]:
    place = 0
    for turn in transcript.candidate_turns:
        passage = read_passage(turn.text)
        found = concepts.find(passage)
        for clause in passage.clauses:
            place += 1
            if clause.question or passage.supposed[clause.first]:
                continue
            named = (
                name
                for name, matches in found.items()
                if any(clause.first <= match.first < clause.last for match in matches)
            )
            yield Statement(turn, place, passage, clause, frozenset(named))
