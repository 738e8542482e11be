"""The grader without a model: signals answer the checks, rules make the levels.

It reads what people say, not what they mean; so it never claims more than medium confidence.
"""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from typing import Any

from fourstep.grading.evidence import shortened
from fourstep.grading.grader import criteria_in_play, is_assessed
from fourstep.grading.rules import advice, capped_by_hints, not_graded, why_too_short
from fourstep.grading.scorecard import (
    CheckResult,
    Confidence,
    Contradiction,
    Flag,
    GraderInfo,
    Judgement,
    RaisedBy,
)
from fourstep.levels import LEVEL_NAMES
from fourstep.offline.answers import CheckAnswer, answer_checks
from fourstep.offline.instructions import instructions_in
from fourstep.offline.quotes import quotes
from fourstep.offline.reading import Reader, Reading, Spot
from fourstep.problem import Problem
from fourstep.review.contradictions import contradictions_by_rule
from fourstep.rubric import Criterion, Rubric
from fourstep.transcript.transcript import Transcript

VERSION = "1"
MEASURED_ERROR = 5.6
"""Mean distance of its overall score from the labelled one, percentage points (`benchmarks/README.md`, unseen)."""
_MEASURED_RUBRIC = "ml_system_design"
"""The bundled rubric; how far another one's signals are off is anybody's guess."""

_NOTE = "No language model read these answers: they were graded by signals from the rubric."
_NO_FILE = " There is no file for this problem, so only the rubric's general signals were used."
_ENGLISH_SHARE = 0.12
_ENOUGH_TO_TELL = 20
"""Words from which the language shows: the short answer to a drill may be all nouns."""
_EVERYDAY = frozenset(
    ("the a to and of is in it that we i you for on with this be are would have so not but if").split()
)


class OfflineGrader:
    """Grades by the rubric's signals; the same transcript always gets the same scorecard."""

    def __init__(self, rubric: Rubric, problem: Problem | None) -> None:
        self._rubric = rubric
        self._problem = problem
        self._reader = Reader(rubric, problem)

    @property
    def info(self) -> GraderInfo:
        """Who grades, with its error where that was measured: with the bundled rubric."""
        return GraderInfo(
            kind="offline",
            version=VERSION,
            problem_file=self._problem is not None,
            error=MEASURED_ERROR if self._rubric.id == _MEASURED_RUBRIC else None,
            note=_NOTE + ("" if self._problem else _NO_FILE),
        )

    @property
    def usage(self) -> Mapping[str, Any]:
        """Nothing is called."""
        return {}

    async def judge(self, transcript: Transcript) -> AsyncIterator[Judgement]:
        """A judgement for every criterion that is in play, as each is made."""
        for judgement in self.judgements(transcript):
            yield judgement

    def judgements(self, transcript: Transcript) -> Iterator[Judgement]:
        """The judgements one after another; the transcript is read once, before the first."""
        criteria = criteria_in_play(self._rubric, self._problem)
        why_not = why_unreadable(transcript)
        if why_not:
            yield from (not_graded(criterion, self._rubric, transcript, why_not) for criterion in criteria)
            return
        reading = self._reader.read(transcript)
        yield from (self._judgement(criterion, transcript, reading) for criterion in criteria)

    async def contradictions(self, transcript: Transcript) -> tuple[Contradiction, ...]:
        """Those that rules find."""
        return contradictions_by_rule(transcript)

    def flags(self, transcript: Transcript) -> tuple[Flag, ...]:
        """Instructions to the grader among the answers."""
        return tuple(
            Flag(kind="instruction_to_grader", turn=turn.name, quote=shortened(quote))
            for turn in transcript.candidate_turns
            for words in (turn.text, turn.pad)
            for quote in instructions_in(words)
        )

    def _judgement(self, criterion: Criterion, transcript: Transcript, reading: Reading) -> Judgement:
        if not is_assessed(criterion, self._rubric, transcript):
            return not_graded(criterion, self._rubric, transcript, "")
        answers = answer_checks(criterion, reading)
        level = criterion.level_for({answer.check.id: answer.met for answer in answers})
        spots = [spot for answer in answers if answer.met != "no" for spot in answer.spots]
        level = capped_by_hints(level, {spot.turn.name for spot in spots}, transcript)
        return Judgement(
            id=criterion.id,
            step=self._rubric.step_of(criterion.id).id,
            status="graded",
            level=level,
            checks=tuple(CheckResult(id=a.check.id, met=a.met if level else "no") for a in answers),
            evidence=quotes(criterion, level, answers, reading) if level else (),
            raised_by=_raised_by(spots, criterion) if level else None,
            reason=_reason(level, answers),
            advice=advice(criterion, level, {answer.check.id: answer.met for answer in answers}),
            confidence=_confidence(level, answers),
        )


def why_unreadable(transcript: Transcript) -> str:
    """Why this grader would grade none of it, or nothing."""
    if too_short := why_too_short(transcript):
        return too_short
    words = [word for turn in transcript.candidate_turns for word in turn.text.lower().split()]
    everyday = sum(word.strip(".,!?;:") in _EVERYDAY for word in words)
    if transcript.words >= _ENOUGH_TO_TELL and everyday < _ENGLISH_SHARE * transcript.words:
        return "The offline grader reads English only, and these answers do not look English."
    return ""


def _raised_by(spots: Sequence[Spot], criterion: Criterion) -> RaisedBy:
    if all(spot.hint_rung for spot in spots):
        return "hint"
    return "probe" if all(criterion.id in spot.asked for spot in spots) else "candidate"


def _reason(level: int, answers: Sequence[CheckAnswer]) -> str:
    met = [answer.check.says for answer in answers if answer.met == "yes"]
    touched = [answer.check.says for answer in answers if answer.met == "partial"]
    if level == 0:
        return "Nothing was found that speaks to this."
    parts = [f"Found: {' '.join(met)}"] if met else []
    if touched:
        parts.append(f"Only touched: {' '.join(touched)}")
    return f"{LEVEL_NAMES[level].capitalize()}. " + " ".join(parts)


def _confidence(level: int, answers: Sequence[CheckAnswer]) -> Confidence:
    """Medium where full answers carry the level, low where mentions or nothing do."""
    return "medium" if level and any(answer.met == "yes" for answer in answers) else "low"
