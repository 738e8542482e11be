"""Where the parts of a flowchart go: each subgraph is laid out by itself and is one block in what is around it.

The layers are made by grandalf (Sugiyama's method, Brandes and Köpf's coordinates). A label on an edge is given a place
in a layer, as nodes are, so that it covers nothing. All lengths are pixels.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from grandalf.graphs import Edge as Link
from grandalf.graphs import Graph, Vertex
from grandalf.layouts import SugiyamaLayout

from fourstep.report.flowchart import Direction, Flowchart

Point = tuple[float, float]
Size = tuple[float, float]
Part = str | int
"""A node or subgraph by its name, or the label of an edge by the edge's number."""

_Link = tuple[int, Part, Part]
"""A line of an edge by its number, from one part to another."""

BESIDE, BETWEEN = 28.0, 36.0
"""Between neighbours in a layer, and between layers."""
PADDING, TITLE = 16.0, 22.0
"""Around what is in a subgraph, and above it for its title."""
_BEND = 6.0
"""The room that a line takes where it passes through a layer."""
_ROUNDS = 4
"""How often the order within layers is improved."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its centre."""

    x: float
    y: float
    width: float
    height: float

    def moved(self, by: Point) -> "Box":
        """The same elsewhere."""
        return Box(self.x + by[0], self.y + by[1], self.width, self.height)


@dataclass(slots=True)
class Placed:
    """Parts and lines with their places from the top left corner of a block."""

    width: float = 0.0
    height: float = 0.0
    boxes: dict[Part, Box] = field(default_factory=dict)
    routes: dict[int, list[Point]] = field(default_factory=dict)
    """The edges by their numbers, from centre to centre."""

    def take_in(self, block: "Placed", corner: Point) -> None:
        """Everything of another block, which lies with its corner there."""
        self.boxes |= {part: box.moved(corner) for part, box in block.boxes.items()}
        self.routes |= {edge: [_sum(point, corner) for point in route] for edge, route in block.routes.items()}


def placed(chart: Flowchart, sizes: Mapping[Part, Size]) -> Placed:
    """Where everything goes; `sizes` are those of nodes, of subgraphs' titles and of the labels of edges."""
    meetings = defaultdict[str | None, list[tuple[int, str, str]]](list)
    for number, edge in enumerate(chart.edges):
        meeting, tail, head = _meeting(chart, edge.tail, edge.head)
        if tail != head:
            meetings[meeting].append((number, tail, head))
    whole = _block(chart, None, chart.direction, sizes, meetings)
    for number, edge in enumerate(chart.edges):
        ends = [(whole.boxes[name].x, whole.boxes[name].y) for name in (edge.tail, edge.head)]
        whole.routes[number] = [ends[0], *whole.routes.get(number, ())[1:-1], ends[1]]
    return whole


def _meeting(chart: Flowchart, tail: str, head: str) -> tuple[str | None, str, str]:
    """The innermost subgraph that holds both ends of an edge, and its two parts in which they lie."""
    tails, heads = list(chart.levels(tail)), list(chart.levels(head))
    meeting = next((group for group in tails[1:] if group in heads[1:]), None)
    return meeting, _part(tails, meeting), _part(heads, meeting)


def _part(names: Sequence[str], within: str | None) -> str:
    return names[names.index(within) - 1] if within else names[-1]


def _block(
    chart: Flowchart,
    group: str | None,
    direction: Direction,
    sizes: Mapping[Part, Size],
    meetings: Mapping[str | None, Sequence[tuple[int, str, str]]],
) -> Placed:
    """What is in a subgraph, or the whole chart for None."""
    blocks = {
        inner.name: _framed(_block(chart, inner.name, inner.direction or direction, sizes, meetings), sizes[inner.name])
        for inner in chart.groups.values()
        if inner.parent == group
    }
    parts: dict[Part, Size] = {name: sizes[name] for name, node in chart.nodes.items() if node.group == group}
    parts |= {name: (block.width, block.height) for name, block in blocks.items()}
    links: list[_Link] = []
    for number, tail, head in meetings.get(group, ()):
        if number in sizes:
            parts[number] = sizes[number]
            links += [(number, tail, number), (number, number, head)]
        else:
            links.append((number, tail, head))
    block = _layered(parts, links, direction)
    for name, inner in blocks.items():
        box = block.boxes[name]
        block.take_in(inner, (box.x - box.width / 2, box.y - box.height / 2))
    return block


def _framed(inner: Placed, title: Size) -> Placed:
    """A subgraph with room around it and for its title."""
    width = max(inner.width, title[0]) + 2 * PADDING
    framed = Placed(width, inner.height + 2 * PADDING + TITLE)
    framed.take_in(inner, ((width - inner.width) / 2, PADDING + TITLE))
    return framed


@dataclass(slots=True)
class _View:
    """What grandalf reads and writes of a vertex or an edge."""

    w: float = 0.0
    h: float = 0.0
    xy: Point = (0.0, 0.0)
    path: list[Point] = field(default_factory=list)

    def setpath(self, path: list[Point]) -> None:
        """Called with the points of an edge."""
        self.path = path


def _layered(parts: Mapping[Part, Size], links: Sequence[_Link], direction: Direction) -> Placed:
    """Parts in layers that follow the direction; what no line connects stands side by side."""
    sideways = direction in ("LR", "RL")
    vertices = {part: Vertex(part) for part in parts}
    for part, vertex in vertices.items():
        width, height = parts[part]
        vertex.view = _View(*((height, width) if sideways else (width, height)))
    edges = [Link(vertices[tail], vertices[head], data=number) for number, tail, head in links]
    for edge in edges:
        edge.view = _View()
    across, along = 0.0, 0.0
    lefts: dict[Part, float] = {}
    for component in Graph(list(vertices.values()), edges).C:
        spots = _laid_out(component)
        left = across - min(x - width / 2 for x, _, width, _ in spots)
        lefts |= {vertex.data: left for vertex in component.sV}
        across = max(left + x + width / 2 for x, _, width, _ in spots) + BESIDE
        along = max([along, *(y + height / 2 for _, y, _, height in spots)])

    def there(point: Point, left: float) -> Point:
        x, y = point[0] + left, along - point[1] if direction in ("BT", "RL") else point[1]
        return (y, x) if sideways else (x, y)

    across = max(across - BESIDE, 0.0)
    block = Placed(*((along, across) if sideways else (across, along)))
    for part, vertex in vertices.items():
        block.boxes[part] = Box(*there(vertex.view.xy, lefts[part]), *parts[part])
    for (number, tail, _), edge in zip(links, edges, strict=True):
        route = [there(point, lefts[tail]) for point in edge.view.path]
        block.routes[number] = [*block.routes.get(number, ())[:-1], *route]
    return block


def _laid_out(component: Graph) -> list[tuple[float, float, float, float]]:
    """Give the parts and lines of a connected graph their places; returns what takes room there, by its middle."""
    layout = SugiyamaLayout(component)
    layout.xspace, layout.yspace = BESIDE, BETWEEN
    layout.dw = layout.dh = _BEND
    layout.init_all()
    layout.draw(_ROUNDS)
    parts = [(*vertex.view.xy, vertex.view.w, vertex.view.h) for vertex in component.sV]
    return parts + [(*point, 0.0, 0.0) for edge in component.sE for point in edge.view.path]


def _sum(point: Point, other: Point) -> Point:
    return point[0] + other[0], point[1] + other[1]
