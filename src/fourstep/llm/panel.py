"""Several gradings as one: samples of a model, or several models; the level in the middle, and how far they differ."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncGenerator, Sequence
from dataclasses import fields
from typing import Any

from fourstep.grading.arithmetic import sum_up
from fourstep.grading.scorecard import Contradiction, Flag, GraderInfo, Judgement, Opinion
from fourstep.llm.caller import Usage
from fourstep.llm.grader import ModelGrader
from fourstep.problem import Problem
from fourstep.rubric import Rubric
from fourstep.transcript.transcript import Transcript

_CERTAINTY = ("low", "medium", "high")
_SEVERAL = "Graded by {models}{times}. The level is the one in the middle, the lower of two. "


class Panel:
    """Graders who judge the same transcript; one alone is a panel of one."""

    def __init__(self, members: Sequence[ModelGrader], rubric: Rubric, problem: Problem | None) -> None:
        self._members = members
        self._rubric = rubric
        self._problem = problem
        self._names = [member.caller.endpoint.name for member in members]
        self._heard: dict[str, dict[int, Judgement]] = defaultdict(dict)
        """Criterion and member to what the member said, of the last transcript."""

    @property
    def info(self) -> GraderInfo:
        """Who grades; after a grading also how far they were apart."""
        first = self._members[0].info
        if len(self._members) == 1:
            return first
        models = tuple(dict.fromkeys(name for member in self._members for name in member.info.models))
        samples = len(self._members) // len(models)
        times = f", {samples} times" + (" each" if len(models) > 1 else "") if samples > 1 else ""
        note = _SEVERAL.format(models=" and ".join(models), times=times) + first.note.partition(". ")[2]
        changes = {"models": models, "samples": samples, "note": note, "spread": self._spread(), "error": self._error()}
        return first.model_copy(update=changes)

    @property
    def usage(self) -> dict[str, Any]:
        """What it has cost: calls, tokens, and seconds of waiting for models."""
        usages = list({id(member.caller): member.caller.usage for member in self._members}.values())
        total = {item.name: sum(getattr(usage, item.name) for usage in usages) for item in fields(Usage)}
        return {**total, "seconds": round(total["seconds"], 1)}

    async def contradictions(self, transcript: Transcript) -> tuple[Contradiction, ...]:
        """What the first member finds."""
        return await self._members[0].contradictions(transcript)

    def flags(self, transcript: Transcript) -> tuple[Flag, ...]:
        """Instructions to the grader among the answers."""
        return self._members[0].flags(transcript)

    async def judge(self, transcript: Transcript) -> AsyncGenerator[Judgement, None]:
        """The judgement in the middle for every criterion, as soon as all members have given theirs."""
        self._heard.clear()
        said: asyncio.Queue[tuple[int, Judgement] | None] = asyncio.Queue()
        listening = asyncio.create_task(self._listen(transcript, said))
        listening.add_done_callback(lambda _: said.put_nowait(None))
        try:
            while (heard := await said.get()) is not None:
                number, judgement = heard
                self._heard[judgement.id][number] = judgement
                if len(self._heard[judgement.id]) == len(self._members):
                    yield in_the_middle([self._heard[judgement.id][n] for n in range(len(self._members))], self._names)
            await listening
        finally:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)

    async def _listen(self, transcript: Transcript, said: "asyncio.Queue[tuple[int, Judgement] | None]") -> None:
        """All models at once; later samples of one start when its first has spoken and the server's cache is warm."""
        warm = {name: asyncio.Event() for name in self._names}

        async def follow(number: int, member: ModelGrader) -> None:
            name = self._names[number]
            if number != self._names.index(name):
                await warm[name].wait()
            try:
                async for judgement in member.judge(transcript):
                    said.put_nowait((number, judgement))
                    warm[name].set()
            finally:
                warm[name].set()

        async with asyncio.TaskGroup() as group:
            for number, member in enumerate(self._members):
                group.create_task(follow(number, member))

    def _spread(self) -> float | None:
        """Mean distance between the highest and the lowest level of a criterion."""
        levels = [[j.level for j in said.values() if j.level is not None] for said in self._heard.values()]
        spans = [max(some) - min(some) for some in levels if len(some) > 1]
        return sum(spans) / len(spans) if spans else None

    def _error(self) -> float | None:
        """Half the distance between the highest and the lowest overall score of a member, in percent points."""
        scores = [
            score
            for number in range(len(self._members))
            if (said := [some[number] for some in self._heard.values() if number in some])
            and (score := sum_up(said, self._rubric, self._problem, "senior").overall) is not None
        ]
        return (max(scores) - min(scores)) / 2 if len(scores) > 1 else None


def in_the_middle(judgements: Sequence[Judgement], names: Sequence[str]) -> Judgement:
    """The surest of the judgements whose level lies in the middle, with what each member said; doubt lowers."""
    if len(judgements) == 1:
        return judgements[0]
    graded = sorted(j.level for j in judgements if j.level is not None)
    if not graded:
        return judgements[0]
    middle = graded[(len(graded) - 1) // 2]
    chosen = max((j for j in judgements if j.level == middle), key=lambda j: _CERTAINTY.index(j.confidence))
    opinions = tuple(Opinion(by=name, level=j.level) for name, j in zip(names, judgements, strict=True))
    apart = graded[-1] - graded[0] > 1 or len(graded) < len(judgements)
    return chosen.model_copy(update={"opinions": opinions, "confidence": "low" if apart else chosen.confidence})
