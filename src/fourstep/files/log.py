"""The append-only log of one interview: every event is on the disk before the next thing happens."""

import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from fourstep.errors import StorageError, TranscriptError
from fourstep.transcript.events import Event, parse_event

LOG_NAME = "transcript.jsonl"
LARGEST_LOG = 64_000_000
"""Bytes; a 90-minute interview has some 200 kB."""


class TranscriptLog:
    """Appends events to a folder's log; when the disk refuses, keeps them in memory and says so in `trouble`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.trouble: StorageError | None = None
        """Why the last append did not reach the disk; None while all is well."""
        self._unwritten: list[bytes] = []

    def append(self, event: Event) -> None:
        """Write one event; what could not be written earlier goes first."""
        self._unwritten.append(line_of(event))
        self._write()

    def move_to(self, folder: Path) -> None:
        """Go on in another folder, with everything from this one. Raises: StorageError, when it refuses too."""
        try:
            make_private(folder)
            for file in self.folder.iterdir() if self.folder.is_dir() else ():
                if file.is_file() and not file.name.startswith("."):
                    write_private(folder / file.name, file.read_bytes())
        except OSError as error:
            raise storage_error(folder, error) from error
        self.folder = folder
        self._write()
        if self.trouble:
            raise self.trouble

    def _write(self) -> None:
        try:
            append_bytes(self.folder / LOG_NAME, b"".join(self._unwritten))
        except OSError as error:
            self.trouble = storage_error(self.folder, error)
        else:
            self._unwritten.clear()
            self.trouble = None


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


def line_of(event: Event) -> bytes:
    """An event as one line of the log."""
    fields = event.model_dump(mode="json", by_alias=True, exclude_none=True)
    return (json.dumps(fields, ensure_ascii=False) + "\n").encode()


def read_log(path: Path) -> tuple[tuple[Event, ...], tuple[str, ...]]:
    """The events of a log, and a sentence for each line that could not be read.

    Raises: TranscriptError, when the file cannot be read at all.
    """
    try:
        if path.stat().st_size > LARGEST_LOG:
            raise TranscriptError(f"{path} is larger than {LARGEST_LOG // 1_000_000} MB.", "It is not a transcript.")
        raw = path.read_bytes()
    except OSError as error:
        raise TranscriptError(f"{path} cannot be read ({error.strerror}).", "Check the folder.") from error
    lines = raw.split(b"\n")
    events: list[Event] = []
    faults: list[str] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            events.append(parse_event(_json(line)))
        except TranscriptError as error:
            torn = number == len(lines)
            faults.append(
                f"{path}: the last line was cut off and is left out."
                if torn
                else f"{path}: line {number} {error.message} It is left out."
            )
    return tuple(events), tuple(faults)


def mend_end(path: Path) -> None:
    """Before a log is written on: end its last line, or cut it off when it is torn. Raises: OSError."""
    raw = path.read_bytes()
    end = raw.rfind(b"\n") + 1
    last = raw[end:]
    if not last:
        return
    try:
        parse_event(_json(last))
    except TranscriptError:
        os.truncate(path, end)
    else:
        append_bytes(path, b"\n")


def _json(line: bytes) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError) as error:
        raise TranscriptError("is not JSON.") from error


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
    return StorageError(
        f"{path} cannot be written: {error.strerror or error}.",
        "Free some space or choose another folder with --data-dir; nothing you said is lost while the program runs.",
    )
