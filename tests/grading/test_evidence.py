"""Quotes are found in the transcript or they are nothing."""

from fourstep.grading.evidence import LONGEST_QUOTE, find_quote, is_verbatim, shortened
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


def test_a_quote_must_stand_in_the_turn_it_names() -> None:
    transcript = Transcript("t", (Turn(1, "interviewer", "Go."), TURN))
    assert is_verbatim("one in ten", "C8", transcript)
    assert not is_verbatim("one in ten", "C2", transcript)


def test_a_long_quote_is_cut_at_its_end() -> None:
    words = " ".join(str(number) for number in range(60))
    assert shortened(words).split() == words.split()[:LONGEST_QUOTE]
