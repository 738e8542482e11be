"""When a drill comes again, and how that is said."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from fourstep.practice.drilled import FRAMEWORK, Drilled, Rating
from fourstep.practice.schedule import again_text, next_due, rating_of, rating_of_recall, result_text, when_text

NOON = datetime(2026, 11, 21, 12, tzinfo=timezone(timedelta(hours=1)))


def drilled(
    at: datetime = NOON,
    *,
    drill: str = "asks_first",
    rating: Rating | None = "good",
    due: datetime | None = None,
    level: int | None = 2,
    seconds: float = 180,
    checks: dict[str, str] | None = None,
    problem: str | None = "parcel_delays",
    question: str = "How?",
) -> Drilled:
    return Drilled(
        at=at,
        drill=drill,
        problem=problem,
        question=question,
        answer="Scale and budget.",
        seconds=seconds,
        grader="offline",
        rubric="hash",
        level=level,
        checks=checks if checks is not None else {"first": "yes", "second": "yes"},
        aimed=("first", "second"),
        quotes=("Scale and budget",),
        rating=rating,
        due=due,
    )


@pytest.mark.parametrize("rating", ["again", "hard", "good", "easy"])
def test_a_drill_never_comes_again_on_the_same_day(rating: Rating) -> None:
    assert next_due((), rating, NOON) >= NOON + timedelta(days=1)


def test_the_better_it_went_the_later_it_comes_again() -> None:
    days = [(next_due((), rating, NOON) - NOON).days for rating in ("again", "hard", "good", "easy")]
    assert days == sorted(days)
    assert days[0] < days[-1]


def test_what_went_well_before_comes_again_later() -> None:
    first = next_due((), "good", NOON)
    second = next_due([drilled()], "good", first)
    assert second - first > first - NOON


def test_what_could_not_be_graded_changes_nothing() -> None:
    assert next_due([drilled(rating=None)], "good", NOON) == next_due((), "good", NOON)


def test_the_same_answers_make_the_same_date() -> None:
    earlier = [drilled(), drilled(NOON + timedelta(days=3), rating="again")]
    at = NOON + timedelta(days=5)
    assert next_due(earlier, "hard", at) == next_due(earlier, "hard", at)


def test_it_is_due_in_the_time_zone_of_whoever_drills() -> None:
    assert next_due((), "good", NOON).tzinfo == NOON.tzinfo


def test_nothing_is_put_off_for_longer_than_half_a_year() -> None:
    at, earlier = NOON, list[Drilled]()
    for _ in range(12):
        earlier.append(drilled(at, rating="easy"))
        at = next_due(earlier[:-1], "easy", at)
    assert next_due(earlier, "easy", at) - at <= timedelta(days=180)


@pytest.mark.parametrize(
    ("level", "met", "rating"),
    [(3, 0, "easy"), (2, 0, "good"), (1, 0, "hard"), (0, 1, "hard"), (0, 0, "again")],
)
def test_how_well_it_went_follows_from_the_level_and_the_checks(level: int, met: int, rating: Rating) -> None:
    assert rating_of(level, met) == rating


@pytest.mark.parametrize(("recalled", "rating"), [(19, "easy"), (15, "good"), (8, "hard"), (2, "again"), (0, "again")])
def test_how_well_the_framework_was_recalled_follows_from_its_share(recalled: int, rating: Rating) -> None:
    assert rating_of_recall(recalled, 19) == rating


@pytest.mark.parametrize(
    ("days", "text"), [(-3, "today"), (0, "today"), (1, "tomorrow"), (3, "in 3 days"), (21, "in 3 weeks")]
)
def test_days_are_called_as_people_call_them(days: int, text: str) -> None:
    today = date(2026, 11, 21)
    assert when_text(today + timedelta(days=days), today) == text


def test_the_schedule_is_said_in_words_with_its_reason() -> None:
    one = drilled(due=NOON + timedelta(days=3))
    assert again_text(one) == "Again in 3 days, because it was solid (2 of 3)."


def framework(recalled: int, rating: Rating, due: int) -> Drilled:
    aimed = tuple(str(number) for number in range(19))
    checks = dict.fromkeys(aimed[:recalled], "yes")
    page = drilled(drill=FRAMEWORK, level=None, rating=rating, due=NOON + timedelta(days=due), checks=checks)
    return replace(page, aimed=aimed)


@pytest.mark.parametrize(
    ("recalled", "rating", "due", "text"),
    [
        (19, "easy", 8, "Again in 8 days, because 19 of 19 were recalled."),
        (5, "again", 1, "Again tomorrow, because only 5 of 19 were recalled."),
    ],
)
def test_the_reason_fits_what_was_recalled(recalled: int, rating: Rating, due: int, text: str) -> None:
    assert again_text(framework(recalled, rating, due)) == text


def test_what_comes_sooner_than_this_answer_alone_would_make_it_is_put_down_to_the_earlier_ones() -> None:
    worse = framework(0, "again", 1)
    due = next_due([worse], "easy", NOON)
    now = replace(framework(19, "easy", 1), due=due)
    assert again_text(now, [worse]) == "19 of 19 were recalled, but it went worse before: again tomorrow."


@pytest.mark.parametrize(
    ("one", "text"),
    [
        (drilled(level=3), "3 of 3"),
        (framework(19, "easy", 8), "19 of 19"),
        (drilled(level=None, rating=None), "not graded"),
    ],
)
def test_a_list_tells_the_same_numbers_as_the_result(one: Drilled, text: str) -> None:
    assert result_text(one) == text


def test_what_could_not_be_graded_stays_due() -> None:
    assert again_text(drilled(rating=None, level=None)) == "It stays due, because it was not graded."


def test_the_day_is_that_of_the_drills_own_time_zone() -> None:
    late = datetime(2026, 11, 21, 23, 30, tzinfo=timezone(timedelta(hours=-8)))
    one = drilled(late, due=(late + timedelta(days=1)).astimezone(UTC))
    assert again_text(one).startswith("Again tomorrow")
