"""From a model's first sentence leaving its server to its being shown: `python -m benchmarks.first_sentence`."""

import asyncio
import statistics
import time
from datetime import UTC, datetime
from typing import Any

from tests.model_roles import well_played
from tests.model_server import serving

from fourstep.files.content import DEFAULT_RUBRIC, Library, read_rubric
from fourstep.files.places import content_folder
from fourstep.files.prompts import read_prompts
from fourstep.interview.agenda import Agenda
from fourstep.interview.interview import Clocks, Interview
from fourstep.interview.timing import plan
from fourstep.llm.caller import Caller
from fourstep.llm.endpoint import Endpoint
from fourstep.llm.interviewer import ModelInterviewer
from fourstep.rubric import INTERVIEW_STEPS
from fourstep.transcript.events import Event, Started
from fourstep.wiring.brains import offline_brain

ANSWERS = 12
LIMIT = 40
"""Milliseconds."""
NOW = datetime(2026, 1, 1, 9, tzinfo=UTC)


class Nowhere:
    """A log that keeps nothing."""

    def append(self, event: Event) -> None:
        """Nothing."""


async def milliseconds() -> list[float]:
    """For each reply, from the request's being answered to the first sentence."""
    sent: list[float] = []

    def script(request: dict[str, Any]) -> str:
        words = well_played(request)
        sent.append(time.perf_counter())
        return words

    rubric, problem = read_rubric(content_folder("rubrics") / DEFAULT_RUBRIC).rubric, Library().problem("ad_click")
    offline, observer = offline_brain(rubric, problem)
    with serving(script) as server:
        caller = Caller(Endpoint("model", server.url))
        interviewer = ModelInterviewer(rubric, problem, caller, read_prompts(), offline, context_tokens=128_000)
        agenda = Agenda(rubric, problem, plan(rubric, INTERVIEW_STEPS, 45))
        interview = Interview(agenda, interviewer, observer, Nowhere(), Clocks(time.monotonic, lambda: NOW))
        started = Started(
            at=NOW, id="benchmark", problem=problem.id, rubric="", level="senior", persona="neutral",
            steps=INTERVIEW_STEPS, minutes=45, brain="model", seed=1, program="benchmark",
        )  # fmt: skip
        seen = [await first(interview.start(started))]
        for number in range(ANSWERS):
            interview.take(f"Answer {number}: I would ask what the business wants and log what is shown.")
            seen.append(await first(interview.reply()))
    return [1000 * (shown - left) for shown, left in zip(seen[1:], sent[1:], strict=True)]  # the first one imports


async def first(words: Any) -> float:
    """When the first sentence came; the rest is heard too."""
    came = 0.0
    async for _ in words:
        came = came or time.perf_counter()
    return came


def main() -> None:
    """Print median and worst."""
    times = asyncio.run(milliseconds())
    print(
        f"first sentence: {statistics.median(times):.0f} ms after its server sent it, at most {max(times):.0f} ms "
        f"({len(times)} replies, limit {LIMIT} ms)"
    )


if __name__ == "__main__":
    main()
