"""The grader with a language model: one criterion a call, quotes checked and levels derived by code."""

import asyncio
import hashlib
import json
from collections.abc import AsyncGenerator, Iterable, Mapping, Sequence
from dataclasses import asdict
from string import Template
from typing import Any, Literal

from fourstep.errors import ModelError
from fourstep.grading.evidence import shortened
from fourstep.grading.grader import criteria_in_play, is_assessed
from fourstep.grading.rules import not_graded, why_too_short
from fourstep.grading.scorecard import Contradiction, Flag, GraderInfo, Judgement
from fourstep.llm.caller import Caller
from fourstep.llm.examiner import MOST_CORRECTIONS, Examiner, Replies
from fourstep.llm.fence import addressed_to_grader
from fourstep.llm.judging import REPLY_SCHEMA
from fourstep.llm.limits import Limits
from fourstep.llm.structured import Structured
from fourstep.problem import Problem
from fourstep.review.contradictions import contradictions_by_rule
from fourstep.rubric import INTERVIEW_STEPS, Criterion, Rubric
from fourstep.transcript.transcript import Transcript

VERSION = "1"
Group = Literal["criterion", "step"]

_NOTE = (
    "Graded by {model}. The program looked up every quote in the transcript and derived every level from the checks."
)
_PROMPTS = ("grader", "grader_criterion", "grader_again")


class ModelGrader:
    """Grades by asking one model about one criterion, or one step, at a time."""

    def __init__(
        self,
        rubric: Rubric,
        problem: Problem | None,
        caller: Caller,
        prompts: Mapping[str, Template],
        *,
        limits: Limits | None = None,
        group: Group = "criterion",
        cache: Replies | None = None,
        permutation: int = 0,
        corrections: int = MOST_CORRECTIONS,
    ) -> None:
        self.caller = caller
        self._rubric = rubric
        self._problem = problem
        self._prompts = prompts
        self._limits = limits or Limits()
        self._limits.watch(caller.usage)
        self._group = group
        self._cache = cache
        self._permutation = permutation
        self._corrections = corrections

    @property
    def info(self) -> GraderInfo:
        """Who grades, with what."""
        endpoint = self.caller.endpoint
        return GraderInfo(
            kind="model",
            version=VERSION,
            problem_file=self._problem is not None,
            note=_NOTE.format(model=endpoint.name),
            models=(endpoint.name,),
            parameters={"temperature": endpoint.temperature, "group": self._group},
            prompt_hash=prompt_hash(self._prompts),
        )

    @property
    def usage(self) -> Mapping[str, Any]:
        """What its caller has used."""
        return asdict(self.caller.usage)

    async def judge(self, transcript: Transcript) -> AsyncGenerator[Judgement, None]:
        """A judgement for every criterion that is in play, as each is ready; what fails is *not graded*."""
        criteria = criteria_in_play(self._rubric, self._problem)
        why_not = why_too_short(transcript)
        asked = [c for c in criteria if not why_not and is_assessed(c, self._rubric, transcript)]
        for criterion in criteria:
            if criterion not in asked:
                yield not_graded(criterion, self._rubric, transcript, why_not)
        if not asked:
            return
        examiner = self._examiner(transcript)
        tasks = [asyncio.create_task(examiner.examine(unit)) for unit in self._units(asked)]
        try:
            for done in asyncio.as_completed(tasks):
                for judgement in await done:
                    yield judgement
        finally:
            await _cancelled(tasks)

    async def contradictions(self, transcript: Transcript) -> tuple[Contradiction, ...]:
        """Those that rules find, and those that the model adds in one more call; without its reply the rules' alone."""
        found = contradictions_by_rule(transcript)
        if why_too_short(transcript):
            return found
        try:
            seen = await self._examiner(transcript).contradictions()
        except ModelError:
            return found
        known = {one.kind for one in found}
        return (*found, *(one for one in seen if one.kind not in known))

    def flags(self, transcript: Transcript) -> tuple[Flag, ...]:
        """Instructions to the grader among the answers."""
        return tuple(
            Flag(kind="instruction_to_grader", turn=turn.name, quote=shortened(quote))
            for turn in transcript.candidate_turns
            for quote in addressed_to_grader(turn)
        )

    def _examiner(self, transcript: Transcript) -> Examiner:
        return Examiner(
            self._rubric,
            self._problem,
            transcript,
            Structured(self.caller, "judgements", REPLY_SCHEMA),
            self._prompts,
            self._limits,
            cache=self._cache,
            permutation=self._permutation,
            corrections=self._corrections,
        )

    def _units(self, criteria: Sequence[Criterion]) -> list[tuple[Criterion, ...]]:
        """What is asked in one call each."""
        if self._group == "criterion":
            return [(criterion,) for criterion in criteria]
        steps = {step: tuple(c for c in criteria if self._rubric.step_of(c.id).id == step) for step in _STEPS}
        return [unit for unit in steps.values() if unit]


_STEPS = (*INTERVIEW_STEPS, "throughout")


def prompt_hash(prompts: Mapping[str, Template]) -> str:
    """Changes when the grader's prompts or the form of its replies do."""
    texts = [prompts[name].template for name in _PROMPTS]
    return hashlib.sha256(json.dumps([texts, REPLY_SCHEMA]).encode()).hexdigest()[:16]


async def _cancelled(tasks: Iterable[asyncio.Task[list[Judgement]]]) -> None:
    """Stop what is still under way, where nobody waits for it any more."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
