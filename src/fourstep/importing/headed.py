"""Text exports: a heading with a name, a time or both over or before what was said.

A file is read in the one style that fits it. What looks like a heading of another style are somebody's words.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from fourstep.importing.labels import is_name, labels_in, speakers_among
from fourstep.importing.recording import Cue, Format
from fourstep.importing.times import TIME, seconds
from fourstep.transcript.prose import Passage, Speakers, passages, without_fences

_NAME = r"(?:\*\*|__)?(?P<name>[^\W\d_][^\n:：*<>\[\]]{0,39}?)(?:\*\*|__)?"
_AT = rf"(?P<time>{TIME})"
_FROM_TO = rf"{_AT}(?:[ \t]*(?:-|–|-->)[ \t]*{TIME})?"
_ENDING = re.compile(
    r"\n[ \t]*(?:Transcribed by https?://\S+|[^\n]{1,60} (?:stopped|ended) (?:the )?transcription)[ \t]*$", re.I
)
"""What exports say of themselves under the last turn."""
_ABOVE = re.compile(r"\A(?:[ \t]*(?:(?:Transcript|Kind: ?\w+|Language: ?[\w-]+)[ \t]*)?\n)+", re.I)
"""What they say of themselves over the first."""
_LONGEST_TITLE = 12
"""Words."""
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


def parse_headed(body: str, told: Collection[str] = ()) -> tuple[Format, tuple[Cue, ...], tuple[str, ...]]:
    """The speech of a text in the style that fits it, each line of it for itself where none does; and who may speak.

    Names that were told are speakers in any case; the last are words that recur as names do and were left in the text.
    """
    body = _ENDING.sub("", body.rstrip())
    body = _ABOVE.sub(lambda above: "\n" * above[0].count("\n"), body)
    for style in _STYLES:
        if headings := _headings(style, body):
            return Format.NAMES_AND_TIMES if style.named else Format.TIMES, _cues(style, body, headings), ()
    labels = labels_in(body, told)
    named, line = passages(body, labels.speakers), _counter(body)
    if _carry(named, body):
        said = (passage for passage in named if passage.text)
        cues = tuple(Cue(passage.text, line(passage.start), speaker=passage.name, apart=True) for passage in said)
        return Format.NAMES, cues, labels.doubtful
    return Format.PLAIN, _lines(body), ()


def _carry(named: Sequence[Passage], body: str) -> bool:
    """Whether names at the starts of lines carry a text: several, or a role's, with less before them than behind."""
    if not named or not (len(named) > 1 or Speakers().role(named[0].name)):
        return False
    return len(body[: named[0].start].split()) <= sum(len(passage.text.split()) for passage in named)


def _headings(style: _Style, body: str) -> list[re.Match[str]]:
    """Where the style's headings stand; none unless it fits."""
    found = [match for match in style.heading.finditer(without_fences(body)) if seconds(match["time"]) is not None]
    if not style.named:
        fits = len(found) >= _FEWEST_TIMES and len(body[: found[0].start()].split()) <= _LONGEST_TITLE
        return found if fits else []
    found = [match for match in found if is_name(match["name"])]
    names = speakers_among([match["name"] for match in found], begins=False)
    found = [match for match in found if match["name"] in names]
    return found if len(found) >= _FEWEST_HEADINGS else []


def _cues(style: _Style, body: str, headings: Sequence[re.Match[str]]) -> tuple[Cue, ...]:
    line = _counter(body)
    ends = [*(following.start() for following in headings[1:]), len(body)]
    cues = [
        Cue(
            body[heading.end() : end].strip(),
            line(heading.start()),
            seconds(heading["time"]),
            speaker=heading["name"].strip() if style.named else None,
            apart=style.named,
        )
        for heading, end in zip(headings, ends, strict=True)
    ]
    title = () if style.named else _lines(body[: headings[0].start()])
    return (*title, *(cue for cue in cues if cue.text))


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
