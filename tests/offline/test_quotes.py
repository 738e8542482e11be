"""What the offline grader quotes: whole sentences that earned the level, and no words twice."""

from fourstep.rubric import Rubric
from tests.offline.test_grader import judged

LONG = "the depot sorts the parcels by street and by house, and the drivers carry them to the people who ordered them"


def quoted(rubric: Rubric, *answers: str) -> list[str]:
    said = [turn for answer in answers for turn in ("And then?", answer)]
    return [evidence.quote for evidence in judged(rubric, *said).evidence]


def test_a_whole_sentence_is_quoted_where_a_clause_of_it_was_found(rubric: Rubric) -> None:
    said = "We start. We plan for the scale of a city so every depot gets a budget. Then we go."
    assert quoted(rubric, said) == ["We plan for the scale of a city so every depot gets a budget"]


def test_of_a_sentence_too_long_to_quote_the_clause_is_quoted_with_what_follows_it(rubric: Rubric) -> None:
    said = f"First {LONG}, but the scale of it is small because it is one town, so {LONG}, so {LONG}."
    (quote,) = quoted(rubric, said)
    assert "the scale of it is small because it is one town" in quote
    assert len(quote.split()) <= 40
    assert quote in said


def test_what_earned_the_level_is_quoted_before_earlier_mentions(rubric: Rubric) -> None:
    said = (
        "The scale is known.",
        "A budget, I think.",
        "A second budget.",
        "The scale decides it because vans are few.",
    )
    assert quoted(rubric, *said) == [
        "The scale is known",
        "A budget, I think",
        "The scale decides it because vans are few",
    ]


def test_the_answer_to_a_question_on_it_is_quoted_before_stray_words(rubric: Rubric) -> None:
    said = (
        "Go on.",
        "Vans have a scale.",
        "Go on.",
        "Towns have a scale.",
        "What scale is it?",
        "A scale of ten thousand vans.",
    )
    quotes = [evidence.quote for evidence in judged(rubric, *said).evidence]
    assert quotes == ["A scale of ten thousand vans"]


def test_two_sentences_of_one_thought_make_one_quote(rubric: Rubric) -> None:
    said = "The scale matters here. That is because the budget is small."
    assert quoted(rubric, said) == [said.removesuffix(".")]


def test_there_are_at_most_three_quotes(rubric: Rubric) -> None:
    asks = rubric.criterion("asks_first")
    several = asks.check("first").signals[0].model_copy(update={"times": 4})
    check = asks.check("first").model_copy(update={"signals": (several,)})
    counted = asks.model_copy(update={"checks": (check, *asks.checks[1:])})
    steps = (
        rubric.steps[0].model_copy(update={"criteria": (counted, *rubric.steps[0].criteria[1:])}),
        *rubric.steps[1:],
    )
    said = [f"A scale stands in line {n} of the book." for n in range(5)]
    assert len(quoted(rubric.model_copy(update={"steps": steps}), *said)) == 3
