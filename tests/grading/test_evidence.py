"""Quotes are found in the transcript or they are nothing."""

import pytest

from fourstep.grading.evidence import LONGEST_QUOTE, find_quote, placed, shortened, with_verified_quotes
from fourstep.grading.scorecard import Evidence, Judgement
from fourstep.transcript.transcript import Transcript, Turn

TURN = Turn(8, "candidate", "I'd keep every “positive”,\n  and one in ten of the rest.")


def test_a_quote_is_found_in_spite_of_case_white_space_and_quote_marks() -> None:
    assert find_quote('EVERY "positive", and one', TURN) == "every “positive”,\n  and one"


def test_a_paraphrase_is_no_quote() -> None:
    assert find_quote("keep all positives", TURN) is None


def test_the_interviewers_words_are_never_evidence() -> None:
    assert find_quote("keep", Turn(7, "interviewer", "keep every positive")) is None


def test_an_empty_quote_is_no_quote() -> None:
    assert find_quote("  ", TURN) is None


def judged(*evidence: tuple[str, str], level: int = 2) -> Judgement:
    """A judgement with these turns and quotes, held against the transcript."""
    quotes = tuple(Evidence(turn=turn, quote=quote) for turn, quote in evidence)
    judgement = Judgement(id="a", step="data", status="graded", level=level, evidence=quotes)
    return with_verified_quotes(judgement, Transcript("t", (Turn(1, "interviewer", "Go."), TURN)))


def test_a_quote_must_stand_in_the_turn_it_names() -> None:
    kept = judged(("C8", "ONE in ten"), ("C2", "one in ten"), ("I1", "Go"), ("C8", "nothing such"))
    assert kept.evidence == (Evidence(turn="C8", quote="one in ten"),)


def test_no_quote_no_credit() -> None:
    without = judged(("C8", "nothing such"))
    assert (without.status, without.level, without.evidence) == ("not_graded", None, ())


def test_missing_needs_no_quote() -> None:
    assert judged(level=0).level == 0


def test_a_long_quote_is_cut_at_its_end() -> None:
    words = " ".join(str(number) for number in range(60))
    assert shortened(words).split() == words.split()[:LONGEST_QUOTE]


SPOKEN = Turn(
    10, "candidate", "We’d keep a naïve baseline — logistic regression — and log the ﬁnal score of each request."
)


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("we'd keep a naive baseline - logistic", "We’d keep a naïve baseline — logistic"),
        ("the final score", "the ﬁnal score"),
        ('"keep a naïve baseline…"', "keep a naïve baseline"),
    ],
)
def test_a_quote_is_found_in_spite_of_dashes_accents_and_ligatures(quote: str, found: str) -> None:
    assert find_quote(quote, SPOKEN) == found


def moved(turn: str, quote: str) -> Evidence | None:
    return placed(Evidence(turn=turn, quote=quote), Transcript("t", (TURN, SPOKEN)))


def test_the_right_words_under_a_wrong_turn_are_put_where_they_stand() -> None:
    assert moved("C8", "logistic regression") == Evidence(turn="C10", quote="logistic regression")


def test_a_slip_of_the_pen_is_replaced_by_the_sources_words() -> None:
    found = moved("C10", "and log the final scores of each requests")
    assert found == Evidence(turn="C10", quote="and log the ﬁnal score of each request.")


@pytest.mark.parametrize("quote", ["keep", "we would keep a simple model and log the outcome"])
def test_short_quotes_are_not_moved_and_paraphrases_not_accepted(quote: str) -> None:
    assert moved("C99", quote) is None


def test_quotes_for_and_against_are_each_kept_once() -> None:
    quotes = (Evidence(turn="C10", quote="naïve baseline"), Evidence(turn="C8", quote="naïve baseline"))
    judgement = Judgement(
        id="a",
        step="data",
        status="graded",
        level=2,
        evidence=quotes,
        counter_evidence=(Evidence(turn="C1", quote="no"),),
    )
    kept = with_verified_quotes(judgement, Transcript("t", (TURN, SPOKEN)))
    assert (len(kept.evidence), kept.counter_evidence) == (1, ())
