"""Mermaid's flowcharts as SVG: what is drawn, what is left as text, and that foreign labels do nothing."""

import re
import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fourstep.report.flowchart import (
    LONGEST_LABEL,
    LONGEST_LINE,
    MOST_CHARACTERS,
    MOST_DEPTH,
    MOST_EDGES,
    MOST_NODES,
    NotUnderstoodError,
    parse_flowchart,
)
from fourstep.report.mermaid import diagram_spans, mermaid_svg
from fourstep.report.placing import Box, placed

SVG = "{http://www.w3.org/2000/svg}"
FEED = """flowchart LR
  accTitle: The feed
  client([Client]) -->|request| feed{{Feed}}
  feed --> retrieval & cache[(Cache)]
  subgraph models [Models]
    direction TB
    retrieval((Two towers)) -- top 500 --> ranker[Ranker]
    ranker ==> rerank(Rerank)
    ranker -.-> ranker
    subgraph inner
      rerank --> rules{Rules?}
    end
  end
  rules -->|yes| client
  rules -. log .-> logs[(Kafka<br/>logs)]
  logs --> train[Training] --> models
  x --- y
"""


def drawn(source: str) -> ET.Element:
    svg = mermaid_svg(source)
    assert svg is not None
    return ET.fromstring(svg)


def edges(source: str) -> list[tuple[str, str, str]]:
    return [(edge.tail, edge.head, edge.label) for edge in parse_flowchart(source).edges]


def words(svg: ET.Element) -> list[str]:
    return ["".join(text.itertext()) for text in svg.iter(f"{SVG}text")]


# what is read


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("a --> b", [("a", "b", "")]),
        ("a-->b-->c", [("a", "b", ""), ("b", "c", "")]),
        ("a & b --> c & d", [("a", "c", ""), ("a", "d", ""), ("b", "c", ""), ("b", "d", "")]),
        ("a -->|top 500| b", [("a", "b", "top 500")]),
        ('a -->|"a | b"| b', [("a", "b", "a | b")]),
        ("a -- top 500 --> b", [("a", "b", "top 500")]),
        ("a-- top -->b", [("a", "b", "top")]),
        ("a -. log .-> b", [("a", "b", "log")]),
        ("a == much ==> b", [("a", "b", "much")]),
        ("a -.- b; b ~~~ c", [("a", "b", ""), ("b", "c", "")]),
        ("a <--> b", [("a", "b", "")]),
        ("a --x b --o c", [("a", "b", ""), ("b", "c", "")]),
        ("a:::hot --> b", [("a", "b", "")]),
        ("two-tower --> ann.index", [("two-tower", "ann.index", "")]),
        ("a ----> b", [("a", "b", "")]),
    ],
)
def test_edges_in_all_their_forms(line: str, expected: list[tuple[str, str, str]]) -> None:
    assert edges(f"graph TD\n{line}") == expected


@pytest.mark.parametrize(
    ("node", "label", "shape"),
    [
        ("a", "a", "box"),
        ("a[Feed]", "Feed", "box"),
        ("a(Feed)", "Feed", "round"),
        ("a([Feed])", "Feed", "stadium"),
        ("a[(Feed)]", "Feed", "cylinder"),
        ("a((Feed))", "Feed", "circle"),
        ("a{Feed?}", "Feed?", "diamond"),
        ("a{{Feed}}", "Feed", "hexagon"),
        ("a[/Feed/]", "Feed", "box"),
        ('a["the (feed) [x]"]', "the (feed) [x]", "box"),
        ("a[one<br/>two]", "one\ntwo", "box"),
        ('a["#quot;x#quot; #35;1"]', '"x" #1', "box"),
    ],
)
def test_shapes_and_labels(node: str, label: str, shape: str) -> None:
    read = parse_flowchart(f"flowchart\n{node}").nodes["a"]
    assert (read.label, read.shape) == (label, shape)


def test_subgraphs_hold_what_is_first_named_in_them() -> None:
    chart = parse_flowchart(FEED)
    assert [(group.name, group.label, group.parent) for group in chart.groups.values()] == [
        ("models", "Models", None),
        ("inner", "inner", "models"),
    ]
    assert chart.nodes["rules"].group == "inner"
    assert chart.nodes["logs"].group is None
    assert "models" not in chart.nodes


def test_colours_classes_and_links_are_passed_over() -> None:
    source = "graph TD\n%% a note\na-->b\nclassDef hot fill:#f00\nclass a hot\nstyle b fill:red\n"
    source += 'linkStyle 0 stroke:red\nclick a href "javascript:alert(1)"\n'
    svg = mermaid_svg(source)
    assert svg is not None
    assert "red" not in svg
    assert "javascript" not in svg


@pytest.mark.parametrize(
    "source",
    [
        "",
        "graph TD",
        "sequenceDiagram\nA->>B: hi",
        "flowchart SIDEWAYS\na-->b",
        "graph TD\na --> ",
        "graph TD\na -->|open b",
        "graph TD\na[open",
        "graph TD\na --> [b]",
        "graph TD\nsubgraph x\na",
        "graph TD\nend",
        "graph TD\nsome notes on the side",
        "graph TD\n" + "a" * (LONGEST_LINE + 1),
        "graph TD\n" + "a-->b\n" * (MOST_CHARACTERS // 6),
        f"graph TD\na[{'x' * (LONGEST_LABEL + 1)}]",
        "graph TD\n" + "\n".join(f"n{n}" for n in range(MOST_NODES + 1)),
        "graph TD\n" + "a-->b\n" * (MOST_EDGES + 1),
        "graph TD\n" + "".join(f"subgraph g{n}\n" for n in range(MOST_DEPTH + 1)) + "a\n" + "end\n" * (MOST_DEPTH + 1),
        "graph TD\nsubgraph x\na\nend\nsubgraph x\nb\nend",
        "graph TD\n" + " & ".join(f"a{n}" for n in range(30)) + " --> " + " & ".join(f"b{n}" for n in range(30)),
    ],
)
def test_what_is_not_understood_or_too_large_is_not_drawn(source: str) -> None:
    assert mermaid_svg(source) is None


# what is drawn


def test_every_label_is_drawn_and_every_edge_has_its_line() -> None:
    svg = drawn(FEED)
    text = " ".join(words(svg))
    for label in ("Client", "Feed", "Two towers", "Ranker", "request", "top 500", "yes", "log", "Models", "inner"):
        assert label in text
    lines = [path for path in svg.iter(f"{SVG}path") if path.get("class") == "diagram-edge"]
    assert len(lines) == len(parse_flowchart(FEED).edges) + 4  # a label divides its line into two


def test_it_has_a_title_and_says_in_words_what_it_shows() -> None:
    svg = drawn(FEED)
    assert svg.get("role") == "img"
    assert svg.findtext(f"{SVG}title") == "The feed"
    said = svg.findtext(f"{SVG}desc") or ""
    assert "Client to Feed (request)." in said
    assert "Training to Models." in said


def test_lines_that_are_invisible_only_order() -> None:
    svg = drawn("graph TD\na ~~~ b")
    assert not list(svg.iter(f"{SVG}path"))
    assert svg.findtext(f"{SVG}desc") == "a. b."


def boxes(source: str) -> dict[str, Box]:
    chart = parse_flowchart(source)
    sizes = dict.fromkeys((*chart.nodes, *chart.groups), (60.0, 30.0))
    return {str(part): box for part, box in placed(chart, sizes).boxes.items()}


@pytest.mark.parametrize(
    ("direction", "order"), [("TD", ("y", 1)), ("BT", ("y", -1)), ("LR", ("x", 1)), ("RL", ("x", -1))]
)
def test_layers_follow_the_direction(direction: str, order: tuple[str, int]) -> None:
    axis, sign = order
    places = boxes(f"graph {direction}\na-->b-->c")
    along = [sign * getattr(places[name], axis) for name in "abc"]
    assert all(before < after for before, after in pairwise(along))


def overlap(one: Box, other: Box) -> bool:
    across = abs(one.x - other.x) < (one.width + other.width) / 2 - 0.5
    return across and abs(one.y - other.y) < (one.height + other.height) / 2 - 0.5


def test_nothing_covers_anything_and_a_frame_holds_its_own_only() -> None:
    chart, places = parse_flowchart(FEED), boxes(FEED)
    frame = places["models"]
    for name, node in chart.nodes.items():
        inside = "models" in chart.levels(name)
        assert overlap(places[name], frame) == inside
        assert not any(overlap(places[name], places[other]) for other in chart.nodes if other != name), node


# hostile text

HOSTILE = [
    "<script>alert(1)</script>",
    "</text></svg><img src=x onerror=alert(1)>",
    '" onload="alert(1)',
    "]]><!--",
    "&lt;script&gt;",
    "\x1b[31m\x00\u202e",
    "\ud800",
]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize(
    "source",
    [
        "graph TD\na[{}]-->b",
        'graph TD\na["{}"]-->b',
        "graph TD\na-->|{}|b",
        "graph TD\na-- {} -->b",
        "graph TD\nsubgraph {}\na\nend",
        "graph TD\naccTitle: {}\naccDescr: {}\na-->b",
    ],
)
def test_foreign_labels_are_text_or_nothing_is_drawn(source: str, text: str) -> None:
    svg = mermaid_svg(source.replace("{}", text))
    if svg is None:
        return
    root = ET.fromstring(svg)
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        "svg", "title", "desc", "rect", "circle", "polygon", "path", "text", "tspan",
    }  # fmt: skip
    assert not [name for element in root.iter() for name in element.attrib if name.startswith("on") or "href" in name]
    assert "style" not in {name for element in root.iter() for name in element.attrib}


@given(st.text(alphabet='ab[](){}<>|-=.~&;:"/\\#\n %xo', max_size=120))
@settings(max_examples=300, deadline=None)
def test_any_text_is_drawn_as_sound_svg_or_not_at_all(text: str) -> None:
    svg = mermaid_svg(f"graph LR\n{text}")
    if svg is not None:
        ET.fromstring(svg)


@given(st.lists(st.tuples(st.integers(0, 14), st.integers(0, 14)), min_size=1, max_size=40))
@settings(max_examples=60, deadline=None)
def test_any_graph_is_drawn_within_its_frame_without_overlaps(pairs: list[tuple[int, int]]) -> None:
    source = "graph TD\n" + "\n".join(f"n{tail} --> n{head}" for tail, head in pairs)
    places = list(boxes(source).values())
    assert not any(overlap(one, other) for n, one in enumerate(places) for other in places[:n])
    svg = drawn(source)
    left, top, width, height = (float(number) for number in (svg.get("viewBox") or "").split())
    for x, y in re.findall(r"(-?[\d.]+)[ ,](-?[\d.]+)", " ".join(path.get("d", "") for path in svg.iter(f"{SVG}path"))):
        assert left <= float(x) <= left + width
        assert top <= float(y) <= top + height


# where it stands


@pytest.mark.parametrize(
    ("pad", "sources"),
    [
        ("notes only", ()),
        ("flowchart LR\na-->b", ("flowchart LR\na-->b",)),
        ("\n graph TD\na-->b\n", ("graph TD\na-->b",)),
        (
            "notes\n```mermaid\ngraph TD\na-->b\n```\nmore\n~~~mermaid\ngraph LR\nc\n~~~",
            ("graph TD\na-->b", "graph LR\nc"),
        ),
        ("```mermaid\ngraph TD\na-->b", ("graph TD\na-->b",)),
        ("```python\ngraph TD\n```", ()),
        ("graphics are drawn later\n[a]", ()),
    ],
)
def test_diagrams_are_found_in_fences_or_as_the_whole_pad(pad: str, sources: tuple[str, ...]) -> None:
    assert tuple(source for *_, source in diagram_spans(pad)) == sources


def test_why_it_is_not_understood_is_known() -> None:
    with pytest.raises(NotUnderstoodError, match="is no node"):
        parse_flowchart("graph TD\na --> [b]")
