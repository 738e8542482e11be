"""Turns out of pieces of speech: what one speaker says without a break is one."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from fourstep.importing.cast import folded
from fourstep.importing.recording import Recording
from fourstep.transcript.events import Speaker
from fourstep.transcript.prose import level_of
from fourstep.transcript.transcript import Transcript, Turn


@dataclass(frozen=True, slots=True)
class Utterance:
    """What somebody says, with their role."""

    speaker: Speaker
    text: str
    at: float | None = None
    """Seconds from the recording's beginning."""
    until: float | None = None
    apart: bool = False
    """Whether a paragraph begins with it."""


def turns_of(recording: Recording, candidate: str) -> tuple[Utterance, ...]:
    """The turns of a recording that says who speaks; everybody but the candidate counts as interviewer.

    What nobody is named for belongs to whoever spoke before, and to the interviewer at the very beginning.
    """
    speaker: Speaker = "interviewer"
    pieces: list[Utterance] = []
    for cue in recording.cues:
        if cue.speaker:
            speaker = "candidate" if folded(cue.speaker) == folded(candidate) else "interviewer"
        pieces.append(Utterance(speaker, cue.text, cue.at, cue.until, cue.apart))
    return merged(pieces)


def transcript_by_names(recording: Recording, candidate: str, *, name: str, problem: str | None) -> Transcript:
    """The same as a transcript, to be graded without being kept; `name` stands in where the file has no id."""
    turns = turns_of(recording, candidate)
    return Transcript(
        id=recording.front.get("id") or name,
        turns=tuple(Turn(number, turn.speaker, turn.text) for number, turn in enumerate(turns, start=1)),
        problem=problem or recording.front.get("problem"),
        level=level_of(recording.front.get("level")) or "senior",
    )


def merged(pieces: Iterable[Utterance]) -> tuple[Utterance, ...]:
    """One turn for all that a speaker says before the other does; no word is changed."""
    turns: list[Utterance] = []
    texts: list[list[str]] = []
    for piece in pieces:
        if turns and turns[-1].speaker == piece.speaker:
            texts[-1] += ["\n\n" if piece.apart else " ", piece.text]
            turns[-1] = replace(turns[-1], until=piece.until if piece.until is not None else piece.at)
        else:
            turns.append(piece)
            texts.append([piece.text])
    return tuple(replace(turn, text="".join(text)) for turn, text in zip(turns, texts, strict=True))
