"""What people add to an interview afterwards: one line of its `reviews.jsonl` each.

Nothing here changes a transcript or a scorecard: a grader's judgement and a person's live on beside each other.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Final, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter

from fourstep.choices import Level as Bar
from fourstep.grading.arithmetic import sum_up
from fourstep.grading.scorecard import Judgement, Scorecard
from fourstep.problem import Problem
from fourstep.rubric import Rubric, StepId

SCHEMA: Final = "fourstep.review/1"

Percent = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]


class _Remark(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)

    schema_: Annotated[Literal["fourstep.review/1"], Field(alias="schema")] = SCHEMA
    at: AwareDatetime
    """When it was made, by the wall clock."""
    by: str = ""
    """Who made it, where that is set; several people may review one interview."""


class Prediction(_Remark):
    """What the candidate thought the score would be, before it was shown."""

    kind: Literal["prediction"] = "prediction"
    steps: dict[StepId, Percent]
    overall: Percent


class Ruling(_Remark):
    """A person's own level for a criterion: the grader's is confirmed where they are the same, else overruled."""

    kind: Literal["ruling"] = "ruling"
    criterion: str
    level: Annotated[int, Field(ge=0, le=3)]
    reason: str = ""
    graded: Annotated[int, Field(ge=0, le=3)] | None
    """The grader's level then; None where it gave none."""
    grader: str
    """Which grader that was: `offline`, or its models."""


class TurnNote(_Remark):
    """Words beside a turn; empty ones take an earlier note away."""

    kind: Literal["note"] = "note"
    turn: str
    """As it is cited: `C8`."""
    text: str


class Bookmark(_Remark):
    """A turn to come back to; `kept` False takes the mark away."""

    kind: Literal["bookmark"] = "bookmark"
    turn: str
    kept: bool = True


Remark = Annotated[Prediction | Ruling | TurnNote | Bookmark, Field(discriminator="kind")]

REMARK: TypeAdapter[Remark] = TypeAdapter(Remark)
"""Reads one line of `reviews.jsonl`."""


@dataclass(frozen=True, slots=True)
class Remarks:
    """What all lines add up to: the last word on each thing stands."""

    prediction: Prediction | None = None
    """The first, for later ones may know the score."""
    rulings: Mapping[tuple[str, str], Ruling] = field(default_factory=dict)
    """By criterion and reviewer."""
    notes: Mapping[str, str] = field(default_factory=dict)
    """By turn."""
    bookmarks: frozenset[str] = frozenset()
    """Turns."""

    def ruling(self, criterion: str) -> Ruling | None:
        """The latest on a criterion, whoever made it."""
        made = [ruling for (name, _), ruling in self.rulings.items() if name == criterion]
        return max(made, key=lambda ruling: ruling.at, default=None)


def remarks_of(lines: Iterable[Remark]) -> Remarks:
    """What was remarked, oldest first, as it stands now."""
    prediction: Prediction | None = None
    rulings: dict[tuple[str, str], Ruling] = {}
    notes: dict[str, str] = {}
    bookmarks: dict[str, bool] = {}
    for line in lines:
        match line:
            case Prediction():
                prediction = prediction or line
            case Ruling():
                rulings[line.criterion, line.by] = line
            case TurnNote():
                notes[line.turn] = line.text
            case Bookmark():
                bookmarks[line.turn] = line.kept
    return Remarks(
        prediction,
        rulings,
        {turn: text for turn, text in notes.items() if text.strip()},
        frozenset(turn for turn, kept in bookmarks.items() if kept),
    )


def grader_name(card: Scorecard) -> str:
    """Which grader a scorecard is by, so that different ones are not taken for one."""
    return ", ".join(card.grader.models) or card.grader.kind


def as_ruled(judgement: Judgement, remarks: Remarks) -> Judgement:
    """The judgement with a person's level in place of the grader's, where a person gave one."""
    ruling = remarks.ruling(judgement.id)
    if ruling is None or judgement.status == "not_assessed":
        return judgement
    return judgement.model_copy(update={"status": "graded", "level": ruling.level})


def ruled_card(card: Scorecard, remarks: Remarks, rubric: Rubric, problem: Problem | None) -> Scorecard:
    """The scorecard as people would have it, its sums made anew; the same one where nobody ruled otherwise."""
    judgements = tuple(as_ruled(judgement, remarks) for judgement in card.criteria)
    if judgements == card.criteria:
        return card
    bar: Bar = card.level
    sums = sum_up(judgements, rubric, problem, bar)
    return card.model_copy(
        update={
            "criteria": judgements,
            "steps": sums.steps,
            "overall": sums.overall,
            "range": sums.range,
            "verdict": sums.verdict,
            "borderline": sums.borderline,
            "caps": sums.caps,
        }
    )
