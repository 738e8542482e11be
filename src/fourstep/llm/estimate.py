"""What a run of grading will take, said before it begins."""

from dataclasses import dataclass

from fourstep.grading.grader import criteria_in_play, is_assessed
from fourstep.llm.fence import fenced
from fourstep.llm.limits import TOKENS_OF_A_REPLY, tokens_in
from fourstep.problem import Problem
from fourstep.rubric import Rubric
from fourstep.transcript.transcript import Transcript

_TOKENS_OF_THE_RULES = 1500
"""The grader's prompt and a problem with its facts."""
_TOKENS_OF_A_CRITERION = 350
"""A criterion with its checks and anchors; the mean of those that are bundled."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """About how much will be asked and answered, when nothing has to be asked twice."""

    calls: int = 0
    prompt_tokens: int = 0
    reply_tokens: int = 0

    def __add__(self, other: "Estimate") -> "Estimate":
        return Estimate(
            self.calls + other.calls,
            self.prompt_tokens + other.prompt_tokens,
            self.reply_tokens + other.reply_tokens,
        )

    def __str__(self) -> str:
        return (
            f"About {self.calls:,} calls with {self.prompt_tokens:,} prompt tokens, most of which a server with a "
            f"prompt cache reads once, and {self.reply_tokens:,} completion tokens. Replies that are kept cost nothing."
        )


def estimate(transcript: Transcript, rubric: Rubric, problem: Problem | None, *, voices: int, group: str) -> Estimate:
    """Of one transcript, with the call that looks for contradictions.

    `voices` is the number of models times the number of samples.
    """
    asked = [c for c in criteria_in_play(rubric, problem) if is_assessed(c, rubric, transcript)]
    calls = len(asked) if group == "criterion" else len({rubric.step_of(c.id).id for c in asked})
    shared = tokens_in(fenced(transcript).text) - TOKENS_OF_A_REPLY + _TOKENS_OF_THE_RULES
    prompts = calls * shared + len(asked) * _TOKENS_OF_A_CRITERION
    judging = Estimate(voices * calls, voices * prompts, voices * len(asked) * TOKENS_OF_A_REPLY)
    looking = Estimate(1, shared + _TOKENS_OF_A_CRITERION, TOKENS_OF_A_REPLY)
    return judging + looking if asked else judging
