"""What goes wrong with models and their servers: one table, that every role is held against."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from string import Template

import httpx2
import respx

from fourstep.errors import ConfigurationError, ModelError, RefusedError, ReplyError, UnreachableError
from fourstep.files.places import content_folder
from fourstep.llm.caller import TRIES, Caller
from fourstep.llm.endpoint import Endpoint
from tests.model_server import MODEL, Reply, Script, self_signed, serving, unused_url

KEY = "sk-test-8f3a91c0d2e4b567"
SILENCE = 0.3
"""Seconds after which a server that stalls counts as silent; all others get as long as a slow machine needs."""
TEXT = "Who are the users?"
PROMPTS = {file.stem: Template(file.read_text(encoding="utf-8")) for file in content_folder("prompts").glob("*.md")}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that goes wrong, and what it has to look like."""

    name: str
    reply: Reply | None
    """None: nobody listens."""
    error: type[ModelError]
    says: str
    """A part of the message."""
    tries: int = 1
    arrives: str = ""
    """What of the reply comes before it breaks."""
    tls: bool = False

    @property
    def timeout(self) -> float:
        """Seconds of silence that are waited for."""
        return SILENCE if self.reply and self.reply.breaks == "stall" else 20.0

    @property
    def is_answer(self) -> bool:
        """Whether the server answers with a status and a body, so that no socket is needed."""
        return self.reply is not None and self.reply.body is not None


def _said(status: int, message: str, code: str | None = None, **headers: str) -> Reply:
    """An error as OpenAI's API words it; it repeats the key, as real ones do."""
    error = {"message": f"{message} (key {KEY})", "type": "invalid_request_error", "param": None, "code": code}
    return Reply(status=status, headers=headers, body=json.dumps({"error": error}))


def _raw(status: int, body: str, kind: str) -> Reply:
    return Reply(status=status, headers={"Content-Type": kind}, body=body)


_PAGE = "<html><head><title>Welcome</title></head><body>nginx</body></html>"

FAULTS = (
    Fault(
        "401", _said(401, "Incorrect API key provided"), ConfigurationError, "refused the key (sk-…b567, from a test)"
    ),
    Fault("403", _said(403, "Country not supported"), ConfigurationError, "refused the key"),
    Fault("400 key", _said(400, "API key not valid"), ConfigurationError, "refused the key"),
    Fault("404 model", _said(404, "The model does not exist"), ConfigurationError, f"does not know '{MODEL}'"),
    Fault("404 page", _raw(404, _PAGE, "text/html"), ConfigurationError, "that address is not its API"),
    Fault(
        "400 context", _said(400, "maximum context length is 8192 tokens"), ConfigurationError, "interview is too long"
    ),
    Fault("400", _said(400, "Unknown parameter: 'foo'."), RefusedError, "refused the request (400): Unknown parameter"),
    Fault("400 dump", _raw(400, "{\"message\": \"[{'type': 'extra'}]\"}", "application/json"), RefusedError, "(400)."),
    Fault("400 page", _raw(400, _PAGE, "text/html"), RefusedError, "refused the request (400)."),
    Fault("429", _said(429, "Rate limit reached"), RefusedError, "too many requests", tries=TRIES),
    Fault("429 wait", _said(429, "Slow down", **{"Retry-After": "7"}), RefusedError, "too many requests", tries=TRIES),
    Fault("429 hours", _said(429, "Slow down", **{"Retry-After": "7200"}), RefusedError, "too many requests"),
    Fault("429 credit", _said(429, "You exceeded your quota", "insufficient_quota"), RefusedError, "has no credit"),
    Fault("408", _said(408, "Timed out"), UnreachableError, "an error of its own (408)", tries=TRIES),
    Fault("500", _said(500, "Internal error"), UnreachableError, "an error of its own (500)", tries=TRIES),
    Fault("502 page", _raw(502, _PAGE, "text/html"), UnreachableError, "an error of its own (502)", tries=TRIES),
    Fault("503", _said(503, "Loading model"), UnreachableError, "loading the model or too busy", tries=TRIES),
    Fault("200 page", _raw(200, _PAGE, "text/html"), ReplyError, "not a chat completion"),
    Fault("malformed", _raw(200, "data: {not json\n\n", "text/event-stream"), ReplyError, "not a chat completion"),
    Fault(
        "error in stream",
        _raw(200, f'data: {{"error": {{"message": "CUDA {KEY}"}}}}\n\n', "text/event-stream"),
        UnreachableError,
        "broke off with an error of its own",
        tries=TRIES,
    ),
    Fault("nobody listens", None, UnreachableError, "Nothing answers at 127.0.0.1", tries=TRIES),
    Fault("bad certificate", Reply(TEXT), UnreachableError, "is not trusted", tls=True),
    Fault("reset", Reply(breaks="reset", after=0), UnreachableError, "broke", tries=TRIES),
    Fault("reset in stream", Reply(TEXT, breaks="reset", after=3), UnreachableError, "broke", arrives="Who are"),
    Fault("truncated", Reply(TEXT, breaks="truncate", after=3), UnreachableError, "broke", arrives="Who are"),
    Fault("slow first byte", Reply(breaks="stall", after=0), UnreachableError, "said nothing for 0.3 s", tries=TRIES),
    Fault("stalled", Reply(TEXT, breaks="stall", after=3), UnreachableError, "said nothing", arrives="Who are"),
    Fault("no finish_reason", Reply(TEXT, finish=None), ReplyError, "broke off", arrives=TEXT),
    Fault("length", Reply(TEXT, finish="length"), ReplyError, "ran out of tokens", arrives=TEXT),
    Fault("content filter", Reply(TEXT, finish="content_filter"), ReplyError, "refused to answer", arrives=TEXT),
    Fault("empty", Reply(""), ReplyError, "empty reply", tries=TRIES),
    Fault("refusal", Reply(refusal="I cannot help with that."), ReplyError, "refused", tries=TRIES),
)
"""By name; the hints are checked by form."""


@dataclass
class Wire:
    """Where the fault is met, and how often it was."""

    url: str
    requests: list[object]


@contextmanager
def broken(fault: Fault, folder: Path) -> Iterator[Wire]:
    """A server with that fault: by respx for statuses and bodies, on loopback where the connection is the subject."""
    if fault.is_answer and fault.reply:
        url = "https://models.example/v1"
        with respx.mock() as router:
            answer = httpx2.Response(fault.reply.status, headers=dict(fault.reply.headers), text=fault.reply.body)
            route = router.post(f"{url}/chat/completions").mock(return_value=answer)
            wire = Wire(url, [])
            yield wire
            wire.requests.extend(route.calls)
    else:
        requests: list[object] = []
        with failing(fault, folder, lambda request: requests.append(request) or fault.reply or "") as url:
            yield Wire(url, requests)


@contextmanager
def failing(fault: Fault, folder: Path, script: Script) -> Iterator[str]:
    """The address of a server that follows the script, where the fault lets anybody through to it."""
    if fault.reply is None:
        yield unused_url()
    else:
        with serving(script, certificate=self_signed(folder) if fault.tls else None) as server:
            yield server.url


class Waits(list[float]):
    """The waits between tries, which pass at once."""

    async def sleep(self, seconds: float) -> None:
        """Take note, and go on."""
        self.append(seconds)


def caller(url: str, *, timeout: float = 20.0) -> tuple[Caller, Waits, list[str]]:
    """A caller that does not wait, its waits, and what it tells."""
    waits, told = Waits(), list[str]()
    endpoint = Endpoint(MODEL, url, KEY, "a test", timeout=timeout)
    return Caller(endpoint, sleep=waits.sleep, told=told.append, jitter=lambda: 0.5), waits, told


async def heard(words: AsyncIterator[str]) -> str:
    """All pieces of a reply, in the test's own loop."""
    return "".join([piece async for piece in words])


async def settled() -> None:
    """Let everything that runs beside the test come to its end."""
    await asyncio.gather(*(asyncio.all_tasks() - {asyncio.current_task()}))
