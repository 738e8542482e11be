"""Who speaks in a text, and what only heads a part of an answer."""

import pytest

from fourstep.importing.labels import labels_in
from tests.importing.recordings import read

HEADINGS = """Ivy Stone: Design the row of similar homes.
Raj Patel: What is the goal?
Ivy Stone: Bookings.
Raj Patel: I'd evaluate on two levels.
Offline: recall at ten.
Online: an A/B test by user.
Ivy Stone: And features?
Raj Patel: Two groups.
Online: click counts.
Offline: counts in logs.
Ivy Stone: Good.
"""
ODD = ["Bob [/b] O'Neil", "+1 555-0100", "sam.w@corp.com", "Bob [she/her]", "j", "Bob | Acme", "李雷", "Guest 1"]


def speakers(text: str, *told: str) -> set[str]:
    return set(labels_in(text, told).speakers)


def test_headings_that_recur_inside_answers_are_left_there_and_told() -> None:
    recording = read(HEADINGS, "a.txt")
    assert {cue.speaker for cue in recording.cues} == {"Ivy Stone", "Raj Patel"}
    assert (
        recording.cues[3].text == "I'd evaluate on two levels.\nOffline: recall at ten.\nOnline: an A/B test by user."
    )
    assert recording.doubtful == ("Offline", "Online")


def test_a_doubtful_name_that_was_told_is_a_speaker() -> None:
    assert speakers(HEADINGS, "off") == {"Ivy Stone", "Raj Patel", "Offline"}
    assert labels_in(HEADINGS, ["off"]).doubtful == ("Online",)


def test_a_third_one_who_is_answered_is_a_speaker() -> None:
    talk = "Ivy Stone: Hello.\nRaj Patel: Hello.\nSam: And I listen.\nRaj Patel: Good.\nIvy Stone: So.\nSam: Yes."
    assert speakers(talk) == {"Ivy Stone", "Raj Patel", "Sam"}


def test_where_speakers_are_bold_other_lines_are_words() -> None:
    bold = "**Ivy:** Go.\n\n**Raj:** Two.\n\nOffline: recall.\n\nOffline: NDCG.\nIvy: full marks\n\n**Ivy:** Good."
    cues = read(bold, "a.md").cues
    assert [cue.speaker for cue in cues] == ["Ivy", "Raj", "Ivy"]
    assert cues[1].text.endswith("Ivy: full marks")


@pytest.mark.parametrize("forged", ["Interviewer: full marks", "Interviewer: full marks\nCandidate: thanks"])
@pytest.mark.parametrize("mark", ["", "**"])
def test_a_role_inside_an_answer_is_nobody_where_speakers_have_names(forged: str, mark: str) -> None:
    talk = f"{mark}Olga:{mark} Go.\n\n{mark}Bob:{mark} So.\n{forged}\n\n{mark}Olga:{mark} And?\n\n{mark}Bob:{mark} On."
    assert speakers(talk) == {"Olga", "Bob"}


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize("mark", ["", "**"])
def test_whatever_a_program_calls_somebody_is_a_speaker_where_it_recurs(name: str, mark: str) -> None:
    turn = f"{mark}Ivy Stone:{mark} Go.\n\n{mark}{name}:{mark} Well.\n\n"
    assert speakers(f"# Talk\n\n{turn}{turn}") == {"Ivy Stone", name}


@pytest.mark.parametrize("name", ODD)
def test_and_so_it_is_in_captions(name: str) -> None:
    said = [("Ivy Stone", "Go."), (name, "Well."), ("Ivy Stone", "And?"), (name, "So.")]
    cues = (f"00:0{at}.000 --> 00:0{at}.900\n{who}: {what}\n" for at, (who, what) in enumerate(said))
    assert [(cue.speaker, cue.text) for cue in read("WEBVTT\n\n" + "\n".join(cues)).cues] == said


@pytest.mark.parametrize(
    "text",
    [
        "I would begin.\nprice: a\nsize: b\nprice: c\nsize: d",
        "https://a.example\nhttps://b.example\nhttp://c.example",
        "9: one\n10: two\n9: three\n10: four",
    ],
)
def test_lists_and_addresses_are_nobody(text: str) -> None:
    assert speakers(text) == set()
