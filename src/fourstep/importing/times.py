"""Times as recordings write them: `0:03`, `1:02:03`, `00:00:03.120`, `00:00:03,120`."""

import re
from collections.abc import Iterator, Sequence

Span = tuple[float | None, float | None]
"""When a piece of speech begins and ends, in seconds, as far as the file says it."""

TIME = r"\d{1,3}(?::\d{1,2}){1,2}(?:[.,]\d{1,6})?"
"""The pattern of a time, without groups."""
_DAY_BEGINS = 3600.0
"""Seconds; a first time later than this is a clock's, or the recording is a piece of a longer one."""
_DAY = 86_400.0
"""Seconds; a clock that goes back by more than half of it has passed midnight."""


def seconds(text: str) -> float | None:
    """The seconds that a time means; None when it is none."""
    text = text.strip().replace(",", ".")
    if not re.fullmatch(TIME, text):
        return None
    parts = [float(part) for part in text.split(":")]
    if any(part >= 60 for part in parts[1:]):
        return None
    return sum(part * unit for part, unit in zip(reversed(parts), (1, 60, 3600), strict=False))


def from_beginning(spans: Sequence[Span]) -> Iterator[Span]:
    """Begins and ends that never go back; counted from the first begin, and over midnight, where that is a clock's."""
    first = next((at for at, _ in spans if at is not None), 0.0)
    by_clock = first >= _DAY_BEGINS
    zero, previous = (first if by_clock else 0.0), first
    begun = ended = 0.0
    for at, until in spans:
        if at is not None:
            if by_clock and previous - at > _DAY / 2:
                zero -= _DAY
            previous, begun = at, max(begun, at - zero)
        if until is not None:
            ended = max(ended, until - zero)
        yield None if at is None else begun, None if until is None else ended
