"""Grading by a model, measured against a server on this machine that stands in for one.

    python -m benchmarks.grading_model --base-url http://127.0.0.1:8765/v1

The server should take its time to the first token, send a steady number of tokens a second, count prompt and cached
tokens as OpenAI does, and answer by the JSON schema it is sent. What it answers need not make sense: replies are not
asked for again here.
"""

import argparse
import asyncio
import time
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass, field
from typing import Any

from langchain_core.messages import BaseMessage

from benchmarks.grading import transcripts
from fourstep.files.content import DEFAULT_RUBRIC, Library, read_rubric
from fourstep.files.places import content_folder
from fourstep.files.prompts import read_prompts
from fourstep.llm.caller import Caller
from fourstep.llm.endpoint import Endpoint
from fourstep.llm.grader import Group, ModelGrader
from fourstep.llm.limits import Limits
from fourstep.problem import Problem
from fourstep.rubric import Rubric
from fourstep.transcript.transcript import Transcript

WORDS = 6000
SEVERAL = 20
PARALLEL = 20
PROBLEM = "video_recommendation"


@dataclass
class Timed(Caller):
    """A caller that remembers how long each call took, in seconds."""

    took: list[float] = field(default_factory=list)

    async def stream(self, messages: Sequence[BaseMessage], **options: Any) -> AsyncGenerator[str, None]:
        """The same stream, timed."""
        begun = time.monotonic()
        async for piece in super().stream(messages, **options):
            yield piece
        self.took.append(time.monotonic() - begun)


async def grade(caller: Timed, given: Sequence[Transcript], group: Group, rubric: Rubric, problem: Problem) -> float:
    """Seconds until all are graded."""
    prompts, limits = read_prompts(), Limits(PARALLEL)

    async def one(transcript: Transcript) -> None:
        grader = ModelGrader(rubric, problem, caller, prompts, limits=limits, group=group, corrections=0)
        async for _ in grader.judge(transcript):
            pass

    begun = time.monotonic()
    await asyncio.gather(*(one(transcript) for transcript in given))
    return time.monotonic() - begun


def measure(endpoint: Endpoint, given: Sequence[Transcript], group: Group) -> None:
    """Grade, and print the figures."""
    rubric, problem = read_rubric(content_folder("rubrics") / DEFAULT_RUBRIC).rubric, Library().problem(PROBLEM)
    caller, cpu = Timed(endpoint), time.process_time()
    wall = asyncio.run(grade(caller, given, group, rubric, problem))
    cpu = time.process_time() - cpu
    used, slowest, busy = caller.usage, max(caller.took), sum(caller.took)
    uncached = used.prompt_tokens - used.cached_tokens
    print(
        f"grading by model: {len(given)} transcript(s), one call a {group}: {used.calls} calls in {wall:.2f} s, "
        f"{wall / slowest:.2f} times the slowest call; places used {busy / PARALLEL / wall:.0%}; "
        f"prompt tokens {used.prompt_tokens:,}, uncached {uncached:,}; CPU {cpu:.2f} s"
    )


def main() -> None:
    """One transcript in both groupings, then several at once."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base-url", required=True, help="of the server that stands in")
    parser.add_argument("--model", default="stand-in")
    arguments = parser.parse_args()
    endpoint = Endpoint(model=arguments.model, base_url=arguments.base_url)
    given = transcripts(WORDS)
    measure(endpoint, transcripts(100)[:1], "step")  # imports, and the first connection
    measure(endpoint, given[:1], "criterion")
    measure(endpoint, given[1:2], "step")
    measure(endpoint, given[:SEVERAL], "criterion")


if __name__ == "__main__":
    main()
