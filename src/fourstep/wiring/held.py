"""An interview that was held, with its scorecards and all that is to be said of it."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from fourstep.files.store import Saved
from fourstep.grading.scorecard import Scorecard
from fourstep.problem import Problem
from fourstep.report.anonymous import NOBODY
from fourstep.report.document import Block
from fourstep.report.remarks import remark_blocks
from fourstep.report.review import review_blocks
from fourstep.report.scorecard import known_to, scorecard_blocks
from fourstep.report.transcript import transcript_blocks
from fourstep.review.findings import Findings, findings_of
from fourstep.review.remarks import Remarks
from fourstep.rubric import Rubric
from fourstep.transcript.events import Started
from fourstep.transcript.transcript import Transcript

if TYPE_CHECKING:
    from fourstep.report.progress_plots import Progress


@dataclass(frozen=True)
class Held:
    """An interview that was held, with all that is known of it."""

    saved: Saved
    transcript: Transcript
    cards: tuple[Scorecard, ...]
    """Oldest first."""
    problem: Problem | None
    rubric: Rubric
    remarks: Remarks = field(default_factory=Remarks)
    """What people added to it."""
    where: str = ""
    """What a command needs besides its id to find it (`Settings.where`)."""
    drilling: str = ""
    """What a drill's command needs to be on its problem; empty where there can be none."""

    @property
    def title(self) -> str:
        """What it was about."""
        return self.transcript.titled(
            self.problem.title if self.problem else (self.transcript.problem or self.saved.id)
        )

    @cached_property
    def review(self) -> Findings:
        """What its last scorecard, its log and its turns teach."""
        card = known_to(self.rubric, self.cards[-1]) if self.cards else None
        return findings_of(self.saved.events, self.transcript, card, self.rubric, self.problem)

    @property
    def origin(self) -> str:
        """Which interview it is, and of when; nothing where that is not to be told."""
        if self.saved.id == NOBODY:
            return ""
        return f"Interview {self.saved.id}, of {self.saved.events[0].at:%Y-%m-%d}."

    def findings(self) -> list[Block]:
        """All that is to be said of it apart from its turns: its last scorecard, if there is one."""
        if self.cards:
            card = scorecard_blocks(self.cards[-1], self.rubric, self.problem, self.transcript, drilling=self.drilling)
            return [*card, *self.remarked(), *review_blocks(self.review, self.rubric)]
        how = f" Score it with: fourstep score {self.saved.id}{self.where}" if self.saved.id != NOBODY else ""
        unscored = f"Not scored yet.{how}"
        unjudged = review_blocks(self.review, self.rubric)
        return [Block("title", self.title), Block("paragraph", unscored), *unjudged]

    def remarked(self, number: int = -1) -> list[Block]:
        """What people added, beside one of its scorecards."""
        return remark_blocks(self.remarks, known_to(self.rubric, self.cards[number]), self.rubric, self.problem)

    @property
    def parent(self) -> str | None:
        """The interview that this one answers again, by its id."""
        return next((event.parent for event in self.saved.events if isinstance(event, Started)), None)

    def report(self) -> list[Block]:
        """What was found, and the transcript."""
        return [*self.findings(), *transcript_blocks(self.transcript, self.rubric, self.remarks.notes)]

    def page(self, progress: "Progress | None" = None) -> str:
        """The same as one page of HTML, which also shows how scores moved up to it."""
        from fourstep.report.html import Report, as_html_page  # a tenth of a second that only a page is worth
        from fourstep.report.margin import Annotations, said_at

        card = self.cards[-1] if self.cards else None
        known = Annotations(card, said_at(self.saved.events), self.remarks)
        return as_html_page(Report(self.findings(), self.transcript, self.rubric, known, self.origin, progress))
