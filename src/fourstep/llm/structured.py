"""Asking for JSON in the strictest way that a server knows: by schema, by a tool's arguments, or by prompt alone."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

from langchain_core.messages import BaseMessage

from fourstep.errors import ModelError
from fourstep.llm.caller import Caller

Way = Literal["schema", "tool", "prompt"]
WAYS: tuple[Way, ...] = ("schema", "tool", "prompt")
"""Strictest first."""

_MOST_BROKEN = 1
"""Replies that may break off before it is given up; nobody has seen what came of them."""
_PATIENCE = 10
"""A whole reply is silent until it is written: so many times the usual silence is waited for."""
_REFUSED_BY = ("response_format", "json_schema", "schema", "structured", "tool", "function", "strict")
"""What a server names when it does not know such a request."""
_CANNOT = (400, 404, 422, 501)
"""The statuses with which it says so."""


class Structured:
    """Asks one model for JSON of one form, and remembers the way that its server knows."""

    def __init__(self, caller: Caller, name: str, schema: Mapping[str, Any], way: Way = "schema") -> None:
        self.caller = caller
        self.way: Way = way
        """The way of the next request."""
        self._name = name
        self._schema = schema

    async def ask(
        self, messages: Sequence[BaseMessage], began: Callable[[], None] = lambda: None, *, whole: bool = False
    ) -> str:
        """The reply as text that should be JSON; `began` is told of its first token. Raises: ModelError.

        A `whole` reply comes at once where the client can: reading it piece by piece costs 0.6 ms of CPU a token.
        """
        broken = 0
        while True:
            way, pieces = self.way, list[str]()
            try:
                async for piece in self._stream(messages, way, whole=whole):
                    began()
                    pieces.append(piece)
                return "".join(pieces)
            except ModelError as error:
                if pieces and broken < _MOST_BROKEN:
                    broken += 1
                elif way != WAYS[-1] and _is_unknown(error):
                    self.way = max(self.way, WAYS[WAYS.index(way) + 1], key=WAYS.index)
                else:
                    raise

    def _stream(self, messages: Sequence[BaseMessage], way: Way, *, whole: bool) -> AsyncIterator[str]:
        """Arguments of tools are only read from streams, and only OpenAI's client takes a time-out with a call."""
        caller, options = self.caller, self._options(way)
        if whole and way != "tool" and caller.model and caller.endpoint.provider in (None, "openai"):
            endpoint = replace(caller.endpoint, timeout=caller.endpoint.timeout * _PATIENCE)
            model = caller.model.model_copy(update={"disable_streaming": True})
            caller, options = replace(caller, endpoint=endpoint, model=model), {**options, "timeout": endpoint.timeout}
        return caller.stream(messages, **options)

    def _options(self, way: Way) -> dict[str, Any]:
        match way:
            case "schema":
                named = {"name": self._name, "strict": True, "schema": self._schema}
                return {"response_format": {"type": "json_schema", "json_schema": named}}
            case "tool":
                function = {"name": self._name, "strict": True, "parameters": self._schema}
                chosen = {"type": "function", "function": {"name": self._name}}
                return {"tools": [{"type": "function", "function": function}], "tool_choice": chosen}
            case "prompt":
                return {}


def _is_unknown(error: ModelError) -> bool:
    """Whether a server, or the client of its provider, does not know the way that it was asked in."""
    cause = error.__cause__
    rejected = isinstance(cause, TypeError) or getattr(cause, "status_code", None) in _CANNOT
    return rejected and any(word in str(cause).lower() for word in _REFUSED_BY)
