"""What a user may set: flags over environment over a project's file over the user's file over defaults.

Plain dataclasses: pydantic and its settings package take longer to import than the whole first screen may
(`benchmarks/README.md`).
"""

import os
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, get_args

from fourstep.choices import Level, Persona, Theme
from fourstep.errors import UsageError

FILE_NAME = "fourstep.toml"
_PREFIX = "FOURSTEP_"
_YES = ("1", "true", "yes", "on")
_NO = ("0", "false", "no", "off")


def _folder(value: object) -> Path:
    if not isinstance(value, str | Path) or not str(value):
        raise ValueError("a folder's name")
    return Path(value)


def _minutes(value: object) -> float:
    number = float(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else 0.0
    if not 0 < number <= 240:
        raise ValueError("a number of minutes up to 240")
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


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings by their names in `FOURSTEP_*` and in the TOML file."""

    data_dir: Path | None = field(default=None, metadata={"read": _folder})
    """Where interviews are kept; by default a checkout's `transcripts/`, else the system's place for user data."""
    level: Level = field(default="senior", metadata={"read": _one_of(Level)})
    persona: Persona = field(default="neutral", metadata={"read": _one_of(Persona)})
    minutes: float | None = field(default=None, metadata={"read": _minutes})
    theme: Theme = field(default="auto", metadata={"read": _one_of(Theme)})
    """`auto` goes by the background that the terminal tells in `COLORFGBG`, and is dark where it tells none."""
    enter_sends: bool = field(default=False, metadata={"read": _switch})
    """Whether Enter sends an answer and Ctrl+J makes a new line, instead of the other way round."""
    motion: bool = field(default=True, metadata={"read": _switch})
    """Whether the interviewer's words appear one after another, or each reply at once."""


def read_settings(**flags: Any) -> Settings:
    """The settings in force; flags that are None were not given. Raises: UsageError."""
    values: dict[str, Any] = {}
    for origin, layer in _layers(flags):
        values |= _read(layer, origin)
    return Settings(**values)


def _layers(flags: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Where each layer of settings comes from and what it says, weakest first."""
    for path in reversed(_files()):
        if path.is_file():
            yield str(path), _parsed(path)
    names = {item.name for item in fields(Settings)}
    said = {name: os.environ[_PREFIX + name.upper()] for name in names if _PREFIX + name.upper() in os.environ}
    yield "the environment", said
    yield "the command line", {name: value for name, value in flags.items() if value is not None}


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


def _read(layer: Mapping[str, Any], origin: str) -> dict[str, Any]:
    readers = {item.name: item.metadata["read"] for item in fields(Settings)}
    values = {}
    for name, value in layer.items():
        if name not in readers:
            raise UsageError(f"There is no setting '{name}' ({origin}).", f"There are: {', '.join(readers)}.")
        try:
            values[name] = readers[name](value)
        except ValueError as error:
            expected = str(error) if "could not convert" not in str(error) else "a number"
            raise UsageError(
                f"The setting '{name}' is not usable: '{value}' ({origin}).", f"Expected: {expected}."
            ) from error
    return values
