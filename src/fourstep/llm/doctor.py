"""What works with a model and what does not, found out by trying: one sentence a check, each as soon as it is known."""

import json
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from string import Template
from typing import Any, Literal

from langchain_core.messages import HumanMessage

from fourstep.errors import ConfigurationError, ModelError
from fourstep.llm.caller import Caller
from fourstep.llm.endpoint import chat_model
from fourstep.llm.faults import masked
from fourstep.llm.presets import TOKENS_OF_AN_INTERVIEW, Preset, context_tokens
from fourstep.llm.server import Server
from fourstep.llm.structured import WAYS, Structured, Way

State = Literal["works", "limited", "fails"]
STREAMING, GRADING = "doctor_streaming", "doctor_grading"
"""The names of the two prompts."""
_SHORTEST_QUOTE = 12
"""Characters, as for the grader's evidence."""
_NAMED = 6
"""How many of a server's models are named."""
_JUDGEMENT = {
    "type": "object",
    "properties": {"quote": {"type": "string"}, "verdict": {"type": "string", "enum": ["yes", "partial", "no"]}},
    "required": ["quote", "verdict"],
    "additionalProperties": False,
}
_FOUND: dict[Way, str] = {
    "schema": "It keeps to a JSON schema.",
    "tool": "It keeps to no JSON schema, but answers as a tool call.",
    "prompt": "It keeps to no JSON schema and calls no tool, but answers with JSON when it is asked to.",
}
"""What it means that a way of asking for JSON was needed."""


@dataclass(frozen=True, slots=True)
class Check:
    """What one check found."""

    name: str
    state: State
    """`limited`: it can be gone on with, and the sentence says how it was worked around or what to do."""
    sentence: str
    seconds: float
    error: ModelError | None = None
    """Why it fails."""


@dataclass
class Doctor:
    """Checks what one caller calls; `prompts` are texts by name."""

    caller: Caller
    prompts: Mapping[str, str]
    preset: Preset | None = None
    tokens: int | None = None
    """How much of a conversation the model keeps, where the user says so."""
    _listed: Any = field(default=None, init=False)
    """The server's list of models, as it gave it."""

    async def checks(self) -> AsyncGenerator[Check, None]:
        """Server, key, model; streaming; context; structured output and a grading. What fails is the last."""
        for name, look in self._looks():
            began = self.caller.clock()
            try:
                found = await look(began)
            except ModelError as error:
                found = [self._failed(name, error, began)]
            for check in found:
                yield check
                if check.state == "fails":
                    return

    def _looks(self) -> Iterator[tuple[str, Callable[[float], Awaitable[list[Check]]]]]:
        """What is looked at, each with the name that its failure goes by; only OpenAI's kind of servers has lists."""
        yield "key", self._ready
        if self.caller.endpoint.provider in (None, "openai"):
            yield "server", self._server
        yield "streaming", self._streaming
        yield "context", self._context
        yield "structured output", self._grading

    async def _ready(self, _: float) -> list[Check]:
        """What is missing is known before anything is sent."""
        if self.caller.model is None:
            self.caller.model = chat_model(self.caller.endpoint)
        return []

    async def _server(self, began: float) -> list[Check]:
        endpoint = self.caller.endpoint
        try:
            self._listed = await Server(endpoint).models()
        except ConfigurationError as error:
            if getattr(error.__cause__, "status_code", None) not in (401, 403):
                raise
            return [self._found("server", f"{endpoint.server} answers.", began), self._failed("key", error, began)]
        key = f"The key {masked(endpoint.key)} from {endpoint.key_origin} was taken."
        return [
            self._found("server", f"{endpoint.server} answers.", began),
            self._found("key", key if endpoint.key else "No key was asked for.", began),
            self._model(began),
        ]

    def _model(self, began: float) -> Check:
        """Whether the list has the model; one that is not in it is tried: some servers have but one, by any name."""
        wanted, server = self.caller.endpoint.model.removeprefix("openai:"), self.caller.endpoint.server
        names = [str(entry.get("id")) for entry in (self._listed or {}).get("data") or () if isinstance(entry, dict)]
        others = [name for name in names if name not in (wanted, f"{wanted}:latest")]
        more = f" and {len(others) - _NAMED} more" if len(others) > _NAMED else ""
        listing = f"{', '.join(others[:_NAMED])}{more}"
        if len(others) < len(names):
            return self._found("model", f"{wanted} is there{f'; others are {listing}' if others else ''}.", began)
        if not names:
            return self._found("model", f"{server} lists no models; {wanted} is tried.", began, "limited")
        get = Template(self.preset.get_model if self.preset else "").safe_substitute(model=wanted)
        advice = f" To get it: {get}" if get else ""
        return self._found("model", f"{wanted} is not on its list: {listing}.{advice}", began, "limited")

    async def _streaming(self, began: float) -> list[Check]:
        asked, first, pieces = self.caller.endpoint.temperature, 0.0, 0
        async for _ in self.caller.stream([HumanMessage(self.prompts[STREAMING])]):
            first = first or self.caller.clock() - began
            pieces += 1
        own = "" if self.caller.endpoint.temperature == asked else " It chooses its own temperature."
        if pieces == 1:
            whole = f"Replies come in one piece, after {first:.2f} s here; nothing is shown before.{own}"
            return [self._found("streaming", whole, began, "limited")]
        return [self._found("streaming", f"The first word came after {first:.2f} s.{own}", began)]

    async def _context(self, began: float) -> list[Check]:
        """Asked only now, because some servers tell it of a model that is loaded."""
        model, path = self.caller.endpoint.model, self.preset.context_path if self.preset else None
        page = await Server(self.caller.endpoint).page(path) if path else None
        kept = self.tokens or context_tokens(self._listed, model) or context_tokens(page, model)
        if kept is None:
            return []
        if kept >= TOKENS_OF_AN_INTERVIEW:
            return [self._found("context", f"It keeps {kept:,} tokens.", began)]
        enlarge = self.preset.enlarge if self.preset else ""
        advice = f"To keep more: {enlarge}" if enlarge else "Hold a shorter one."
        short = f"It keeps {kept:,} tokens; an interview of 45 minutes needs about {TOKENS_OF_AN_INTERVIEW:,}. {advice}"
        return [self._found("context", short, began, "limited")]

    async def _grading(self, began: float) -> list[Check]:
        """One small judgement, asked for in one way after the other until one is understood."""
        structured = Structured(self.caller, "judgement", _JUDGEMENT)
        for way in WAYS:
            structured.way = max(way, structured.way, key=WAYS.index)
            if judgement := _judgement(await structured.ask([HumanMessage(self.prompts[GRADING])])):
                state: State = "works" if structured.way == WAYS[0] else "limited"
                found = self._found("structured output", _FOUND[structured.way], began, state)
                return [found, self._graded(judgement, began)]
        weak = "It does not answer with JSON, so it can interview but not grade; set another grader_model."
        return [self._found("structured output", weak, began, "fails")]

    def _graded(self, judgement: dict[str, str], began: float) -> Check:
        quote = " ".join(judgement["quote"].split())
        if judgement["verdict"] != "yes":
            said = "It missed a plain point in a short answer; expect low scores, or set another grader_model."
            return self._found("grading", said, began, "limited")
        if len(quote) < _SHORTEST_QUOTE or quote not in " ".join(self.prompts[GRADING].replace("> ", "").split()):
            said = "It judged rightly but did not quote word for word; some criteria will not be graded."
            return self._found("grading", said, began, "limited")
        return self._found("grading", "It judged a short answer rightly and quoted it word for word.", began)

    def _found(self, name: str, sentence: str, began: float, state: State = "works") -> Check:
        return Check(name, state, sentence, self.caller.clock() - began)

    def _failed(self, name: str, error: ModelError, began: float) -> Check:
        endpoint = self.caller.endpoint
        reason = f" The key: {endpoint.key_origin}." if name == "key" and not endpoint.key else ""
        return Check(name, "fails", f"{error}{reason}", self.caller.clock() - began, error)


def _judgement(reply: str) -> dict[str, str] | None:
    """The object that a reply holds; None where it is not what was asked for."""
    try:
        judgement = json.loads(reply[reply.find("{") : reply.rfind("}") + 1])
    except ValueError:
        return None
    return judgement if all(isinstance(judgement.get(key), str) for key in ("quote", "verdict")) else None
