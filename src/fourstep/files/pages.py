"""Where a command's pages go: standard output, a file, or a folder of files."""

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from fourstep.errors import StorageError
from fourstep.files.log import storage_error


@dataclass(frozen=True)
class Page:
    """A piece of output with the file name it has when it needs one."""

    name: str
    text: str


def write_pages(pages: Iterable[Page], output: str | None) -> None:
    """Print the pages, or write them to `output`: one page is that file, several are files in that folder.

    Raises: StorageError.
    """
    written = list(pages)
    if output is None:
        sys.stdout.write("\n".join(page.text for page in written))
        return
    target = Path(output)
    try:
        if len(written) == 1 and not target.is_dir():
            target.write_text(written[0].text, encoding="utf-8")
            return
        target.mkdir(parents=True, exist_ok=True)
        for page in written:
            (target / page.name).write_text(page.text, encoding="utf-8")
    except OSError as error:
        raise _refused(target, error) from error


def _refused(target: Path, error: OSError) -> StorageError:
    refused = storage_error(target, error)
    return StorageError(refused.message, "Name another place with -o.")
