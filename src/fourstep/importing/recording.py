"""A recording as its file gives it: pieces of speech in order, with names and times where the file has them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Format(StrEnum):
    """What a file is, as people call it."""

    VTT = "WebVTT"
    SRT = "SRT"
    NAMES_AND_TIMES = "text with names and times"
    """As Zoom, Teams and Otter export it."""
    NAMES = "text with names"
    TIMES = "text with times"
    """As captions are copied from YouTube."""
    PLAIN = "plain text"


@dataclass(frozen=True, slots=True)
class Cue:
    """One piece of speech: a caption, or what stands behind a name or a time."""

    text: str
    line: int
    """Of the file, from 1."""
    at: float | None = None
    """Seconds; when it begins, where the file says so."""
    until: float | None = None
    speaker: str | None = None
    """The name that the file gives; None where it says nothing, and whoever spoke before goes on."""
    changes: bool = False
    """Whether the file marks that somebody else speaks from here on, without saying who (`>>`)."""
    apart: bool = False
    """Whether a paragraph begins here."""


@dataclass(frozen=True, slots=True)
class Recording:
    """All of a file."""

    name: str
    """Of the file, without its folder."""
    format: Format
    cues: tuple[Cue, ...]
    front: Mapping[str, str] = field(default_factory=dict)
    """The `key: value` lines at the top of a Markdown file."""
    doubtful: tuple[str, ...] = ()
    """What recurs at the starts of lines as names do, and was taken for headings inside an answer."""

    @property
    def marked(self) -> bool:
        """Whether the file says who speaks."""
        return any(cue.speaker for cue in self.cues)

    @property
    def timed(self) -> bool:
        """Whether the file says when things were said."""
        return any(cue.at is not None for cue in self.cues)
