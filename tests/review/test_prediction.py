"""What the candidate thought the score would be, beside what it was."""

from datetime import UTC, datetime

import pytest

from fourstep.grading.scorecard import StepScore
from fourstep.review.prediction import Gap, gaps, predicted
from fourstep.rubric import Rubric
from tests.review.test_remarks import card_of

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


def test_the_overall_prediction_follows_from_the_steps_by_their_weights(rubric: Rubric) -> None:
    frame, data = (rubric.step(step).weight for step in ("frame", "data"))
    made = predicted({"frame": 80, "data": 20}, rubric, NOON)
    assert made.overall == pytest.approx((80 * frame + 20 * data) / (frame + data))


def test_only_steps_that_were_scored_are_compared(rubric: Rubric) -> None:
    card = card_of(rubric).model_copy(
        update={"steps": (StepScore(id="frame", score=50.0), StepScore(id="data", score=None))}
    )
    found = gaps(predicted({"frame": 80, "data": 20}, rubric, NOON), card, rubric)
    assert found == (Gap("frame", 80, 50.0), Gap(None, 80, 50.0))


def test_where_nothing_was_scored_there_is_no_gap(rubric: Rubric) -> None:
    assert gaps(predicted({"frame": 80}, rubric, NOON), card_of(rubric), rubric) == ()
