"""What a model reads: a prefix that stays, a move that goes, and a summary of what no longer fits."""

import json
import re
from collections.abc import Sequence
from itertools import pairwise

import pytest
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage

from fourstep.files.prompts import read_prompts
from fourstep.interview.brain import Summary
from fourstep.llm.conversation import Conversation, size, to_sum_up
from fourstep.llm.interviewer import FULL, ModelInterviewer
from fourstep.offline.interviewer import OfflineInterviewer
from fourstep.problem import Problem
from fourstep.rubric import Rubric
from fourstep.transcript.events import Compacted, Spoken
from fourstep.transcript.transcript import transcript_of
from tests.interviews import START, Desk, collect
from tests.llm.scripted import Scripted, calling

SMALL = 12_000
"""Tokens that the model keeps: less than 120 long turns."""
LONG = "In turn {} I would look at the depot, the driver and the weather, in that order, and then wait and see. " * 8


def sums_up(messages: Sequence[BaseMessage]) -> bool:
    return "record of an interview" in str(messages[0].content)


def answers(messages: Sequence[BaseMessage]) -> str:
    """An interviewer that never says the same twice, and a record that leaves half of the answers out."""
    if sums_up(messages):
        names = re.findall(r'"turn": "(C\d+)"|^(C\d+):', str(messages[1].content), re.MULTILINE)
        return "\n".join(f"{one or other}: looks at the depot." for one, other in names[::2])
    return f"{chr(97 + len(messages) % 26) * (4 + len(messages))} is what?"


def interviewed(rubric: Rubric, problem: Problem, context: int) -> tuple[Desk, Scripted]:
    model = Scripted(answers=answers)
    offline = OfflineInterviewer(rubric, problem)
    brain = ModelInterviewer(rubric, problem, calling(model), read_prompts(), offline, context_tokens=context)
    desk = Desk(rubric, problem, interviewer=brain, minutes=600)
    desk.start()
    return desk, model


def spoken(*texts: str) -> tuple[Spoken, ...]:
    """Turns from the candidate's first on."""
    speakers = ("candidate", "interviewer")
    return tuple(
        Spoken(at=START, turn=number, speaker=speakers[(number - 1) % 2], text=text)
        for number, text in enumerate(texts, start=1)
    )


def wire(messages: Sequence[BaseMessage]) -> str:
    """The messages as a server reads them, one after the other."""
    return "".join(f"<|{message.type}|>{message.content}" for message in messages)


def without_note(messages: Sequence[BaseMessage]) -> str:
    return wire(messages).rpartition("\n\n<move-")[0]


def everyday(rubric: Rubric, problem: Problem) -> tuple[Desk, Scripted]:
    """Answers, a hint, a skip, a nudge, and an answer that is sent in two parts."""
    desk, model = interviewed(rubric, problem, 100_000)
    desk.answer("It is a classification of parcels into two kinds.")
    collect(desk.interview.hint())
    desk.answer("The weather matters.")
    collect(desk.interview.skip())
    collect(desk.interview.nudge())
    desk.interview.take("One thing.")
    desk.answer("And another.")
    return desk, model


def test_each_call_begins_byte_by_byte_as_the_one_before_up_to_the_last_spoken_turn(
    rubric: Rubric, problem: Problem
) -> None:
    _, model = everyday(rubric, problem)
    read = [without_note(request) for request in model.requests]
    assert len(read) > 5
    for earlier, later in pairwise(read):
        assert later.startswith(earlier)


def test_the_turns_stand_in_it_word_for_word(rubric: Rubric, problem: Problem) -> None:
    desk, model = everyday(rubric, problem)
    said = [turn.text for turn in desk.interview.state.turns][:-1]
    read = wire(model.requests[-1])
    places = [read.index(text) for text in said]
    assert places == sorted(places)


def test_speakers_take_strict_turns_as_servers_want_it(rubric: Rubric, problem: Problem) -> None:
    _, model = everyday(rubric, problem)
    for request in model.requests:
        kinds = [type(message) for message in request]
        assert kinds[0] is SystemMessage
        assert kinds[1::2] == [HumanMessage] * len(kinds[1::2])
        assert kinds[2::2] == [AIMessage] * len(kinds[2::2])


def test_a_note_is_not_kept_for_the_next_turn(rubric: Rubric, problem: Problem) -> None:
    _, model = everyday(rubric, problem)
    for request in model.requests:
        assert wire(request).count("\nmove: ") == 1


def test_persona_level_and_problem_are_in_the_system_message(rubric: Rubric, problem: Problem) -> None:
    _, model = everyday(rubric, problem)
    system = str(model.requests[-1][0].content)
    assert "Your manner is neutral." in system
    assert "for the level senior." in system
    assert problem.statement.strip() in system


def drawn(rubric: Rubric, problem: Problem) -> list[str]:
    """Three answers, of which the first and the last have another pad; what each call reads."""
    desk, model = interviewed(rubric, problem, 100_000)
    for text, pad in (("As drawn.", "[depot]"), ("It stays so.", "[depot]"), ("One more.", "[depot]->[driver]")):
        collect(desk.interview.answer(text, pad))
    return [without_note(request) for request in model.requests]


def test_the_pad_stands_behind_its_answer_in_a_fence_of_its_own(rubric: Rubric, problem: Problem) -> None:
    read = drawn(rubric, problem)[-1]
    assert re.search(r"As drawn\.\n\n<pad-(\w{12})>\n\[depot\]\n</pad-\1>", read)
    assert re.search(r"One more\.\n\n<pad-\w{12}>\n\[depot\]->\[driver\]\n", read)


def test_a_pad_that_did_not_change_is_not_repeated(rubric: Rubric, problem: Problem) -> None:
    said = drawn(rubric, problem)[-1].partition("As drawn.")[2]
    assert said.count("<pad-") == 2


def test_pads_leave_the_prefix_as_it_is(rubric: Rubric, problem: Problem) -> None:
    for earlier, later in pairwise(drawn(rubric, problem)):
        assert later.startswith(earlier)


def test_a_pad_that_was_summed_up_with_its_turn_stays_with_the_first_answer_that_is_kept() -> None:
    talk = Conversation("", "tag", spoken("One.", "Two?", "Three."), pads={1: "[depot]"})
    assert wire(talk.after(Summary(2, "C1: one.")).messages("")).count("<pad-tag>\n[depot]\n</pad-tag>") == 1
    assert '"pad": "[depot]"' in to_sum_up(talk, talk.turns[:1])


@pytest.fixture(scope="module")
def long_one(rubric: Rubric, problem: Problem) -> tuple[Desk, Scripted]:
    """An interview of 120 long turns with a model that keeps a part of them."""
    desk, model = interviewed(rubric, problem, SMALL)
    turn = 1
    while desk.interview.state.next_turn <= 120:
        desk.interview.take(LONG.replace("{}", str(turn)))
        collect(desk.interview.repeat())
        turn += 1
    return desk, model


def test_a_long_interview_never_fills_the_context(long_one: tuple[Desk, Scripted]) -> None:
    _, model = long_one
    assert len(model.requests) > 60
    for request in model.requests:
        assert sum(size(str(message.content)) for message in request) <= FULL * SMALL


def test_of_what_the_candidate_said_nothing_is_dropped_silently(long_one: tuple[Desk, Scripted]) -> None:
    desk, model = long_one
    turns = [turn for turn in desk.interview.state.turns if turn.speaker == "candidate"]
    assert len(turns) > 55
    for request in (request for request in model.requests[1:] if not sums_up(request)):
        read = wire(request)
        heard = [turn for turn in turns if turn.text in read]
        until = heard[-1].turn
        for turn in (turn for turn in turns if turn.turn <= until and turn not in heard):
            assert f"\nC{turn.turn}: " in read, turn.turn


def test_what_was_summed_up_is_on_record_and_the_log_keeps_the_turns(long_one: tuple[Desk, Scripted]) -> None:
    desk, model = long_one
    records = [event for event in desk.log.events if isinstance(event, Compacted)]
    asked = [request for request in model.requests if sums_up(request)]
    assert 1 <= len(records) == len(asked)
    assert [record.until for record in records] == sorted({record.until for record in records})
    assert all(json.dumps(record.summary) for record in records)
    spoken = [event for event in desk.log.events if isinstance(event, Spoken)]
    assert len(transcript_of(desk.log.events).turns) == len(spoken)


def test_one_summary_starts_a_prefix_that_stays_for_many_turns(long_one: tuple[Desk, Scripted]) -> None:
    _, model = long_one
    calls = [request for request in model.requests if not sums_up(request)]
    read = [without_note(request) for request in calls]
    changed = sum(1 for earlier, later in pairwise(read) if not later.startswith(earlier))
    assert changed == sum(1 for request in model.requests if sums_up(request))
    assert changed <= len(calls) / 8


def test_an_interview_that_is_gone_on_with_starts_from_its_summary(
    long_one: tuple[Desk, Scripted], rubric: Rubric, problem: Problem
) -> None:
    events = tuple(long_one[0].log.events)
    model = Scripted(answers=answers)
    offline = OfflineInterviewer(rubric, problem)
    brain = ModelInterviewer(rubric, problem, calling(model), read_prompts(), offline, context_tokens=SMALL)
    desk = Desk(rubric, problem, interviewer=brain, minutes=600, events=events, elapsed=70)
    desk.answer("And then?")
    record = [event for event in events if isinstance(event, Compacted)][-1]
    assert record.summary in wire(model.requests[-1])
