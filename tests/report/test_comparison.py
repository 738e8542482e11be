"""Two scorecards beside each other: what changed comes first, in the candidate's words."""

from typing import Any

import pytest

from fourstep.grading.scorecard import Evidence, Scorecard
from fourstep.report.comparison import comparison_blocks
from fourstep.report.document import as_text
from fourstep.rubric import Rubric
from tests.review.talks import card_of

OLD, NEW = Evidence(turn="C2", quote="The old words."), Evidence(turn="C8", quote="The new words.")


def quoting(card: Scorecard, criterion: str, *evidence: Evidence) -> Scorecard:
    criteria = (j.model_copy(update={"evidence": evidence}) if j.id == criterion else j for j in card.criteria)
    return card.model_copy(update={"criteria": tuple(criteria)})


def compared(first: Scorecard, second: Scorecard, rubric: Rubric, **more: Any) -> str:
    return as_text(comparison_blocks(first, second, rubric, **more))


def test_what_changed_is_shown_in_words_that_the_other_side_has_not(rubric: Rubric) -> None:
    first = quoting(card_of(rubric), "names_goal", OLD)
    second = quoting(card_of(rubric, names_goal=2), "names_goal", OLD, NEW)
    page = compared(first, second, rubric)
    assert 'A, C2  "The old words."' in page
    assert 'B, C8  "The new words."' in page
    assert page.index("C8") < page.index("All criteria")


def test_words_that_both_sides_share_are_shown_once(rubric: Rubric) -> None:
    first, second = (quoting(card_of(rubric, names_goal=level), "names_goal", OLD) for level in (1, 2))
    page = compared(first, second, rubric)
    assert page.count("The old words.") == 1
    assert 'A and B, C2  "The old words."' in page


@pytest.mark.parametrize(
    ("near", "says"),
    [((True, False), "The verdict of A is"), ((False, True), "The verdict of B is"),
     ((True, True), "The verdicts of A and B are")],
)  # fmt: skip
def test_it_says_which_verdict_is_borderline(rubric: Rubric, near: tuple[bool, bool], says: str) -> None:
    first, second = (card_of(rubric).model_copy(update={"borderline": one}) for one in near)
    assert f"{says} borderline" in compared(first, second, rubric)


def test_different_answers_are_told_unless_the_kinship_does(rubric: Rubric) -> None:
    first, second = (card_of(rubric).model_copy(update={"transcript_hash": one}) for one in "ab")
    assert "A and B grade different answers." in compared(first, second, rubric)
    assert "different answers" not in compared(first, second, rubric, kinship="B answers again from C3 of A.")
