"""The folder of drills: nothing typed is lost, whatever happens to the file."""

import json
import multiprocessing
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from fourstep.errors import StorageError
from fourstep.files.practice import DrillDraft, PracticeLog
from tests.practice.test_schedule import NOON, drilled


@pytest.fixture
def log(tmp_path: Path) -> PracticeLog:
    return PracticeLog(tmp_path)


def test_a_drill_is_read_as_it_was_kept(log: PracticeLog) -> None:
    kept = drilled(due=NOON)
    log.add(kept)
    assert log.read() == ((kept,), ())


def test_nothing_drilled_yet_is_no_fault(log: PracticeLog) -> None:
    assert log.read() == ((), ())


def test_others_cannot_read_what_was_answered(log: PracticeLog) -> None:
    log.add(drilled())
    log.save_draft("asks_first", DrillDraft("parcel_delays", "How?", "So"))
    assert {stat.S_IMODE(file.stat().st_mode) for file in log.folder.iterdir() if file.suffix} == {0o600}


def test_a_torn_last_line_is_told_and_swallows_nothing(log: PracticeLog) -> None:
    log.add(drilled())
    path = log.folder / "drills.jsonl"
    path.write_bytes(path.read_bytes() + b'{"schema": "fourstep.dr')
    log.add(replace(drilled(), answer="after"))
    read, faults = log.read()
    assert [one.answer for one in read] == ["Scale and budget.", "after"]
    assert len(faults) == 1
    assert "line 2" in faults[0]


@pytest.mark.parametrize(
    "line",
    ["rubbish", "[]", "{}", "[" * 5000, '{"schema": "fourstep.drill/1"}', '{"schema": "fourstep.drill/1", "at": 1}'],
)
def test_lines_that_are_no_drills_are_told_and_left_out(log: PracticeLog, line: str) -> None:
    log.add(drilled())
    path = log.folder / "drills.jsonl"
    path.write_text(f"{line}\n{path.read_text()}")
    read, faults = log.read()
    assert len(read) == len(faults) == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("at", "yesterday"),
        ("at", "2026-11-21T12:00:00"),
        ("at", "0001-01-01T00:00:00+00:00"),
        ("due", "9999-12-31T23:00:00-05:00"),
        ("answer", 7),
        ("checks", ["first"]),
        ("seconds", "long"),
    ],
)
def test_values_of_another_kind_are_no_drill(log: PracticeLog, field: str, value: object) -> None:
    log.folder.mkdir()
    (log.folder / "drills.jsonl").write_text(json.dumps({**drilled().to_json(), field: value}) + "\n")
    assert log.read()[0] == ()


@pytest.mark.parametrize("level", [1.0, True, 4, -1, "2", [2]])
def test_a_level_that_is_none_of_the_four_is_none(log: PracticeLog, level: object) -> None:
    log.folder.mkdir()
    (log.folder / "drills.jsonl").write_text(json.dumps({**drilled().to_json(), "level": level}) + "\n")
    assert [one.level for one in log.read()[0]] == [None]


def test_keys_of_a_later_program_are_ignored(log: PracticeLog) -> None:
    log.folder.mkdir()
    (log.folder / "drills.jsonl").write_text(json.dumps({**drilled().to_json(), "mood": "good"}) + "\n")
    assert log.read() == ((drilled(),), ())


def _add(root: Path, number: int) -> None:
    for _ in range(5):
        PracticeLog(root).add(replace(drilled(), drill=f"by_{number}", answer="word " * 2000))


def test_processes_that_write_at_once_lose_nothing(log: PracticeLog, tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_add, args=(tmp_path, number)) for number in range(2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    read, faults = log.read()
    assert sorted(one.drill for one in read) == ["by_0"] * 5 + ["by_1"] * 5
    assert faults == ()


def test_a_folder_that_refuses_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "practice").write_text("in the way")
    with pytest.raises(StorageError, match="cannot be written"):
        PracticeLog(tmp_path).add(drilled())
    with pytest.raises(StorageError, match="cannot be written"):
        PracticeLog(tmp_path).save_draft("asks_first", DrillDraft("", "", "So"))


def test_a_draft_is_kept_for_each_problem_until_it_is_dropped(log: PracticeLog) -> None:
    for problem in ("ads", "posts"):
        log.save_draft("asks_first", DrillDraft(problem, "How?", f"on {problem}"))
    assert {draft.problem: draft.text for draft in log.drafts("asks_first")} == {"ads": "on ads", "posts": "on posts"}
    log.drop_draft("asks_first", "ads")
    assert [draft.problem for draft in log.drafts("asks_first")] == ["posts"]
    assert log.drafts("names_goal") == []


def test_a_draft_that_cannot_be_read_is_passed_over(log: PracticeLog) -> None:
    log.save_draft("asks_first", DrillDraft("ads", "How?", "So"))
    for number, text in enumerate(["rubbish", "[]", '{"problem": 1, "question": "", "text": ""}', '{"more": 1}']):
        (log.folder / f"draft-asks_first-{number}.json").write_text(text)
    assert [draft.text for draft in log.drafts("asks_first")] == ["So"]
