"""Who speaks in captions whose words begin with names, or with `>>` where somebody else goes on."""

import re
from collections.abc import Sequence
from dataclasses import replace

from fourstep.importing.labels import may_be_name, speakers_among
from fourstep.importing.recording import Cue

_PREFIX = re.compile(r"(?:>>[ \t]*)?(?:\[([^\n:：<>\[\]]{1,40})\]|([^\n:：<>]{1,60}?))[ \t]*[:：](?!//)\s*(.*)", re.S)
_OWN_LINE = re.compile(r"([^\n:：<>\[\]]{1,40})\n()(.*)", re.S)
_CHANGE = re.compile(r"(?:^|(?<=\s))>>[>\s]*")
_FEWEST_CHANGES = 2

Found = tuple[str, str] | None
"""A name with what stands behind it."""


def with_names(cues: Sequence[Cue]) -> tuple[Cue, ...]:
    """The cues with the names that their words begin with, unless the file marks voices itself.

    Only the first name of a cue counts, and only in a file that names whoever speaks first: what looks like a name
    in the midst of somebody's words are that person's words.
    """
    if any(cue.speaker for cue in cues):
        return tuple(cues)
    for read, every in ((_prefix, False), (_own_line, True)):
        found = [read(cue.text) for cue in cues]
        names = speakers_among([one[0] for one in found if one], begins=bool(found) and found[0] is not None)
        named = [one if one and one[0] in names else None for one in found]
        enough = all(named) and len(names) < len(cues) if every else sum(map(bool, named)) > 1
        if named and named[0] and enough:
            return tuple(
                replace(cue, speaker=one[0], text=one[1]) if one else cue for cue, one in zip(cues, named, strict=True)
            )
    return tuple(cues)


def with_changes(cues: Sequence[Cue]) -> tuple[Cue, ...]:
    """The cues cut where `>>` says that somebody else speaks; once alone, it is a sign like any other."""
    if sum(len(_CHANGE.findall(cue.text)) for cue in cues) < _FEWEST_CHANGES:
        return tuple(cues)
    return tuple(piece for cue in cues for piece in _cut(cue))


def _cut(cue: Cue) -> list[Cue]:
    first, *others = _CHANGE.split(cue.text)
    pieces = [replace(cue, text=first.strip())]
    pieces += [replace(cue, text=text.strip(), changes=True) for text in others]
    return [piece for piece in pieces if piece.text]


def _prefix(text: str) -> Found:
    return _named(_PREFIX, text)


def _own_line(text: str) -> Found:
    return _named(_OWN_LINE, text)


def _named(pattern: re.Pattern[str], text: str) -> Found:
    match = pattern.match(text)
    name = (match[1] or match[2]).strip() if match else ""
    return (name, match[3].strip()) if match and may_be_name(name) else None
