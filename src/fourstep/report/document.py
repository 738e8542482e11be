"""A report as a list of blocks, and the two ways in which it is written down."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from fourstep.foreign_text import as_markdown, harmless, wrapped

WIDTH = 80
"""Columns of a text report."""

BlockKind = Literal["title", "heading", "subheading", "paragraph", "item", "quote", "row"]

_DENSE: tuple[BlockKind, ...] = ("item", "row")


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph-like piece; `text` is harmless only once it is rendered."""

    kind: BlockKind
    text: str
    aside: str = ""
    """Where a quote stands (`C8`), the sign in front of an item, or what a paragraph is, in front of it."""
    anchor: str = ""
    """The name by which a page links to what begins here."""


def as_text(blocks: Iterable[Block]) -> str:
    """For a terminal, wrapped at 80 columns, without any markup."""
    return "\n".join(_text_of(block) for block in blocks).strip("\n") + "\n"


def as_markdown_page(blocks: Iterable[Block]) -> str:
    """For a page; foreign text is escaped. Only items and rows follow each other without an empty line."""
    page, before = "", None
    for block in blocks:
        if block.text or block.kind == "row":
            page += "" if before is None else "\n" if before == block.kind in _DENSE else "\n\n"
            page += _markdown_of(block)
            before = block.kind
    return f"{page}\n"


def _text_of(block: Block) -> str:
    match block.kind:
        case "title":
            return f"{harmless(block.text)}\n{'=' * min(WIDTH, len(block.text))}\n"
        case "heading":
            return f"\n{harmless(block.text)}\n{'-' * min(WIDTH, len(block.text))}"
        case "subheading":
            return f"\n{harmless(block.text)}"
        case "paragraph":
            return wrapped(f"{block.aside}: {block.text}" if block.aside else block.text, WIDTH)
        case "item":
            return f"  {block.aside or '-'} {wrapped(block.text, WIDTH, '    ').lstrip()}"
        case "quote":
            return wrapped(f'{block.aside}  "{" ".join(block.text.split())}"', WIDTH, "    ")
        case "row":
            return harmless(block.text)


def _markdown_of(block: Block) -> str:
    text = as_markdown(block.text)
    match block.kind:
        case "title":
            return f"# {text}"
        case "heading":
            return f"## {text}"
        case "subheading":
            return f"### {text}"
        case "paragraph":
            return f"**{as_markdown(block.aside)}:** {text}" if block.aside else text
        case "item":
            sign = f"`{block.aside}` " if block.aside else ""
            return f"- {sign}{' '.join(text.split())}"
        case "quote":
            return f"> “{' '.join(text.split())}” — {as_markdown(block.aside)}"
        case "row":
            return f"    {harmless(block.text)}"
