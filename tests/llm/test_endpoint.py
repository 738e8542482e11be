"""Which model on which server does what, with which key; nothing here is sent."""

import json
import os
from typing import Any

import pytest
import respx

from fourstep.errors import ConfigurationError
from fourstep.llm import endpoint as module
from fourstep.llm.endpoint import Endpoint, chat_model
from fourstep.settings import FILE_NAME, Settings
from fourstep.wiring.endpoints import endpoint_for, endpoints_of, key_owner, parallel_of, preset_of
from tests.keyrings import Memory, using

KEY = "sk-0123456789abcdef"
LOCAL = "http://127.0.0.1:8000/v1"
REPLY = {
    "id": "c-1", "object": "chat.completion", "created": 0, "model": "m",
    "choices": [{"index": 0, "message": {"role": "assistant", "content": "Hi"}, "finish_reason": "stop"}],
}  # fmt: skip


def found(settings: Settings, **more: Any) -> Endpoint:
    """The interviewer's endpoint."""
    endpoint = endpoint_for(settings, "interviewer", **more)
    assert endpoint
    return endpoint


@pytest.mark.parametrize("settings", [Settings(), Settings(model="m", offline=True), Settings(grader_model="m")])
def test_without_a_model_the_role_is_played_offline(settings: Settings) -> None:
    assert endpoint_for(settings, "interviewer") is None


def test_offline_wins_over_a_model_that_is_named_for_once() -> None:
    assert endpoint_for(Settings(offline=True), "grader", model="m") is None


def test_a_model_that_is_named_for_once_takes_the_place_of_the_set_one() -> None:
    assert found(Settings(model="m"), model="other").model == "other"


def test_roles_share_an_endpoint_where_they_share_a_model() -> None:
    settings = Settings(model="small", grader_model="large", base_url=LOCAL)
    assert [(each.model, roles) for each, roles in endpoints_of(settings).items()] == [
        ("small", ["interviewer", "observer"]),
        ("large", ["grader"]),
    ]


def test_the_time_out_and_the_address_are_passed_on() -> None:
    endpoint = found(Settings(model="m", preset="ollama", timeout=7.0))
    assert (endpoint.base_url, endpoint.timeout) == ("http://127.0.0.1:11434/v1", 7.0)


def test_an_address_takes_the_place_of_the_presets() -> None:
    assert found(Settings(model="m", preset="ollama", base_url=LOCAL)).base_url == LOCAL


def test_a_key_of_the_environment_comes_before_that_of_the_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    memory = Memory()
    memory.kept["fourstep", "openai"] = "kept-in-keyring"
    with using(memory):
        assert (found(Settings(model="m")).key, found(Settings(model="m")).key_origin) == (
            "kept-in-keyring",
            "the system keyring",
        )
        monkeypatch.setenv("OPENAI_API_KEY", KEY)
        assert (found(Settings(model="m")).key, found(Settings(model="m")).key_origin) == (KEY, "OPENAI_API_KEY")


def test_a_keyring_that_does_not_work_is_no_key_and_says_so() -> None:
    endpoint = found(Settings(model="m", base_url=LOCAL))
    assert endpoint.key is None
    assert "keyring of this system cannot be used" in endpoint.key_origin


def test_a_key_of_the_environment_is_not_sent_to_an_address_out_of_a_projects_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    endpoint = found(Settings(model="m", base_url="http://elsewhere/v1", origins={"base_url": FILE_NAME}))
    assert endpoint.key is None
    assert "not sent" in endpoint.key_origin


@pytest.mark.parametrize(
    ("settings", "title", "parallel"),
    [
        (Settings(), "OpenAI", 20),
        (Settings(preset="ollama"), "Ollama", 1),
        (Settings(base_url=LOCAL), "vLLM", 4),
        (Settings(base_url="http://gpu:8000/v1"), None, 20),
        (Settings(preset="vllm", base_url="http://gpu:9/v1"), "vLLM", 4),
        (Settings(preset="vllm", parallel=16), "vLLM", 16),
    ],
)
def test_a_server_gets_as_many_calls_at_a_time_as_it_bears(
    settings: Settings, title: str | None, parallel: int
) -> None:
    preset = preset_of(settings)
    assert (preset.title if preset else None) == title
    assert parallel_of(settings) == parallel


@pytest.mark.parametrize(
    ("name", "owner"),
    [
        (None, "127.0.0.1:8000"),
        ("openai", "openai"),
        ("Anthropic", "anthropic"),
        ("vllm", "127.0.0.1:8000"),
        ("gpu:9", "gpu:9"),
        ("https://gpu/v1", "gpu:443"),
    ],
)
def test_the_owner_of_a_key_can_be_named_in_many_ways(name: str | None, owner: str) -> None:
    assert key_owner(Settings(model="m", base_url=LOCAL), name) == owner


# the chat model of an endpoint


def test_openai_without_a_key_is_told_before_anything_is_sent() -> None:
    with pytest.raises(ConfigurationError, match="fourstep keys set"):
        chat_model(Endpoint("m"))


@pytest.mark.parametrize(
    ("endpoint", "model", "address", "key"),
    [
        (Endpoint("gpt-x", key=KEY), "gpt-x", module.OPENAI, KEY),
        (Endpoint("openai:gpt-x", key=KEY), "gpt-x", module.OPENAI, KEY),
        (Endpoint("qwen3:8b", LOCAL), "qwen3:8b", LOCAL, module.NO_KEY),
    ],
)
async def test_a_server_that_speaks_like_openai_gets_the_model_and_the_key(
    endpoint: Endpoint, model: str, address: str, key: str
) -> None:
    with respx.mock() as router:
        route = router.post(f"{address}/chat/completions").respond(json=REPLY)
        await chat_model(endpoint).ainvoke("Hello")
    sent = route.calls.last.request
    assert sent.headers["Authorization"] == f"Bearer {key}"
    assert json.loads(sent.content)["model"] == model


def test_a_provider_whose_package_is_missing_is_told_with_the_line_that_installs_it() -> None:
    with pytest.raises(ConfigurationError, match=r"pip install 'fourstep\[providers\]' langchain-mistralai"):
        chat_model(Endpoint("mistralai:small"))


def test_a_key_is_not_in_an_endpoints_representation() -> None:
    assert KEY not in repr(Endpoint("m", key=KEY))


@pytest.mark.parametrize(("wanted", "traced"), [("", "false"), ("1", "true")])
def test_tracing_is_off_unless_it_is_asked_for(monkeypatch: pytest.MonkeyPatch, wanted: str, traced: str) -> None:
    monkeypatch.setenv("LANGSMITH_TRACING", "true")
    for name in ("LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING", "LANGCHAIN_TRACING_V2"):
        monkeypatch.setenv(name, "false")
    monkeypatch.setenv("FOURSTEP_TRACING", wanted)
    chat_model(Endpoint("m", LOCAL))
    assert os.environ["LANGSMITH_TRACING"] == traced
