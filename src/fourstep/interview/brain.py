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
class Seen:
    """What one brain saw in one answer."""

    turn: int
    brain: Brain
    checks: tuple[CheckSeen, ...]


@dataclass(frozen=True, slots=True)
class Observation:
    """What the answers so far have shown, and is not known yet."""

    seen: tuple[Seen, ...]
    """In the order in which it counts: what stands later replaces what stands before."""
    on_topic: bool = True
    """Whether the last answer was about the problem at all."""
    incidents: tuple[str, ...] = ()
    """What went wrong since the last observation."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What stands for the turns up to `until` in a model's prompt from now on; the log keeps the turns."""

    until: int
    text: str


class Interviewer(Protocol):
    """Puts moves into words. Whoever derives from it may leave out what has an answer here."""

    @property
    def kind(self) -> Brain:
        """Which brain speaks."""
        ...

    def say(self, move: Move, state: State) -> AsyncIterator[str]:
        """The words for a move, piece by piece as they come: at most 80, at most one question.

        Raises: ModelError; what came before it was said.
        """
        ...

    def incidents(self) -> tuple[str, ...]:
        """What went wrong since it was last asked: which words were held back and what replaced them."""
        return ()

    def told(self) -> tuple[str, ...]:
        """The ids of the facts that the last words told beyond those of their move."""
        return ()

    def summaries(self) -> tuple[Summary, ...]:
        """How turns were summed up since it was last asked."""
        return ()


class Observer(Protocol):
    """Follows what the candidate has shown while the interview runs. Whoever derives from it need not `watch`."""

    async def observe(self, state: State) -> Observation:
        """What is known of the turns so far; asked after each answer, and a candidate waits for it."""
        ...

    def watch(self, state: State) -> None:  # noqa: ARG002 - for those that need it
        """Read on at leisure: the interviewer has spoken, and nobody waits."""
        return None
