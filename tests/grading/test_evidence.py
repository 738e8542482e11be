"""Quotes are found in the transcript or they are nothing."""

from fourstep.grading.evidence import LONGEST_QUOTE, find_quote, shortened, with_verified_quotes
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
