"""Which drills there are, and what is due on a day."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from fourstep.practice.deck import NEW_A_DAY, Card, deck_of, due_today, session
from fourstep.practice.drilled import FRAMEWORK, Drilled
from fourstep.practice.schedule import again_text
from tests.practice.test_progress import BEGAN, graded
from tests.practice.test_schedule import NOON, drilled

WEAK = {"asks_first": 1, "names_goal": 0, "names_source": 2}


def names(cards: tuple[Card, ...]) -> list[str]:
    return [card.drill for card in cards]


def again(at: datetime, days: int, drill: str = "asks_first", **more: object) -> Drilled:
    return drilled(at, drill=drill, due=at + timedelta(days=days), **more)  # type: ignore[arg-type]


def test_without_an_interview_there_is_nothing_to_drill() -> None:
    assert deck_of([], []) == ()


def test_what_was_below_solid_is_drilled_the_weakest_first_after_the_framework() -> None:
    assert names(deck_of([graded(1, WEAK)], [])) == [FRAMEWORK, "names_goal", "asks_first"]


def test_what_was_solid_when_it_was_last_graded_is_not_begun() -> None:
    assert names(deck_of([graded(1, {"asks_first": 0}), graded(2, {"asks_first": 2})], [])) == [FRAMEWORK]


def test_what_is_judged_over_all_steps_is_no_drill() -> None:
    across = replace(graded(1, {"weighs": 0}), across=frozenset({"weighs"}))
    assert names(deck_of([across], [])) == [FRAMEWORK]


def test_what_was_drilled_once_stays_in_the_deck() -> None:
    assert names(deck_of([graded(1, {"asks_first": 3})], [again(NOON, 3)])) == ["asks_first", FRAMEWORK]


def test_criteria_of_another_rubric_are_left_out() -> None:
    assert names(deck_of([graded(1, WEAK)], [again(NOON, 3, "gone")], {"asks_first"})) == [FRAMEWORK, "asks_first"]


@pytest.mark.parametrize(("hours", "due"), [(23, False), (36, True), (240, True)])
def test_a_drill_is_due_from_the_morning_of_its_day_on(hours: int, due: bool) -> None:
    evening = NOON.replace(hour=23)
    deck = deck_of([], [again(evening, 2)])
    assert bool(due_today(deck, evening + timedelta(hours=hours))) == due


@pytest.mark.parametrize(
    ("answered", "now", "due"),
    [
        ("2027-03-25T23:30:00+01:00", "2027-04-02T09:00:00+02:00", True),
        ("2027-10-28T00:30:00+02:00", "2027-11-04T21:00:00+01:00", False),
    ],
)
def test_clocks_that_are_put_forward_or_back_do_not_move_the_day(answered: str, now: str, due: bool) -> None:
    drill = again(datetime.fromisoformat(answered), 8)
    assert again_text(drill).startswith("Again in 8 days")
    assert bool(due_today(deck_of([], [drill]), datetime.fromisoformat(now))) == due


def test_the_evening_before_clocks_are_put_forward_is_another_day() -> None:
    evening, morning = (datetime.fromisoformat(f"2027-03-{at}") for at in ("27T23:30:00+01:00", "28T10:00:00+02:00"))
    deck = deck_of([graded(1, WEAK)], [again(evening, 8)])
    assert len(due_today(deck, morning)) == 2
    assert session(due_today(deck, morning), [again(evening, 8, seconds=600.0)], morning)


def test_the_longest_overdue_comes_first() -> None:
    deck = deck_of([], [again(NOON, 3, "b"), again(NOON, 1, "a"), again(NOON, 2, "c")])
    assert names(due_today(deck, NOON + timedelta(days=9))) == ["a", "c", "b"]


def test_what_could_not_be_graded_is_due_at_once() -> None:
    deck = deck_of([], [drilled(rating=None, level=None)])
    assert names(due_today(deck, NOON)) == ["asks_first"]


def test_a_few_are_begun_a_day_and_those_of_today_count() -> None:
    weak = {f"criterion_{number}": 0 for number in range(9)}
    assert len(due_today(deck_of([graded(1, weak)], []), NOON)) == NEW_A_DAY
    begun = deck_of([graded(1, weak)], [again(NOON, 1, "criterion_0")])
    assert len(due_today(begun, NOON)) == NEW_A_DAY - 1
    assert len(due_today(begun, NOON + timedelta(days=1))) == NEW_A_DAY + 1


def test_a_session_holds_what_fits_into_ten_minutes() -> None:
    deck = deck_of([], [again(NOON, 1, name) for name in "abcde"])
    chosen = session(due_today(deck, NOON + timedelta(days=2)), [], NOON + timedelta(days=2))
    assert sum(card.minutes for card in chosen) <= 10
    assert len(chosen) == 3


def test_what_was_drilled_today_is_taken_off_the_session() -> None:
    done = [again(NOON, 1, name, seconds=300.0) for name in "ab"]
    due = due_today(deck_of([graded(1, WEAK)], done), NOON)
    assert due
    assert session(due, done, NOON) == ()


def test_drills_of_yesterday_take_nothing_off() -> None:
    done = [again(NOON, 1, name, seconds=600.0) for name in "ab"]
    tomorrow = NOON + timedelta(days=1)
    assert session(due_today(deck_of([], done), tomorrow), done, tomorrow)


@pytest.mark.parametrize("rating", ["again", "good"])
def test_every_drill_takes_three_to_five_minutes(rating: str) -> None:
    cards = [Card(FRAMEWORK), Card("asks_first"), Card("asks_first", (drilled(rating=rating),))]  # type: ignore[arg-type]
    assert all(3 <= card.minutes <= 5 for card in cards)


def test_a_card_knows_the_interviews_in_which_it_was_graded() -> None:
    [_, card] = deck_of([graded(1, {"asks_first": 0}), graded(2, {"other": 3})], [])
    assert [one.at for one in card.recent] == [BEGAN + timedelta(days=1)]
