"""An interview that is about to begin or goes on, with the place it is kept."""

from dataclasses import dataclass, field

from fourstep.choices import Level, Persona
from fourstep.files.draft import save_draft, save_pad
from fourstep.files.ids import key_of
from fourstep.files.log import TranscriptLog
from fourstep.interview.interview import Interview
from fourstep.problem import Problem
from fourstep.rubric import StepId
from fourstep.transcript.events import HINTS_AN_INTERVIEW, Started
from fourstep.wiring.brains import Ear, offline_brain


@dataclass(frozen=True)
class Setup:
    """What was chosen for a new interview."""

    problem: Problem
    steps: tuple[StepId, ...]
    minutes: float | None
    level: Level
    persona: Persona
    hints: int = HINTS_AN_INTERVIEW
    seed: int | None = None


@dataclass
class Live:
    """An interview with the place it is kept."""

    interview: Interview
    log: TranscriptLog
    problem: Problem
    started: Started | None
    """For a new interview: what its first event is."""
    draft: str = ""
    faults: tuple[str, ...] = ()
    ear: Ear = field(default_factory=Ear)
    """Who hears what a model is waited for."""
    pad: str = ""
    """What is on the design pad when it is opened."""

    def go_offline(self) -> None:
        """Go on without a language model, on the record."""
        brain = offline_brain(self.interview.agenda.rubric, self.problem)
        self.interview.change_brain(*brain, why="The candidate went on without a model.")

    @property
    def id(self) -> str:
        """The interview's id."""
        return self.log.folder.name

    @property
    def key(self) -> str:
        """The short name that commands take."""
        return key_of(self.id)

    def save_draft(self, text: str) -> None:
        """Keep what is being typed. Raises: StorageError."""
        save_draft(self.log.folder, text)

    def save_pad(self, text: str) -> None:
        """Keep what is on the design pad. Raises: StorageError."""
        save_pad(self.log.folder, text)
