"""Answering again: the events with which a new interview goes on from an earlier turn of another one."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import accumulate

from fourstep.errors import NotFoundError
from fourstep.interview.timing import Plan
from fourstep.language.words import word_count
from fourstep.rubric import StepId
from fourstep.transcript.events import (
    Ended,
    Event,
    Extended,
    Imported,
    Observed,
    PadSaved,
    Paused,
    Resumed,
    Spoken,
    Started,
    StepEntered,
)
from fourstep.transcript.transcript import transcript_of

LEAST_LEFT = 300.0
"""Seconds that somebody who answers again has at least; what is missing is added, on the record."""
_NOT_TAKEN_OVER = (Started, Imported, Paused, Resumed, Ended)


def forked(parent: Sequence[Event], turn: int, started: Started, plan: Plan, at: datetime) -> tuple[Event, ...]:
    """The log of an interview that stands where an answer to `turn`, or `turn` itself, is to be given anew.

    It is paused there, so that no time passes before it is opened; when an earlier answer was read does not count, for
    the old answer was typed meanwhile. `plan` is that of the whole interview.
    Raises: NotFoundError, when the parent has no such turn.
    """
    kept = list(_kept(parent, turn))
    if any(isinstance(event, Imported) for event in parent):
        kept = list(_in_steps(kept, parent, plan))
    elapsed = max((event.elapsed for event in kept if not isinstance(event, Observed)), default=0.0)
    extended = sum(60 * event.minutes for event in kept if isinstance(event, Extended))
    missing = LEAST_LEFT - (plan.total + extended - elapsed)
    events: list[Event] = [started, *kept]
    if missing > 0:
        events.append(Extended(at=at, elapsed=elapsed, minutes=missing / 60))
    events.append(Paused(at=at, elapsed=elapsed))
    return tuple(
        event.model_copy(update={"seq": number, "elapsed": min(event.elapsed, elapsed)})
        for number, event in enumerate(events, start=1)
    )


def _kept(parent: Sequence[Event], turn: int) -> Iterator[Event]:
    """What had happened when that answer was asked for, and what was seen in earlier answers only afterwards."""
    cut, answer = _cut(parent, turn)
    asked = max((place for place, event in enumerate(parent[:cut]) if isinstance(event, Spoken)), default=0)
    for place, event in enumerate(parent):
        before = place < cut and not (isinstance(event, PadSaved) and place > asked)
        seen_later = place >= cut and isinstance(event, Observed) and event.turn < answer
        if (before or seen_later) and not isinstance(event, _NOT_TAKEN_OVER):
            yield event


def _cut(parent: Sequence[Event], turn: int) -> tuple[int, int]:
    """The place in the log, and the turn, of the answer that is given anew."""
    counted = {said.number: said.speaker for said in transcript_of(parent).turns}
    if turn not in counted:
        raise NotFoundError(f"There is no turn {turn} in it.", "Name one as the transcript shows it, such as C8.")
    answers = [number for number, speaker in counted.items() if number >= turn and speaker == "candidate"]
    answer = min(answers, default=turn + 1)
    for place, event in enumerate(parent):
        if (isinstance(event, Spoken) and event.turn >= answer) or isinstance(event, Ended):
            return place, answer
    return len(parent), answer


def _in_steps(kept: Sequence[Event], parent: Sequence[Event], plan: Plan) -> Iterator[Event]:
    """An interview that was held elsewhere knows no steps: each turn is put into the one that was planned then."""
    spoken = [event for event in parent if isinstance(event, Spoken)]
    words = [word_count(event.text) for event in spoken]
    total = sum(words) or 1
    said = dict(zip((event.turn for event in spoken), accumulate(words, initial=0), strict=False))
    entered: StepId | None = None
    for event in kept:
        if isinstance(event, Spoken):
            elapsed = (plan.total - plan.close) * said[event.turn] / total
            step = event.step or _step_at(plan, elapsed)
            if step != entered:
                entered = step
                yield StepEntered(at=event.at, elapsed=elapsed, step=step, why="time")
            event = event.model_copy(update={"elapsed": elapsed, "step": step})
        yield event


def _step_at(plan: Plan, elapsed: float) -> StepId:
    ends = accumulate(share for _, share in plan.shares)
    return next((step for (step, _), end in zip(plan.shares, ends, strict=True) if elapsed < end), plan.shares[-1][0])
