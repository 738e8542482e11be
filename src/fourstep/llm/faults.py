"""What goes wrong between us and a model, in our own words: what happened, what to do, and never a key."""

import re
import ssl
from collections.abc import Iterator, Mapping
from contextlib import suppress
from email.utils import parsedate_to_datetime
from typing import Any

from fourstep.errors import ConfigurationError, ModelError, RefusedError, ReplyError, UnreachableError
from fourstep.llm.endpoint import Endpoint

_KEY = re.compile(r"\b(?:sk|key|pk|gsk|xai)-[A-Za-z0-9_\-]{6,}")
_WAIT = re.compile(r"try again in (\d+(?:\.\d+)?)\s*s", re.IGNORECASE)
_LONGEST_QUOTE = 200
"""Characters of a server's own words in a message."""


def translated(error: Exception, endpoint: Endpoint) -> ModelError:
    """An error of a client library as one of ours. The original stays its cause, for a developer's eyes only."""
    if isinstance(error, ModelError):
        return error
    status = getattr(error, "status_code", None)
    if isinstance(status, int):
        return _of_status(status, error, endpoint)
    names = _names(error)
    if "LengthFinishReasonError" in names:
        return out_of_tokens(endpoint)
    if "ContentFilterFinishReasonError" in names:
        return refused(endpoint)
    if "APITimeoutError" in names or isinstance(error, TimeoutError):
        return UnreachableError(
            f"{endpoint.server} said nothing for {endpoint.timeout:g} s.", "The model may be loading; try again."
        )
    if "APIConnectionError" in names or isinstance(error, OSError):
        return _of_connection(error, endpoint)
    if "APIError" in names:
        return UnreachableError(f"{endpoint.server} broke off with an error of its own.", "Try again.")
    return ReplyError(
        f"{endpoint.server} answered something that is not a chat completion.",
        "Check the address: most servers want /v1 at its end.",
    )


def out_of_tokens(endpoint: Endpoint) -> ReplyError:
    """The reply reached the most tokens that it may have."""
    return ReplyError(f"{endpoint.model} ran out of tokens in the middle of its reply.", "Try again.")


def refused(endpoint: Endpoint) -> ReplyError:
    """The model or its server would not say it."""
    return ReplyError(f"{endpoint.model} refused to answer.", "Say it in other words, or use another model.")


def seconds_to_wait(error: BaseException) -> float | None:
    """What a server asks to wait, by its Retry-After header or in its words; None where it says nothing."""
    headers: Mapping[str, str] = getattr(getattr(error, "response", None), "headers", None) or {}
    for name, unit in (("retry-after-ms", 1000.0), ("retry-after", 1.0)):
        with suppress(KeyError, ValueError):
            return max(0.0, float(headers[name]) / unit)
    with suppress(KeyError, ValueError):  # a date, which only the server's own clock can tell the distance of
        until, now = (parsedate_to_datetime(headers[name]) for name in ("retry-after", "date"))
        return max(0.0, (until - now).total_seconds())
    said = _WAIT.search(str(error))
    return float(said[1]) if said else None


def may_pass(error: BaseException) -> bool:
    """Whether the same call may go through later: the server was busy, broken or out of reach."""
    status = getattr(error, "status_code", None)
    if status == 429:
        return "insufficient_quota" not in str(getattr(error, "body", "")) and "quota" not in str(error).lower()
    if isinstance(status, int):
        return status in (408, 409) or status >= 500
    if _tls_fault(error):
        return False
    return bool(_names(error) & {"APIConnectionError", "APIError"}) or isinstance(error, OSError)


def refuses(error: BaseException, *words: str) -> bool:
    """Whether a server rejects a request because of a parameter that is named by one of these words."""
    return getattr(error, "status_code", None) in (400, 404, 422) and any(word in str(error).lower() for word in words)


def masked(key: str | None) -> str:
    """A key that can be told from others and not be used: `sk-…4f2a`."""
    return f"{key[:3]}…{key[-4:]}" if key and len(key) >= 12 else "…"


def _of_status(status: int, error: Exception, endpoint: Endpoint) -> ModelError:
    said = _said(error, endpoint)
    if status in (401, 403) or (status == 400 and "api key" in said.lower()):
        key = f"the key ({masked(endpoint.key)}, from {endpoint.key_origin})"
        what = key if endpoint.key else "to answer without a key"
        return ConfigurationError(f"{endpoint.server} refused {what}.", "Change it with: fourstep keys set")
    if status == 404:
        return ConfigurationError(
            f"{endpoint.server} does not know '{endpoint.model}', or that address is not its API ({status}).",
            "See what it has with: fourstep doctor. Most servers want /v1 at the end of the address.",
        )
    if status in (400, 413) and any(word in said.lower() for word in ("context", "too long", "maximum")):
        return ConfigurationError(
            f"The interview is too long for {endpoint.model}.", "Use a model with a larger context."
        )
    if status == 429:
        return _of_too_many(error, endpoint)
    if status == 503:
        return UnreachableError(f"{endpoint.server} is loading the model or too busy (503).", "Try again in a minute.")
    if status >= 500 or status in (408, 409):
        return UnreachableError(f"{endpoint.server} had an error of its own ({status}).", "Try again.")
    why = f": {said}" if said else "."
    return RefusedError(f"{endpoint.server} refused the request ({status}){why}", "Try another model.")


def _of_too_many(error: Exception, endpoint: Endpoint) -> ModelError:
    if not may_pass(error):
        return RefusedError("The key works, but its account has no credit.", "Add credit, or use another model.")
    wait = seconds_to_wait(error)
    when = f"Try again in {wait:.0f} s." if wait else "Wait a little and try again."
    return RefusedError(f"{endpoint.server} has had too many requests.", when)


def _of_connection(error: Exception, endpoint: Endpoint) -> ModelError:
    fault = _tls_fault(error)
    if isinstance(fault, ssl.SSLCertVerificationError):
        return UnreachableError(
            f"The certificate of {endpoint.server} is not trusted.", "Behind a company proxy, set SSL_CERT_FILE."
        )
    if fault:
        return UnreachableError(
            f"{endpoint.server} does not speak TLS as it should.", "Check whether its address begins with http://."
        )
    if any(_names(cause) & {"ConnectError", "UnsupportedProtocol"} for cause in _causes(error)):
        return UnreachableError(f"Nothing answers at {endpoint.server}.", _start(endpoint))
    return UnreachableError(f"The connection to {endpoint.server} broke.", "Try again.")


def _names(error: BaseException) -> set[str]:
    """Of its classes: client libraries are known by them, and not imported."""
    return {kind.__name__ for kind in type(error).__mro__}


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error, what caused it, and so on."""
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__ or cause.__context__


def _tls_fault(error: BaseException) -> ssl.SSLError | None:
    """What is wrong with the encrypted connection, if that is it: waiting for more bytes is not."""
    waiting = (ssl.SSLWantReadError, ssl.SSLWantWriteError)
    faults = (cause for cause in _causes(error) if isinstance(cause, ssl.SSLError) and not isinstance(cause, waiting))
    return next(faults, None)


def _said(error: Exception, endpoint: Endpoint) -> str:
    """The server's own words as a short sentence; nothing where they are a page or a dump, and never a key."""
    body: Any = getattr(error, "body", None)
    words = body.get("message") or body.get("detail") if isinstance(body, dict) else None
    if not isinstance(words, str) or any(mark in words for mark in "<{["):
        return ""
    if endpoint.key:
        words = words.replace(endpoint.key, "[key]")
    return _KEY.sub("[key]", " ".join(words.split()))[:_LONGEST_QUOTE].rstrip(". ") + "."


def _start(endpoint: Endpoint) -> str:
    if ":11434" in endpoint.server:
        return "Is Ollama started? Start it with: ollama serve"
    local = endpoint.server.split(":")[0] in ("localhost", "127.0.0.1", "[::1]")
    return "Start the server, then try again." if local else "Check the address and your connection."
