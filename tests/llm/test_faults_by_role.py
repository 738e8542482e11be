"""What each fault does to each role: nothing typed is lost, and nothing is on record that did not happen."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from fourstep.errors import ModelError, ReplyError
from fourstep.grading.scorecard import Judgement
from fourstep.llm import structured
from fourstep.llm.grader import ModelGrader
from fourstep.llm.interviewer import ModelInterviewer
from fourstep.llm.observer import ModelObserver
from fourstep.offline.interviewer import OfflineInterviewer
from fourstep.offline.observer import OfflineObserver
from fourstep.problem import Problem
from fourstep.rubric import Rubric
from fourstep.transcript.events import CutOff, Event, Failed, Observed, Spoken
from fourstep.transcript.transcript import Transcript, Turn
from tests.interviews import Desk
from tests.llm.faulty import FAULTS, KEY, PROMPTS, Fault, caller, failing, heard, settled
from tests.model_roles import criteria_asked, well_played
from tests.model_server import Reply, serving

each_fault = pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)

# the interviewer

SAID = "I predict for each parcel whether it will be late."


@dataclass(frozen=True)
class Met:
    """A turn of the interviewer that met a fault."""

    error: ModelError
    shown: str
    """What the candidate saw of the reply."""
    events: tuple[Event, ...]
    """The log when it had failed."""
    retried: tuple[Event, ...]
    """The log after it was tried again and the model was well."""


@pytest.fixture(scope="module")
def meet(rubric: Rubric, problem: Problem, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Met]:
    """Meets a fault once; the tests look at it from several sides."""

    async def met(fault: Fault, url: str, well: str) -> Met:
        desk, pieces = Desk(rubric, problem), list[str]()
        await heard(desk.interview.start(desk.started))
        change_brain(desk, rubric, problem, url, fault.timeout)
        try:
            async for piece in desk.interview.answer(SAID):
                pieces.append(piece)
        except ModelError as error:
            events = tuple(desk.log.events)
            change_brain(desk, rubric, problem, well)
            await heard(desk.interview.again())
            return Met(error, "".join(pieces), events, tuple(desk.log.events))
        raise AssertionError("nothing went wrong")

    @cache
    def by_name(name: str) -> Met:
        (fault,) = (fault for fault in FAULTS if fault.name == name)
        folder = tmp_path_factory.mktemp("certificate")
        with failing(fault, folder, lambda _: fault.reply or "") as url, serving(well_played) as well:
            return asyncio.run(met(fault, url, well.url))

    return by_name


def change_brain(desk: Desk, rubric: Rubric, problem: Problem, url: str | None, timeout: float = 20.0) -> None:
    """Go on with the model at an address, or offline."""
    speaker = OfflineInterviewer(rubric, problem)
    model = (
        ModelInterviewer(rubric, problem, caller(url, timeout=timeout)[0], PROMPTS, speaker, context_tokens=30_000)
        if url
        else None
    )
    desk.interview.change_brain(model or speaker, OfflineObserver(rubric, problem), why="The test says so.")


def spoken(events: tuple[Event, ...]) -> list[Spoken]:
    return [event for event in events if isinstance(event, Spoken)]


@each_fault
def test_the_answer_is_safe_and_no_half_reply_counts_as_spoken(fault: Fault, meet: Callable[[str], Met]) -> None:
    met = meet(fault.name)
    last = spoken(met.events)[-1]
    assert (last.speaker, last.text) == ("candidate", SAID)
    assert [event.text for event in met.events if isinstance(event, CutOff)] == ([met.shown] if met.shown else [])


@each_fault
def test_the_log_says_what_failed_in_the_words_that_were_shown(fault: Fault, meet: Callable[[str], Met]) -> None:
    met = meet(fault.name)
    failed = [event for event in met.events if isinstance(event, Failed)]
    assert [(event.whom, event.what) for event in failed] == [("interviewer", met.error.message)]
    assert fault.says in met.error.message
    assert KEY not in "".join(event.model_dump_json() for event in met.events)


@each_fault
def test_the_reply_can_be_tried_again(fault: Fault, meet: Callable[[str], Met]) -> None:
    before, after = spoken(meet(fault.name).events), spoken(meet(fault.name).retried)
    assert after[:-1] == before
    assert after[-1].speaker == "interviewer"


@each_fault
def test_it_can_be_resumed_later_without_a_model(
    fault: Fault, meet: Callable[[str], Met], rubric: Rubric, problem: Problem
) -> None:
    events = meet(fault.name).events
    desk = Desk(rubric, problem, events=events, elapsed=events[-1].elapsed)
    assert desk.interview.owes_reply
    assert asyncio.run(heard(desk.interview.reply()))
    assert desk.interview.brain == "offline"


async def test_words_that_broke_off_are_said_again_offline(rubric: Rubric, problem: Problem) -> None:
    cut = Reply("Parcels are what you predict. And now", breaks="reset", after=8)
    desk = Desk(rubric, problem)
    with serving(lambda _: cut) as server:
        await heard(desk.interview.start(desk.started))
        change_brain(desk, rubric, problem, server.url)
        with pytest.raises(ModelError):
            await heard(desk.interview.answer(SAID))
    assert desk.interview.cut_off
    change_brain(desk, rubric, problem, None)
    said = await heard(desk.interview.again())
    assert spoken(tuple(desk.log.events))[-1].text == said
    assert len(spoken(tuple(desk.log.events))) == 3


# the observer


@each_fault
async def test_an_observer_that_fails_is_on_record_and_costs_the_interview_nothing(
    fault: Fault, tmp_path: Path, rubric: Rubric, problem: Problem
) -> None:
    desk = Desk(rubric, problem)
    with failing(fault, tmp_path, lambda _: fault.reply or "") as url:
        await heard(desk.interview.start(desk.started))
        offline = OfflineInterviewer(rubric, problem), OfflineObserver(rubric, problem)
        observer = ModelObserver(rubric, problem, caller(url, timeout=fault.timeout)[0], PROMPTS, offline[1])
        desk.interview.change_brain(offline[0], observer, why="The test says so.")
        assert await heard(desk.interview.answer(SAID))
        await settled()
        assert await heard(desk.interview.answer("And the label says whether it came after the promised day."))
        await settled()
    failed = [event for event in desk.log.events if isinstance(event, Failed)]
    assert [event.whom for event in failed] == ["observer"]
    assert fault.says in failed[0].what
    assert not [event for event in desk.log.events if isinstance(event, Observed) and event.brain == "model"]


# the grader

WHOLE = [fault for fault in FAULTS if fault.name != "error in stream"]
"""All but the first of its replies come whole."""
UNUSABLE = (
    Fault("malformed JSON", Reply('{"judgements": [{"criterion"'), ReplyError, "The reply could not be used"),
    Fault("wrong schema", Reply('{"judgements": [{"criterion": "weighs", "level": 7}]}'), ReplyError, "not be used"),
    Fault("wrong ids", Reply('{"judgements": [{"criterion": "a"}, {"criterion": "b"}]}'), ReplyError, "exactly once"),
)
ANSWER = "I would predict for each parcel whether it comes late, because the hotline is called about late parcels. " * 8
TRANSCRIPT = Transcript(
    "t", (Turn(1, "interviewer", "What do you predict?"), Turn(2, "candidate", ANSWER)), native=True
)
OFF = dict.fromkeys(("names_goal", "names_source", "defines_label", "starts_simple"), "Fewer to ask about.")
UNLUCKY = "weighs"
"""The criterion whose calls fail; it is not the first, which goes ahead of all others."""


def graded(url: str, timeout: float, rubric: Rubric, problem: Problem) -> dict[str, Judgement]:
    async def judge() -> dict[str, Judgement]:
        grader = ModelGrader(rubric, problem.model_copy(update={"off": OFF}), caller(url, timeout=timeout)[0], PROMPTS)
        return {judgement.id: judgement async for judgement in grader.judge(TRANSCRIPT)}

    return asyncio.run(judge())


@pytest.mark.parametrize("fault", [*WHOLE, *UNUSABLE], ids=lambda fault: fault.name)
def test_a_criterion_whose_call_fails_is_not_graded_with_the_reason_and_the_others_stand(
    fault: Fault, tmp_path: Path, rubric: Rubric, problem: Problem, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(structured, "_PATIENCE", 1)  # a whole reply has ten times the silence

    def script(request: dict[str, Any]) -> Reply | str:
        unlucky = fault.reply and criteria_asked(request)[0]["criterion"] == UNLUCKY
        return fault.reply if unlucky and fault.reply else well_played(request)

    with failing(fault, tmp_path, script) as url:
        judgements = graded(url, fault.timeout, rubric, problem)
    failed = judgements.pop(UNLUCKY)
    assert (failed.status, failed.level) == ("not_graded", None)
    assert fault.says in failed.reason
    assert KEY not in failed.reason
    reachable = fault.reply is not None and not fault.tls
    assert {judgement.status for judgement in judgements.values()} == {"graded" if reachable else "not_graded"}
