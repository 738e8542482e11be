"""What is done with interviews that were held: scored, remarked on, answered again, compared, written."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from textual import work

from fourstep.errors import FourstepError
from fourstep.tui.opens import Opens
from fourstep.wiring.front import Front

if TYPE_CHECKING:
    from fourstep.review.remarks import Remark
    from fourstep.tui.scoring import Scoring
    from fourstep.wiring.held import Held
    from fourstep.wiring.live import Live
    from fourstep.wiring.program import Program
    from fourstep.wiring.reporting import Form

_FORMS: "tuple[tuple[str, tuple[Form, bool]], ...]" = (
    ("A page for the browser (HTML)", ("html", False)),
    ("A page for the browser, without names and dates", ("html", True)),
    ("Markdown", ("markdown", False)),
    ("Data (JSON)", ("json", False)),
)
"""What a report can be written as; the second value leaves out names and times."""


class Afterwards(Opens):
    """What can be asked for once an interview is over, from whichever screen."""

    def __init__(self, front: Front) -> None:
        super().__init__(front)
        self.scorings: list[Scoring] = []
        """Gradings of this session, also those that go on behind other screens."""

    def open_scorecard(self, held: "Held", note: str = "") -> None:
        """The newest scorecard of an interview; one that has none is scored first."""
        from fourstep.tui.screens.scorecard import ScorecardScreen

        if held.cards:
            self.push_screen(ScorecardScreen(held, note=note))
        else:
            self.score(held)

    @work
    async def score(self, held: "Held") -> None:
        """Grade an interview, and show how it goes."""
        from fourstep.tui.scoring import scoring_of
        from fourstep.tui.screens.scoring import ScoringScreen

        program = await self.program()
        if held.transcript.native and not held.cards and not held.remarks.prediction:
            held = await self._predicted(program, held)
        self.push_screen(ScoringScreen(self._begin_scoring(scoring_of(program, held))))

    @work
    async def score_live(self, live: "Live", *, own: bool = True) -> None:
        """Grade the interview that just ended; whose `own` it is may say first what the score will be."""
        from fourstep.tui.scoring import scoring_of_live
        from fourstep.tui.screens.scoring import ScoringScreen

        program = await self.program()
        scoring = self._begin_scoring(scoring_of_live(program, live))
        if own:
            scoring.remarks = (await self._predicted(program, program.held_live(live))).remarks
        self.switch_screen(ScoringScreen(scoring))

    def _begin_scoring(self, scoring: "Scoring") -> "Scoring":
        self.scorings.append(scoring)
        self.run_worker(scoring.advance, thread=True, group="scoring")
        return scoring

    async def _predicted(self, program: "Program", held: "Held") -> "Held":
        """With what the candidate thinks the score will be, if they say; kept before it is shown."""
        from fourstep.tui.screens.predict import Predict

        percents = await self.push_screen_wait(Predict([held.rubric.step(step) for step in held.transcript.assessed]))
        if percents is None:
            return held
        try:
            return await self.in_thread(lambda: program.predicted(held, percents))
        except FourstepError as error:
            self.say(str(error))
            return held

    def show_result(self, scoring: "Scoring") -> None:
        """A grading has ended: its scorecard, in place of its progress."""
        from fourstep.tui.screens.scorecard import ScorecardScreen

        scoring.seen = True
        if scoring.result:
            trouble = f"Not saved: {scoring.trouble}" if scoring.trouble else ""
            held = replace(scoring.result, remarks=scoring.remarks or scoring.result.remarks)
            self.switch_screen(ScorecardScreen(held, note=trouble))

    @work(group="remark")
    async def remark(self, held: "Held", remark: "Remark") -> None:
        """Keep what somebody adds to an interview, and let every screen that shows it know."""
        program = await self.program()
        try:
            remarked = await self.in_thread(lambda: program.remarked(held, remark))
        except FourstepError as error:
            self.say(str(error))
            return
        for screen in self.screen_stack:
            if show_held := getattr(screen, "show_held", None):
                show_held(remarked)

    @work(group="open", exclusive=True)
    async def answer_again(self, held: "Held", turn: str) -> None:
        """A new interview that goes on from a turn of this one."""
        from fourstep.tui.screens.confirm import Confirm
        from fourstep.wiring.forking import fork

        question = f"Answer {turn} again? A new interview begins there; this one stays as it is."
        if not await self.push_screen_wait(Confirm(question)):
            return
        program = await self.program()
        try:
            folder = await self.in_thread(lambda: fork(program, held.saved.folder, int(turn[1:])))
        except FourstepError as error:
            self.say(str(error))
            return
        while len(self.screen_stack) > 1:  # afterwards one goes back to home, and not into what was answered before
            self.pop_screen()
        self.open_live(lambda: program.resumed_interview(folder))

    @work(group="open", exclusive=True)
    async def compare_with_parent(self, held: "Held") -> None:
        """The scorecards of an interview and of the one that it answers again."""
        from fourstep.tui.screens.blocks import BlocksScreen

        program = await self.program()
        try:
            blocks = await self.in_thread(lambda: program.comparison_with_parent(held))
        except FourstepError as error:
            self.say(str(error))
            return
        self.push_screen(BlocksScreen("Before, and answered again", blocks))

    @work(group="export", exclusive=True)
    async def export(self, held: "Held") -> None:
        """Write the report into the current folder in the form that is chosen, and say where."""
        from fourstep.tui.screens.choose import Choose
        from fourstep.wiring.reporting import export

        if self.is_web:
            self.say(f"No files are written from a browser. In a terminal: fourstep report {held.saved.id}")
            return
        chosen = await self.push_screen_wait(Choose("Write the report as", _FORMS))
        if chosen is None:
            return
        form, unnamed = chosen
        program = await self.program()
        try:
            written = await self.in_thread(lambda: export(program, held, Path.cwd(), form, unnamed=unnamed))
            self.say(f"Written to {written}")
        except FourstepError as error:
            self.say(str(error))
