"""What the bundled signals credit and what they do not, in sentences that strangers said."""

import pytest

from fourstep.files.content import LoadedRubric
from fourstep.offline.answers import answer_checks
from fourstep.offline.reading import Reader
from fourstep.transcript.transcript import Transcript, Turn


def met(bundled: LoadedRubric, criterion: str, check: str, said: str, *, asked: bool) -> bool:
    turns = (Turn(1, "interviewer", "Go on.", aims_at=criterion if asked else None), Turn(2, "candidate", said))
    reading = Reader(bundled.rubric, None).read(Transcript("t", turns))
    answers = answer_checks(bundled.rubric.criterion(criterion), reading)
    return {answer.check.id: answer.met for answer in answers}[check] == "yes"


@pytest.mark.parametrize(
    ("criterion", "check", "said"),
    [
        (
            "encodes_categoricals",
            "treats_rare_values",
            "I'd use target encoding, new restaurants get the cuisine and city average.",
        ),
        (
            "sources_data",
            "treats_flaws",
            "The ready timestamp is pressed by hand so it is noisy, I would not trust it much, and clip outliers.",
        ),
        (
            "sources_data",
            "treats_flaws",
            "The logs only know what the rules showed, so I'd keep one slot for random videos.",
        ),
        (
            "scales_within_latency_and_cost",
            "splits_budget",
            "We embed on GPU in 60 milliseconds, search HNSW in 30, rerank in 50.",
        ),
        ("plans_labels", "defines_negative", "The label is minutes to the door. Cancelled orders are left out."),
        (
            "clarifies_requirements",
            "ranks_questions",
            "The answer that changes most is the goal. If it were clicks I could train on clicks alone.",
        ),
    ],
)
def test_it_is_heard_without_being_asked_for(bundled: LoadedRubric, criterion: str, check: str, said: str) -> None:
    assert met(bundled, criterion, check, said, asked=False)


@pytest.mark.parametrize("check", ["ranks_questions", "closes_scope"])
def test_what_changed_the_plan_and_what_is_left_aside_is_heard_when_asked(bundled: LoadedRubric, check: str) -> None:
    said = "The asymmetric cost changed it most. I leave out choosing the courier."
    assert met(bundled, "clarifies_requirements", check, said, asked=True)
    assert not met(bundled, "clarifies_requirements", check, said, asked=False)


@pytest.mark.parametrize(
    ("criterion", "check", "said"),
    [
        (
            "plans_online_experiment",
            "foresees_bias",
            "Train on eight weeks, test on the next week, split by time since random would leak the future.",
        ),
        (
            "plans_online_experiment",
            "chooses_unit",
            "I'd look at the share of late orders, because the average hides dinner. "
            "Then an A/B test for two weeks with order conversion as primary and refunds as guardrail, "
            "randomised by customer.",
        ),
        (
            "handles_missing_values",
            "same_on_both_sides",
            "If the category is missing I use an unknown token. "
            "Split by time so that the same product isn't in train and test.",
        ),
        (
            "engineers_features",
            "says_why",
            "Features: the restaurant's median over 30 days, distance, hour of day. Baseline first: median time "
            "per restaurant, because it is easy to explain. Then boosted trees, since the features are tabular.",
        ),
        ("handles_imbalance", "recognises_imbalance", "Channels with fewer than fifty views share one rare row."),
    ],
)
def test_other_things_said_in_the_same_words_earn_nothing(
    bundled: LoadedRubric, criterion: str, check: str, said: str
) -> None:
    assert not met(bundled, criterion, check, said, asked=False)
