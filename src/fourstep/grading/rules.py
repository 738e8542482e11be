"""What all graders do alike: who is not graded, what a hint costs, and what is advised."""

from collections.abc import Collection, Mapping

from fourstep.grading.grader import FEWEST_WORDS, is_assessed
from fourstep.grading.scorecard import Judgement
from fourstep.rubric import Answer, Criterion, Rubric
from fourstep.transcript.transcript import Transcript

_NAMED_RUNG = 3
"""The rung of a hint ladder that names the answer."""
_DEVELOPED = 25
"""Words of an answer from which it is more than agreement."""
_MOST_ADVICE = 2


def why_too_short(transcript: Transcript) -> str:
    """Why nothing is graded, where the candidate said too little; else nothing."""
    if transcript.words >= (1 if transcript.one_answer else FEWEST_WORDS):
        return ""
    said = f"{transcript.words} word{'s' if transcript.words != 1 else ''}"
    return f"The candidate said {said}; under {FEWEST_WORDS} nothing is graded."


def not_graded(criterion: Criterion, rubric: Rubric, transcript: Transcript, why: str) -> Judgement:
    """No level, with the reason; *not assessed* where the criterion's step was not part of the interview."""
    assessed = is_assessed(criterion, rubric, transcript)
    return Judgement(
        id=criterion.id,
        step=rubric.step_of(criterion.id).id,
        status="not_graded" if assessed else "not_assessed",
        reason=why if assessed else "Its step was not part of this practice.",
        confidence="low",
    )


def capped_by_hints(level: int, turns: Collection[str], transcript: Transcript) -> int:
    """The level when all that earns it stands in `turns` behind a hint that named the answer.

    Agreeing is a mention then, developing it at most solid.
    """
    named, rung = set(), 0
    for turn in transcript.turns:
        if turn.speaker == "interviewer":
            rung = turn.hint_rung or 0
        elif rung >= _NAMED_RUNG:
            named.add(turn.name)
    if not turns or not named.issuperset(turns):
        return level
    said = sum(len(turn.text.split()) for turn in transcript.turns if turn.name in turns)
    return min(level, 2 if said > _DEVELOPED else 1)


def advice(criterion: Criterion, level: int, answers: Mapping[str, Answer]) -> str:
    """What the nearest level above would have needed."""
    missed = criterion.missed_above(level, answers)[:_MOST_ADVICE]
    return " ".join(check.advice for check in missed)
