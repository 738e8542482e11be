"""Words that meet a check alone, whatever else is said, by the rubric's own signals and no model."""

from collections.abc import Callable, Iterable, Mapping

from fourstep.language.clauses import Clause, Passage, read_passage
from fourstep.language.phrases import Concepts, Match
from fourstep.rubric import Check, Rubric, Signal
from fourstep.transcript.transcript import Transcript, Turn

CheckId = tuple[str, str]
"""Criterion and check."""


class PlainWords:
    """The anchors of signals that need nothing beside them."""

    def __init__(self, checks: Mapping[CheckId, Check], rubric: Rubric) -> None:
        self._signals = {
            key: signals for key, check in checks.items() if (signals := [s for s in check.signals if _is_plain(s)])
        }
        named = {name for signals in self._signals.values() for s in signals for name in (*_anchors(s), *s.without)}
        groups = rubric.all_concepts()
        self._concepts = Concepts({name: groups.get(name, ()) for name in named})

    def met_in(self, passage: Passage) -> dict[CheckId, Match]:
        """The checks that words of the passage meet, with the first such words."""
        return {key: matches[0] for key, matches in self.all_in(passage).items() if matches}

    def all_in(self, passage: Passage) -> dict[CheckId, list[Match]]:
        """All words of the passage that meet each check."""
        found = self._concepts.find(passage)
        return {
            key: [match for signal in signals for match in _matches(signal, passage, found)]
            for key, signals in self._signals.items()
        }


def first_named(
    criterion: str, check: Check, rubric: Rubric, transcript: Transcript, meant: Callable[[Passage, Match], bool]
) -> Turn | None:
    """The candidate's first turn with words that meet the check alone and are meant so; None where there is none."""
    words = PlainWords({(criterion, check.id): check}, rubric)
    for turn in transcript.candidate_turns:
        passage = read_passage(turn.text)
        if any(meant(passage, match) for matches in words.all_in(passage).values() for match in matches):
            return turn
    return None


def sentence_of(match: Match, passage: Passage) -> list[str]:
    """All words of the sentence that it stands in."""
    number = passage.sentences[match.first]
    return [word for word, sentence in zip(passage.words, passage.sentences, strict=True) if sentence == number]


def _is_plain(signal: Signal) -> bool:
    alone = len(signal.near) == 1 and not signal.some and signal.times == 1
    return alone and signal.where == "anywhere" and not signal.near[0].startswith("@")


def _anchors(signal: Signal) -> list[str]:
    return signal.near[0].split("|")


def _matches(signal: Signal, passage: Passage, found: Mapping[str, list[Match]]) -> Iterable[Match]:
    """The anchor's places, apart from clauses with what the signal excludes."""
    unwanted = [match.first for name in signal.without for match in found.get(name, ())]
    for match in sorted(match for name in _anchors(signal) for match in found.get(name, ())):
        clause = _clause_of(match, passage)
        if not any(clause.first <= place < clause.last for place in unwanted):
            yield match


def _clause_of(match: Match, passage: Passage) -> Clause:
    return next(clause for clause in passage.clauses if clause.first <= match.first < clause.last)
