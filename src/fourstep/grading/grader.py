"""What a grader is, and how its judgements become a scorecard."""

import hashlib
import json
from collections.abc import AsyncIterator, Iterable, Mapping
from datetime import datetime
from typing import Any, Protocol

from fourstep.choices import Level
from fourstep.grading.arithmetic import sum_up
from fourstep.grading.evidence import with_verified_quotes
from fourstep.grading.scorecard import Contradiction, Flag, GraderInfo, Judgement, RubricInfo, Scorecard
from fourstep.problem import Problem
from fourstep.rubric import Criterion, Rubric
from fourstep.transcript.transcript import Transcript

FEWEST_WORDS = 100
"""Below this many words of the candidate nothing is graded."""


class Grader(Protocol):
    """Reads a transcript and judges one criterion after another."""

    @property
    def info(self) -> GraderInfo:
        """Who grades."""
        ...

    @property
    def usage(self) -> Mapping[str, Any]:
        """What it has cost so far; empty where nothing was called."""
        ...

    def judge(self, transcript: Transcript) -> AsyncIterator[Judgement]:
        """A judgement for every criterion, as each is ready."""
        ...

    async def contradictions(self, transcript: Transcript) -> tuple[Contradiction, ...]:
        """Statements of the candidate's that do not fit together; whoever cannot tell finds none."""
        ...

    def flags(self, transcript: Transcript) -> tuple[Flag, ...]:
        """What a reader of the scorecard should know about the candidate's words."""
        ...


def criteria_in_play(rubric: Rubric, problem: Problem | None) -> tuple[Criterion, ...]:
    """The criteria that the problem does not switch off."""
    return tuple(c for c in rubric.criteria if problem is None or c.id not in problem.off)


def is_assessed(criterion: Criterion, rubric: Rubric, transcript: Transcript) -> bool:
    """Whether the criterion's step was part of the interview; `throughout` always is."""
    step = rubric.step_of(criterion.id).id
    return step == "throughout" or step in transcript.assessed


def scorecard_of(
    judgements: Iterable[Judgement],
    grader: Grader,
    transcript: Transcript,
    rubric: Rubric,
    problem: Problem | None,
    *,
    rubric_hash: str,
    level: Level | None = None,
    at: datetime | None = None,
    contradictions: tuple[Contradiction, ...] | None = None,
) -> Scorecard:
    """The scorecard that judgements make; quotes that do not stand in the transcript are dropped first."""
    order = {criterion.id: place for place, criterion in enumerate(rubric.criteria)}
    judgements = [with_verified_quotes(judgement, transcript) for judgement in judgements]
    judgements.sort(key=lambda judgement: order.get(judgement.id, len(order)))
    bar = level or transcript.level
    sums = sum_up(judgements, rubric, problem, bar, error=grader.info.error)
    info = grader.info
    if sums.overall is None:  # nothing was graded, so nothing is to be said of how it was
        info = info.model_copy(update={"note": "", "error": None})
    unasked = problem.facts if problem and transcript.native else ()
    return Scorecard(
        transcript=transcript.id,
        problem=transcript.problem,
        level=bar,
        rubric=RubricInfo(id=rubric.id, hash=rubric_hash),
        grader=info,
        at=at,
        criteria=tuple(judgements),
        steps=sums.steps,
        overall=sums.overall,
        range=sums.range,
        verdict=sums.verdict,
        borderline=sums.borderline,
        caps=sums.caps,
        flags=grader.flags(transcript),
        facts_never_asked=tuple(fact.id for fact in unasked if fact.id not in transcript.facts_told),
        contradictions=contradictions,
        usage=dict(grader.usage),
        transcript_hash=transcript_hash(transcript),
    )


def transcript_hash(transcript: Transcript) -> str:
    """Changes when a turn does, or what is known of it."""
    turns = [
        [turn.name, turn.text, turn.aims_at, turn.hint_rung, *([turn.pad] if turn.pad else [])]
        for turn in transcript.turns
    ]
    return hashlib.sha256(json.dumps(turns).encode()).hexdigest()[:16]
