"""Files made to hurt: every one is a recording or a sentence, soon."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fourstep.errors import TranscriptError
from fourstep.importing.cast import voices
from fourstep.importing.decoding import decoded
from fourstep.importing.reading import parse_recording
from fourstep.importing.rules import turns_by_rules
from fourstep.importing.sentences import sentences_of
from fourstep.importing.turns import turns_of

PIECES = st.sampled_from(
    [
        *("WEBVTT", "\n", "\n\n", "00:00:01.000 --> 00:00:02.000", "00:01 -->", "-->", "1", "<v Ada>", "</v>", "<v"),
        *(
            "&gt;",
            "&lt;v X&gt;",
            ">> ",
            "Ada:",
            "Ada  0:03",
            "[Ada] 1:02:03",
            "0:03",
            "**Ada:**",
            "```",
            "---",
            "word.",
        ),
        *(
            "Why?",
            "\u202e",
            "\ufeff",
            "\t",
            "NOTE",
            "STYLE",
            "Candidate:",
            "Interviewer:",
            "99:99",
            "{\\an8}",
            "<00:01>",
        ),
    ]
)
NAMES = st.sampled_from(["a.vtt", "a.srt", "a.txt", "a.md"])


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=40), NAMES)
def test_any_text_is_a_recording_or_a_sentence(pieces: list[str], name: str) -> None:
    with suppress(TranscriptError):
        recording = parse_recording("".join(pieces), name)
        said = " ".join(cue.text for cue in recording.cues).split()
        assert said
        for turns in (
            turns_by_rules(sentences_of(recording.cues)),
            *(turns_of(recording, voice.name) for voice in voices(recording)),
        ):
            assert " ".join(turn.text for turn in turns).split() == said
            times = [turn.at for turn in turns if turn.at is not None]
            assert times == sorted(times)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_a_sentence(raw: bytes) -> None:
    with suppress(TranscriptError):
        parse_recording(decoded(raw, "a.txt"), "a.txt")


@pytest.mark.parametrize(
    "text",
    [
        "<v " * 100_000,
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n" + "<v " * 100_000,
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n" + "<c." * 100_000,
        "Ada" * 100_000 + ":",
        "A " * 200_000,
        "\n" * 300_000 + "x",
        "```\n" * 50_000,
        "Ada 0:03\n" * 30_000,
        "1:" * 150_000,
        "---\n" * 50_000,
        "?" * 300_000,
    ],
    ids=lambda text: repr(text[:20]),
)
def test_a_huge_odd_file_is_read_whole_or_refused_and_soon(text: str) -> None:
    """A pattern that goes back and forth would take hours here."""
    with suppress(TranscriptError):
        assert sentences_of(parse_recording(text, "a.txt").cues)
