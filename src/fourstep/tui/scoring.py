"""A grading under way: it goes on while other screens are open, and is looked at by whoever shows it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from fourstep.errors import FourstepError, StorageError
from fourstep.grading.grader import criteria_in_play
from fourstep.grading.scorecard import Judgement
from fourstep.review.remarks import Remarks
from fourstep.rubric import Criterion
from fourstep.wiring.held import Held
from fourstep.wiring.live import Live
from fourstep.wiring.program import Program


@dataclass
class Scoring:
    """One interview on its way to a scorecard; `advance` does the work, on any thread."""

    interview_id: str
    title: str
    criteria: tuple[Criterion, ...]
    grade: Callable[["Scoring"], Held]
    judgements: dict[str, Judgement] = field(default_factory=dict)
    """What was judged so far, by criterion."""
    result: Held | None = None
    """The interview with its new scorecard, once there is one."""
    trouble: FourstepError | None = None
    """Why there is none, or why it could not be kept."""
    remarks: Remarks | None = None
    """What the candidate added while it was graded."""
    seen: bool = False
    """Whether somebody was told that it is done."""

    @property
    def done(self) -> bool:
        """Whether it has ended, well or not."""
        return self.result is not None or self.trouble is not None

    def advance(self) -> None:
        """Grade to the end; what fails is kept in `trouble`."""
        try:
            self.result = self.grade(self)
        except FourstepError as error:
            self.trouble = error

    def judged(self, judgement: Judgement) -> None:
        """One more."""
        self.judgements[judgement.id] = judgement


def scoring_of(program: Program, held: Held) -> Scoring:
    """Of an interview of the library."""

    def grade(scoring: Scoring) -> Held:
        card = asyncio.run(program.grade_saved(held.saved, judged=scoring.judged))
        return replace(held, cards=(*held.cards, card))

    return Scoring(held.saved.id, held.title, criteria_in_play(held.rubric, held.problem), grade)


def scoring_of_live(program: Program, live: Live) -> Scoring:
    """Of an interview that just ended: from memory, so that a disk that refuses costs no scorecard."""

    def grade(scoring: Scoring) -> Held:
        held = program.held_live(live)
        card = asyncio.run(program.grade(held.transcript, folder=live.log.folder, judged=scoring.judged))
        try:
            if live.log.trouble:
                raise live.log.trouble
            program.store.add_scorecard(live.log.folder, card)
        except StorageError as error:
            scoring.trouble = error
        return replace(held, cards=(card,))

    criteria = criteria_in_play(program.held_live(live).rubric, live.problem)
    return Scoring(live.id, live.problem.title, criteria, grade)
