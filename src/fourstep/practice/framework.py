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
_BETWEEN = re.compile(r"[\s\d.,;:&/()*#>=-]+|\band\b|\bsteps?\b", re.IGNORECASE)
"""What may stand between the names of steps where nothing else is said."""


@dataclass(frozen=True, slots=True)
class Recalled:
    """What a page holds."""

    steps: tuple[str, ...]
    """The steps that are named, in the rubric's order."""
    criteria: tuple[str, ...]
    """The criteria of these steps that are spoken of, in the rubric's order."""


def recalled(page: str, rubric: Rubric) -> Recalled:
    """Read a page that was written from memory; a step's name alone speaks of nothing in it."""
    steps = tuple(step.id for step in rubric.steps if step.id in INTERVIEW_STEPS and _names(page, step))
    passage = read_passage("\n".join(_without_heading(line, rubric) for line in page.split("\n")))
    found = Concepts(rubric.topics()).find(passage)
    criteria = (c for c in framework(rubric) if any(name in found for name in c.topic) or _title_in(c, passage))
    return Recalled(steps, tuple(criterion.id for criterion in criteria))


def framework(rubric: Rubric) -> tuple[Criterion, ...]:
    """What belongs into the four steps; what runs across them is no part of the page."""
    return tuple(criterion for step in rubric.steps if step.id in INTERVIEW_STEPS for criterion in step.criteria)


def _names(page: str, step: Step) -> bool:
    return any(re.search(rf"\b{re.escape(name)}", page, re.IGNORECASE) for name in _names_of(step))


def _names_of(step: Step) -> list[str]:
    """The words by which a step is called: its id, and the nouns of its title."""
    return [step.id, *(word for word in re.findall(r"\w+", step.title.lower()) if len(word) >= _SHORTEST)]


def _without_heading(line: str, rubric: Rubric) -> str:
    """The line without what only names steps: all of it, or what stands before its colon."""
    names = "|".join(rf"\b{re.escape(name)}\w*" for step in rubric.steps for name in _names_of(step))
    head, _, rest = line.partition(":")
    names_only = not _BETWEEN.sub("", re.sub(names, "", head, flags=re.IGNORECASE))
    return rest if names_only else line


def _title_in(criterion: Criterion, passage: Passage) -> bool:
    if criterion.topic:
        return False
    stems = read_passage(criterion.title).stems
    return any(stem in passage.stems for stem in stems if len(stem) >= _SHORTEST)
