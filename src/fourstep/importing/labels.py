"""Which words before colons at the starts of lines are speakers, and which are headings inside somebody's answer."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby

from fourstep.importing.cast import folded
from fourstep.transcript.prose import Speakers, without_fences

_NAME = r"(?P<name>[^\s:：*<>][^\n:：*<>]{0,59}?)[ \t]*"
_BOLD = re.compile(rf"^(?P<bold>\*\*|__){_NAME}(?:(?P=bold)[ \t]*[:：]|[:：](?P=bold))", re.M)
_PLAIN = re.compile(rf"^{_NAME}[:：](?!//)", re.M)
_ABOVE = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*")
"""Empty lines and titles."""
_SMALL = frozenset("al bin da de del den der di dos du el la le ten ter van von y".split())
"""Words of names that are written small."""
_MOST_WORDS = 5
_FEWEST_DIGITS = 5
"""Of a telephone number."""
_TWO = 2
"""Speakers, without whom nothing is a conversation."""


@dataclass(frozen=True, slots=True)
class Labels:
    """The words before colons in a text, by what they are."""

    speakers: frozenset[str] = frozenset()
    """As they are written."""
    doubtful: tuple[str, ...] = ()
    """What comes again and again as names do, but stands where headings inside an answer do."""


def labels_in(body: str, told: Collection[str] = ()) -> Labels:
    """The speakers by all appearance; one whose name, or its beginning, was told counts in any case."""
    found = _labels(without_fences(body))
    begins = bool(found) and found[0].start() == _end_of_titles(body)
    labels = [match["name"] for match in found]
    names = speakers_among(labels, begins=begins)
    wanted = tuple(folded(name) for name in told if name.strip())
    present = [label for label in labels if label in names or folded(label).startswith(wanted)]
    doubtful = [name for name in _headings(present) if not name.startswith(wanted)]
    speakers = frozenset(name for name in present if folded(name) not in doubtful)
    return Labels(speakers, tuple(dict.fromkeys(name for name in present if folded(name) in doubtful)))


def speakers_among(labels: Sequence[str], *, begins: bool) -> frozenset[str]:
    """The labels that are speakers; addresses, numbers and the like where the text begins with a label, and recurs.

    One speaker alone is no conversation: what else comes again and again there is the other's name, however odd.
    """
    names = _recurring([label for label in labels if is_name(label)])
    if begins and len(set(map(folded, names))) < _TWO:
        times = Counter(map(folded, labels))
        again = frozenset(label for label in labels if times[folded(label)] > 1)
        return again if len(set(map(folded, again))) >= _TWO else names
    return names


def _recurring(labels: Sequence[str]) -> frozenset[str]:
    """What comes again and again, or is a role's; the roles alone where a text begins with both."""
    times, role = Counter(map(folded, labels)), Speakers().role
    again = [label for label in labels if times[folded(label)] > 1 or role(label)]
    pool = again if len(set(map(folded, again))) >= _TWO else labels
    if {role(label) for label in list(dict.fromkeys(pool))[:_TWO]} == {"candidate", "interviewer"}:
        return frozenset(label for label in labels if role(label))
    return frozenset(pool)


def is_name(text: str) -> bool:
    """Whether a text can be somebody's name: a few words, none of them small but those that names have."""
    words = text.split()
    if not 0 < len(words) <= _MOST_WORDS or not text[0].isalpha():
        return False
    return Speakers().role(text) is not None or not any(word[0].islower() and word not in _SMALL for word in words)


def may_be_name(text: str) -> bool:
    """Whether a program could show somebody as this: an address, a telephone number, a name with signs in it."""
    words = text.split()
    if not 0 < len(words) <= _MOST_WORDS or not (text[0].isalnum() or text[0] == "+"):
        return False
    if not any(map(str.isalpha, text)):
        return sum(map(str.isdigit, text)) >= _FEWEST_DIGITS
    return len(words) == 1 or not any(word.isalpha() and word.islower() and word not in _SMALL for word in words)


def _labels(body: str) -> list[re.Match[str]]:
    """What could be names; only what is bold where two or more are."""
    bold = [match for match in _BOLD.finditer(body) if may_be_name(match["name"])]
    if len({folded(match["name"]) for match in bold}) >= _TWO:
        return bold
    return sorted(
        [*bold, *(match for match in _PLAIN.finditer(body) if may_be_name(match["name"]))], key=re.Match.start
    )


def _end_of_titles(body: str) -> int:
    above = _ABOVE.match(body)
    return above.end() if above else 0


def _headings(present: Sequence[str]) -> set[str]:
    """Single words that only stand between two others who speak in turn, as headings inside an answer do.

    The two who begin are speakers. Anybody else who is answered stands between two turns of the same one.
    """
    talk = [folded(name) for name in present]
    suspects = {name for name in talk if len(name.split()) == 1} - set(list(dict.fromkeys(talk))[:_TWO])
    runs = [list(run) for _, run in groupby(talk, key=suspects.__contains__)]
    answered = {
        name
        for before, run, after in zip(runs, runs[1:], runs[2:], strict=False)
        if before[-1] == after[0]
        for name in run
    }
    return suspects - answered
