"""The append-only log of one interview: every event is on the disk before the next thing happens."""

import json
import os
import re
from pathlib import Path
from typing import Any

from fourstep.errors import StorageError, TranscriptError
from fourstep.files.disk import append_bytes, make_private, storage_error, write_private
from fourstep.foreign_text import whole
from fourstep.transcript.events import Event, parse_event

LOG_NAME = "transcript.jsonl"
_HALF_A_SIGN = re.compile(rb"\\u[dD][89a-fA-F]")
"""A character beyond the first 65,536 is written as two halves; one alone is no text."""
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
        data = json.loads(line)
        if _HALF_A_SIGN.search(line):
            data = json.loads(whole(json.dumps(data, ensure_ascii=False)))
        return data
    except (ValueError, RecursionError) as error:
        raise TranscriptError("is not JSON.") from error
