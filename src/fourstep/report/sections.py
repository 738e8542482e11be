"""A report's blocks as a page arranges them: sections under headings, articles under subheadings, runs of one kind."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from fourstep.report.document import Block, BlockKind

_TURN_NAME = re.compile(r"\b([IC]\d+)\b")


@dataclass(frozen=True, slots=True)
class Run:
    """Blocks of one kind that follow each other, such as the items of a list."""

    kind: BlockKind
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """What stands under a subheading."""

    anchor: str
    title: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under a heading, and the articles in it."""

    anchor: str
    title: str
    runs: tuple[Run, ...]
    """What comes before the first subheading."""
    articles: tuple[Article, ...]


def sections_of(blocks: Iterable[Block]) -> list[Section]:
    """The sections that headings begin; what stands before the first heading makes one without a title.

    An anchor of ours has a hyphen, which the names that blocks bring along have not.
    """
    return [
        _section(heading, tuple(inside), f"part-{number}")
        for number, (heading, inside) in enumerate(_parted(blocks, "heading"))
        if heading or inside
    ]


def _section(heading: Block | None, inside: Sequence[Block], anchor: str) -> Section:
    (_, lead), *articles = _parted(inside, "subheading")
    return Section(
        (heading.anchor if heading else "") or anchor,
        heading.text if heading else "",
        _runs(lead),
        tuple(
            Article(head.anchor or f"{anchor}-{number}", head.text, _runs(body))
            for number, (head, body) in enumerate(articles, 1)
            if head
        ),
    )


def _parted(blocks: Iterable[Block], kind: BlockKind) -> list[tuple[Block | None, list[Block]]]:
    """The blocks behind each block of that kind; first, with None, those before any."""
    parts: list[tuple[Block | None, list[Block]]] = [(None, [])]
    for block in blocks:
        if block.kind == kind:
            parts.append((block, []))
        else:
            parts[-1][1].append(block)
    return parts


def _runs(blocks: Iterable[Block]) -> tuple[Run, ...]:
    return tuple(Run(kind, tuple(run)) for kind, run in groupby(_said(blocks), key=lambda block: block.kind))


def _said(blocks: Iterable[Block]) -> Iterator[Block]:
    """Without the empty paragraphs that only part lines of text."""
    return (block for block in blocks if block.text)


def parted_at_turns(text: str) -> list[str]:
    """The text cut around what could be names of turns, such as `C8`."""
    return _TURN_NAME.split(text)
