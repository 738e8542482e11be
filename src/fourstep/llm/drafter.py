"""A whole problem drafted by a language model out of a description; its faults go back until it has none."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from string import Template
from typing import Any, Final, Literal

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage
from pydantic import BaseModel, ConfigDict, ValidationError

from fourstep.errors import ReplyError
from fourstep.llm.caller import Caller
from fourstep.llm.fence import defused, enclosed
from fourstep.llm.salvage import salvaged
from fourstep.llm.structured import Structured
from fourstep.problem import Problem
from fourstep.rubric import Rubric

MOST_CORRECTIONS = 2
_MOST_FAULTS = 20
"""That go back at once."""

Lint = Callable[[Problem], list[str]]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, json_schema_extra={"additionalProperties": False})


class _Fact(_Part):
    id: str
    tells: str
    asked_as: tuple[str, ...]
    matters: str


class _Entity(_Part):
    id: str
    role: Literal["user", "item", "context", "pair"]
    called: tuple[str, ...]
    features: tuple[str, ...]


class _Strong(_Part):
    criterion: str
    answer: str


class _Off(_Part):
    criterion: str
    reason: str


class _Reply(_Part):
    """A problem as strict schemas can say it: lists of named things, where its file has them by name."""

    title: str
    tags: tuple[str, ...]
    statement: str
    facts: tuple[_Fact, ...]
    entities: tuple[_Entity, ...]
    positives: tuple[str, ...]
    negatives: tuple[str, ...]
    sources: tuple[str, ...]
    outcomes: tuple[str, ...]
    strong: tuple[_Strong, ...]
    off: tuple[_Off, ...]


SCHEMA: Final = _Reply.model_json_schema()


@dataclass(frozen=True)
class Draft:
    """What came of it."""

    problem: Problem
    faults: tuple[str, ...]
    """What the model did not mend."""


class Drafter:
    """Asks one model for a problem that fits a rubric."""

    def __init__(self, caller: Caller, prompts: Mapping[str, Template], rubric: Rubric, lint: Lint) -> None:
        criteria = "\n".join(f"- {criterion.id}: {criterion.about}" for criterion in rubric.criteria)
        self._structured = Structured(caller, "problem", SCHEMA)
        self._system = prompts["drafter"].substitute(criteria=criteria)
        self._again = prompts["drafter_again"]
        self._lint = lint

    async def draft(self, name: str, description: str) -> Draft:
        """A problem of that id. Raises: ModelError, also when no reply is a problem at all."""
        told = enclosed("description", [{"text": defused(description)}])
        messages: list[BaseMessage] = [SystemMessage(self._system), HumanMessage(told.text)]
        best: Draft | None = None
        faults: Sequence[str] = ()
        for _ in range(1 + MOST_CORRECTIONS):
            reply = await self._structured.ask(messages)
            try:
                problem = _problem(name, reply)
                faults = self._lint(problem)
                best = Draft(problem, tuple(faults))
            except ReplyError as error:
                faults = error.message.splitlines()
            if not faults:
                break
            again = "\n".join(f"- {fault}" for fault in faults[:_MOST_FAULTS])
            messages = [*messages, AIMessage(reply), HumanMessage(self._again.substitute(faults=again))]
        if best is None:
            raise ReplyError(
                f"The model's draft is no problem: {faults[0]}", "Try again, or use another model; nothing was written."
            )
        return best


def _problem(name: str, text: str) -> Problem:
    """Raises: ReplyError, with a line for each fault."""
    try:
        reply = _Reply.model_validate(salvaged(text))
        return Problem.model_validate(_fields(name, reply), strict=False)
    except ValidationError as error:
        faults = (f"{'.'.join(map(str, one['loc'])) or 'the object'}: {one['msg']}." for one in error.errors())
        raise ReplyError("\n".join(faults), "Try again, or use another model.") from error


def _fields(name: str, reply: _Reply) -> dict[str, Any]:
    """The reply in the shape of a problem's file; what stands twice is taken once."""
    return {
        "id": name,
        "title": reply.title,
        "draft": True,
        "tags": reply.tags,
        "statement": reply.statement,
        "facts": [fact.model_dump() for fact in reply.facts],
        "vocabulary": {
            "entities": {entity.id: entity.model_dump(exclude={"id"}) for entity in reply.entities},
            "positives": reply.positives,
            "negatives": reply.negatives,
            "sources": reply.sources,
            "outcomes": reply.outcomes,
        },
        "off": {one.criterion: one.reason for one in reply.off},
        "strong": {one.criterion: one.answer for one in reply.strong},
    }
