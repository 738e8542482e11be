"""What of an interviewer's turn asks for something, where no log says so: facts and farewells do not."""

import re
from collections.abc import Iterator
from itertools import pairwise

from fourstep.language.clauses import read_passage

_WHAT = r"(?:how|what|which|where|when|why|who)\b"
_REQUESTS = re.compile(
    r"^(?:(?:and|so|but|okay|ok|right|sure|fine|good|great|now|then|um|uh|yeah|yes|please|cool|all right)[,. ]+)*"
    rf"(?:{_WHAT}|(?:tell|talk|walk|take|give|show|bring)\b.{{0,12}}\b(?:me|us|about|through)"
    r"|describe|explain|design|frame|sketch|define|say more|go on with|start with|(?:can|could|may) (?:you|i|we)\b)"
    rf"|\b{_WHAT} (?:do|did|would|could|should|will|are|have) you\b"
    r"|\b(?:let's|let us) (?:talk|move|go|turn|look|start|do|get)\b|\bi(?:'d| would) (?:really |now )?like\b",
    re.IGNORECASE,
)
_ABOUT_US = re.compile(
    r"\bquestions? (?:for|to) (?:me|us)\b|\bask (?:me|us)\b|\bdo you have (?:any )?questions\b", re.IGNORECASE
)
_BARE = 4
"""Words up to which a sentence names a topic and asks by that: "Features."."""


def asking_part(text: str, *, answering: bool) -> str:
    """The sentences that ask, each behind the one that leads to it.

    To a question of the candidate's (`answering`), bare words and what stands before a question are the answer.
    """
    part: list[str] = []
    for (before, _), (said, question) in pairwise((("", False), *_sentences(text))):
        bare = not answering and len(said.split()) <= _BARE
        if (question or bare or _REQUESTS.search(said)) and not _ABOUT_US.search(said):
            part += [said] if answering or before in part else [before, said]
    return " ".join(part).strip()


def questions_part(text: str) -> str:
    """Its questions alone: how a problem is told asks for a design, and for nothing in particular."""
    return " ".join(said for said, question in _sentences(text) if question)


def _sentences(text: str) -> Iterator[tuple[str, bool]]:
    """Each sentence with whether it is a question."""
    passage = read_passage(text.replace("’", "'"))
    for number in dict.fromkeys(clause.sentence for clause in passage.clauses):
        clauses = [clause for clause in passage.clauses if clause.sentence == number]
        said = passage.text[clauses[0].start : clauses[-1].end]
        yield f"{said}.", any(clause.question for clause in clauses)
