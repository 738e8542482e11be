"""What goes wrong between us and a model, in our own words: what happened, what to do, and never a key."""

import re
from typing import Any

from fourstep.errors import ConfigurationError, ModelError, RefusedError, ReplyError, UnreachableError
from fourstep.llm.endpoint import Endpoint

_KEY = re.compile(r"\b(?:sk|key|pk|gsk|xai)-[A-Za-z0-9_\-]{6,}")
_WAIT = re.compile(r"try again in (\d+(?:\.\d+)?)\s*s", re.IGNORECASE)


def translated(error: Exception, endpoint: Endpoint) -> ModelError:
    """An error of a client library as one of ours. The original stays its cause, for a developer's eyes only."""
    if isinstance(error, ModelError):
        return error
    status = getattr(error, "status_code", None)
    if isinstance(status, int):
        return _of_status(status, error, endpoint)
    names = {kind.__name__ for kind in type(error).__mro__}
    text = _text(error)
    if "APITimeoutError" in names or isinstance(error, TimeoutError):
        return UnreachableError(
            f"{endpoint.server} said nothing for {endpoint.timeout:g} s.", "The model may be loading; try again."
        )
    if "certificate" in text.lower():
        return UnreachableError(
            f"The certificate of {endpoint.server} is not trusted.", "Behind a company proxy, set SSL_CERT_FILE."
        )
    if "APIConnectionError" in names or isinstance(error, OSError):
        return UnreachableError(f"Nothing answers at {endpoint.server}, or the connection broke.", _start(endpoint))
    if "APIError" in names:
        return UnreachableError(f"{endpoint.server} broke off with an error of its own.", "Try again.")
    return ReplyError(
        f"{endpoint.server} answered something that is not a chat completion.",
        "Check the address: most servers want /v1 at its end.",
    )


def seconds_to_wait(error: BaseException) -> float | None:
    """What a server asks to wait, by its Retry-After header or in its words; None where it says nothing."""
    response: Any = getattr(error, "response", None)
    headers = getattr(response, "headers", None) or {}
    for name, unit in (("retry-after-ms", 1000.0), ("retry-after", 1.0)):
        try:
            return max(0.0, float(headers[name]) / unit)
        except (KeyError, ValueError, TypeError):
            continue
    said = _WAIT.search(str(error))
    return float(said[1]) if said else None


def may_pass(error: BaseException) -> bool:
    """Whether the same call may go through later: the server was busy, broken or out of reach."""
    status = getattr(error, "status_code", None)
    if status == 429:
        return "insufficient_quota" not in str(getattr(error, "body", "")) and "quota" not in str(error).lower()
    if isinstance(status, int):
        return status in (408, 409) or status >= 500
    names = {kind.__name__ for kind in type(error).__mro__}
    return bool(names & {"APIConnectionError", "APIError"}) or isinstance(error, OSError)


def refuses(error: BaseException, *words: str) -> bool:
    """Whether a server rejects a request because of a parameter that is named by one of these words."""
    return getattr(error, "status_code", None) in (400, 404, 422) and any(word in str(error).lower() for word in words)


def _of_status(status: int, error: Exception, endpoint: Endpoint) -> ModelError:
    text = _text(error)
    if status in (401, 403):
        key = f"the key ({masked(endpoint.key)}, from {endpoint.key_origin})"
        what = key if endpoint.key else "to answer without a key"
        return ConfigurationError(f"{endpoint.server} refused {what}.", "Change it with: fourstep keys set")
    if status == 404:
        return ConfigurationError(
            f"{endpoint.server} does not know '{endpoint.model}', or that address is not its API ({status}).",
            "See what it has with: fourstep doctor. Most servers want /v1 at the end of the address.",
        )
    if status in (400, 413) and ("context" in text.lower() or "too long" in text.lower() or "maximum" in text.lower()):
        return ConfigurationError(
            f"The interview is too long for {endpoint.model}: {text}", "Use a model with a larger context."
        )
    if status == 429 and not may_pass(error):
        return RefusedError("The key works, but its account has no credit.", "Add credit, or use another model.")
    if status == 429:
        return RefusedError(f"{endpoint.server} has had too many requests.", "Wait a little and try again.")
    if status == 503:
        return UnreachableError(f"{endpoint.server} is loading the model or too busy (503).", "Try again in a minute.")
    if status >= 500:
        return UnreachableError(f"{endpoint.server} had an error of its own ({status}).", "Try again.")
    return RefusedError(f"{endpoint.server} refused the request ({status}): {text}", "Try another model.")


def masked(key: str | None) -> str:
    """A key that can be told from others and not be used: `sk-…4f2a`."""
    return f"{key[:3]}…{key[-4:]}" if key and len(key) >= 12 else "…"


def _text(error: Exception) -> str:
    """What the server said, one short line, without anything that looks like a key."""
    return _KEY.sub("[key]", " ".join(str(getattr(error, "message", None) or error).split()))[:200]


def _start(endpoint: Endpoint) -> str:
    if ":11434" in endpoint.server:
        return "Is Ollama started? Start it with: ollama serve"
    local = endpoint.server.split(":")[0] in ("localhost", "127.0.0.1", "[::1]")
    return "Start the server, then try again." if local else "Check the address and your connection."
