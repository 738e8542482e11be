"""The answer box: a box to write in whose text can be sent.

Sending is armed for a moment first: text that arrives within it was pasted by a terminal without bracketed paste, and
is text, whatever keys stand in it.
"""

from dataclasses import dataclass

from textual import events
from textual.binding import Binding
from textual.message import Message
from textual.timer import Timer

from fourstep.tui.widgets.writing import BURST, Writing

ARMED = 0.03
"""Seconds in which another key says that this was no key press but a paste."""
_SEND = ("ctrl+j", "f2", "ctrl+enter")
_NEW_LINE = ("enter", "shift+enter")
_LINE_ENDS = (*_SEND, *_NEW_LINE)


class Composer(Writing):
    """A text box that sends."""

    BINDINGS = [
        Binding("ctrl+j,f2", "send", "Send"),
        Binding("enter,f2", "send_line", "Send"),
        Binding("pageup", "screen.read(-1)", "Read back"),
        Binding("pagedown", "screen.read(1)", "Read on", show=False),
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

    def __init__(self, *, id: str | None = None, enter_sends: bool = False) -> None:
        super().__init__(id=id)
        self.enter_sends = enter_sends
        self._armed: Timer | None = None
        self._pasted_at = -1.0
        """When the last key of a paste arrived; its last line's end is not told by what follows it."""

    def takes_key(self, key: str, event: events.Key, *, pasted_tab: bool) -> bool:
        """Sending and new lines; any text shows whether what armed before was a paste."""
        if event.is_printable or key in _LINE_ENDS or pasted_tab:
            self._notice_paste(event.time)
        if key in self._sending_keys or (key in self._line_keys and self._command):
            self._arm(event.time)
        elif key in self._line_keys:
            self.insert_line()
        else:
            return super().takes_key(key, event, pasted_tab=pasted_tab)
        return True

    async def _on_paste(self, event: events.Paste) -> None:
        self._notice_paste(event.time)

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

    @property
    def _sending_keys(self) -> tuple[str, ...]:
        return ("enter", "f2", "ctrl+enter") if self.enter_sends else _SEND

    @property
    def _line_keys(self) -> tuple[str, ...]:
        return ("ctrl+j", "shift+enter") if self.enter_sends else _NEW_LINE

    def _notice_paste(self, at: float) -> None:
        """A key so soon after one that armed: that one was a line's end."""
        if self._armed:
            self._armed.stop()
            self._armed = None
            self._pasted_at = at
            self.insert_line()
        elif at - self._pasted_at < BURST:
            self._pasted_at = at

    def _arm(self, at: float) -> None:
        if at - self._pasted_at < BURST:
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
