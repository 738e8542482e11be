"""One line of text that is asked for."""

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from fourstep.tui.foreign import shown_in_line


class Ask(ModalScreen[str | None]):
    """What was typed; None when nothing was to be said after all."""

    DEFAULT_CSS = """
    Ask { align: center middle; background: $background 60%;
        & Vertical { width: 76; max-width: 90%; height: 3; border: heavy $focus; background: $background; }
        & Input, & Input:focus { height: 1; border: none; padding: 0 1; background: $panel; color: $foreground; } }
    """
    BINDINGS = [Binding("escape", "dismiss(None)", "Back")]

    def __init__(self, question: str, text: str = "", *, needed: bool = False) -> None:
        super().__init__()
        self._question, self._needed = question, needed
        self._input = Input(text)

    def compose(self) -> ComposeResult:
        """A box with the question as its title."""
        box = Vertical(self._input)
        box.border_title = shown_in_line(self._question)
        box.border_subtitle = "Enter keeps it · Esc back"
        yield box

    @on(Input.Submitted)
    def _on_submitted(self) -> None:
        text = self._input.value.strip()
        if text or not self._needed:
            self.dismiss(text)
        else:
            self.query_one(Vertical).border_subtitle = "A few words are needed · Esc back"
