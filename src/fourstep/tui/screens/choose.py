"""One of a few things, from a list."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.screen import ModalScreen

from fourstep.tui.foreign import shown, shown_in_line
from fourstep.tui.widgets.panel import Panel
from fourstep.tui.widgets.rows import Rows

ChoiceT = TypeVar("ChoiceT")

_FITS = 58
"""Cells of a choice that need no more than the narrow list."""


class Choose(ModalScreen[ChoiceT | None], Generic[ChoiceT]):
    """The chosen value; None when nothing was."""

    DEFAULT_CSS = """
    Choose { align: center middle; background: $background 60%;
        & Rows { width: 64; max-width: 90%; max-height: 80%; border: heavy $focus; }
        & Panel { width: 64; max-width: 90%; height: auto; max-height: 8; border: none; padding: 0 1;
            background: $background; display: none; }
        &.-long Rows, &.-long Panel { width: 100; }
        &.-long Panel { display: block; } }
    """
    BINDINGS = [Binding("enter", "choose", "Choose"), Binding("escape", "dismiss(None)", "Back")]

    def __init__(self, title: str, choices: Sequence[tuple[str, ChoiceT]], *, at: int = 0) -> None:
        super().__init__()
        self._title, self._choices, self._at = title, choices, at

    def compose(self) -> ComposeResult:
        """The list."""
        rows: Rows[tuple[str, ChoiceT]] = Rows(lambda choice, _: Content.assemble(shown_in_line(choice[0])))
        rows.border_title, rows.border_subtitle = shown_in_line(self._title), "Enter chooses · Esc back"
        rows.styles.height = min(20, len(self._choices) + 2)
        rows.show(self._choices)
        rows.set_reactive(Rows.cursor, self._at)
        self.set_class(any(len(name) > _FITS for name, _ in self._choices), "-long")
        yield rows
        yield Panel()

    @on(Rows.Highlighted)
    def _on_highlighted(self) -> None:
        """What the list has to cut is read below it."""
        if current := self.query_one(Rows).current:
            self.query_one(Panel).text = shown(current[0])

    @on(Rows.Chosen)
    def action_choose(self) -> None:
        """Close with what is under the cursor."""
        current = self.query_one(Rows).current
        if current is not None:
            self.dismiss(current[1])
