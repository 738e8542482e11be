"""The rubric: steps, criteria, checks, levels, and what the offline brain looks for.

A criterion is judged on four levels, 0 to 3, by rules over its checks. Content, not code: `rubrics/` holds the
files, `fourstep.files.content` reads them.
"""

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from fourstep.content import Content, Id, Phrase, Text
from fourstep.levels import TOP_LEVEL

Answer = Literal["yes", "partial", "no"]
"""What a grader says of a check."""

StepId = Literal["frame", "data", "model", "serve", "throughout"]

INTERVIEW_STEPS: tuple[StepId, ...] = ("frame", "data", "model", "serve")
"""The steps of an interview, in their order; `throughout` is judged over all of them."""

HINT_RUNGS = 3


class Signal(Content):
    """One way in which a check shows in clauses of the candidate; a check is met by the first that fits.

    The names are concepts: groups of phrases of the rubric, or one of those that the program reads off the
    text itself (`@question`, `@number`, `@quantity`, `@told_number`, `@arithmetic`, `@entity`, `@feature`,
    `@positive`, `@source`, `@specific`, `@topic`).
    """

    near: Annotated[tuple[str, ...], Field(default=())]
    """Concepts that stand together; `a|b` means either. The first is the anchor that is quoted."""
    within: Annotated[int, Field(default=1, ge=0, le=6)]
    """How many clauses the others may be away from the anchor, in the same answer."""
    some: Annotated[dict[int, tuple[str, ...]], Field(default_factory=dict)]
    """`{2: [a, b, c]}`: at least two of these besides, near the anchor, or anywhere in `where` without one."""
    times: Annotated[int, Field(default=1, ge=1, le=20)]
    """In how many different clauses the anchor must be found so."""
    where: Literal["anywhere", "topic", "asked"] = "anywhere"
    """`asked`: only in the answer to a question about this criterion; `topic`: there, or near a topic word."""
    before: tuple[str, ...] = ()
    """The anchor must stand before the first of these."""
    without: tuple[str, ...] = ()
    """None of these may stand in the anchor's clause or the next."""
    listed: bool = False
    """Whether a bare list of terms is enough."""
    met: Literal["yes", "partial"] = "yes"
    """What the check is answered when this signal fits."""

    @model_validator(mode="after")
    def _looks_for_something(self) -> Self:
        if not self.near and not self.some:
            raise ValueError("a signal needs 'near' or 'some'")
        return self


class Check(Content):
    """The atom of a criterion: one statement about what the candidate said."""

    id: Id
    says: Text
    """The statement, so that a person can answer it with yes, partial or no."""
    advice: Text
    """What to say next time, when it was missed."""
    signals: tuple[Signal, ...] = ()
    also_met_by: tuple[Id, ...] = ()
    """Checks that say more: who meets one of them meets this one."""


class LevelRule(Content):
    """Which checks make a level; each level also needs the one below it."""

    anchor: Text
    """What the level means, for people."""
    all: tuple[Id, ...] = ()
    """Each of these must be met."""
    any: tuple[Id, ...] = ()
    """One of these must be met."""
    at_least: dict[int, tuple[Id, ...]] = Field(default_factory=dict)
    """`{2: [a, b, c]}`: two of these must be met."""

    @property
    def check_ids(self) -> set[str]:
        """Every check that the rule speaks of."""
        return {*self.all, *self.any, *(check for group in self.at_least.values() for check in group)}

    def is_met(self, met: frozenset[str] | set[str]) -> bool:
        """Whether the checks that are met make this level."""
        return (
            all(check in met for check in self.all)
            and (not self.any or any(check in met for check in self.any))
            and all(sum(check in met for check in group) >= count for count, group in self.at_least.items())
        )


class Levels(Content):
    """The rules for levels 1 to 3; level 0 needs none."""

    mentioned: LevelRule
    solid: LevelRule
    exceptional: LevelRule


class Criterion(Content):
    """One thing that is judged."""

    id: Id
    title: Text
    about: Text
    """One sentence: what a good answer does."""
    levels: Levels
    checks: Annotated[tuple[Check, ...], Field(min_length=2, max_length=6)]
    topic: tuple[str, ...] = ()
    """Concepts that say that this criterion is being talked about, in a question or in an answer."""
    revoked_by: tuple[str, ...] = ()
    """Concepts that take back what was said on it before: the last word stands."""
    spoiled_by: tuple[str, ...] = ()
    """Concepts of a serious error: what was said on it before is no more than a mention."""
    probes: Annotated[tuple[Text, ...], Field(min_length=2)]
    """Open questions that lead to it without giving the answer away."""
    challenge: Text
    """A question that invites a solid answer to go further."""
    hints: Annotated[tuple[Text, ...], Field(min_length=HINT_RUNGS, max_length=HINT_RUNGS)]
    """A nudge, a direction, and, on the third rung, the answer's name."""

    def check(self, check_id: str) -> Check:
        """The check with that id. Raises: KeyError."""
        for check in self.checks:
            if check.id == check_id:
                return check
        raise KeyError(check_id)

    def rule(self, level: int) -> LevelRule:
        """The rule for level 1, 2 or 3."""
        return (self.levels.mentioned, self.levels.solid, self.levels.exceptional)[level - 1]

    def checks_above(self, level: int) -> tuple[Check, ...]:
        """The checks that the levels above `level` ask for, nearest level first."""
        rules = [self.rule(above).check_ids for above in range(level + 1, TOP_LEVEL + 1)]
        nearest = {check.id: next((n for n, ids in enumerate(rules) if check.id in ids), None) for check in self.checks}
        wanted = [check for check in self.checks if nearest[check.id] is not None]
        return tuple(sorted(wanted, key=lambda check: nearest[check.id] or 0))

    def missed_above(self, level: int, answers: Mapping[str, str]) -> tuple[Check, ...]:
        """The checks that the levels above `level` ask for and that were not answered with yes, nearest level first."""
        return tuple(check for check in self.checks_above(level) if answers.get(check.id) != "yes")

    def level_for(self, answers: dict[str, Answer]) -> int:
        """The level, 0 to 3, that the answers to the checks imply; `partial` satisfies only `mentioned`."""
        touched = {check for check, answer in answers.items() if answer != "no"}
        met = {check for check, answer in answers.items() if answer == "yes"}
        for level in range(1, TOP_LEVEL + 1):
            if not self.rule(level).is_met(touched if level == 1 else met):
                return level - 1
        return TOP_LEVEL


class Step(Content):
    """A step of the interview with its criteria."""

    id: StepId
    title: Text
    goal: Text
    """What the candidate should have done when it ends, in one sentence."""
    weight: Annotated[float, Field(gt=0, le=1)]
    """Its share of the overall score; all steps together make 1."""
    minutes: Annotated[float, Field(ge=0)]
    """Its share of a 45-minute interview."""
    opening: tuple[Text, ...] = ()
    """What the interviewer may say to lead into it."""
    concepts: dict[Id, tuple[Phrase, ...]] = Field(default_factory=dict)
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1)]


class Rubric(Content):
    """Everything a candidate is scored on."""

    id: Id
    title: Text
    version: Annotated[int, Field(ge=1)]
    close_minutes: Annotated[float, Field(ge=0)]
    """Kept at the end of 45 minutes for the candidate's own questions."""
    bars: dict[Literal["mid", "senior", "staff"], float]
    """The overall score in percent that a level asks for."""
    must_not_miss: tuple[Id, ...]
    """Two of these missing cap the verdict."""
    concepts: dict[Id, tuple[Phrase, ...]] = Field(default_factory=dict)
    """Groups of phrases that all steps may use."""
    lines: dict[Id, tuple[Text, ...]] = Field(default_factory=dict)
    """What the offline interviewer says around its questions, by occasion."""
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """All criteria in the order of the steps."""
        return tuple(criterion for step in self.steps for criterion in step.criteria)

    def step(self, step_id: str) -> Step:
        """The step with that id. Raises: KeyError."""
        for step in self.steps:
            if step.id == step_id:
                return step
        raise KeyError(step_id)

    def criterion(self, criterion_id: str) -> Criterion:
        """The criterion with that id. Raises: KeyError."""
        for criterion in self.criteria:
            if criterion.id == criterion_id:
                return criterion
        raise KeyError(criterion_id)

    def step_of(self, criterion_id: str) -> Step:
        """The step that the criterion belongs to. Raises: KeyError."""
        for step in self.steps:
            if any(criterion.id == criterion_id for criterion in step.criteria):
                return step
        raise KeyError(criterion_id)

    def all_concepts(self) -> dict[str, tuple[str, ...]]:
        """The concept groups of the rubric and of its steps, by name."""
        merged = dict(self.concepts)
        for step in self.steps:
            merged.update(step.concepts)
        return merged

    def topics(self) -> dict[str, tuple[str, ...]]:
        """The groups of phrases by which it is known that a criterion is talked about, by name."""
        groups = self.all_concepts()
        return {name: groups.get(name, ()) for criterion in self.criteria for name in criterion.topic}
