"""Lines break between words, fit by cells, and lose nothing but white space."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from fourstep.tui.wrapping import wrap

WOMAN_AT_A_COMPUTER = "\U0001f469\u200d\U0001f4bb"
RED_HEART = "\u2764\ufe0f"


def lines(text: str, width: int) -> list[str]:
    return [text[start:end] for start, end in wrap(text, width)]


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("", 10, [""]),
        ("one", 10, ["one"]),
        ("one two three", 7, ["one two", "three"]),
        ("one two three", 8, ["one two", "three"]),
        ("one  two", 10, ["one  two"]),
        ("one   two", 5, ["one", "two"]),
        ("  indented", 20, ["  indented"]),
        ("one\n\ntwo\n", 10, ["one", "", "two", ""]),
        ("one   ", 10, ["one"]),
        ("   ", 10, [""]),
    ],
)
def test_lines_break_between_words_and_where_the_text_does(text: str, width: int, expected: list[str]) -> None:
    assert lines(text, width) == expected


def test_a_word_that_is_too_long_is_cut_where_the_line_ends() -> None:
    assert lines("see abcdefghij now", 4) == ["see", "abcd", "efgh", "ij", "now"]


def test_a_word_of_five_thousand_letters_fills_its_lines() -> None:
    assert {len(line) for line in lines("x" * 5000, 50)} == {50}


def test_wide_scripts_break_between_any_two_characters() -> None:
    assert lines("我们使用双塔模型", 6) == ["我们使", "用双塔", "模型"]


def test_wide_characters_count_two_cells() -> None:
    assert lines("我们 使用", 9) == ["我们 使用"]
    assert lines("我们 使用", 8) == ["我们 使", "用"]


def test_emoji_count_two_cells() -> None:
    assert lines("😀😀😀", 4) == ["😀😀", "😀"]


@pytest.mark.parametrize("emoji", [WOMAN_AT_A_COMPUTER, RED_HEART])
def test_an_emoji_of_several_characters_stays_whole(emoji: str) -> None:
    assert {line.replace(emoji, "") for line in lines(emoji * 5, 3)} == {""}


@pytest.mark.parametrize("text", [f"ab{RED_HEART}cd", WOMAN_AT_A_COMPUTER * 3, f"a{RED_HEART * 3}"])
def test_a_long_word_with_emoji_of_several_characters_fits(text: str) -> None:
    assert max(cell_len(line) for line in lines(text, 3)) <= 3


def test_a_width_of_nothing_still_ends() -> None:
    assert "".join(lines("abc 我", 0)) == "abc我"


pieces = st.sampled_from(
    ["a", "bcd", " ", "  ", ",", "-", "\n", "ä", "a\u0301", "\u3000", "中", "文字", "가", "あ", "א", "😀"]
)
texts = st.lists(pieces, max_size=40).map("".join) | st.text(
    alphabet=st.characters(exclude_categories=["Cc", "Cs", "Cf", "Mn"], include_characters="\n"), max_size=60
)


@settings(max_examples=200, deadline=None)
@given(texts, st.integers(2, 30))
def test_every_line_fits(text: str, width: int) -> None:
    assert max(cell_len(line) for line in lines(text, width)) <= width


@settings(max_examples=200, deadline=None)
@given(texts, st.integers(2, 30))
def test_only_white_space_is_lost(text: str, width: int) -> None:
    kept = {place for start, end in wrap(text, width) for place in range(start, end)}
    assert all(text[place].isspace() for place in set(range(len(text))) - kept)


@settings(max_examples=200, deadline=None)
@given(texts, st.integers(2, 30))
def test_lines_follow_one_another_without_overlap(text: str, width: int) -> None:
    places = [place for span in wrap(text, width) for place in span]
    assert places == sorted(places)
