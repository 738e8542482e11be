"""What goes into the log beside the words: what a move changes, and what a brain did while it spoke."""

from collections.abc import Iterator
from typing import Any

from fourstep.interview.brain import Interviewer, Observation
from fourstep.interview.moves import Move
from fourstep.transcript.events import (
    Compacted,
    Event,
    FactTold,
    FactUnknown,
    Failed,
    HintGiven,
    Observed,
    StepEntered,
    TwistTold,
)

Effect = tuple[type[Event], dict[str, Any]]
"""A kind of event with its own fields."""


def of_move(move: Move, turn: int) -> Iterator[Effect]:
    """What a move that answers `turn` changes, before it has words."""
    for fact in move.facts:
        yield FactTold, {"fact": fact}
    if move.twist:
        yield TwistTold, {"twist": move.twist}
    for question in move.unknown:
        yield FactUnknown, {"turn": turn, "question": question}
    if move.step:
        yield StepEntered, {"step": move.step, "why": move.why or "start"}
    if move.kind == "hint" and move.criterion and move.rung:
        yield HintGiven, {"criterion": move.criterion, "rung": move.rung}


def of_saying(interviewer: Interviewer) -> Iterator[Effect]:
    """What happened while words were sought, whether or not all of them were said."""
    for summary in interviewer.summaries():
        yield Compacted, {"until": summary.until, "summary": summary.text}
    for what in interviewer.incidents():
        yield Failed, {"what": what, "whom": "interviewer"}


def of_observation(observation: Observation) -> Iterator[Effect]:
    """What was seen in the answers, and what went wrong in looking."""
    for seen in observation.seen:
        yield Observed, {"turn": seen.turn, "brain": seen.brain, "checks": seen.checks}
    for what in observation.incidents:
        yield Failed, {"what": what, "whom": "observer"}
