"""Keys of providers: out of the environment, or out of the system's keyring, and never in a file of ours."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import ModuleType
from urllib.parse import urlsplit

from fourstep.errors import ConfigurationError

SERVICE = "fourstep"
OPENAI = "openai"
KEYRING = "the system keyring"
_OPENAI_HOST = "api.openai.com"


@dataclass(frozen=True, slots=True)
class Key:
    """A key with the place it came from."""

    value: str = field(repr=False)
    origin: str


def owner_of(model: str, base_url: str | None) -> str:
    """Whose key a model needs: its server's, as host and port; else that of `provider:model`; else OpenAI's."""
    if base_url:
        parts = urlsplit(base_url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        return OPENAI if parts.hostname == _OPENAI_HOST else f"{parts.hostname}:{port}"
    provider, colon, _ = model.partition(":")
    return provider if colon else OPENAI


def key_in_environment(owner: str) -> Key | None:
    """The key that a variable holds; servers of one's own are spoken to like OpenAI, and so are their keys called."""
    ours = owner == OPENAI or ":" in owner
    names = ("FOURSTEP_API_KEY", "OPENAI_API_KEY") if ours else (f"{owner.upper()}_API_KEY",)
    return next((Key(said, name) for name in names if (said := os.environ.get(name, "").strip())), None)


def key_in_keyring(owner: str) -> Key | None:
    """The key that the system's keyring holds. Raises: ConfigurationError where there is no usable keyring."""
    with _keyring() as keyring:
        said = keyring.get_password(SERVICE, owner)
    return Key(said, KEYRING) if said else None


def keep_key(owner: str, value: str) -> None:
    """Keep a key in the system's keyring. Raises: ConfigurationError."""
    value = value.strip()
    if not value or not value.isascii() or not value.isprintable() or " " in value:
        raise ConfigurationError("That is no key: it is empty or has odd signs in it.", "Paste it once more.")
    with _keyring() as keyring:
        keyring.set_password(SERVICE, owner, value)
        kept = keyring.get_password(SERVICE, owner) == value  # a backend that does nothing reports success
    if not kept:
        raise _unusable("it did not keep the key")


def forget_key(owner: str) -> bool:
    """Take a key out of the system's keyring; False where there was none. Raises: ConfigurationError."""
    if key_in_keyring(owner) is None:
        return False
    with _keyring() as keyring:
        keyring.delete_password(SERVICE, owner)
    return True


@contextmanager
def _keyring() -> Iterator[ModuleType]:
    """The keyring package, imported when a key is first asked for; a failure of its backend is a sentence."""
    try:
        import keyring

        yield keyring
    except Exception as error:  # a backend is anybody's plug-in, and its own words might hold the key
        raise _unusable(type(error).__name__) from error


def _unusable(why: str) -> ConfigurationError:
    return ConfigurationError(
        f"The keyring of this system cannot be used ({why}).", "Put the key into the variable OPENAI_API_KEY instead."
    )
