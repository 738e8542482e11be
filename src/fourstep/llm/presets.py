"""Kinds of servers: their usual address, whether they want a key, what they bear, and how much they keep of a talk.

Written from their documentation and tried on stand-ins that answer as documented; none of the local servers was tried
itself. Sources: Ollama `docs/openai.md`, `docs/faq.md` and `docs/api.md`; vLLM `serving/openai_compatible_server`;
llama.cpp `tools/server/README.md`; LM Studio `docs/api/rest-api`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from fourstep.choices import Preset as Name

TOKENS_OF_AN_INTERVIEW = 16_000
"""What 45 minutes need: 6,000 words are 8,000 tokens of four letters; prompt, problem and reply are as much again."""
PARALLEL = 20
"""Calls at a time to a server of which nothing else is known."""
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_CONTEXT_FIELDS = ("context_length", "loaded_context_length", "max_model_len", "n_ctx")
"""What Ollama, LM Studio, vLLM and llama.cpp call the tokens that a loaded model keeps."""


@dataclass(frozen=True, slots=True)
class Preset:
    """One kind of server."""

    title: str
    base_url: str | None
    """Its usual address; None for OpenAI's own."""
    needs_key: bool
    parallel: int
    """Calls at a time that it bears as it comes."""
    start: str = ""
    """How it is started."""
    get_model: str = ""
    """How it gets the model `$model`."""
    context_path: str | None = None
    """Where it tells, from its root, how many tokens a loaded model keeps; None where the list of models does."""
    enlarge: str = ""
    """How to make it keep more."""


PRESETS: dict[Name, Preset] = {
    "openai": Preset("OpenAI", None, needs_key=True, parallel=PARALLEL),
    "ollama": Preset(
        "Ollama", "http://127.0.0.1:11434/v1", needs_key=False, parallel=1,
        start="ollama serve", get_model="ollama pull $model", context_path="/api/ps",
        enlarge=f"OLLAMA_CONTEXT_LENGTH={2 * TOKENS_OF_AN_INTERVIEW} ollama serve",
    ),
    "vllm": Preset(
        "vLLM", "http://127.0.0.1:8000/v1", needs_key=False, parallel=4,
        start="vllm serve MODEL", get_model="vllm serve $model",
        enlarge=f"vllm serve MODEL --max-model-len {2 * TOKENS_OF_AN_INTERVIEW}",
    ),
    "llama.cpp": Preset(
        "llama.cpp", "http://127.0.0.1:8080/v1", needs_key=False, parallel=1,
        start="llama-server -m FILE", get_model="llama-server -m FILE", context_path="/props",
        enlarge=f"llama-server -m FILE --ctx-size {2 * TOKENS_OF_AN_INTERVIEW}",
    ),
    "lm-studio": Preset(
        "LM Studio", "http://127.0.0.1:1234/v1", needs_key=False, parallel=1,
        start="lms server start", get_model="lms get $model", context_path="/api/v0/models",
        enlarge=f"lms load MODEL --context-length {2 * TOKENS_OF_AN_INTERVIEW}",
    ),
}  # fmt: skip


def preset_at(base_url: str | None) -> Preset | None:
    """The kind of server that usually has this address on this machine; OpenAI where there is none."""
    if base_url is None:
        return PRESETS["openai"]
    here = urlsplit(base_url)
    if here.hostname not in _LOOPBACK:
        return None
    return next((known for known in PRESETS.values() if urlsplit(known.base_url or "").port == here.port), None)


def context_tokens(answer: Any, model: str) -> int | None:
    """How many tokens a model keeps, by what its server told at `context_path` or in its list of models."""
    for entry in _entries(answer, model):
        for name in _CONTEXT_FIELDS:
            if isinstance(tokens := entry.get(name), int) and tokens > 0:
                return tokens
    return None


def _entries(answer: Any, model: str) -> Iterator[dict[str, Any]]:
    """What an answer says of the model; llama.cpp has only one, and says it of all."""
    if not isinstance(answer, dict):
        return
    for entry in (*(answer.get("models") or ()), *(answer.get("data") or ())):
        if isinstance(entry, dict) and model in (entry.get("id"), entry.get("name"), entry.get("model")):
            yield entry
    if isinstance(settings := answer.get("default_generation_settings"), dict):
        yield settings
