"""Interviews for tests: the real engine and offline brain, a log in memory, and a clock that is moved by hand."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

from fourstep.interview.agenda import Agenda
from fourstep.interview.brain import Interviewer, Observer
from fourstep.interview.interview import Clocks, Interview
from fourstep.interview.timing import plan
from fourstep.offline.interviewer import OfflineInterviewer
from fourstep.offline.observer import OfflineObserver
from fourstep.problem import Problem
from fourstep.rubric import INTERVIEW_STEPS, Rubric, StepId
from fourstep.transcript.events import Event, Spoken, Started

START = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


class MemoryLog:
    """A log that keeps what it is given."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def append(self, event: Event) -> None:
        self.events.append(event)


class Desk:
    """One interview with its clock and log in reach."""

    def __init__(
        self,
        rubric: Rubric,
        problem: Problem,
        *,
        minutes: float = 45,
        steps: tuple[StepId, ...] = INTERVIEW_STEPS,
        events: tuple[Event, ...] = (),
        elapsed: float = 0.0,
        twists: bool = False,
        interviewer: Interviewer | None = None,
        observer: Observer | None = None,
    ) -> None:
        self.seconds = 0.0
        self.log = MemoryLog()
        self.started = Started(
            at=START,
            id="20261121-parcel_delays-abc123",
            problem=problem.id,
            rubric="hash",
            level="senior",
            persona="neutral",
            steps=steps,
            minutes=minutes,
            brain="offline",
            seed=1,
            program="test",
        )
        self.interview = Interview(
            Agenda(rubric, problem, plan(rubric, steps, minutes), twists),
            interviewer or OfflineInterviewer(rubric, problem),
            observer or OfflineObserver(rubric, problem),
            self.log,
            Clocks(lambda: self.seconds, lambda: START + timedelta(seconds=self.seconds)),
            events=events,
            elapsed=elapsed,
        )

    def start(self) -> str:
        """Begin; returns what the interviewer says. The clock runs afterwards."""
        said = collect(self.interview.start(self.started))
        self.interview.start_clock()
        return said

    def answer(self, text: str, *, after: float = 30.0) -> str:
        """Answer `after` seconds; returns the reply."""
        self.seconds += after
        return collect(self.interview.answer(text))

    @property
    def last_move(self) -> Spoken:
        """The interviewer's last turn."""
        return next(turn for turn in reversed(self.interview.state.turns) if turn.speaker == "interviewer")


def collect(words: AsyncIterator[str]) -> str:
    """All pieces of a reply."""

    async def gather() -> str:
        return "".join([piece async for piece in words])

    return asyncio.run(gather())
