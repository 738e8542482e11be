"""A report's blocks as passages of a page, so that screen and file say the same."""

import re
from collections.abc import Iterable
from dataclasses import replace

from textual.content import Content
from textual.style import Style

from fourstep.foreign_text import one_line
from fourstep.report.document import Block
from fourstep.tui.foreign import shown, shown_in_line
from fourstep.tui.widgets.page import Passage

_TURN = re.compile(r"[IC]\d+")
_SIGNS = {"+": "bold $success", "~": "bold $accent", "-": "bold $error"}


def passages_of(blocks: Iterable[Block]) -> list[Passage]:
    """Quotes know the turn they stand in, and lead there when they are clicked."""
    passages: list[Passage] = []
    for block in (block for block in blocks if block.text):
        if block.kind in ("heading", "subheading") and passages and not passages[-1].gap:
            passages[-1] = replace(passages[-1], gap=True)
        passages.append(_passage(block))
    return passages


def _passage(block: Block) -> Passage:
    match block.kind:
        case "title" | "heading" | "subheading":
            return Passage(block.text, body=shown_in_line(block.text, "bold"), gap=block.kind == "title")
        case "item":
            sign = block.aside or "·"
            return Passage(
                block.text,
                body=Content.assemble((f"{sign} ", _SIGNS.get(sign, "bold")), shown(block.text)),
                gap=False,
                indent=2,
            )
        case "quote":
            quote = Content.assemble(
                (f"{one_line(block.aside, 12)} ", "bold $focus"), "“", shown_in_line(block.text), "”"
            )
            # anything else in a file is no name of a turn, and no part of an action
            if named := _TURN.fullmatch(block.aside.removesuffix(" pad")):
                quote = quote.stylize(Style.from_meta({"@click": f"screen.jump('{named[0]}')"}))
            return Passage(("quote", block.aside, block.text), body=quote, gap=False, indent=4)
        case "row":
            return Passage(block.text, body=shown(block.text), gap=False)
        case _:
            label = f"{block.aside}: " if block.aside else ""
            return Passage(block.text, body=Content.assemble((label, "bold"), shown(block.text)))
