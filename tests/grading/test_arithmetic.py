"""From levels to a verdict, by the scoring guide."""

import pytest

from fourstep.grading.arithmetic import sum_up, verdict_at
from fourstep.grading.scorecard import Judgement, Status
from fourstep.problem import Problem
from fourstep.rubric import Rubric


def judged(rubric: Rubric, level: int = 2, **others: int | str) -> list[Judgement]:
    """A judgement of `level` for every criterion; `others` name a level, or a status, of their own."""
    judgements = []
    for criterion in rubric.criteria:
        value = others.get(criterion.id, level)
        status: Status = "graded" if isinstance(value, int) else value  # type: ignore[assignment]
        judgements.append(
            Judgement(
                id=criterion.id,
                step=rubric.step_of(criterion.id).id,
                status=status,
                level=value if isinstance(value, int) else None,
            )
        )
    return judgements


def test_a_steps_score_is_the_mean_level_in_percent(rubric: Rubric) -> None:
    sums = sum_up(judged(rubric, 0, asks_first=3, names_goal=1), rubric, None, "senior")
    assert sums.steps[0].score == pytest.approx(100 * 4 / 6)


def test_the_overall_score_weighs_the_steps(rubric: Rubric) -> None:
    sums = sum_up(judged(rubric, 0, asks_first=3, names_goal=3, starts_simple=3), rubric, None, "senior")
    assert sums.overall == pytest.approx(25 + 20)


def test_a_problem_can_weigh_a_criterion_more_or_switch_it_off(rubric: Rubric, problem: Problem) -> None:
    heavy = problem.model_copy(update={"weights": {"asks_first": 3.0}})
    off = problem.model_copy(update={"off": {"names_goal": "no goal here"}})
    levels = judged(rubric, 0, asks_first=3)
    assert sum_up(levels, rubric, heavy, "senior").steps[0].score == pytest.approx(75)
    assert sum_up(levels, rubric, off, "senior").steps[0].score == pytest.approx(100)


def test_what_was_not_assessed_leaves_the_mean(rubric: Rubric) -> None:
    levels = judged(rubric, 3, names_source="not_assessed", defines_label="not_assessed")
    sums = sum_up(levels, rubric, None, "senior")
    assert sums.overall == pytest.approx(100)
    assert sums.steps[1].score is None


def test_what_was_not_graded_makes_the_score_a_range(rubric: Rubric) -> None:
    sums = sum_up(judged(rubric, 3, starts_simple="not_graded"), rubric, None, "senior")
    assert sums.range == (pytest.approx(80), pytest.approx(100))


@pytest.mark.parametrize(
    ("distance", "verdict"),
    [
        (-25.1, "strong no hire"),
        (-25, "no hire"),
        (-10.1, "no hire"),
        (-10, "lean no hire"),
        (-0.1, "lean no hire"),
        (0, "lean hire"),
        (6.9, "lean hire"),
        (7, "hire"),
        (17.9, "hire"),
        (18, "strong hire"),
    ],
)
def test_the_verdict_by_distance_from_the_bar(distance: float, verdict: str) -> None:
    assert verdict_at(distance) == verdict


def test_the_bar_depends_on_the_level(rubric: Rubric) -> None:
    levels = judged(rubric, 2)
    assert [sum_up(levels, rubric, None, level).verdict for level in ("mid", "senior", "staff")] == [  # type: ignore[arg-type]
        "strong hire",
        "hire",
        "lean no hire",
    ]


def test_two_missing_essentials_cap_the_verdict(rubric: Rubric) -> None:
    sums = sum_up(judged(rubric, 3, asks_first=0, starts_simple=0), rubric, None, "mid")
    assert sums.verdict == "lean no hire"
    assert sums.caps == ("asks_first", "starts_simple")


def test_a_cap_that_changes_nothing_is_not_shown(rubric: Rubric) -> None:
    sums = sum_up(judged(rubric, 0), rubric, None, "senior")
    assert (sums.verdict, sums.caps) == ("strong no hire", ())


def test_no_verdict_below_three_assessed_steps(rubric: Rubric) -> None:
    levels = judged(rubric, 3, **dict.fromkeys(("names_source", "defines_label", "starts_simple"), "not_assessed"))
    sums = sum_up(levels, rubric, None, "senior")
    assert sums.overall == pytest.approx(100)
    assert sums.verdict is None


def test_within_the_graders_error_of_a_boundary_it_is_borderline(rubric: Rubric) -> None:
    levels = judged(rubric, 2)  # 66.7 %, 8.7 above the senior bar, 1.7 above "hire"
    assert sum_up(levels, rubric, None, "senior", error=2).borderline
    assert not sum_up(levels, rubric, None, "senior", error=1).borderline
    assert not sum_up(levels, rubric, None, "senior").borderline


def test_nothing_graded_has_no_score(rubric: Rubric) -> None:
    levels = judged(rubric, 0, **{c.id: "not_graded" for c in rubric.criteria})
    sums = sum_up(levels, rubric, None, "senior")
    assert (sums.overall, sums.range, sums.verdict) == (None, None, None)
