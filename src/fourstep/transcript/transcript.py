"""A transcript: what was said, by whom, in which turn, with what the graders need to know about it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from fourstep.choices import Level
from fourstep.language.words import word_count
from fourstep.rubric import StepId
from fourstep.transcript.events import (
    Event,
    FactTold,
    HintGiven,
    Imported,
    PadSaved,
    Speaker,
    Spoken,
    Started,
    StepEntered,
    Withdrawn,
)


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker said at a time."""

    number: int
    """1-based over both speakers."""
    speaker: Speaker
    text: str
    step: StepId | None = None
    aims_at: str | None = None
    """The criterion that an interviewer's turn asks about, where the interview recorded it."""
    move: str | None = None
    hint_rung: int | None = None
    """Which rung of the ladder an interviewer's turn gave."""
    pad: str = ""
    """What was on the design pad when an answer was sent, where that had changed since the answer before it."""

    @property
    def name(self) -> str:
        """As it is cited: `I7`, `C8`."""
        return f"{self.speaker[0].upper()}{self.number}"


@dataclass(frozen=True, slots=True)
class Transcript:
    """The turns that count, in order, with where they came from."""

    id: str
    turns: tuple[Turn, ...]
    problem: str | None = None
    problem_guessed: bool = False
    """Whether that was taken from its first words."""
    candidate: str | None = None
    """The candidate's name, where a recording gives it."""
    level: Level = "senior"
    assessed: tuple[StepId, ...] = ("frame", "data", "model", "serve")
    """The steps that were part of it."""
    facts_told: frozenset[str] = frozenset()
    native: bool = False
    """Whether it was recorded by this program, so that what was told and hinted is known."""
    speakers_inferred: bool = False
    """Whether who said what was worked out, by rules or a model, for the recording did not say."""
    one_answer: bool = False
    """Whether it is a drill, one question and one answer: that is judged however short it is."""

    def titled(self, title: str) -> str:
        """A title with the candidate's name, where that is known: somebody who reads many must tell them apart."""
        return f"{title} · candidate {self.candidate}" if self.candidate else title

    @property
    def candidate_turns(self) -> tuple[Turn, ...]:
        """The turns that can be evidence."""
        return tuple(turn for turn in self.turns if turn.speaker == "candidate")

    @property
    def unreached(self) -> tuple[StepId, ...]:
        """The steps that were part of it and were not begun; of what was held elsewhere that is not known."""
        begun = {turn.step for turn in self.turns}
        return tuple(step for step in self.assessed if step not in begun) if self.native else ()

    @property
    def words(self) -> int:
        """How many words the candidate said."""
        return sum(word_count(turn.text) for turn in self.candidate_turns)


def transcript_of(events: Sequence[Event], *, fallback_id: str = "interview") -> Transcript:
    """What a log adds up to: withdrawn turns and cut-off replies are left out."""
    withdrawn = {event.turn for event in events if isinstance(event, Withdrawn)}
    transcript = Transcript(fallback_id, (), native=True)
    turns: list[Turn] = []
    pad = sent = ""
    told: set[str] = set()
    rung: HintGiven | None = None
    steps: list[StepId] = []
    for event in events:
        match event:
            case Started():
                transcript = replace(
                    transcript, id=event.id, problem=event.problem, level=event.level, assessed=event.steps
                )
            case Imported():
                transcript = replace(
                    transcript,
                    id=event.id,
                    problem=event.problem,
                    problem_guessed=event.guessed,
                    candidate=event.candidate_name,
                    level=event.level,
                    native=False,
                    speakers_inferred=event.speakers == "inferred",
                )
            case StepEntered():
                steps.append(event.step)
            case HintGiven():
                rung = event
            case FactTold():
                told.add(event.fact)
            case PadSaved():
                pad = event.text
            case Spoken() if event.turn not in withdrawn:
                hinted = rung if rung and event.speaker == "interviewer" else None
                turns.append(
                    Turn(
                        event.turn,
                        event.speaker,
                        event.text,
                        event.step,
                        event.criterion,
                        event.move,
                        hinted.rung if hinted else None,
                        pad if event.speaker == "candidate" and pad != sent else "",
                    )
                )
                rung = None if hinted else rung
                sent = pad if event.speaker == "candidate" else sent
            case _:
                pass
    return replace(transcript, turns=tuple(turns), facts_told=frozenset(told))
