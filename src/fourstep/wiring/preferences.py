"""Changing settings while the program runs: each change stands in the user's file, and can be taken back."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace
from typing import TYPE_CHECKING

from fourstep.files.keys import KEYRING, keep_key
from fourstep.files.settings_file import read_setting, write_setting
from fourstep.settings import DEFAULT, Settings, checked, user_file
from fourstep.wiring.endpoints import ROLES, address_of, endpoints_of, examined, key_of, key_owner
from fourstep.wiring.front import Front

if TYPE_CHECKING:
    from fourstep.llm.doctor import Check

__all__ = ["KEYRING", "ROLES", "Check", "Preferences"]


class Preferences:
    """The settings of one program as texts, as a screen shows and takes them."""

    def __init__(self, front: Front) -> None:
        self._front = front
        self._file = user_file()
        self._before: list[tuple[str, str]] = []
        """What was changed, with what it was, oldest first."""

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self._front.settings

    @property
    def interviews(self) -> str:
        """The folder of interviews."""
        return str(self._front.root)

    @property
    def can_undo(self) -> bool:
        """Whether something was changed."""
        return bool(self._before)

    def text(self, name: str) -> str:
        """A setting's value; empty where there is none."""
        return _as_text(getattr(self.settings, name))

    def fixed_by(self, name: str) -> str | None:
        """What overrules the user's file, so that a change there would do nothing; None where nothing does."""
        origin = self.settings.origin_of(name)
        return None if origin in (DEFAULT, str(self._file)) else origin

    def save(self, name: str, text: str) -> None:
        """Keep a value in the user's file, an empty one by taking it out. Raises: UsageError, StorageError."""
        before = _as_text(read_setting(self._file, name))
        self._write(name, text.strip())
        self._before.append((name, before))

    def undo(self) -> str:
        """Take the last change back, and name it. Raises: UsageError, StorageError."""
        name, text = self._before[-1]
        self._write(name, text)
        self._before.pop()
        return name

    def key(self) -> tuple[str, str]:
        """The key in force, masked, and where it comes from or why there is none; may ask the system's keyring."""
        key, origin = key_of(self.settings, self.settings.model_for("interviewer") or "")
        if key is None:
            return "", origin
        from fourstep.llm.faults import masked  # langchain-core, only where there is something to mask

        return masked(key.value), origin

    def keep_key(self, value: str) -> str:
        """Keep a key in the system's keyring, and say whose it is. Raises: ConfigurationError."""
        owner = key_owner(self.settings)
        keep_key(owner, value)
        return owner

    async def checks(self) -> "AsyncGenerator[str | Check, None]":
        """The doctor's checks of every model in use, each model's after its name."""
        for endpoint in endpoints_of(self.settings):
            yield endpoint.name
            async with aclosing(examined(self.settings, endpoint)) as checks:
                async for check in checks:
                    yield check

    @property
    def address(self) -> str:
        """The server's address that holds where none is set."""
        return address_of(replace(self.settings, base_url=None)) or "OpenAI's own"

    def _write(self, name: str, text: str) -> None:
        value = checked(name, text) if text else None
        write_setting(self._file, name, value)
        origins = {key: origin for key, origin in self.settings.origins.items() if key != name}
        if value is None:
            changed = replace(self.settings, **{name: getattr(Settings(), name)}, origins=origins)
        else:
            changed = replace(self.settings, **{name: value}, origins={**origins, name: str(self._file)})
        self._front.change(changed)


def _as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:g}" if isinstance(value, float) else str(value)
