"""Broken content is refused with file, line, key and what was expected."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fourstep.errors import ContentError, NotFoundError
from fourstep.files.yaml_source import LARGEST_FILE, parse_model, read_model
from fourstep.problem import Problem
from fourstep.rubric import Rubric
from tests.conftest import SAMPLES

GOOD = (SAMPLES / "problem.yaml").read_text()


def refusal(text: str) -> str:
    with pytest.raises(ContentError) as caught:
        parse_model(text, Problem, "mine.yaml")
    return caught.value.message


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("title: Parcel delays", "title: 7"), "mine.yaml:2: title: input should be a valid string"),
        (("    matters: It rules out slow models.\n", ""), "mine.yaml:10: facts.latency.matters: field required"),
        (("  - id: goal\n", "  - id: Goal 1\n"), "mine.yaml:14: facts.3.id: string should match pattern"),
        (("strong:", "stong:"), "mine.yaml:25: stong: extra inputs are not permitted"),
        (("positives: [late, delayed]", "positives: ['..']"), "must begin and end with a word"),
        (("id: parcel_delays", "id: parcel_delays\nid: twice"), "mine.yaml:2: has the key 'id' twice"),
        (("title: Parcel delays\n", "title: &a x\nstatement: *a\n"), "mine.yaml:2: is used again by an alias"),
        (("title: Parcel delays", "title: .inf"), "mine.yaml:2: has a number that is not finite"),
        (("title: Parcel delays", "title: ["), "is not YAML"),
        (("title: Parcel delays", "title: \x07"), "is not YAML"),
        (("title: Parcel delays", "? [a]\n: b"), "has a key that is not a word"),
    ],
)
def test_a_fault_is_named_with_its_line(change: tuple[str, str], message: str) -> None:
    assert message in refusal(GOOD.replace(*change, 1))


def test_the_other_faults_are_counted() -> None:
    assert "(1 more after it)" in refusal(
        GOOD.replace("title: Parcel delays", "title: 7").replace("[late, delayed]", "[]")
    )


DEEP = "[" * 50_000 + "]" * 50_000


@pytest.mark.parametrize(
    "text",
    ["", "# a comment\n", "- a\n", "words", "[" * 3000, DEEP, "a: " * 2000, "id: !!timestamp x", "id: !!int ''"],
)
def test_what_is_no_problem_at_all_is_a_sentence(text: str) -> None:
    assert refusal(text).startswith("mine.yaml")


def test_a_file_that_cannot_be_read_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="cannot be read"):
        read_model(tmp_path, Problem)


def test_a_file_that_is_not_there_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="There is no file"):
        read_model(tmp_path / "none.yaml", Problem)


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    huge = tmp_path / "huge.yaml"
    huge.write_bytes(b"a" * (LARGEST_FILE + 1))
    with pytest.raises(ContentError, match="larger than"):
        read_model(huge, Problem)


def test_bytes_that_are_no_text_are_a_sentence(tmp_path: Path) -> None:
    odd = tmp_path / "odd.yaml"
    odd.write_bytes(b"id: \xff\xfe")
    with pytest.raises(ContentError, match="not UTF-8"):
        read_model(odd, Problem)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=12,
)


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(GOOD.splitlines()), st.text(max_size=20))
def test_a_damaged_problem_never_ends_in_a_traceback(line: str, rubbish: str) -> None:
    with suppress(ContentError):
        parse_model(GOOD.replace(line, rubbish, 1), Problem, "mine.yaml")


@settings(max_examples=60, deadline=None)
@given(values)
def test_any_document_is_a_rubric_or_a_sentence(value: object) -> None:
    import yaml

    with pytest.raises(ContentError):
        parse_model(yaml.safe_dump(value), Rubric, "mine.yaml")


def test_what_is_to_be_run_names_the_file() -> None:
    with pytest.raises(ContentError) as caught:
        parse_model(GOOD.replace("title:", "titel:"), Problem, "my problems/mine.yaml")
    assert caught.value.hint == "Mend it and run: fourstep check 'my problems/mine.yaml'"
