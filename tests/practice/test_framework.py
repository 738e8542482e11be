"""What a page that was written from memory holds of the four steps."""

import pytest

from fourstep.files.content import LoadedRubric
from fourstep.practice.framework import framework, recalled
from fourstep.rubric import INTERVIEW_STEPS, Rubric

PAGE = """1. Frame: clarify the requirements, the business goal, the ML task, scale.
2. Data: sources, labels, features, categorical encoding, missing values, leakage.
3. Model: baseline first, model choice, class imbalance, training.
4. Serve: offline metrics, A/B test, serving, latency and cost, monitoring and retraining."""
SPOKEN = """Step 1: problem framing
- ask questions, scope
- KPI and why the business wants it
- is it classification or ranking, what is the input and output
- QPS, how many users
Step 2: data
- logs, databases and other sources
- what counts as a positive
- one-hot against embeddings
- imputation
- time split"""


def test_a_whole_page_holds_all_criteria_of_the_four_steps(bundled: LoadedRubric) -> None:
    found = recalled(PAGE, bundled.rubric)
    assert found.steps == INTERVIEW_STEPS
    assert found.criteria == tuple(criterion.id for criterion in framework(bundled.rubric))


def test_other_words_for_the_same_things_count_too(bundled: LoadedRubric) -> None:
    found = recalled(SPOKEN, bundled.rubric)
    assert found.steps[:2] == ("frame", "data")
    wanted = {
        "clarifies_requirements",
        "ties_to_business_goal",
        "states_scale_and_constraints",
        "handles_missing_values",
    }
    assert wanted <= set(found.criteria)


@pytest.mark.parametrize(
    "page",
    [
        "1 frame\n2 data\n3 model\n4 serve",
        "Frame, Data, Model and Serve.",
        "Requirements and framing:\nData and features:\nModel and training:\nEvaluation, serving and monitoring:",
    ],
)
def test_the_names_of_the_steps_alone_recall_nothing_in_them(bundled: LoadedRubric, page: str) -> None:
    found = recalled(page, bundled.rubric)
    assert found.steps == INTERVIEW_STEPS
    assert found.criteria == ()


@pytest.mark.parametrize("page", ["", "\n\n", "[/b] \x1b[2J ((((", "I do not remember."])
def test_a_page_that_holds_nothing_recalls_nothing(bundled: LoadedRubric, page: str) -> None:
    found = recalled(page, bundled.rubric)
    assert (found.steps, found.criteria) == ((), ())


@pytest.mark.parametrize(
    ("page", "steps"),
    [
        ("Pick a baseline model, then training, evaluation, monitoring.", ()),
        ("baseline model: logistic regression\nmonitoring and retraining", ()),
        ("1) Problem framing\nmodel choice\nStep 4 - Serving: latency", ("frame", "serve")),
        ("- Data preparation: sources\n## Model", ("data", "model")),
        ("The four steps are: frame, data, then model and serve", INTERVIEW_STEPS),
        ("2. Data - logs and labels\n3. Model (a tree)", ("data", "model")),
        ("Frame the problem", ("frame",)),
        ("Frame: goal. Data: labels; Model: a tree. Serve: latency.", INTERVIEW_STEPS),
    ],
)
def test_a_step_is_named_by_a_heading_and_not_by_a_word_that_falls(
    bundled: LoadedRubric, page: str, steps: tuple[str, ...]
) -> None:
    assert recalled(page, bundled.rubric).steps == steps


def test_a_criterion_without_topic_is_known_by_its_title(rubric: Rubric) -> None:
    steps = tuple(
        step.model_copy(update={"criteria": tuple(c.model_copy(update={"topic": ()}) for c in step.criteria)})
        for step in rubric.steps
    )
    bare = rubric.model_copy(update={"steps": steps})
    assert recalled("the source of everything", bare).criteria == ("names_source",)
