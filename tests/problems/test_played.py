"""Three candidates a problem, played offline: the better one scores clearly higher.

`candidates/<problem>.yaml` holds for `strong`, `middling` and `weak` what they say in each step, one answer an item.
They were written from the problem's statement and facts alone, before there was a vocabulary to hit.
"""

import asyncio
from pathlib import Path

import pytest
import yaml

from fourstep.files.content import Library, LoadedRubric
from fourstep.grading.grader import scorecard_of
from fourstep.offline.grader import OfflineGrader
from fourstep.problem import rubric_for
from fourstep.rubric import INTERVIEW_STEPS
from fourstep.transcript.transcript import transcript_of
from tests.interviews import Desk, collect

CANDIDATES = sorted((Path(__file__).parent / "candidates").glob("*.yaml"))
APART = 15
"""Percentage points between one candidate and the next."""


@pytest.mark.parametrize("file", CANDIDATES, ids=lambda file: file.stem)
def test_a_better_candidate_scores_clearly_higher(file: Path, bundled: LoadedRubric, library: Library) -> None:
    candidates = yaml.safe_load(file.read_text(encoding="utf-8"))
    scores = {name: score_of(answers, file.stem, bundled, library) for name, answers in candidates.items()}
    assert scores["strong"] - scores["middling"] >= APART, scores
    assert scores["middling"] - scores["weak"] >= APART, scores


def score_of(answers: dict[str, list[str]], name: str, bundled: LoadedRubric, library: Library) -> float:
    """The overall score of a candidate who gives these answers to the offline interviewer."""
    problem = library.problem(name)
    rubric = rubric_for(bundled.rubric, problem)
    desk = Desk(rubric, problem)
    desk.start()
    for step in INTERVIEW_STEPS:
        for answer in answers[step]:
            desk.answer(answer)
        if desk.interview.state.step == step and not desk.interview.over:
            collect(desk.interview.skip())
    desk.interview.end("candidate")
    transcript = transcript_of(desk.log.events)
    grader = OfflineGrader(rubric, problem)

    async def judged() -> list:
        return [judgement async for judgement in grader.judge(transcript)]

    card = scorecard_of(asyncio.run(judged()), grader, transcript, rubric, problem, rubric_hash=bundled.hash)
    assert card.overall is not None
    return card.overall
