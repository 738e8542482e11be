"""Asking for JSON in the strictest way that a server knows: by schema, by a tool's arguments, or by prompt alone."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

from langchain_core.messages import BaseMessage

from fourstep.errors import ModelError
from fourstep.llm.caller import Caller

Way = Literal["schema", "tool", "prompt"]
WAYS: tuple[Way, ...] = ("schema", "tool", "prompt")
"""Strictest first."""

_MOST_BROKEN = 1
"""Replies that may break off before it is given up; nobody has seen what came of them."""
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

    async def ask(self, messages: Sequence[BaseMessage], began: Callable[[], None] = lambda: None) -> str:
        """The reply as text that should be JSON; `began` is told of its first token. Raises: ModelError."""
        broken = 0
        while True:
            way, pieces = self.way, list[str]()
            try:
                async for piece in self.caller.stream(messages, **self._options(way)):
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
