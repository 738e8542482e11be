"""What a brain must be able to do to conduct an interview. `fourstep.offline` is one."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Protocol

from fourstep.interview.moves import Move
from fourstep.interview.state import State
from fourstep.transcript.events import Brain, CheckSeen

MOST_WORDS = 80
"""Of one turn of the interviewer."""


@dataclass(frozen=True, slots=True)
class Observation:
    """What the answers so far have shown."""

    checks: tuple[CheckSeen, ...]
    """Every check whose answer changed since the last observation."""
    on_topic: bool = True
    """Whether the last answer was about the problem at all."""


class Interviewer(Protocol):
    """Puts moves into words."""

    @property
    def kind(self) -> Brain:
        """Which brain speaks."""
        ...

    def say(self, move: Move, state: State) -> AsyncIterator[str]:
        """The words for a move, piece by piece as they come: at most 80, at most one question."""
        ...


class Observer(Protocol):
    """Follows what the candidate has shown while the interview runs."""

    async def observe(self, state: State) -> Observation:
        """Read the turns so far; called after each answer."""
        ...
