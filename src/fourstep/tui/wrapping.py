"""Where lines break: between words, by cells and not by characters, so that wide scripts and emoji fit too."""

import re
from collections.abc import Iterator

from rich.cells import cell_len, chop_cells

Span = tuple[int, int]
"""Where a line starts and ends in its text; the white space at a break belongs to no line."""

_WIDE = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"
"""Scripts that may break between any two characters."""
_WORD = re.compile(rf"[{_WIDE}]|[^\s{_WIDE}]+")


def wrap(text: str, width: int, *, indent: int = 0) -> list[Span]:
    """The lines of a text for a width in cells; at least one. Those after the first leave room for an indent."""
    spans: list[Span] = []
    start, room = 0, width
    for line in text.split("\n"):
        spans += _wrap_line(text, start, start + len(line), max(2, room), max(2, width - indent))
        start, room = start + len(line) + 1, width - indent
    return spans


def _wrap_line(text: str, start: int, stop: int, width: int, next_width: int) -> Iterator[Span]:
    end, used = start, 0
    for word in _WORD.finditer(text, start, stop):
        cells = cell_len(word.group())
        gap = word.start() - end
        if used + gap + cells <= width:
            used, end = used + gap + cells, word.end()
            continue
        if end > start:
            yield start, end
            width = next_width
        start, used, end = word.start(), cells, word.end()
        if cells > width:
            *whole, rest = chop_cells(word.group(), width)
            for piece in whole:
                yield start, start + len(piece)
                start += len(piece)
            used, width = cell_len(rest), next_width
    yield start, end
