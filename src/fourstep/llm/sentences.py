"""A stream of text cut into sentences, each handed on as soon as its last character has come."""

import re
from collections.abc import AsyncIterator

_END = re.compile(r"""[.!?…]+["'”’)\]*_]*(?=\s)|\n""")
"""The end of a sentence that something follows."""
_ENDS_HERE = re.compile(r"""(?:[!?…]|(?<=[a-z]{3})\.|(?<=[)%"”])\.)["'”’)\]*_]*$""")
"""The end of a sentence with nothing behind it yet; a full stop behind a figure or an initial may be none."""
_SHORT_FORM = re.compile(r"\b(?:e\.g|i\.e|etc|vs|approx|resp|incl|cf|no|dr|mr|ms|st)\.$", re.IGNORECASE)
_WORD = re.compile(r"\w")
_THOUGHT = "<think>", "</think>"
"""What some servers put around the thinking that comes before a reply."""


async def sentences(pieces: AsyncIterator[str]) -> AsyncIterator[str]:
    """The sentences of a stream with the white space that stands before them.

    Thinking at the beginning of the stream is left out, and so are marks at its end that belong to no sentence.
    """
    held, first = "", True
    async for piece in _without_thinking(pieces):
        held += piece
        while end := _first_end(held):
            yield held[:end]
            held, first = held[end:], False
    if _WORD.search(held) or (first and held.strip()):
        yield held


def split(text: str) -> list[str]:
    """The sentences of a text, without white space around them."""
    found = []
    while end := _first_end(text):
        found.append(text[:end].strip())
        text = text[end:]
    return [*found, text.strip()] if text.strip() else found


def _first_end(text: str) -> int:
    """Where the first sentence ends; 0 where none does. A mark without a word before it ends nothing."""
    for pattern in (_END, _ENDS_HERE):
        for match in pattern.finditer(text):
            before = text[: match.end()]
            if _WORD.search(before) and not _SHORT_FORM.search(before):
                return match.end()
    return 0


async def _without_thinking(pieces: AsyncIterator[str]) -> AsyncIterator[str]:
    held, thinking = "", None
    async for piece in pieces:
        if thinking is False:
            yield piece
            continue
        held += piece
        start = held.lstrip()
        if start.startswith(_THOUGHT[0]):
            thinking = _THOUGHT[1] not in start
            held = start.partition(_THOUGHT[1])[2].lstrip() if not thinking else held
        elif not _THOUGHT[0].startswith(start[: len(_THOUGHT[0])]):
            thinking = False
        if thinking is False:
            yield held
            held = ""
    if held and not thinking:
        yield held
