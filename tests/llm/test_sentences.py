"""Sentences out of a stream: whole, at once, and however the stream is cut into pieces."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from fourstep.llm.sentences import sentences, split

TEXTS = {
    "You said e.g. Kafka, i.e. a log. How would 3.5 million rows fit? Fine.": [
        "You said e.g. Kafka, i.e. a log.", "How would 3.5 million rows fit?", "Fine.",
    ],
    "Hello…  \n\nOn to data.\nWhat labels?": ["Hello…", "On to data.", "What labels?"],
    "It takes 30. ms what": ["It takes 30.", "ms what"],
    "It has no end": ["It has no end"],
    "...": ["..."],
    "": [],
    "<think>Hm. What?</think>\n\nGood. Go on?": ["Good.", "Go on?"],
    "<think>It never ends.": [],
}  # fmt: skip


async def cut(text: str, size: int) -> AsyncIterator[str]:
    for start in range(0, len(text), size):
        yield text[start : start + size]


def gathered(text: str, size: int) -> list[str]:
    async def gather() -> list[str]:
        return [sentence.strip() async for sentence in sentences(cut(text, size))]

    return asyncio.run(gather())


@pytest.mark.parametrize("size", [1, 3, 1000])
@pytest.mark.parametrize("text", TEXTS)
def test_sentences_are_the_same_however_the_stream_is_cut(text: str, size: int) -> None:
    assert gathered(text, size) == TEXTS[text]


def test_a_text_splits_as_its_stream_does() -> None:
    for text, parts in TEXTS.items():
        if "<think>" not in text:
            assert split(text) == parts


@pytest.mark.parametrize("end", ["Is that so?", "Tell me more.", "Well!", 'So you say "always".'])
def test_a_sentence_comes_with_its_last_mark_and_waits_for_nothing_behind_it(end: str) -> None:
    came: list[str] = []

    async def watched() -> AsyncIterator[str]:
        yield end
        came.append("next piece")
        yield " And"

    async def listen() -> None:
        async for sentence in sentences(watched()):
            came.append(sentence)

    asyncio.run(listen())
    assert came == [end, "next piece", " And"]


def test_marks_that_belong_to_no_sentence_are_dropped_at_the_end() -> None:
    assert gathered('He said "so?" ) ', 1) == ['He said "so?']
