"""Mermaid's flowcharts, read from their text: nodes, edges and subgraphs, with no idea of where they go on a page.

What is read: `graph` and `flowchart` in all directions, the usual shapes, chained and `&` edges with labels, nested
subgraphs, and the title and description for those who do not see. Colours, classes and links are passed over.
"""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

Direction = Literal["TB", "BT", "LR", "RL"]
Shape = Literal["box", "round", "stadium", "cylinder", "circle", "diamond", "hexagon"]
Line = Literal["solid", "dotted", "thick", "invisible"]

MOST_CHARACTERS = 20_000
MOST_NODES = 80
MOST_EDGES = 160
MOST_DEPTH = 6
LONGEST_LABEL = 300
LONGEST_LINE = 1000
"""Limits of what is drawn: characters of a diagram, a label and a line, nodes and edges, subgraphs in each other."""

_SHAPES: tuple[tuple[str, str, Shape], ...] = (
    ("(((", ")))", "circle"),
    ("((", "))", "circle"),
    ("([", "])", "stadium"),
    ("(", ")", "round"),
    ("[(", ")]", "cylinder"),
    ("[[", "]]", "box"),
    ("[", "]", "box"),
    ("{{", "}}", "hexagon"),
    ("{", "}", "diamond"),
    (">", "]", "box"),
)
_HEADER = re.compile(r"\s*(?:graph|flowchart)(?:-elk)?(?:\s+(TD|TB|BT|LR|RL))?\s*(?:;|$)", re.IGNORECASE)
_NAME = re.compile(r"\w+(?:[.-]\w+)*")
_CLASS = re.compile(r":::\w+")
_LINK = re.compile(r"(?P<back>[<xo])?(?P<body>--+(?=[->xo])|---+|==+(?=[>xo])|===+|-\.+-|~~~+)(?P<head>[>xo])?(?![-=])")
_LINES: dict[str, Line] = {"-": "solid", "=": "thick", "~": "invisible", ".": "dotted"}
"""A line by the second sign of its link."""
_LABELLED_LINK = re.compile(
    r"(?P<back>[<xo])?(?:--\s*(?P<solid>[^-\s].*?)\s*--+|-\.\s*(?P<dotted>[^.\s].*?)\s*\.+-|==\s*(?P<thick>[^=\s].*?)\s*==+)"
    r"(?P<head>[>xo])?(?![-=])"
)
_BARRED_LABEL = re.compile(r'\s*\|\s*("[^"]*"|[^|]*)\|')
_QUOTED = re.compile(r'\s*"[^"]*"\s*')
_GROUP = re.compile(r"subgraph\b\s*(.*)", re.IGNORECASE)
_ACCESSIBLE = re.compile(r"acc(Title|Descr)\s*:\s*(.+)")
_PASSED_OVER = re.compile(r"(?:classDef|class|style|linkStyle|click)\s|%%")
_DIRECTION = re.compile(r"direction\s+(TD|TB|BT|LR|RL)\s*$", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>|\\n", re.IGNORECASE)
_CODE = re.compile(r"#(\w+);")


class NotUnderstoodError(ValueError):
    """The text is no flowchart, or none that is drawn."""


@dataclass(frozen=True, slots=True)
class Node:
    """Something with a name in a shape."""

    name: str
    label: str
    shape: Shape = "box"
    group: str | None = None
    """The subgraph in which it was first named."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A line between two nodes or subgraphs."""

    tail: str
    head: str
    label: str = ""
    line: Line = "solid"
    arrow: bool = True
    back: bool = False
    """Whether it has an arrow at its tail too."""


@dataclass(frozen=True, slots=True)
class Group:
    """A subgraph: a frame around nodes."""

    name: str
    label: str
    parent: str | None = None
    direction: Direction | None = None
    """None where it follows what is around it."""


@dataclass(frozen=True, slots=True)
class Flowchart:
    """What a flowchart says, nodes and subgraphs by their names in the order in which they come."""

    direction: Direction
    nodes: Mapping[str, Node]
    edges: tuple[Edge, ...]
    groups: Mapping[str, Group]
    title: str = ""
    description: str = ""

    def levels(self, name: str) -> Iterator[str]:
        """A node or subgraph, and the subgraphs around it from the inside out."""
        inside: str | None = name
        while inside is not None:
            yield inside
            inside = self.groups[inside].parent if inside in self.groups else self.nodes[inside].group


def parse_flowchart(source: str) -> Flowchart:
    """The flowchart that a text describes. Raises: NotUnderstoodError."""
    first, *lines = source.strip().splitlines() or [""]
    if len(source) > MOST_CHARACTERS or any(len(line) > LONGEST_LINE for line in (first, *lines)):
        raise NotUnderstoodError("It is too long.")
    header = _HEADER.match(first)
    if header is None:
        raise NotUnderstoodError("It is no flowchart.")
    reader = _Reader(_direction(header[1]))
    for line in (first[header.end() :], *lines):
        reader.read(line.strip())
    return reader.finished()


def _direction(word: str | None) -> Direction:
    return {"LR": "LR", "RL": "RL", "BT": "BT"}.get((word or "").upper(), "TB")  # type: ignore[return-value]


def _label(raw: str) -> str:
    """A label as it is read by people: without quotes, entities as their letters."""
    text = raw.strip().removeprefix('"').removesuffix('"').strip().removeprefix("`").removesuffix("`")
    text = html.unescape(_CODE.sub(lambda code: f"&{'#' if code[1].isdecimal() else ''}{code[1]};", text))
    text = _BREAK.sub("\n", text).strip()
    if len(text) > LONGEST_LABEL:
        raise NotUnderstoodError("A label is too long.")
    return text


class _Reader:
    """Reads a flowchart line by line."""

    def __init__(self, direction: Direction) -> None:
        self._direction = direction
        self._nodes: dict[str, Node] = {}
        self._edges: list[Edge] = []
        self._groups: dict[str, Group] = {}
        self._said: dict[str, str] = {}
        """What was said for those who do not see."""
        self._open: list[str] = []
        """The subgraphs that are open, the innermost last."""

    def read(self, line: str) -> None:
        """One line. Raises: NotUnderstoodError."""
        if not line or _PASSED_OVER.match(line):
            return
        if said := _ACCESSIBLE.match(line):
            self._said[said[1]] = said[2]
        elif opened := _GROUP.match(line):
            self._begin_group(opened[1].rstrip(";").strip())
        elif line.rstrip("; ") == "end":
            if not self._open:
                raise NotUnderstoodError("'end' ends nothing.")
            self._open.pop()
        elif turned := _DIRECTION.match(line):
            self._turn(_direction(turned[1]))
        else:
            self._read_chains(line)

    def finished(self) -> Flowchart:
        """What was read. Raises: NotUnderstoodError, where it is not whole."""
        nodes = {name: node for name, node in self._nodes.items() if name not in self._groups}
        if self._open or not nodes:
            raise NotUnderstoodError("It ends too early.")
        title, description = self._said.get("Title", ""), self._said.get("Descr", "")
        return Flowchart(self._direction, nodes, tuple(self._edges), self._groups, title, description)

    def _begin_group(self, rest: str) -> None:
        named = _NAME.match(rest)
        label = rest
        if named and (bracket := rest[named.end() :].strip()).startswith("[") and bracket.endswith("]"):
            name, label = named[0], bracket[1:-1]
        else:
            name = _label(rest) or f"subgraph {len(self._groups) + 1}"
        if name in self._groups or len(self._open) >= MOST_DEPTH or len(self._groups) >= MOST_NODES:
            raise NotUnderstoodError("Its subgraphs are not understood.")
        self._groups[name] = Group(name, _label(label), self._open[-1] if self._open else None)
        self._open.append(name)

    def _turn(self, direction: Direction) -> None:
        if not self._open:
            self._direction = direction
        else:
            self._groups[self._open[-1]] = replace(self._groups[self._open[-1]], direction=direction)

    def _read_chains(self, line: str) -> None:
        """`a --> b & c --> d`, and more of them behind semicolons."""
        place = 0
        while place < len(line):
            tails, place = self._names(line, place)
            while linked := self._link(line, place):
                edge, place = linked
                heads, place = self._names(line, place)
                self._join(tails, edge, heads)
                tails = heads
            place = _skipped(line, place)
            if place < len(line) and line[place] != ";":
                raise NotUnderstoodError(f"'{line[place : place + 20]}' is not understood.")
            place = _skipped(line, place + 1)

    def _names(self, line: str, place: int) -> tuple[list[str], int]:
        names: list[str] = []
        while True:
            name, place = self._node(line, _skipped(line, place))
            names.append(name)
            after = _skipped(line, place)
            if not line.startswith("&", after):
                return names, place
            place = after + 1

    def _node(self, line: str, place: int) -> tuple[str, int]:
        named = _NAME.match(line, place)
        if named is None:
            raise NotUnderstoodError(f"'{line[place : place + 20]}' is no node.")
        name, place = named[0], named.end()
        shaped = _shape(line, place)
        if shaped:
            label, shape, place = shaped
            self._put(Node(name, label, shape, self._open[-1] if self._open else None))
        elif name not in self._nodes:
            self._put(Node(name, name, group=self._open[-1] if self._open else None))
        if classed := _CLASS.match(line, place):
            place = classed.end()
        return name, place

    def _put(self, node: Node) -> None:
        known = self._nodes.get(node.name)
        group = known.group if known and known.group else node.group
        self._nodes[node.name] = Node(node.name, node.label, node.shape, group)
        if len(self._nodes) > MOST_NODES:
            raise NotUnderstoodError("It has too many nodes.")

    def _link(self, line: str, place: int) -> tuple[Edge, int] | None:
        place = _skipped(line, place)
        if plain := _LINK.match(line, place):
            label, end = "", plain.end()
            if barred := _BARRED_LABEL.match(line, end):
                label, end = _label(barred[1]), barred.end()
            return Edge("", "", label, _LINES[plain["body"][1]], bool(plain["head"]), bool(plain["back"])), end
        return self._labelled_link(line, place)

    def _labelled_link(self, line: str, place: int) -> tuple[Edge, int] | None:
        found = _LABELLED_LINK.match(line, place)
        if found is None:
            return None
        kind: Line = "dotted" if found["dotted"] else "thick" if found["thick"] else "solid"
        label = _label(found["solid"] or found["dotted"] or found["thick"])
        return Edge("", "", label, kind, bool(found["head"]), bool(found["back"])), found.end()

    def _join(self, tails: list[str], edge: Edge, heads: list[str]) -> None:
        for tail in tails:
            for head in heads:
                self._edges.append(Edge(tail, head, edge.label, edge.line, edge.arrow, edge.back))
        if len(self._edges) > MOST_EDGES:
            raise NotUnderstoodError("It has too many edges.")


def _shape(line: str, place: int) -> tuple[str, Shape, int] | None:
    """The label in its brackets behind a node's name, and where they end."""
    for opener, closer, shape in _SHAPES:
        if not line.startswith(opener, place):
            continue
        start = place + len(opener)
        quoted = _QUOTED.match(line, start)
        end = quoted.end() if quoted else line.find(closer, start)
        if end >= 0 and line.startswith(closer, end):
            slanted = line[start:end].strip("/\\") if opener == "[" else line[start:end]
            return _label(slanted), shape, end + len(closer)
    return None


def _skipped(line: str, place: int) -> int:
    while place < len(line) and line[place].isspace():
        place += 1
    return place
