"""Who is the candidate: told, plain from the usual names, or unknown."""

import pytest

from fourstep.errors import UsageError
from fourstep.importing.cast import Voice, candidate_among, voices
from fourstep.importing.turns import turns_of
from tests.importing.recordings import read


def present(*names: str) -> list[Voice]:
    return [Voice(name, 10, "") for name in names]


def chosen(names: list[str], candidate: str | None = None, interviewer: str | None = None) -> str | None:
    voice = candidate_among(present(*names), candidate=candidate, interviewer=interviewer)
    return voice.name if voice else None


@pytest.mark.parametrize("told", ["Ada Lovelace", "ada lovelace", "ADA", " ada  lovelace "])
def test_a_name_that_is_told_is_found_by_its_beginning_in_any_case(told: str) -> None:
    assert chosen(["Ada Lovelace", "Grace Hopper"], candidate=told) == "Ada Lovelace"


def test_of_two_the_one_who_does_not_interview_is_the_candidate() -> None:
    assert chosen(["Ada", "Grace"], interviewer="Grace") == "Ada"
    assert chosen(["Ada", "Grace", "Edith"], interviewer="Grace") is None


@pytest.mark.parametrize("names", [["Interviewer", "Ada"], ["Grace", "Me"], ["candidate", "Grace", "Edith"]])
def test_the_usual_names_are_enough(names: list[str]) -> None:
    assert chosen(names) in {"Ada", "Me", "candidate"}


@pytest.mark.parametrize("names", [["Ada", "Grace"], ["Speaker 1", "Speaker 2"], ["Interviewer", "Ada", "Grace"]])
def test_other_names_say_nothing(names: list[str]) -> None:
    assert chosen(names) is None


@pytest.mark.parametrize("told", ["Edith", "A", ""])
def test_a_name_that_nobody_or_several_have_lists_those_who_speak(told: str) -> None:
    with pytest.raises(UsageError, match="Ada, Anna") as error:
        candidate_among(present("Ada", "Anna"), candidate=told or " ", interviewer=None)
    assert error.value.exit_code == 2


def test_voices_are_counted_by_name_whatever_its_case() -> None:
    found = voices(read("ADA: one two\nGrace: three\nAda: four\nGrace: five", "a.txt"))
    assert [(voice.name, voice.words, voice.opening) for voice in found] == [
        ("ADA", 3, "one two four"),
        ("Grace", 2, "three five"),
    ]


def test_everybody_but_the_candidate_interviews_and_what_one_says_without_a_break_is_a_turn() -> None:
    text = "Grace: Hello.\nEdith: Hi.\nAda: One.\n\nAda: Two.\nEdith: And?\nAda: Three.\nGrace: Thanks."
    assert [(turn.speaker, turn.text) for turn in turns_of(read(text, "a.txt"), "ada")] == [
        ("interviewer", "Hello.\n\nHi."),
        ("candidate", "One.\n\nTwo."),
        ("interviewer", "And?"),
        ("candidate", "Three."),
        ("interviewer", "Thanks."),
    ]


def test_captions_without_a_voice_go_on_with_the_last_one_and_the_first_of_all_are_no_answer() -> None:
    text = (
        "WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n\n00:02.000 --> 00:03.000\n<v Ada>I would\n\n"
        "00:03.000 --> 00:04.000\nask first."
    )
    turns = turns_of(read(text), "Ada")
    assert [(turn.speaker, turn.text, turn.at, turn.until) for turn in turns] == [
        ("interviewer", "Hello", 1.0, 2.0),
        ("candidate", "I would ask first.", 2.0, 4.0),
    ]
