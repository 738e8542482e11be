"""Which models were tried out already: their names, one a line, beside the interviews."""

from contextlib import suppress
from pathlib import Path

from fourstep.files.disk import append_bytes

_NAME = ".models"


def was_tried(root: Path, model: str) -> bool:
    """Whether a model has been tried out from this folder."""
    try:
        return model in (root / _NAME).read_text(encoding="utf-8").splitlines()
    except OSError:
        return False


def note_tried(root: Path, model: str) -> None:
    """Remember it; where the disk refuses it is only tried again."""
    with suppress(OSError):
        append_bytes(root / _NAME, f"{model}\n".encode())
