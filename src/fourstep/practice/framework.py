"""The four steps from memory: which of them a page names, and which of the rubric's criteria it speaks of.

A criterion is recalled where its topic is found, the words by which an interview knows what is being talked about;
one without a topic where a word of its title is found.
"""

import re
from dataclasses import dataclass

from fourstep.language.clauses import Passage, read_passage
from fourstep.language.phrases import Concepts
from fourstep.rubric import INTERVIEW_STEPS, Criterion, Rubric, Step

QUESTION = (
    "From memory: write down the four steps of a system design interview, in their order, and under each of them what "
    "belongs into it."
)
_SHORTEST = 5
"""Letters of a title's word that says something."""
_SENTENCES = re.compile(r"\n|[.;](?=\s)")
_LEAD = re.compile(r"^[\W\d_]*(?:\bstep\b[\W\d_]*)?", re.IGNORECASE)
"""What stands before a heading: a dash, a number, the word."""
_END = re.compile(r":|\s[-–—]+\s|\(")
"""What ends a heading within a line."""
_BETWEEN = re.compile(r"[\s\d.,;&/()*-]+|\b(?:and|then|the|problem)\b", re.IGNORECASE)
"""What may stand between the names of steps where nothing else is said."""


@dataclass(frozen=True, slots=True)
class Recalled:
    """What a page holds."""

    steps: tuple[str, ...]
    """The steps that a heading names, in the rubric's order."""
    criteria: tuple[str, ...]
    """The criteria of these steps that are spoken of, in the rubric's order."""


def recalled(page: str, rubric: Rubric) -> Recalled:
    """Read a page that was written from memory; a step's name alone speaks of nothing in it."""
    lines = [_parted(line) for line in _SENTENCES.split(page)]
    steps = tuple(
        step.id
        for step in rubric.steps
        if step.id in INTERVIEW_STEPS and any(_heads(step, head, rest, rubric) for head, rest in lines)
    )
    passage = read_passage("\n".join(rest if _only_names(head, rubric) else f"{head}: {rest}" for head, rest in lines))
    found = Concepts(rubric.topics()).find(passage)
    criteria = (c for c in framework(rubric) if any(name in found for name in c.topic) or _title_in(c, passage))
    return Recalled(steps, tuple(criterion.id for criterion in criteria))


def framework(rubric: Rubric) -> tuple[Criterion, ...]:
    """What belongs into the four steps; what runs across them is no part of the page."""
    return tuple(criterion for step in rubric.steps if step.id in INTERVIEW_STEPS for criterion in step.criteria)


def _parted(line: str) -> tuple[str, str]:
    """A line's heading, without what stands before it, and the rest; all of it, where nothing parts them."""
    head, *rest = _END.split(_LEAD.sub("", line), maxsplit=1)
    return head, "".join(rest)


def _heads(step: Step, head: str, rest: str, rubric: Rubric) -> bool:
    """Whether a line names a step: where it names nothing but steps, or begins with one that a colon or dash ends."""
    name = _pattern(step)
    alone = any(_only_names(part, rubric) and name.search(part) for part in (head, rest))
    return alone or bool(rest and name.match(head))


def _only_names(text: str, rubric: Rubric) -> bool:
    for step in rubric.steps:
        text = _pattern(step).sub("", text)
    return not _BETWEEN.sub("", text)


def _pattern(step: Step) -> re.Pattern[str]:
    """The words by which a step is called: its id, and the nouns of its title."""
    nouns = (word for word in re.findall(r"\w+", step.title.lower()) if len(word) >= _SHORTEST)
    return re.compile("|".join(rf"\b{re.escape(name)}\w*" for name in (step.id, *nouns)), re.IGNORECASE)


def _title_in(criterion: Criterion, passage: Passage) -> bool:
    if criterion.topic:
        return False
    stems = read_passage(criterion.title).stems
    return any(stem in passage.stems for stem in stems if len(stem) >= _SHORTEST)
