"""Kinds of servers, by what their documentation shows them to answer."""

from typing import Any, get_args

import pytest

from fourstep.choices import Preset as Name
from fourstep.llm.presets import PRESETS, context_tokens, preset_at

OLLAMA = {"models": [{"name": "qwen3:8b", "model": "qwen3:8b", "size": 1, "context_length": 4096}]}
VLLM = {"object": "list", "data": [{"id": "qwen", "object": "model", "max_model_len": 32768}]}
LLAMA = {"default_generation_settings": {"id": 0, "n_ctx": 8192}, "total_slots": 1}
STUDIO = {
    "data": [
        {"id": "a", "state": "not-loaded", "max_context_length": 131072},
        {"id": "b", "state": "loaded", "max_context_length": 131072, "loaded_context_length": 4096},
    ]
}


def test_every_preset_that_can_be_set_is_there() -> None:
    assert set(PRESETS) == set(get_args(Name))


@pytest.mark.parametrize("preset", [preset for name, preset in PRESETS.items() if name != "openai"])
def test_a_server_of_ones_own_needs_no_key_and_gets_few_calls_at_a_time(preset: Any) -> None:
    assert not preset.needs_key
    assert 1 <= preset.parallel <= 4
    assert preset.base_url.endswith("/v1")
    assert preset.start
    assert preset.enlarge


@pytest.mark.parametrize(
    ("answer", "model", "tokens"),
    [
        (OLLAMA, "qwen3:8b", 4096),
        (OLLAMA, "other", None),
        (VLLM, "qwen", 32768),
        (LLAMA, "whatever", 8192),
        (STUDIO, "b", 4096),
        (STUDIO, "a", None),
        (None, "a", None),
        ("a page", "a", None),
        ({"data": [1, {"id": "a", "max_model_len": "many"}]}, "a", None),
        ({"models": None, "default_generation_settings": []}, "a", None),
    ],
)
def test_how_much_a_model_keeps_is_read_from_what_its_server_tells(answer: Any, model: str, tokens: int | None) -> None:
    assert context_tokens(answer, model) == tokens


@pytest.mark.parametrize(
    ("address", "title"),
    [
        (None, "OpenAI"),
        ("http://localhost:11434/v1", "Ollama"),
        ("http://127.0.0.1:1234/v1", "LM Studio"),
        ("http://[::1]:8080/v1", "llama.cpp"),
        ("http://gpu:11434/v1", None),
        ("http://127.0.0.1:5/v1", None),
    ],
)
def test_a_server_on_this_machine_is_known_by_its_usual_port(address: str | None, title: str | None) -> None:
    preset = preset_at(address)
    assert (preset.title if preset else None) == title
