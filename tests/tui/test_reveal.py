"""Words appear as somebody would say them, however they arrive, and never get lost on the way."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fourstep.tui import reveal
from fourstep.tui.reveal import Reveal

SENTENCE = "You mentioned exploration, so how would you choose which users see it?"


@pytest.fixture(autouse=True)
def _a_fast_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ticks of a thousandth of a second, with as many words in each as before."""
    monkeypatch.setattr(reveal, "WORDS_A_SECOND", reveal.WORDS_A_SECOND * reveal.TICK / 0.001)
    monkeypatch.setattr(reveal, "TICK", 0.001)


async def arriving(pieces: Sequence[str]) -> AsyncIterator[str]:
    for piece in pieces:
        yield piece


async def pictures(pieces: Sequence[str], *, motion: bool = True) -> list[str]:
    return [text async for text in Reveal(motion=motion).play(arriving(pieces))]


async def test_a_reply_that_came_in_one_piece_appears_word_by_word() -> None:
    seen = await pictures([SENTENCE])
    assert len(seen) >= len(SENTENCE.split()) // 3
    assert seen[-1] == SENTENCE


async def test_words_are_never_torn() -> None:
    ends = [len(text) for text in await pictures([SENTENCE])]
    assert all(SENTENCE[end - 1].isspace() or SENTENCE[end : end + 1] in ("", " ") for end in ends)


async def test_without_motion_a_reply_appears_at_once() -> None:
    assert await pictures([SENTENCE], motion=False) == [SENTENCE]


async def test_tokens_that_came_together_are_shown_together() -> None:
    assert await pictures(["How", " would", " you", " choose", "?"]) == ["How would you choose?"]


async def test_a_token_is_shown_before_the_next_one_has_come() -> None:
    more = asyncio.Event()

    async def stream() -> AsyncIterator[str]:
        yield "How"
        await more.wait()
        yield " so?"

    seen = []
    async for text in Reveal().play(stream()):
        seen.append(text)
        more.set()
    assert seen == ["How", "How so?"]


async def test_hurry_shows_the_rest_at_once() -> None:
    shown = Reveal()
    seen = []
    async for text in shown.play(arriving([SENTENCE])):
        seen.append(text)
        shown.hurry()
    assert len(seen) == 2
    assert seen[-1] == SENTENCE


async def test_what_came_before_a_failure_is_shown_before_it_is_raised() -> None:
    async def breaking() -> AsyncIterator[str]:
        yield "How would"
        raise ConnectionError("gone")

    playing = Reveal().play(breaking())
    assert await anext(playing) == "How would"
    with pytest.raises(ConnectionError, match="gone"):
        await anext(playing)


async def test_a_reply_of_no_words_shows_nothing() -> None:
    assert await pictures([]) == []


async def test_whoever_stops_looking_stops_the_source() -> None:
    stopped = asyncio.Event()

    async def endless() -> AsyncIterator[str]:
        try:
            yield "How"
            await asyncio.Event().wait()
        finally:
            stopped.set()

    playing = Reveal().play(endless())
    await anext(playing)
    await playing.aclose()
    await asyncio.wait_for(stopped.wait(), 5)


async def test_a_long_piece_of_white_space_is_not_lost() -> None:
    assert (await pictures(["if so:\n", " " * 30, "go on"]))[-1] == "if so:\n" + " " * 30 + "go on"


words = st.text(alphabet="ab \n\t", max_size=40).filter(lambda text: not text or text.strip())
pieces = st.lists(words, max_size=6)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces, st.booleans())
def test_every_character_arrives_in_order(arrived: list[str], motion: bool) -> None:
    seen = asyncio.run(pictures(arrived, motion=motion))
    assert (seen or [""])[-1] == "".join(arrived)
    assert all(later.startswith(earlier) for earlier, later in pairwise(seen))
