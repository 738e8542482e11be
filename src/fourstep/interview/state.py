"""Where an interview stands: a fold over its events. Everything the agenda knows is here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import reduce

from fourstep.rubric import Answer, Criterion, StepId
from fourstep.transcript.events import (
    HINTS_AN_INTERVIEW,
    CheckSeen,
    Ended,
    Event,
    Extended,
    FactTold,
    HintGiven,
    Observed,
    PadSaved,
    Paused,
    Resumed,
    Spoken,
    Started,
    StepEntered,
    TwistTold,
    Withdrawn,
)

Coverage = Mapping[str, Mapping[str, Answer]]
"""Criterion to check to what is known of it."""


@dataclass(frozen=True, slots=True)
class State:
    """What the events add up to."""

    started: Started | None = None
    spoken: tuple[Spoken, ...] = ()
    """Every turn, withdrawn ones too."""
    withdrawn: frozenset[int] = frozenset()
    step: StepId | None = None
    step_entered_at: float = 0.0
    """Interview seconds when the step was entered."""
    entered: tuple[StepId, ...] = ()
    hints: tuple[tuple[str, int], ...] = ()
    """Criterion and rung, as they were given."""
    facts_told: frozenset[str] = frozenset()
    twist_told: str | None = None
    """The change of requirements that was brought in."""
    coverage: Coverage = field(default_factory=dict)
    """What the candidate has shown."""
    extended: float = 0.0
    """Seconds that were added to the interview."""
    pad: str = ""
    """The last version of the design pad."""
    paused: bool = False
    ended: Ended | None = None
    events: tuple[Event, ...] = ()
    """All of them, as they are in the log."""

    @property
    def turns(self) -> tuple[Spoken, ...]:
        """The turns that count."""
        return tuple(turn for turn in self.spoken if turn.turn not in self.withdrawn)

    @property
    def next_turn(self) -> int:
        """The number of the next turn; numbers are never used again."""
        return self.spoken[-1].turn + 1 if self.spoken else 1

    @property
    def closing(self) -> bool:
        """Whether the candidate has been invited to ask questions of their own."""
        return any(turn.move == "close" for turn in self.turns)

    @property
    def asked(self) -> frozenset[tuple[str, int]]:
        """Criterion and number of every question that was ever asked, taken back or not."""
        return frozenset(
            (turn.criterion, turn.question)
            for turn in self.spoken
            if turn.criterion is not None and turn.question is not None
        )

    @property
    def hints_allowed(self) -> int:
        """How many hints may be given in all."""
        return self.started.hints if self.started else HINTS_AN_INTERVIEW

    @property
    def aim(self) -> str | None:
        """The criterion that the interviewer asked about last, in this step."""
        for turn in reversed(self.turns):
            if turn.speaker == "interviewer" and turn.criterion:
                return turn.criterion if turn.step == self.step else None
        return None

    @property
    def last_answer(self) -> Spoken | None:
        """The candidate's last turn."""
        return next((turn for turn in reversed(self.turns) if turn.speaker == "candidate"), None)

    def times_asked(self, criterion_id: str) -> int:
        """How many questions aimed at a criterion, challenges apart."""
        return sum(1 for criterion, number in self.asked if criterion == criterion_id and number >= 0)

    def rungs(self, criterion_id: str) -> int:
        """How many rungs of a criterion's ladder were given."""
        return sum(1 for criterion, _ in self.hints if criterion == criterion_id)

    def level(self, criterion: Criterion) -> int:
        """The level that was shown so far, 0 to 3."""
        return criterion.level_for(dict(self.coverage.get(criterion.id, {})))

    def leads_given(self, lead_move: str) -> int:
        """How often in a row the interviewer's last turns were of this move."""
        count = 0
        for turn in reversed([turn for turn in self.turns if turn.speaker == "interviewer"]):
            if turn.move != lead_move:
                break
            count += 1
        return count


def fold(events: Iterable[Event]) -> State:
    """The state after these events."""
    return reduce(apply, events, State())


def apply(state: State, event: Event) -> State:
    """The state after one more event."""
    state = replace(state, events=(*state.events, event))
    match event:
        case Started():
            return replace(state, started=event)
        case Spoken():
            return replace(state, spoken=(*state.spoken, event))
        case Withdrawn():
            return replace(state, withdrawn=state.withdrawn | {event.turn})
        case StepEntered():
            return replace(state, step=event.step, step_entered_at=event.elapsed, entered=(*state.entered, event.step))
        case HintGiven():
            return replace(state, hints=(*state.hints, (event.criterion, event.rung)))
        case FactTold():
            return replace(state, facts_told=state.facts_told | {event.fact})
        case TwistTold():
            return replace(state, twist_told=event.twist)
        case Observed():
            return replace(state, coverage=covered(state.coverage, event.checks))
        case PadSaved():
            return replace(state, pad=event.text)
        case Paused():
            return replace(state, paused=True)
        case Resumed():
            return replace(state, paused=False)
        case Extended():
            return replace(state, extended=state.extended + 60 * event.minutes)
        case Ended():
            return replace(state, ended=event)
        case _:
            return state


def covered(coverage: Coverage, checks: Iterable[CheckSeen]) -> Coverage:
    """An observation replaces what was known of the checks it speaks of: the last word stands."""
    merged = {criterion: dict(checks) for criterion, checks in coverage.items()}
    for seen in checks:
        merged.setdefault(seen.criterion, {})[seen.check] = seen.met
    return merged
