"""Progress: what is on one line, what counts as better, and what is missed most often."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from fourstep.practice.progress import (
    Graded,
    Line,
    Point,
    Series,
    most_missed,
    series_of,
    weakest_criterion,
)
from fourstep.report.progress_table import left_out_text, misjudged_text, series_text
from fourstep.rubric import Rubric

BEGAN = datetime(2026, 11, 1, tzinfo=UTC)


def graded(
    day: int,
    levels: Mapping[str, int] | None = None,
    *,
    missed: Mapping[str, Sequence[str]] | None = None,
    grader: str = "offline",
    rubric: str = "hash",
    steps: Mapping[str, float] | None = None,
    parent: str | None = None,
) -> Graded:
    return Graded(
        interview=f"day-{day}",
        at=BEGAN + timedelta(days=day),
        problem="parcel_delays",
        grader=grader,
        rubric=rubric,
        overall=50.0 + day,
        steps=steps or {},
        levels=levels or {},
        missed=missed or {},
        parent=parent,
    )


def line(*values: float) -> Line:
    points = (Point(f"day-{day}", BEGAN + timedelta(days=day), value) for day, value in enumerate(values))
    return Line("data", "Data", "percent", tuple(points))


@pytest.mark.parametrize("other", [{"grader": "qwen3-32b"}, {"rubric": "another"}])
def test_other_graders_and_rubrics_are_other_series(other: dict[str, str]) -> None:
    assert len(series_of([graded(1), graded(2, **other), graded(3)])) == 2


def test_imports_are_on_no_line_and_are_counted() -> None:
    [series] = series_of([graded(1), replace(graded(2), imported=True), graded(3)])
    assert ([one.interview for one in series.interviews], series.left_out, series.imports) == (["day-1", "day-3"], 0, 1)
    assert left_out_text(series.left_out, series.imports) == "1 that was imported does not count."
    assert series_of([replace(graded(1), imported=True)]) == ()


def test_the_series_with_the_newest_interview_comes_first() -> None:
    found = series_of([graded(1), graded(2), graded(3, grader="qwen3-32b")])
    assert [series.grader for series in found] == ["qwen3-32b", "offline"]


def test_of_one_interview_graded_twice_the_longer_series_comes_first() -> None:
    found = series_of([graded(1), graded(2), graded(2, grader="a model")])
    assert [series.grader for series in found] == ["offline", "a model"]


def test_an_interview_that_answers_one_of_them_again_is_left_out_and_counted() -> None:
    [series] = series_of([graded(1), graded(2, parent="day-1"), graded(3, parent="day-2"), graded(4)])
    assert [one.interview for one in series.interviews] == ["day-1", "day-4"]
    assert series.left_out == 2


@pytest.mark.parametrize("parent", ["never-scored", "day-1", "day-2"])
def test_one_that_answers_again_what_is_on_no_line_before_it_counts(parent: str) -> None:
    [series] = series_of([graded(1, parent=parent)])
    assert (len(series.interviews), series.left_out) == (1, 0)


def test_a_line_runs_from_the_oldest_to_the_newest() -> None:
    [series] = series_of([graded(3), graded(1), graded(2)])
    assert series.overall.values == [51, 52, 53]


def test_an_interview_without_a_step_is_no_zero_on_its_line(rubric: Rubric) -> None:
    [series] = series_of([graded(1, steps={"frame": 40.0}), graded(2, steps={"data": 60.0})])
    assert {one.id: one.values for one in series.steps(rubric) if one.points} == {"frame": [40], "data": [60]}


@pytest.mark.parametrize(
    ("values", "trend"),
    [
        ([], None),
        ([50], None),
        ([50, 60], None),
        ([50, 60, 90], None),
        ([50, 50, 60, 60], "up"),
        ([60, 60, 50, 50], "down"),
        ([50, 50, 54, 54], "flat"),
        ([90, 90, 90, 20, 20, 20, 40, 40, 40], "up"),
    ],
)
def test_the_trend_compares_two_or_three_values_with_as_many_before(values: list[float], trend: str | None) -> None:
    assert line(*values).trend == trend


def test_how_things_stand_is_the_mean_of_the_last_three() -> None:
    assert line(0, 30, 60, 90).mean_of_last == 60


def test_the_weakest_criterion_is_named_with_how_often_it_was_not_solid() -> None:
    recent = [graded(day, {"asks_first": 1 if day else 2, "names_goal": 2}) for day in range(3)]
    assert weakest_criterion(recent) == ("asks_first", 2, 3)


def test_where_all_is_solid_nothing_is_weak() -> None:
    assert weakest_criterion([graded(1, {"asks_first": 2})]) is None


def test_the_check_that_was_missed_most_often_comes_first(rubric: Rubric) -> None:
    recent = [
        graded(1, {"asks_first": 1, "names_goal": 1}, missed={"asks_first": ["second"], "names_goal": ["second"]}),
        graded(2, {"asks_first": 2, "names_goal": 1}, missed={"asks_first": [], "names_goal": ["second"]}),
    ]
    found = most_missed(recent, rubric)
    assert [(one.criterion, one.check, one.times, one.of) for one in found] == [
        ("names_goal", "second", 2, 2),
        ("asks_first", "second", 1, 2),
    ]


def test_of_equally_most_missed_those_of_lower_levels_come_first(rubric: Rubric) -> None:
    recent = [graded(1, {"asks_first": 0}, missed={"asks_first": ["first", "second", "reasons"]})]
    assert [one.check for one in most_missed(recent, rubric)] == ["first", "second", "reasons"]


def test_what_a_person_overruled_counts_with_the_persons_level(rubric: Rubric) -> None:
    machine = graded(1, {"asks_first": 0}, missed={"asks_first": ["first", "second", "reasons"]})
    ruled = replace(machine, levels={"asks_first": 2}, ruled=frozenset({"asks_first"}))
    assert [one.check for one in most_missed([ruled], rubric)] == ["reasons"]
    assert weakest_criterion([ruled]) is None


def test_checks_of_another_rubric_are_not_named(rubric: Rubric) -> None:
    assert most_missed([graded(1, {"gone": 0}, missed={"gone": ["first"]})], rubric) == ()


def test_the_last_five_interviews_are_the_recent_ones() -> None:
    series = Series("offline", "hash", tuple(graded(day) for day in range(7)))
    assert [one.interview for one in series.recent] == ["day-6", "day-5", "day-4", "day-3", "day-2"]


def test_how_far_off_estimates_were_counts_whichever_way_over_what_was_scored() -> None:
    one = replace(graded(1, steps={"frame": 50, "data": 30}), predicted={"frame": 80, "data": 20, "model": 10})
    assert one.misjudged == 20
    assert graded(2, steps={"frame": 50}).misjudged is None


def estimated(*off: int) -> Line:
    held = [
        replace(graded(day, steps={"frame": 50}), predicted={"frame": 50 + by}) for day, by in enumerate(off, start=1)
    ]
    (series,) = series_of([*held, graded(9)])
    return series.misjudged


def test_estimates_that_come_closer_are_told_so() -> None:
    assert misjudged_text(estimated(30, 28, 5, 4)) == (
        "Your own estimates were off by 30, 28, 5, 4 points (old to new): getting closer."
    )


def test_one_point_is_told_in_the_singular() -> None:
    assert misjudged_text(estimated(1)) == "Your own estimates were off by 1 point."


def test_two_estimates_are_no_trend() -> None:
    assert misjudged_text(estimated(17, 22)) == "Your own estimates were off by 17, 22 points (old to new)."


def test_levels_that_people_gave_are_told_of_beside_the_grader() -> None:
    by_grader, ruled = (
        series_of([graded(1), replace(graded(2), ruled=frozenset(some))])[0] for some in ((), {"plans_labels"})
    )
    assert series_text(by_grader) == "2 interviews graded offline, rubric hash"
    assert series_text(ruled) == "2 interviews graded offline, with what people ruled, rubric hash"
