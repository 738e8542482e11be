"""Sentences of a recording that does not say who speaks: what rules or a model give to one speaker or the other."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from fourstep.importing.recording import Cue

PAUSE = 1.5
"""Seconds of silence in which the other one may have begun to speak."""
_LONGEST = 20
"""Words after which a sentence is cut at the end of its line: captions made by machines often have no full stops."""
_FEWEST_STOPS = 1 / 40
"""Of words that end with a full stop, from which on sentences end there and nowhere else."""
_END = re.compile(r"(?<![.?!…])[.?!…]+[\"'”’)\]]*(?=\s)|[。？！]")
_STOPS = (".", "?", "!", "…", "。", "？", "！")
_ABBREVIATED = re.compile(r"(?:\b(?:e\.g|i\.e|vs|etc|mr|mrs|ms|dr|approx|no|fig)|\b(?-i:[A-Z]))\.$", re.I)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A piece of speech that one person says."""

    text: str
    at: float | None = None
    until: float | None = None
    changes: bool = False
    """Whether the file marks that somebody else speaks from here on."""
    apart: bool = False
    """Whether a paragraph begins here."""
    paused: bool = False
    """Whether there was a silence before it."""


def sentences_of(cues: Sequence[Cue]) -> tuple[Sentence, ...]:
    """All that is said, cut into sentences; no word is lost or changed."""
    stopped = _stopped(cues)
    cut: list[Sentence] = []
    current: Sentence | None = None
    for cue, following in zip(cues, [*cues[1:], None], strict=True):
        paused = bool(cut) and current is None and _silent(cut[-1].until, cue.at)
        pieces = list(_pieces(cue.text))
        for number, (text, ends) in enumerate(pieces):
            if current is None:
                first = number == 0
                current = Sentence(
                    text, cue.at, cue.until, cue.changes and first, cue.apart and first, paused and first
                )
            else:
                current = replace(current, text=f"{current.text} {text}", until=cue.until)
            if ends or (number == len(pieces) - 1 and _breaks(current, cue, following, stopped=stopped)):
                cut.append(current)
                current = None
    return tuple(cut)


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """The sentences of a text with whether each ends there; the last may go on in the next line."""
    start = 0
    for match in _END.finditer(text):
        piece = text[start : match.end()].strip()
        if piece and not _ABBREVIATED.search(piece):
            yield piece, True
            start = match.end()
    if rest := text[start:].strip():
        yield rest, bool(re.search(r"[.?!…。？！][\"'”’)\]]*$", rest)) and not _ABBREVIATED.search(rest)


def _stopped(cues: Sequence[Cue]) -> bool:
    """Whether sentences end with full stops here."""
    stops = sum(len(_END.findall(cue.text)) + cue.text.rstrip().endswith(_STOPS) for cue in cues)
    return stops >= _FEWEST_STOPS * sum(len(cue.text.split()) for cue in cues)


def _breaks(sentence: Sentence, cue: Cue, following: Cue | None, *, stopped: bool) -> bool:
    """Whether a sentence without a full stop ends with its line all the same."""
    if following is None or following.changes or following.apart:
        return True
    if stopped:
        return False
    return len(sentence.text.split()) >= _LONGEST or _silent(cue.until, following.at)


def _silent(until: float | None, at: float | None) -> bool:
    return until is not None and at is not None and at - until >= PAUSE
