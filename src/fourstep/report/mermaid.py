"""Mermaid on a design pad, drawn: flowcharts become accessible SVG that stands in a page without a script or a style.

Lines and letters take the colour of the text around them (`currentColor`); pages may use the classes `diagram`,
`diagram-node`, `diagram-group`, `diagram-edge`, `diagram-arrow` and `diagram-label`.
"""

import math
import re
import textwrap
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from html import escape
from itertools import pairwise
from typing import Final

from fourstep.foreign_text import harmless, one_line
from fourstep.report.flowchart import Edge, Flowchart, Node, NotUnderstoodError, parse_flowchart
from fourstep.report.placing import Box, Part, Placed, Point, Size, placed

NOT_DRAWN = "Shown as it was written: only Mermaid flowcharts of a moderate size are drawn."
"""What a page says beside a diagram that `mermaid_svg` does not draw."""

_FENCE = re.compile(r"^[ \t]*(`{3,}|~{3,})[ \t]*mermaid[ \t]*\n(.*?)(?:^[ \t]*\1[ \t]*$|\Z)", re.MULTILINE | re.DOTALL)
_BARE = re.compile(r"\s*(?:graph|flowchart)\b[^\n]*\n", re.IGNORECASE)
_LETTER, _LINE, _ROOM = 7.4, 18.0, (28.0, 18.0)
"""Width of a letter and height of a line of 13 pixels, and the room around a label."""
_MOST_LETTERS = 26
"""Letters of a line in a label."""
_MARGIN, _TIP, _GAP = 8.0, 8.0, 4.0
_LOOP = 26.0
"""How far an edge from a node to itself goes out."""
_STROKES: Final = {
    "solid": 'fill="none" stroke="currentColor" stroke-width="1.5"',
    "dotted": 'fill="none" stroke="currentColor" stroke-width="1.5" stroke-dasharray="4 4"',
    "thick": 'fill="none" stroke="currentColor" stroke-width="3"',
}

Outline = tuple[str, Box]
"""A shape and where it is."""


def diagram_spans(pad: str) -> tuple[tuple[int, int, str], ...]:
    """Where Mermaid stands on a pad, and its source: in fences, or all of a pad that begins as a flowchart."""
    if _BARE.match(pad):
        return ((0, len(pad), pad.strip()),)
    return tuple((*found.span(), found[2].strip()) for found in _FENCE.finditer(pad))


@lru_cache(maxsize=64)  # versions of one pad mostly hold the same diagram
def mermaid_svg(source: str) -> str | None:
    """A flowchart as an `<svg>` element, everything in it escaped; None where it is not drawn but shown as text."""
    try:
        chart = parse_flowchart(source)
    except NotUnderstoodError:
        return None
    return "\n".join(_drawn(chart, placed(chart, _sizes(chart))))


def _drawn(chart: Flowchart, places: Placed) -> Iterator[str]:
    left, width, height = -_MARGIN, places.width + 2 * _MARGIN, places.height + 2 * _MARGIN
    yield (
        f'<svg class="diagram" xmlns="http://www.w3.org/2000/svg" role="img" width="{width:.0f}" height="{height:.0f}" '
        f'viewBox="{left:g} {left:g} {width:.1f} {height:.1f}" font-size="13" font-family="sans-serif">'
    )
    yield f"<title>{_text(chart.title or 'Diagram of the design pad')}</title>"
    yield f"<desc>{_text(chart.description or _in_words(chart))}</desc>"
    for group in chart.groups.values():
        yield from _group(places.boxes[group.name], group.label)
    for number, edge in enumerate(chart.edges):
        if edge.line != "invisible":
            yield from _edge(chart, edge, places, number)
    for node in chart.nodes.values():
        yield from _node(node, places.boxes[node.name])
    yield "</svg>"


def _in_words(chart: Flowchart) -> str:
    """What the lines say, for those who do not see them."""
    labels = {name: one_line(part.label) for parts in (chart.nodes, chart.groups) for name, part in parts.items()}
    lines = [_edge_in_words(edge, labels) for edge in chart.edges if edge.line != "invisible"]
    return " ".join(lines or [f"{label}." for label in labels.values()])


def _edge_in_words(edge: Edge, labels: Mapping[str, str]) -> str:
    said = f" ({one_line(edge.label)})" if edge.label else ""
    return f"{labels[edge.tail]} to {labels[edge.head]}{said}."


# how large parts are


def _sizes(chart: Flowchart) -> dict[Part, Size]:
    """The room of nodes with the edges that lead back to them, of titles, and of labels on edges."""
    sizes: dict[Part, Size] = {node.name: _size(node) for node in chart.nodes.values()}
    for number, edge in enumerate(chart.edges):
        label = _measured(edge.label) if edge.label else (0.0, 0.0)
        if edge.tail == edge.head and edge.tail in chart.nodes:
            width, height = sizes[edge.tail]
            sizes[edge.tail] = max(width, _size(chart.nodes[edge.tail])[0] + 2 * (_LOOP + label[0])), height
        elif edge.label:
            sizes[number] = label[0] + 2 * _GAP, label[1]
    return sizes | {group.name: (_letters(one_line(group.label)) * _LETTER, _LINE) for group in chart.groups.values()}


def _size(node: Node) -> Size:
    """What a node's shape needs around its label."""
    width, height = (inner + room for inner, room in zip(_measured(node.label), _ROOM, strict=True))
    match node.shape:
        case "circle":
            side = math.hypot(width - _ROOM[0] / 2, height - _ROOM[1] / 2)
            return side, side
        case "diamond":
            return 1.5 * width, 1.8 * height
        case "cylinder":
            return width, height + 12
        case "hexagon" | "stadium":
            return width + height / 2, height
        case _:
            return width, height


def _measured(label: str) -> Size:
    lines = _lines(label)
    return max(map(_letters, lines)) * _LETTER, len(lines) * _LINE


def _lines(label: str) -> list[str]:
    wrapped = (textwrap.wrap(part, _MOST_LETTERS) for part in harmless(label).split("\n"))
    return [line for lines in wrapped for line in lines or [""]]


def _letters(line: str) -> int:
    """How wide it is, in letters: those of East Asia are twice as wide."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in line)


# how they are drawn


def _node(node: Node, box: Box) -> Iterator[str]:
    width, height = _size(node)
    yield _shape(node.shape, Box(box.x, box.y, width, height))
    yield _written(node.label, box.x, box.y)


def _shape(shape: str, box: Box) -> str:
    x, y, half, up = box.x, box.y, box.width / 2, box.height / 2
    drawn = 'class="diagram-node" fill="none" stroke="currentColor" stroke-width="1.5"'
    match shape:
        case "circle":
            return f'<circle {drawn} cx="{x:.1f}" cy="{y:.1f}" r="{half:.1f}"/>'
        case "diamond":
            return f'<polygon {drawn} points="{_points((x, y - up), (x + half, y), (x, y + up), (x - half, y))}"/>'
        case "hexagon":
            inner = half - up / 2
            right = ((x + inner, y - up), (x + half, y), (x + inner, y + up))
            left = ((x - inner, y + up), (x - half, y), (x - inner, y - up))
            return f'<polygon {drawn} points="{_points(*right, *left)}"/>'
        case "cylinder":
            lid = f"A {half:.1f} 6 0 0 1"
            top, bottom = f"{y - up + 6:.1f}", f"{y + up - 6:.1f}"
            west, east = f"{x - half:.1f}", f"{x + half:.1f}"
            path = f"M {west} {top} {lid} {east} {top} A {half:.1f} 6 0 0 1 {west} {top} V {bottom}"
            return f'<path {drawn} d="{path} A {half:.1f} 6 0 0 0 {east} {bottom} V {top}"/>'
        case _:
            corner = {"round": 8.0, "stadium": up}.get(shape, 0.0)
            return f'<rect {drawn} {_rectangle(box)} rx="{corner:.1f}"/>'


def _group(box: Box, label: str) -> Iterator[str]:
    """A frame with its title in the corner, where lines seldom come in."""
    drawn = 'class="diagram-group" fill="none" stroke="currentColor" stroke-dasharray="2 3"'
    yield f'<rect {drawn} {_rectangle(box)} rx="4"/>'
    x, y = box.x - box.width / 2 + _MARGIN, box.y - box.height / 2 + _LINE
    yield f'<text class="diagram-label" fill="currentColor" x="{x:.1f}" y="{y:.1f}">{_text(one_line(label))}</text>'


def _edge(chart: Flowchart, edge: Edge, places: Placed, number: int) -> Iterator[str]:
    if edge.tail == edge.head:
        yield from _loop(edge, chart, places.boxes[edge.tail])
        return
    route, label = places.routes[number], places.boxes.get(number)
    tail, head = (_outline(chart, name, places) for name in (edge.tail, edge.head))
    if label is None:
        yield from _line(edge.line, _between(tail, route, head), edge.back, edge.arrow)
        return
    middle, gap = route.index((label.x, label.y)), ("box", label)
    yield from _line(edge.line, _between(tail, route[: middle + 1], gap), edge.back, False)
    yield from _line(edge.line, _between(gap, route[middle:], head), False, edge.arrow)
    yield _written(edge.label, label.x, label.y)


def _outline(chart: Flowchart, name: str, places: Placed) -> Outline:
    box, node = places.boxes[name], chart.nodes.get(name)
    return (node.shape, Box(box.x, box.y, *_size(node))) if node else ("box", box)


def _between(tail: Outline, route: Sequence[Point], head: Outline) -> list[Point]:
    """A route from the border of one shape to that of another."""
    return [_border(tail, route[1]), *route[1:-1], _border(head, route[-2])]


def _border(outline: Outline, towards: Point) -> Point:
    """Where a line from the middle of a shape leaves it."""
    shape, box = outline
    x, y = towards[0] - box.x, towards[1] - box.y
    across, up = abs(x) / (box.width / 2 or 1), abs(y) / (box.height / 2 or 1)
    match shape:
        case "diamond":
            reach = across + up
        case "circle":
            reach = math.hypot(across, up)
        case _:
            reach = max(across, up)
    share = 1 / max(reach, 1)
    return box.x + x * share, box.y + y * share


def _line(line: str, points: Sequence[Point], back: bool, arrow: bool) -> Iterator[str]:
    """A line through points with its bends rounded, and its arrows."""
    bends = "".join(f" Q {_at(bend)} {_at(_middle(bend, after))}" for bend, after in pairwise(points[1:-1]))
    bends += f" Q {_at(points[-2])} {_at(points[-1])}" if len(points) > 2 else f" L {_at(points[-1])}"
    yield f'<path class="diagram-edge" {_STROKES[line]} d="M {_at(points[0])}{bends}"/>'
    if arrow:
        yield _arrow(points[-2], points[-1])
    if back:
        yield _arrow(points[1], points[0])


def _loop(edge: Edge, chart: Flowchart, box: Box) -> Iterator[str]:
    """From a node out to its right and back."""
    _, outline = _outline(chart, edge.tail, Placed(boxes={edge.tail: box}))
    x, y = outline.x + outline.width / 2, outline.y
    out = x + _LOOP * 0.9
    path = f"M {_at((x, y - 6))} C {_at((out, y - 16))} {_at((out, y + 16))} {_at((x, y + 6))}"
    yield f'<path class="diagram-edge" {_STROKES[edge.line]} d="{path}"/>'
    yield _arrow((out, y + 12), (x, y + 6))
    if edge.label:
        yield _written(edge.label, x + _LOOP + _measured(edge.label)[0] / 2, y)


def _arrow(start: Point, tip: Point) -> str:
    angle = math.atan2(tip[1] - start[1], tip[0] - start[0])
    wings = ((tip[0] - _TIP * math.cos(angle + turn), tip[1] - _TIP * math.sin(angle + turn)) for turn in (-0.45, 0.45))
    return f'<polygon class="diagram-arrow" fill="currentColor" points="{_points(tip, *wings)}"/>'


def _written(label: str, x: float, y: float) -> str:
    """A label with its middle there."""
    lines = _lines(label)
    top = y - (len(lines) - 1) * _LINE / 2 + _LINE / 4
    rows = (f'<tspan x="{x:.1f}" y="{top + row * _LINE:.1f}">{_text(line)}</tspan>' for row, line in enumerate(lines))
    return f'<text class="diagram-label" fill="currentColor" text-anchor="middle">{"".join(rows)}</text>'


def _rectangle(box: Box) -> str:
    left, top = box.x - box.width / 2, box.y - box.height / 2
    return f'x="{left:.1f}" y="{top:.1f}" width="{box.width:.1f}" height="{box.height:.1f}"'


def _points(*points: Point) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def _at(point: Point) -> str:
    return f"{point[0]:.1f} {point[1]:.1f}"


def _middle(one: Point, other: Point) -> Point:
    return (one[0] + other[0]) / 2, (one[1] + other[1]) / 2


def _text(text: str) -> str:
    """As the content of an element; what no encoding can hold becomes a question mark."""
    return escape(harmless(text).encode(errors="replace").decode())
