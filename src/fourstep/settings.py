"""What a user may set: flags over environment over a project's file over the user's file over defaults.

Plain dataclasses: pydantic and its settings package take longer to import than the whole first screen may
(`benchmarks/README.md`). Keys of providers are no settings: they live in the environment or the system's keyring
(`files.keys`), and a settings file that holds one is refused.
"""

import os
import shlex
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal, get_args
from urllib.parse import urlsplit

from fourstep.choices import Level, Persona, Preset, Theme
from fourstep.errors import UsageError

FILE_NAME = "fourstep.toml"
DEFAULT = "default"
COMMAND_LINE = "the command line"
_PREFIX = "FOURSTEP_"
_OTHERS = {"OPENAI_BASE_URL": "base_url"}
"""Variables of others that mean a setting of ours."""
_YES = ("1", "true", "yes", "on")
_NO = ("0", "false", "no", "off")
_MODELS = ("interviewer_model", "observer_model", "grader_model")
_REPLACED = {"model": _MODELS, "preset": ("base_url",), "base_url": ("preset",)}
"""What a setting of a stronger layer puts out of force in the weaker ones."""

Role = Literal["interviewer", "observer", "grader"]
Values = Mapping[str, tuple[Any, str]]
"""What one layer says: each setting with where it comes from."""


def _folder(value: object) -> Path:
    if not isinstance(value, str | Path) or not str(value):
        raise ValueError("a folder's name")
    return Path(value)


def _name(value: object) -> str:
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        raise ValueError("a name")
    return value.strip()


def _address(value: object) -> str:
    """An address that can be shown: no user name, password or query in it."""
    parts = urlsplit(value if isinstance(value, str) else "")
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc or parts.query:
        raise ValueError("an address such as http://127.0.0.1:8000/v1, without a password or a key in it")
    return parts.geturl().rstrip("/")


def _number(what: str, least: float, most: float, kind: Callable[[Any], Any] = float) -> Callable[[object], Any]:
    def number(value: object) -> Any:
        try:
            read = None if isinstance(value, bool) else kind(value)
        except (TypeError, ValueError):
            read = None
        if read is None or not least <= read <= most:
            raise ValueError(what)
        return read

    return number


def _switch(value: object) -> bool:
    text = str(value).lower()
    if text not in (*_YES, *_NO):
        raise ValueError("true or false")
    return text in _YES


def _one_of(choices: object) -> Callable[[object], Any]:
    names = get_args(choices)

    def chosen(value: object) -> Any:
        if value not in names:
            raise ValueError(f"one of {', '.join(names)}")
        return value

    return chosen


_price = _number("a price of a million tokens", 0, 10_000)


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings by their names in `FOURSTEP_*` and in the TOML file."""

    data_dir: Path | None = field(default=None, metadata={"read": _folder})
    """Where interviews are kept; by default a checkout's `transcripts/`, else the system's place for user data."""
    level: Level = field(default="senior", metadata={"read": _one_of(Level)})
    persona: Persona = field(default="neutral", metadata={"read": _one_of(Persona)})
    minutes: float | None = field(default=None, metadata={"read": _number("a number of minutes up to 240", 1, 240)})
    theme: Theme = field(default="auto", metadata={"read": _one_of(Theme)})
    """`auto` goes by the background that the terminal tells in `COLORFGBG`, and is dark where it tells none."""
    enter_sends: bool = field(default=False, metadata={"read": _switch})
    """Whether Enter sends an answer and Ctrl+J makes a new line, instead of the other way round."""
    motion: bool = field(default=True, metadata={"read": _switch})
    """Whether the interviewer's words appear one after another, or each reply at once."""
    reviewer: str | None = field(default=None, metadata={"read": _name})
    """Your name beside what you rule in reviews, where several people review the same interviews."""
    model: str | None = field(default=None, metadata={"read": _name})
    """The language model; without one, or one for the role, the offline brain interviews and grades."""
    interviewer_model: str | None = field(default=None, metadata={"read": _name})
    """The model that interviews, where it is not `model`; likewise the next two."""
    observer_model: str | None = field(default=None, metadata={"read": _name})
    grader_model: str | None = field(default=None, metadata={"read": _name})
    preset: Preset | None = field(default=None, metadata={"read": _one_of(Preset)})
    """The kind of server: gives its usual address and what it can bear."""
    base_url: str | None = field(default=None, metadata={"read": _address})
    """The address of an OpenAI-compatible server; by default the preset's, else OpenAI's own."""
    offline: bool = field(default=False, metadata={"read": _switch})
    """Whether no model is called, whatever else is set."""
    timeout: float = field(default=20.0, metadata={"read": _number("a number of seconds up to 600", 1, 600)})
    """Seconds without a byte after which a server counts as silent."""
    parallel: int | None = field(default=None, metadata={"read": _number("a whole number up to 100", 1, 100, int)})
    """Grading calls at a time; by default the preset's, else 20."""
    context_tokens: int | None = field(
        default=None, metadata={"read": _number("a whole number of tokens from 1000 on", 1000, 100_000_000, int)}
    )
    """How much of a conversation the model keeps, where its server does not tell."""
    price_in: float | None = field(default=None, metadata={"read": _price})
    """Of a million prompt tokens, in whatever currency; `price_out` of a million completion tokens."""
    price_out: float | None = field(default=None, metadata={"read": _price})
    origins: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)
    """Where each value comes from; what is not in it is a default."""

    def origin_of(self, name: str) -> str:
        """Where a value comes from: a flag, a variable, a file, or the default."""
        return self.origins.get(name, DEFAULT)

    @property
    def where(self) -> str:
        """What a command needs besides, to find the same interviews: the folder, where a flag named it."""
        named = self.data_dir is not None and self.origin_of("data_dir") == COMMAND_LINE
        return f" --data-dir {shlex.quote(str(self.data_dir))}" if named else ""

    def model_for(self, role: Role) -> str | None:
        """The model of a role; None where the offline brain does it."""
        own: str | None = getattr(self, f"{role}_model")
        return None if self.offline else own or self.model


SETTINGS = tuple(item.name for item in fields(Settings) if "read" in item.metadata)
"""Every setting's name."""


def read_settings(**flags: Any) -> Settings:
    """The settings in force; flags that are None were not given. Raises: UsageError."""
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for layer in _layers(flags):
        read = {name: checked(name, value, origin) for name, (value, origin) in layer.items()}
        for weaker in (weaker for name in read for weaker in _REPLACED.get(name, ())):
            values.pop(weaker, None)
            origins.pop(weaker, None)
        values |= read
        origins |= {name: origin for name, (_, origin) in layer.items()}
    return Settings(**values, origins=origins)


def checked(name: str, value: object, origin: str = "") -> Any:
    """A value as its setting wants it; `origin` says where it was given. Raises: UsageError."""
    place = f" ({origin})" if origin else ""
    if name.lower().endswith("key") or str(value).startswith("sk-"):
        raise UsageError(
            f"A key has no place in the settings{place}.",
            "Take it out, and keep it with: fourstep keys set (or in the variable OPENAI_API_KEY).",
        )
    readers = {item.name: item.metadata["read"] for item in fields(Settings) if item.name in SETTINGS}
    if name not in readers:
        raise UsageError(f"There is no setting '{name}'{place}.", f"There are: {', '.join(readers)}.")
    try:
        return readers[name](value)
    except ValueError as error:
        shown = "" if "@" in str(value) else f": '{value}'"  # an address may hold a password
        raise UsageError(f"The setting '{name}' is not usable{shown}{place}.", f"Expected: {error}.") from error


def user_file() -> Path:
    """The settings file that is the user's own: the named one, or that of the system's folder for settings."""
    return _files()[-1]


def _layers(flags: Mapping[str, Any]) -> Iterator[Values]:
    """What each layer of settings says, weakest first."""
    for path in reversed(_files()):
        if path.is_file():
            yield {name: (value, str(path)) for name, value in _parsed(path).items()}
    yield _from_environment(_OTHERS)
    yield _from_environment({_PREFIX + name.upper(): name for name in SETTINGS})
    yield {name: (value, COMMAND_LINE) for name, value in flags.items() if value is not None}


def _from_environment(names: Mapping[str, str]) -> Values:
    """Of variables, those that are set and not empty."""
    return {name: (said, variable) for variable, name in names.items() if (said := os.environ.get(variable))}


def _files() -> tuple[Path, ...]:
    """The settings files, strongest first."""
    named = os.environ.get(_PREFIX + "CONFIG")
    if named:
        return (Path(named),)
    import platformdirs  # 17 ms that a named file saves

    return Path(FILE_NAME), Path(platformdirs.user_config_dir("fourstep")) / FILE_NAME


def _parsed(path: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"The settings file {path} cannot be read: {error}.", "Mend or remove it.") from error
