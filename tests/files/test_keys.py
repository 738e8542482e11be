"""Keys: whose is which, where they are looked for, and what a keyring may do wrong."""

from collections.abc import Iterator

import keyring
import pytest
from keyring.errors import KeyringLocked

from fourstep.errors import ConfigurationError
from fourstep.files.keys import KEYRING, Key, forget_key, keep_key, key_in_environment, key_in_keyring, owner_of
from tests.keyrings import Memory, using

SECRET = "sk-0123456789abcdef"


class Forgetful(Memory):
    """Reports success and keeps nothing."""

    def set_password(self, service: str, username: str, password: str) -> None:
        pass


class Broken(Memory):
    """Fails in a way of its own, with the key in its words."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self._error = error

    def get_password(self, service: str, username: str) -> str | None:
        raise self._error

    set_password = get_password  # type: ignore[assignment]


@pytest.fixture(autouse=True)
def memory() -> Iterator[Memory]:
    with using(Memory()) as backend:
        yield backend


@pytest.mark.parametrize(
    ("model", "base_url", "owner"),
    [
        ("gpt-x", None, "openai"),
        ("openai:gpt-x", None, "openai"),
        ("anthropic:claude-x", None, "anthropic"),
        ("gpt-x", "https://api.openai.com/v1", "openai"),
        ("qwen3:8b", "http://127.0.0.1:11434/v1", "127.0.0.1:11434"),
        ("m", "http://gpu/v1", "gpu:80"),
        ("m", "https://gpu/v1", "gpu:443"),
    ],
)
def test_a_key_belongs_to_a_server_or_a_provider(model: str, base_url: str | None, owner: str) -> None:
    assert owner_of(model, base_url) == owner


@pytest.mark.parametrize(
    ("owner", "variables", "found"),
    [
        ("openai", {"OPENAI_API_KEY": "a"}, Key("a", "OPENAI_API_KEY")),
        ("openai", {"OPENAI_API_KEY": "a", "FOURSTEP_API_KEY": "b"}, Key("b", "FOURSTEP_API_KEY")),
        ("gpu:8000", {"OPENAI_API_KEY": " a\n"}, Key("a", "OPENAI_API_KEY")),
        ("anthropic", {"OPENAI_API_KEY": "a", "FOURSTEP_API_KEY": "b"}, None),
        ("anthropic", {"ANTHROPIC_API_KEY": "c"}, Key("c", "ANTHROPIC_API_KEY")),
        ("openai", {"OPENAI_API_KEY": " "}, None),
    ],
)
def test_the_environment_holds_keys_by_their_owner(
    monkeypatch: pytest.MonkeyPatch, owner: str, variables: dict[str, str], found: Key | None
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert key_in_environment(owner) == found


def test_what_is_kept_is_found_under_its_owner_alone(memory: Memory) -> None:
    keep_key("openai", f"{SECRET}\n")
    assert key_in_keyring("openai") == Key(SECRET, KEYRING)
    assert key_in_keyring("anthropic") is None
    assert memory.kept == {("fourstep", "openai"): SECRET}


def test_a_key_can_be_taken_out_once() -> None:
    keep_key("openai", SECRET)
    assert forget_key("openai")
    assert not forget_key("openai")


@pytest.mark.parametrize("value", ["", "  ", "two words", "kéy", "a\nb", "a\x1b"])
def test_what_cannot_be_a_key_is_not_kept(memory: Memory, value: str) -> None:
    with pytest.raises(ConfigurationError, match="no key"):
        keep_key("openai", value)
    assert not memory.kept


def test_a_keyring_that_keeps_nothing_is_found_out() -> None:
    keyring.set_keyring(Forgetful())
    with pytest.raises(ConfigurationError, match="did not keep"):
        keep_key("openai", SECRET)


@pytest.mark.parametrize("error", [KeyringLocked(SECRET), OSError(SECRET), RuntimeError(SECRET), KeyError(SECRET)])
def test_any_failure_of_a_keyring_is_a_sentence_without_the_key(error: Exception) -> None:
    keyring.set_keyring(Broken(error))
    for use in (lambda: key_in_keyring("openai"), lambda: keep_key("openai", SECRET), lambda: forget_key("openai")):
        with pytest.raises(ConfigurationError, match="OPENAI_API_KEY") as caught:
            use()
        assert SECRET not in str(caught.value)


def test_a_key_is_not_in_its_representation() -> None:
    assert SECRET not in repr(Key(SECRET, KEYRING))
