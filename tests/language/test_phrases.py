"""Phrases found in what people say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourstep.language.clauses import read_passage
from fourstep.language.phrases import Concepts, PhraseError


def found(phrase: str, text: str) -> list[str]:
    passage = read_passage(text)
    matches = Concepts({"it": [phrase]}).find(passage).get("it", [])
    return [passage.text[passage.starts[m.first] : passage.ends[m.last - 1]] for m in matches]


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("negative downsampling", "we use Negative Down-sampling here", []),
        ("negative downsample", "with negative downsampling, yes", ["negative downsampling"]),
        ("a/b test", "an A/B test then", ["A/B test"]),
        ("split .. time", "split it all by time", ["split it all by time"]),
        ("split .. time", "split by user and much later by time", []),
        ("split ... time", "split by user and much later by time", ["split by user and much later by time"]),
        ("click|tap through", "tap through rate", ["tap through"]),
        ("recalibr*", "we recalibrated it", ["recalibrated"]),
        ("=precision", "precise precision", ["precision"]),
        ("# ms", "within 200ms", ["200ms"]),
        ("# million", "forty million users", ["forty million"]),
        ("hashing .. collide", "hashing. They collide", []),
    ],
)
def test_the_notation(phrase: str, text: str, expected: list[str]) -> None:
    assert found(phrase, text) == expected


def test_a_negated_phrase_does_not_count() -> None:
    assert found("random split", "I would not use a random split") == []


def test_a_phrase_can_count_either_way_or_only_when_denied() -> None:
    assert found("~random split", "never a random split") == ["random split"]
    assert found("!random split", "never a random split") == ["random split"]
    assert found("!random split", "a random split") == []


def test_a_misspelt_long_word_is_found() -> None:
    assert found("calibration", "then calibraton of it") == ["calibraton"]


def test_a_correct_word_is_not_taken_for_another() -> None:
    assert found("complexity", "the complete list") == []


@pytest.mark.parametrize("phrase", ["", "..", "word ..", "a|two-tower", "!"])
def test_a_phrase_that_cannot_be_read_is_refused(phrase: str) -> None:
    with pytest.raises(PhraseError):
        Concepts({"it": [phrase]})


@given(st.text(max_size=300))
def test_any_text_can_be_searched(text: str) -> None:
    found("split .. time", text)
