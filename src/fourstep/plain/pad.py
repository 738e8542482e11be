"""The design pad line by line: shown, drawn anew, and on the disk while it is drawn."""

from contextlib import suppress

from fourstep.errors import StorageError
from fourstep.plain.entry import Entries
from fourstep.plain.lines import line, sheet
from fourstep.wiring.live import Live


class Pad:
    """What is on the pad of one interview."""

    def __init__(self, entries: Entries, live: Live, *, terminal: bool) -> None:
        self._entries = entries
        self._live = live
        self._terminal = terminal
        self.text = live.pad
        """It goes with the next answer."""
        self._kept = live.pad
        """What is on the disk of it."""

    def show(self) -> None:
        """What is on it."""
        line("On the design pad:" if self.text.strip() else "The design pad is empty.")
        if self.text.strip():
            sheet(self.text)

    def draw(self) -> None:
        """Show it, and take the lines that follow in its place; where none follow it stays as it is."""
        self.show()
        if self._terminal:
            line("Draw it anew, and end with a line that holds only a dot; a dot alone leaves it as it is.")
        drawn = self._entries.sheet()
        if drawn is None:
            return
        self.text = drawn
        self._live.interview.keep_pad(drawn)
        self.keep()
        line("It is on the pad, and goes with your next answer.")

    def keep(self) -> None:
        """Put it on the disk, with the lines that are being drawn, where that has changed."""
        drawn = self._entries.drawn() or self.text
        if drawn != self._kept:
            self._kept = drawn
            with suppress(StorageError):  # the log tells of the same disk
                self._live.save_pad(drawn)

    def keep_last(self) -> None:
        """The program is left: what is being drawn is the pad."""
        self.keep()
        self._live.interview.keep_pad(self._kept)
