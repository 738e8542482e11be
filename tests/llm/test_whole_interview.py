"""A model has a bad day, and the candidate still gets through four steps to a scorecard."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from itertools import pairwise

import pytest

from fourstep.errors import ModelError
from fourstep.files.content import Library, LoadedRubric
from fourstep.grading.scorecard import Judgement
from fourstep.llm.grader import ModelGrader
from fourstep.llm.interviewer import ModelInterviewer
from fourstep.llm.observer import ModelObserver
from fourstep.offline.interviewer import OfflineInterviewer
from fourstep.offline.observer import OfflineObserver
from fourstep.problem import Problem
from fourstep.rubric import INTERVIEW_STEPS, Rubric
from fourstep.transcript.events import BrainChanged, CutOff, Event, Failed, Spoken, StepEntered
from fourstep.transcript.transcript import transcript_of
from tests.end_to_end.moody import FORGETS, LEAKS, Moody, dies, forgets_itself, leaks, repeats, stalls
from tests.end_to_end.program import ANSWERS
from tests.interviews import Desk
from tests.llm.faulty import PROMPTS, SILENCE, caller, heard, settled
from tests.model_server import serving

MOODS = {1: forgets_itself, 2: repeats, 3: leaks, 4: stalls, 7: dies}
"""By how many turns the interviewer has had."""


@dataclass(frozen=True)
class Held:
    """An interview that was held, and graded."""

    events: tuple[Event, ...]
    judgements: tuple[Judgement, ...]

    @property
    def spoken(self) -> list[Spoken]:
        """What was said, by both."""
        return [event for event in self.events if isinstance(event, Spoken)]


@pytest.fixture(scope="module")
def held(bundled: LoadedRubric, library: Library) -> Held:
    """Answer, and go on: again where a reply breaks off, offline where it breaks off again."""
    problem = library.problem("ad_click_prediction")
    with serving(Moody(MOODS)) as server:
        return asyncio.run(_hold(server.url, bundled.rubric, problem))


async def _hold(url: str, rubric: Rubric, problem: Problem) -> Held:
    desk, offline = Desk(rubric, problem), (OfflineInterviewer(rubric, problem), OfflineObserver(rubric, problem))
    interview, calling = desk.interview, caller(url)[0]
    hasty = replace(calling, endpoint=replace(calling.endpoint, timeout=SILENCE))
    interviewer = ModelInterviewer(rubric, problem, hasty, PROMPTS, offline[0], context_tokens=30_000)
    interview.change_brain(interviewer, ModelObserver(rubric, problem, calling, PROMPTS, offline[1]), why="It is set.")

    async def hear(words: AsyncIterator[str]) -> None:
        try:
            await heard(words)
        except ModelError:
            await hear_again()
        await settled()

    async def hear_again() -> None:
        try:
            await heard(interview.again())
        except ModelError as error:
            interview.change_brain(*offline, why=error.message)
            await heard(interview.again())

    await hear(interview.start(desk.started))
    await hear(interview.answer(ANSWERS[0]))
    for answer in ANSWERS[1:]:
        await hear(interview.answer(answer))
        if interview.state.step != INTERVIEW_STEPS[-1]:
            await hear(interview.skip())
    interview.end("candidate")
    grader = ModelGrader(rubric, problem, calling, PROMPTS)
    judgements = [judgement async for judgement in grader.judge(transcript_of(desk.log.events))]
    return Held(tuple(desk.log.events), tuple(judgements))


def test_all_four_steps_are_gone_through(held: Held) -> None:
    assert [event.step for event in held.events if isinstance(event, StepEntered)] == list(INTERVIEW_STEPS)


def test_every_answer_is_kept_and_has_its_reply(held: Held) -> None:
    assert [turn.text for turn in held.spoken if turn.speaker == "candidate"] == list(ANSWERS)
    assert held.spoken[-1].speaker == "interviewer"
    answered = [second.speaker for first, second in pairwise(held.spoken) if first.speaker == "candidate"]
    assert set(answered) == {"interviewer"}


def test_what_the_model_should_not_have_said_was_not_heard(held: Held) -> None:
    said = [turn.text for turn in held.spoken if turn.speaker == "interviewer"]
    assert not [text for text in said if FORGETS in text or LEAKS in text]
    assert len(set(said)) == len(said)


def test_what_happened_to_it_is_on_record(held: Held) -> None:
    failed = " ".join(event.what for event in held.events if isinstance(event, Failed))
    for what in ("speaks of the grading", "repeats", "gives away", "prepared words", "said nothing", "broke"):
        assert what in failed


def test_the_words_that_broke_off_are_kept_apart_from_what_was_said(held: Held) -> None:
    cut_off = [event.text for event in held.events if isinstance(event, CutOff)]
    assert cut_off
    assert not [text for text in cut_off if text in {turn.text for turn in held.spoken}]


def test_a_model_that_stays_dead_gives_way_to_the_offline_interviewer(held: Held) -> None:
    changes = [event for event in held.events if isinstance(event, BrainChanged)]
    assert [change.brain for change in changes] == ["model", "offline"]
    assert changes[-1].why.endswith("broke.")


def test_the_scorecard_is_complete(held: Held, bundled: LoadedRubric) -> None:
    assert {judgement.id for judgement in held.judgements} == {criterion.id for criterion in bundled.rubric.criteria}
    assert {judgement.status for judgement in held.judgements} == {"graded"}
