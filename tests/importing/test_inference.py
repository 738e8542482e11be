"""Who speaks where nobody says so: sentences, and the rules that give them to one or the other."""

from pathlib import Path

import pytest

from fourstep.importing.recording import Cue
from fourstep.importing.rules import as_turns, hard_to_tell, speakers_by_rules, turns_by_rules
from fourstep.importing.sentences import Sentence, sentences_of
from fourstep.transcript.prose import parse_prose
from tests.importing.recordings import read

UNSEEN = sorted((Path(__file__).parents[2] / "benchmarks" / "labelled" / "unseen").glob("*.md"))


def sentences(*texts: str) -> list[str]:
    return [sentence.text for sentence in sentences_of([Cue(text, 1) for text in texts])]


def test_a_sentence_goes_over_lines_and_ends_at_its_full_stop() -> None:
    assert sentences("So I would", "train on clicks. And then", "test, e.g. on the fifth week.") == [
        "So I would train on clicks.",
        "And then test, e.g. on the fifth week.",
    ]


def test_numbers_and_abbreviations_end_nothing() -> None:
    assert sentences("It takes 3.5 seconds vs. 2.1 before, i.e. less. Good.") == [
        "It takes 3.5 seconds vs. 2.1 before, i.e. less.",
        "Good.",
    ]


def test_without_full_stops_a_sentence_ends_with_a_line_before_it_gets_long() -> None:
    assert max(len(text.split()) for text in sentences(*["one two three four five six seven eight"] * 9)) <= 24


def test_chinese_and_arabic_marks_end_sentences_too() -> None:
    assert sentences("你会怎么做？我先问目标。") == ["你会怎么做？", "我先问目标。"]


def test_a_silence_and_a_mark_begin_a_sentence() -> None:
    cues = [Cue("and so", 1, 0, 2), Cue("on", 2, 9, 10), Cue("why", 3, 10, 11, changes=True)]
    found = sentences_of(cues)
    assert [(s.text, s.paused, s.changes, s.at, s.until) for s in found] == [
        ("and so", False, False, 0, 2),
        ("on", True, False, 9, 10),
        ("why", False, True, 10, 11),
    ]


def test_questions_to_the_other_are_the_interviewers_and_plans_the_candidates() -> None:
    text = (
        "Welcome, and thanks for coming. How would you design ad click prediction? I'd first ask what the goal is, "
        "because revenue and clicks are not the same thing. Then I'd look at the logs of the last 90 days and train a "
        "logistic regression on them. Okay. How would you evaluate it? I'd split by time, so that the future does not "
        "leak into training, and report log loss and calibration for each of the 20 largest countries."
    )
    assert [turn.speaker for turn in turns_by_rules(sentences_of([Cue(text, 1)]))] == [
        "interviewer",
        "candidate",
        "interviewer",
        "candidate",
    ]


def test_where_changes_are_marked_speakers_change_there_and_nowhere_else() -> None:
    text = (
        "WEBVTT\n\n00:01.000 --> 00:09.000\n>> How would you start? Tell me about the goal.\n\n"
        "00:09.000 --> 00:20.000\n>> I'd ask what revenue means. Would you agree? I think we need logs.\n\n"
        "00:20.000 --> 00:30.000\n>> Why logs?\n"
    )
    assert [(turn.speaker, turn.text, turn.at) for turn in turns_by_rules(sentences_of(read(text).cues))] == [
        ("interviewer", "How would you start? Tell me about the goal.", 1.0),
        ("candidate", "I'd ask what revenue means. Would you agree? I think we need logs.", 9.0),
        ("interviewer", "Why logs?", 20.0),
    ]


@pytest.mark.parametrize("path", UNSEEN[:6], ids=lambda path: path.stem)
def test_no_word_is_lost_and_most_go_to_whoever_said_them(path: Path) -> None:
    turns = parse_prose(path.read_text(), name=path.stem).turns
    cues = [
        Cue(" ".join(line.split()), 1, apart=True) for turn in turns for line in turn.text.split("\n") if line.strip()
    ]
    truth = [(word, turn.speaker) for turn in turns for word in turn.text.split()]
    found = [(word, turn.speaker) for turn in turns_by_rules(sentences_of(cues)) for word in turn.text.split()]
    assert [word for word, _ in found] == [word for word, _ in truth]
    right = sum(one == other for one, other in zip(found, truth, strict=True))
    assert right > 0.84 * len(truth)


def test_nothing_said_is_nobody() -> None:
    assert speakers_by_rules([]) == ()
    assert as_turns([], []) == ()


def test_a_recording_of_one_voice_is_one_turn() -> None:
    monologue = [Sentence(f"I'd train model {n} on 30 days of logs, because labels arrive late.") for n in range(50)]
    assert [turn.speaker for turn in turns_by_rules(monologue)] == ["candidate"]


def test_words_without_full_stops_are_known_to_be_hard() -> None:
    stopped = [Sentence("How would you start?"), Sentence("I'd ask.")]
    bare = [Sentence("how would you start"), Sentence("so i'd ask")]
    marked = [Sentence("how would you start", changes=True), Sentence("so i'd ask", changes=True)]
    assert [hard_to_tell(sentences) for sentences in (stopped, bare, marked)] == [False, True, False]


VISUAL = (
    ">> Welcome back to the channel everybody. We run a large site where people pin pictures of things they like. "
    "Somebody looks at a picture, or cuts a piece out of it, and we show pictures that look like it. I'd like you to "
    "design that. >> Cool. So let me start with questions. What's the goal here, do we want more saves, or purchases, "
    "or just time? >> The goal is saves. Same style is fine. >> Okay. How many pictures, and how fast? >> Ten billion, "
    "two hundred milliseconds. >> All right so I'd frame it as representation learning. Embed each picture with a "
    "vision transformer trained contrastively. >> What can go wrong with boards as labels? >> Boards are noisy, a "
    "board called stuff has everything. >> How do you train? >> Start from CLIP weights since it already knows "
    "semantics, and mine hard negatives. >> Perfect."
)


def test_every_mark_is_a_change_and_whoever_asks_for_a_design_interviews() -> None:
    turns = turns_by_rules(sentences_of(read(VISUAL, "a.txt").cues))
    assert [turn.speaker for turn in turns] == ["interviewer", "candidate"] * 5 + ["interviewer"]
    assert turns[0].text.endswith("I'd like you to design that.")


def test_who_speaks_first_can_be_told() -> None:
    turns = turns_by_rules(sentences_of(read(VISUAL, "a.txt").cues), first="candidate")
    assert [turn.speaker for turn in turns][:3] == ["candidate", "interviewer", "candidate"]
    [whole] = turns_by_rules([Sentence("How would you start?")], first="candidate")
    assert whole.speaker == "candidate"


@pytest.mark.parametrize("above", ["Transcript\n\n", "Kind: captions\nLanguage: en\n\n", "How I designed search\n"])
def test_what_stands_above_the_first_time_leaves_no_time_in_the_words(above: str) -> None:
    recording = read(f"{above}0:04\n>> How would you start?\n0:09\n>> I'd ask first.\n0:12\n>> Good.\n", "a.txt")
    assert [cue.at for cue in recording.cues if cue.changes] == [4.0, 9.0, 12.0]
    assert "0:" not in " ".join(cue.text for cue in recording.cues)


def test_a_text_with_full_stops_is_never_cut_within_a_sentence() -> None:
    lines = ["We sample negatives, and the prediction is corrected", "with the formula p over p plus one minus p"] * 3
    said = sentences(*lines, "over w.", "Good.", "And then?")
    assert said == [f"{' '.join(lines)} over w.", "Good.", "And then?"]
    cues = [Cue("So I would", 1, 0, 2), Cue("go on.", 2, 9, 10), Cue("Good.", 3, 10, 11)]
    assert [one.text for one in sentences_of(cues)] == ["So I would go on.", "Good."]
