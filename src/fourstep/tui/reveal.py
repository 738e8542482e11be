"""Words that appear as somebody would say them, however they arrive; the reader can have the rest at once."""

import asyncio
import re
from collections import deque
from collections.abc import AsyncIterator
from contextlib import suppress

WORDS_A_SECOND = 24
"""A brisk reader keeps up; 80 words take a little over three seconds."""
TICK = 0.1
"""Seconds between pictures: ten a second are as good as more, and cost less."""
_TOKEN = 24
"""Characters: a piece up to this long is a token of a stream and is shown when it has come."""


class Reveal:
    """Takes pieces as they come, gives the text that should be visible.

    Tokens of a stream are shown ten times a second, and at once when the stream ends. What comes in one piece, as from
    a brain that needs no time, is shown word by word, or at once without `motion`.
    """

    def __init__(self, *, motion: bool = True) -> None:
        self._waiting: deque[tuple[str, bool]] = deque()
        """What is not visible yet, and whether it is to appear word by word."""
        self._words = 0.0
        """How many words may appear now; what a tick leaves over counts at the next."""
        self._complete = False
        self._hurried = not motion
        self._news = asyncio.Event()
        """Something came."""
        self._urgent = asyncio.Event()
        """Something came that does not wait for the next tick."""

    def hurry(self) -> None:
        """Show the rest at once."""
        self._hurried = True
        self._wake()

    async def play(self, pieces: AsyncIterator[str]) -> AsyncIterator[str]:
        """The text as far as it should be visible, growing, and whole at the end; raises what the pieces raise."""
        source = asyncio.create_task(self._collect(pieces))
        visible = ""
        try:
            while True:
                await self._news.wait()
                if taken := self._take():
                    visible += taken
                    yield visible
                if self._complete and not self._waiting:
                    break
                if not self._waiting:
                    self._news.clear()
                await self._tick()
            await source
        finally:
            source.cancel()

    async def _collect(self, pieces: AsyncIterator[str]) -> None:
        try:
            async for piece in pieces:
                words = len(piece) > _TOKEN
                self._waiting += (
                    [(word, True) for word in re.findall(r"\s*\S+\s*|\s+", piece)] if words else [(piece, False)]
                )
                self._news.set()
        finally:
            self._complete = True
            self._wake()

    def _take(self) -> str:
        self._words = min(self._words, 1.0) + WORDS_A_SECOND * TICK
        taken: list[str] = []
        while self._waiting and (self._hurried or self._words >= 1 or not self._waiting[0][1]):
            piece, paced = self._waiting.popleft()
            self._words -= paced
            taken.append(piece)
        return "".join(taken)

    async def _tick(self) -> None:
        if self._complete and not self._hurried:
            self._urgent.clear()  # only words are left, and they keep their pace
        with suppress(TimeoutError):
            await asyncio.wait_for(self._urgent.wait(), TICK)
        if not self._complete:
            self._urgent.clear()

    def _wake(self) -> None:
        self._news.set()
        self._urgent.set()
