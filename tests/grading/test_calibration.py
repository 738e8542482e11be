"""Calibration figures over a few transcripts."""

import pytest

from fourstep.grading.calibration import Graded, calibrate

ONE = Graded("one", "plain", 900, True, {"a": 2, "b": 3}, {"a": 3, "b": 3}, 80.0, 100.0)
TWO = Graded("two", "gamer", 100, False, {"a": 1, "b": 0}, {"a": 0, "b": 0}, 20.0, 0.0)
NOT_GRADED = Graded("three", "plain", 5, False, {}, {"a": 0}, 0.0, 0.0)


def test_parts_are_told_apart() -> None:
    figures = calibrate([ONE, TWO])
    assert (figures.with_file and figures.with_file.bias, figures.by_kind["gamer"].bias) == (-0.5, 0.5)
    assert list(figures.by_criterion) == ["a", "b"]
    assert figures.by_criterion["b"].kappa == 1


def test_the_error_of_the_overall_score_is_a_mean_distance() -> None:
    figures = calibrate([ONE, TWO])
    assert (figures.score_error, figures.score_bias) == (20, 0)


def test_the_length_baseline_ranks_by_words_and_the_oracle_knows_the_means() -> None:
    figures = calibrate([ONE, TWO])
    assert figures.length_only.kappa == figures.mean_oracle.kappa == 1
    swapped = calibrate([ONE, Graded("two", "gamer", 2000, False, TWO.levels, TWO.labels, 20.0, 0.0)])
    assert swapped.length_only.kappa < 0


def test_what_was_not_graded_is_left_out() -> None:
    assert calibrate([ONE, TWO, NOT_GRADED]).overall.count == 4
    with pytest.raises(ValueError, match="nothing was graded"):
        calibrate([NOT_GRADED])
