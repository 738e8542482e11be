"""Who is the candidate among the voices of a recording: told, or plain from the usual names, or to be asked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fourstep.errors import UsageError
from fourstep.foreign_text import one_line
from fourstep.importing.recording import Recording
from fourstep.language.words import word_count
from fourstep.transcript.prose import Speakers

_OPENING = 36
"""Characters of a voice's first words, by which a person knows it again."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who speaks in a recording."""

    name: str
    words: int
    opening: str
    """The first words."""


def voices(recording: Recording) -> tuple[Voice, ...]:
    """Everybody who speaks, in the order in which they begin to; names are compared without case."""
    said: dict[str, list[str]] = {}
    shown: dict[str, str] = {}
    for cue in recording.cues:
        if cue.speaker:
            shown.setdefault(folded(cue.speaker), cue.speaker)
            said.setdefault(folded(cue.speaker), []).append(cue.text)
    return tuple(
        Voice(shown[key], sum(word_count(text) for text in texts), one_line(" ".join(texts), _OPENING))
        for key, texts in said.items()
    )


def candidate_among(present: Sequence[Voice], *, candidate: str | None, interviewer: str | None) -> Voice | None:
    """The candidate's voice; None where it cannot be known. Raises: UsageError, for a name that nobody has."""
    if candidate:
        return voice_called(candidate, present)
    if interviewer:
        asking = voice_called(interviewer, present)
        return _only(voice for voice in present if voice is not asking)
    roles = {voice.name: Speakers().role(voice.name) for voice in present}
    if not any(roles.values()):
        return None
    candidates = [voice for voice in present if roles[voice.name] == "candidate"]
    return _only(candidates or [voice for voice in present if roles[voice.name] is None])


def voice_called(name: str, present: Sequence[Voice]) -> Voice:
    """The voice of that name, or whose name alone begins so. Raises: UsageError."""
    exact = [voice for voice in present if folded(voice.name) == folded(name)]
    fitting = exact or [voice for voice in present if folded(voice.name).startswith(folded(name))]
    if name.strip() and len(fitting) == 1:
        return fitting[0]
    names = ", ".join(one_line(voice.name) for voice in present)
    what = f"'{one_line(name)}' could be several speakers." if fitting else f"Nobody called '{one_line(name)}' speaks."
    raise UsageError(what, f"Those who speak are: {names}.")


def folded(name: str) -> str:
    """A name as it is compared."""
    return " ".join(name.casefold().split())


def _only(fitting: Iterable[Voice]) -> Voice | None:
    found = list(fitting)
    return found[0] if len(found) == 1 else None
