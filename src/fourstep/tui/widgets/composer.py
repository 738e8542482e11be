"""The answer box. Its keys are handled here, in the order in which they were pressed, and never as bindings of the app.

Sending is armed for a moment first: text that arrives within it was pasted by a terminal without bracketed paste, and
is text, whatever keys stand in it.
"""

from dataclasses import dataclass

from textual import events
from textual.binding import Binding
from textual.message import Message
from textual.timer import Timer
from textual.widgets import TextArea

ARMED = 0.03
"""Seconds in which another key says that this was no key press but a paste."""
_SEND = ("ctrl+j", "f2", "ctrl+enter")
_NEW_LINE = ("enter", "shift+enter")
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

    def __init__(self, *, id: str | None = None, enter_sends: bool = False) -> None:
        super().__init__(id=id, soft_wrap=True, tab_behavior="focus", show_line_numbers=False, compact=False)
        self.enter_sends = enter_sends
        self._armed: Timer | None = None
        self._armed_by = ""

    async def _on_key(self, event: events.Key) -> None:
        if self.read_only:
            return
        if self._armed and (event.is_printable or event.key in (*_SEND, *_NEW_LINE)):
            self._was_paste()
        key = _named(event)
        if key in self._sending_keys:
            event.stop()
            event.prevent_default()
            self._arm(key)
        elif key in self._line_keys:
            event.stop()
            event.prevent_default()
            if not self._take_command():
                self.insert_line()
        elif key in _READING:
            event.stop()
            event.prevent_default()
            self.post_message(self.Read(self, key))
        else:
            await super()._on_key(event)

    def action_send(self) -> None:
        """Send, when asked by mouse or palette."""
        self._send()

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

    def _arm(self, key: str) -> None:
        self._armed_by = key
        self._armed = self.set_timer(ARMED, self._fire_in_order)

    def _was_paste(self) -> None:
        """The key that armed was a line's end."""
        if self._armed:
            self._armed.stop()
            self._armed = None
            self.insert_line()

    def _fire_in_order(self) -> None:
        """Behind every key that had already arrived when the time was over: first in the app's queue, then in ours."""
        self.app.call_later(self.call_later, self._fire)

    def _fire(self) -> None:
        if self._armed:
            self._armed = None
            self._send()

    def _send(self) -> None:
        text = self.text.strip()
        if text and not self._take_command():
            self.post_message(self.Sent(self, text.removeprefix("/") if text.startswith("//") else text))

    def _take_command(self) -> bool:
        """A single line that begins with one slash is a command, not an answer."""
        text = self.text.strip()
        if not text.startswith("/") or text.startswith("//") or "\n" in text or " " in text:
            return False
        self.post_message(self.Command(self, text[1:].lower()))
        return True


def _named(event: events.Key) -> str:
    """The key by its name; with xterm's modifyOtherKeys the name of shift+enter lacks the enter."""
    if event.character == "\r" and event.key in ("shift+", "ctrl+"):
        return f"{event.key}enter"
    return event.key
