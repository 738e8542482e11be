"""What each fault does to each role: nothing typed is lost, and nothing is on record that did not happen."""

import asyncio
from pathlib import Path
from string import Template
from typing import Any

import pytest

from fourstep.errors import ReplyError
from fourstep.files.places import content_folder
from fourstep.grading.scorecard import Judgement
from fourstep.llm.grader import ModelGrader
from fourstep.problem import Problem
from fourstep.rubric import Rubric
from fourstep.transcript.transcript import Transcript, Turn
from tests.llm.faulty import FAULTS, KEY, Fault, caller, failing
from tests.model_roles import criteria_asked, well_played
from tests.model_server import Reply

UNUSABLE = (
    Fault("malformed JSON", Reply('{"judgements": [{"criterion"'), ReplyError, "The reply could not be used"),
    Fault(
        "wrong schema", Reply('{"judgements": [{"criterion": "weighs", "level": 7}]}'), ReplyError, "could not be used"
    ),
    Fault(
        "wrong ids",
        Reply('{"judgements": [{"criterion": "another"}, {"criterion": "more"}]}'),
        ReplyError,
        "exactly once",
    ),
)
each_fault = pytest.mark.parametrize("fault", [*FAULTS, *UNUSABLE], ids=lambda fault: fault.name)
ANSWER = "I would predict for each parcel whether it comes late, because the hotline is called about late parcels. " * 8
TRANSCRIPT = Transcript(
    "t", (Turn(1, "interviewer", "What do you predict?"), Turn(2, "candidate", ANSWER)), native=True
)
PROMPTS = {file.stem: Template(file.read_text(encoding="utf-8")) for file in content_folder("prompts").glob("*.md")}
UNLUCKY = "weighs"
"""The criterion whose calls fail; it is not the first, which goes ahead of all others."""


def graded(url: str, rubric: Rubric, problem: Problem) -> dict[str, Judgement]:
    async def judge() -> dict[str, Judgement]:
        grader = ModelGrader(rubric, problem, caller(url)[0], PROMPTS)
        return {judgement.id: judgement async for judgement in grader.judge(TRANSCRIPT)}

    return asyncio.run(judge())


@each_fault
def test_a_criterion_whose_call_fails_is_not_graded_with_the_reason_and_the_others_stand(
    fault: Fault, tmp_path: Path, rubric: Rubric, problem: Problem
) -> None:
    def script(request: dict[str, Any]) -> Reply | str:
        unlucky = fault.reply and criteria_asked(request)[0]["criterion"] == UNLUCKY
        return fault.reply if unlucky and fault.reply else well_played(request)

    with failing(fault, tmp_path, script) as url:
        judgements = graded(url, rubric, problem)
    failed = judgements.pop(UNLUCKY)
    assert (failed.status, failed.level) == ("not_graded", None)
    assert fault.says in failed.reason
    assert KEY not in failed.reason
    reachable = fault.reply is not None and not fault.tls
    assert {judgement.status for judgement in judgements.values()} == {"graded" if reachable else "not_graded"}
