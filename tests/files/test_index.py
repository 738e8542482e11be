"""The library's index: derived from the folders, never the other way round."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from fourstep.files.index import INDEX_NAME, LibraryIndex
from fourstep.files.store import PROBLEM_NAME, SCORECARDS_NAME, Store
from fourstep.grading.scorecard import CheckResult, GraderInfo, Judgement, RubricInfo, Scorecard, StepScore
from fourstep.practice.progress import Graded
from fourstep.review.remarks import Ruling
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


@pytest.mark.parametrize(
    ("content", "title"),
    [
        ("id: parcel_delays\ntitle: Late parcels # for now\n", "Late parcels"),
        ("title:\n", "Parcel delays"),
        ("title: >\n  Late\n", "Parcel delays"),
        ("\x00", "Parcel delays"),
        (None, "Parcel delays"),
    ],
)
def test_an_interview_is_called_as_its_own_copy_of_the_problem_is(
    store: Store, desk: Desk, content: str | None, title: str
) -> None:
    folder = kept(store, desk, "20261121-parcel_delays-abc123")
    if content is not None:
        (folder / PROBLEM_NAME).write_text(content)
    with LibraryIndex(store.root) as index:
        index.refresh()
        assert [entry.title for entry in index.entries()] == [title]
    assert found(store, "parcel delays") == ["abc123"]


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


def test_where_nothing_may_be_written_what_is_new_is_listed_all_the_same(store: Store, desk: Desk) -> None:
    kept(store, desk, "20261121-parcel_delays-abc123")
    with LibraryIndex(store.root) as index:
        index._database.execute("pragma query_only = on")
        index.refresh()
        assert [entry.key for entry in index.entries()] == ["abc123"]


def test_the_newest_comes_first_whatever_zone_its_time_is_told_in(store: Store, desk: Desk) -> None:
    for name, hour, zone in (("abc123", 13, 0), ("def456", 20, 9)):
        folder = kept(store, desk, f"20261121-parcel_delays-{name}")
        began = datetime(2026, 11, 21, hour, tzinfo=timezone(timedelta(hours=zone)))
        events = [event.model_copy(update={"at": began}) for event in store.read(folder).events]
        store.write_log(folder, events)
    assert listed(store) == ["abc123", "def456"]


def test_an_empty_library_is_no_error(store: Store) -> None:
    assert listed(store) == []


def card(*models: str, rubric: str = "hash", level: int = 1) -> Scorecard:
    """One criterion of the first step, one check of two missed."""
    checks = (CheckResult(id="first", met="yes"), CheckResult(id="second", met="no"))
    kind = "model" if models else "offline"
    return Scorecard(
        transcript="x",
        problem="parcel_delays",
        level="senior",
        rubric=RubricInfo(id="small", hash=rubric),
        grader=GraderInfo(kind=kind, version="1", problem_file=True, models=models),
        criteria=(Judgement(id="asks_first", step="frame", status="graded", level=level, checks=checks),),
        steps=(StepScore(id="frame", score=33.0), StepScore(id="data", score=None)),
        overall=33.0,
        range=None,
        verdict=None,
        borderline=False,
    )


def graded(store: Store) -> list[Graded]:
    with LibraryIndex(store.root) as index:
        index.refresh()
        return index.graded()


def test_how_an_interview_was_judged_is_read_from_the_index(store: Store, desk: Desk) -> None:
    store.add_scorecard(kept(store, desk, "20261121-parcel_delays-abc123"), card())
    [one] = graded(store)
    assert (one.steps, one.levels, one.missed) == ({"frame": 33}, {"asks_first": 1}, {"asks_first": ["second"]})
    assert (one.problem, one.at.year, one.grader) == ("parcel_delays", 2026, "offline")


def test_each_grader_and_rubric_counts_with_its_newest_scorecard(store: Store, desk: Desk) -> None:
    folder = kept(store, desk, "20261121-parcel_delays-abc123")
    for one in (card(level=0), card(level=2), card("qwen3-32b"), card(rubric="another")):
        store.add_scorecard(folder, one)
    found = {(one.grader, one.rubric): one.levels["asks_first"] for one in graded(store)}
    assert found == {("offline", "hash"): 2, ("qwen3-32b", "hash"): 1, ("offline", "another"): 1}


def test_a_persons_level_counts_over_the_graders(store: Store, desk: Desk) -> None:
    folder = kept(store, desk, "20261121-parcel_delays-abc123")
    store.add_scorecard(folder, card())
    assert graded(store)[0].ruled == frozenset()
    at = datetime(2026, 11, 22, tzinfo=UTC)
    store.add_remark(folder, Ruling(at=at, criterion="asks_first", level=3, graded=1, grader="offline"))
    assert (graded(store)[0].levels, graded(store)[0].ruled) == ({"asks_first": 3}, {"asks_first"})


def test_what_an_interview_answers_again_is_read_from_the_index(store: Store, desk: Desk) -> None:
    desk.started = desk.started.model_copy(update={"parent": "20261120-parcel_delays-def456"})
    store.add_scorecard(kept(store, desk, "20261121-parcel_delays-abc123"), card())
    assert graded(store)[0].parent == "20261120-parcel_delays-def456"
    with LibraryIndex(store.root) as index:
        assert index.entries()[0].parent == "20261120-parcel_delays-def456"


def test_what_is_gone_is_no_progress(store: Store, desk: Desk) -> None:
    folder = kept(store, desk, "20261121-parcel_delays-abc123")
    store.add_scorecard(folder, card())
    assert len(graded(store)) == 1
    store.delete(folder)
    assert graded(store) == []


def test_a_scorecard_without_a_grade_hides_no_other(store: Store, desk: Desk) -> None:
    folder = kept(store, desk, "20261121-parcel_delays-abc123", ended=True)
    failed = card("gpt-x").model_copy(update={"overall": None})
    store.add_scorecard(folder, card())
    store.add_scorecard(folder, failed)
    with (folder / SCORECARDS_NAME).open("a") as kept_before:
        kept_before.write(failed.model_dump_json(by_alias=True) + "\n")
    with LibraryIndex(store.root) as index:
        index.refresh()
        assert [(entry.state, entry.score) for entry in index.entries()] == [("scored", 33.0)]
    assert store.scorecards(folder) == (card(),)
