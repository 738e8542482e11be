"""Interviews in their folders: private, found by short names, one writer each."""

import os
import stat
from datetime import timedelta
from pathlib import Path

import pytest

from fourstep.errors import LockedError, NotFoundError, TranscriptError
from fourstep.files.draft import save_draft
from fourstep.files.store import Store, sole_writer
from fourstep.transcript.events import Ended, Event, Paused, Resumed
from tests.conftest import SAMPLES
from tests.interviews import Desk


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "transcripts")


def kept(store: Store, desk: Desk, name: str, *, ended: bool = False) -> Path:
    """An interview of one exchange, written to the store."""
    folder = store.create(name, problem=SAMPLES / "problem.yaml", rubric=SAMPLES / "rubric.yaml")
    if not desk.log.events:
        desk.start()
        desk.answer("I would ask about the scale.")
    log = store.open_log(folder)
    events: list[Event] = list(desk.log.events)
    if ended:
        events.append(Ended(seq=99, at=events[-1].at, elapsed=events[-1].elapsed, why="finished"))
    for event in events:
        log.append(event)
    return folder


def test_a_folder_is_private_and_holds_what_the_interview_was_held_with(store: Store, desk: Desk) -> None:
    folder = kept(store, desk, "20261121-parcel_delays-abc123")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}
    assert (folder / "problem.yaml").read_text() == (SAMPLES / "problem.yaml").read_text()
    assert (folder / "rubric.yaml").read_text() == (SAMPLES / "rubric.yaml").read_text()


@pytest.mark.parametrize("name", ["20261121-parcel_delays-abc123", "abc123", "abc", "ABC", "last"])
def test_an_interview_is_found_by_id_hex_prefix_or_last(store: Store, desk: Desk, name: str) -> None:
    folder = kept(store, desk, "20261121-parcel_delays-abc123")
    kept(store, desk, "20261120-parcel_delays-def456")
    assert store.find(name) == folder


def test_of_one_day_the_last_that_was_held_is_the_newest_whatever_it_is_about(store: Store, desk: Desk) -> None:
    for hours, problem in enumerate(("visual_search", "parcel_delays")):
        folder = kept(store, desk, f"20261121-{problem}-abc12{hours}")
        os.utime(folder / "transcript.jsonl", (hours, hours))
    assert [name.split("-")[1] for name in store.newest_first()] == ["parcel_delays", "visual_search"]


def test_a_prefix_of_two_is_refused(store: Store, desk: Desk) -> None:
    kept(store, desk, "20261121-parcel_delays-abc123")
    kept(store, desk, "20261121-parcel_delays-abc456")
    with pytest.raises(NotFoundError, match="could be 2"):
        store.find("abc")


def test_one_letter_is_told_to_be_too_short_with_what_it_fits(store: Store, desk: Desk) -> None:
    kept(store, desk, "20261121-parcel_delays-abc123")
    with pytest.raises(NotFoundError, match=r"'a' is too short.*such as 20261121-parcel_delays-abc123"):
        store.find("a")


@pytest.mark.parametrize("name", ["", "a", "zzz", "../etc", "last"])
def test_what_is_not_there_is_a_sentence(store: Store, name: str) -> None:
    with pytest.raises(NotFoundError, match="There is no interview"):
        store.find(name)


def test_the_newest_interrupted_interview_is_known(store: Store, desk: Desk) -> None:
    kept(store, desk, "20261121-parcel_delays-abc123", ended=True)
    open_one = kept(store, desk, "20261120-parcel_delays-def456")
    assert store.last_interrupted() == open_one


def test_the_time_used_is_that_of_the_last_event_without_a_draft(store: Store, desk: Desk) -> None:
    saved = store.read(kept(store, desk, "20261121-parcel_delays-abc123"))
    assert saved.elapsed == saved.events[-1].elapsed == 30.0


def test_the_drafts_heartbeat_counts_as_time_used(store: Store, desk: Desk) -> None:
    folder = kept(store, desk, "20261121-parcel_delays-abc123")
    save_draft(folder, "half a thought")
    last = desk.log.events[-1].at.timestamp()
    os.utime(folder / "draft.txt", (last + 42, last + 42))
    saved = store.read(folder)
    assert saved.draft == "half a thought"
    assert saved.elapsed == pytest.approx(72)


def test_after_a_pause_the_draft_is_no_heartbeat(store: Store, desk: Desk) -> None:
    folder = kept(store, desk, "20261121-parcel_delays-abc123")
    last = desk.log.events[-1]
    store.open_log(folder).append(Paused(seq=50, at=last.at, elapsed=last.elapsed))
    save_draft(folder, "half a thought")
    assert store.read(folder).elapsed == 30.0


def test_the_time_between_a_kill_and_the_next_start_does_not_count(store: Store, desk: Desk) -> None:
    folder = kept(store, desk, "20261121-parcel_delays-abc123")
    last = desk.log.events[-1]
    next_day = last.at + timedelta(days=1)
    store.open_log(folder).append(Resumed(seq=50, at=next_day, elapsed=last.elapsed))
    save_draft(folder, "")
    os.utime(folder / "draft.txt", (next_day.timestamp() + 7,) * 2)
    assert store.read(folder).elapsed == pytest.approx(37)


def test_one_writer_at_a_time(store: Store, desk: Desk) -> None:
    folder = kept(store, desk, "20261121-parcel_delays-abc123")
    with (
        sole_writer(folder),
        pytest.raises(LockedError, match=f"process {os.getpid()}"),
        sole_writer(folder),
    ):
        pass
    with sole_writer(folder):
        pass


def test_a_folder_without_a_readable_event_is_a_sentence(store: Store, desk: Desk) -> None:
    folder = kept(store, desk, "20261121-parcel_delays-abc123")
    (folder / "transcript.jsonl").write_text("rubbish\n")
    with pytest.raises(TranscriptError, match="no readable event"):
        store.read(folder)


def test_deleting_removes_the_folder(store: Store, desk: Desk) -> None:
    folder = kept(store, desk, "20261121-parcel_delays-abc123")
    store.delete(folder)
    assert store.ids() == []


def test_the_example_is_a_copy_apart_from_the_library(tmp_path: Path) -> None:
    store = Store(tmp_path / "interviews")
    folder = store.find("example")
    assert store.ids() == []
    assert store.find(folder.name) == folder
    assert store.read(folder).events
    (folder / "reviews.jsonl").write_text("kept\n")
    assert (store.find("example") / "reviews.jsonl").read_text() == "kept\n"


@pytest.mark.parametrize("name", ["..", ".", "", "../x", "/etc"])
def test_only_a_name_can_be_an_example(tmp_path: Path, name: str) -> None:
    store = Store(tmp_path)
    store.example()
    with pytest.raises(NotFoundError):
        store.find(name)
