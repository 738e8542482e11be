"""Words, stems and numbers."""

import pytest

from fourstep.language.words import is_number, number_at, stem, tokens


def spoken(text: str) -> list[str]:
    return [token.word for token in tokens(text) if token.kind in ("word", "number", "sign")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("240 million users", 240e6),
        ("5M listings", 5e6),
        ("1.2 billion", 1.2e9),
        ("86,400 seconds", 86400),
        ("86.400 seconds", 86400),
        ("1,5 percent", 1.5),
        ("twenty five items", 25),
        ("four hundred million", 4e8),
        ("20k pairs", 20e3),
        ("hundred fifty milliseconds", 150),
    ],
)
def test_a_number_is_read_in_figures_and_in_words(text: str, value: float) -> None:
    assert number_at(spoken(text), 0) == pytest.approx(value)


def test_one_is_a_pronoun_and_not_a_number() -> None:
    assert not is_number("one")
    assert is_number("two")


def test_relatives_share_a_stem() -> None:
    assert stem("calibrated") == stem("calibration")


def test_a_token_knows_where_it_stands() -> None:
    text = "Use  log-loss, p95 < 200ms."
    assert all(text[token.start : token.end].lower() == token.word for token in tokens(text))
