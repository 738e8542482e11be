"""Levels out of checks."""

import pytest

from fourstep.rubric import Answer, Rubric


@pytest.mark.parametrize(
    ("first", "second", "reasons", "level"),
    [
        ("no", "no", "yes", 0),
        ("partial", "no", "no", 1),
        ("yes", "partial", "yes", 1),
        ("yes", "yes", "no", 2),
        ("yes", "yes", "partial", 2),
        ("yes", "yes", "yes", 3),
    ],
)
def test_a_level_needs_those_below_it_and_partial_only_mentions(
    rubric: Rubric, first: Answer, second: Answer, reasons: Answer, level: int
) -> None:
    criterion = rubric.criterion("asks_first")
    assert criterion.level_for({"first": first, "second": second, "reasons": reasons}) == level
