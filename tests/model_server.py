"""A small OpenAI-compatible server on loopback: what it says, and what goes wrong with it, is the test's script."""

import asyncio
import json
import socket
import ssl
import struct
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any, Literal

MODEL = "stand-in"

Break = Literal["reset", "truncate", "stall"]
"""How a stream breaks: the connection is reset, or closed without an end, or nothing more comes."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the model answers to one request, and how it fails to."""

    text: str = ""
    finish: str | None = "stop"
    """None: the stream ends cleanly and does not say why."""
    refusal: str | None = None
    breaks: Break | None = None
    after: int = 1
    """Pieces that arrive before it breaks; 0: not even the headers."""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str | None = None
    """Sent as it is, instead of a completion."""


Script = Callable[[dict[str, Any]], Reply | str]
"""From the body of a request to what is answered; called in the server's thread."""


@dataclass
class ModelServer:
    """A running server with the requests that it has had."""

    url: str
    requests: list[dict[str, Any]] = field(default_factory=list)
    """Bodies of chat completions, in order."""
    left: threading.Event = field(default_factory=threading.Event)
    """Set when a connection has come to its end."""


@contextmanager
def serving(script: Script, *, certificate: Path | None = None) -> Iterator[ModelServer]:
    """Serve until the block ends, in a thread of its own; with a `certificate` (and its key, in one file), by TLS."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    listening = socket.create_server(("127.0.0.1", 0))
    scheme = "https" if certificate else "http"
    server = ModelServer(f"{scheme}://127.0.0.1:{listening.getsockname()[1]}/v1")
    stopping = asyncio.run_coroutine_threadsafe(_listen(server, script, listening, certificate), loop).result()
    try:
        yield server
    finally:
        asyncio.run_coroutine_threadsafe(stopping(), loop).result(timeout=10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def unused_url() -> str:
    """The address of a server that is not there."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return f"http://127.0.0.1:{taken.getsockname()[1]}/v1"


def self_signed(folder: Path) -> Path:
    """A certificate for 127.0.0.1 that nobody has reason to trust, with its key."""
    file = folder / "server.pem"
    request = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=127.0.0.1"
    names = ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(file), "-out", str(folder / "only.pem")]
    subprocess.run([*request.split(), *names], check=True, capture_output=True)
    file.write_text(file.read_text() + (folder / "only.pem").read_text())
    return file


async def _listen(
    server: ModelServer, script: Script, listening: socket.socket, certificate: Path | None
) -> Callable[[], Any]:
    connections: set[asyncio.Task[None]] = set()

    def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.ensure_future(_Connection(server, script, reader, writer).serve())
        connections.add(task)
        task.add_done_callback(connections.discard)

    tls = None
    if certificate:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(certificate)
    started = await asyncio.start_server(connected, sock=listening, ssl=tls)

    async def stop() -> None:
        started.close()
        for task in connections:
            task.cancel()
        await asyncio.gather(*connections, return_exceptions=True)

    return stop


class _Gone(Exception):
    """The connection is to be dropped."""


@dataclass
class _Connection:
    server: ModelServer
    script: Script
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def serve(self) -> None:
        """Answer one request after another until either side goes."""
        try:
            with suppress(_Gone, OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
                while True:
                    head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                    lengths = [
                        line.split(":")[1] for line in head.split("\r\n") if line.lower().startswith("content-length")
                    ]
                    body = await self.reader.readexactly(int(lengths[0]) if lengths else 0)
                    await self._answer(head.split(" ")[1], body)
        finally:
            self.server.left.set()
            self.writer.close()

    async def _answer(self, path: str, body: bytes) -> None:
        if path == "/v1/models":
            return await self._send(json.dumps({"object": "list", "data": [{"id": MODEL, "object": "model"}]}))
        if path != "/v1/chat/completions":
            return await self._send('{"error": {"message": "no such path"}}', status=404)
        request = json.loads(body)
        self.server.requests.append(request)
        said = self.script(request)
        reply = Reply(said) if isinstance(said, str) else said
        if reply.breaks and reply.after == 0:
            await self._break(reply.breaks)
        if reply.body is not None:
            await self._send(reply.body, status=reply.status, headers=reply.headers)
        elif request.get("stream"):
            await self._stream(request, reply)
        else:
            message = {"role": "assistant", **_content(request, reply.text), "refusal": reply.refusal}
            choice = {"index": 0, "message": message, "finish_reason": _finish(request, reply)}
            whole = json.dumps(_completion(request, [choice], usage=_usage(request, reply)))
            await self._send(whole, breaks=reply.breaks)

    async def _send(
        self, body: str, *, status: int = 200, headers: Mapping[str, str] | None = None, breaks: Break | None = None
    ) -> None:
        data = body.encode()
        self._head(status, {"Content-Type": "application/json", **(headers or {}), "Content-Length": str(len(data))})
        self.writer.write(data[: len(data) // 2] if breaks else data)
        await self.writer.drain()
        if breaks:
            await self._break(breaks)

    async def _stream(self, request: dict[str, Any], reply: Reply) -> None:
        self._head(200, {"Content-Type": "text/event-stream", "Transfer-Encoding": "chunked"})
        for count, delta in enumerate(_deltas(request, reply), start=1):
            choice = {"index": 0, "delta": delta, "finish_reason": None}
            await self._event(json.dumps(_completion(request, [choice])))
            if reply.breaks and count == reply.after:
                await self._break(reply.breaks)
        end = {"index": 0, "delta": {}, "finish_reason": _finish(request, reply)}
        await self._event(json.dumps(_completion(request, [end])))
        if (request.get("stream_options") or {}).get("include_usage"):
            await self._event(json.dumps(_completion(request, [], usage=_usage(request, reply))))
        await self._event("[DONE]")
        self.writer.write(b"0\r\n\r\n")

    def _head(self, status: int, headers: Mapping[str, str]) -> None:
        lines = [
            f"HTTP/1.1 {status} {HTTPStatus(status).phrase}",
            *(f"{name}: {value}" for name, value in headers.items()),
        ]
        self.writer.write("\r\n".join([*lines, "", ""]).encode())

    async def _event(self, data: str) -> None:
        event = f"data: {data}\n\n".encode()
        self.writer.write(b"%x\r\n%s\r\n" % (len(event), event))
        await self.writer.drain()

    async def _break(self, how: Break) -> None:
        if how == "stall":
            await self.reader.read()  # until the client goes
        if how == "reset":
            linger = struct.pack("ii", 1, 0)  # closing without lingering is a reset
            self.writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        raise _Gone


def _deltas(request: dict[str, Any], reply: Reply) -> Iterator[dict[str, Any]]:
    """The reply in pieces of a word each; a call of a tool in one."""
    yield {"role": "assistant", "content": ""}
    if reply.refusal:
        yield {"refusal": reply.refusal}
    if request.get("tools"):
        yield _content(request, reply.text)
        return
    for number, word in enumerate(reply.text.split(" ")):
        yield {"content": f" {word}" if number else word}


def _content(request: dict[str, Any], text: str) -> dict[str, Any]:
    if not request.get("tools"):
        return {"content": text}
    name = request["tools"][0]["function"]["name"]
    call = {"index": 0, "id": "call-1", "type": "function", "function": {"name": name, "arguments": text}}
    return {"content": None, "tool_calls": [call]}


def _finish(request: dict[str, Any], reply: Reply) -> str | None:
    return "tool_calls" if request.get("tools") and reply.finish == "stop" else reply.finish


def _completion(request: dict[str, Any], choices: list[Any], *, usage: dict[str, Any] | None = None) -> dict[str, Any]:
    kind = "chat.completion.chunk" if request.get("stream") else "chat.completion"
    return {"id": "c-1", "object": kind, "created": 0, "model": request["model"], "choices": choices, "usage": usage}


def _usage(request: dict[str, Any], reply: Reply) -> dict[str, Any]:
    """Words for tokens: a test can count them."""
    read = sum(len(str(message["content"]).split()) for message in request["messages"])
    said = len(reply.text.split())
    return {
        "prompt_tokens": read,
        "completion_tokens": said,
        "total_tokens": read + said,
        "prompt_tokens_details": {"cached_tokens": 0},
    }
