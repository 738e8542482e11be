"""A scorecard: one judgement a criterion, the sums over them, and where they came from."""

from typing import Annotated, Any, Final, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from fourstep.rubric import Answer, StepId

SCHEMA: Final = "fourstep.scorecard/1"

Status = Literal["graded", "not_graded", "not_assessed"]
RaisedBy = Literal["candidate", "probe", "hint"]
Confidence = Literal["low", "medium", "high"]
ContradictionKind = Literal[
    "metric_imbalance", "feature_at_serving", "labels_retraining", "cost_latency", "loss_changed"
]
Verdict = Literal["strong no hire", "no hire", "lean no hire", "lean hire", "hire", "strong hire"]


class _Card(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)


class CheckResult(_Card):
    """How a check was answered."""

    id: str
    met: Answer


class Evidence(_Card):
    """A verbatim quote of the candidate, at most 40 words, with the turn it stands in (`C8`)."""

    turn: str
    quote: str
    on_pad: bool = False
    """Whether it stands on the design pad that was sent with that turn, and not in its words."""

    @property
    def where(self) -> str:
        """As it is cited: `C8`, `C8 pad`."""
        return f"{self.turn} pad" if self.on_pad else self.turn


class Opinion(_Card):
    """What one of several graders said of a criterion."""

    by: str
    """The model."""
    level: Annotated[int, Field(ge=0, le=3)] | None
    """None where it could not grade it."""


class Judgement(_Card):
    """One criterion's level and why."""

    id: str
    step: StepId
    status: Status
    level: Annotated[int, Field(ge=0, le=3)] | None = None
    """0 to 3; None unless graded."""
    checks: tuple[CheckResult, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    counter_evidence: tuple[Evidence, ...] = ()
    """What speaks against a higher level."""
    raised_by: RaisedBy | None = None
    reason: str = ""
    advice: str = ""
    confidence: Confidence = "medium"
    opinions: tuple[Opinion, ...] = ()
    """Of several graders or samples, in whose middle the level lies; empty where one alone judged."""


class Contradiction(_Card):
    """Two statements of the candidate's that do not fit together."""

    kind: ContradictionKind
    first: Evidence
    """What was said earlier."""
    second: Evidence
    why: str
    """In a sentence."""
    by: Literal["rule", "model"]


class StepScore(_Card):
    """A step's weighted mean in percent; None where nothing of it was graded."""

    id: StepId
    score: float | None


class Flag(_Card):
    """Something in the candidate's words that a reader should know, such as instructions to the grader."""

    kind: str
    turn: str
    quote: str


class GraderInfo(_Card):
    """Who graded."""

    kind: Literal["offline", "model"]
    version: str
    problem_file: bool
    """Whether the problem's own file was there to grade with."""
    error: float | None = None
    """The grader's measured mean error of the overall score, in percent points."""
    note: str = ""
    """What a reader must know about this grader, in a sentence."""
    models: tuple[str, ...] = ()
    """The language models that graded, with their servers."""
    parameters: dict[str, Any] = Field(default_factory=dict)
    """What the models were called with."""
    prompt_hash: str | None = None
    """Of the prompts and the form of the reply."""
    samples: int = 1
    """How often each model graded every criterion."""
    spread: float | None = None
    """Mean distance between the highest and the lowest level of a criterion, over models and samples."""


class RubricInfo(_Card):
    """Which rubric was used, by id and by the hash of its content."""

    id: str
    hash: str


class Scorecard(_Card):
    """Everything that is published about one grading of one transcript."""

    schema_: Annotated[Literal["fourstep.scorecard/1"], Field(alias="schema")] = SCHEMA
    transcript: str
    problem: str | None
    level: Literal["mid", "senior", "staff"]
    rubric: RubricInfo
    grader: GraderInfo
    at: AwareDatetime | None = None
    criteria: tuple[Judgement, ...]
    steps: tuple[StepScore, ...]
    overall: float | None
    range: tuple[float, float] | None
    """What the overall score could be once everything that was not graded is."""
    verdict: Verdict | None
    borderline: bool
    caps: tuple[str, ...] = ()
    """Why the verdict is lower than the score alone would make it."""
    flags: tuple[Flag, ...] = ()
    facts_never_asked: tuple[str, ...] = ()
    contradictions: tuple[Contradiction, ...] | None = None
    """Statements that do not fit together; None where nobody looked for any."""
    usage: dict[str, Any] = Field(default_factory=dict)
    """What the models cost: `calls`, `prompt_tokens`, `cached_tokens` among them, `completion_tokens`, `seconds`."""
    transcript_hash: str | None = None
    """Of the turns that were graded."""

    def to_json(self) -> dict[str, Any]:
        """As it is published, keys in their order."""
        return self.model_dump(mode="json", by_alias=True)

    @property
    def is_graded(self) -> bool:
        """Whether anything was graded at all, so that there is a score."""
        return self.overall is not None

    @property
    def weakest_step(self) -> StepId | None:
        """The step with the lowest score, the first of several; None where nothing was scored."""
        scored = [(step.score, step.id) for step in self.steps if step.score is not None]
        return min(scored, key=lambda pair: pair[0])[1] if scored else None

    def judgement(self, criterion_id: str) -> Judgement | None:
        """The judgement of that criterion, if there is one."""
        return next((judgement for judgement in self.criteria if judgement.id == criterion_id), None)
