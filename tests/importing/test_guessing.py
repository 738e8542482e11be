"""What an interview is about, by its first words."""

from pathlib import Path

from fourstep.files.content import Library
from fourstep.importing.guessing import guessed_problem
from fourstep.importing.turns import Utterance
from fourstep.transcript.prose import parse_prose

LABELLED = Path(__file__).parents[2] / "benchmarks" / "labelled"


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


def test_every_statement_is_known_when_it_is_read_out(library: Library) -> None:
    for name in library.files:
        greeting = "Okay, I think we're recording. Thanks for making time. So here is today's problem."
        assert guessed(library, f"{greeting} {library.problem(name).statement}", "How would you begin?") == name


def test_no_labelled_transcript_is_given_a_wrong_problem_and_most_are_given_theirs(library: Library) -> None:
    problems = [library.problem(name) for name in library.files]
    right = 0
    for path in sorted(LABELLED.glob("*/*.md")):
        transcript = parse_prose(path.read_text(), name=path.stem)
        found = guessed_problem([Utterance(turn.speaker, turn.text) for turn in transcript.turns], problems)
        assert found is None or found.id == transcript.problem
        right += found is not None
    assert right >= 75
