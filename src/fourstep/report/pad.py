"""A design pad in parts, as a page shows it: diagrams drawn, tables as tables, the rest as it was written."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from fourstep.report.mermaid import diagram_spans, mermaid_svg

_RULE = re.compile(r"\|(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?)?")
_CELLS = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True)
class PadPart:
    """A stretch of a pad."""

    text: str
    diagram: bool = False
    drawn: str | None = None
    """A diagram as SVG; None for one that is not drawn."""
    table: tuple[tuple[str, ...], ...] = ()
    """The rows of a table, its head first."""


def parts_of(pad: str) -> tuple[PadPart, ...]:
    """All of a pad in order, without the empty lines between its parts."""
    return tuple(part for part in _parts(pad) if part.text.strip())


def _parts(pad: str) -> Iterator[PadPart]:
    done = 0
    for start, end, source in diagram_spans(pad):
        yield from _written(pad[done:start])
        yield PadPart(pad[start:end].strip("\n"), diagram=True, drawn=mermaid_svg(source))
        done = end
    yield from _written(pad[done:])


def _written(text: str) -> Iterator[PadPart]:
    for barred, group in groupby(text.splitlines(), key=lambda line: line.lstrip().startswith("|")):
        lines = list(group)
        yield PadPart("\n".join(lines).strip("\n"), table=_table(lines) if barred else ())


def _table(lines: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """The cells of a Markdown table, every row as wide as its head; empty where the lines are none."""
    if len(lines) < 3 or not _RULE.fullmatch(lines[1].strip()):
        return ()
    head, _, *rows = (_cells(line) for line in lines)
    return (head, *((*row, *("",) * len(head))[: max(len(head), len(row))] for row in rows))


def _cells(line: str) -> tuple[str, ...]:
    inner = line.strip().removeprefix("|").removesuffix("|")
    return tuple(cell.strip().replace("\\|", "|") for cell in _CELLS.split(inner))
