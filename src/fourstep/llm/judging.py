"""What a grader's model replies with, and how a reply becomes a judgement: names and quotes in, levels by code."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from fourstep.errors import ReplyError
from fourstep.foreign_text import one_line
from fourstep.grading.evidence import SHORTEST_QUOTE, placed, verified
from fourstep.grading.rules import advice, capped_by_hints
from fourstep.grading.scorecard import CheckResult, Confidence, Evidence, Judgement, RaisedBy
from fourstep.levels import LEVEL_NAMES
from fourstep.llm.salvage import salvaged
from fourstep.rubric import Answer, Criterion, Rubric
from fourstep.transcript.transcript import Transcript

_SHOWN = 60
"""Characters of a quote in a message about it."""


def _lower(value: Any) -> Any:
    return value.strip().lower() if isinstance(value, str) else value


class _Part(BaseModel):
    model_config = ConfigDict(
        frozen=True, coerce_numbers_to_str=True, json_schema_extra={"additionalProperties": False}
    )


class QuotedTurn(_Part):
    """Words of the candidate."""

    turn: str
    quote: str


class CheckAnswer(_Part):
    """Whether the candidate said it."""

    check: str
    met: Annotated[Answer, BeforeValidator(_lower)]


class Verdict(_Part):
    """One criterion, evidence before the level that rests on it."""

    criterion: str
    evidence: tuple[QuotedTurn, ...]
    counter_evidence: tuple[QuotedTurn, ...]
    checks: tuple[CheckAnswer, ...]
    raised_by: Annotated[RaisedBy, BeforeValidator(_lower)]
    why_not_higher: str
    level: Annotated[Literal["missing", "mentioned", "solid", "exceptional"], BeforeValidator(_lower)]
    confidence: Annotated[Confidence, BeforeValidator(_lower)]


class Reply(_Part):
    """A verdict for each criterion that was asked about."""

    judgements: tuple[Verdict, ...]


REPLY_SCHEMA: Final = Reply.model_json_schema()
"""The one schema of all calls: another for each criterion would break the prefix that servers cache."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a reply says of one criterion."""

    judgement: Judgement | None = None
    faults: tuple[str, ...] = ()
    """Why there is no judgement."""
    doubts: tuple[str, ...] = ()
    """What is worth one more question, although there is one."""


def findings(text: str, criteria: Sequence[Criterion], rubric: Rubric, transcript: Transcript) -> Mapping[str, Finding]:
    """What a reply says of each of the criteria that it was asked about; `transcript` holds what can be evidence."""
    try:
        items = items_of(salvaged(text))
    except ReplyError as error:
        return {criterion.id: Finding(faults=(error.message,)) for criterion in criteria}
    if len(items) == len(criteria) == 1:
        items = [{"criterion": criteria[0].id, **items[0]}]
    found = {}
    for criterion in criteria:
        own = [item for item in items if item.get("criterion") == criterion.id]
        if len(own) == 1:
            found[criterion.id] = _finding(own[0], criterion, rubric, transcript)
        else:
            found[criterion.id] = Finding(faults=("it must be judged exactly once.",))
    return found


def items_of(value: Any) -> list[dict[str, Any]]:
    """The judgements in a reply, also where the object around them was left out. Raises: ReplyError."""
    if isinstance(value, dict) and "judgements" not in value and "checks" in value:
        return [value]
    items = value.get("judgements") if isinstance(value, dict) else value
    if not isinstance(items, list):
        raise ReplyError("The reply has no list of judgements.", "Try again, or use another model.")
    return [item for item in items if isinstance(item, dict)]


def _finding(item: Any, criterion: Criterion, rubric: Rubric, transcript: Transcript) -> Finding:
    try:
        verdict = Verdict.model_validate(item)
    except ValidationError as error:
        return Finding(faults=tuple(_fault(one) for one in error.errors()[:5]))
    if faults := _check_faults(verdict, criterion):
        return Finding(faults=faults)
    answers = {answer.check: answer.met for answer in verdict.checks}
    implied = criterion.level_for(answers)
    quotes, failed = quotes_of(verdict.evidence, transcript)
    if implied and not quotes:
        missing = ("there is no evidence; quote the candidate, or answer the checks with no.",)
        return Finding(faults=failed or missing)
    doubts = (*failed, *_doubts(verdict, implied))
    return Finding(_judgement(verdict, criterion, rubric, transcript, answers, quotes), doubts=doubts)


def _fault(error: Any) -> str:
    place = ".".join(str(part) for part in error["loc"])
    return f"'{place}': {error['msg'][0].lower()}{error['msg'][1:]}."


def _check_faults(verdict: Verdict, criterion: Criterion) -> tuple[str, ...]:
    """Every check exactly once, and no other."""
    named = Counter(answer.check for answer in verdict.checks)
    missing = [check.id for check in criterion.checks if not named[check.id]]
    twice = [name for name, count in named.items() if count > 1]
    unknown = [name for name in named if name not in {check.id for check in criterion.checks}]
    return tuple(
        f"{what}: {one_line(', '.join(names), 4 * _SHOWN)}."
        for what, names in (
            ("these checks are not answered", missing),
            ("these checks are answered more than once", twice),
            ("these checks do not belong to it", unknown),
        )
        if names
    )


def quotes_of(evidence: Sequence[QuotedTurn], transcript: Transcript) -> tuple[tuple[Evidence, ...], tuple[str, ...]]:
    """The quotes that stand in the transcript, and a complaint about each that does not."""
    found: list[Evidence] = []
    failed: list[str] = []
    for quoted in evidence:
        shown = one_line(quoted.quote, _SHOWN)
        if len(quoted.quote.strip()) < SHORTEST_QUOTE:
            failed.append(f'the quote "{shown}" is shorter than {SHORTEST_QUOTE} characters.')
        elif one := placed(Evidence(turn=_turn(quoted.turn), quote=quoted.quote), transcript):
            found.append(one)
        else:
            failed.append(f'the quote "{shown}" does not stand in {one_line(quoted.turn, 10)} word for word.')
    return tuple(dict.fromkeys(found)), tuple(failed)


def _turn(said: str) -> str:
    """The turn as it is cited, however it was written: `[c8]`, `8`, `C8 pad`."""
    name = said.upper().replace("PAD", "").strip("[](){} .:,")
    return f"C{name}" if name.isdecimal() else name


def _doubts(verdict: Verdict, implied: int) -> tuple[str, ...]:
    doubts = []
    if verdict.level != LEVEL_NAMES[implied]:
        doubts.append(f"its checks make '{LEVEL_NAMES[implied]}' and its level is '{verdict.level}': look at both.")
    if verdict.confidence == "low":
        doubts.append("the confidence is low: read the turns that bear on it once more.")
    return tuple(doubts)


def _judgement(
    verdict: Verdict,
    criterion: Criterion,
    rubric: Rubric,
    transcript: Transcript,
    answers: Mapping[str, Answer],
    quotes: tuple[Evidence, ...],
) -> Judgement:
    implied = criterion.level_for(dict(answers))
    level = capped_by_hints(implied, {quote.turn for quote in quotes}, transcript)
    against = tuple(Evidence(turn=_turn(one.turn), quote=one.quote) for one in verdict.counter_evidence)
    agreed = verdict.level == LEVEL_NAMES[implied]
    return Judgement(
        id=criterion.id,
        step=rubric.step_of(criterion.id).id,
        status="graded",
        level=level,
        checks=tuple(CheckResult(id=check.id, met=answers[check.id]) for check in criterion.checks),
        evidence=quotes if level else (),
        counter_evidence=verified(against, transcript),
        raised_by=verdict.raised_by if level else None,
        reason=verdict.why_not_higher.strip(),
        advice=advice(criterion, level, answers),
        confidence=verdict.confidence if agreed else "low",
    )
