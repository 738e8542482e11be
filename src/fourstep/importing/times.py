"""Times as recordings write them: `0:03`, `1:02:03`, `00:00:03.120`, `00:00:03,120`."""

import re

TIME = r"\d{1,3}(?::\d{1,2}){1,2}(?:[.,]\d{1,6})?"
"""The pattern of a time, without groups."""
_DAY_BEGINS = 3600.0
"""Seconds; a first time later than this is a clock's, or the recording is a piece of a longer one."""


def seconds(text: str) -> float | None:
    """The seconds that a time means; None when it is none."""
    text = text.strip().replace(",", ".")
    if not re.fullmatch(TIME, text):
        return None
    parts = [float(part) for part in text.split(":")]
    if any(part >= 60 for part in parts[1:]):
        return None
    return sum(part * unit for part, unit in zip(reversed(parts), (1, 60, 3600), strict=False))


def from_beginning(times: list[float | None]) -> list[float | None]:
    """Never going back, and counted from the first where that is a time of day."""
    first = next((time for time in times if time is not None), 0.0)
    zero, latest = (first if first >= _DAY_BEGINS else 0.0), 0.0
    counted: list[float | None] = []
    for time in times:
        latest = latest if time is None else max(latest, time - zero)
        counted.append(None if time is None else latest)
    return counted
