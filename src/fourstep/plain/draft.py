"""The unfinished answer, on the disk while it is typed."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Protocol

from fourstep.errors import StorageError
from fourstep.plain.entry import Entries

_HEARTBEAT = 0.5
"""Seconds between looks at what is being typed, so that a kill loses less than a second of it."""
_BEATS_A_TOUCH = 10
"""Every how many looks the draft is touched although nothing changed: the heartbeat of the clock."""


class Keeper(Protocol):
    """Where a draft is kept: a live interview, or a drill."""

    def save_draft(self, text: str) -> None:
        """Keep what is being typed. Raises: StorageError."""
        ...


class Draft:
    """Looks at what is being typed, from a thread of its own."""

    def __init__(self, entries: Entries, keeper: Keeper) -> None:
        self._entries = entries
        self._keeper = keeper
        self._beaten: str | None = None
        """The draft at the last heartbeat."""

    @contextmanager
    def kept(self, beat: Callable[[], None]) -> Iterator[None]:
        """Keep it on disk meanwhile; `beat` is called at each look."""
        done = threading.Event()
        thread = threading.Thread(target=self._watch, args=(done, beat), daemon=True)
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()

    def save(self, text: str) -> None:
        """Keep a text as the draft."""
        with suppress(StorageError):  # the log tells of the same disk
            self._keeper.save_draft(text)

    def save_last(self) -> None:
        """Keep what is there; a terminal that was closed has emptied the line that was typed, a beat still knows it."""
        draft = self._entries.draft()
        self.save(self._beaten if self._beaten and self._beaten.startswith(draft) else draft)

    def _watch(self, done: threading.Event, beat: Callable[[], None]) -> None:
        beats = 0
        while not done.wait(_HEARTBEAT):
            draft = self._entries.draft()
            beats += 1
            if draft != self._beaten or beats % _BEATS_A_TOUCH == 0:
                self._beaten = draft
                self.save(draft)
            beat()
