"""Each program's files: who speaks, what, and when."""

import pytest

from fourstep.errors import TranscriptError
from fourstep.importing.cast import voices
from fourstep.importing.recording import Format
from tests.importing.recordings import (
    NAMED,
    OTTER,
    ROLLING,
    TEAMS_PASTE,
    UNNAMED,
    YOUTUBE_LINES,
    ZOOM_NEWER,
    Example,
    read,
    said,
)

WELCOME = "Welcome, Ada. Design ad click prediction, please."
QUESTION = "How many users are there?"


def named(example: Example) -> str:
    return example.name


@pytest.mark.parametrize("example", NAMED, ids=named)
def test_a_file_with_names_says_who_says_what(example: Example) -> None:
    recording = read(example.text, example.name)
    assert [(cue.speaker, cue.text) for cue in recording.cues][:2] == [
        ("Grace Hopper", WELCOME),
        ("Ada Lovelace", QUESTION),
    ]
    assert [voice.name for voice in voices(recording)] == ["Grace Hopper", "Ada Lovelace"]
    assert recording.format == example.format


@pytest.mark.parametrize("example", NAMED, ids=named)
def test_times_are_kept_where_there_are_any(example: Example) -> None:
    recording = read(example.text, example.name)
    assert recording.timed is example.timed
    if example.timed and example.text != ZOOM_NEWER:
        assert [cue.at for cue in recording.cues][:2] == [3.0, 7.0]


def test_times_of_day_are_counted_from_the_first() -> None:
    assert [cue.at for cue in read(ZOOM_NEWER, "talk.txt").cues] == [0.0, 4.0]


@pytest.mark.parametrize("hour", ["00", "01", "13"])
def test_captions_last_as_long_whatever_hour_they_begin_at(hour: str) -> None:
    text = f"WEBVTT\n\n{hour}:00:00.000 --> {hour}:00:08.000\nWhy?\n\n{hour}:00:08.200 --> {hour}:00:16.000\nSo."
    spans = [(cue.at, cue.until) for cue in read(text).cues]
    assert spans == [(0.0, 8.0), (pytest.approx(8.2), 16.0)]


def test_a_clock_goes_on_over_midnight() -> None:
    at = ("23:58:00", "23:59:30", "00:01:00", "00:00:50", "00:20:00")
    text = "\n".join(f"{time} {'AG'[place % 2]}: So." for place, time in enumerate(at))
    assert [cue.at for cue in read(text, "talk.txt").cues] == [0.0, 90.0, 180.0, 180.0, 1320.0]


@pytest.mark.parametrize("example", UNNAMED, ids=named)
def test_a_file_without_names_has_every_word_once(example: Example) -> None:
    recording = read(example.text, example.name)
    assert not recording.marked
    words = " ".join(cue.text for cue in recording.cues).lower().replace(",", "").replace(".", "").replace("?", "")
    assert words == "welcome ada design ad click prediction please how many users are there"
    assert recording.cues[0].at == 3.0
    assert recording.format == example.format


def test_a_change_of_speakers_is_marked_by_two_arrows() -> None:
    recording = read(UNNAMED[0].text)
    assert [cue.changes for cue in recording.cues] == [True, True]


def test_lines_that_roll_keep_the_time_of_their_first_appearance() -> None:
    assert [cue.at for cue in read(ROLLING).cues] == [3.0, 5.01, 7.01]


def test_a_line_that_grows_word_by_word_is_said_once() -> None:
    grown = "\n\n".join(
        f"00:00:0{n}.000 --> 00:00:0{n + 1}.000\n{text}"
        for n, text in enumerate(["so", "so we", "so we need", "so we need labels"])
    )
    assert " ".join(text for _, text in said(f"WEBVTT\n\n{grown}")) == "so we need labels"


def test_a_word_that_was_really_said_twice_stays() -> None:
    twice = "\n\n".join(
        f"00:00:0{n}.000 --> 00:00:0{n + 1}.000\n{text}"
        for n, text in enumerate(["Yes.", "Yes.", "We need labels.", "From whom?", "From people."])
    )
    assert [text for _, text in said(f"WEBVTT\n\n{twice}")][:2] == ["Yes.", "Yes."]


def test_two_voices_in_one_caption_are_two() -> None:
    assert said("WEBVTT\n\n00:01.000 --> 00:02.000\n<v Grace>And?</v> <v.loud Ada>Yes.</v>") == [
        ("Grace", "And?"),
        ("Ada", "Yes."),
    ]


def test_notes_styles_and_names_of_captions_are_not_said() -> None:
    text = "WEBVTT\n\nNOTE by hand\nover two lines\n\nSTYLE\n::cue {}\n\nintro\n00:01.000 --> 00:02.000\nHello"
    assert said(text) == [(None, "Hello")]


def test_text_behind_an_empty_line_belongs_to_its_caption() -> None:
    assert said(
        "1\n00:00:01,000 --> 00:00:02,000\nOne\n\nand two\n\n2\n00:00:03,000 --> 00:00:04,000\nthree", "a.srt"
    ) == [
        (None, "One and two"),
        (None, "three"),
    ]


def test_an_arrow_in_somebodys_words_is_no_time() -> None:
    assert said("WEBVTT\n\n00:01.000 --> 00:02.000\nlogs\nlogs --> features --> model") == [
        (None, "logs logs --> features --> model")
    ]


@pytest.mark.parametrize(
    "words",
    ["10:30 to 11:00", "9:30 - 10:00, daily", "From 0:05.5 -> 0:07.5", "at 10:30:15", "a -> b", "1:10 -- a ratio"],
)
def test_times_and_arrows_that_somebody_mentions_are_words(words: str) -> None:
    assert said(f"WEBVTT\n\n00:01.000 --> 00:02.000\n{words}\n\n{words}") == [(None, f"{words} {words}")]


def test_captions_without_empty_lines_between_them_lose_nothing() -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\nOne\n2\n00:00:03,000 --> 00:00:04,000\ntwo"
    assert [said_ for _, said_ in said(text, "a.srt")] == ["One", "two"]


def test_what_exports_say_of_themselves_is_not_said_by_anybody() -> None:
    for text in (OTTER, TEAMS_PASTE):
        assert read(text, "talk.txt").cues[-1].text == QUESTION


def test_captions_copied_with_a_time_before_each_line_are_read_too() -> None:
    assert [text for _, text in said("0:01 so the goal\n0:04 is revenue\n0:07 right", "a.txt")] == [
        "so the goal",
        "is revenue",
        "right",
    ]
    assert read(YOUTUBE_LINES, "a.txt").format is Format.TIMES


def test_paragraphs_without_names_are_plain_text() -> None:
    recording = read("How would you start?\n\nI would ask for the goal.\nThen for the scale.", "a.txt")
    assert recording.format is Format.PLAIN
    assert [(cue.text, cue.apart, cue.line) for cue in recording.cues] == [
        ("How would you start?", True, 1),
        ("I would ask for the goal.", True, 3),
        ("Then for the scale.", False, 4),
    ]


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("WEBVTT\n\n00:00:01.000 --> 00:00:xx\nHi", 3, "is no pair of times"),
        ("WEBVTT\n\n00:00:01.000 -->\nHi", 3, "is no pair of times"),
        ("WEBVTT\n\n00:75:01.000 --> 00:76:00.000\nHi", 3, "is no pair of times"),
        ("WEBVTT\n\n00:00:05.000 --> 00:00:01.000\nHi", 3, "ends before it begins"),
        ("WEBVTT\n\nHi\nyou\n\n00:00:05.000 --> 00:00:06.000\nHi", 3, "stands before the first times"),
        ("WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nHi\n00:0x:99 --> 99\ngarbage", 5, "is no pair of times"),
        ("1\n00:00:01,000 --> 00:00:02,000\nHi\n\n2\nrubbish --> 00:00:04,000\nyou", 6, "is no pair of times"),
        ("1\n00:00:01,000 -> 00:00:02,000\nHi", 2, "is no pair of times"),
        *(
            (f"WEBVTT\n\n1\n00:01.000 --> 00:02.000\nHi\n\n2\n{times}\nyou", 8, "is no pair of times")
            for times in (
                "00:00:05,567 -> 00:00:99",
                "00:05.567 —> 00:07.000",
                "00:05 => 00:07",
                "00:05.567 → 00:07.000",
                "00:05.567 --&gt; 00:07.000",
                "00:05.567 ->",
                "00:05.567 - -> 00:07.000",
                "00:05.567 -- 00:07.000 align:start",
                "00:00:05,567 to 00:00:9x",
                "00:05.567 00:07.000",
            )
        ),
    ],
)
def test_a_broken_file_names_the_line(text: str, line: int, what: str) -> None:
    with pytest.raises(TranscriptError, match=f"^talk.vtt line {line}: .*{what}"):
        read(text)


@pytest.mark.parametrize(
    ("name", "text", "what"),
    [
        ("a.vtt", "  \n", "a.vtt is empty"),
        ("a.vtt", "WEBVTT\n", "no captions with words"),
        ("a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n<i></i>\n", "no captions with words"),
        ("a.srt", "just words", "line 1: 'just words' stands before"),
        ("a.json", '{"results": []}', "data or a page"),
        ("a.html", "<!DOCTYPE html><p>hi", "data or a page"),
        ("a.md", "---\nproblem: x\n---\n", "no words that anybody said"),
        ("a.txt", ">> \n>> \n", "no words that anybody said"),
    ],
)
def test_what_is_no_recording_is_a_sentence(name: str, text: str, what: str) -> None:
    with pytest.raises(TranscriptError, match=what):
        read(text, name)
