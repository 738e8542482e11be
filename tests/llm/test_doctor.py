"""What the doctor finds out, and where it stops."""

import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx2
import pytest
import respx
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGenerationChunk, ChatResult

from fourstep.llm.caller import Caller
from fourstep.llm.doctor import GRADING, STREAMING, Check, Doctor
from fourstep.llm.endpoint import Endpoint
from fourstep.llm.presets import PRESETS, Preset
from tests.model_server import MODEL, Reply, serving, unused_url

URL = "http://models.example/v1"
KEY = "sk-0123456789abcdef"
PROMPTS = {STREAMING: "Count to four.", GRADING: "> I would train on four weeks and test on the fifth.\nJSON, please."}
GOOD = json.dumps({"quote": "train on four weeks and test on the fifth", "verdict": "yes"})
WORDS = ["one ", "two ", "three ", "four"]

Answers = Callable[[str, dict[str, Any]], list[str]]


class Refusal(Exception):
    """A server's 400."""

    status_code = 400


class Told(BaseChatModel):
    """Answers as it is told, in pieces; `answers` gets the prompt and the options of a call."""

    answers: Answers

    @property
    def _llm_type(self) -> str:
        return "told"

    def _generate(self, *_: Any, **__: Any) -> ChatResult:
        raise NotImplementedError

    async def _astream(
        self, messages: list[BaseMessage], stop: Any = None, run_manager: Any = None, **options: Any
    ) -> AsyncIterator[ChatGenerationChunk]:
        for piece in self.answers(str(messages[0].content), options):
            yield ChatGenerationChunk(message=AIMessageChunk(piece))
        yield ChatGenerationChunk(message=AIMessageChunk("", response_metadata={"finish_reason": "stop"}))


def answering(
    judgement: str = GOOD, words: list[str] = WORDS, takes: tuple[str, ...] = ("response_format",)
) -> Answers:
    """A model that says these things, and whose server knows only these ways of asking for JSON."""

    def answers(prompt: str, options: dict[str, Any]) -> list[str]:
        for way in ("response_format", "tools"):
            if way in options and way not in takes:
                raise Refusal(f"{way} is not supported")
        return [judgement] if prompt == PROMPTS[GRADING] else words

    return answers


async def found(
    answers: Answers | None = None,
    *,
    endpoint: Endpoint | None = None,
    preset: Preset | None = None,
    tokens: int | None = None,
) -> list[Check]:
    """All checks of a model that is told its answers, or of a real one."""
    endpoint = endpoint or Endpoint(MODEL, URL, KEY, "a test", timeout=0.5)

    async def at_once(_: float) -> None: ...

    caller = Caller(endpoint, Told(answers=answers) if answers else None, sleep=at_once)
    return [check async for check in Doctor(caller, PROMPTS, preset, tokens).checks()]


def states(checks: list[Check]) -> dict[str, str]:
    return {check.name: check.state for check in checks}


@pytest.fixture
def listing() -> Any:
    """A server that lists the model and another, and tells nothing else."""
    with respx.mock(assert_all_called=False) as router:
        router.get(f"{URL}/models").respond(json={"data": [{"id": MODEL}, {"id": "other"}]})
        router.get().respond(404)
        yield router


async def test_a_real_server_is_gone_through_from_end_to_end() -> None:
    with serving(lambda request: GOOD if "JSON" in str(request["messages"]) else "one two three") as server:
        checks = await found(endpoint=Endpoint(MODEL, server.url))
    assert [(check.name, check.state) for check in checks] == [
        ("server", "works"), ("key", "works"), ("model", "works"), ("streaming", "works"),
        ("structured output", "works"), ("grading", "works"),
    ]  # fmt: skip
    assert all(check.seconds >= 0 for check in checks)


async def test_nothing_that_is_told_holds_the_key(listing: Any) -> None:
    checks = await found(answering())
    assert "sk-…cdef from a test" in next(check.sentence for check in checks if check.name == "key")
    assert KEY not in str(checks)


async def test_a_missing_key_is_told_before_anything_is_sent() -> None:
    with respx.mock() as router:
        (check,) = await found(endpoint=Endpoint(MODEL, key_origin="looked everywhere"))
    assert (check.name, check.state) == ("key", "fails")
    assert "fourstep keys set" in check.sentence
    assert "looked everywhere" in check.sentence
    assert not router.calls


async def test_nobody_listening_ends_it() -> None:
    (check,) = await found(answering(), endpoint=Endpoint(MODEL, unused_url()))
    assert (check.name, check.state) == ("server", "fails")
    assert check.error
    assert check.error.exit_code == 4


@pytest.mark.parametrize(
    ("answer", "expected", "says"),
    [
        (
            httpx2.Response(401, json={"error": {"message": "no"}}),
            {"server": "works", "key": "fails"},
            "refused the key",
        ),
        (httpx2.Response(200, html="<html></html>"), {"server": "fails"}, "a page, not with data"),
        (httpx2.Response(503), {"server": "fails"}, "loading the model"),
    ],
    ids=["refused key", "page", "loading"],
)
async def test_a_server_that_cannot_be_used_ends_it(
    answer: httpx2.Response, expected: dict[str, str], says: str
) -> None:
    with respx.mock() as router:
        router.get(f"{URL}/models").mock(return_value=answer)
        checks = await found(answering())
    assert states(checks) == expected
    assert says in checks[-1].sentence


async def test_an_address_without_v1_is_told_with_the_right_one() -> None:
    with respx.mock() as router:
        router.get("http://models.example/models").respond(404)
        router.get(f"{URL}/models").respond(json={"data": []})
        (check,) = await found(answering(), endpoint=Endpoint(MODEL, "http://models.example"))
    assert check.state == "fails"
    assert URL in check.sentence


async def test_a_server_without_a_list_is_tried_all_the_same() -> None:
    with respx.mock() as router:
        router.get().respond(404)
        checks = await found(answering())
    assert states(checks)["model"] == "limited"
    assert states(checks)["grading"] == "works"


@pytest.mark.parametrize(
    ("listed", "state", "says"),
    [
        ([MODEL], "works", "stand-in is there."),
        ([f"{MODEL}:latest", "b"], "works", "others are b."),
        (["a", "b"], "limited", "a, b. To get it: ollama pull stand-in"),
        ([f"m{number}" for number in range(40)], "limited", "m5 and 34 more."),
    ],
)
async def test_the_models_of_a_server_are_named(listed: list[str], state: str, says: str) -> None:
    with respx.mock(assert_all_called=False) as router:
        router.get(f"{URL}/models").respond(json={"data": [{"id": name} for name in listed]})
        router.get().respond(404)
        checks = await found(answering(), preset=PRESETS["ollama"])
    model = next(check for check in checks if check.name == "model")
    assert model.state == state
    assert says in model.sentence


async def test_a_provider_of_langchains_is_not_asked_for_a_list() -> None:
    with respx.mock() as router:
        checks = await found(answering(), endpoint=Endpoint("somebody:model"))
    assert list(states(checks)) == ["streaming", "structured output", "grading"]
    assert not router.calls


async def test_a_reply_in_one_piece_is_told(listing: Any) -> None:
    checks = await found(answering(words=["one two three"]))
    assert states(checks)["streaming"] == "limited"


async def test_a_model_that_chooses_its_own_temperature_is_told() -> None:
    def script(request: dict[str, Any]) -> Reply:
        refused = json.dumps({"error": {"message": "temperature is not supported"}})
        return Reply(status=400, body=refused) if "temperature" in request else Reply("one two three")

    with serving(script) as server:
        checks = await found(endpoint=Endpoint(MODEL, server.url))
    assert "its own temperature" in next(check.sentence for check in checks if check.name == "streaming")


async def test_a_model_that_says_nothing_ends_it(listing: Any) -> None:
    checks = await found(answering(words=[]))
    assert list(states(checks)) == ["server", "key", "model", "streaming"]
    assert states(checks)["streaming"] == "fails"


@pytest.mark.parametrize(
    ("kept", "state", "says"), [(4096, "limited", "OLLAMA_CONTEXT_LENGTH=32000"), (32768, "works", "32,768 tokens")]
)
async def test_a_context_that_is_too_small_is_told_with_what_enlarges_it(kept: int, state: str, says: str) -> None:
    with respx.mock() as router:
        router.get(f"{URL}/models").respond(json={"data": [{"id": MODEL}]})
        router.get("http://models.example/api/ps").respond(json={"models": [{"model": MODEL, "context_length": kept}]})
        checks = await found(answering(), preset=PRESETS["ollama"])
    context = next(check for check in checks if check.name == "context")
    assert context.state == state
    assert says in context.sentence
    assert states(checks)["grading"] == "works"


async def test_what_the_user_says_of_the_context_counts_more(listing: Any) -> None:
    assert states(await found(answering(), tokens=2000))["context"] == "limited"


@pytest.mark.parametrize(
    ("takes", "state", "says"),
    [
        (("response_format",), "works", "keeps to a JSON schema"),
        (("tools",), "limited", "as a tool call"),
        ((), "limited", "when it is asked to"),
    ],
)
async def test_the_way_to_structured_output_is_named(
    listing: Any, takes: tuple[str, ...], state: str, says: str
) -> None:
    structured = next(check for check in await found(answering(takes=takes)) if check.name == "structured output")
    assert structured.state == state
    assert says in structured.sentence


async def test_a_model_that_keeps_to_no_json_can_only_interview(listing: Any) -> None:
    checks = await found(answering("I think yes."))
    assert checks[-1].name == "structured output"
    assert checks[-1].state == "fails"
    assert "can interview but not grade" in checks[-1].sentence
    assert checks[-1].error is None


@pytest.mark.parametrize(
    ("judgement", "state", "says"),
    [
        ({"quote": "train on  four weeks and test", "verdict": "yes"}, "works", "rightly"),
        ({"quote": "train on four weeks and test", "verdict": "no"}, "limited", "missed a plain point"),
        ({"quote": "they split by time, well done", "verdict": "yes"}, "limited", "did not quote"),
        ({"quote": "train", "verdict": "yes"}, "limited", "did not quote"),
    ],
)
async def test_a_small_grading_is_judged(listing: Any, judgement: dict[str, str], state: str, says: str) -> None:
    grading = (await found(answering(f"```json\n{json.dumps(judgement)}\n```")))[-1]
    assert (grading.name, grading.state) == ("grading", state)
    assert says in grading.sentence
