"""Replies of a grader's model, and the model that gives them, for tests."""

import json
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult

from fourstep.llm.caller import Caller
from fourstep.llm.endpoint import Endpoint
from fourstep.transcript.transcript import Transcript, Turn

SAID = "I would ask about the scale of it and the budget for it, because the scale decides."
PADDING = (
    "We carry parcels from the shops to the people who ordered them, and the depot sorts them by street and house. " * 6
)
Script = Callable[[list[BaseMessage]], str]


class ScriptedModel(BaseChatModel):
    """A chat model that says what a function of the messages says; an exception that it raises is a failed call."""

    script: Script
    asked: list[list[BaseMessage]] = []  # noqa: RUF012 — pydantic copies it
    options: list[dict[str, Any]] = []  # noqa: RUF012

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def _reply(self, messages: list[BaseMessage], options: dict[str, Any]) -> AIMessageChunk:
        self.asked.append(messages)
        self.options.append(options)
        return AIMessageChunk(self.script(messages), response_metadata={"finish_reason": "stop"}, usage_metadata=USAGE)

    def _generate(self, messages: list[BaseMessage], *args: Any, **options: Any) -> ChatResult:
        chunk = self._reply(messages, options)
        message = AIMessage(chunk.content, response_metadata=chunk.response_metadata, usage_metadata=USAGE)
        return ChatResult(generations=[ChatGeneration(message=message)])

    async def _agenerate(self, messages: list[BaseMessage], *args: Any, **options: Any) -> ChatResult:
        return self._generate(messages, **options)

    def _stream(self, messages: list[BaseMessage], *args: Any, **options: Any) -> Iterator[ChatGenerationChunk]:
        yield ChatGenerationChunk(message=self._reply(messages, options))

    async def _astream(
        self, messages: list[BaseMessage], *args: Any, **options: Any
    ) -> AsyncIterator[ChatGenerationChunk]:
        for chunk in self._stream(messages, **options):
            yield chunk


USAGE: Any = {
    "input_tokens": 100,
    "output_tokens": 10,
    "total_tokens": 110,
    "input_token_details": {"cache_read": 80},
}


async def _at_once(_: float) -> None:
    return None


def scripted(script: Script, name: str = "scripted") -> tuple[Caller, ScriptedModel]:
    """A caller of a scripted model that waits for nothing, and the model."""
    model = ScriptedModel(script=script)
    return Caller(Endpoint(model=name, base_url="http://127.0.0.1:1/v1"), model=model, sleep=_at_once), model


def verdict(criterion: str = "asks_first", **changes: Any) -> dict[str, Any]:
    """A good verdict on a criterion of the small rubric: solid, with a quote."""
    usual: dict[str, Any] = {
        "criterion": criterion,
        "evidence": [{"turn": "C4", "quote": "ask about the scale of it and the budget"}],
        "counter_evidence": [],
        "checks": [
            {"check": "first", "met": "yes"},
            {"check": "second", "met": "yes"},
            {"check": "reasons", "met": "no"},
        ],
        "raised_by": "candidate",
        "why_not_higher": "No reason was given.",
        "level": "solid",
        "confidence": "high",
    }
    return usual | changes


def reply(*verdicts: dict[str, Any]) -> str:
    """A reply that holds them."""
    return json.dumps({"judgements": verdicts})


def asked_criteria(messages: Sequence[BaseMessage]) -> list[str]:
    """The criteria that the first question is about; none where it is about contradictions."""
    task = str(messages[1].content).rpartition("</transcript-")[2]
    return [asked["criterion"] for asked in json.loads(task[task.index("[") :])] if "[" in task else []


def obliging(messages: list[BaseMessage]) -> str:
    """A good verdict on whatever is asked."""
    return reply(*(verdict(criterion) for criterion in asked_criteria(messages)))


def interview(answer: str = SAID, *, hint: int | None = None) -> Transcript:
    """Enough words to be graded, and an answer in C4."""
    return Transcript(
        "t",
        (
            Turn(1, "interviewer", "Please begin."),
            Turn(2, "candidate", PADDING),
            Turn(3, "interviewer", "What would you ask?", hint_rung=hint),
            Turn(4, "candidate", answer),
        ),
    )
