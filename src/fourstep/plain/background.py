"""The loop of an interview, on a thread of its own: a model reads on while the candidate types."""

import asyncio
import threading
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import wait
from typing import Any, TypeVar

ResultT = TypeVar("ResultT")

WAITS = (2.0, 18.0)
"""Seconds after which somebody who waits is told so, and then once more."""
_PATIENCE = 2.0
"""Seconds that leaving waits for what was interrupted, such as a disk that hangs."""


class Background:
    """Runs what it is given, one thing after another; what is left at its end is cancelled by `asyncio.run`."""

    def __init__(self, waits: Sequence[float] = WAITS) -> None:
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), name="interview", daemon=True)
        self._ready = threading.Event()
        self._waits = waits

    def __enter__(self) -> "Background":
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join(_PATIENCE)

    def run(self, work: Coroutine[Any, Any, ResultT], waiting: Callable[[], None] = lambda: None) -> ResultT:
        """Wait for the work, and call `waiting` after each of the waits.

        Raises: whatever the work raises; a signal in between cancels it and returns when it has cleaned up.
        """
        ended = threading.Event()
        future = asyncio.run_coroutine_threadsafe(_told(work, ended), self._loop)
        try:
            for seconds in self._waits:
                if wait((future,), seconds).done:
                    break
                waiting()
            return future.result()
        finally:
            future.cancel()
            ended.wait(_PATIENCE)

    async def _serve(self) -> None:
        self._loop, self._end = asyncio.get_running_loop(), asyncio.Event()
        self._ready.set()
        await self._end.wait()


async def _told(work: Coroutine[Any, Any, ResultT], ended: threading.Event) -> ResultT:
    try:
        return await work
    finally:
        ended.set()
