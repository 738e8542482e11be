"""The content that ships is whole, and says what the scoring guide says."""

import pytest

from fourstep.files.content import DEFAULT_RUBRIC, Library, LoadedRubric, read_rubric
from fourstep.files.places import content_folder
from fourstep.files.schemas import schema_texts
from fourstep.files.yaml_source import read_text
from fourstep.interview.brain import MOST_WORDS
from fourstep.interview.facts import FactFinder
from fourstep.interview.hearing import hear
from fourstep.lint import lint_problem, lint_rubric
from fourstep.rubric import Rubric

PROBLEMS = sorted(Library().files)
CRITERIA = {
    "frame": "clarifies_requirements ties_to_business_goal frames_ml_task states_scale_and_constraints",
    "data": "sources_data plans_labels engineers_features encodes_categoricals handles_missing_values prevents_leakage",
    "model": "proposes_simple_baseline_first justifies_model_choice handles_imbalance designs_training",
    "serve": "chooses_offline_metrics plans_online_experiment designs_serving scales_within_latency_and_cost "
    "monitors_and_retrains",
    "throughout": "weighs_trade_offs communicates_clearly",
}


def test_the_criteria_are_those_of_the_scoring_guide(bundled: LoadedRubric) -> None:
    assert {step.id: [c.id for c in step.criteria] for step in bundled.rubric.steps} == {
        step: names.split() for step, names in CRITERIA.items()
    }


def test_weights_minutes_bars_and_essentials_are_those_of_the_scoring_guide(bundled: LoadedRubric) -> None:
    rubric = bundled.rubric
    assert {step.id: (step.weight, step.minutes) for step in rubric.steps} == {
        "frame": (0.25, 8),
        "data": (0.25, 11),
        "model": (0.2, 11),
        "serve": (0.2, 13),
        "throughout": (0.1, 0),
    }
    assert rubric.close_minutes == 2
    assert rubric.bars == {"mid": 46, "senior": 58, "staff": 68}
    assert rubric.must_not_miss == (
        "clarifies_requirements",
        "frames_ml_task",
        "proposes_simple_baseline_first",
        "chooses_offline_metrics",
    )


def test_the_bundled_rubric_has_no_fault(bundled: LoadedRubric) -> None:
    assert lint_rubric(bundled.rubric) == []


def test_questions_are_open_and_one_at_a_time(bundled: LoadedRubric) -> None:
    for criterion in bundled.rubric.criteria:
        for question in (*criterion.probes, criterion.challenge):
            assert question.count("?") <= 1, question
            assert len(question.split()) <= 40, question


@pytest.mark.parametrize("name", PROBLEMS)
def test_a_bundled_problem_has_no_fault(bundled: LoadedRubric, library: Library, name: str) -> None:
    problem = library.problem(name)
    assert lint_problem(problem, bundled.rubric) == []
    assert len(problem.facts) >= 12
    assert len(problem.statement.split()) < MOST_WORDS - 12
    assert all(len(fact.tells.split()) <= 22 for fact in problem.facts)


@pytest.mark.parametrize("name", PROBLEMS)
def test_every_wording_of_a_fact_finds_it_and_no_other(library: Library, name: str) -> None:
    problem = library.problem(name)
    finder = FactFinder(problem)
    for fact in problem.facts:
        for wording in fact.asked_as:
            assert finder.asked_for(wording) == (fact,), wording


@pytest.mark.parametrize("name", PROBLEMS)
def test_no_wording_of_a_fact_is_taken_for_talk_about_the_interview(library: Library, name: str) -> None:
    finder = FactFinder(library.problem(name))
    for fact in library.problem(name).facts:
        assert [hear(f"{wording}?", finder).tone for wording in fact.asked_as] == [None] * len(fact.asked_as), fact.id


def test_the_json_schemas_are_those_of_the_models() -> None:
    for name, text in schema_texts().items():
        assert read_text(content_folder("rubrics") / name) == text, f"run: make schemas ({name})"


def test_the_hash_changes_with_the_content(bundled: LoadedRubric, tmp_path_factory: pytest.TempPathFactory) -> None:
    import shutil

    copy = tmp_path_factory.mktemp("rubric") / "copy"
    shutil.copytree(content_folder("rubrics") / DEFAULT_RUBRIC, copy)
    assert read_rubric(copy).hash == bundled.hash
    (copy / "rubric.yaml").write_text((copy / "rubric.yaml").read_text() + "# a word\n")
    assert read_rubric(copy).hash != bundled.hash


def test_the_rubric_can_also_be_one_file(rubric: Rubric) -> None:
    assert [step.id for step in rubric.steps] == ["frame", "data", "model", "serve", "throughout"]
