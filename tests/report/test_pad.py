"""A design pad taken apart: every line of it is in one part, and only real tables are tables."""

from fourstep.report.pad import parts_of

DIAGRAM = "```mermaid\nflowchart LR\nA --> B\n```"
TABLE = "| Part | Owner |\n|---|:--:|\n| Prep \\| wait | Restaurant |\n| Drive |"


def test_diagrams_tables_and_text_come_in_their_order() -> None:
    first, drawn, table, last = parts_of(f"Budget\n\n{DIAGRAM}\n\n{TABLE}\n50 ms\n")
    assert (first.text, last.text) == ("Budget", "50 ms")
    assert (drawn.text, drawn.diagram, drawn.drawn is not None) == (DIAGRAM, True, True)
    assert table.table == (("Part", "Owner"), ("Prep | wait", "Restaurant"), ("Drive", ""))


def test_bars_without_a_rule_are_text() -> None:
    (part,) = parts_of("| a |\n| b |\n| c |")
    assert (part.table, part.diagram) == ((), False)


def test_an_empty_pad_has_no_parts() -> None:
    assert parts_of("\n\n") == ()
