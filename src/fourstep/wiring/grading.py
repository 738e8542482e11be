"""Who grades: the models that were asked for, else the one that is set, else the offline grader."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from fourstep.files.prompts import read_prompts
from fourstep.files.reply_cache import ReplyCache
from fourstep.grading.grader import Grader
from fourstep.grading.scorecard import Contradiction, Judgement, Scorecard
from fourstep.llm.estimate import Estimate, estimate
from fourstep.llm.limits import Limits
from fourstep.offline.grader import OfflineGrader
from fourstep.problem import Problem, rubric_for
from fourstep.rubric import Rubric
from fourstep.settings import Settings
from fourstep.transcript.transcript import Transcript
from fourstep.wiring.endpoints import endpoint_for, parallel_of

REPLIES_NAME = ".replies"
"""The folder of kept replies: an interview's lies in its own folder and is deleted with it."""


@dataclass(frozen=True)
class PanelChoice:
    """Who is to grade, how often, and within which limits."""

    models: tuple[str, ...] = ()
    """Empty: as the settings say."""
    samples: int = 1
    group: Literal["criterion", "step"] = "criterion"
    limits: Limits | None = None
    """Shared by all gradings of a run; None: as many calls at once as the settings say, and no ceiling."""
    told: Callable[[str], None] = lambda _: None
    """Is told what happens while somebody waits."""


ALONE = PanelChoice()


def model_names(settings: Settings, choice: PanelChoice) -> tuple[str, ...]:
    """The models that will grade; none for the offline grader."""
    set_one = settings.model_for("grader")
    names = choice.models or ((set_one,) if set_one else ())
    return () if settings.offline else tuple(dict.fromkeys(names))


def grader_for(
    settings: Settings, choice: PanelChoice, rubric: Rubric, problem: Problem | None, *, replies: Path
) -> Grader:
    """A grader for one transcript. Raises: ContentError."""
    names = model_names(settings, choice)
    if not names:
        return OfflineGrader(rubric, problem)
    from fourstep.llm.caller import Caller  # langchain-core, which an offline grading does not wait for
    from fourstep.llm.grader import ModelGrader
    from fourstep.llm.panel import Panel

    limits = choice.limits or limits_for(settings)
    prompts, cache = read_prompts(), ReplyCache(replies)
    members = []
    for name in names:
        endpoint = endpoint_for(settings, "grader", model=name)
        assert endpoint is not None, "only an offline program has none, and it has no names"
        caller = Caller(endpoint, told=choice.told)
        members += [
            ModelGrader(
                rubric, problem, caller, prompts, limits=limits, group=choice.group, cache=cache, permutation=number
            )
            for number in range(choice.samples)
        ]
    return Panel(members, rubric, problem)


async def read_by(
    grader: Grader, transcript: Transcript, judged: Callable[[Judgement], None] | None
) -> tuple[list[Judgement], tuple[Contradiction, ...]]:
    """All that a grader finds in a transcript; it looks for contradictions once a first judgement is there."""
    judgements = list[Judgement]()
    looking: asyncio.Task[tuple[Contradiction, ...]] | None = None
    try:
        async for judgement in grader.judge(transcript):
            looking = looking or asyncio.create_task(grader.contradictions(transcript))
            judgements.append(judgement)
            if judged:
                judged(judgement)
        return judgements, await looking if looking else ()
    finally:
        if looking:
            looking.cancel()


def with_price(card: Scorecard, settings: Settings) -> Scorecard:
    """The scorecard with what it cost, where the user has set both prices."""
    if not card.usage or settings.price_in is None or settings.price_out is None:
        return card
    used = card.usage["prompt_tokens"] * settings.price_in + card.usage["completion_tokens"] * settings.price_out
    return card.model_copy(update={"usage": {**card.usage, "price": round(used / 1_000_000, 6)}})


def limits_for(settings: Settings, parallel: int | None = None, most_tokens: int | None = None) -> Limits:
    """The limits of one run: what was asked for, else what the settings say."""
    return Limits(parallel or parallel_of(settings), most_tokens)


def estimate_for(
    settings: Settings, choice: PanelChoice, rubric: Rubric, inputs: Iterable[tuple[Transcript, Problem | None]]
) -> Estimate:
    """What a run will take; nothing, where the offline grader does it."""
    voices = len(model_names(settings, choice)) * choice.samples
    each = (
        estimate(read, rubric_for(rubric, problem), problem, voices=voices, group=choice.group)
        for read, problem in inputs
    )
    return sum(each, Estimate())
