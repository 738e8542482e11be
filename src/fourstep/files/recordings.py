"""Files that somebody recorded elsewhere: read as text in whatever encoding, and known again by their digest."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from fourstep.errors import NotFoundError, TranscriptError
from fourstep.foreign_text import whole
from fourstep.importing.decoding import decoded

LARGEST = 20_000_000
"""Bytes; 90 minutes of captions have some 200 kB."""


@dataclass(frozen=True)
class Recorded:
    """A file's text."""

    name: str
    """Without its folder, and with `�` for what is no letter in it."""
    text: str
    digest: str
    """SHA-256 of its bytes, in hex."""


def read_recorded(path: Path) -> Recorded:
    """What a file says. Raises: NotFoundError, TranscriptError."""
    try:
        if path.stat().st_size > LARGEST:
            raise TranscriptError(f"{path} is larger than {LARGEST // 1_000_000} MB.", "It is not a transcript.")
        raw = path.read_bytes()
    except FileNotFoundError as error:
        raise NotFoundError(f"There is no file {path}.", "Check its name.") from error
    except IsADirectoryError as error:
        raise TranscriptError(f"{path} is a folder.", f"Name its files, such as: {path}/*") from error
    except (OSError, ValueError) as error:
        raise TranscriptError(f"{path} cannot be read ({_why(error)}).", "Check its name and rights.") from error
    name = whole(path.name)
    return Recorded(name, decoded(raw, name), hashlib.sha256(raw).hexdigest())


def _why(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
