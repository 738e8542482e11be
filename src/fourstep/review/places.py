"""Where in an interview something on a criterion could have been said."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from fourstep.grading.scorecard import Judgement
from fourstep.review.exchanges import Exchange
from fourstep.rubric import Rubric
from fourstep.transcript.transcript import Transcript


@dataclass(frozen=True, slots=True)
class Place:
    """A turn, and why it is the one."""

    turn: str
    why: Literal["asked", "touched", "step"]
    """The interviewer asked about it there, the candidate touched it there, or its step was talked about there."""


class Places:
    """The best turn for every criterion of one interview."""

    def __init__(
        self, transcript: Transcript, asked: Sequence[Exchange], judgements: Sequence[Judgement], rubric: Rubric
    ) -> None:
        self._transcript = transcript
        self._asked = asked
        self._judgements = {judgement.id: judgement for judgement in judgements}
        self._rubric = rubric

    def was_asked(self, criterion: str) -> bool:
        """Whether the interviewer asked about it."""
        return any(criterion in exchange.about for exchange in self._asked)

    def of(self, criterion: str) -> Place | None:
        """The question that is most about it, else the answer that touched it, else an answer of its step."""
        asked = [exchange for exchange in self._asked if criterion in exchange.about]
        if asked:
            pointed = min(asked, key=lambda exchange: len(exchange.about))
            return Place(pointed.question.name, "asked")
        if touched := self._quoted(criterion):
            return Place(touched, "touched")
        around = self._answer_of_step(criterion)
        return Place(around, "step") if around else None

    def _answer_of_step(self, criterion: str) -> str | None:
        """The longest answer of its step, by the log, else one that earned something in that step, else the last."""
        step = self._rubric.step_of(criterion)
        answers = [turn for turn in self._transcript.candidate_turns if turn.step == step.id]
        if answers:
            return max(answers, key=lambda turn: len(turn.text)).name
        earned = (quoted for other in step.criteria if (quoted := self._quoted(other.id)))
        last = self._transcript.candidate_turns[-1:]
        return next(earned, last[0].name if last else None)

    def _quoted(self, criterion: str) -> str | None:
        judgement = self._judgements.get(criterion)
        quotes = (*judgement.evidence, *judgement.counter_evidence) if judgement else ()
        return quotes[0].turn if quotes else None
