"""The transcript as a grader's model reads it: data on numbered lines, inside a fence that no answer can close."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from fourstep.offline.instructions import instructions_in, paragraphs
from fourstep.transcript.transcript import Transcript, Turn

_UNSEEN = frozenset(("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"))
"""Unicode categories of what is read by a model and seen by nobody."""
_BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0\u034f\u2800")
"""Letters by their category, but without a shape."""
_ROLES = "system|developer|user|assistant|human|ai|tool|function|transcript|instructions?|im_start|im_end|s"
_TAG = re.compile(
    rf"[<＜]\|[^|<>\n]{{0,40}}\|[>＞]|[<＜]{{1,2}}\s*/?\s*(?:{_ROLES}|sys)\b[^<>\n]{{0,80}}[>＞]{{1,2}}"
    r"|\[\s*/?\s*(?:INST|SYSTEM|TOOL_CALLS|TOOL_RESULTS|AVAILABLE_TOOLS)\s*\]",
    re.IGNORECASE,
)
_MACHINE = re.compile(
    r'"(?:judgements?|criterion|level|met|turn|verdict|role|verified)"\s*:'
    r"|^[>\s*]*(?:I\d+|interviewer|grader|developer note)\**\s*:"
    r"|\b(?:tool|function)[_ ](?:result|call)s?\b|\bend[_ ]of[_ ](?:data|input|prompt)\b|-{3,}\s*END\b"
    r"|\b[a-z]+(?:_[a-z]+)+\W{1,4}(?:\w+\W{1,4})?(?:missing|mentioned|solid|exceptional)\b"
    r"|<\|[^|<>\n]{1,40}\|>|<</?SYS>>|\[/?INST\]|</?transcript\b",
    re.IGNORECASE | re.MULTILINE,
)
"""What people do not say to an interviewer: the forms of a grader's replies, of other speakers' turns, of tools."""
_HARMLESS = str.maketrans("<＜>＞[]|", "‹‹››⟦⟧¦")


@dataclass(frozen=True, slots=True)
class Fenced:
    """A transcript between two lines."""

    name: str
    """Of the fence: it holds a hash of what is inside, so that nothing inside can know it."""
    text: str
    """The two lines with a turn a line between them."""


def fenced(transcript: Transcript) -> Fenced:
    """The turns as JSON between two lines; what spoke to the grader is left out and counted."""
    return enclosed("transcript", [_row(turn) for turn in transcript.turns])


def enclosed(what: str, rows: Iterable[Mapping[str, Any]]) -> Fenced:
    """Foreign data as JSON, a row a line, between two lines that nothing inside can know."""
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    name = f"{what}-{hashlib.sha256(chr(10).join(lines).encode()).hexdigest()[:16]}"
    return Fenced(name, "\n".join([f"<{name}>", *lines, f"</{name}>"]))


def defused(text: str) -> str:
    """Without what nobody sees, and with the tags of models' own languages made harmless."""
    return _TAG.sub(lambda tag: tag[0].translate(_HARMLESS), visible(text).strip())


def addressed_to_grader(turn: Turn) -> tuple[str, ...]:
    """The paragraphs of an answer and its pad that speak to the grader, verbatim, also where letters are disguised."""
    return (*_addressed(turn.text), *_addressed(turn.pad)) if turn.speaker == "candidate" else ()


def without_addresses(transcript: Transcript) -> Transcript:
    """The transcript with those paragraphs blanked out: what can be evidence."""
    return replace(transcript, turns=tuple(_without_addresses(turn) for turn in transcript.turns))


def visible(text: str) -> str:
    """Without control characters and those of no width; lines and tabs stay."""
    unseen = {ord(char): None for char in set(text) if char not in "\n\t" and _is_unseen(char)}
    return text.translate(unseen) if unseen else text


def _row(turn: Turn) -> dict[str, Any]:
    row: dict[str, Any] = {"turn": turn.name}
    if turn.aims_at:
        row["asks_about"] = turn.aims_at
    if turn.hint_rung:
        row["hint"] = turn.hint_rung
    if taken_out := len(addressed_to_grader(turn)):
        row["taken_out"] = taken_out
    clean = _without_addresses(turn)
    pad = {"pad": defused(clean.pad)} if clean.pad.strip() else {}
    return row | {"text": defused(clean.text)} | pad


def _without_addresses(turn: Turn) -> Turn:
    blocks = addressed_to_grader(turn)
    return replace(turn, text=_blanked(turn.text, blocks), pad=_blanked(turn.pad, blocks)) if blocks else turn


def _blanked(text: str, blocks: Iterable[str]) -> str:
    """The text without these paragraphs, all other letters keeping their places."""
    for block in blocks:
        text = text.replace(block, re.sub(r"[^\n]", " ", block))
    return text


@lru_cache(maxsize=1024)  # asked of each turn for its row, for what is citable, and for the flags
def _addressed(text: str) -> tuple[str, ...]:
    return tuple(block for block in paragraphs(text) if _speaks_to_a_machine(block))


def _speaks_to_a_machine(block: str) -> bool:
    plain = unicodedata.normalize("NFKC", visible(block))
    return bool(instructions_in(plain) or _MACHINE.search(plain))


def _is_unseen(char: str) -> bool:
    return char in _BLANK_LETTERS or unicodedata.category(char) in _UNSEEN
