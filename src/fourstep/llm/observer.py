"""The observer with a language model: it reads each answer while the candidate reads and types; nobody waits for it."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from string import Template
from typing import Annotated, Any, Final

from langchain_core.messages import HumanMessage, SystemMessage
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from fourstep.errors import ModelError, ReplyError
from fourstep.grading.evidence import SHORTEST_QUOTE, placed
from fourstep.grading.scorecard import Evidence
from fourstep.interview.brain import Observation, Observer, Seen
from fourstep.interview.state import State, covered
from fourstep.llm.caller import Caller
from fourstep.llm.fence import fenced, without_addresses
from fourstep.llm.salvage import salvaged
from fourstep.llm.structured import Structured
from fourstep.offline.answers import CheckAnswer
from fourstep.offline.observer import OfflineObserver, changes, check_seen
from fourstep.problem import Problem
from fourstep.rubric import Answer, Rubric
from fourstep.transcript.events import CheckSeen, Observed
from fourstep.transcript.transcript import Transcript, transcript_of

_WORTH: dict[Answer, int] = {"no": 0, "partial": 1, "yes": 2}


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, json_schema_extra={"additionalProperties": False})


class _Found(_Part):
    criterion: str
    check: str
    met: Annotated[Answer, BeforeValidator(lambda value: value.strip().lower() if isinstance(value, str) else value)]
    quote: str


class _Reply(_Part):
    seen: tuple[_Found, ...]


SCHEMA: Final = _Reply.model_json_schema()


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What became of one call."""

    turn: int
    checks: tuple[CheckSeen, ...] = ()
    error: str = ""
    """Why there are none."""


class ModelObserver(Observer):
    """Knows all answers but the last by the model, and those that it has not read by the offline signals."""

    def __init__(
        self,
        rubric: Rubric,
        problem: Problem,
        caller: Caller,
        prompts: Mapping[str, Template],
        offline: OfflineObserver,
    ) -> None:
        self.caller = caller
        self._offline = offline
        self._checks = {(c.id, check.id): check.says for c in rubric.criteria for check in c.checks}
        says = "\n".join(f"{criterion} {check}: {says}" for (criterion, check), says in self._checks.items())
        self._system = prompts["observer"].substitute(problem=problem.statement.strip(), checks=says)
        self._structured = Structured(caller, "observation", SCHEMA)
        self._reading: asyncio.Task[_Outcome] | None = None
        self._turn = 0
        """The answer that was given to read last."""
        self._complaints: set[str] = set()

    async def observe(self, state: State) -> Observation:
        """What the model found in earlier answers, and the signals in those it has not read; never waits for it."""
        found, incidents = self._collected(state)
        known = state.coverage
        for seen in found:
            known = covered(known, seen.checks)
        answers, on_topic = self._offline.read(state)
        both = _combined(answers, [*_by_model(state), *found])
        return Observation((*found, *changes(both, known, state)), on_topic, incidents)

    def watch(self, state: State) -> None:
        """Begin to read the last answer, unless that was done or is being done."""
        answer = state.last_answer
        if answer is None or answer.turn == self._turn or answer.turn in {seen.turn for seen in _by_model(state)}:
            return
        transcript = transcript_of(state.events)
        place = next(place for place, turn in enumerate(transcript.turns) if turn.number == answer.turn)
        exchange = replace(transcript, turns=transcript.turns[max(0, place - 1) : place + 1])
        self._turn = answer.turn
        self._reading = asyncio.create_task(self._read(exchange))

    def _collected(self, state: State) -> tuple[tuple[Seen, ...], tuple[str, ...]]:
        """What has come of the last call; what has not come by now is late and called off."""
        reading, self._reading = self._reading, None
        if reading is None:
            return (), ()
        if not reading.done() or reading.cancelled():
            reading.cancel()
            return (), self._complaint("The observer was too late with an answer; the signals read it.")
        outcome = reading.result()
        if outcome.error:
            return (), self._complaint(outcome.error)
        if outcome.turn in state.withdrawn:
            return (), ()
        return (Seen(outcome.turn, "model", outcome.checks),), ()

    def _complaint(self, what: str) -> tuple[str, ...]:
        """The same complaint is made once an interview."""
        if what in self._complaints:
            return ()
        self._complaints.add(what)
        return (what,)

    async def _read(self, exchange: Transcript) -> _Outcome:
        answer = exchange.turns[-1]
        try:
            text = await self._structured.ask([SystemMessage(self._system), HumanMessage(fenced(exchange).text)])
            return _Outcome(answer.number, tuple(self._verified(_parsed(text), exchange)))
        except ModelError as error:
            return _Outcome(answer.number, error=error.message)

    def _verified(self, reply: _Reply, exchange: Transcript) -> Iterable[CheckSeen]:
        """What names a check of the rubric, with a quote that stands in the answer and does not speak to a grader."""
        said = without_addresses(replace(exchange, turns=exchange.turns[-1:]))
        for found in reply.seen:
            quote = placed(Evidence(turn=said.turns[0].name, quote=found.quote), said)
            known = (found.criterion, found.check) in self._checks
            if known and quote and len(quote.quote) >= SHORTEST_QUOTE:
                yield CheckSeen(criterion=found.criterion, check=found.check, met=found.met, quote=quote.quote)


def _parsed(text: str) -> _Reply:
    """Raises: ReplyError, when the reply is not of that form."""
    value: Any = salvaged(text)
    try:
        return _Reply.model_validate({"seen": value} if isinstance(value, list) else value)
    except ValidationError as error:
        raise ReplyError("The observer's reply is not of the form that was asked for.", "Try again.") from error


def _by_model(state: State) -> list[Seen]:
    """What a model has found in the answers that count, as the log tells it."""
    observed = (event for event in state.events if isinstance(event, Observed) and event.brain == "model")
    return [Seen(event.turn, "model", event.checks) for event in observed if event.turn not in state.withdrawn]


def _combined(answers: Iterable[tuple[str, CheckAnswer]], by_model: list[Seen]) -> Iterable[CheckSeen]:
    """Each check as the model knows it, or as the signals find it in an answer that the model has not read."""
    read = {seen.turn for seen in by_model}
    known = {(check.criterion, check.check): check for seen in by_model for check in seen.checks}
    for criterion, answer in answers:
        nothing = CheckSeen(criterion=criterion, check=answer.check.id, met="no", quote="")
        model = known.get((criterion, answer.check.id), nothing)
        unread = any(spot.turn.number not in read for spot in answer.spots)
        signals = check_seen(criterion, answer) if unread else nothing
        yield max(model, signals, key=lambda seen: _WORTH[seen.met])
