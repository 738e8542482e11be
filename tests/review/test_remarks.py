"""What people add to an interview: the last word on each thing stands, and nothing is overwritten."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from fourstep.grading.scorecard import GraderInfo, Judgement, RubricInfo, Scorecard
from fourstep.review.remarks import (
    REMARK,
    Bookmark,
    Prediction,
    Ruling,
    TurnNote,
    as_ruled,
    remarks_of,
    ruled_card,
)
from fourstep.rubric import Rubric

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


def ruling(level: int, *, criterion: str = "asks", minute: int = 0, by: str = "") -> Ruling:
    return Ruling(
        at=NOON + timedelta(minutes=minute), by=by, criterion=criterion, level=level, graded=1, grader="offline"
    )


def card_of(rubric: Rubric, *levels: int) -> Scorecard:
    criteria = tuple(
        Judgement(id=c.id, step=rubric.step_of(c.id).id, status="graded", level=level)
        for c, level in zip(rubric.criteria, levels, strict=False)
    )
    return Scorecard(
        transcript="t",
        problem=None,
        level="senior",
        rubric=RubricInfo(id=rubric.id, hash="h"),
        grader=GraderInfo(kind="offline", version="1", problem_file=True),
        at=NOON,
        criteria=criteria,
        steps=(),
        overall=50.0,
        range=None,
        verdict=None,
        borderline=False,
        caps=(),
    )


def test_the_first_prediction_stands_for_later_ones_may_know_the_score() -> None:
    first, second = (Prediction(at=NOON, steps={"frame": p}, overall=p) for p in (40, 70))
    assert remarks_of([first, second]).prediction == first


def test_the_last_ruling_of_each_reviewer_stands() -> None:
    remarks = remarks_of([ruling(0, by="ann"), ruling(3, by="bob", minute=1), ruling(2, by="ann", minute=2)])
    assert {key: made.level for key, made in remarks.rulings.items()} == {("asks", "ann"): 2, ("asks", "bob"): 3}
    latest = remarks.ruling("asks")
    assert latest is not None
    assert latest.level == 2


def test_an_empty_note_takes_the_note_away() -> None:
    assert remarks_of([TurnNote(at=NOON, turn="C2", text="good"), TurnNote(at=NOON, turn="C2", text=" ")]).notes == {}


def test_a_bookmark_can_be_taken_away() -> None:
    assert remarks_of([Bookmark(at=NOON, turn="C2"), Bookmark(at=NOON, turn="C4")]).bookmarks == {"C2", "C4"}
    assert remarks_of([Bookmark(at=NOON, turn="C2"), Bookmark(at=NOON, turn="C2", kept=False)]).bookmarks == set()


def test_a_person_can_give_a_level_where_the_grader_could_not() -> None:
    judgement = Judgement(id="asks", step="frame", status="not_graded", reason="no answer")
    ruled = as_ruled(judgement, remarks_of([ruling(2)]))
    assert (ruled.status, ruled.level) == ("graded", 2)


def test_what_was_not_assessed_stays_so() -> None:
    judgement = Judgement(id="asks", step="frame", status="not_assessed")
    assert as_ruled(judgement, remarks_of([ruling(2)])) is judgement


def test_sums_are_made_anew_from_what_people_ruled(rubric: Rubric) -> None:
    card = card_of(rubric, *[3] * len(rubric.criteria))
    lowered = ruled_card(card, remarks_of([ruling(0, criterion=rubric.criteria[0].id)]), rubric, None)
    assert lowered.overall is not None
    assert lowered.overall < 100
    assert lowered.criteria[1:] == card.criteria[1:]


def test_a_card_that_nobody_ruled_on_otherwise_is_the_same(rubric: Rubric) -> None:
    card = card_of(rubric, *[1] * len(rubric.criteria))
    assert ruled_card(card, remarks_of([ruling(1, criterion=rubric.criteria[0].id)]), rubric, None) is card


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "ruling", "criterion": "asks", "level": 4, "graded": 1, "grader": "offline"},
        {"kind": "prediction", "steps": {"frame": 101}, "overall": 50},
        {"kind": "prediction", "steps": {"lunch": 10}, "overall": 50},
        {"kind": "applause"},
    ],
)
def test_a_line_that_is_none_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="validation error"):
        REMARK.validate_python({"at": NOON, **wrong})
