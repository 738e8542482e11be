"""What an interview is about, by its first words."""

from fourstep.files.content import Library
from fourstep.importing.guessing import guessed_problem
from fourstep.importing.turns import Utterance


def guessed(library: Library, *texts: str) -> str | None:
    found = guessed_problem(
        [Utterance("interviewer", text) for text in texts], [library.problem(name) for name in library.files]
    )
    return found.id if found else None


def test_a_title_in_one_of_the_first_sentences_names_the_problem(library: Library) -> None:
    assert guessed(library, "Hello.", "Design the prediction of clicks on an ad.") == "ad_click_prediction"


def test_its_words_in_several_sentences_name_nothing(library: Library) -> None:
    assert guessed(library, "We show an ad. People click. What would you predict?") is None


def test_what_is_said_later_names_nothing(library: Library) -> None:
    assert guessed(library, "Well. " * 200, "This is like ad click prediction.") is None


def test_two_problems_are_none(library: Library) -> None:
    assert guessed(library, "Choose: ad click prediction. Or: video recommendation.") is None
