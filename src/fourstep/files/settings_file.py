"""Changing one setting in a TOML file of the user's, and nothing else in it.

Settings are plain values at the top of the file, one a line, so that a line is all there is to change; what comes out
is parsed and compared before it is written. A library that keeps comments would be one more dependency for this.
"""

import json
import re
import tomllib
from pathlib import Path

from fourstep.errors import StorageError, UsageError
from fourstep.files.disk import make_private, write_private
from fourstep.settings import checked


def read_setting(path: Path, name: str) -> object | None:
    """What a settings file says of one setting; None where it says nothing. Raises: UsageError."""
    return _parsed(_text(path), path).get(name)


def write_setting(path: Path, name: str, value: str | float | bool | None) -> None:
    """Set one setting, or take it out where the value is None. Raises: UsageError, StorageError."""
    if value is not None:
        checked(name, value)
    path = path.resolve()  # a link to a file kept elsewhere stays a link
    before = _text(path)
    after = _changed(before, name, value)
    wanted = {key: said for key, said in _parsed(before, path).items() if key != name}
    if _parsed(after, path) != (wanted if value is None else {**wanted, name: value}):
        raise UsageError(f"'{name}' in {path} is not on a line of its own.", "Change it there by hand.")
    try:
        if not path.parent.is_dir():
            make_private(path.parent)
        write_private(path, after.encode())
    except OSError as error:
        raise StorageError(
            f"The setting was not saved: {path} cannot be written ({error.strerror or error}).",
            "It is as it was; make the file writable, or name another with --config.",
        ) from error


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode() if path.is_file() else ""
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error


def _parsed(text: str, path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except ValueError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: Exception) -> UsageError:
    return UsageError(f"The settings file {path} cannot be read: {error}.", "Mend or remove it.")


def _changed(text: str, name: str, value: str | float | bool | None) -> str:
    """The text with the setting's line replaced, taken out, or put before the first table."""
    lines = text.splitlines(keepends=True)
    own = re.compile(rf"\s*{re.escape(name)}\s*=")
    at = next((number for number, line in enumerate(lines) if own.match(line)), None)
    new = [] if value is None else [f"{name} = {json.dumps(value, ensure_ascii=False)}{_ending(text)}"]
    if at is not None:
        return "".join([*lines[:at], *new, *lines[at + 1 :]])
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += _ending(text)
    table = next((number for number, line in enumerate(lines) if line.lstrip().startswith("[")), len(lines))
    return "".join([*lines[:table], *new, *lines[table:]])


def _ending(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"
