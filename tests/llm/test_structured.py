"""The strictest way of asking for JSON that a server knows is found once."""

from collections.abc import Callable
from typing import Any

import pytest

from fourstep.errors import RefusedError
from fourstep.llm.caller import Caller
from fourstep.llm.endpoint import Endpoint
from fourstep.llm.structured import Structured
from tests.model_server import ModelServer, Reply, serving

SCHEMA = {"type": "object", "properties": {}, "required": [], "additionalProperties": False}


def rejecting(*fields: str) -> Callable[[dict[str, Any]], Reply | str]:
    """A server that knows none of these fields of a request."""

    def script(request: dict[str, Any]) -> Reply | str:
        for name in fields:
            if name in request:
                return Reply(status=400, body=f'{{"error": {{"message": "Unknown parameter: {name}"}}}}')
        return '{"fine": true}'

    return script


def structured(server: ModelServer) -> Structured:
    return Structured(Caller(Endpoint("stand-in", base_url=server.url)), "fine", SCHEMA)


def ways(server: ModelServer) -> list[str]:
    return ["schema" if "response_format" in r else "tool" if "tools" in r else "prompt" for r in server.requests]


@pytest.mark.parametrize(
    ("unknown", "tried"),
    [
        ((), ["schema"]),
        (("response_format",), ["schema", "tool"]),
        (("response_format", "tools"), ["schema", "tool", "prompt"]),
    ],
)
async def test_a_server_is_asked_in_the_strictest_way_that_it_knows(unknown: tuple[str, ...], tried: list[str]) -> None:
    with serving(rejecting(*unknown)) as server:
        asking = structured(server)
        assert await asking.ask([("user", "Fine?")]) == '{"fine": true}'
        assert ways(server) == tried
        await asking.ask([("user", "Still?")])
        assert ways(server) == [*tried, tried[-1]]


async def test_the_schema_is_sent_as_strict() -> None:
    with serving(rejecting()) as server:
        await structured(server).ask([("user", "Fine?")])
    form = server.requests[0]["response_format"]
    assert form == {"type": "json_schema", "json_schema": {"name": "fine", "strict": True, "schema": SCHEMA}}


async def test_another_complaint_is_not_about_the_way() -> None:
    refusal = Reply(status=400, body='{"error": {"message": "No messages about parcels, please."}}')
    with serving(lambda _: refusal) as server, pytest.raises(RefusedError):
        await structured(server).ask([("user", "Parcels?")])
    assert ways(server) == ["schema"]


async def test_a_reply_that_breaks_off_is_asked_for_once_more() -> None:
    replies = iter([Reply('{"fine": true}', finish=None), Reply('{"fine": true}')])
    with serving(lambda _: next(replies)) as server:
        assert await structured(server).ask([("user", "Fine?")]) == '{"fine": true}'


async def test_a_whole_reply_is_not_streamed_once_the_model_is_there() -> None:
    with serving(rejecting()) as server:
        asking = structured(server)
        await asking.ask([("user", "Fine?")])
        assert await asking.ask([("user", "Fine?")], whole=True) == '{"fine": true}'
    assert [bool(request.get("stream")) for request in server.requests] == [True, False]
