"""Contradictions by rule: pairs that do not fit are found, and whatever explains one of them silences it."""

import pytest

from fourstep.grading.scorecard import ContradictionKind
from fourstep.review.contradictions import contradictions_by_rule
from tests.review.talks import answers, talk

LATE = "Chargebacks arrive after 60 days."
BUDGET = "The latency budget is 100 ms at p99."
RARE = "Fraud is about 0.1 percent of all payments."


def kinds(*said: str) -> list[ContradictionKind]:
    return [one.kind for one in contradictions_by_rule(answers(*said))]


@pytest.mark.parametrize(
    ("kind", "first", "second"),
    [
        ("metric_imbalance", RARE, "The metric is accuracy."),
        ("metric_imbalance", "Yes, rare, maybe one in 800 of the rides.", "Accuracy."),
        ("metric_imbalance", "The classes are heavily imbalanced.", "Offline I would report accuracy."),
        ("metric_imbalance", RARE, "I could say recall. No, let me stay with accuracy."),
        ("feature_at_serving", "Features are the distance and the actual delivery time.",
         "The actual delivery time is only known afterwards."),
        ("feature_at_serving", "My inputs include the final watch time of the video.",
         "We don't know the final watch time when we serve."),
        ("feature_at_serving", "One feature counts payments of the card in the last five minutes.",
         "All features are computed once a day in a Spark job."),
        ("labels_retraining", LATE, "I would retrain the model every day."),
        ("labels_retraining", f"I test on a later week. {LATE}", "I would retrain the model every day."),
        ("labels_retraining", "It takes two weeks until the labels arrive.", "We retrain hourly to stay up to date."),
        ("cost_latency", BUDGET, "The transformer takes about 300 ms for one request."),
        ("cost_latency", "The answer must be back within 50 milliseconds.", "Model inference takes 0.2 seconds."),
        ("cost_latency", "We respond within 200 ms.", "The network scores all 10 million videos for each request."),
    ],
)  # fmt: skip
def test_what_does_not_fit_together_is_found_whatever_came_first(
    kind: ContradictionKind, first: str, second: str
) -> None:
    assert kinds(first, second) == [kind]
    if "stay" not in second:
        assert kinds(second, first) == [kind]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (RARE, "Not accuracy, since saying no to all is right 99.9 percent of the time."),
        (RARE, "Accuracy at first. No wait, accuracy is useless here."),
        (RARE, "Accuracy, and PR-AUC beside it."),
        (RARE, "There is a trade-off of accuracy and speed."),
        (RARE, "Would you want me to use accuracy?"),
        ("The classes are balanced.", "Accuracy."),
        ("If there were imbalance I would weight the classes.", "Accuracy."),
        ("The watch time is only known afterwards, so it is a label and never a feature.", "A feature is watch time."),
        ("Features are the distance and the actual delivery time.",
         "The actual delivery time is only known afterwards, so I take it out again."),
        ("One feature counts payments in the last five minutes, from a stream.",
         "The other features are computed daily."),
        (LATE, "I would retrain daily on closed windows, with early fraud reports in place of the rest."),
        (LATE, "I would retrain monthly."),
        ("Labels arrive after an hour.", "We retrain every day."),
        (BUDGET, "The transformer would take 300 ms, so it is distilled to 20 ms."),
        (BUDGET, "The teacher model takes 300 ms, but it runs in the nightly batch."),
        (BUDGET, "The model takes 40 ms."),
        (BUDGET, "Scoring all 10 million videos would take far too long."),
        (BUDGET, "We score every one of the 500 candidates."),
    ],
)  # fmt: skip
def test_what_was_seen_corrected_or_never_chosen_is_no_contradiction(first: str, second: str) -> None:
    assert kinds(first, second) == []


QUANTILE = "I'd use quantile loss instead of squared error because late is twice as bad as early."


@pytest.mark.parametrize(
    ("first", "second"),
    [(QUANTILE, "I would use the mean squared error loss for training."),
     ("We train with focal loss rather than cross-entropy.", "The loss is cross-entropy and we train for a day.")],
)  # fmt: skip
def test_a_loss_that_was_set_aside_is_not_trained_with_later(first: str, second: str) -> None:
    assert kinds(first, second) == ["loss_changed"]


@pytest.mark.parametrize(
    "second",
    ["Actually, I would use the mean squared error loss for training.", "Offline I report the mean squared error.",
     "I would train with quantile loss.", "The baseline would use squared error as its loss.",
     "If nobody minded I would use squared error as the loss."],
)  # fmt: skip
def test_a_loss_that_is_announced_measured_or_another_models_is_none(second: str) -> None:
    assert kinds(QUANTILE, second) == []


def test_both_statements_are_quoted_with_their_turns() -> None:
    said = answers("Payments by card.", LATE, "I would retrain the model every day.")
    (found,) = contradictions_by_rule(said)
    turns = {turn.name: turn for turn in said.turns}
    assert (found.first.turn, found.second.turn, found.by) == ("C4", "C6", "rule")
    assert found.first.quote in turns["C4"].text
    assert found.second.quote in turns["C6"].text


def test_what_the_interviewer_says_contradicts_nobody() -> None:
    assert contradictions_by_rule(talk(LATE, "Yes.", "So?", "I would retrain the model every day.")) == ()


def test_an_empty_talk_has_none() -> None:
    assert contradictions_by_rule(answers()) == ()
