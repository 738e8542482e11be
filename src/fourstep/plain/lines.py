"""How a line is printed: foreign text steers no terminal, and nothing is held back."""

import sys

from fourstep.foreign_text import harmless, wrapped

_WIDTH = 80


def line(text: str) -> None:
    """One paragraph on standard output; wrapped where somebody reads it on a terminal."""
    shown = wrapped(text, _WIDTH) if sys.stdout.isatty() else harmless(text)
    sys.stdout.write(f"{shown}\n")
    sys.stdout.flush()


def sheet(text: str) -> None:
    """Lines that stand as they are: a drawing or a command to copy is not wrapped."""
    sys.stdout.write(f"{harmless(text)}\n")
    sys.stdout.flush()


def note(text: str) -> None:
    """One line on standard error: what is not part of the conversation."""
    sys.stderr.write(f"{harmless(text)}\n")
    sys.stderr.flush()
