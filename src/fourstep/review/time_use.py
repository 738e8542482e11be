"""How an interview's time went, from its log and by no model. What a log does not tell is None, never zero."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from fourstep.interview.hearing import questions_in
from fourstep.interview.timing import plan
from fourstep.language.clauses import Passage
from fourstep.language.phrases import Match
from fourstep.language.words import word_count
from fourstep.review.naming import first_named, sentence_of
from fourstep.rubric import Rubric, StepId
from fourstep.transcript.events import Event, Extended, Imported, Nudged, Paused, Spoken, Started, StepEntered
from fourstep.transcript.transcript import Transcript, Turn

METRIC = ("chooses_offline_metrics", "names_metric")
"""The check whose words are metrics."""
_LOSSES = frozenset(("loss", "losses"))
_MEASURING = frozenset("metric metrics measure measures offline evaluate evaluation report reports beat beats".split())
TYPED = 40.0
"""Words a minute that a person types while composing; slower ones seem more silent than they were."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A turn, and when it was said."""

    turn: str
    at: float | None
    """Interview seconds; None where the log has no times."""


@dataclass(frozen=True, slots=True)
class StepTime:
    """The time of one step, in seconds."""

    step: StepId | Literal["close"]
    """`close`: the candidate's own questions at the end."""
    spent: float
    planned: float


@dataclass(frozen=True, slots=True)
class Silence:
    """Waiting that typing does not explain, in seconds; an estimate, for no log records keystrokes."""

    total: float
    longest: float
    before: str | None
    """The turn that ended the longest; None where there was none."""


@dataclass(frozen=True, slots=True)
class TurnWords:
    """How many words a turn has."""

    turn: str
    words: int


@dataclass(frozen=True, slots=True)
class TimeUse:
    """How the time went, in seconds of interview time, in which pauses are not."""

    total: float | None
    planned: float | None
    """Without what was added on the way; None for an interview that was not held here."""
    extended: float
    steps: tuple[StepTime, ...]
    """In the order of the interview; empty where no log tells steps apart."""
    first_question: Moment | None
    """The first clarifying question; None where nothing was asked."""
    first_metric: Moment | None
    """The first metric that the candidate named; None where there was none."""
    words: tuple[TurnWords, ...]
    talk_share: float | None
    """The candidate's share of all words, 0 to 1; None where nothing was said."""
    silence: Silence | None
    """None for a recording, of which only the beginnings of turns are kept."""
    nudges: int
    pauses: int


def time_use(events: Sequence[Event], transcript: Transcript, rubric: Rubric) -> TimeUse:
    """What the log of a transcript says about its time; withdrawn turns took time and are not counted."""
    started = next((event for event in events if isinstance(event, Started)), None)
    timed = started is not None or any(isinstance(event, Imported) and event.timed for event in events)
    spoken = tuple(event for event in events if isinstance(event, Spoken)) if timed else ()
    times = {event.turn: event.elapsed for event in spoken}
    counted = {turn.number for turn in transcript.turns}
    return TimeUse(
        total=events[-1].elapsed if timed else None,
        planned=60 * started.minutes if started else None,
        extended=60 * sum(event.minutes for event in events if isinstance(event, Extended)),
        steps=_steps(events, started, rubric) if started else (),
        first_question=_moment(_first_question(transcript), times),
        first_metric=_moment(_first_metric(transcript, rubric), times),
        words=tuple(TurnWords(turn.name, word_count(turn.text)) for turn in transcript.turns),
        talk_share=talk_share(transcript),
        silence=_silence(_typed(spoken, counted)) if started and spoken else None,
        nudges=sum(isinstance(event, Nudged) for event in events),
        pauses=sum(isinstance(event, Paused) for event in events),
    )


def _steps(events: Sequence[Event], started: Started, rubric: Rubric) -> tuple[StepTime, ...]:
    """Seconds in each step, one that was entered twice with both; none where it was over before the first."""
    shares = plan(rubric, started.steps, started.minutes)
    entries = [(event.step, event.elapsed) for event in events if isinstance(event, StepEntered)]
    if not entries:
        return ()
    closed = next((event.elapsed for event in events if isinstance(event, Spoken) and event.move == "close"), None)
    end = events[-1].elapsed
    left_at = [*(at for _, at in entries[1:]), end if closed is None else closed]
    spent = dict.fromkeys(started.steps, 0.0)
    for (step, entered), left in zip(entries, left_at, strict=True):
        spent[step] = spent.get(step, 0.0) + max(0.0, left - entered)
    steps = tuple(StepTime(step, spent[step], shares.share(step)) for step in started.steps)
    return (*steps, StepTime("close", 0.0 if closed is None else end - closed, shares.close))


def _first_question(transcript: Transcript) -> Turn | None:
    return next((turn for turn in transcript.candidate_turns if questions_in(turn.text)), None)


def _first_metric(transcript: Transcript, rubric: Rubric) -> Turn | None:
    named, check = METRIC
    for criterion in rubric.criteria:
        if criterion.id == named and any(one.id == check for one in criterion.checks):
            return first_named(named, criterion.check(check), rubric, transcript, _is_measured)
    return None


def _is_measured(passage: Passage, match: Match) -> bool:
    """Whether the words do not belong to a sentence on what is trained on: a loss is no metric."""
    said = set(sentence_of(match, passage))
    return _LOSSES.isdisjoint(said) or not _MEASURING.isdisjoint(said)


def _moment(turn: Turn | None, times: Mapping[int, float]) -> Moment | None:
    return Moment(turn.name, times.get(turn.number)) if turn else None


def talk_share(transcript: Transcript) -> float | None:
    """The candidate's share of all words, 0 to 1; None where nothing was said."""
    everything = sum(word_count(turn.text) for turn in transcript.turns)
    return transcript.words / everything if everything else None


def _typed(spoken: Sequence[Spoken], counted: Collection[int]) -> Iterator[tuple[float, str]]:
    """Waits for answers of a live interview, less the time that typing them takes; a log has when they were sent."""
    for before, answer in pairwise(spoken):
        if answer.speaker == "candidate" and answer.turn in counted:
            typing = 60 * word_count(answer.text) / TYPED
            yield max(0.0, answer.elapsed - before.elapsed - typing), f"C{answer.turn}"


def _silence(gaps: Iterable[tuple[float, str]]) -> Silence:
    every = list(gaps)
    longest, before = max(every, key=lambda gap: gap[0], default=(0.0, None))
    return Silence(sum(gap for gap, _ in every), longest, before if longest else None)
