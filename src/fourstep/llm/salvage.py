"""JSON out of a reply that was asked for JSON: fenced, wrapped in prose, or with a comma too many."""

import json
import re
from collections.abc import Iterator
from typing import Any

from fourstep.errors import ReplyError

_THOUGHT = re.compile(r"<think(?:ing)?>.*?</think(?:ing)?>", re.DOTALL | re.IGNORECASE)
_FENCE = re.compile(r"```[a-z]*\s*\n(.*?)```", re.DOTALL | re.IGNORECASE)
_COMMA_TOO_MANY = re.compile(r'("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])', re.DOTALL)
_MOST_STARTS = 50
"""Braces from which an object is looked for."""


def salvaged(text: str) -> Any:
    """The JSON value that a reply holds. Raises: ReplyError, when it holds none."""
    text = _THOUGHT.sub("", text).strip()
    for piece in (text, *_FENCE.findall(text)):
        for mended in (piece, _without_extra_commas(piece)):
            try:
                return json.loads(mended, strict=False)
            except (ValueError, RecursionError):
                continue
    if found := max(_objects(_without_extra_commas(text)), key=lambda pair: pair[0], default=None):
        return found[1]
    raise ReplyError("The reply is not JSON.", "Try again, or use another model.")


def _without_extra_commas(text: str) -> str:
    return _COMMA_TOO_MANY.sub(lambda match: match[1] or "", text)


def _objects(text: str) -> Iterator[tuple[int, Any]]:
    """Objects that stand somewhere in the text, with their lengths."""
    decoder, after = json.JSONDecoder(strict=False), 0
    for start in [match.start() for match in re.finditer(r"\{", text)][:_MOST_STARTS]:
        if start < after:
            continue
        try:
            value, after = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            continue
        yield after - start, value
