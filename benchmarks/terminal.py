"""A real pseudo-terminal around a process: what it prints is kept with the moment it came. Needs Linux's `/proc`."""

import os
import select
import sys
import time
from pathlib import Path
from types import TracebackType

import pexpect

COLUMNS, ROWS = 120, 36
_CHECKOUT = Path(__file__).parent.parent
_PATIENCE = 60.0
"""Seconds after which something that should be printed never will be."""


class Terminal:
    """A Python process on a terminal of its own; it is killed at the end.

    Interviews are kept in `home/data`. Nothing else of whoever runs it gets in, such as a ban on compiled files.
    """

    def __init__(self, *arguments: str, home: Path) -> None:
        environment = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        environment |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "PYTHONIOENCODING": "utf-8"}
        environment |= {"HOME": str(home), "FOURSTEP_DATA_DIR": str(home / "data")}
        self.began = time.monotonic()
        self._process = pexpect.spawn(
            sys.executable, list(arguments), env=environment, cwd=_CHECKOUT, dimensions=(ROWS, COLUMNS)
        )
        self.printed: list[tuple[float, bytes]] = []
        """What came, and when."""

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._process.kill(9)
        self._process.close()

    def press(self, keys: str) -> float:
        """Type; returns the moment of it."""
        moment = time.monotonic()
        os.write(self._process.child_fd, keys.encode())
        return moment

    def read(self, seconds: float) -> None:
        """Keep what is printed for so long."""
        until = time.monotonic() + seconds
        while self._read(until):
            pass

    def wait_for(self, *marks: str) -> float:
        """The moment by which all of these came, from now on. Raises: TimeoutError."""
        until, first = time.monotonic() + _PATIENCE, len(self.printed)
        while not all(mark.encode() in self.bytes_since(first) for mark in marks):
            if not self._read(until):
                raise TimeoutError(f"{marks} did not come")
        return self.printed[-1][0]

    def bytes_since(self, first: int) -> bytes:
        """Everything from the `first` piece on."""
        return b"".join(piece for _, piece in self.printed[first:])

    @property
    def megabytes(self) -> float:
        """Memory that is resident."""
        pages = int(self._proc("statm").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1_000_000

    @property
    def cpu_seconds(self) -> float:
        """Used so far, by all its threads."""
        user, system = self._proc("stat").rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def _proc(self, name: str) -> str:
        return Path(f"/proc/{self._process.pid}/{name}").read_text()

    def _read(self, until: float) -> bool:
        """One piece, if one comes by then."""
        ready, _, _ = select.select([self._process.child_fd], [], [], max(0.0, until - time.monotonic()))
        if not ready:
            return False
        try:
            piece = os.read(self._process.child_fd, 65536)
        except OSError as error:
            raise RuntimeError(f"the process ended: {self.bytes_since(0).decode(errors='replace')}") from error
        self.printed.append((time.monotonic(), piece))
        return True
