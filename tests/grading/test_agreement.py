"""Agreement figures, against values worked out by hand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fourstep.grading.agreement import agreement, quadratic_weighted_kappa

PAIRS = [(0, 0), (1, 1), (2, 3), (3, 3)]


def test_kappa_of_a_small_table() -> None:
    # observed (2-3)²/4 = 0.25; graded 1:1:1:1 against labelled 1:1:0:2 is expected 4.75+2.25+1.75+3.25 over 4 = 3
    assert quadratic_weighted_kappa(PAIRS) == pytest.approx(1 - 0.25 / 3)


def test_full_agreement_is_one_and_chance_is_zero() -> None:
    assert quadratic_weighted_kappa([(0, 0), (3, 3)]) == 1
    assert quadratic_weighted_kappa([(0, 0), (0, 3), (3, 0), (3, 3)]) == 0


def test_a_constant_grader_on_constant_labels_cannot_disagree() -> None:
    assert quadratic_weighted_kappa([(2, 2), (2, 2)]) == 1


def test_the_other_figures() -> None:
    figures = agreement([[*PAIRS, (3, 1)]])
    assert (figures.exact, figures.within_one, figures.bias) == (0.6, 0.8, pytest.approx(0.2))


def test_no_pairs_is_an_error() -> None:
    with pytest.raises(ValueError, match="no pairs"):
        agreement([[]])


def test_the_interval_resamples_transcripts_and_not_pairs() -> None:
    alike = agreement([PAIRS] * 5)
    assert alike.interval == (alike.kappa, alike.kappa)
    low, high = agreement([[(0, 0), (3, 3)], [(0, 3), (3, 0)], [(1, 1), (2, 2)]]).interval
    assert low < 0 < high == 1


levels = st.integers(0, 3)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.lists(st.tuples(levels, levels), min_size=3, max_size=9), min_size=2, max_size=8))
def test_the_interval_is_in_order_and_repeatable(groups: list[list[tuple[int, int]]]) -> None:
    low, high = agreement(groups).interval
    assert low <= high <= 1
    assert (low, high) == agreement(groups).interval
