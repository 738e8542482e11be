"""How an interview's minutes are shared out; all figures in seconds."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # only names here: the first screen writes times and cannot wait for models
    from fourstep.rubric import Rubric, StepId

USUAL_MINUTES = 45.0
WARNINGS = (300.0, 60.0)
"""Seconds left at which the time is announced."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The shares of one interview."""

    total: float
    close: float
    """Kept at the end for the candidate's own questions."""
    shares: "tuple[tuple[StepId, float], ...]"
    """Seconds for each step, in order."""

    def share(self, step: "StepId") -> float:
        """Seconds planned for a step."""
        return dict(self.shares)[step]

    def after(self, step: "StepId") -> "tuple[StepId, ...]":
        """The steps that follow a step."""
        steps = [name for name, _ in self.shares]
        return tuple(steps[steps.index(step) + 1 :])

    def deadline(self, step: "StepId", entered_at: float) -> float:
        """When a step entered at `entered_at` should be left, so that those behind it keep their proportion.

        Time gained or lost earlier is spread over what remains; the close is never touched.
        """
        left = max(0.0, self.total - self.close - entered_at)
        remaining = self.share(step) + sum(self.share(name) for name in self.after(step))
        return entered_at + left * self.share(step) / remaining

    def closes_at(self) -> float:
        """When the candidate's own questions should begin."""
        return self.total - self.close


def plan(rubric: "Rubric", steps: "Sequence[StepId]", minutes: float | None) -> Plan:
    """Shares for the chosen steps, scaled to `minutes`; without, as long as those steps usually take."""
    usual = {step.id: step.minutes for step in rubric.steps}
    needed = sum(usual[step] for step in steps)
    total = minutes if minutes is not None else needed + rubric.close_minutes
    scale = 60 * total / (needed + rubric.close_minutes)
    return Plan(60 * total, scale * rubric.close_minutes, tuple((step, scale * usual[step]) for step in steps))


def warnings_due(before: float, now: float, total: float) -> tuple[float, ...]:
    """The warnings, in seconds left, that fall between two moments."""
    return tuple(left for left in WARNINGS if before < total - left <= now and left < total)


def clock_text(seconds: float) -> str:
    """Minutes and seconds: `18:42`."""
    whole = max(0, int(seconds))
    return f"{whole // 60}:{whole % 60:02d}"
