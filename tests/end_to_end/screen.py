"""The real program in a pseudo-terminal of a known size, and what a terminal would show of it."""

import os
import re
import signal
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

import pexpect
import pyte

from tests.end_to_end.program import command, environment

PATIENCE = 30.0
"""Seconds after which a test gives up waiting."""
_LOCAL_MODES = 3
"""Where echo and line editing stand in the attributes of a terminal."""
_SEQUENCE = re.compile(rb"\x1b(\[[0-9;?<>=]*[a-zA-Z]|\][^\x07]*\x07|[=>])")


class Screen:
    """One run of the program; it is killed when the test leaves it."""

    def __init__(
        self, tmp_path: Path, *arguments: str, size: tuple[int, int] = (120, 36), script: str = "", **variables: str
    ) -> None:
        """Start it with its interviews in `tmp_path`; a `script` runs before the program in its place."""
        program, *rest = command(tmp_path / "data", *arguments)
        if script:
            main = "import sys; from fourstep.cli import main; sys.exit(main())"
            program, rest = sys.executable, ["-c", f"{script}\n{main}", *rest[2:]]
        plain = {"TERM": "xterm-256color", "FOURSTEP_MOTION": "0", "TMPDIR": str(tmp_path)}
        columns, rows = size
        self._child = pexpect.spawn(
            program,
            rest,
            env=environment(tmp_path / "home") | plain | variables,
            cwd=str(tmp_path),
            dimensions=(rows, columns),
        )
        self._before = self._modes
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._gone = False
        self.output = b""
        """Everything that was written to the terminal."""

    def __enter__(self) -> "Screen":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._child.isalive():
            self._child.kill(signal.SIGKILL)
            self._child.wait()
        if not self._child.closed:
            self._child.close()

    @property
    def pid(self) -> int:
        return self._child.pid

    @property
    def rows(self) -> list[str]:
        return list(self._screen.display)

    @property
    def text(self) -> str:
        """The rows with the white space and borders between words taken out, so that wrapping does not matter."""
        return " ".join(" ".join(row.strip(" │┃") for row in self.rows).split())

    @property
    def last_line(self) -> str:
        """What stands last on the terminal that the program gave back."""
        lines = _SEQUENCE.sub(b"", self.output.rpartition(b"\x1b[?1049l")[2]).decode().split("\r\n")
        return next((line for line in reversed(lines) if line.strip()), "")

    @property
    def is_sane(self) -> bool:
        """Whether the terminal echoes and edits lines as it did before the program."""
        return self._modes == self._before

    @property
    def _modes(self) -> int:
        modes: int = termios.tcgetattr(self._child.child_fd)[_LOCAL_MODES]
        return modes & (termios.ECHO | termios.ICANON | termios.ISIG)

    def type(self, text: str) -> None:
        """One write into the terminal."""
        self._child.send(text.encode())

    def until(self, text: str) -> None:
        """Wait until the screen shows a text, or the program is gone."""
        self.until_true(lambda: text in self.text or self._gone, f"'{text}' was not shown")
        assert text in self.text, "\n".join([f"'{text}' was not shown, and the program has ended", *self.rows])

    def until_true(self, condition: Callable[[], object], otherwise: str = "it did not happen") -> None:
        """Wait for a condition, with a deadline."""
        deadline = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < deadline, "\n".join([otherwise, *self.rows])
            self._read()

    def resize(self, columns: int, rows: int) -> None:
        self._child.setwinsize(rows, columns)
        self._screen.resize(rows, columns)

    def forget(self) -> None:
        """Empty the terminal, so that only what is drawn from now on is seen."""
        self._screen.reset()

    def signal(self, number: signal.Signals) -> None:
        os.kill(self.pid, number)

    def hang_up(self) -> None:
        """Close the window; the system tells the program."""
        self._child.ptyproc.fileobj.close()
        self._child.closed = True

    def end(self) -> int:
        """Wait until the program has ended; its exit code, negative for the signal that killed it."""
        self.until_true(self._ended, "the program goes on")
        return self._child.exitstatus if self._child.signalstatus is None else -self._child.signalstatus

    def _ended(self) -> bool:
        return not self._child.isalive()

    def _read(self) -> None:
        if self._child.closed:
            time.sleep(0.02)
            return
        try:
            data = self._child.read_nonblocking(65536, 0.05)
        except pexpect.TIMEOUT:
            return
        except pexpect.EOF:
            self._gone = True
            time.sleep(0.02)
            return
        self.output += data
        self._stream.feed(data)
