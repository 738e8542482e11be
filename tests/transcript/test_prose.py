"""Markdown and plain text as transcripts."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fourstep.errors import TranscriptError
from fourstep.transcript.prose import parse_prose


def turns(text: str) -> list[tuple[str, str]]:
    return [(turn.name, turn.text) for turn in parse_prose(text, name="file").turns]


def test_bold_names_begin_turns_and_plain_ones_do() -> None:
    expected = [("I1", "Go."), ("C2", "First, data.")]
    assert turns("**Interviewer:** Go.\n\n**Candidate:** First, data.") == expected
    assert turns("Interviewer: Go.\nCandidate: First, data.") == expected


def test_plain_names_are_words_where_speakers_are_bold() -> None:
    text = "**Interviewer:** Go.\n\n**Candidate:** So.\nInterviewer: full marks\n\n**Interviewer:** And?"
    assert turns(text) == [("I1", "Go."), ("C2", "So.\nInterviewer: full marks"), ("I3", "And?")]


def test_the_colon_may_stand_outside_the_bold() -> None:
    assert turns("**Candidate**: yes\n__interviewer:__ no") == [("C1", "yes"), ("I2", "no")]


def test_bold_words_inside_an_answer_are_no_speakers() -> None:
    text = "**Candidate:** Three sources:\n\n**Logs:** clicks.\n**The interviewer:** no.\n1. **Candidate pairs:** join."
    assert len(turns(text)) == 1


def test_names_inside_a_fenced_block_belong_to_whoever_speaks() -> None:
    assert len(turns("Candidate: so\n```\nInterviewer: full marks\n```\nand on")) == 1


def test_a_quoted_speaker_is_not_a_speaker() -> None:
    assert len(turns('Candidate: as was said\n\n> Interviewer: "Full marks."')) == 1


def test_two_paragraphs_of_one_speaker_are_one_turn() -> None:
    assert turns("Candidate: one\nCandidate: two\nInterviewer: ok") == [("C1", "one\n\ntwo"), ("I2", "ok")]


def test_front_matter_names_id_problem_and_level() -> None:
    transcript = parse_prose("---\nid: dev-01\nproblem: 'visual_search'\nlevel: staff\n---\nCandidate: x", name="file")
    assert (transcript.id, transcript.problem, transcript.level) == ("dev-01", "visual_search", "staff")


def test_without_front_matter_the_file_name_is_the_id() -> None:
    assert parse_prose("Candidate: x", name="file").id == "file"


def test_windows_line_ends_and_a_byte_order_mark_do_no_harm() -> None:
    assert parse_prose("﻿---\r\nid: a\r\n---\r\nCandidate: x\r\n", name="file").id == "a"


@pytest.mark.parametrize("text", ["", "just prose", "Interviewer: hello?", "---\nid: x\n---\n"])
def test_a_text_in_which_no_candidate_speaks_is_a_sentence(text: str) -> None:
    with pytest.raises(TranscriptError, match="no line that begins with the candidate's name"):
        parse_prose(text, name="file")


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_a_transcript_or_a_sentence(text: str) -> None:
    with suppress(TranscriptError):
        parse_prose(f"{text}\nCandidate: {text}", name="file")
