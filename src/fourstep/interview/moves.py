"""What the interviewer does next. The agenda chooses a move; a brain puts it into words."""

from dataclasses import dataclass
from typing import Literal

from fourstep.rubric import StepId

MoveKind = Literal[
    "open", "answer", "probe", "challenge", "twist", "hint", "redirect", "advance", "repeat", "close", "farewell",
]  # fmt: skip

Lead = Literal[
    "refused", "empty", "rude", "off_topic", "no_hint", "hints_used_up", "checked_in", "took_back", "time_up", "nudge",
    "take_time", "time_left", "cannot_say",
]  # fmt: skip
"""What has to be said first, because of what the candidate just did."""

WHY_ADVANCE = Literal["start", "covered", "probes", "time", "asked"]


@dataclass(frozen=True, slots=True)
class Move:
    """One turn of the interviewer, before it has words."""

    kind: MoveKind
    criterion: str | None = None
    """What it aims at."""
    question: int | None = None
    """Which of the criterion's questions is asked (see `fourstep.interview.questions`)."""
    rung: int | None = None
    """The rung of a hint, 1 to 3."""
    facts: tuple[str, ...] = ()
    """Facts to tell, because they were asked for."""
    twist: str | None = None
    """The change of requirements to bring in."""
    unknown: tuple[str, ...] = ()
    """Questions that the problem does not settle."""
    minutes_left: int | None = None
    """To be told, because it was asked."""
    too_many: bool = False
    """More was asked than one turn can answer."""
    step: StepId | None = None
    """The step that is entered with this move."""
    why: WHY_ADVANCE | None = None
    """Why it is entered."""
    lead: Lead | None = None
