"""The chart's marks below: days, or times of the one day."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from fourstep.tui.widgets.chart import ticks


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moments", "marks"),
    [
        ([at(21)], [(1, "21 Nov")]),
        ([at(21), at(22)], [(1, "21 Nov"), (2, "22 Nov")]),
        ([at(21), at(21, 14)], [(1, "09:00"), (2, "14:00")]),
        ([at(21), at(21, 14), at(22)], [(1, "21 Nov"), (3, "22 Nov")]),
        ([at(day) for day in range(1, 11)], [(1, "1 Nov"), (3, "3 Nov"), (5, "5 Nov"), (7, "7 Nov"), (9, "9 Nov")]),
    ],
)
def test_no_mark_stands_twice(moments: Sequence[datetime], marks: list[tuple[int, str]]) -> None:
    assert ticks(moments) == marks
