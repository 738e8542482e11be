"""A box to write in. Its keys are handled here, in the order in which they were pressed, not as bindings of the app."""

from dataclasses import dataclass

from rich.text import Text
from textual import events
from textual.binding import Binding
from textual.geometry import Offset
from textual.message import Message
from textual.widgets import TextArea

from fourstep.foreign_text import harmless

BURST = 0.01
"""Seconds within which the keys of one paste arrive, from terminals that do not mark a paste."""
READING = ("pageup", "pagedown", "ctrl+home", "ctrl+end")


class Writing(TextArea):
    """A text box that says when it is touched, and shows what would steer the terminal as signs."""

    DEFAULT_CSS = """
    Writing {
        background: $background; color: $foreground; border: round $line; padding: 0 1; scrollbar-size-vertical: 1;
        &:focus { border: heavy $focus; }
        & .text-area--cursor-line { background: $background; }
        & .text-area--cursor { background: $foreground; color: $background; text-style: none; }
        & .text-area--placeholder { color: $muted; }
        & .text-area--selection { background: $chosen; color: $chosen-text; }
    }
    """
    BINDINGS = [Binding("ctrl+c,super+c", "copy", "Copy, or leave when pressed twice", show=False)]

    @dataclass
    class Read(Message):
        """A key that turns the pages of the conversation."""

        box: "Writing"
        key: str

    @dataclass
    class Touched(Message):
        """A key was pressed or something was pasted."""

        box: "Writing"

    def __init__(self, *, id: str | None = None, soft_wrap: bool = True, placeholder: str = "") -> None:
        super().__init__(
            id=id,
            soft_wrap=soft_wrap,
            placeholder=placeholder,
            tab_behavior="focus",
            show_line_numbers=False,
            compact=False,
        )
        self._key_at = -1.0
        """When the last key arrived."""

    def scroll_cursor_visible(self, center: bool = False, animate: bool = False) -> Offset:
        """Not while an undo has cut the text and the cursor is still behind its end: Textual 8.2.8 raises then."""
        if self.cursor_location[0] >= self.document.line_count:
            return Offset(0, 0)
        return super().scroll_cursor_visible(center, animate)

    def get_line(self, line_index: int) -> Text:
        """A line as it is drawn: what would steer the terminal is a sign."""
        line = super().get_line(line_index)
        return Text(harmless(line.plain), end="", no_wrap=True)

    async def _on_key(self, event: events.Key) -> None:
        if self.read_only:
            return
        self.post_message(self.Touched(self))
        key = _named(event)
        in_burst, self._key_at = event.time - self._key_at < BURST, event.time
        pasted_tab = key == "tab" and in_burst  # nobody presses it so soon after another key
        if self.takes_key(key, event, pasted_tab=pasted_tab):
            event.stop()
            event.prevent_default()

    async def _on_paste(self, event: events.Paste) -> None:
        self.post_message(self.Touched(self))

    def takes_key(self, key: str, event: events.Key, *, pasted_tab: bool) -> bool:
        """Whether the key has been dealt with, so that nothing else is to be done about it."""
        if pasted_tab:
            self._replace_via_keyboard("\t", *self.selection)
        elif key in READING:
            self.post_message(self.Read(self, key))
        return pasted_tab or key in READING

    def fill(self, text: str) -> None:
        """Another text, with the cursor at its end."""
        self.load_text(text)
        self.move_cursor(self.document.end)

    def replace_all(self, text: str) -> None:
        """Another text, which one undo takes back."""
        self.replace(text, self.document.start, self.document.end, maintain_selection_offset=False)

    def insert_line(self) -> None:
        """A new line at the cursor."""
        self._replace_via_keyboard("\n", *self.selection)

    def action_copy(self) -> None:
        """A selection in the box, or else what the app makes of the key."""
        if self.selected_text:
            self.app.copy(self.selected_text)  # type: ignore[attr-defined]
        else:
            self.app.action_copy_or_leave()  # type: ignore[attr-defined]


def _named(event: events.Key) -> str:
    """The key by its name; xterm's modifyOtherKeys leaves `shift+` and the character."""
    return event.key.replace("\r", "enter")
