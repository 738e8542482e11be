"""The one place that calls a model: streams, waits and tries again, counts, and says in our words what went wrong."""

import asyncio
import random
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage

from fourstep.errors import ReplyError, UnreachableError
from fourstep.llm.endpoint import Endpoint, chat_model
from fourstep.llm.faults import may_pass, refuses, seconds_to_wait, translated

TRIES = 3
"""Of one call, the first included."""
LONGEST_WAIT = 60.0
"""Seconds; a server that asks for more is not waited for."""
_BASE = 1.0
"""Seconds of the first back-off; each later one is twice as long, and all are jittered."""

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

    async def stream(self, messages: Sequence[BaseMessage], **options: Any) -> AsyncIterator[str]:
        """The reply's text as it comes; `options` go to the server, such as `response_format`.

        What fails before the first word is tried again. Raises: ModelError; what arrived before was yielded.
        """
        for attempt in range(1, TRIES + 1):
            arrived = False
            try:
                async with aclosing(self._once(messages, options)) as pieces:
                    async for piece in pieces:
                        arrived = True
                        yield piece
                return
            except asyncio.CancelledError:
                raise
            except Exception as error:  # the translation of provider errors
                if self._drop_temperature(error) and not arrived:
                    continue
                wait = self._wait(error, attempt)
                if arrived or wait is None:
                    raise translated(error, self.endpoint) from error
                self._tell_retry(error, wait, attempt)
                await self.sleep(wait)
        raise UnreachableError(f"{self.endpoint.server} did not answer.", "Try again.")

    async def reply(self, messages: Sequence[BaseMessage], **options: Any) -> str:
        """The whole reply. Raises: ModelError."""
        return "".join([piece async for piece in self.stream(messages, **options)])

    async def _once(self, messages: Sequence[BaseMessage], options: dict[str, Any]) -> AsyncGenerator[str, None]:
        began, end = self.clock(), _End()
        try:
            async for chunk in self._chat().astream(list(messages), **options):
                end.see(chunk)
                if text := chunk.text:
                    yield text
        finally:
            self.usage.add(end.usage, self.clock() - began)
        self._check(end)

    def _check(self, end: "_End") -> None:
        """A stream may end cleanly and yet be no answer. Raises: ReplyError."""
        name = self.endpoint.model
        if end.why == "content_filter" or end.refused:
            raise ReplyError(f"{name} refused to answer.", "Say it in other words, or use another model.")
        if end.why == "length":
            raise ReplyError(f"{name} ran out of tokens in the middle of its reply.", "Try again.")
        if not end.said:
            raise ReplyError(f"{name} sent an empty reply, or refused.", "Try again, or use another model.")
        if end.why is None:
            raise ReplyError(f"The reply of {name} broke off.", "Try again.")

    def _tell_retry(self, error: Exception, wait: float, attempt: int) -> None:
        what = translated(error, self.endpoint).message
        self.told(f"{what} Trying again in {wait:.0f} s ({attempt} of {TRIES - 1}).")

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

    def _wait(self, error: Exception, attempt: int) -> float | None:
        """Seconds until the next try; None where there is none."""
        passing = may_pass(error) or (isinstance(error, ReplyError) and "empty" in error.message)
        if attempt >= TRIES or not passing:
            return None
        asked = seconds_to_wait(error)
        wait = asked if asked is not None else _BASE * 2 ** (attempt - 1) * (0.5 + self.jitter())
        return wait if wait <= LONGEST_WAIT else None


@dataclass
class _End:
    """What the chunks of a stream say about how it ended; adding them up as messages would cost the square."""

    why: str | None = None
    usage: Any = None
    said: bool = False
    refused: bool = False

    def see(self, chunk: BaseMessage) -> None:
        metadata = chunk.response_metadata
        self.why = metadata.get("finish_reason") or metadata.get("stop_reason") or self.why
        self.usage = getattr(chunk, "usage_metadata", None) or self.usage
        self.said = self.said or bool(chunk.text.strip())
        self.refused = self.refused or bool(chunk.additional_kwargs.get("refusal"))
