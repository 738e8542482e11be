"""Which model on which server does what, out of settings and keys; nothing is sent from here."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import TYPE_CHECKING

from fourstep.errors import ConfigurationError
from fourstep.files.keys import Key, key_in_environment, key_in_keyring, owner_of
from fourstep.files.places import content_folder
from fourstep.llm.presets import PARALLEL, PRESETS, Preset, preset_at
from fourstep.settings import FILE_NAME, Role, Settings

if TYPE_CHECKING:
    from fourstep.llm.doctor import Check
    from fourstep.llm.endpoint import Endpoint

ROLES: tuple[Role, ...] = ("interviewer", "observer", "grader")


def endpoint_for(settings: Settings, role: Role, *, model: str | None = None) -> "Endpoint | None":
    """Where a role's model is, or another `model` in its place; None where the offline brain does it."""
    name = None if settings.offline else model or settings.model_for(role)
    if name is None:
        return None
    from fourstep.llm.endpoint import Endpoint  # langchain-core, which the first screen does not wait for

    address = address_of(settings)
    key, origin = key_of(settings, name)
    return Endpoint(
        model=name, base_url=address, key=key.value if key else None, key_origin=origin, timeout=settings.timeout
    )


def endpoints_of(settings: Settings) -> "dict[Endpoint, list[Role]]":
    """Every endpoint in use, with what it does."""
    found: dict[Endpoint, list[Role]] = {}
    for role in ROLES:
        if endpoint := endpoint_for(settings, role):
            found.setdefault(endpoint, []).append(role)
    return found


def address_of(settings: Settings) -> str | None:
    """The server's address as set, else the preset's usual one; None for OpenAI's own."""
    return settings.base_url or (PRESETS[settings.preset].base_url if settings.preset else None)


def preset_of(settings: Settings) -> Preset | None:
    """The kind of server, as set, else by its address; None where that says nothing."""
    return PRESETS[settings.preset] if settings.preset else preset_at(settings.base_url)


def parallel_of(settings: Settings) -> int:
    """How many calls may be under way at a time."""
    preset = preset_of(settings)
    return settings.parallel or (preset.parallel if preset else PARALLEL)


def key_of(settings: Settings, model: str) -> tuple[Key | None, str]:
    """The key for a model, and where it comes from or why there is none.

    A variable's key is not sent to an address that a project's file names: such a file may be anybody's.
    """
    owner = owner_of(model, address_of(settings))
    if key := key_in_environment(owner):
        if settings.origin_of("base_url") != FILE_NAME:
            return key, key.origin
        return None, f"{key.origin} is not sent to an address out of {FILE_NAME}; name it with --base-url"
    try:
        key = key_in_keyring(owner)
    except ConfigurationError as error:
        return None, error.message.rstrip(".")
    return key, key.origin if key else "neither in the environment nor in the keyring"


async def examined(settings: Settings, endpoint: "Endpoint") -> "AsyncGenerator[Check, None]":
    """What works with an endpoint, check by check."""
    from fourstep.llm.caller import Caller
    from fourstep.llm.doctor import GRADING, STREAMING, Doctor

    folder = content_folder("prompts")
    prompts = {name: (folder / f"{name}.md").read_text(encoding="utf-8") for name in (STREAMING, GRADING)}
    doctor = Doctor(Caller(endpoint), prompts, preset_of(settings), settings.context_tokens)
    async with aclosing(doctor.checks()) as checks:
        async for check in checks:
            yield check


def key_owner(settings: Settings, name: str | None = None) -> str:
    """Whose key is meant by a preset's, a provider's or a server's name; of the model in force where none is given."""
    if name is None:
        return owner_of(settings.model_for("interviewer") or "", address_of(settings))
    preset = next((preset for known, preset in PRESETS.items() if known == name.lower()), None)
    if preset:
        return owner_of("", preset.base_url)
    return owner_of("", name) if "://" in name else name.lower()
