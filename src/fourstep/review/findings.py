"""All that is found in one interview once it is over; nothing here asks a model, and each part stands by itself."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from fourstep.grading.scorecard import Contradiction, Scorecard
from fourstep.problem import Problem
from fourstep.review.attempts import Attempt, attempts
from fourstep.review.bars import Bar, bars
from fourstep.review.contradictions import contradictions_by_rule
from fourstep.review.exchanges import exchanges
from fourstep.review.interviewer import InterviewerReview, interviewer_review
from fourstep.review.places import Places
from fourstep.review.time_use import TimeUse, time_use
from fourstep.review.unasked import UnaskedFact, unasked_facts
from fourstep.review.verdict import Change, change_for_the_next
from fourstep.rubric import Rubric
from fourstep.transcript.events import Event
from fourstep.transcript.transcript import Transcript


@dataclass(frozen=True, slots=True)
class Findings:
    """What an interview teaches."""

    time: TimeUse
    change: Change | None
    """What would have lifted the verdict; None before it was scored, without a verdict, or above all others."""
    bars: tuple[Bar, ...]
    """The same score against the bar of each level; empty without a verdict."""
    attempts: tuple[Attempt, ...]
    """What was missed of each criterion that was graded; empty before it was scored."""
    unasked: tuple[UnaskedFact, ...]
    """Facts that were never asked for, those first that bear on what was scored low."""
    contradictions: tuple[Contradiction, ...]
    """Statements that do not fit together: as they were found at grading, else by rule."""
    interviewer: InterviewerReview

    def to_json(self) -> dict[str, Any]:
        """As it is published, keys in their order."""
        found = [one.model_dump(mode="json") for one in self.contradictions]
        return {**asdict(self), "contradictions": found}


def findings_of(
    events: Sequence[Event], transcript: Transcript, card: Scorecard | None, rubric: Rubric, problem: Problem | None
) -> Findings:
    """What an interview teaches; `card` holds only criteria of `rubric`, and is None before it was scored."""
    judgements = card.criteria if card else ()
    known = card.contradictions if card else None
    asked = exchanges(transcript, rubric)
    places = Places(transcript, asked, judgements, rubric)
    return Findings(
        time=time_use(events, transcript, rubric),
        change=change_for_the_next(card, rubric, problem, places) if card else None,
        bars=bars(card, rubric, problem, places) if card else (),
        attempts=attempts(judgements, asked, rubric, problem),
        unasked=unasked_facts(transcript, judgements, rubric, problem),
        contradictions=contradictions_by_rule(transcript) if known is None else known,
        interviewer=interviewer_review(transcript, asked, judgements, rubric, problem),
    )
