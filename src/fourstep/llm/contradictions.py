"""Contradictions as a model sees them: asked for in the form of a judgement, behind the grader's own prefix."""

from typing import Any, get_args

from pydantic import ValidationError

from fourstep.grading.scorecard import Contradiction, ContradictionKind
from fourstep.llm.judging import Verdict, items_of, quotes_of
from fourstep.llm.salvage import salvaged
from fourstep.transcript.transcript import Transcript


def contradictions_in(reply: str, transcript: Transcript) -> tuple[Contradiction, ...]:
    """Those in a reply of which both statements stand in the transcript; all else in it is dropped.

    Raises: ReplyError, when it has no list of judgements.
    """
    verdicts = (verdict for item in items_of(salvaged(reply)) if (verdict := _verdict(item)))
    return tuple(one for verdict in verdicts if (one := _contradiction(verdict, transcript)))


def _verdict(item: Any) -> Verdict | None:
    try:
        return Verdict.model_validate(item)
    except ValidationError:
        return None


def _contradiction(verdict: Verdict, transcript: Transcript) -> Contradiction | None:
    kind = _kind(verdict.criterion)
    certain = verdict.confidence != "low" and any(answer.met == "yes" for answer in verdict.checks)
    quotes, _ = quotes_of(verdict.evidence, transcript)
    if kind is None or not certain or len(quotes) != 2:
        return None
    order = {turn.name: turn.number for turn in transcript.turns}
    first, second = sorted(quotes, key=lambda quote: order[quote.turn])
    return Contradiction(kind=kind, first=first, second=second, why=verdict.why_not_higher.strip(), by="model")


def _kind(name: str) -> ContradictionKind | None:
    kinds: tuple[ContradictionKind, ...] = get_args(ContradictionKind)
    return next((kind for kind in kinds if kind == name), None)
