"""Scoring, criterion by criterion; it can be left, and goes on."""

from collections.abc import Iterable

from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget

from fourstep.levels import LEVEL_NAMES
from fourstep.rubric import Criterion
from fourstep.tui.foreign import fitted, shown_in_line
from fourstep.tui.frame import Framed
from fourstep.tui.scoring import Scoring
from fourstep.tui.widgets.rows import Rows

_LOOK = 0.1
"""Seconds between looks at how far it is."""
_BAR = 20


class ScoringScreen(Framed):
    """How far a grading is; at its end the scorecard takes its place."""

    AUTO_FOCUS = "#criteria"
    BINDINGS = [
        Binding("b,escape", "leave", "Back, scoring goes on"),
        Binding("f1,question_mark", "app.help", "Help"),
    ]

    def __init__(self, scoring: Scoring) -> None:
        super().__init__()
        self._scoring = scoring
        self._rows: Rows[Criterion] = Rows(self._row, id="criteria")

    def body(self) -> Iterable[Widget]:
        """One row a criterion."""
        self._rows.add_class("box")
        self._rows.border_title = "Rubric"
        self._rows.show(self._scoring.criteria)
        self._look()
        return (self._rows,)

    def on_mount(self) -> None:
        """Look again and again."""
        self.set_interval(_LOOK, self._look)

    def _look(self) -> None:
        scoring = self._scoring
        done, total = len(scoring.judgements), len(scoring.criteria)
        filled = _BAR * done // max(1, total)
        self.head(f"Scoring · {scoring.title}", f"{done} of {total} [{'#' * filled}{'-' * (_BAR - filled)}]")
        self._rows.refresh()
        if scoring.trouble and not scoring.result:
            self.say(str(scoring.trouble), bad=True)
        elif not scoring.done:
            self.say("Each quote is looked up in the transcript; one that is not there word for word does not count.")
        elif self.is_current:
            self.program_app.show_result(scoring)

    def _row(self, criterion: Criterion, width: int) -> Content:
        judgement = self._scoring.judgements.get(criterion.id)
        if judgement is None:
            state, quotes = "waiting", ""
        elif judgement.level is None:
            state, quotes = judgement.status.replace("_", " "), ""
        else:
            state = f"{judgement.level} of 3 {LEVEL_NAMES[judgement.level]}"
            count = len(judgement.evidence)
            quotes = f"{count} quote{'s' if count != 1 else ''}"
        right = Content.assemble(fitted(Content(state), 20), fitted(Content(quotes), 10))
        return Content.assemble(fitted(shown_in_line(criterion.title), width - right.cell_length), right)

    def action_leave(self) -> None:
        """Back; the result is told when it is there."""
        self.dismiss()
