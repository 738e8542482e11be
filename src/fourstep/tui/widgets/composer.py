"""The answer box. Its keys are handled here, in the order in which they were pressed, and never as bindings of the app.

Sending is armed for a moment first: text that arrives within it was pasted by a terminal without bracketed paste, and
is text, whatever keys stand in it.
"""

from dataclasses import dataclass

from rich.text import Text
from textual import events
from textual.binding import Binding
from textual.geometry import Offset
from textual.message import Message
from textual.timer import Timer
from textual.widgets import TextArea

from fourstep.foreign_text import harmless

ARMED = 0.03
"""Seconds in which another key says that this was no key press but a paste."""
_BURST = 0.01
"""Seconds within which the keys of one paste arrive."""
_SEND = ("ctrl+j", "f2", "ctrl+enter")
_NEW_LINE = ("enter", "shift+enter")
_LINE_ENDS = (*_SEND, *_NEW_LINE)
_READING = ("pageup", "pagedown", "ctrl+home", "ctrl+end")


class Composer(TextArea):
    """A text box that sends."""

    DEFAULT_CSS = """
    Composer {
        background: $background; color: $foreground; border: round $line; padding: 0 1; scrollbar-size-vertical: 1;
        &:focus { border: heavy $focus; }
        & .text-area--cursor-line { background: $background; }
        & .text-area--cursor { background: $foreground; color: $background; text-style: none; }
        & .text-area--placeholder { color: $muted; }
        & .text-area--selection { background: $chosen; color: $chosen-text; }
    }
    """
    BINDINGS = [
        Binding("ctrl+j,f2", "send", "Send"),
        Binding("enter,f2", "send_line", "Send"),
        Binding("pageup", "screen.read(-1)", "Read back"),
        Binding("pagedown", "screen.read(1)", "Read on", show=False),
        Binding("ctrl+c,super+c", "copy", "Copy, or leave when pressed twice", show=False),
    ]

    @dataclass
    class Sent(Message):
        """An answer is to be sent; it stays in the box until whoever takes it removes it."""

        composer: "Composer"
        text: str

    @dataclass
    class Command(Message):
        """A line that is a command was entered."""

        composer: "Composer"
        name: str

    @dataclass
    class Read(Message):
        """A key that turns the pages of the conversation."""

        composer: "Composer"
        key: str

    @dataclass
    class Touched(Message):
        """A key was pressed or something was pasted."""

        composer: "Composer"

    def __init__(self, *, id: str | None = None, enter_sends: bool = False) -> None:
        super().__init__(id=id, soft_wrap=True, tab_behavior="focus", show_line_numbers=False, compact=False)
        self.enter_sends = enter_sends
        self._armed: Timer | None = None
        self._key_at = -1.0
        """When the last key arrived."""
        self._pasted_at = -1.0
        """When the last key of a paste arrived; its last line's end is not told by what follows it."""

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
        in_burst, self._key_at = event.time - self._key_at < _BURST, event.time
        pasted_tab = key == "tab" and in_burst  # nobody presses it so soon after another key
        if event.is_printable or key in _LINE_ENDS or pasted_tab:
            self._notice_paste(event.time)
        if pasted_tab:
            self._done_with(event)
            self._replace_via_keyboard("\t", *self.selection)
            return
        if key in self._sending_keys or (key in self._line_keys and self._command):
            self._done_with(event)
            self._arm(event.time)
        elif key in self._line_keys:
            self._done_with(event)
            self.insert_line()
        elif key in _READING:
            self._done_with(event)
            self.post_message(self.Read(self, key))

    async def _on_paste(self, event: events.Paste) -> None:
        self.post_message(self.Touched(self))
        self._notice_paste(event.time)

    def fill(self, text: str) -> None:
        """Another text, with the cursor at its end."""
        self.load_text(text)
        self.move_cursor(self.document.end)

    def take_out(self, sent: str) -> None:
        """Remove what was sent, and nothing that was typed since."""
        typed = self.text.lstrip()
        sent = f"/{sent}" if typed.startswith("//") else sent
        if typed.startswith(sent):
            self.fill(typed.removeprefix(sent).lstrip())

    def action_send(self) -> None:
        """Send, when asked by mouse or palette."""
        if not self.read_only:
            self._send()

    def action_send_line(self) -> None:
        """The same, where Enter sends."""
        self.action_send()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only the keys that send in this mode are named."""
        if action in ("send", "send_line"):
            return not self.read_only and (action == "send_line") == self.enter_sends
        return super().check_action(action, parameters)

    def action_copy(self) -> None:
        """A selection in the box, or else what the app makes of the key."""
        if self.selected_text:
            self.app.copy(self.selected_text)  # type: ignore[attr-defined]
        else:
            self.app.action_copy_or_leave()  # type: ignore[attr-defined]

    def insert_line(self) -> None:
        """A new line at the cursor."""
        self._replace_via_keyboard("\n", *self.selection)

    @property
    def _sending_keys(self) -> tuple[str, ...]:
        return ("enter", "f2", "ctrl+enter") if self.enter_sends else _SEND

    @property
    def _line_keys(self) -> tuple[str, ...]:
        return ("ctrl+j", "shift+enter") if self.enter_sends else _NEW_LINE

    def _done_with(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()

    def _notice_paste(self, at: float) -> None:
        """A key so soon after one that armed: that one was a line's end."""
        if self._armed:
            self._armed.stop()
            self._armed = None
            self._pasted_at = at
            self.insert_line()
        elif at - self._pasted_at < _BURST:
            self._pasted_at = at

    def _arm(self, at: float) -> None:
        if at - self._pasted_at < _BURST:
            self.insert_line()
        else:
            self._armed = self.set_timer(ARMED, self._fire_in_order)

    def _fire_in_order(self) -> None:
        """Behind every key that had already arrived when the time was over: first in the app's queue, then in ours."""
        self.app.call_later(self.call_later, self._fire)

    def _fire(self) -> None:
        if self._armed:
            self._armed = None
            self._send()

    def _send(self) -> None:
        text = self.text.strip()
        if command := self._command:
            self.post_message(self.Command(self, command))
        elif text:
            self.post_message(self.Sent(self, text.removeprefix("/") if text.startswith("//") else text))

    @property
    def _command(self) -> str:
        """The command that the box holds: a single word that begins with one slash."""
        text = self.text.strip()
        return text[1:].lower() if text.startswith("/") and not text.startswith("//") and text.split() == [text] else ""


def _named(event: events.Key) -> str:
    """The key by its name; xterm's modifyOtherKeys leaves `shift+` and the character."""
    return event.key.replace("\r", "enter")
