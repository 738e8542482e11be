"""Everything that can happen in an interview, one line of its log each.

`transcripts/README.md` describes the same for people. Readers ignore keys they do not know and keep kinds they do
not know, so that an older program can read a newer log.
"""

from typing import Annotated, Any, Final, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from fourstep.choices import Level, Persona
from fourstep.errors import TranscriptError
from fourstep.rubric import Answer, StepId

SCHEMA: Final = "fourstep.event/1"

HINTS_AN_INTERVIEW = 6
"""How many hints an interview allows unless it is set up otherwise."""

CANDIDATE_NAMES = ("candidate", "interviewee", "cand", "c", "me", "you")
"""What a candidate is called, besides by name; compared without case."""

Speaker = Literal["interviewer", "candidate"]
Brain = Literal["offline", "model"]
EndReason = Literal["finished", "time", "candidate", "input_ended"]


class _Event(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    schema_: Annotated[Literal["fourstep.event/1"], Field(alias="schema")] = SCHEMA
    seq: int = 0
    """Its place in the log, from 1."""
    at: AwareDatetime
    """When it happened, by the wall clock."""
    elapsed: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 0.0
    """Seconds of interview time used until then; pauses are not in it."""


class Started(_Event):
    """The interview was set up."""

    kind: Literal["started"] = "started"
    id: str
    problem: str
    rubric: str
    level: Level
    persona: Persona
    steps: tuple[StepId, ...]
    minutes: float
    brain: Brain
    hints: Annotated[int, Field(ge=0)] = HINTS_AN_INTERVIEW
    """How many may be given."""
    seed: int
    """Chooses between equal wordings, so that an interview can be played again."""
    program: str
    parent: str | None = None
    """The interview that this one goes on from anew."""
    forked_at: int | None = None
    """The parent's turn that is answered again; what was said before it was taken over."""
    candidate: str | None = None
    """The name that the candidate had in the recording of which words were taken over."""
    others: tuple[str, ...] | None = None
    """The names that everybody else had there."""


class Imported(_Event):
    """An interview that was held elsewhere was read from a file; stands where `started` stands otherwise."""

    kind: Literal["imported"] = "imported"
    id: str
    source: str
    """The file's name, without its folder."""
    format: str
    problem: str | None = None
    """What it is about, where that is known."""
    guessed: bool = False
    """Whether the problem was taken from its first words, and neither told nor named in the file."""
    level: Level = "senior"
    candidate: str | None = None
    """The name that the candidate had in the file."""
    others: tuple[str, ...] = ()
    """The names that everybody else had there."""
    speakers: Literal["marked", "inferred"] = "marked"
    """Whether the file says who spoke, or rules or a model worked it out."""
    inferred_by: Brain | None = None
    timed: bool = False
    """Whether the file says when things were said, so that `elapsed` means something."""
    digest: str | None = None
    """SHA-256 of the file's bytes, so that it is not imported twice."""
    program: str

    @property
    def candidate_name(self) -> str | None:
        """The candidate's own name; None where the file gives a role, or nothing."""
        return None if (self.candidate or "").casefold().strip() in ("", *CANDIDATE_NAMES) else self.candidate


class Spoken(_Event):
    """Somebody said something."""

    kind: Literal["spoken"] = "spoken"
    turn: int
    """1-based over both speakers; never used again."""
    speaker: Speaker
    text: str
    step: StepId | None = None
    move: str | None = None
    """The interviewer's move."""
    criterion: str | None = None
    """What the move aims at."""
    question: int | None = None
    """Which of the criterion's questions was asked, so that none is asked twice."""


class Withdrawn(_Event):
    """The candidate took an answer back; it is not graded, and neither is the reply to it."""

    kind: Literal["withdrawn"] = "withdrawn"
    turn: int


class CutOff(_Event):
    """The part of a reply that arrived before it broke off: context, not a turn."""

    kind: Literal["cut_off"] = "cut_off"
    text: str


class StepEntered(_Event):
    """The interview moved to a step; `why` is `start`, `covered`, `probes`, `time`, `asked` or `taken_back`."""

    kind: Literal["step_entered"] = "step_entered"
    step: StepId
    why: str


class HintGiven(_Event):
    """A rung of a criterion's ladder was given."""

    kind: Literal["hint_given"] = "hint_given"
    criterion: str
    rung: int
    """1 to 3; the third names the answer."""


class FactTold(_Event):
    """The interviewer told a fact of the problem."""

    kind: Literal["fact_told"] = "fact_told"
    fact: str


class TwistTold(_Event):
    """The interviewer changed a requirement."""

    kind: Literal["twist_told"] = "twist_told"
    twist: str


class FactUnknown(_Event):
    """The candidate asked for something that the problem does not settle."""

    kind: Literal["fact_unknown"] = "fact_unknown"
    turn: int
    question: str


class CheckSeen(BaseModel):
    """A check that an answer met."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    criterion: str
    check: str
    met: Answer
    quote: str


class Observed(_Event):
    """What the candidate has shown so far, by one brain."""

    kind: Literal["observed"] = "observed"
    turn: int
    """The answer that was read; a model tells all that it found there, the signals only what changed."""
    brain: Brain
    checks: tuple[CheckSeen, ...]


class PadSaved(_Event):
    """A version of the design pad: as it was sent, or as it was left after drawing."""

    kind: Literal["pad_saved"] = "pad_saved"
    text: str
    turn: int | None = None
    """The answer that it was sent with, which follows; None for a version that was left and not sent yet."""


class Nudged(_Event):
    """The interviewer broke a silence."""

    kind: Literal["nudged"] = "nudged"


class Paused(_Event):
    """The clock stopped."""

    kind: Literal["paused"] = "paused"


class Resumed(_Event):
    """The clock runs again."""

    kind: Literal["resumed"] = "resumed"


class Extended(_Event):
    """The candidate took more time than was planned."""

    kind: Literal["extended"] = "extended"
    minutes: Annotated[float, Field(gt=0, allow_inf_nan=False)]


class BrainChanged(_Event):
    """Another brain goes on."""

    kind: Literal["brain_changed"] = "brain_changed"
    brain: Brain
    why: str


class Failed(_Event):
    """Something went wrong, for whom and how."""

    kind: Literal["failed"] = "failed"
    what: str
    whom: str


class Compacted(_Event):
    """Older turns were summed up for the model; the log keeps them."""

    kind: Literal["compacted"] = "compacted"
    until: int
    summary: str


class Ended(_Event):
    """The interview is over."""

    kind: Literal["ended"] = "ended"
    why: EndReason


class Unknown(_Event):
    """An event of a newer program, kept as it was."""

    model_config = ConfigDict(frozen=True, extra="allow")

    kind: str


KnownEvent = Annotated[
    Started
    | Imported
    | Spoken
    | Withdrawn
    | CutOff
    | StepEntered
    | HintGiven
    | FactTold
    | TwistTold
    | FactUnknown
    | Observed
    | PadSaved
    | Nudged
    | Paused
    | Resumed
    | Extended
    | BrainChanged
    | Failed
    | Compacted
    | Ended,
    Field(discriminator="kind"),
]
Event = KnownEvent | Unknown

_KNOWN: TypeAdapter[KnownEvent] = TypeAdapter(KnownEvent)
_KINDS = frozenset(
    (
        "started imported spoken withdrawn cut_off step_entered hint_given fact_told twist_told fact_unknown observed "
        "pad_saved nudged paused resumed extended brain_changed failed compacted ended"
    ).split()
)


def parse_event(raw: Any) -> Event:
    """One line of a log as an event. Raises: TranscriptError, when it is none."""
    if not isinstance(raw, dict) or not isinstance(raw.get("kind"), str):
        raise TranscriptError("is not an event: it has no 'kind'.")
    try:
        if raw["kind"] in _KINDS:
            return _KNOWN.validate_python(raw)
        return Unknown.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"] if part != raw["kind"])
        raise TranscriptError(f"is not a '{raw['kind']}' event: {place}: {first['msg']}.") from error
