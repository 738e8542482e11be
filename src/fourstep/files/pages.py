"""Where a command's pages go: standard output, a file, or a folder of files."""

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from fourstep.errors import StorageError
from fourstep.files.disk import storage_error


@dataclass(frozen=True)
class Page:
    """A piece of output with the file name it has when it needs one."""

    name: str
    text: str


def write_pages(pages: Iterable[Page], output: str | None, *, several: bool = False) -> None:
    """Print the pages, or write them to `output`: a file for one, a folder of files when there may be several.

    Raises: StorageError.
    """
    written = list(pages)
    if output is None:
        sys.stdout.write("\n".join(page.text for page in written))
        return
    target = Path(output)
    try:
        if not several and not target.is_dir():
            target.write_text("".join(page.text for page in written), encoding="utf-8")
            return
        target.mkdir(parents=True, exist_ok=True)
        taken: set[str] = set()
        for page in written:
            name = _free_name(page.name, taken)
            (target / name).write_text(page.text, encoding="utf-8")
    except OSError as error:
        raise _refused(target, error) from error


def write_new(path: Path, text: str) -> Path:
    """Write a private file that was not there, numbered when one of that name was; returns where.

    Raises: StorageError.
    """
    number = 1
    free = path
    while True:
        try:
            free.touch(mode=0o600, exist_ok=False)
            free.write_text(text, encoding="utf-8")
            return free
        except FileExistsError:
            number += 1
            free = path.with_stem(f"{path.stem}-{number}")
        except OSError as error:
            raise storage_error(free, error) from error


def _free_name(name: str, taken: set[str]) -> str:
    """The name, numbered when an earlier page of this run has it."""
    path, number, free = Path(name), 1, name
    while free in taken:
        number += 1
        free = f"{path.stem}-{number}{path.suffix}"
    taken.add(free)
    return free


def _refused(target: Path, error: OSError) -> StorageError:
    refused = storage_error(target, error)
    return StorageError(refused.message, "Name another place with -o.")
