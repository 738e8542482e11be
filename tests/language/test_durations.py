"""Lengths of time, as people say them."""

import pytest

from fourstep.language.clauses import read_passage
from fourstep.language.durations import durations

DAY = 86_400


@pytest.mark.parametrize(
    ("said", "seconds", "regular"),
    [
        ("within 200 ms at the worst", 0.2, False),
        ("two hundred milliseconds", 0.2, False),
        ("it takes 4 s", 4, False),
        ("they come thirty to sixty days later", 60 * DAY, False),
        ("half a day later", DAY / 2, False),
        ("a week", 7 * DAY, False),
        ("every three hours", 3 * 3600, True),
        ("retrained every night", DAY, True),
        ("once a day", DAY, True),
        ("we refresh it hourly", 3600, True),
    ],
)
def test_a_length_of_time_is_read(said: str, seconds: float, regular: bool) -> None:
    words = read_passage(said).words
    assert [(one.seconds, one.regular) for one in durations(words, 0, len(words))] == [(seconds, regular)]


@pytest.mark.parametrize("said", ["in a hundred and twenty days", "per hour", "the hours of the day", "these days"])
def test_what_cannot_be_read_for_certain_is_left_out(said: str) -> None:
    words = read_passage(said).words
    assert list(durations(words, 0, len(words))) == []
