"""A call streams, is counted, lets the temperature go, and stops when it is told to."""

import asyncio
from contextlib import suppress

import pytest
from langchain_core.messages import HumanMessage, SystemMessage

from fourstep.llm.caller import Caller
from tests.llm.faulty import caller
from tests.model_server import Reply, serving

MESSAGES = [SystemMessage("You interview."), HumanMessage("Begin.")]
TOOL = {"type": "function", "function": {"name": "judge", "parameters": {"type": "object", "properties": {}}}}


def test_words_come_as_they_are_sent() -> None:
    async def pieces(calling: Caller) -> list[str]:
        return [piece async for piece in calling.stream(MESSAGES)]

    with serving(lambda _: "Who are the users?") as server:
        assert asyncio.run(pieces(caller(server.url)[0])) == ["Who", " are", " the", " users?"]


def test_half_a_sign_in_a_reply_is_a_sign_that_can_be_kept() -> None:
    with serving(lambda _: "Who \ud83d?") as server:
        assert asyncio.run(caller(server.url)[0].reply(MESSAGES)) == "Who �?"


def test_the_request_asks_for_temperature_0_a_stream_and_its_usage() -> None:
    with serving(lambda _: "Yes?") as server:
        asyncio.run(caller(server.url)[0].reply(MESSAGES))
    (request,) = server.requests
    assert (request["temperature"], request["stream"]) == (0.0, True)
    assert request["stream_options"] == {"include_usage": True}


def test_usage_is_counted_over_calls() -> None:
    seconds = iter([0.0, 1.5, 10.0, 12.0])
    with serving(lambda _: "Who are the users?") as server:
        calling, _, _ = caller(server.url)
        calling.clock = lambda: next(seconds)
        for _ in range(2):
            asyncio.run(calling.reply(MESSAGES))
    usage = calling.usage
    assert (usage.calls, usage.prompt_tokens, usage.completion_tokens, usage.tokens) == (2, 6, 8, 14)
    assert usage.seconds == 3.5


def test_calls_from_another_event_loop_go_through() -> None:
    with serving(lambda _: "Yes?") as server:
        calling, waits, _ = caller(server.url)
        assert [asyncio.run(calling.reply(MESSAGES)) for _ in range(2)] == ["Yes?", "Yes?"]
    assert waits == []


def test_the_arguments_of_a_tool_are_a_reply() -> None:
    with serving(lambda _: '{"level": "solid"}') as server:
        assert asyncio.run(caller(server.url)[0].reply(MESSAGES, tools=[TOOL])) == '{"level": "solid"}'


def test_a_temperature_that_is_refused_is_left_to_the_model_for_good() -> None:
    def choosy(request: dict[str, object]) -> Reply:
        if "temperature" not in request:
            return Reply("Yes?")
        return Reply(status=400, body='{"error": {"message": "Unsupported value: \'temperature\' must be 1."}}')

    with serving(choosy) as server:
        calling, waits, told = caller(server.url)
        assert [asyncio.run(calling.reply(MESSAGES)) for _ in range(2)] == ["Yes?", "Yes?"]
    assert ["temperature" in request for request in server.requests] == [True, False, False]
    assert (waits, told) == ([0.0], [])


@pytest.mark.parametrize(("after", "arrived"), [(0, []), (3, ["Who", " are"])], ids=["before a word", "in mid-stream"])
async def test_a_cancelled_call_stops_at_once_hangs_up_and_keeps_what_arrived(after: int, arrived: list[str]) -> None:
    pieces: list[str] = []

    async def read(calling: Caller) -> None:
        async for piece in calling.stream(MESSAGES):
            pieces.append(piece)

    with serving(lambda _: Reply("Who are the users?", breaks="stall", after=after)) as server:
        task = asyncio.create_task(read(caller(server.url)[0]))
        async with asyncio.timeout(20):
            while pieces != arrived or not server.requests:
                await asyncio.sleep(0)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await asyncio.wait_for(task, 1)
        assert await asyncio.to_thread(server.left.wait, 5)
    assert pieces == arrived


async def test_a_call_that_nobody_reads_to_its_end_hangs_up() -> None:
    with serving(lambda _: Reply("Who are the users?", breaks="stall", after=3)) as server:
        words = caller(server.url)[0].stream(MESSAGES)
        assert await anext(words) == "Who"
        await words.aclose()
        assert await asyncio.to_thread(server.left.wait, 5)
