"""The interview's loop on a thread of its own."""

import asyncio
import os
import signal
import threading

import pytest

from fourstep.errors import UnreachableError
from fourstep.plain.background import Background


async def _begin(ended: threading.Event) -> "asyncio.Task[None]":
    async def go_on() -> None:
        await asyncio.sleep(0)
        ended.set()

    return asyncio.create_task(go_on())


def test_what_was_begun_goes_on_while_nothing_is_waited_for() -> None:
    ended = threading.Event()
    with Background() as background:
        background.run(_begin(ended))
        assert ended.wait(10)


def test_what_the_work_raises_is_raised() -> None:
    async def fail() -> None:
        raise UnreachableError("Nothing answers.")

    with Background() as background, pytest.raises(UnreachableError, match=r"Nothing answers\."):
        background.run(fail())


def test_whoever_waits_is_told_after_each_of_the_waits() -> None:
    told, enough = list[str](), threading.Event()

    def waiting() -> None:
        told.append("waiting")
        if len(told) == 2:
            enough.set()

    with Background(waits=(0.0, 0.0)) as background:
        background.run(asyncio.to_thread(enough.wait), waiting)
    assert told == ["waiting", "waiting"]


def test_a_signal_ends_the_work_and_what_it_has_to_do_at_its_end_is_done() -> None:
    cleaned, waiting = list[str](), threading.Event()

    async def endless() -> None:
        try:
            await asyncio.to_thread(waiting.wait)
            os.kill(os.getpid(), signal.SIGINT)  # the process: only that wakes the thread that waits
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            cleaned.append("cleaned")

    with Background(waits=(0.0,)) as background:
        with pytest.raises(KeyboardInterrupt):
            background.run(endless(), waiting.set)
        assert cleaned == ["cleaned"]


def test_what_is_still_under_way_at_the_end_is_cancelled() -> None:
    cancelled = threading.Event()

    async def begin() -> "asyncio.Task[None]":
        async def endless() -> None:
            try:
                await asyncio.Event().wait()
            finally:
                cancelled.set()

        task = asyncio.create_task(endless())
        await asyncio.sleep(0)
        return task

    with Background() as background:
        background.run(begin())
    assert cancelled.is_set()
