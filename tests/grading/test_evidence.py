"""Quotes are found in the transcript or they are nothing."""

import pytest

from fourstep.grading.evidence import LONGEST_QUOTE, find_quote, placed, shortened, with_verified_quotes
from fourstep.grading.grader import transcript_hash
from fourstep.grading.scorecard import Evidence, Judgement
from fourstep.transcript.transcript import Transcript, Turn

TURN = Turn(8, "candidate", "I'd keep every “positive”,\n  and one in ten of the rest.")


def test_a_quote_is_found_in_spite_of_case_white_space_and_quote_marks() -> None:
    assert find_quote('EVERY "positive", and one', TURN.text) == "every “positive”,\n  and one"


def test_a_paraphrase_is_no_quote() -> None:
    assert find_quote("keep all positives", TURN.text) is None


def test_the_interviewers_words_are_never_evidence() -> None:
    asked = Transcript("t", (Turn(7, "interviewer", "Keep every positive?"), Turn(8, "candidate", "Yes.")))
    assert placed(Evidence(turn="I7", quote="Keep every positive"), asked) is None


def test_an_empty_quote_is_no_quote() -> None:
    assert find_quote("  ", TURN.text) is None


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
    assert find_quote(quote, SPOKEN.text) == found


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


DRAWN = Transcript(
    "t",
    (
        Turn(2, "candidate", "Here is the outline.", pad="[client] -> [feed]\nlabels: watched 10 s"),
        Turn(4, "candidate", "With a ranker, as drawn.", pad="[client] -> [feed] -> [ranker]"),
    ),
)


def test_a_quote_may_stand_on_the_pad_of_its_turn() -> None:
    found = placed(Evidence(turn="C2", quote="labels: Watched 10 s"), DRAWN)
    assert found == Evidence(turn="C2", quote="labels: watched 10 s", on_pad=True)
    assert found.where == "C2 pad"


def test_a_quote_from_a_pad_that_did_not_change_is_found_where_it_was_drawn() -> None:
    assert placed(Evidence(turn="C4", quote="labels: watched 10 s"), DRAWN) == Evidence(
        turn="C2", quote="labels: watched 10 s", on_pad=True
    )


def test_what_was_said_comes_before_what_was_drawn() -> None:
    said = Transcript("t", (Turn(2, "candidate", "First the client.", pad="first the client"),))
    assert placed(Evidence(turn="C2", quote="first the client"), said) == Evidence(turn="C2", quote="First the client")


def test_a_misspelt_quote_from_the_pad_is_found_there() -> None:
    found = placed(Evidence(turn="C4", quote="[client] -> [fed] -> [ranker]"), DRAWN)
    assert found == Evidence(turn="C4", quote="[client] -> [feed] -> [ranker]", on_pad=True)


def test_a_card_knows_another_pad_and_not_that_there_is_none() -> None:
    def hash_of(pad: str) -> str:
        return transcript_hash(Transcript("t", (Turn(2, "candidate", "As drawn.", pad=pad),)))

    assert hash_of("") == "47c7cc0ed371b3f5"
    assert len({hash_of(""), hash_of("[client]"), hash_of("[feed]")}) == 3
