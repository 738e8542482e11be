"""One question that is answered with Enter or Esc."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.screen import ModalScreen

from fourstep.tui.foreign import shown
from fourstep.tui.widgets.panel import Panel


class Confirm(ModalScreen[bool]):
    """Asks before something that cannot be taken back."""

    DEFAULT_CSS = """
    Confirm { align: center middle; background: $background 60%;
        & Panel { width: 64; max-width: 90%; height: auto; padding: 1 2; border: heavy $focus; } }
    """
    BINDINGS = [
        Binding("enter", "answer(True)", "Yes"),
        Binding("escape", "answer(False)", "No"),
    ]

    def __init__(self, question: str, yes: str = "yes") -> None:
        super().__init__()
        self._question, self._yes = question, yes

    def compose(self) -> ComposeResult:
        """The question and its two answers."""
        panel = Panel()
        panel.text = Content.assemble(
            shown(f"{self._question}\n\n"),
            Content.assemble(("Enter", "bold"), f" {self._yes}").stylize("@click=screen.answer(True)"), "    ",
            Content.assemble(("Esc", "bold"), " no").stylize("@click=screen.answer(False)"),
        )  # fmt: skip
        yield panel

    def action_answer(self, yes: bool) -> None:
        """Close with the answer."""
        self.dismiss(yes)
