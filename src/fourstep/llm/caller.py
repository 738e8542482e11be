"""The one place that calls a model: streams, waits and tries again, counts, and says in our words what went wrong."""

import asyncio
import random
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from math import ceil
from typing import Any, cast

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage, BaseMessageChunk

from fourstep.errors import ModelError, ReplyError
from fourstep.foreign_text import whole
from fourstep.llm.endpoint import Endpoint, chat_model
from fourstep.llm.faults import may_pass, out_of_tokens, refused, refuses, seconds_to_wait, translated

TRIES = 3
"""Of one call, the first included."""
LONGEST_WAIT = 60.0
"""Seconds; a server that asks for more is not waited for."""
_BASE = 1.0
"""Seconds of the first back-off; each later one is twice as long, and all are jittered."""

_ENDINGS = ("finish_reason", "stop_reason", "done_reason")
"""Under which providers tell why a reply ended."""
_FILTERED = ("content_filter", "SAFETY", "refusal")
_CUT = ("length", "max_tokens", "MAX_TOKENS")

Told = Callable[[str], None]


@dataclass
class Usage:
    """What calls have cost so far."""

    calls: int = 0
    prompt_tokens: int = 0
    cached_tokens: int = 0
    """Of the prompt tokens, those that the server had read before."""
    completion_tokens: int = 0
    seconds: float = 0.0

    def add(self, metadata: Any, seconds: float) -> None:
        """One more call, by langchain's usage metadata."""
        self.calls += 1
        self.seconds += seconds
        if metadata:
            self.prompt_tokens += metadata.get("input_tokens") or 0
            self.completion_tokens += metadata.get("output_tokens") or 0
            self.cached_tokens += (metadata.get("input_token_details") or {}).get("cache_read") or 0

    @property
    def tokens(self) -> int:
        """All of them."""
        return self.prompt_tokens + self.completion_tokens


@dataclass
class Caller:
    """Calls one endpoint. `sleep`, `clock` and `jitter` are arguments so that tests need not wait."""

    endpoint: Endpoint
    model: BaseChatModel | None = None
    """Made from the endpoint when it is first needed, unless it is given."""
    usage: Usage = field(default_factory=Usage)
    told: Told = lambda _: None
    """Is told what happens while somebody waits, such as that it is tried again in 3 s."""
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    clock: Callable[[], float] = lambda: asyncio.get_running_loop().time()
    jitter: Callable[[], float] = random.random

    async def stream(self, messages: Sequence[BaseMessage], **options: Any) -> AsyncGenerator[str, None]:
        """The reply's text as it comes, or the arguments of the tool that it calls; `options` go to the server.

        What fails before the first word is tried again. Raises: ModelError; what arrived before was yielded.
        """
        tries = 0
        while True:
            tries += 1
            arrived = False
            try:
                async with aclosing(self._once(messages, options)) as pieces:
                    async for piece in pieces:
                        arrived = True
                        yield piece
                return
            except Exception as error:  # the translation of provider errors
                wait = None if arrived else self._wait(error, tries)
                if wait is None and isinstance(error, ModelError):
                    raise
                if wait is None:
                    raise translated(error, self.endpoint) from error
                self._tell_retry(error, wait, tries)
            await self.sleep(wait)

    async def reply(self, messages: Sequence[BaseMessage], **options: Any) -> str:
        """The whole reply. Raises: ModelError."""
        return "".join([piece async for piece in self.stream(messages, **options)])

    async def _once(self, messages: Sequence[BaseMessage], options: dict[str, Any]) -> AsyncGenerator[str, None]:
        began, end = self.clock(), _End()
        # a generator, whatever its annotation says: left open, a cancelled call would keep its connection
        chunks = cast("AsyncGenerator[BaseMessageChunk, None]", self._chat().astream(list(messages), **options))
        try:
            async with aclosing(chunks):
                async for chunk in chunks:
                    if text := end.see(chunk):
                        yield text
        finally:
            self.usage.add(end.usage, self.clock() - began)
        self._check(end)

    def _check(self, end: "_End") -> None:
        """A stream may end cleanly and yet be no answer. Raises: ReplyError."""
        if end.why in _FILTERED or end.refused:
            raise refused(self.endpoint)
        if end.why in _CUT:
            raise out_of_tokens(self.endpoint)
        if not end.said:
            raise _NothingSaid(
                f"{self.endpoint.model} sent an empty reply, or refused.", "Try again, or use another model."
            )
        if end.why is None:
            raise ReplyError(f"The reply of {self.endpoint.model} broke off.", "Try again.")

    def _tell_retry(self, error: Exception, wait: float, tries: int) -> None:
        if wait:
            what = translated(error, self.endpoint).message
            self.told(f"{what} Trying again in {ceil(wait)} s ({tries} of {TRIES - 1}).")

    def _chat(self) -> BaseChatModel:
        if self.model is None:
            self.model = chat_model(self.endpoint)
        return self.model

    def _drop_temperature(self, error: Exception) -> bool:
        """Some models refuse to have their temperature set: from now on it is left to them."""
        if self.endpoint.temperature is None or not refuses(error, "temperature"):
            return False
        self.endpoint, self.model = replace(self.endpoint, temperature=None), None
        return True

    def _wait(self, error: Exception, tries: int) -> float | None:
        """Seconds until the next try; None where there is none."""
        if self._drop_temperature(error):
            return 0.0
        if tries >= TRIES or not (may_pass(error) or isinstance(error, _NothingSaid)):
            return None
        asked = seconds_to_wait(error)
        wait = asked if asked is not None else _BASE * 2 ** (tries - 1) * (0.5 + self.jitter())
        return wait if wait <= LONGEST_WAIT else None


class _NothingSaid(ReplyError):
    """The reply was empty: the next may not be."""


@dataclass
class _End:
    """What the chunks of a stream say about how it ended; adding them up as messages would cost the square."""

    why: str | None = None
    usage: Any = None
    said: bool = False
    refused: bool = False

    def see(self, chunk: BaseMessage) -> str:
        """Take note of a chunk; its text, or its part of a tool's arguments."""
        metadata = chunk.response_metadata
        self.why = next((metadata[name] for name in _ENDINGS if metadata.get(name)), self.why)
        self.usage = getattr(chunk, "usage_metadata", None) or self.usage
        self.refused = self.refused or bool(chunk.additional_kwargs.get("refusal"))
        text = whole(str(chunk.text) or "".join(call["args"] or "" for call in getattr(chunk, "tool_call_chunks", ())))
        self.said = self.said or bool(text.strip())
        return text
