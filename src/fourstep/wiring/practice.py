"""Practice over a program's interviews: figures, the deck, drills and who grades them. The clock is asked here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path

from fourstep.errors import ModelError, NotFoundError
from fourstep.files.content import rubric_id
from fourstep.files.index import Entry, LibraryIndex
from fourstep.files.pages import write_new
from fourstep.files.practice import DrillDraft, PracticeLog
from fourstep.grading.grader import Grader
from fourstep.grading.scorecard import Judgement
from fourstep.interview.timing import plan
from fourstep.offline.grader import OfflineGrader
from fourstep.practice.deck import Card, deck_of, due_today, session
from fourstep.practice.drill import (
    Answered,
    Drill,
    alone,
    can_be_drilled,
    drill_name,
    drill_on,
    framework_drill,
    judged_drill,
    judged_framework,
    longest_unseen,
    transcript_of_drill,
)
from fourstep.practice.drilled import FRAMEWORK, Drilled
from fourstep.practice.plan import Asked, Basis
from fourstep.practice.progress import Graded, Series, series_of
from fourstep.practice.rulings import summed_anew
from fourstep.problem import Problem, rubric_for
from fourstep.report.progress_table import progress_csv
from fourstep.rubric import INTERVIEW_STEPS, Rubric
from fourstep.wiring.grading import ALONE, REPLIES_NAME, grader_for, model_names
from fourstep.wiring.program import Program

OFFLINE = "offline"


@dataclass(frozen=True)
class Standing:
    """How practice stands at a moment."""

    at: datetime
    """In the time of this machine."""
    entries: tuple[Entry, ...]
    """All interviews that were held here, newest first."""
    series: tuple[Series, ...]
    """How they were graded, the series to look at first."""
    drilled: tuple[Drilled, ...]
    """Oldest first."""
    faults: tuple[str, ...]
    """A sentence for every drill that could not be read."""
    deck: tuple[Card, ...]

    @cached_property
    def due(self) -> tuple[Card, ...]:
        """What is due today."""
        return due_today(self.deck, self.at)

    @cached_property
    def session(self) -> tuple[Card, ...]:
        """What of it fits into today's ten minutes."""
        return session(self.due, self.drilled, self.at)

    @property
    def seen(self) -> Mapping[str, datetime]:
        """When each problem was last met, in an interview or a drill."""
        met = [(entry.problem, _moment(entry.started_at)) for entry in self.entries]
        met += [(one.problem, one.at) for one in self.drilled if one.problem]
        return dict(sorted(((name, at) for name, at in met if at), key=lambda pair: pair[1]))

    def card(self, name: str) -> Card:
        """The card of a drill, a new one where it is not in the deck."""
        graded = tuple(one for one in self.series[0].recent if name in one.levels) if self.series else ()
        return next((card for card in self.deck if card.drill == name), Card(name, (), graded))


class Practice:
    """What a command or a screen needs for progress, drills and plans."""

    def __init__(self, program: Program, now: Callable[[], datetime] = lambda: datetime.now().astimezone()) -> None:
        self._program = program
        self._log = PracticeLog(program.store.root)
        self._judging: dict[tuple[str, str | None], Rubric] = {}
        """Rubrics that ruled interviews were judged by: to read one takes a third of a second."""
        self.now = now

    @property
    def rubric(self) -> Rubric:
        """The rubric in force."""
        return self._program.loaded.rubric

    def standing(self) -> Standing:
        """Read how things stand. Raises: StorageError, ContentError."""
        with LibraryIndex(self._program.store.root) as index:
            index.refresh()
            entries, graded = index.entries(), index.graded()
        counted = [self._summed(one) if one.ruled else one for one in graded]
        drilled, faults = self._log.read()
        deck = deck_of(counted, drilled, can_be_drilled(self.rubric))
        own = tuple(entry for entry in entries if not entry.imported)
        return Standing(self.now(), own, series_of(counted), drilled, faults, deck)

    def drill(self, standing: Standing, name: str, problem: str | None = None) -> Drill:
        """The next exercise of that name: as it was begun, on the problem that is named, or on one not yet seen.

        Raises: NotFoundError, ContentError.
        """
        name = drill_name(name, self.rubric)
        named = self._program.library.problem(problem) if problem and name != FRAMEWORK else None
        drafts = [draft for draft in self._log.drafts(name) if named is None or draft.problem == named.id]
        draft = drafts[0] if drafts else None
        if name == FRAMEWORK:
            return replace(framework_drill(standing.card(name), self.rubric), typed=draft.text if draft else "")
        begun = self._program.library.find(draft.problem) if draft else None
        chosen = named or begun or self._unseen(name, standing)
        if name in chosen.off:
            title = self.rubric.criterion(name).title
            raise NotFoundError(f"“{title}” is not judged on {chosen.title}.", chosen.off[name])
        drill = drill_on(standing.card(name), rubric_for(self.rubric, chosen).criterion(name), chosen)
        return replace(drill, question=draft.question, typed=draft.text) if draft and begun else drill

    async def grade(self, drill: Drill, text: str, seconds: float, *, offline: bool = False) -> Drilled:
        """Judge an answer; where a model cannot, the signals do in its place, and that is said."""
        answered = Answered(text, self.now(), seconds)
        rubric_hash = self._program.loaded.hash
        if drill.problem is None:
            return judged_framework(drill, answered, self.rubric, rubric_hash=rubric_hash)
        judgement, grader, why = await self._judged(drill, text, offline=offline)
        note = f"The model could not grade it: {why} The rubric's signals did." if why else ""
        return judged_drill(
            drill, answered, judgement, self.rubric_of(drill), grader=grader, rubric_hash=rubric_hash, note=note
        )

    def keep(self, drilled: Drilled) -> None:
        """Keep what was drilled; only then the draft goes. Raises: StorageError, LockedError."""
        self._log.add(drilled)
        self._log.drop_draft(drilled.drill, drilled.problem or "")

    def save_draft(self, drill: Drill, text: str) -> None:
        """Keep what is being typed. Raises: StorageError."""
        problem = drill.problem.id if drill.problem else ""
        self._log.save_draft(drill.name, DrillDraft(problem, drill.question, text))

    def basis(self, standing: Standing) -> Basis:
        """What a plan rests on. Raises: ContentError."""
        library, rubric = self._program.library, self.rubric
        held = {entry.problem: at for entry in reversed(standing.entries) if (at := _moment(entry.started_at))}
        names = longest_unseen(library.files, held)
        lines = standing.series[0].steps(rubric) if standing.series else ()
        means = {line.id: line.mean_of_last for line in lines if line.mean_of_last is not None}
        steps = [(step.id, step.title) for step in rubric.steps if step.id in INTERVIEW_STEPS]
        return Basis(
            problems=[Asked(name, library.problem(name).title) for name in names],
            unheld=sum(name not in held for name in names),
            steps=sorted(steps, key=lambda step: means.get(step[0], 0.0)) if means else steps,
            scored=len(standing.series[0].interviews) if standing.series else 0,
            left_out=standing.series[0].left_out if standing.series else 0,
            imports=standing.series[0].imports if standing.series else 0,
            due=len(standing.due),
            minutes=plan(rubric, INTERVIEW_STEPS, None).total / 60,
            step_minutes=max(plan(rubric, (step,), None).total for step, _ in steps) / 60,
        )

    def export(self, standing: Standing, folder: Path) -> Path:
        """Write all scores as a sheet that replaces nothing, and say where. Raises: StorageError."""
        return write_new(folder / "progress.csv", progress_csv(standing.series, self.rubric))

    def rubric_of(self, drill: Drill) -> Rubric:
        """The rubric as it reads for the drill's problem."""
        return rubric_for(self.rubric, drill.problem)

    def _summed(self, graded: Graded) -> Graded:
        """With the sums that people's levels make, by the same rubric and problem as in the interview's report."""
        folder = self._program.store.root / graded.interview
        key = (graded.rubric, rubric_id(self._program.rubric_path_of(folder)))
        if key not in self._judging:
            self._judging[key] = self._program.judging_rubric(folder).rubric
        return summed_anew(graded, self._judging[key], self._program.problem_of(graded.problem, folder))

    def _unseen(self, name: str, standing: Standing) -> Problem:
        """The problem that was never met, or longest ago, among those on which the criterion is judged."""
        library = self._program.library
        for key in longest_unseen(library.files, standing.seen):
            if name not in (problem := library.problem(key)).off:
                return problem
        title = self.rubric.criterion(name).title
        raise NotFoundError(
            f"No problem asks for “{title}”.", f"See: fourstep problems list{self._program.settings.where}"
        )

    async def _judged(self, drill: Drill, text: str, *, offline: bool) -> tuple[Judgement, str, str]:
        """The judgement, who made it, and why it was not the model that is set."""
        rubric, problem = self.rubric_of(drill), alone(drill, self.rubric)
        names = () if offline else model_names(self._program.settings, ALONE)
        why = ""
        if names:
            replies = self._program.store.root / REPLIES_NAME
            try:
                grader = grader_for(self._program.settings, ALONE, rubric, problem, replies=replies)
                judgement = await _judgement(grader, drill, text, rubric)
                if judgement.level is not None:
                    return judgement, ", ".join(names), ""
                why = judgement.reason
            except ModelError as error:
                why = str(error)
        return await _judgement(OfflineGrader(rubric, problem), drill, text, rubric), OFFLINE, why


async def _judgement(grader: Grader, drill: Drill, text: str, rubric: Rubric) -> Judgement:
    transcript = transcript_of_drill(drill, text, rubric)
    [judgement] = [judged async for judged in grader.judge(transcript)]
    return judgement


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text).astimezone()
    except (ValueError, OverflowError):  # an interview that cannot be read, or of a year that no zone can tell
        return None
