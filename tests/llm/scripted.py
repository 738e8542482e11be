"""A chat model that says what a test scripts, word by word, and keeps what it was asked."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any

from langchain_core.callbacks import AsyncCallbackManagerForLLMRun, CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGenerationChunk, ChatResult
from pydantic import Field

from fourstep.errors import ModelError
from fourstep.llm.caller import Caller
from fourstep.llm.endpoint import Endpoint

Answers = Callable[[Sequence[BaseMessage]], str | ModelError]


class Scripted(BaseChatModel):
    """Answers each request by its messages; an error breaks a stream off after the words before it."""

    answers: Answers
    requests: list[list[BaseMessage]] = Field(default_factory=list)
    until: asyncio.Event | None = None
    """Nothing comes before this is set."""

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        raise AssertionError("replies are streamed")

    async def _astream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> AsyncIterator[ChatGenerationChunk]:
        self.requests.append(list(messages))
        if self.until:
            await self.until.wait()
        said = self.answers(messages)
        for word in (said.message if isinstance(said, ModelError) else said).split(" "):
            yield ChatGenerationChunk(message=AIMessageChunk(f"{word} "))
        if isinstance(said, ModelError):
            raise said
        end = AIMessageChunk("", response_metadata={"finish_reason": "stop"})
        yield ChatGenerationChunk(message=end)


def scripted(*replies: str | ModelError) -> Scripted:
    """A model that gives these replies in turn, and the last one ever after."""
    waiting = list(replies)
    return Scripted(answers=lambda _: waiting.pop(0) if len(waiting) > 1 else waiting[0])


def calling(model: BaseChatModel) -> Caller:
    """A caller of that model which waits for nothing."""

    async def no_sleep(_: float) -> None: ...

    return Caller(Endpoint("scripted"), model, sleep=no_sleep)
