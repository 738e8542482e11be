"""The library's index: derived from the folders, never the other way round."""

from pathlib import Path

import pytest

from fourstep.files.index import INDEX_NAME, LibraryIndex
from fourstep.files.store import Store
from tests.files.test_store import kept
from tests.interviews import Desk


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "transcripts")


def listed(store: Store) -> list[str]:
    with LibraryIndex(store.root) as index:
        index.refresh()
        return [entry.key for entry in index.entries()]


def found(store: Store, words: str) -> list[str]:
    with LibraryIndex(store.root) as index:
        index.refresh()
        return [entry.key for entry in index.search(words)]


def test_new_changed_and_gone_interviews_are_noticed(store: Store, desk: Desk) -> None:
    folder = kept(store, desk, "20261121-parcel_delays-abc123")
    assert listed(store) == ["abc123"]
    kept(store, desk, "20261120-parcel_delays-def456")
    assert sorted(listed(store)) == ["abc123", "def456"]
    store.delete(folder)
    assert listed(store) == ["def456"]


def test_the_text_of_both_speakers_is_searched_by_stem(store: Store, desk: Desk) -> None:
    kept(store, desk, "20261121-parcel_delays-abc123")
    assert found(store, "asking scale") == ["abc123"]
    assert found(store, "delivers") == ["abc123"]
    assert found(store, "nonsense") == []


@pytest.mark.parametrize("words", ['"', "a AND", "NEAR(", "* ' --", "text:x", ""])
def test_search_words_are_never_syntax(store: Store, desk: Desk, words: str) -> None:
    kept(store, desk, "20261121-parcel_delays-abc123")
    assert found(store, words) in ([], ["abc123"])


def test_a_broken_index_is_made_anew(store: Store, desk: Desk) -> None:
    kept(store, desk, "20261121-parcel_delays-abc123")
    listed(store)
    (store.root / INDEX_NAME).write_bytes(b"not a database" * 100)
    assert listed(store) == ["abc123"]


def test_an_unreadable_interview_is_listed_as_such(store: Store, desk: Desk) -> None:
    folder = kept(store, desk, "20261121-parcel_delays-abc123")
    (folder / "transcript.jsonl").write_text("rubbish\n")
    with LibraryIndex(store.root) as index:
        index.refresh()
        assert [entry.state for entry in index.entries()] == ["unreadable"]


def test_an_empty_library_is_no_error(store: Store) -> None:
    assert listed(store) == []
