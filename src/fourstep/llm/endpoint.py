"""Which model is spoken to, where, and with which key; and the chat model that stands for it."""

import os
import warnings
from dataclasses import dataclass, field
from functools import cache
from ssl import SSLContext
from typing import Any
from urllib.parse import urlsplit

from langchain_core.language_models import BaseChatModel

from fourstep.errors import ConfigurationError

OPENAI = "https://api.openai.com/v1"
_TRACING = ("LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING", "LANGCHAIN_TRACING_V2")
NO_KEY = "none"
"""What is sent where a server asks for no key: the client insists on one."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One model on one server."""

    model: str
    """Its name there, or `provider:model` for a provider of langchain's."""
    base_url: str | None = None
    """The address of an OpenAI-compatible server; OpenAI's own where there is none."""
    key: str | None = field(default=None, repr=False)
    """Never shown: not in a representation, a message, or a record."""
    key_origin: str = "nothing set"
    timeout: float = 20.0
    """Seconds without a byte after which the server counts as silent."""
    temperature: float | None = 0.0
    """None where the model refuses to have it set."""

    @property
    def server(self) -> str:
        """The server as people call it: host and port, without a password that an address may hold."""
        return urlsplit(self.base_url or OPENAI).netloc.rpartition("@")[2] or str(self.base_url)

    @property
    def name(self) -> str:
        """The model with its server, where it is not OpenAI's own."""
        return f"{self.model} @ {self.server}" if self.base_url else self.model

    @property
    def provider(self) -> str | None:
        """The provider in `provider:model`; a tag such as `qwen3:8b` on a server of one's own is none."""
        before, colon, _ = self.model.partition(":")
        return before if colon and not self.base_url else None


def chat_model(endpoint: Endpoint) -> BaseChatModel:
    """The chat model for an endpoint; nothing is sent yet. Raises: ConfigurationError."""
    without_tracing()
    _check_key(endpoint)
    if endpoint.provider and endpoint.provider != "openai":
        return _of_provider(endpoint)
    if not endpoint.key and not endpoint.base_url:
        raise ConfigurationError(
            "There is no key for OpenAI.",
            "Add one with: fourstep keys set (or set OPENAI_API_KEY). For a server of your own: --base-url URL.",
        )
    from langchain_openai import ChatOpenAI

    warnings.filterwarnings("ignore", module="langchain_openai")  # advice to programmers, on a candidate's screen

    async def key() -> str:  # not a plain string or function: the client would build a second, blocking half for it
        return endpoint.key or NO_KEY

    return ChatOpenAI(
        model=endpoint.model.removeprefix("openai:") if not endpoint.base_url else endpoint.model,
        base_url=endpoint.base_url or OPENAI,
        api_key=key,
        timeout=endpoint.timeout,
        http_async_client=_connections(),
        openai_proxy=None,  # these connections know the proxies that all programs share
        stream_chunk_timeout=None,  # the bytes are waited for, and no longer: a server may think before it speaks
        max_retries=0,  # retries are ours: they are told to the person who waits
        stream_usage=True,
        **_parameters(endpoint),
    )


def _connections() -> Any:
    """An HTTP client that keeps no connection: it would belong to the event loop that opened it, and calls come from
    several.
    """
    from httpx2 import Limits
    from openai import DefaultAsyncHttpxClient

    return DefaultAsyncHttpxClient(verify=_trusted(), limits=Limits(max_keepalive_connections=0))


@cache
def _trusted() -> SSLContext:
    """The certificates that are trusted; reading them takes 25 ms."""
    from httpx2 import create_ssl_context

    return create_ssl_context()


def _check_key(endpoint: Endpoint) -> None:
    """What no header can carry would fail in the client, with the key in its complaint."""
    if not all("!" <= character <= "~" for character in endpoint.key or ""):
        raise ConfigurationError(
            f"The key (from {endpoint.key_origin}) holds characters that no key has.",
            "Copy it again, then: fourstep keys set",
        )


def without_tracing() -> None:
    """Interviews are not uploaded because a variable of another project is set."""
    if os.environ.get("FOURSTEP_TRACING") != "1":
        for name in _TRACING:
            os.environ[name] = "false"


def _of_provider(endpoint: Endpoint) -> BaseChatModel:
    try:
        from langchain.chat_models import init_chat_model

        key = {"api_key": endpoint.key} if endpoint.key else {}  # without one it looks into its own variable
        model: BaseChatModel = init_chat_model(endpoint.model, timeout=endpoint.timeout, **key, **_parameters(endpoint))
    except ImportError as error:
        package = f"langchain-{(endpoint.provider or '').replace('_', '-')}"
        raise ConfigurationError(
            f"The package for '{endpoint.provider}' models is not installed.",
            f"Install it: pip install 'fourstep[providers]' {package}",
        ) from error
    except Exception as error:  # a provider's own complaint about its key or its name
        raise ConfigurationError(
            f"{endpoint.model} cannot be set up.", "Check the model's name and its key."
        ) from error
    return model


def _parameters(endpoint: Endpoint) -> dict[str, Any]:
    return {} if endpoint.temperature is None else {"temperature": endpoint.temperature}
