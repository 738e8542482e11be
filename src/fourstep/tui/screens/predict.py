"""Before the score is shown: what does the candidate think it will be?"""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen

from fourstep.report.scorecard import bar_text
from fourstep.rubric import Step, StepId
from fourstep.tui.foreign import fitted, shown_in_line
from fourstep.tui.widgets.panel import Panel
from fourstep.tui.widgets.rows import Rows

_BY = 5
_FIRST = 50


class Predict(ModalScreen[dict[StepId, float] | None]):
    """A percentage for every step; None when the candidate would rather not say."""

    DEFAULT_CSS = """
    Predict { align: center middle; background: $background 60%;
        & Vertical { width: 68; max-width: 95%; height: auto; border: heavy $focus; background: $background; }
        & Panel { height: auto; padding: 0 1; } & Rows { height: auto; margin: 1 0; } }
    """
    BINDINGS = [
        Binding("right", f"change({_BY})", "More"),
        Binding("left", f"change({-_BY})", "Less"),
        Binding("enter", "keep", "Keep"),
        Binding("escape", "dismiss(None)", "Skip"),
    ]

    def __init__(self, steps: Sequence[Step]) -> None:
        super().__init__()
        self._steps = steps
        self._percent: dict[StepId, float] = {step.id: _FIRST for step in steps}
        self._rows: Rows[Step] = Rows(self._row)

    def compose(self) -> ComposeResult:
        """The question, a row a step, the keys."""
        question = Panel()
        question.text = Content("Before you see your score: what will it be? How far off you are is kept, and shown.")
        keys = Panel()
        keys.text = Content.assemble(
            ("Left Right", "bold"), " less, more    ",
            Content.assemble(("Enter", "bold"), " keep").stylize("@click=screen.keep"), "    ",
            Content.assemble(("Esc", "bold"), " rather not say").stylize("@click=screen.dismiss(None)"),
        )  # fmt: skip
        self._rows.styles.height = len(self._steps)
        box = Vertical(question, self._rows, keys)
        box.border_title = "Your own estimate"
        yield box

    def on_mount(self) -> None:
        """The rows are there."""
        self._rows.show(self._steps)

    def _row(self, step: Step, width: int) -> Content:
        percent = self._percent[step.id]
        right = Content(f"{bar_text(percent)} {percent:3.0f} %")
        return Content.assemble(fitted(shown_in_line(step.title), width - right.cell_length - 1), " ", right)

    def action_change(self, by: int) -> None:
        """More or less for the step under the cursor."""
        if step := self._rows.current:
            self._percent[step.id] = min(100.0, max(0.0, self._percent[step.id] + by))
            self._rows.refresh()

    def action_keep(self) -> None:
        """That is what it will be."""
        self.dismiss(self._percent)
