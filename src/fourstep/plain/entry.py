"""How an answer is read, line by line, and told from commands."""

import io
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TextIO

try:  # line editing, and a way to see a line that is not finished yet; not everywhere
    import readline
except ImportError:  # pragma: no cover - depends on how Python was built
    readline = None  # type: ignore[assignment]

COMMANDS = tuple("send hint repeat again next back pad pause resume time offline end help".split())

_HEREDOC = "<<END"
_HEREDOC_END = "END"


@dataclass(frozen=True, slots=True)
class Answer:
    """A finished answer."""

    text: str


@dataclass(frozen=True, slots=True)
class Command:
    """A line that is a command."""

    name: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """A line that looks like a command and is none."""

    name: str


Entry = Answer | Command | Unknown


@dataclass
class Entries:
    """Lines of a stream as answers and commands; iterating ends with the stream.

    On a terminal an answer ends with a line that holds only a dot, in a pipe with an empty line; `<<END` … `END`
    holds anything. A line that begins with `/` and a known word is a command; `//` stands for a slash.
    """

    stream: TextIO
    terminal: bool
    prompt: str = ""
    lines: list[str] = field(default_factory=list)
    """What was entered of the answer that is not finished."""
    sending: str = ""
    """An answer that was finished and is not safe in the log yet; whoever takes it empties this."""
    _fenced: bool = False
    _typed: str = ""
    _drawing: list[str] | None = None
    """The lines of a sheet that is being drawn."""

    def __post_init__(self) -> None:
        """Bytes that are no text become signs: they may not end an interview."""
        if isinstance(self.stream, io.TextIOWrapper):
            self.stream.reconfigure(errors="replace")

    def restore(self, draft: str) -> None:
        """Go on with an unfinished answer; on a terminal its last line can be edited."""
        self.lines.extend(draft.split("\n"))
        if self.terminal and readline:
            self._typed = self.lines.pop()

    def draft(self) -> str:
        """What would be lost: an answer on its way, or the unfinished one with the line that is being typed."""
        if self.sending:
            return self.sending
        typing = "" if self._drawing is not None else self.typing() or self._typed
        return _whole("\n".join([*self.lines, *([typing] if typing else [])]))

    def sheet(self) -> str | None:
        """Lines apart from any answer, up to where an answer would end; None where nothing was entered."""
        lines = self._drawing = []
        fenced = False
        end = "." if self.terminal else ""
        while (line := self._next_line()) is not None and line.strip() != end:
            if line.strip() == _HEREDOC and not lines and not fenced:
                fenced, end = True, _HEREDOC_END
            else:
                lines.append(line)
        self._drawing = None
        return _whole("\n".join(lines)) if lines or fenced else None

    def drawn(self) -> str:
        """What there is of a sheet that is being drawn."""
        if self._drawing is None:
            return ""
        typing = self.typing()
        return _whole("\n".join([*self._drawing, *([typing] if typing else [])]))

    def typing(self) -> str:
        """The line that is being typed, where it can be seen."""
        return readline.get_line_buffer() if self.terminal and readline else ""

    def __iter__(self) -> Iterator[Entry]:
        while True:
            line = self._next_line()
            if line is None:
                break
            entry = self._entry(line)
            if entry:
                yield entry
        rest = self._finished()
        if rest:
            yield rest

    def _next_line(self) -> str | None:
        if self.terminal:
            return self._edited_line()
        line = self.stream.readline()
        return line.rstrip("\r\n") if line else None

    def _edited_line(self) -> str | None:
        if self._typed and readline:
            typed, self._typed = self._typed, ""
            readline.set_startup_hook(lambda: readline.insert_text(typed))
        try:
            return input(self.prompt)
        except EOFError:
            return None
        finally:
            if readline:
                readline.set_startup_hook(None)

    def _entry(self, line: str) -> Entry | None:
        if self._fenced:
            if line.strip() == _HEREDOC_END:
                self._fenced = False
                return self._finished()
            self.lines.append(line)
            return None
        if line.strip() == _HEREDOC and not self.lines:
            self._fenced = True
            return None
        if line.strip() == ("." if self.terminal else ""):
            return self._finished() if self.lines else None
        if line.startswith("/") and not line.startswith("//"):
            return self._command(line)
        self.lines.append(line.removeprefix("/") if line.startswith("//") else line)
        return None

    def _command(self, line: str) -> Entry | None:
        word = (line[1:].split() or [""])[0].lower()
        if word == "send":
            return self._finished() if self.lines else None
        if word in COMMANDS:
            return Command(word)
        if self.lines:
            self.lines.append(line)
            return None
        return Unknown(word)

    def _finished(self) -> Answer | None:
        text = _whole("\n".join(self.lines).strip())
        self.sending = text
        self.lines.clear()
        return Answer(text) if text else None


def _whole(text: str) -> str:
    """Without the halves of characters that bytes of another encoding leave behind."""
    return text.encode("utf-8", "replace").decode("utf-8")


def is_terminal() -> bool:
    """Whether somebody sits in front of both standard streams."""
    return sys.stdin.isatty() and sys.stdout.isatty()
