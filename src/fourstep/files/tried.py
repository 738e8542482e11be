"""Which models were tried out already: their names, one a line, beside the interviews."""

from contextlib import suppress
from pathlib import Path

from fourstep.files.disk import append_bytes

_NAME = ".models"


def was_tried(root: Path, model: str) -> bool:
    """Whether a model has been tried out from this folder."""
    return model in _lines(root)


def tried(root: Path) -> list[tuple[str, str]]:
    """The models that have been tried out from this folder, each with its server where it has one."""
    names = (line.partition(" @ ") for line in _lines(root))
    return [(name, server) for name, _, server in names]


def note_tried(root: Path, model: str) -> None:
    """Remember it; where the disk refuses it is only tried again."""
    with suppress(OSError):
        append_bytes(root / _NAME, f"{model}\n".encode())


def _lines(root: Path) -> list[str]:
    try:
        return (root / _NAME).read_text(encoding="utf-8").splitlines()
    except OSError:
        return []
