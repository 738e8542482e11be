"""A report's blocks on a screen: which quotes lead where."""

import pytest

from fourstep.report.document import Block
from fourstep.tui.blocks import passages_of


@pytest.mark.parametrize(
    ("aside", "leads_to"),
    [("C8", "screen.jump('C8')"), ("C8 pad", "screen.jump('C8')"), ("but C8", None), ("C8') or quit('", None)],
)
def test_a_quote_leads_to_its_turn_and_nowhere_else(aside: str, leads_to: str | None) -> None:
    (quote,) = passages_of([Block("quote", "as drawn", aside)])
    actions = {span.style.meta.get("@click") for span in quote.body.spans if not isinstance(span.style, str)}
    assert actions - {None} == ({leads_to} if leads_to else set())
