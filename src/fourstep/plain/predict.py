"""What the candidate thinks the score will be, asked line by line before it is shown."""

import sys
from collections.abc import Callable, Sequence

from fourstep.rubric import Step, StepId


def ask_prediction(steps: Sequence[Step], read: Callable[[str], str] = input) -> dict[StepId, float] | None:
    """A percentage for every step; None when the first line stays empty or the input ends."""
    sys.stdout.write("\nBefore you see your score: what will it be, in percent? Enter alone skips this.\n")
    percents: dict[StepId, float] = {}
    for step in steps:
        percent = _percent(f"{step.title}: ", read)
        if percent is None:
            return None
        percents[step.id] = percent
    return percents


def _percent(question: str, read: Callable[[str], str]) -> float | None:
    while True:
        try:
            said = read(question).strip().removesuffix("%").strip()
        except EOFError:
            return None
        if not said:
            return None
        if said.isdecimal() and len(said) <= 3 and int(said) <= 100:
            return float(said)
        sys.stdout.write("Type a number from 0 to 100.\n")
