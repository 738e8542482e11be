"""Everything that a command or a screen needs, built out of settings when it is first asked for."""

import secrets
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from fourstep import __version__
from fourstep.choices import Level
from fourstep.errors import ContentError, NotFoundError, StorageError, TranscriptError
from fourstep.files.content import DEFAULT_RUBRIC, Library, LoadedRubric, read_rubric, rubric_id
from fourstep.files.ids import new_id
from fourstep.files.log import TranscriptLog
from fourstep.files.places import content_folder, interviews_folder, own_problems_folder
from fourstep.files.store import PROBLEM_NAME, RUBRIC_NAME, Saved, Store, sole_writer
from fourstep.files.yaml_source import read_model
from fourstep.grading.grader import scorecard_of
from fourstep.grading.scorecard import Judgement, Scorecard
from fourstep.interview.agenda import Agenda
from fourstep.interview.brain import Interviewer, Observer
from fourstep.interview.interview import Clocks, Interview
from fourstep.interview.timing import plan
from fourstep.lint import lint_rubric
from fourstep.problem import Problem, rubric_for
from fourstep.report.comparison import comparison_blocks, kinship_text
from fourstep.report.document import Block
from fourstep.review.prediction import predicted
from fourstep.review.remarks import Remark, remarks_of
from fourstep.rubric import Rubric, StepId
from fourstep.settings import Settings
from fourstep.transcript.events import Event, Started
from fourstep.transcript.transcript import Transcript, transcript_of
from fourstep.wiring.brains import Ear, brain_for, offline_brain
from fourstep.wiring.first_use import try_out_new
from fourstep.wiring.grading import ALONE, REPLIES_NAME, PanelChoice, grader_for, read_by, with_price
from fourstep.wiring.held import Held
from fourstep.wiring.live import Live, Setup


class Program:
    """Everything that a command or a screen needs, made when it is first asked for."""

    def __init__(self, settings: Settings, *, rubric_path: Path | None = None) -> None:
        self.settings = settings
        self._named_rubric = rubric_path is not None
        self.rubric_path = rubric_path or content_folder("rubrics") / DEFAULT_RUBRIC

    @cached_property
    def library(self) -> Library:
        """The problems that can be asked."""
        return Library(own=own_problems_folder(self.settings))

    @cached_property
    def loaded(self) -> LoadedRubric:
        """The rubric in force; one that was named must be without fault. Raises: ContentError, NotFoundError."""
        loaded = read_rubric(self.rubric_path)
        if self._named_rubric and (faults := lint_rubric(loaded.rubric)):
            raise ContentError(f"{self.rubric_path}: {faults[0]}", f"See all: fourstep check {self.rubric_path}")
        return loaded

    @cached_property
    def store(self) -> Store:
        """Where interviews are kept."""
        return Store(interviews_folder(self.settings))

    @contextmanager
    def new_interview(self, setup: Setup, problem_file: Path) -> Iterator[Live]:
        """Set up an interview and hold its transcript.

        Where its folder cannot be made it is kept in memory, and its log says so.
        """
        rubric = rubric_for(self.loaded.rubric, setup.problem)
        now = datetime.now(UTC).astimezone()
        interview_id = new_id(setup.problem.id, now, secrets.token_hex(3))
        shares = plan(rubric, setup.steps, setup.minutes)
        ear = Ear()
        interviewer, observer = brain_for(self.settings, rubric, setup.problem, ear)
        started = Started(
            at=now,
            id=interview_id,
            problem=setup.problem.id,
            rubric=self.loaded.hash,
            level=setup.level,
            persona=setup.persona,
            steps=setup.steps,
            minutes=shares.total / 60,
            brain=interviewer.kind,
            hints=setup.hints,
            seed=setup.seed if setup.seed is not None else secrets.randbelow(1_000_000),
            program=__version__,
        )
        with ExitStack() as held:
            try:
                folder = self.store.create(interview_id, problem=problem_file, rubric=self.rubric_path)
                log = self.store.open_log(folder)
                held.enter_context(sole_writer(folder))
            except StorageError as error:
                log = TranscriptLog(self.store.root / interview_id)
                log.trouble = error
            brain = (interviewer, observer)
            interview = self.engine(setup.problem, setup.steps, setup.minutes, log, brain=brain)
            yield Live(interview, log, setup.problem, started, ear=ear)

    @contextmanager
    def resumed_interview(self, folder: Path) -> Iterator[Live]:
        """Go on with an interview where it was left, with the rubric and problem it was held with.

        Raises: TranscriptError, NotFoundError, StorageError, LockedError.
        """
        with sole_writer(folder):  # before the log is read: another process may be writing it
            yield self._resumed(folder)

    def engine(
        self,
        problem: Problem,
        steps: tuple[StepId, ...],
        minutes: float | None,
        log: TranscriptLog,
        *,
        rubric: Rubric | None = None,
        brain: tuple[Interviewer, Observer] | None = None,
        events: Sequence[Event] = (),
        elapsed: float = 0.0,
        clocks: Clocks | None = None,
    ) -> Interview:
        """An interview over a log; by default offline, with the rubric in force and this machine's clocks."""
        rubric = rubric_for(rubric or self.loaded.rubric, problem)
        interviewer, observer = brain or offline_brain(rubric, problem)
        return Interview(
            Agenda(rubric, problem, plan(rubric, steps, minutes), twists=interviewer.kind == "model"),
            interviewer,
            observer,
            log,
            clocks or Clocks(time.monotonic, lambda: datetime.now(UTC).astimezone()),
            events=events,
            elapsed=elapsed,
        )

    def _resumed(self, folder: Path) -> Live:
        saved = self.store.read(folder)
        started = next((event for event in saved.events if isinstance(event, Started)), None)
        if started is None or not saved.interrupted:
            raise NotFoundError(
                f"{saved.id} has ended.", f"Score it with: fourstep score {saved.id}{self.settings.where}"
            )
        problem = self._kept_problem(folder, started.problem)
        log = self.store.open_log(folder)
        rubric, ear = rubric_for(self.rubric_of(folder).rubric, problem), Ear()
        interview = self.engine(
            problem,
            started.steps,
            started.minutes,
            log,
            rubric=rubric,
            brain=brain_for(self.settings, rubric, problem, ear),
            events=saved.events,
            elapsed=saved.elapsed,
        )
        pad = interview.state.pad if saved.pad is None else saved.pad
        return Live(interview, log, problem, None, saved.draft, saved.faults, ear, pad)

    def try_out_new_models(self, tell: Callable[[str], None]) -> None:
        """Try out models that were never used from here, behind an interview's beginning."""
        try_out_new(self.settings, self.store.root, tell)

    def last_started(self) -> Started | None:
        """How the newest interview was set up; None before the first."""
        for interview_id in self.store.newest_first():
            try:
                events = self.store.read(self.store.root / interview_id).events
            except TranscriptError:
                continue
            if started := next((event for event in events if isinstance(event, Started)), None):
                return started
        return None

    def held(self, folder: Path) -> Held:
        """Read an interview with everything that belongs to it. Raises: TranscriptError, ContentError."""
        saved = self.store.read(folder)
        transcript = transcript_of(saved.events, fallback_id=saved.id)
        problem = self.problem_of(transcript.problem, folder)
        remarks = remarks_of(self.store.remarks(folder))
        rubric = rubric_for(self.judging_rubric(folder).rubric, problem)
        cards, where = self.store.scorecards(folder), self.settings.where
        return Held(saved, transcript, cards, problem, rubric, remarks, where, self.drilling(problem))

    def held_live(self, live: Live) -> Held:
        """An interview as it is in memory, whether or not the disk took it."""
        events = live.interview.state.events
        saved = Saved(live.log.folder, events, live.faults, live.draft, None)
        rubric = rubric_for(self.judging_rubric(live.log.folder).rubric, live.problem)
        drilling = self.drilling(live.problem)
        return Held(saved, transcript_of(events, fallback_id=live.id), (), live.problem, rubric, drilling=drilling)

    def remarked(self, held: Held, remark: Remark) -> Held:
        """The interview with what somebody added, which is kept beside it. Raises: StorageError."""
        self.store.add_remark(held.saved.folder, remark)
        return replace(held, remarks=remarks_of(self.store.remarks(held.saved.folder)))

    def predicted(self, held: Held, steps: Mapping[StepId, float]) -> Held:
        """The interview with what its candidate thinks each step will score, in percent. Raises: StorageError."""
        return self.remarked(held, predicted(steps, held.rubric, datetime.now(UTC).astimezone()))

    def comparison_with_parent(self, held: Held) -> list[Block]:
        """The newest scorecards of an interview and of the one that it answers again, beside each other.

        Raises: NotFoundError, TranscriptError, when that one or a scorecard is not there.
        """
        if held.parent is None:
            raise NotFoundError("This interview answers no other one again.", "In a transcript, a does so at a turn.")
        parent = self.held(self.store.find(held.parent))
        for name in (one.saved.id for one in (parent, held) if not one.cards):
            raise NotFoundError(
                f"{name} has no scorecard.", f"Score it with: fourstep score {name}{self.settings.where}"
            )
        kinship = kinship_text(parent.saved.events, held.saved.events, held.rubric)
        return comparison_blocks(parent.cards[-1], held.cards[-1], held.rubric, kinship=kinship)

    async def grade(
        self,
        transcript: Transcript,
        *,
        folder: Path | None = None,
        level: Level | None = None,
        judged: Callable[[Judgement], None] | None = None,
        panel: PanelChoice = ALONE,
    ) -> Scorecard:
        """Grade with the rubric that judges it, and the interview's own copy of its problem, if it has one.

        `judged` is told of each judgement as it is made.
        """
        problem = self.problem_of(transcript.problem, folder)
        judging = self.judging_rubric(folder)
        rubric = rubric_for(judging.rubric, problem)
        grader = grader_for(self.settings, panel, rubric, problem, replies=(folder or self.store.root) / REPLIES_NAME)
        judgements, contradictions = await read_by(grader, transcript, judged)
        card = scorecard_of(
            judgements,
            grader,
            transcript,
            rubric,
            problem,
            rubric_hash=judging.hash,
            level=level,
            at=datetime.now(UTC).astimezone(),
            contradictions=contradictions,
        )
        return with_price(card, self.settings)

    async def grade_saved(
        self,
        saved: Saved,
        *,
        level: Level | None = None,
        judged: Callable[[Judgement], None] | None = None,
        panel: PanelChoice = ALONE,
    ) -> Scorecard:
        """Grade an interview of the store, and keep the scorecard beside it."""
        transcript = transcript_of(saved.events, fallback_id=saved.id)
        card = await self.grade(transcript, folder=saved.folder, level=level, judged=judged, panel=panel)
        self.store.add_scorecard(saved.folder, card)
        return card

    def problem_of(self, name: str | None, folder: Path | None = None) -> Problem | None:
        """The problem by the interview's own copy, or by the library; None where there is none."""
        if folder and (folder / PROBLEM_NAME).is_file():
            try:
                return read_model(folder / PROBLEM_NAME, Problem)
            except ContentError:
                pass  # an older copy that this program cannot read; the library may have a newer one
        return self.library.find(name)

    def drilling(self, problem: Problem | None) -> str:
        """What a drill's command needs to be on a problem; empty where its name does not lead to it."""
        if problem is None or problem.id not in self.library.files:
            return ""
        return f" --problem {problem.id}{self.settings.where}"

    def _kept_problem(self, folder: Path, name: str) -> Problem:
        problem = self.problem_of(name, folder)
        if problem is None:
            raise NotFoundError(f"{folder.name} has no usable problem.yaml.", f"Put the problem '{name}' there.")
        return problem

    def rubric_of(self, folder: Path) -> LoadedRubric:
        """The rubric that an interview was held with, or the one in force where its copy cannot be read."""
        try:
            return read_rubric(self.rubric_path_of(folder))
        except (ContentError, NotFoundError):
            return self.loaded

    def judging_rubric(self, folder: Path | None) -> LoadedRubric:
        """The rubric that an interview is judged and shown by: the one that was named for it, else the one in force.

        One that was held with a rubric of somebody's own goes on with that, unless another is named now.
        """
        own = None if folder is None or self._named_rubric else rubric_id(self.rubric_path_of(folder))
        return self.rubric_of(folder) if folder and own not in (None, self.loaded.rubric.id) else self.loaded

    def rubric_path_of(self, folder: Path) -> Path:
        """Where that rubric lies: a folder or a file, or that of the one in force."""
        copies = (folder / RUBRIC_NAME, (folder / RUBRIC_NAME).with_suffix(".yaml"))
        return next((copy for copy in copies if copy.exists()), self.rubric_path)
