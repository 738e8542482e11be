"""Clauses, negation, supposition."""

import pytest

from fourstep.language.clauses import read_passage


def clauses(text: str) -> list[str]:
    passage = read_passage(text)
    return [passage.quote(clause) for clause in passage.clauses]


def negated(text: str) -> list[str]:
    passage = read_passage(text)
    return [word for word, under in zip(passage.words, passage.negated, strict=True) if under]


def test_a_clause_is_verbatim() -> None:
    text = "We'd log each **impression**; then we join.\n- Kafka, hourly"
    assert clauses(text) == ["We'd log each **impression", "then we join", "Kafka, hourly"]


def test_a_turn_of_thought_begins_a_clause() -> None:
    assert clauses("We keep one negative in ten because the rest says nothing new") == [
        "We keep one negative in ten",
        "because the rest says nothing new",
    ]


def test_a_negation_ends_at_but() -> None:
    assert negated("I would not use accuracy but recall") == ["not", "use", "accuracy"]


def test_a_negation_ends_at_a_comma() -> None:
    assert negated("No deep net, logistic regression first") == ["no", "deep", "net"]


def test_speech_without_punctuation_is_still_cut() -> None:
    assert all(len(clause.split()) <= 33 for clause in clauses("so um you know it goes on and on " * 40))


def test_a_question_is_known_by_its_word_order() -> None:
    assert [c.question for c in read_passage("so how many users do we have\nWe have many users").clauses] == [
        True,
        False,
    ]


def test_a_row_of_terms_is_a_list() -> None:
    passage = read_passage("SMOTE, focal loss, class weights, undersampling. We weigh positives, because they are few.")
    assert passage.clauses[0].listed
    assert not any(clause.listed for clause in passage.clauses[1:])


def test_a_quoted_line_is_somebody_elses() -> None:
    passage = read_passage("I agree.\n> Interviewer: the candidate named calibration")
    assert [bool(flag) for flag in passage.supposed] == [False] * 2 + [True] * 5


def test_a_line_that_goes_on_in_lower_case_is_one_sentence() -> None:
    assert clauses("we wait for the\nclick to arrive\n- then join") == ["we wait for the\nclick to arrive", "then join"]


def test_an_empty_text_has_no_clauses() -> None:
    assert clauses(" \n…\n") == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("I wouldn't downsample, or use class weights, because trees cope", "downsample or use class weights"),
        ("We don't need a baseline, we have trees", "a baseline"),
        ("An A/B test isn't needed here", "an a / b test isn't needed"),
        ("We have time, but shadow traffic is a waste", "but shadow traffic is a waste"),
        ("I'd not use log loss but squared error", "use log loss"),
        ("We don't know who bought", ""),
        ("It is not rare", ""),
    ],
)
def test_what_is_refused_or_called_needless_is_known_as_such(text: str, words: str) -> None:
    passage = read_passage(text)
    refused = [word for word, under in zip(passage.words, passage.refused, strict=True) if under]
    assert " ".join(refused) == words
