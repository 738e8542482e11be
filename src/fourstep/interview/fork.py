"""Answering again: the events with which a new interview goes on from an earlier turn of another one."""

from collections.abc import Iterator, Mapping, Sequence
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
    the old answer was typed meanwhile. `plan` is that of the whole interview; a longer recording takes nothing of what
    it leaves for the part that is still to come.
    Raises: NotFoundError, when the parent has no such turn.
    """
    kept = list(_kept(parent, turn))
    imported = next((event for event in parent if isinstance(event, Imported)), None)
    least = LEAST_LEFT
    if imported:
        planned = _by_words(parent, plan)
        kept = list(_in_steps(kept, planned, plan, timed=imported.timed))
        come_to = max((planned[event.turn] for event in kept if isinstance(event, Spoken)), default=0.0)
        least = max(least, plan.total - come_to)
    elapsed = max((event.elapsed for event in kept if not isinstance(event, Observed)), default=0.0)
    extended = sum(60 * event.minutes for event in kept if isinstance(event, Extended))
    missing = least - (plan.total + extended - elapsed)
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


def _by_words(parent: Sequence[Event], plan: Plan) -> dict[int, float]:
    """When each turn of an interview that was held elsewhere would have come, by the words before it."""
    spoken = [event for event in parent if isinstance(event, Spoken)]
    words = [word_count(event.text) for event in spoken]
    total = sum(words) or 1
    said = zip((event.turn for event in spoken), accumulate(words, initial=0), strict=False)
    return {turn: (plan.total - plan.close) * before / total for turn, before in said}


def _in_steps(kept: Sequence[Event], planned: Mapping[int, float], plan: Plan, *, timed: bool) -> Iterator[Event]:
    """An interview that was held elsewhere knows no steps: each turn is put into the one that was planned then.

    A recording may be longer or shorter than the plan, so its own times place nothing; but they stay.
    """
    entered: StepId | None = None
    for event in kept:
        if isinstance(event, Spoken):
            elapsed = event.elapsed if timed else planned[event.turn]
            step = event.step or _step_at(plan, planned[event.turn])
            if step != entered:
                entered = step
                yield StepEntered(at=event.at, elapsed=elapsed, step=step, why="time")
            event = event.model_copy(update={"elapsed": elapsed, "step": step})
        yield event


def _step_at(plan: Plan, elapsed: float) -> StepId:
    ends = accumulate(share for _, share in plan.shares)
    return next((step for (step, _), end in zip(plan.shares, ends, strict=True) if elapsed < end), plan.shares[-1][0])
