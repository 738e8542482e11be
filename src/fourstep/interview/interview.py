"""The engine of a live interview: what the candidate does goes in, events and words come out.

Each event is handed to the log, which writes it to disk, before the next thing happens.
"""

from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol, TypeVar

from pydantic import BaseModel

from fourstep.errors import ModelError
from fourstep.interview.agenda import Agenda
from fourstep.interview.brain import Interviewer, Observation, Observer
from fourstep.interview.effects import Effect, of_move, of_observation, of_saying
from fourstep.interview.facts import FactFinder
from fourstep.interview.hearing import hear
from fourstep.interview.moves import Move
from fourstep.interview.state import State, apply, fold
from fourstep.transcript.events import (
    SCHEMA,
    Brain,
    BrainChanged,
    CutOff,
    Ended,
    EndReason,
    Event,
    Extended,
    FactTold,
    Failed,
    Nudged,
    PadSaved,
    Paused,
    Resumed,
    Spoken,
    Started,
    StepEntered,
    Withdrawn,
)

EventT = TypeVar("EventT", bound=BaseModel)


class Log(Protocol):
    """Where events go; it keeps them even when the disk refuses."""

    def append(self, event: Event) -> None:
        """Write one event and do not return before it is safe."""
        ...


@dataclass(frozen=True, slots=True)
class Clocks:
    """Time is an argument: a steady count of seconds, and the wall clock with its zone."""

    steady: Callable[[], float]
    wall: Callable[[], datetime]


class Interview:
    """One interview, live. Its methods yield the interviewer's words as they come."""

    def __init__(
        self,
        agenda: Agenda,
        interviewer: Interviewer,
        observer: Observer,
        log: Log,
        clocks: Clocks,
        *,
        events: Sequence[Event] = (),
        elapsed: float = 0.0,
    ) -> None:
        """Begin a new interview, or go on with one from its `events`, `elapsed` seconds into it."""
        self.state: State = fold(events)
        self.agenda = agenda.longer(self.state.extended)
        self._interviewer = interviewer
        self._observer = observer
        self._log = log
        self._clocks = clocks
        self._facts = FactFinder(agenda.problem)
        self._clock: tuple[float, float | None] = (elapsed, None)
        """Seconds used until the clock was last started, and when that was; one value, for a thread reads it."""
        self._seq = self.state.events[-1].seq if self.state.events else 0
        self._unsaid: Move | None = None
        """A move that was recorded and whose words have not all been said."""

    @property
    def elapsed(self) -> float:
        """Seconds of interview time used."""
        before, since = self._clock
        return before + (self._clocks.steady() - since if since is not None else 0.0)

    @property
    def left(self) -> float:
        """Seconds of interview time that remain; negative once it is over."""
        return self.agenda.plan.total - self.elapsed

    @property
    def running(self) -> bool:
        """Whether the clock runs."""
        return self._clock[1] is not None

    @property
    def over(self) -> bool:
        """Whether it has ended."""
        return self.state.ended is not None

    async def start(self, started: Started) -> AsyncIterator[str]:
        """Greet and put the problem; the clock stands still until `start_clock`, so that reading costs no time."""
        self._record(started)
        async for piece in self.reply():
            yield piece

    def start_clock(self) -> None:
        """Let the clock run: once the problem has been read, or when a wait is over."""
        if self._clock[1] is None:
            self._clock = (self.elapsed, self._clocks.steady())

    def hold_clock(self) -> None:
        """Stop it while the candidate waits for us; nothing is recorded, for no interview time passes."""
        self._clock = (self.elapsed, None)

    async def answer(self, text: str, pad: str | None = None) -> AsyncIterator[str]:
        """Take an answer, and reply. The answer is safe before the first word of the reply."""
        self.take(text, pad)
        async for piece in self.reply():
            yield piece

    def take(self, text: str, pad: str | None = None) -> None:
        """Take an answer with what is on the design pad, None where that did not change; safe when this returns."""
        self.resume()
        self.keep_pad(pad, turn=self.state.next_turn)
        self._record(self._spoken("candidate", text))

    def keep_pad(self, text: str | None, *, turn: int | None = None) -> None:
        """A version of the design pad, on the record where it differs from the one before."""
        if text is not None and text != self.state.pad:
            self._record(self._event(PadSaved, text=text, turn=turn))

    @property
    def cut_off(self) -> bool:
        """Whether the interviewer's last words broke off and can be said again."""
        return self._unsaid is not None

    @property
    def owes_reply(self) -> bool:
        """Whether the candidate spoke last, or nobody did: an interview that was killed may be left so."""
        turns = self.state.turns
        return not turns or turns[-1].speaker == "candidate"

    @property
    def brain(self) -> Brain:
        """Which brain speaks now."""
        return self._interviewer.kind

    def change_brain(self, interviewer: Interviewer, observer: Observer, *, why: str) -> None:
        """Go on with another brain, on the record; what was cut off can be said again by it."""
        self._interviewer, self._observer = interviewer, observer
        self._record(self._event(BrainChanged, brain=interviewer.kind, why=why))

    async def reply(self) -> AsyncIterator[str]:
        """The interviewer's next turn."""
        answer = self.state.last_answer
        if answer is None:
            opening = self.agenda.opening()
            move = replace(opening, step=None) if self.state.step else opening
        else:
            observation = await self._observe()
            heard = hear(answer.text, self._facts)
            move = self.agenda.next_move(self.state, heard, answer.elapsed, on_topic=observation.on_topic)
        async for piece in self._make(move):
            yield piece

    async def hint(self) -> AsyncIterator[str]:
        """The next rung of the ladder for the point at hand."""
        async for piece in self._make(self.agenda.hint(self.state)):
            yield piece

    async def repeat(self) -> AsyncIterator[str]:
        """The last question once more."""
        async for piece in self._make(self.agenda.repeat(self.state)):
            yield piece

    async def skip(self) -> AsyncIterator[str]:
        """On to the next step."""
        async for piece in self._make(self.agenda.skip(self.state)):
            yield piece

    async def again(self) -> AsyncIterator[str]:
        """What was cut off once more; otherwise the reply that is owed, or the last question."""
        owed = self.reply() if self.owes_reply else self.repeat()
        words = self._say(self._unsaid) if self._unsaid else owed
        async for piece in words:
            yield piece

    async def take_back(self) -> AsyncIterator[str]:
        """Withdraw the last answer and the reply to it; the question before it stands again."""
        if self.state.last_answer is None:
            return
        self.withdraw()
        await self._observe()
        async for piece in self._make(Move("repeat", criterion=self.state.aim, lead="took_back")):
            yield piece

    def withdraw(self) -> None:
        """Withdraw the last answer and what was said since, without a word."""
        answer = self.state.last_answer
        if answer is None:
            return
        self._unsaid = None
        for turn in self.state.turns:
            if turn.turn >= answer.turn:
                self._record(self._event(Withdrawn, turn=turn.turn))
        if answer.step and answer.step != self.state.step:
            self._record(self._event(StepEntered, step=answer.step, why="taken_back"))

    async def nudge(self) -> AsyncIterator[str]:
        """Break a silence, once."""
        self._record(self._event(Nudged))
        async for piece in self._make(Move("redirect", criterion=self.state.aim, lead="nudge")):
            yield piece

    def pause(self) -> None:
        """Stop the clock."""
        if not self.state.paused:
            self._clock = (self.elapsed, None)
            self._record(self._event(Paused))

    def resume(self) -> None:
        """Let the clock run again; the log says when, or the time in between would count."""
        if self._clock[1] is None:
            self._record(self._event(Resumed))
            self._clock = (self.elapsed, self._clocks.steady())

    def extend(self, minutes: float) -> None:
        """Add time, on the record."""
        self._record(self._event(Extended, minutes=minutes))
        self.agenda = self.agenda.longer(60 * minutes)

    def end(self, why: EndReason) -> None:
        """End it here."""
        if not self.over:
            self._record(self._event(Ended, why=why))
            self.hold_clock()

    async def _observe(self) -> Observation:
        """Ask what the answers have shown, and record it."""
        observation = await self._observer.observe(self.state)
        self._record_all(of_observation(observation))
        return observation

    async def _make(self, move: Move) -> AsyncIterator[str]:
        """Record what the move changes, say it, record what was said."""
        self._record_all(of_move(move, self.state.next_turn - 1))
        async for piece in self._say(move):
            yield piece

    async def _say(self, move: Move) -> AsyncIterator[str]:
        """The words of a move; those that arrived before they broke off are kept as such, and never as spoken."""
        self._unsaid = move
        said, finished = list[str](), False
        try:
            async for piece in self._interviewer.say(move, self.state):
                said.append(piece)
                yield piece
            finished = True
        except ModelError as error:
            self._record(self._event(Failed, what=error.message, whom="interviewer"))
            raise
        finally:
            if said and not finished:
                self._record(self._event(CutOff, text="".join(said)))
            self._record_all(of_saying(self._interviewer))
        self._unsaid = None
        self._record(self._spoken("interviewer", "".join(said), move=move))
        self._record_all((FactTold, {"fact": fact}) for fact in self._interviewer.told())
        self._observer.watch(self.state)
        if move.kind == "farewell":
            self.end("time" if self.left <= 0 else "finished")

    def _spoken(self, speaker: str, text: str, *, move: Move | None = None) -> Spoken:
        return self._event(
            Spoken,
            turn=self.state.next_turn,
            speaker=speaker,
            text=text,
            step=self.state.step,
            move=move.kind if move else None,
            criterion=move.criterion if move else None,
            question=move.question if move else None,
        )

    def _event(self, kind: type[EventT], **fields: object) -> EventT:
        stamp = {"schema": SCHEMA, "seq": self._seq + 1, "at": self._clocks.wall(), "elapsed": self.elapsed}
        return kind.model_validate(stamp | fields)

    def _record_all(self, effects: Iterable[Effect]) -> None:
        for kind, fields in effects:
            self._record(self._event(kind, **fields))

    def _record(self, event: Event) -> None:
        if event.seq != self._seq + 1:
            event = event.model_copy(update={"seq": self._seq + 1})
        self._seq = event.seq
        self.state = apply(self.state, event)
        self._log.append(event)
