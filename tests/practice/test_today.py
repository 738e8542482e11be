"""What is said of a day's drills: sentences that agree with the list."""

from datetime import timedelta

import pytest

from fourstep.practice.deck import NEW_A_DAY, Card, deck_of, due_today
from fourstep.practice.today import due_text, next_text, rest_text
from tests.practice.test_progress import graded
from tests.practice.test_schedule import NOON, drilled

ONE, TWO, THREE = Card("a"), Card("b"), Card("c")


@pytest.mark.parametrize(
    ("due", "session", "text"),
    [
        ((), (), "No drill is due today."),
        ((ONE,), (ONE,), "1 drill is due, about 4 minutes."),
        ((ONE, TWO), (ONE, TWO), "2 drills are due, about 8 minutes."),
        ((ONE, TWO, THREE), (ONE, TWO), "3 drills are due, of which 2 fit into today's ten minutes."),
        ((ONE, TWO), (ONE,), "2 drills are due, of which 1 fits into today's ten minutes."),
        ((ONE,), (), "No other drill fits into today's ten minutes. 1 more is due and waits for tomorrow."),
    ],
)
def test_what_is_due_is_told_with_what_of_it_is_todays_session(
    due: tuple[Card, ...], session: tuple[Card, ...], text: str
) -> None:
    assert due_text(due, session) == text


@pytest.mark.parametrize(
    ("due", "session", "text"),
    [
        ((ONE, TWO), (ONE,), "1 more fits into today's ten minutes."),
        ((ONE, TWO), (), "That is enough for today. 2 more are due and wait for tomorrow."),
        ((), (), "That is enough for today. The next drill is due in 3 days."),
    ],
)
def test_after_a_session_what_is_still_due_today_comes_before_what_is_due_later(
    due: tuple[Card, ...], session: tuple[Card, ...], text: str
) -> None:
    deck = deck_of([], [drilled(due=NOON + timedelta(days=3))])
    assert rest_text(deck, due, session, NOON) == text


def test_what_is_kept_for_tomorrow_because_enough_was_begun_today_is_the_next_one() -> None:
    begun = [drilled(drill=f"criterion_{number}", due=NOON + timedelta(days=3)) for number in range(NEW_A_DAY)]
    weak = {f"criterion_{number}": 0 for number in range(NEW_A_DAY + 1)}
    deck = deck_of([graded(1, weak)], begun)
    assert due_today(deck, NOON) == ()
    assert next_text(deck, NOON) == "The next drill is due tomorrow."


def test_where_nothing_is_ever_due_no_day_is_named() -> None:
    assert (next_text((), NOON), rest_text((), (), (), NOON)) == ("", "That is enough for today.")
