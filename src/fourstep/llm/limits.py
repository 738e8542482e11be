"""What one run of grading may use: so many calls at once, so many tokens in all. Shared by all of its graders."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Protocol

from fourstep.errors import RefusedError

PARALLEL = 20
"""Calls at once, unless it is set; a server on one's own machine bears 1 to 4."""

TOKENS_OF_A_REPLY = 400
"""One criterion with two or three quotes, as measured with `benchmarks.grading_model`."""


class Counted(Protocol):
    """What has been used by one caller."""

    @property
    def tokens(self) -> int:
        """Of prompts and replies together."""
        ...


class Limits:
    """Hands out places to calls; a call whose tokens would go over the ceiling gets none."""

    def __init__(self, parallel: int = PARALLEL, most_tokens: int | None = None) -> None:
        self.parallel = parallel
        self._places = asyncio.Semaphore(parallel)
        self._ahead = asyncio.Semaphore(1)
        """One call that goes ahead of the others needs none of their places, unless there is only one."""
        self._most = most_tokens
        self._watched: list[Counted] = []
        self._under_way = 0
        self._estimated = 0
        """Tokens of the calls that are done: what counts where a server does not report any."""

    def watch(self, usage: Counted) -> None:
        """Count what this caller reports."""
        if not any(usage is known for known in self._watched):
            self._watched.append(usage)

    @asynccontextmanager
    async def place(self, tokens: int, *, leads: bool = False) -> AsyncIterator[None]:
        """Wait for a place for a call of about so many tokens. Raises: RefusedError, at the ceiling."""
        beside = leads and self.parallel > 1 and not self._ahead.locked()
        async with self._ahead if beside else self._places:
            self._refuse(tokens)
            self._under_way += tokens
            try:
                yield
            finally:
                self._under_way -= tokens
                self._estimated += tokens

    def _refuse(self, tokens: int) -> None:
        used = sum(usage.tokens for usage in self._watched) or self._estimated
        if self._most is not None and used + self._under_way + tokens > self._most:
            raise RefusedError(
                f"The ceiling of {self._most:,} tokens does not allow another call.",
                "Raise --max-tokens-total and score again: only what is missing is asked for.",
            )


def tokens_in(*texts: str) -> int:
    """About how many tokens a call with these texts takes, its reply included: four letters to the token in English."""
    return sum(len(text) for text in texts) // 4 + TOKENS_OF_A_REPLY
