"""Lengths of time in what people say: "within 200 ms", "thirty to sixty days", "every night". All in seconds."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from fourstep.language.words import MAGNITUDES, is_number, number_at

_MINUTE, _HOUR, _DAY = 60.0, 3600.0, 86_400.0
_UNITS = {
    0.001: "ms millisecond milliseconds millis mills",
    1.0: "s sec secs second seconds",
    _MINUTE: "min mins minute minutes",
    _HOUR: "h hour hours",
    _DAY: "day days night nights",
    7 * _DAY: "week weeks",
    14 * _DAY: "fortnight fortnights",
    30 * _DAY: "month months",
    365 * _DAY: "year years",
}
_SECONDS = {unit: seconds for seconds, units in _UNITS.items() for unit in units.split()}
_REGULARLY = {"hourly": _HOUR, "daily": _DAY, "nightly": _DAY, "weekly": 7 * _DAY, "monthly": 30 * _DAY}
_SINGLE = ("a", "an", "one")
_EVERY = ("every", "each")


class Duration(NamedTuple):
    """A length of time with the place of its unit among the words."""

    position: int
    seconds: float
    regular: bool
    """Whether it is how often something happens, and not how long it takes."""


def durations(words: Sequence[str], first: int, last: int) -> Iterator[Duration]:
    """Those between two words; of a range, the longer end."""
    for position in range(first, last):
        word = words[position]
        if word in _REGULARLY:
            yield Duration(position, _REGULARLY[word], regular=True)
        elif word in _SECONDS:
            count, start = _count(words, first, position)
            regular = start > first and (words[start - 1] in _EVERY or words[start - 1 : start + 1] == ["once", "a"])
            if regular or (position > first and words[position - 1] in _EVERY):
                yield Duration(position, (count or 1.0) * _SECONDS[word], regular=True)
            elif count is not None:
                yield Duration(position, count * _SECONDS[word], regular=False)


def _count(words: Sequence[str], first: int, position: int) -> tuple[float | None, int]:
    """How many of the unit at `position`, and where the number begins; None where no number stands before it."""
    start = position
    while start > first and (is_number(words[start - 1]) or words[start - 1] in MAGNITUDES):
        start -= 1
    if start < position:
        goes_on = start > first + 1 and words[start - 1] == "and" and words[start - 2] in MAGNITUDES
        return (None if goes_on else number_at(list(words), start)), start  # "a hundred and twenty" is not read
    if start > first and words[start - 1] in _SINGLE:
        half = start - 1 > first and words[start - 2] == "half"
        return (0.5, start - 2) if half else (1.0, start - 1)
    return None, position
