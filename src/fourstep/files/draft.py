"""The answer that is being typed, beside its transcript; its time is the heartbeat of a running interview."""

from pathlib import Path

from fourstep.files.disk import storage_error, write_private

DRAFT_NAME = "draft.txt"


def save_draft(folder: Path, text: str) -> None:
    """Keep what is being typed. Raises: StorageError."""
    try:
        write_private(folder / DRAFT_NAME, text.encode())
    except OSError as error:
        raise storage_error(folder, error) from error


def read_draft(folder: Path) -> tuple[str, float | None]:
    """What was being typed, and when it was last touched in seconds since 1970; None where there is no draft."""
    draft = folder / DRAFT_NAME
    try:
        return draft.read_text(encoding="utf-8", errors="replace"), draft.stat().st_mtime
    except OSError:
        return "", None
