"""What the bundled signals credit and what they do not, in sentences that strangers said."""

import pytest

from fourstep.files.content import LoadedRubric
from fourstep.levels import SOLID
from fourstep.offline.answers import answer_checks
from fourstep.offline.reading import Reader
from fourstep.rubric import Answer
from fourstep.transcript.transcript import Transcript, Turn


def met(bundled: LoadedRubric, criterion: str, check: str, said: str, *, asked: bool) -> bool:
    return answered(bundled, criterion, check, said, asked=asked) == "yes"


def answered(bundled: LoadedRubric, criterion: str, check: str, said: str, *, asked: bool) -> Answer:
    turns = (Turn(1, "interviewer", "Go on.", aims_at=criterion if asked else None), Turn(2, "candidate", said))
    reading = Reader(bundled.rubric, None).read(Transcript("t", turns))
    answers = answer_checks(bundled.rubric.criterion(criterion), reading)
    return {answer.check.id: answer.met for answer in answers}[check]


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
        (
            "states_scale_and_constraints",
            "uses_figure",
            "Each screen shows 20 restaurants, so that is up to 60,000 predictions a second, "
            "which means that the model has to be cheap.",
        ),
        (
            "scales_within_latency_and_cost",
            "splits_budget",
            "Budget: 10 ms feature lookup, 15 ms route times from a cache, 10 ms scoring, so 35 of 50.",
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


@pytest.mark.parametrize(
    ("criterion", "check", "said"),
    [
        (
            "monitors_and_retrains",
            "names_signals",
            "Do you watch the drift of inputs, the latency and the orders per visit?",
        ),
        ("designs_serving", "keeps_fresh", "Must the feature store be updated every minute?"),
        ("ties_to_business_goal", "states_goal", "what is the business goal you measure"),
    ],
)
def test_a_question_to_the_interviewer_is_no_part_of_the_design(
    bundled: LoadedRubric, criterion: str, check: str, said: str
) -> None:
    assert not met(bundled, criterion, check, said, asked=False)


def test_a_turn_of_nothing_but_questions_tells_nothing_of_what_was_asked(bundled: LoadedRubric) -> None:
    said = "How many of today's orders are late, how fast are we, and how long does a new city take to collect data?"
    assert not met(bundled, "monitors_and_retrains", "names_signals", said, asked=True)


@pytest.mark.parametrize(
    ("criterion", "check", "said", "asked"),
    [
        ("designs_serving", "falls_back", "What if the feature store is down? Popular videos are shown.", False),
        (
            "engineers_features",
            "names_features",
            "I'd look at the kitchen. How many orders of this restaurant in the last hour?",
            True,
        ),
        ("clarifies_requirements", "asks_something", "How fresh do features have to be?", False),
    ],
)
def test_a_question_counts_that_its_speaker_answers_or_that_was_asked_for(
    bundled: LoadedRubric, criterion: str, check: str, said: str, asked: bool
) -> None:
    assert met(bundled, criterion, check, said, asked=asked)


def test_what_is_ruled_out_is_not_proposed(bundled: LoadedRubric) -> None:
    said = "That rules out counts per user over the last 7 days. It also rules out the sequence of their last clicks."
    assert not met(bundled, "engineers_features", "uses_windows", said, asked=True)


@pytest.mark.parametrize(
    ("criterion", "check", "said"),
    [
        (
            "states_scale_and_constraints",
            "mentions_size",
            "Let us design a great scalable system with state of the art AI.",
        ),
        (
            "frames_ml_task",
            "names_type",
            "We could use a transformer, two towers, collaborative filtering, logistic regression, and so on.",
        ),
    ],
)
def test_big_words_earn_nothing_even_when_asked(bundled: LoadedRubric, criterion: str, check: str, said: str) -> None:
    assert answered(bundled, criterion, check, said, asked=True) == "no"


WOULD_FLIP = "It would flip once the updates matter more."


def test_what_would_turn_a_decision_is_no_exceptional_weighing_by_itself(bundled: LoadedRubric) -> None:
    criterion = bundled.rubric.criterion("weighs_trade_offs")
    reading = Reader(bundled.rubric, None).read(
        Transcript("t", (Turn(1, "interviewer", "Go on.", aims_at=criterion.id), Turn(2, "candidate", WOULD_FLIP)))
    )
    assert criterion.level_for({answer.check.id: answer.met for answer in answer_checks(criterion, reading)}) == SOLID


@pytest.mark.parametrize(
    ("criterion", "check", "said"),
    [
        (
            "handles_missing_values",
            "names_method",
            "Trees send a gap down a branch of its own, as the mean would look like a real reading.",
        ),
        ("weighs_trade_offs", "names_trade_off", WOULD_FLIP),
    ],
)
def test_who_says_more_has_said_the_lesser_thing_too(
    bundled: LoadedRubric, criterion: str, check: str, said: str
) -> None:
    assert met(bundled, criterion, check, said, asked=True)


@pytest.mark.parametrize(
    ("criterion", "check", "said"),
    [
        ("prevents_leakage", "splits_like_use", "I would not split by time, because a random split is simpler."),
        ("proposes_simple_baseline_first", "names_baseline", "I don't think a logistic regression baseline is needed."),
        ("handles_imbalance", "names_technique", "I wouldn't do oversampling, or class weights, or focal loss."),
        ("plans_online_experiment", "names_test", "An A/B test isn't needed, and shadow traffic is a waste."),
        ("weighs_trade_offs", "names_trade_off", "No, I don't believe there's a trade-off between the two."),
    ],
)
def test_what_is_refused_earns_nothing(bundled: LoadedRubric, criterion: str, check: str, said: str) -> None:
    assert answered(bundled, criterion, check, said, asked=True) == "no"
