"""The keys that work on the screen below, from its real bindings, and what a key is called when it arrives."""

from collections.abc import Iterator

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.screen import ModalScreen

from fourstep.tui.commands import COMMANDS
from fourstep.tui.widgets.keyline import key_sign, keys_of
from fourstep.tui.widgets.page import Page, Passage

_COLUMN = 16
_EDITING = "In the box: Ctrl+Z undo, Ctrl+Y redo, Ctrl+W deletes a word, Ctrl+X cut, Ctrl+V paste."


class HelpScreen(ModalScreen[None]):
    """Covers a screen with its keys."""

    DEFAULT_CSS = """
    HelpScreen { align: center middle; background: $background 60%;
        & Page { width: 76; max-width: 96%; height: auto; max-height: 90%; border: heavy $focus; } }
    """
    AUTO_FOCUS = "Page"
    BINDINGS = [Binding("escape,f1,question_mark,q", "dismiss", "Close"), Binding("k", "test_key", "Test a key")]

    def __init__(self, keys: list[tuple[str, str]], *, commands: bool) -> None:
        super().__init__()
        self._keys, self._commands = keys, commands
        self._testing = False

    def compose(self) -> ComposeResult:
        """Keys, then commands."""
        page = Page()
        page.border_title = "Keys that work here"
        page.border_subtitle = "Esc closes · k tests a key"
        page.show(list(self._passages()))
        page.styles.height = min(len(page.passages) + 3, 30)
        yield page

    def _passages(self) -> Iterator[Passage]:
        for signs, meaning in self._keys:
            yield _line(signs, meaning)
        if self._commands:
            yield Passage("", Content(""), gap=False)
            yield Passage("commands", Content.styled("Alone in the answer box, then Enter", "bold"), gap=False)
            for name, (meaning, _) in COMMANDS.items():
                yield _line(f"/{name}", meaning)
            yield _line("//", "a slash at the beginning of an answer")
            yield Passage("", Content(""), gap=False)
            yield Passage("editing", body=Content(_EDITING), gap=False)

    def action_test_key(self) -> None:
        """Say what the next keys are called; Esc ends it."""
        self._testing = True
        self.query_one(Page).border_subtitle = "Press a key; Esc ends the test"

    def on_key(self, event: events.Key) -> None:
        """While testing, every key is only named."""
        if not self._testing:
            return
        event.stop()
        event.prevent_default()
        if event.key == "escape":
            self._testing = False
            self.query_one(Page).border_subtitle = "Esc closes · k tests a key"
        else:
            self.query_one(Page).border_subtitle = f"That arrived as {key_sign(event.key)} · Esc ends the test"


def keys_to_show(screen: object) -> list[tuple[str, str]]:
    """What works on a screen, as people write it."""
    return [(sign, binding.description) for sign, binding in keys_of(screen, shown_only=False) if binding.description]  # type: ignore[arg-type]


def _line(signs: str, meaning: str) -> Passage:
    return Passage(
        signs, body=Content.assemble((f"{signs:{_COLUMN}}", "bold"), f" {meaning}"), gap=False, indent=_COLUMN + 1
    )
