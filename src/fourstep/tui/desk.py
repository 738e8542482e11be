"""One interview on a thread of its own: neither reading an answer nor a slow disk holds up a key.

What is asked of it is done one after another. The state of the interview is a value that is replaced as a whole: the
screen may read it at any time.
"""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Coroutine
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from fourstep.errors import StorageError

if TYPE_CHECKING:
    from fourstep.interview.interview import Interview
    from fourstep.wiring.live import Live

ResultT = TypeVar("ResultT")
Opening = Callable[[], "AbstractContextManager[Live]"]

_PATIENCE = 2.0
"""Seconds that leaving waits for a disk that hangs."""


class Desk:
    """Opens an interview, lets it speak, and closes it with everything kept."""

    def __init__(self, opening: Opening) -> None:
        self._opening = opening
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), name="interview", daemon=True)
        self._ready = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._end: asyncio.Event | None = None
        self._held = ExitStack()
        self._live: Live | None = None
        self._open_now = False
        self._speaking: Future[None] | None = None
        self._drafts = ThreadPoolExecutor(1, "draft")
        self._saved_draft: str | None = None
        self.draft_trouble: StorageError | None = None
        """Why the last draft could not be written; None while all is well."""
        self._saved_pad: str | None = None
        self.pad_trouble: StorageError | None = None
        """Why the pad could not be written; None while all is well."""
        self.pad_kept_at: datetime | None = None
        """When the pad was written last."""

    @property
    def live(self) -> "Live":
        """The interview with the place it is kept; once it has been opened."""
        assert self._live is not None
        return self._live

    @property
    def interview(self) -> "Interview":
        """The engine."""
        return self.live.interview

    @property
    def opened(self) -> bool:
        """Whether there is an interview."""
        return self._open_now

    async def open(self, told: Callable[[str], None] = lambda _: None) -> "Live":
        """Read what is needed, and hold the transcript; `told` hears what a model is waited for.

        Raises: FourstepError.
        """
        here = asyncio.get_running_loop()
        self._thread.start()
        await asyncio.to_thread(self._ready.wait)
        self._live = await asyncio.wrap_future(self._there(self._open()))
        self._live.ear.told = _on(here, told)
        self._saved_draft = self._live.draft
        self._saved_pad = self._live.pad
        self._open_now = True
        return self._live

    async def do(self, work: Callable[[], None]) -> None:
        """Something short, after what is under way."""
        await asyncio.wrap_future(self._there(_as_coroutine(work)))

    async def speak(self, words: AsyncIterator[str]) -> AsyncIterator[str]:
        """The interviewer's words as they come; `hush` ends them early."""
        here = asyncio.get_running_loop()
        pieces: asyncio.Queue[str | None] = asyncio.Queue()

        async def pump() -> None:
            try:
                async for piece in words:
                    here.call_soon_threadsafe(pieces.put_nowait, piece)
            finally:
                with suppress(RuntimeError):  # the screen's loop may be gone when words are hushed at the end
                    here.call_soon_threadsafe(pieces.put_nowait, None)

        self._speaking = self._there(pump())
        while (piece := await pieces.get()) is not None:
            yield piece
        with suppress(asyncio.CancelledError):
            await asyncio.wrap_future(self._speaking)

    def hush(self) -> None:
        """Stop the interviewer; what arrived is in the log as cut off."""
        if self._speaking:
            self._speaking.cancel()

    def save_draft(self, text: str, *, touch: bool = False) -> "Future[None] | None":
        """Keep what is being typed, in order; what did not change is written only to `touch` the clock's heartbeat."""
        if not self._open_now or (text == self._saved_draft and not touch):
            return None
        self._saved_draft = text
        return self._drafts.submit(self._save, text)

    def save_pad(self, text: str) -> "Future[None] | None":
        """Keep what is on the design pad, where it changed or could not be kept."""
        if not self._open_now or text == self._saved_pad:
            return None
        self._saved_pad = text
        return self._drafts.submit(self._save_pad, text)

    def close(self, draft: str, pad: str | None = None) -> None:
        """Keep draft and pad, stop the words, pause, and let the transcript go; returns when all is on the disk.

        The `pad` is None where it did not change.
        """
        if self._open_now:
            kept = (self.save_draft(draft), self.save_pad(pad) if pad is not None else None)
            self.hush()
            with suppress(TimeoutError):
                self._there(self._close(pad)).result(_PATIENCE)
                for writing in filter(None, kept):
                    writing.result(_PATIENCE)
            self._open_now = False
        self._drafts.shutdown(wait=False)
        if self._loop and self._end:
            self._loop.call_soon_threadsafe(self._end.set)
            self._thread.join(_PATIENCE)
            self._loop = None

    def _there(self, work: Coroutine[Any, Any, ResultT]) -> "Future[ResultT]":
        """Run on the interview's thread; whoever comes after the end is cancelled, as everything there was."""
        if self._loop is None:
            work.close()
            raise asyncio.CancelledError
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    async def _serve(self) -> None:
        """The thread's life; what is still under way at its end is cancelled by `asyncio.run`."""
        self._loop, self._end = asyncio.get_running_loop(), asyncio.Event()
        self._ready.set()
        await self._end.wait()

    async def _open(self) -> "Live":
        return self._held.enter_context(self._opening())

    def _save(self, text: str) -> None:
        try:
            self.live.save_draft(text)
            self.draft_trouble = None
        except StorageError as error:
            self.draft_trouble = error

    def _save_pad(self, text: str) -> None:
        try:
            self.live.save_pad(text)
            self.pad_trouble, self.pad_kept_at = None, datetime.now().astimezone()
        except StorageError as error:
            self.pad_trouble, self._saved_pad = error, None

    async def _close(self, pad: str | None) -> None:
        await asyncio.sleep(0)  # words that were hushed end first
        if not self.interview.over:
            self.interview.keep_pad(pad)
            self.interview.pause()
        self._held.close()


def _on(loop: asyncio.AbstractEventLoop, told: Callable[[str], None]) -> Callable[[str], None]:
    """The same, called on a loop from any thread."""

    def hear(text: str) -> None:
        loop.call_soon_threadsafe(told, text)

    return hear


async def _as_coroutine(work: Callable[[], None]) -> None:
    work()
