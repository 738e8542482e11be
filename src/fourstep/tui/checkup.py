"""Checks that run on a thread of their own and can be stopped from another."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing, suppress
from typing import Generic, TypeVar

FoundT = TypeVar("FoundT")


class Checkup(Generic[FoundT]):
    """One run; `tell` gets each finding, on the running thread."""

    def __init__(self, findings: AsyncGenerator[FoundT, None], tell: Callable[[FoundT], object]) -> None:
        self._findings, self._tell = findings, tell
        self._loop = asyncio.new_event_loop()
        self._task: asyncio.Task[None] | None = None

    def run(self) -> None:
        """Until all is found, or it is stopped."""
        self._task = self._loop.create_task(self._find())
        with suppress(asyncio.CancelledError):
            self._loop.run_until_complete(self._task)
        self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        self._loop.close()

    def stop(self) -> None:
        """Nothing more is told; connections are closed."""
        if self._task and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._task.cancel)

    async def _find(self) -> None:
        async with aclosing(self._findings) as findings:
            async for finding in findings:
                self._tell(finding)
