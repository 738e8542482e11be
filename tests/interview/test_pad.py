"""The design pad in the engine: its versions in the log, and which answer each belongs to."""

from fourstep.interview.fork import forked
from fourstep.interview.state import fold
from fourstep.interview.timing import plan
from fourstep.rubric import INTERVIEW_STEPS, Rubric
from fourstep.transcript.events import PadSaved, Spoken
from fourstep.transcript.transcript import transcript_of
from tests.interviews import START, Desk, collect

FEED, RANKER = "[client]->[feed]", "[client]->[feed]->[ranker]"


def answer(desk: Desk, text: str, pad: str | None = None) -> None:
    collect(desk.interview.answer(text, pad))


def versions(desk: Desk) -> list[tuple[str, int | None]]:
    return [(event.text, event.turn) for event in desk.log.events if isinstance(event, PadSaved)]


def pads(desk: Desk) -> list[tuple[str, str]]:
    return [(turn.name, turn.pad) for turn in transcript_of(desk.log.events).candidate_turns]


def test_the_pad_is_in_the_log_before_the_answer_it_was_sent_with(desk: Desk) -> None:
    desk.start()
    answer(desk, "Here is the outline.", FEED)
    kinds = [type(event) for event in desk.log.events]
    said = next(n for n, e in enumerate(desk.log.events) if isinstance(e, Spoken) and e.speaker == "candidate")
    assert kinds[said - 1] is PadSaved
    assert versions(desk) == [(FEED, 2)]


def test_the_same_pad_is_not_recorded_twice(desk: Desk) -> None:
    desk.start()
    answer(desk, "Here is the outline.", FEED)
    answer(desk, "As drawn.", FEED)
    assert versions(desk) == [(FEED, 2)]


def test_an_empty_pad_is_no_version_before_something_stood_on_it(desk: Desk) -> None:
    desk.start()
    answer(desk, "Here is the outline.", "")
    assert versions(desk) == []


def test_a_pad_that_was_wiped_is_a_version(desk: Desk) -> None:
    desk.start()
    answer(desk, "Here is the outline.", FEED)
    answer(desk, "I start over.", "")
    assert versions(desk) == [(FEED, 2), ("", 4)]


def test_an_answer_has_the_pad_where_it_changed(desk: Desk) -> None:
    desk.start()
    answer(desk, "Here is the outline.", FEED)
    answer(desk, "As drawn.", FEED)
    answer(desk, "With a ranker.", RANKER)
    assert pads(desk) == [("C2", FEED), ("C4", ""), ("C6", RANKER)]


def test_a_version_that_was_left_between_answers_belongs_to_the_next(desk: Desk) -> None:
    desk.start()
    desk.interview.keep_pad(FEED)
    desk.interview.keep_pad(RANKER)
    answer(desk, "Here is the outline.", RANKER)
    assert versions(desk) == [(FEED, None), (RANKER, None)]
    assert pads(desk) == [("C2", RANKER)]


def test_the_pad_of_an_answer_that_was_taken_back_goes_with_the_next_one(desk: Desk) -> None:
    desk.start()
    answer(desk, "Here is the outline.", FEED)
    desk.interview.withdraw()
    answer(desk, "Here is a better outline.", FEED)
    assert pads(desk) == [("C4", FEED)]
    assert len(versions(desk)) == 1


def test_what_is_on_the_pad_can_be_gone_on_with(desk: Desk) -> None:
    desk.start()
    answer(desk, "Here is the outline.", FEED)
    assert fold(desk.log.events).pad == FEED


def test_answering_again_begins_with_the_pad_as_it_was_when_the_question_came(desk: Desk, rubric: Rubric) -> None:
    desk.start()
    answer(desk, "Here is the outline.", FEED)
    desk.interview.keep_pad("[client]")
    answer(desk, "With a ranker.", RANKER)
    events = forked(desk.log.events, 4, desk.started, plan(rubric, INTERVIEW_STEPS, 45), START)
    assert fold(events).pad == FEED
