"""A problem: what is asked, what the interviewer knows, and what a strong answer holds."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field

from fourstep.content import Content, Id, Phrase, Text
from fourstep.rubric import Criterion, Rubric

PLACEHOLDER = "FILL IN"
"""Begins what the skeleton of a problem leaves to its author."""


class Fact(Content):
    """Something the interviewer tells only when it is asked for."""

    id: Id
    tells: Text
    """The sentence that is said."""
    asked_as: Annotated[tuple[Phrase, ...], Field(min_length=2)]
    """Ways in which people ask for it, as they would say them."""
    matters: Text
    """What in the design depends on it: said when it was never asked for."""


class Twist(Content):
    """A change of requirements that the interviewer may bring in once a design stands."""

    id: Id
    aims_at: Id
    """The criterion that it puts to the test."""
    tells: Text
    """What changes, with the question that it raises, as it is said."""


class Entity(Content):
    """Somebody or something that the problem is about."""

    role: Literal["user", "item", "context", "pair"]
    """What it is to the model: who is served, what is chosen, the circumstances, or a meeting of two."""
    called: Annotated[tuple[Phrase, ...], Field(min_length=1)]
    """Its names."""
    features: tuple[Phrase, ...] = ()
    """What may be known of it when a prediction is made."""


class Vocabulary(Content):
    """The words of this problem, so that an answer can be told from a recipe."""

    entities: Annotated[dict[Id, Entity], Field(min_length=2)]
    positives: Annotated[tuple[Phrase, ...], Field(min_length=1)]
    """What a positive example is called here."""
    negatives: tuple[Phrase, ...] = ()
    sources: tuple[Phrase, ...] = ()
    """Where data comes from here."""
    outcomes: tuple[Phrase, ...] = ()
    """What the business wants."""


class Problem(Content):
    """What a candidate is asked to design."""

    id: Id
    title: Text
    draft: bool = False
    """Whether nobody has gone over it yet: it was begun from the skeleton, or written by a model."""
    tags: tuple[Id, ...] = ()
    statement: Text
    """What the interviewer says first, apart from the greeting."""
    facts: Annotated[tuple[Fact, ...], Field(min_length=1)]
    twists: tuple[Twist, ...] = ()
    """To choose one from; an interview has at most one."""
    vocabulary: Vocabulary
    weights: dict[Id, Annotated[float, Field(gt=0, le=5)]] = Field(default_factory=dict)
    """Criteria that weigh more or less than their like within a step; 1 is usual."""
    off: dict[Id, Text] = Field(default_factory=dict)
    """Criteria that make no sense here, with the reason."""
    reworded: tuple[Criterion, ...] = ()
    """Criteria that mean something else here: each stands in for the rubric's of the same id."""
    concepts: dict[Id, tuple[Phrase, ...]] = Field(default_factory=dict)
    """Groups of phrases for the signals of `reworded`, beside the rubric's."""
    probes: dict[Id, tuple[Text, ...]] = Field(default_factory=dict)
    """Questions in this problem's own words, asked before the rubric's."""
    strong: dict[Id, Text]
    """For each criterion what a strong answer holds here; shown only after the interview."""

    def fact(self, fact_id: str) -> Fact:
        """The fact with that id. Raises: KeyError."""
        for fact in self.facts:
            if fact.id == fact_id:
                return fact
        raise KeyError(fact_id)

    def twist(self, twist_id: str) -> Twist:
        """The twist with that id. Raises: KeyError."""
        for twist in self.twists:
            if twist.id == twist_id:
                return twist
        raise KeyError(twist_id)


def unfilled(problem: Problem) -> Iterator[tuple[str, str]]:
    """The places that the skeleton left to be filled in, each with what belongs there."""
    yield from _unfilled("", problem.model_dump(mode="json"))


def _unfilled(place: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, str) and PLACEHOLDER in value:
        yield place, value.split(PLACEHOLDER, 1)[1].strip(" :")
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _unfilled(f"{place}.{key}".lstrip("."), part)
    elif isinstance(value, list):
        for number, part in enumerate(value, start=1):
            key = part.get("id", number) if isinstance(part, dict) else number
            yield from _unfilled(f"{place}.{key}", part)


def rubric_for(rubric: Rubric, problem: Problem | None) -> Rubric:
    """The rubric as it reads for a problem: with the criteria that its file words anew."""
    if problem is None or not problem.reworded:
        return rubric
    anew = {criterion.id: criterion for criterion in problem.reworded}
    steps = tuple(
        step.model_copy(update={"criteria": tuple(anew.get(c.id, c) for c in step.criteria)}) for step in rubric.steps
    )
    return rubric.model_copy(update={"steps": steps, "concepts": {**rubric.concepts, **problem.concepts}})
