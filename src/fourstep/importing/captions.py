"""WebVTT and SRT: blocks with a line of times each. What cannot be read is named by its line.

WebVTT: https://www.w3.org/TR/webvtt1/. SRT has no standard; what players accept is accepted.
"""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from fourstep.errors import TranscriptError
from fourstep.importing.recording import Cue
from fourstep.importing.times import seconds

ARROW = "-->"
_OTHER_BLOCK = re.compile(r"(?:WEBVTT|NOTE|STYLE|REGION)(?:\s|$)")
_POINTS = r"(?:[-–—−=]+[ \t]?(?:>|&gt;)|[→⇒])"
_BETWEEN = r"(?:[-–—−=~>→⇒ \t]+|[ \t]+to[ \t]+)"
_TO_SECONDS = r"\d\w*:\w+(?:[:.,]\w+)+"
_TIMES = re.compile(
    rf"[ \t]*(?:[\d:.,]+[ \t]*{ARROW}|\d\w*:[\w:.,]*[ \t]*{_POINTS}"
    rf"|{_TO_SECONDS}{_BETWEEN}{_TO_SECONDS}(?:[ \t]+\w+:\S+)*[ \t]*$)"
)
"""A line of times, or what is left of one: nobody says times to the second and nothing else, or an arrow after one."""
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+([^>\n]{1,200})>")
_TAG = re.compile(r"</?(?:v|c|i|b|u|ruby|rt|lang|font)(?:[.\s][^<>]{0,200})?>|<[\d:.]+>|\{\\[^{}]{0,60}\}", re.I)
_ROLLING = 1 / 3
"""Share of captions that say the line above again, from which on all of them roll."""


def parse_captions(text: str, name: str) -> tuple[Cue, ...]:
    """The captions of a file in order. Raises: TranscriptError, naming the line that cannot be read."""
    captions = tuple(cue for caption in _captions(text.split("\n"), name) for cue in _by_voice(caption))
    if not captions:
        raise TranscriptError(f"{name} has no captions with words.", "Export it again, or import another file.")
    return _unrolled(captions)


def _captions(lines: Sequence[str], name: str) -> Iterator[Cue]:
    """The blocks with times; text that follows one behind an empty line belongs to it too."""
    current: Cue | None = None
    skipping = False
    for number, line in enumerate(lines, start=1):
        skipping = bool(line.strip()) and (skipping or (_begins(lines, number) and bool(_OTHER_BLOCK.match(line))))
        if skipping or not line.strip() or _is_label(lines, number):
            continue
        if _is_times(lines, number):
            if current:
                yield current
            current = _timed(line, number, name)
        else:
            current = _continued(current, line, number, name)
    if current:
        yield current


def _timed(line: str, number: int, name: str) -> Cue:
    begin, _, rest = line.partition(ARROW)
    at, until = seconds(begin), seconds((rest.split() or [""])[0])
    if at is None or until is None:
        raise TranscriptError(
            f"{name} line {number}: '{line.strip()[:60]}' is no pair of times.",
            "Expected, for example: 00:00:03.120 --> 00:00:05.000",
        )
    if until < at:
        raise TranscriptError(f"{name} line {number}: the caption ends before it begins.", "Mend the line.")
    return Cue("", number, at, until)


def _begins(lines: Sequence[str], number: int) -> bool:
    """Whether a line begins a block."""
    return number == 1 or not lines[number - 2].strip()


def _is_label(lines: Sequence[str], number: int) -> bool:
    """Whether a line is a caption's number or name, over the line with its times."""
    line = lines[number - 1].strip()
    labels = bool(line) and not _has_times(line) and (_begins(lines, number) or line.isdecimal())
    return labels and number < len(lines) and _has_times(lines[number])


def _has_times(line: str) -> bool:
    return ARROW in line or bool(_TIMES.match(line))


def _is_times(lines: Sequence[str], number: int) -> bool:
    """Whether a line stands where times must, or begins with one; any other arrow is drawn in somebody's words."""
    line = lines[number - 1]
    placed = _begins(lines, number) or _is_label(lines, number - 1)
    return bool(_TIMES.match(line)) or (placed and ARROW in line)


def _continued(current: Cue | None, line: str, number: int, name: str) -> Cue:
    if current is None:
        raise TranscriptError(
            f"{name} line {number}: '{line.strip()[:60]}' stands before the first times.",
            "Captions begin with a line such as: 00:00:03.120 --> 00:00:05.000",
        )
    return replace(current, text=f"{current.text}\n{line.strip()}" if current.text else line.strip())


def _by_voice(caption: Cue) -> Iterator[Cue]:
    """A caption by the voices in it; one that only holds tags says nothing."""
    pieces = _VOICE.split(caption.text)
    for speaker, text in zip([None, *pieces[1::2]], pieces[::2], strict=True):
        if plain := _plain(text):
            yield replace(caption, text=plain, speaker=_plain(speaker) or None if speaker else None)


def _plain(text: str) -> str:
    """Without tags, and only then with the signs that entities stand for: said tags stay words."""
    lines = (html.unescape(_TAG.sub("", line)).replace("\u00a0", " ").strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _unrolled(captions: tuple[Cue, ...]) -> tuple[Cue, ...]:
    """Without what captions that roll up over the picture, or grow word by word, say again."""
    fresh: list[Cue] = []
    shown: list[str] = []
    repeating = 0
    for caption in captions:
        lines = caption.text.split("\n")
        new = _new_lines(shown, lines)
        repeating += new != lines
        shown = lines
        if new:
            fresh.append(replace(caption, text="\n".join(new)))
    return tuple(fresh) if repeating >= _ROLLING * len(captions) else captions


def _new_lines(shown: Sequence[str], lines: list[str]) -> list[str]:
    """The lines that were not just shown; of a line that has grown, what was added."""
    for count in range(min(len(shown), len(lines)), 0, -1):
        *above, last = shown[-count:]
        grown = lines[count - 1]
        if above == lines[: count - 1] and (grown == last or grown.startswith(f"{last} ")):
            added = grown[len(last) :].strip()
            return [added, *lines[count:]] if added else lines[count:]
    return lines
