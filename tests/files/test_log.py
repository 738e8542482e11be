"""The append-only log: whole lines or none, and faults of the disk told and survived."""

import errno
import json
import os
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fourstep.errors import StorageError, TranscriptError
from fourstep.files import log as module
from fourstep.files.log import LOG_NAME, TranscriptLog, mend_end, read_log
from fourstep.transcript.events import Event, Spoken, Unknown
from tests.interviews import START


def spoken(number: int, text: str = "Zwölf — “quoted”\x1b[31m\n[/b]") -> Spoken:
    return Spoken(seq=number, at=START + timedelta(seconds=number), turn=number, speaker="candidate", text=text)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "interview"
    folder.mkdir()
    return folder


def written(folder: Path, count: int) -> list[Event]:
    log = TranscriptLog(folder)
    events: list[Event] = [spoken(number) for number in range(1, count + 1)]
    for event in events:
        log.append(event)
    return events


def test_what_is_appended_is_read_again(folder: Path) -> None:
    events = written(folder, 3)
    assert read_log(folder / LOG_NAME) == (tuple(events), ())


@pytest.mark.parametrize(("halves", "read"), [(r"\ud83d", "�"), (r"\ude00 \ud83d", "� �"), (r"\ud83d\ude00", "😀")])
def test_half_a_sign_in_a_log_is_shown_and_can_be_written_again(folder: Path, halves: str, read: str) -> None:
    written(folder, 1)
    line = (folder / LOG_NAME).read_text()
    (folder / LOG_NAME).write_text(line.replace("Zwölf", halves))
    (event,), _ = read_log(folder / LOG_NAME)
    assert isinstance(event, Spoken)
    assert event.text.startswith(f"{read} — “quoted”")
    TranscriptLog(folder).append(event)


def test_a_line_is_json_with_its_schema_and_kind_first(folder: Path) -> None:
    written(folder, 1)
    line = json.loads((folder / LOG_NAME).read_text())
    assert line["schema"] == "fourstep.event/1"
    assert line["kind"] == "spoken"


@pytest.mark.parametrize("cut", range(1, 60, 7))
def test_a_torn_last_line_is_reported_and_tolerated(folder: Path, cut: int) -> None:
    events = written(folder, 3)
    path = folder / LOG_NAME
    path.write_bytes(path.read_bytes()[:-cut])
    read, faults = read_log(path)
    assert list(read) == events[: len(read)]
    assert len(read) == (3 if cut == 1 else 2)
    assert len(faults) == (0 if cut == 1 else 1)


def test_a_torn_log_goes_on_as_a_whole_one(folder: Path) -> None:
    written(folder, 2)
    path = folder / LOG_NAME
    path.write_bytes(path.read_bytes()[:-9])
    mend_end(path)
    TranscriptLog(folder).append(spoken(2))
    assert read_log(path) == ((spoken(1), spoken(2)), ())


def test_a_corrupt_line_is_reported_with_its_number_and_the_rest_is_used(folder: Path) -> None:
    events = written(folder, 3)
    path = folder / LOG_NAME
    lines = path.read_bytes().split(b"\n")
    lines[1] = b'{"kind": "spoken", "turn": "x\xff'
    path.write_bytes(b"\n".join(lines))
    read, faults = read_log(path)
    assert list(read) == [events[0], events[2]]
    assert "line 2" in faults[0]


def test_unknown_kinds_are_kept_and_unknown_keys_ignored(folder: Path) -> None:
    path = folder / LOG_NAME
    line = {"kind": "sang", "at": START.isoformat(), "song": "la"}
    known = json.loads(module.line_of(spoken(1))) | {"mood": "good"}
    path.write_text(json.dumps(line) + "\n" + json.dumps(known) + "\n")
    (unknown, event), faults = read_log(path)
    assert isinstance(unknown, Unknown)
    assert (unknown.kind, event, faults) == ("sang", spoken(1), ())


def test_a_full_disk_is_told_and_nothing_is_lost(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = TranscriptLog(folder)
    log.append(spoken(1))
    with monkeypatch.context() as patch:
        patch.setattr(module, "append_bytes", refusing)
        log.append(spoken(2))
        assert log.trouble is not None
        assert "No space left" in log.trouble.message
    log.append(spoken(3))
    assert log.trouble is None
    assert [event.seq for event in read_log(folder / LOG_NAME)[0]] == [1, 2, 3]


def test_half_a_line_on_a_full_disk_is_cut_off_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = TranscriptLog(folder)
    log.append(spoken(1))
    before = (folder / LOG_NAME).read_bytes()
    write = os.write

    def half(handle: int, data: bytes) -> int:
        if len(data) < 20:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(handle, data[: len(data) // 2])

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", half)
        log.append(spoken(2))
    assert (folder / LOG_NAME).read_bytes() == before


def test_a_signal_between_write_and_sync_leaves_no_second_copy(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = TranscriptLog(folder)
    sync = os.fsync

    def interrupted(handle: int) -> None:
        monkeypatch.setattr(os, "fsync", sync)
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        log.append(spoken(1))
    log.append(spoken(2))
    assert [event.seq for event in read_log(folder / LOG_NAME)[0]] == [1, 2]


def test_a_log_can_move(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = TranscriptLog(folder)
    log.append(spoken(1))
    with monkeypatch.context() as patch:
        patch.setattr(module, "append_bytes", refusing)
        log.append(spoken(2))
    log.move_to(tmp_path / "elsewhere" / "interview")
    assert [event.seq for event in read_log(log.folder / LOG_NAME)[0]] == [1, 2]


def test_another_folder_that_refuses_too_is_a_sentence(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="is a file, or lies below one"):
        TranscriptLog(folder).move_to(tmp_path / "file" / "interview")


def test_a_missing_log_is_a_sentence(folder: Path) -> None:
    with pytest.raises(TranscriptError, match="cannot be read"):
        read_log(folder / LOG_NAME)


BAD_LINES = st.binary(max_size=60) | st.sampled_from([b"[1]", b'{"kind": 3}', b"[" * 9000, b'{"kind": "ended"}'])


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(BAD_LINES))
def test_any_bytes_are_a_log_with_faults_and_never_a_traceback(folder: Path, lines: list[bytes]) -> None:
    path = folder / LOG_NAME
    path.write_bytes(b"\n".join(lines))
    events, faults = read_log(path)
    assert len(events) + len(faults) <= sum(line.count(b"\n") + 1 for line in lines)


def refusing(path: Path, data: bytes) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")
