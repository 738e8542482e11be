"""Who speaks, worked out without a model: each sentence leans to one role, and speakers take turns.

The likeliest path through the sentences (Viterbi) under a model of two speakers. Leanings and odds of a change were
fitted on the 12,620 and 4,780 sentences of candidates and interviewers in `benchmarks/labelled/dev` and `written`. Of
`unseen`, with the names taken out, 91 words in 100 go to whoever said them (87 if all went to the candidate), 93 where
paragraphs were left, and all where `>>` marks every change (`python -m benchmarks.speakers`).
"""

import re
from collections.abc import Sequence
from math import log

from fourstep.importing.sentences import Sentence
from fourstep.importing.turns import Utterance, merged
from fourstep.transcript.events import Speaker

ROLES: tuple[Speaker, Speaker] = ("interviewer", "candidate")

_STOPPED = re.compile(r"[.?!…。？！؟][\"'”’)]*$")
_FEWEST_STOPS = 0.2
"""Share of sentences that end with one, from which on they are sentences."""
_QUESTION = re.compile(r"[?？؟][\"'”’)]*$")
_SIGNS = tuple(
    (re.compile(pattern, re.IGNORECASE), weight)
    for weight, pattern in (
        (2.5, _QUESTION.pattern),
        (0.9, r"^(?:(?:and|so|but|okay|ok|right|sure|fine|good|then|now)[, ]+)*"
              r"(?:how|what|which|where|when|why|who)\b"),
        (1.5, r"\b(?:would|could|can|do|did|will|are|have|if|how|what|that) you\b|\byou(?:'d|'re|'ve| would| said)\b"
              r"|\byour\b"),
        (1.5, r"\b(?:tell me|walk me|talk me|say more|let'?s (?:move|talk|turn|go|start|stop|leave|say|take|look)"
              r"|suppose|imagine|go on|go ahead|convince me|minutes|thanks? (?:you )?for|welcome|like you to"
              r"|design (?:a|an|the|that|this|it))\b"),
        (1.7, r"^(?:okay|ok|right|great|good|fine|got it|i see|sure|all right|alright|understood|makes sense|thanks?"
              r"|thank you|fair|mm-?hm|cool|perfect)\b"),
        (0.9, r"\bwe\b"),
        (-0.6, r"\bi(?:'d|'ll|'m|'ve| would| will| want| think| guess| choose| assume| train| use| keep| don't)\b"),
        (-0.5, r"\bmy\b"),
        (-1.8, r"\b(?:should (?:i|we)|may i|can i|do we|how (?:many|fast|big|long|much|often)|is it|is there"
               r"|are there)\b"),
        (-0.7, r"\b(?:because|since|so that|otherwise|therefore|instead|rather than|unless|then|so (?:the|i|it|we))\b"),
        (-0.5, r"\d|\b(?:two|three|four|five|ten|twenty|hundred|thousand|million|percent)\b"),
        (-0.6, r"\b(?:random|vector|weights?|embedding|log|loss|trees?|recall|rows?|one[- ]hot|share|batch|index"
               r"|baseline|features?|labels?|train\w*|calibrat\w*)\b"),
        (-0.4, r"\b(?:um|uh|so|well|yeah)\b"),
    )
)  # fmt: skip
"""What speaks for an interviewer, or below zero for a candidate, in log-odds."""
_LENGTHS = ((1, 0.6), (7, 0.0), (14, -1.0), (24, -2.2))
"""From how many words on a sentence leans how."""
_ANY = -0.5

_CHANGES = {(0, True): 0.9, (0, False): 0.37, (1, True): 0.46, (1, False): 0.21}
"""How likely another one speaks next, by who spoke and whether it was a question."""
_OFF_MARK = 0.02
"""How likely speakers change where a file that has marks or paragraphs has none."""
_NEVER = -1e9
"""The log of how likely it is what cannot be."""
_AFTER_PAUSE = 2.0
"""By how much a silence, or a new paragraph, raises the odds of a change."""


def turns_by_rules(sentences: Sequence[Sentence], first: Speaker | None = None) -> tuple[Utterance, ...]:
    """The turns that the rules make of the sentences; who speaks first may be told."""
    return as_turns(sentences, speakers_by_rules(sentences, first))


def hard_to_tell(sentences: Sequence[Sentence]) -> bool:
    """Whether rules find next to nothing: no marks, and words without full stops, as some captions are."""
    stopped = sum(bool(_STOPPED.search(sentence.text)) for sentence in sentences)
    return not any(sentence.changes for sentence in sentences) and stopped < _FEWEST_STOPS * len(sentences)


def as_turns(sentences: Sequence[Sentence], speakers: Sequence[Speaker]) -> tuple[Utterance, ...]:
    """The sentences as turns, each spoken by whom it was given to."""
    return merged(
        Utterance(speaker, sentence.text, sentence.at, sentence.until, sentence.apart)
        for sentence, speaker in zip(sentences, speakers, strict=True)
    )


def speakers_by_rules(sentences: Sequence[Sentence], first: Speaker | None = None) -> tuple[Speaker, ...]:
    """Who says each sentence, by the likeliest path; whoever invites is likely to speak first."""
    odds = _Odds(sentences)
    likelihood = [0.0, -1.0] if first is None else [0.0 if role == first else _NEVER for role in ROLES]
    origins: list[tuple[int, int]] = []
    for place, sentence in enumerate(sentences):
        came: list[int] = []
        best: list[float] = []
        for role in (0, 1):
            paths = [likelihood[before] + odds.of(place, before, role) for before in (0, 1)]
            came.append(paths.index(max(paths)))
            best.append(max(paths) + (leaning(sentence.text) / 2 if role == 0 else -leaning(sentence.text) / 2))
        likelihood = best
        origins.append((came[0], came[1]))
    return _followed(origins, likelihood.index(max(likelihood)))


def leaning(text: str) -> float:
    """How much a sentence sounds like an interviewer, in log-odds; below zero, like a candidate."""
    words = len(text.split())
    by_length = [lean for least, lean in _LENGTHS if words >= least][-1:]
    straight = text.replace("’", "'")
    return _ANY + sum(by_length) + sum(weight for pattern, weight in _SIGNS if pattern.search(straight))


class _Odds:
    """How likely one speaker follows the other."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self._sentences = sentences
        self._marked = any(sentence.changes for sentence in sentences)
        self._paragraphs = sum(sentence.apart for sentence in sentences) > 2

    def of(self, place: int, before: int, role: int) -> float:
        """The log of how likely it is that `role` speaks at `place` after `before`."""
        if place == 0:
            return 0.0 if before == role else _NEVER
        if self._sentences[place].changes:
            return 0.0 if before != role else _NEVER
        change = self._change(place, before)
        return log(change if before != role else 1 - change)

    def _change(self, place: int, before: int) -> float:
        sentence, previous = self._sentences[place], self._sentences[place - 1]
        if self._marked:
            return _OFF_MARK**3
        change = _CHANGES[before, bool(_QUESTION.search(previous.text))]
        if sentence.apart or sentence.paused:
            odds = _AFTER_PAUSE * change / (1 - change)
            return odds / (1 + odds)
        return change * _OFF_MARK if self._paragraphs else change


def _followed(origins: Sequence[tuple[int, int]], last: int) -> tuple[Speaker, ...]:
    """The path back from its end."""
    path: list[Speaker] = []
    for origin in reversed(origins):
        path.append(ROLES[last])
        last = origin[last]
    return tuple(reversed(path))
