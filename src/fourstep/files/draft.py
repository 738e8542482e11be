"""What is being written, beside its transcript: the answer, whose time is the heartbeat of a running interview, and the
design pad."""

from pathlib import Path

from fourstep.files.disk import storage_error, write_private

DRAFT_NAME = "draft.txt"
PAD_NAME = "pad.txt"


def save_draft(folder: Path, text: str) -> None:
    """Keep what is being typed. Raises: StorageError."""
    _save(folder / DRAFT_NAME, text)


def save_pad(folder: Path, text: str) -> None:
    """Keep what is on the design pad. Raises: StorageError."""
    _save(folder / PAD_NAME, text)


def read_draft(folder: Path) -> tuple[str, float | None]:
    """What was being typed, and when it was last touched in seconds since 1970; None where there is no draft."""
    draft = folder / DRAFT_NAME
    try:
        return draft.read_text(encoding="utf-8", errors="replace"), draft.stat().st_mtime
    except OSError:
        return "", None


def read_pad(folder: Path) -> str | None:
    """What was on the design pad; None where none was kept."""
    try:
        return (folder / PAD_NAME).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None


def _save(path: Path, text: str) -> None:
    try:
        write_private(path, text.encode(errors="replace"))
    except OSError as error:
        raise storage_error(path.parent, error) from error
