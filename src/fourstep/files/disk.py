"""Writing that survives: private folders, files replaced in one step, bytes appended whole or not at all."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from fourstep.errors import StorageError


def append_bytes(path: Path, data: bytes) -> None:
    """Append whole or not at all, and return when it is on the disk; the one place that appends.

    Raises: OSError. What was half written is cut off again, so that no torn line stays before later ones.
    """
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        before = os.fstat(handle).st_size
        try:
            _write_all(handle, data)
            os.fsync(handle)
        except BaseException:  # a signal, too, may come between the bytes
            os.ftruncate(handle, before)
            raise
    finally:
        os.close(handle)
    if before == 0:
        with suppress(OSError):  # the bytes are on the disk; only the new name may not be
            sync_folder(path.parent)


def _write_all(handle: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]


def make_private(folder: Path) -> None:
    """A folder that only its user can enter. Raises: OSError."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)


def write_private(path: Path, data: bytes) -> None:
    """Replace a file in one step, readable by its user only; threads may do so at once. Raises: OSError."""
    handle, draft = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        _write_all(handle, data)
        os.fsync(handle)
        Path(draft).replace(path)
    except OSError:
        Path(draft).unlink(missing_ok=True)
        raise
    finally:
        os.close(handle)


@contextmanager
def scratch_file(text: str) -> Iterator[Path]:
    """A file in a folder of its own that only its user can read; both go at the end. Raises: OSError."""
    with tempfile.TemporaryDirectory(prefix="fourstep-") as folder:
        path = Path(folder) / "answer.md"
        path.write_text(text, encoding="utf-8")
        yield path


def sync_folder(folder: Path) -> None:
    """Make new names in a folder survive a power cut, where the system can."""
    if os.name == "nt":  # Windows opens no folders; NTFS journals names itself
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def storage_error(path: Path, error: OSError) -> StorageError:
    """What a refusal of the disk means to a person."""
    if isinstance(error, NotADirectoryError):
        return StorageError(f"{path} is a file, or lies below one.", "Name a folder with --data-dir.")
    return StorageError(
        f"{path} cannot be written: {error.strerror or error}.",
        "Free some space or choose another folder with --data-dir; nothing you said is lost while the program runs.",
    )
