"""Whatever goes wrong with a model, a person reads what happened and what to do."""

import asyncio
import re
import tempfile
from dataclasses import dataclass
from email.utils import format_datetime
from functools import cache
from pathlib import Path

import pytest
from langchain_core.messages import HumanMessage

from fourstep.errors import ConfigurationError, ModelError, RefusedError, ReplyError, UnreachableError
from fourstep.llm.caller import TRIES, Caller
from fourstep.llm.endpoint import Endpoint
from tests.interviews import START
from tests.llm.faulty import FAULTS, KEY, Fault, broken, caller
from tests.model_server import Reply, serving

CODES = {ConfigurationError: 3, UnreachableError: 4, RefusedError: 5, ReplyError: 1}
NOT_FOR_PEOPLE = re.compile(r"[{}<>\[\]]|\b\w+(?:Error|Exception)\b|Error code|openai|langchain|httpx|Traceback", re.I)
SCHEMA = {"type": "json_schema", "json_schema": {"name": "answer", "strict": True, "schema": {"type": "object"}}}

each_fault = pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)


@dataclass(frozen=True)
class Outcome:
    """How one call ended."""

    error: ModelError
    arrived: str
    requests: int
    waits: list[float]
    told: list[str]


@cache
def outcome(name: str) -> Outcome:
    """Meet the fault once; the tests look at it from several sides."""
    (fault,) = (fault for fault in FAULTS if fault.name == name)
    with tempfile.TemporaryDirectory() as folder, broken(fault, Path(folder)) as wire:
        calling, waits, told = caller(wire.url, timeout=fault.timeout)
        arrived, error = asyncio.run(_called(calling))
    return Outcome(error, arrived, len(wire.requests), waits, told)


async def _called(calling: Caller) -> tuple[str, ModelError]:
    pieces: list[str] = []
    try:
        async for piece in calling.stream([HumanMessage("Begin.")]):
            pieces.append(piece)
    except ModelError as error:
        return "".join(pieces), error
    raise AssertionError("nothing went wrong")


@each_fault
def test_the_error_is_of_our_tree_and_has_its_exit_code(fault: Fault) -> None:
    error = outcome(fault.name).error
    assert isinstance(error, fault.error)
    assert error.exit_code == CODES[fault.error]
    assert fault.says in error.message


@each_fault
def test_message_and_hint_are_for_people(fault: Fault) -> None:
    met = outcome(fault.name)
    assert re.fullmatch(r"\S.*\.", met.error.message)
    assert re.fullmatch(r"[A-Z].*", met.error.hint)
    for text in (met.error.message, met.error.hint, *met.told):
        assert KEY not in text
        assert not NOT_FOR_PEOPLE.search(text.replace("[key]", "")), text


@each_fault
def test_what_may_pass_is_tried_again_and_told_and_nothing_else_is(fault: Fault) -> None:
    met = outcome(fault.name)
    assert len(met.waits) == len(met.told) == fault.tries - 1
    if fault.reply and not fault.tls:
        assert met.requests == fault.tries


@each_fault
def test_what_arrived_before_is_kept(fault: Fault) -> None:
    assert outcome(fault.name).arrived == fault.arrives


def test_waits_grow() -> None:
    assert outcome("500").waits == [1.0, 2.0]
    assert outcome("500").told[0].endswith("Trying again in 1 s (1 of 2).")


def test_the_server_says_how_long_to_wait() -> None:
    assert outcome("429 wait").waits == [7.0, 7.0]
    assert outcome("429 wait").error.hint == "Try again in 7 s."


@pytest.mark.parametrize(
    ("jitter", "wait"), [(0.0, 0.5), (1.0, 1.5)], ids=["at least half as long", "at most half as long again"]
)
def test_waits_are_jittered(jitter: float, wait: float) -> None:
    with serving(lambda _: Reply(status=500, body="{}")) as server:
        calling, waits, _ = caller(server.url)
        calling.jitter = lambda: jitter
        asyncio.run(_called(calling))
    assert waits[0] == wait


@pytest.mark.parametrize(
    ("headers", "body", "wait"),
    [
        ({"Retry-After-Ms": "250"}, "{}", 0.25),
        ({"Retry-After": format_datetime(START.replace(second=9)), "Date": format_datetime(START)}, "{}", 9.0),
        ({}, '{"error": {"message": "Please try again in 3.5s."}}', 3.5),
        ({"Retry-After": "soon"}, "{}", 1.0),
    ],
    ids=["milliseconds", "a date", "in words", "nonsense"],
)
def test_a_wait_may_be_said_in_several_ways(headers: dict[str, str], body: str, wait: float) -> None:
    with serving(lambda _: Reply(status=429, headers=headers, body=body)) as server:
        calling, waits, _ = caller(server.url)
        asyncio.run(_called(calling))
    assert waits[0] == wait


def test_a_call_that_goes_through_at_last_is_whole() -> None:
    replies = [Reply(status=503, body="{}"), Reply(breaks="reset", after=0), Reply("Who are the users?")]
    with serving(lambda _: replies.pop(0)) as server:
        calling, waits, _ = caller(server.url)
        said = asyncio.run(calling.reply([HumanMessage("Begin.")]))
    assert (said, len(waits)) == ("Who are the users?", TRIES - 1)


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (Reply('{"a": ', finish="length"), "ran out of tokens"),
        (Reply('{"a": ', finish="content_filter"), "refused to answer"),
        (Reply(refusal="No."), "refused to answer"),
        (Reply('{"a": 1}', finish=None), "broke off"),
        (Reply('{"a": 1}', breaks="truncate", after=2), "broke"),
    ],
    ids=["length", "content filter", "refusal", "no finish_reason", "truncated"],
)
def test_a_reply_by_a_schema_fails_in_the_same_words(reply: Reply, says: str) -> None:
    with serving(lambda _: reply) as server:
        calling, _, _ = caller(server.url)
        with pytest.raises(ModelError, match=says):
            asyncio.run(calling.reply([HumanMessage("Begin.")], response_format=SCHEMA))


def test_a_schema_that_is_refused_is_no_advice_to_programmers() -> None:
    body = '{"error": {"message": "\'response_format\' of type \'json_schema\' is not supported with this model"}}'
    with serving(lambda _: Reply(status=400, body=body)) as server:
        calling, _, _ = caller(server.url)
        with pytest.raises(RefusedError, match="not supported with this model"):
            asyncio.run(calling.reply([HumanMessage("Begin.")], response_format=SCHEMA))


@pytest.mark.parametrize("key", ["sk-two\nlines-1234", "sk-“quoted”-1234", "sk two words 1234"])
def test_a_key_that_no_header_can_carry_is_not_sent_and_not_shown(key: str) -> None:
    with serving(lambda _: "Yes?") as server:
        calling = Caller(Endpoint("m", server.url, key, "a test"))
        with pytest.raises(ConfigurationError, match="holds characters that no key has") as raised:
            asyncio.run(calling.reply([HumanMessage("Begin.")]))
    assert key not in str(raised.value)
    assert server.requests == []


def test_a_password_in_an_address_is_not_shown() -> None:
    assert Endpoint("m", "https://me:secret@models.example/v1").server == "models.example"
