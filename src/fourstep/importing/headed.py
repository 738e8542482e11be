"""Text exports: a heading with a name, a time or both over or before what was said.

A file is read in the one style that fits it. What looks like a heading of another style are somebody's words.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fourstep.importing.recording import Cue, Format
from fourstep.importing.times import TIME, from_beginning, seconds
from fourstep.transcript.prose import Passage, Speakers, is_name, names_in, passages, speaking, without_fences

_NAME = r"(?:\*\*|__)?(?P<name>[^\W\d_][^\n:：*<>\[\]]{0,39}?)(?:\*\*|__)?"
_AT = rf"(?P<time>{TIME})"
_FROM_TO = rf"{_AT}(?:[ \t]*(?:-|–|-->)[ \t]*{TIME})?"
_ENDING = re.compile(
    r"\n[ \t]*(?:Transcribed by https?://\S+|[^\n]{1,60} (?:stopped|ended) (?:the )?transcription)[ \t]*$", re.I
)
"""What exports say of themselves under the last turn."""
_FEWEST_HEADINGS = 2
_FEWEST_TIMES = 3


@dataclass(frozen=True, slots=True)
class _Style:
    """How a program heads what was said."""

    heading: re.Pattern[str]
    named: bool = True


def _style(pattern: str, *, named: bool = True) -> _Style:
    return _Style(re.compile(pattern, re.M), named)


_STYLES = (
    _style(rf"^[ \t]*[\[(]?{_FROM_TO}[\])]?[ \t]*(?:-[ \t]*)?{_NAME}[ \t]*[:：](?:\*\*)?[ \t]*"),
    _style(rf"^{_NAME}[ \t]*[\[(]{_AT}[\])](?:\*\*)?[ \t]*[:：]?(?:\*\*)?[ \t]*"),
    _style(rf"^\[{_NAME}\][ \t]+{_AT}[ \t]*$"),
    _style(rf"^{_NAME}[ \t]+{_AT}[ \t]*$"),
    _style(rf"^{_NAME}[ \t]*\n[ \t]*{_AT}[ \t]*$"),
    _style(rf"^[ \t]*[\[(]?{_AT}[\])]?(?=[ \t\n]|$)", named=False),
)  # fmt: skip
"""The more a style asks for, the earlier it is tried: Zoom's lines, Rev's, Zoom's newer ones, Otter's and Teams', names
over times, and times alone as captions are copied from YouTube."""


def parse_headed(body: str) -> tuple[Format, tuple[Cue, ...]]:
    """The speech of a text in the style that fits it; each line of it for itself where none does."""
    body = _ENDING.sub("", body.rstrip())
    for style in _STYLES:
        if headings := _headings(style, body):
            return Format.NAMES_AND_TIMES if style.named else Format.TIMES, _cues(style, body, headings)
    named, line = passages(body, names_in(body)), _counter(body)
    if _carry(named, body):
        return Format.NAMES, tuple(
            Cue(passage.text, line(passage.start), speaker=passage.name, apart=True)
            for passage in named
            if passage.text
        )
    return Format.PLAIN, _lines(body)


def _carry(named: Sequence[Passage], body: str) -> bool:
    """Whether names at the starts of lines carry a text: several, or a role's, with less before them than behind."""
    if not named or not (len(named) > 1 or Speakers().role(named[0].name)):
        return False
    return len(body[: named[0].start].split()) <= sum(len(passage.text.split()) for passage in named)


def _headings(style: _Style, body: str) -> list[re.Match[str]]:
    """Where the style's headings stand; none unless it fits."""
    found = [match for match in style.heading.finditer(without_fences(body)) if seconds(match["time"]) is not None]
    if not style.named:
        first = next((place for place, letter in enumerate(body) if not letter.isspace()), 0)
        fits = len(found) >= _FEWEST_TIMES and found[0].start() <= first
        return found if fits else []
    found = [match for match in found if is_name(match["name"])]
    names = speaking([match["name"] for match in found])
    found = [match for match in found if match["name"] in names]
    return found if len(found) >= _FEWEST_HEADINGS else []


def _cues(style: _Style, body: str, headings: Sequence[re.Match[str]]) -> tuple[Cue, ...]:
    line = _counter(body)
    times = from_beginning([seconds(heading["time"]) for heading in headings])
    ends = [*(following.start() for following in headings[1:]), len(body)]
    cues = [
        Cue(
            body[heading.end() : end].strip(),
            line(heading.start()),
            time,
            speaker=heading["name"].strip() if style.named else None,
            apart=style.named,
        )
        for heading, time, end in zip(headings, times, ends, strict=True)
    ]
    return tuple(cue for cue in cues if cue.text)


def _lines(body: str) -> tuple[Cue, ...]:
    lines = body.split("\n")
    return tuple(
        Cue(line.strip(), number, apart=number == 1 or not lines[number - 2].strip())
        for number, line in enumerate(lines, start=1)
        if line.strip()
    )


def _counter(body: str) -> Callable[[int], int]:
    """What tells the line of a place in the text, from 1."""
    ends = [place for place, letter in enumerate(body) if letter == "\n"]
    return lambda place: bisect_left(ends, place) + 1
