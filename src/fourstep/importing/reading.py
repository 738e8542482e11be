"""A file's text as a recording, by what stands in it: its name's ending may say anything."""

import re
from collections.abc import Collection
from dataclasses import replace

from fourstep.errors import TranscriptError
from fourstep.importing.captions import parse_captions
from fourstep.importing.headed import parse_headed
from fourstep.importing.names import with_changes, with_names
from fourstep.importing.recording import Cue, Format, Recording
from fourstep.importing.times import from_beginning
from fourstep.transcript.prose import front_matter

CAPTIONS = (".vtt", ".srt")
"""How names of caption files end."""

_CAPTION = re.compile(r"^[ \t]*[\d:.,]+[ \t]*-->", re.M)
_MARKUP = re.compile(r"\s*(?:<(?:!doctype|html|\?xml|tt\b)|[\[{]\s*[\"{\[])", re.I)


def parse_recording(text: str, name: str, told: Collection[str] = ()) -> Recording:
    """The recording in a text file; `name` is the file's, without its folder, and `told` names some who speak.

    Raises: TranscriptError.
    """
    if not text.strip():
        raise TranscriptError(f"{name} is empty.", "Export it again.")
    if _MARKUP.match(text):
        raise TranscriptError(f"{name} is data or a page, not a transcript.", "Save it as plain text, VTT or SRT.")
    if text.startswith("WEBVTT") or _CAPTION.search(text) or name.lower().endswith(CAPTIONS):
        kind = Format.VTT if text.startswith("WEBVTT") else Format.SRT
        return _recording(name, kind, tuple(_joined(cue) for cue in with_names(parse_captions(text, name))))
    front, body = front_matter(text)
    kind, cues, doubtful = parse_headed(body, told)
    if kind is Format.TIMES:
        cues = tuple(_joined(cue) for cue in with_names(cues))
    above = text.count("\n") - body.count("\n")
    recording = _recording(name, kind, tuple(replace(cue, line=cue.line + above) for cue in cues))
    return replace(recording, front=front, doubtful=doubtful)


def _recording(name: str, kind: Format, cues: tuple[Cue, ...]) -> Recording:
    """With times from the beginning on, and cut where `>>` marks another speaker. Raises: TranscriptError."""
    if not any(cue.speaker for cue in cues):
        cues = with_changes(cues)
    spans = from_beginning([(cue.at, cue.until) for cue in cues])
    timed = (replace(cue, at=at, until=until) for cue, (at, until) in zip(cues, spans, strict=True))
    said = tuple(cue for cue in timed if cue.text)
    if not said:
        raise TranscriptError(f"{name} holds no words that anybody said.", "Export it again.")
    return Recording(name, kind, said)


def _joined(cue: Cue) -> Cue:
    """Captions are broken into lines to fit the picture."""
    return replace(cue, text=" ".join(cue.text.split()))
