"""Criteria that a problem words anew: they ask for what that problem has, and credit it."""

import pytest

from fourstep.files.content import Library, LoadedRubric
from fourstep.offline.answers import answer_checks
from fourstep.offline.reading import Reader
from fourstep.problem import rubric_for
from fourstep.transcript.transcript import Transcript, Turn


@pytest.mark.parametrize("criterion", ["plans_labels", "handles_imbalance"])
def test_where_minutes_are_predicted_nobody_asks_for_positives(
    bundled: LoadedRubric, library: Library, criterion: str
) -> None:
    judged = rubric_for(bundled.rubric, library.problem("delivery_eta_prediction")).criterion(criterion)
    words = [judged.about, *judged.probes, *judged.hints, *(f"{c.says} {c.advice}" for c in judged.checks)]
    assert not [text for text in words if "positive" in text or "negative" in text or "class" in text]


@pytest.mark.parametrize(
    ("criterion", "said", "level"),
    [
        (
            "handles_imbalance",
            "The long ones above 70 minutes are rare, maybe two percent, but they cost the refunds. "
            "I would weight them in training and report the error for that slice on its own.",
            2,
        ),
        (
            "handles_imbalance",
            "Two hour deliveries are rare and they are the refunds. The quantile loss keeps them from dominating, "
            "and I don't oversample, since that would shift the quantiles.",
            3,
        ),
        ("handles_imbalance", "I would just use SMOTE.", 0),
        (
            "plans_labels",
            "The label is the time from order to handover at the door. It comes from the courier's tap in the app.",
            2,
        ),
        (
            "plans_labels",
            "The label is the minutes to the door. A cancelled order is censored at the minute it was cancelled.",
            2,
        ),
    ],
)
def test_the_late_tail_and_measured_minutes_are_credited(
    bundled: LoadedRubric, library: Library, criterion: str, said: str, level: int
) -> None:
    assert level_of(criterion, said, bundled, library) == level


def level_of(criterion: str, said: str, bundled: LoadedRubric, library: Library) -> int:
    """The level that one answer to a question on the criterion earns."""
    problem = library.problem("delivery_eta_prediction")
    rubric = rubric_for(bundled.rubric, problem)
    turns = (Turn(1, "interviewer", "Go on.", aims_at=criterion), Turn(2, "candidate", said))
    judged = rubric.criterion(criterion)
    answers = answer_checks(judged, Reader(rubric, problem).read(Transcript("t", turns)))
    return judged.level_for({answer.check.id: answer.met for answer in answers})
