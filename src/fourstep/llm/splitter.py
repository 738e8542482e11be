"""Who speaks in a recording that does not say so, by a language model: it names sentences by number, never words."""

from collections.abc import Callable, Mapping, Sequence
from string import Template
from typing import Annotated, Any, Final

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from fourstep.errors import ReplyError
from fourstep.importing.sentences import Sentence
from fourstep.llm.caller import Caller
from fourstep.llm.fence import defused, enclosed
from fourstep.llm.salvage import salvaged
from fourstep.llm.structured import Structured
from fourstep.transcript.events import Speaker

WINDOW = 60
"""Sentences of one call: few enough that a small model keeps count."""
_BEFORE = 4
"""Settled sentences shown before them."""
_CORRECTIONS = 2


def _lower(value: Any) -> Any:
    return value.strip().lower() if isinstance(value, str) else value


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, json_schema_extra={"additionalProperties": False})


class _Turn(_Part):
    first: int
    speaker: Annotated[Speaker, BeforeValidator(_lower)]


class _Reply(_Part):
    turns: tuple[_Turn, ...]


SCHEMA: Final = _Reply.model_json_schema()


class Splitter:
    """Goes through the sentences window by window."""

    def __init__(
        self, caller: Caller, prompts: Mapping[str, Template], told: Callable[[str], None] = lambda _: None
    ) -> None:
        self._structured = Structured(caller, "turns", SCHEMA)
        self._system = prompts["splitter"].substitute()
        self._again = prompts["splitter_again"]
        self._told = told

    async def speakers(self, sentences: Sequence[Sentence]) -> tuple[Speaker, ...]:
        """Who says each sentence. Raises: ModelError."""
        found: list[Speaker] = []
        while len(found) < len(sentences):
            self._told(f"Who speaks: {len(found)} of {len(sentences)} sentences are settled.")
            found += await self._window(sentences, found)
        return tuple(found)

    async def _window(self, sentences: Sequence[Sentence], settled: Sequence[Speaker]) -> list[Speaker]:
        first, end = len(settled), min(len(settled) + WINDOW, len(sentences))
        rows = [_row(number, sentences[number], settled) for number in range(max(0, first - _BEFORE), end)]
        messages: list[BaseMessage] = [
            SystemMessage(self._system),
            HumanMessage(enclosed("sentences", rows).text),
        ]
        for attempt in range(1 + _CORRECTIONS):
            reply = await self._structured.ask(messages)
            try:
                return _speakers(reply, first + 1, end)
            except ReplyError as error:
                if attempt == _CORRECTIONS:
                    raise
                again = self._again.substitute(fault=error.message)
                messages = [*messages, AIMessage(reply), HumanMessage(again)]
        raise AssertionError("the last attempt returns or raises")


def _row(number: int, sentence: Sentence, settled: Sequence[Speaker]) -> dict[str, Any]:
    """A sentence as the model reads it; they are numbered from 1."""
    row: dict[str, Any] = {"sentence": number + 1}
    if number < len(settled):
        row["speaker"] = settled[number]
    if sentence.changes:
        row["changes"] = True
    return row | {"text": defused(sentence.text)}


def _speakers(reply: str, first: int, last: int) -> list[Speaker]:
    """Who says the sentences from `first` to `last`. Raises: ReplyError, saying what is wrong."""
    value = salvaged(reply)
    try:
        turns = _Reply.model_validate({"turns": value} if isinstance(value, list) else value).turns
    except ValidationError as error:
        raise ReplyError("It is not of the form that was asked for.", "Try again, or use another model.") from error
    begins = [turn.first for turn in turns]
    if not begins or begins[0] != first:
        raise ReplyError(f"The first turn must begin at sentence {first}.", "Try again, or use another model.")
    if begins != sorted(set(begins)) or begins[-1] > last:
        raise ReplyError(f"Turns must begin one after another, at {last} at the latest.", "Try again.")
    ends = [*begins[1:], last + 1]
    return [turn.speaker for turn, end in zip(turns, ends, strict=True) for _ in range(turn.first, end)]
