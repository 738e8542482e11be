"""JSON is found in what models write around it."""

import pytest

from fourstep.errors import ReplyError
from fourstep.llm.salvage import salvaged


@pytest.mark.parametrize(
    "text",
    [
        '{"a": [1, 2]}',
        '```json\n{"a": [1, 2]}\n```',
        'Here it is:\n```\n{"a": [1, 2]}\n```\nAnything else?',
        'Sure! {"a": [1, 2]} I hope that helps.',
        '{"a": [1, 2,],}',
        'My {small} thought: {"a": [1, 2,]}',
        '<think>{"a": [9]} or so</think>{"a": [1, 2]}',
    ],
)
def test_the_object_is_found(text: str) -> None:
    assert salvaged(text) == {"a": [1, 2]}


def test_a_comma_in_a_string_is_not_one_too_many() -> None:
    assert salvaged('{"a": "x,]", "b": 1,}') == {"a": "x,]", "b": 1}


def test_a_line_break_in_a_string_is_forgiven() -> None:
    assert salvaged('{"a": "x\ny"}') == {"a": "x\ny"}


@pytest.mark.parametrize("text", ["", "level 3", "{", '{"a": [1, 2', "{" * 10_000, "[" * 100_000])
def test_what_is_not_json_is_an_error(text: str) -> None:
    with pytest.raises(ReplyError):
        salvaged(text)
