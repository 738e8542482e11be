"""The interviews on this machine: a private folder each, found by id."""

import os
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from filelock import FileLock, Timeout
from pydantic import BaseModel

from fourstep.errors import LockedError, NotFoundError, TranscriptError
from fourstep.files.disk import append_bytes, make_private, storage_error, sync_folder, write_private
from fourstep.files.draft import read_draft, read_pad
from fourstep.files.ids import key_of
from fourstep.files.log import LARGEST_LOG, LOG_NAME, TranscriptLog, line_of, mend_end, read_log
from fourstep.files.places import content_folder
from fourstep.grading.scorecard import Scorecard
from fourstep.review.remarks import REMARK, Remark
from fourstep.transcript.events import Ended, Event, Imported, Paused, Resumed

SCORECARDS_NAME = "scorecards.jsonl"
REVIEWS_NAME = "reviews.jsonl"
_STAMPED = (LOG_NAME, SCORECARDS_NAME, REVIEWS_NAME)
PROBLEM_NAME = "problem.yaml"
RUBRIC_NAME = "rubric"
EXAMPLE_NAME = "example"
"""What commands call the interview that the program brings along."""
_SHORTEST_NAME = 2
"""Letters: one alone is sooner a slip than a name, and names are what deletes."""
_EXAMPLE = "20261124-payment_fraud_detection-5b7c1e"
"""A middling candidate: a review has more to say of him than of a strong one."""
_EXAMPLE_FOLDER = ".example"
_TRASH_NAME = ".trash"
_DAYS_IN_TRASH = 30
_LOCK_NAME = ".lock"
_HOLDER_NAME = ".holder"

ReadT = TypeVar("ReadT")


@dataclass(frozen=True)
class Saved:
    """An interview as it lies in its folder."""

    folder: Path
    events: tuple[Event, ...]
    faults: tuple[str, ...]
    """A sentence for every line that could not be read."""
    draft: str
    draft_at: float | None
    """When the draft was last touched, in seconds since 1970: the heartbeat of an interview that was killed."""
    pad: str | None = None
    """What was on the design pad; None where no pad was kept apart from the log."""

    @property
    def id(self) -> str:
        """Its name."""
        return self.folder.name

    @property
    def interrupted(self) -> bool:
        """Whether it can be gone on with; what was held elsewhere cannot."""
        return not any(isinstance(event, Ended | Imported) for event in self.events)

    @property
    def elapsed(self) -> float:
        """Interview seconds used: until the last event or the draft's heartbeat, whichever is later."""
        if not self.events:
            return 0.0
        last = self.events[-1]
        switches = [event for event in self.events if isinstance(event, Paused | Resumed | Ended)]
        stopped = bool(switches) and not isinstance(switches[-1], Resumed)
        if self.draft_at is None or stopped:
            return last.elapsed
        return last.elapsed + max(0.0, self.draft_at - last.at.timestamp())


class Store:
    """A folder of interviews."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def ids(self) -> list[str]:
        """All interviews, those of a later day first; ids begin with their date."""
        try:
            with os.scandir(self.root) as entries:
                names = [entry.name for entry in entries if entry.name[:8].isdigit() and entry.is_dir()]
        except FileNotFoundError:
            return []
        except OSError as error:
            raise storage_error(self.root, error) from error
        return sorted(names, reverse=True)

    def newest_first(self) -> list[str]:
        """The same, also those of one day: by when their logs were last written to."""
        return sorted(self.ids(), key=lambda key: (key[:8], _modified(self.root / key / LOG_NAME)), reverse=True)

    def stamp(self, interview_id: str) -> str:
        """Changes whenever the interview's transcript, its scorecards or people's remarks do."""
        try:
            with os.scandir(f"{self.root}{os.sep}{interview_id}") as files:  # ten thousand times: a path each is slow
                found = {file.name: file.stat() for file in files if file.name in _STAMPED}
        except OSError:
            found = {}
        marks = (found.get(name) for name in _STAMPED)
        return "/".join(f"{mark.st_mtime_ns}:{mark.st_size}" if mark else "-" for mark in marks)

    def create(self, interview_id: str, *, problem: Path | None, rubric: Path) -> Path:
        """A folder for a new interview, with copies of what it is held with. Raises: StorageError.

        An imported one may be about a problem that has no file.
        """
        folder = self.root / interview_id
        try:
            make_private(folder)
            if problem:
                write_private(folder / PROBLEM_NAME, problem.read_bytes())
            _copy_rubric(rubric, folder / RUBRIC_NAME)
            sync_folder(self.root)
        except OSError as error:
            raise storage_error(folder, error) from error
        return folder

    def find(self, name: str) -> Path:
        """The folder of an interview by its id, a unique prefix of its hex part, `last`, or `example`.

        Raises: NotFoundError, when there is none or more than one; StorageError.
        """
        if name == EXAMPLE_NAME:
            return self.example()
        if name == "last":
            fitting = self.newest_first()[:1]
        else:
            ids = self.ids()
            fitting = [key for key in ids if key == name] or [
                key for key in ids if name and key_of(key).startswith(name.lower())
            ]
        if fitting and len(name) < _SHORTEST_NAME:
            raise NotFoundError(
                f"'{name}' is too short for the name of an interview.", f"Name more of it, such as {fitting[0]}."
            )
        if len(fitting) == 1:
            return self.root / fitting[0]
        if fitting:
            raise NotFoundError(
                f"'{name}' could be {len(fitting)} interviews.", f"Among them {fitting[0]}; name more of it."
            )
        for example in (self.root / _EXAMPLE_FOLDER).glob(f"*/{LOG_NAME}"):
            if example.parent.name == name:
                return example.parent
        raise NotFoundError(f"There is no interview '{name}' in {self.root}.", "See: fourstep list")

    def example(self) -> Path:
        """A copy of the interview that the program brings along, to be read, marked and answered again.

        It lies apart: nobody's library, progress or drills know it. Raises: NotFoundError, StorageError.
        """
        source = content_folder("examples") / _EXAMPLE
        if not source.is_dir():
            raise NotFoundError("The example is not there.", "Install the program again.")
        target = self.root / _EXAMPLE_FOLDER / source.name
        try:
            if not target.is_dir():
                make_private(target.parent)
                shutil.copytree(source, target)
        except OSError as error:
            raise storage_error(target, error) from error
        return target

    def read(self, folder: Path) -> Saved:
        """What lies in a folder. Raises: TranscriptError, when it holds no transcript."""
        events, faults = read_log(folder / LOG_NAME)
        if not events:
            raise TranscriptError(f"{folder / LOG_NAME} holds no readable event.", "Delete it with: fourstep delete ID")
        text, touched = read_draft(folder)
        return Saved(folder, events, faults, text, touched, read_pad(folder))

    def imported(self, digest: str) -> str | None:
        """The interview that was imported from a file of this digest: it stands in the log's first line."""
        for key in self.ids():
            with suppress(OSError), (self.root / key / LOG_NAME).open("rb") as log:
                if f'"digest": "{digest}"'.encode() in log.readline(LARGEST_LOG):
                    return key
        return None

    def last_interrupted(self) -> Path | None:
        """The newest interview that was not ended."""
        for key in self.newest_first():
            try:
                if self.read(self.root / key).interrupted:
                    return self.root / key
            except TranscriptError:
                continue
        return None

    def discard(self, folder: Path) -> None:
        """Put an interview into the trash, from which `restore` takes it; what is older than 30 days goes.

        Raises: StorageError, LockedError.
        """
        trash = self.root / _TRASH_NAME
        try:
            with sole_writer(folder):
                make_private(trash)
                folder.rename(trash / folder.name)
            (trash / folder.name).touch()
            for old in trash.iterdir():
                if old.stat().st_mtime < time.time() - _DAYS_IN_TRASH * 86_400:
                    shutil.rmtree(old, ignore_errors=True)
        except OSError as error:
            raise storage_error(folder, error) from error

    def restore(self, interview_id: str) -> None:
        """Take an interview out of the trash. Raises: StorageError."""
        try:
            (self.root / _TRASH_NAME / interview_id).rename(self.root / interview_id)
        except OSError as error:
            raise storage_error(self.root / interview_id, error) from error

    def delete(self, folder: Path) -> None:
        """Remove an interview with all that belongs to it. Raises: StorageError."""
        try:
            shutil.rmtree(folder)
        except OSError as error:
            raise storage_error(folder, error) from error

    def scorecards(self, folder: Path) -> tuple[Scorecard, ...]:
        """Every scorecard on which something was graded, oldest first; unreadable lines are passed over."""
        return tuple(
            card for card in _readable(folder / SCORECARDS_NAME, Scorecard.model_validate_json) if card.is_graded
        )

    def add_scorecard(self, folder: Path, card: Scorecard) -> None:
        """Append a scorecard; older ones stay, and one without a grade would only hide them. Raises: StorageError."""
        if card.is_graded:
            _append_line(folder / SCORECARDS_NAME, card)

    def remarks(self, folder: Path) -> tuple[Remark, ...]:
        """What people added to an interview, oldest first; unreadable lines are passed over."""
        return tuple(_readable(folder / REVIEWS_NAME, REMARK.validate_json))

    def add_remark(self, folder: Path, remark: Remark) -> None:
        """Append what somebody adds; what was said before stays. Raises: StorageError."""
        _append_line(folder / REVIEWS_NAME, remark)

    def write_log(self, folder: Path, events: Sequence[Event]) -> None:
        """The whole log of an interview that begins with a past. Raises: StorageError."""
        try:
            write_private(folder / LOG_NAME, b"".join(line_of(event) for event in events))
        except OSError as error:
            raise storage_error(folder, error) from error

    def open_log(self, folder: Path) -> TranscriptLog:
        """The log of an interview, ready to be written on. Raises: StorageError."""
        log = folder / LOG_NAME
        try:
            if log.is_file():
                mend_end(log)
        except OSError as error:
            raise storage_error(folder, error) from error
        return TranscriptLog(folder)


def _readable(path: Path, parse: Callable[[bytes], ReadT]) -> Iterator[ReadT]:
    """What the lines of a file hold, as far as it can be read."""
    try:
        lines = path.read_bytes().splitlines()
    except OSError:
        return
    for line in lines:
        with suppress(ValueError):
            yield parse(line)


def _append_line(path: Path, record: BaseModel) -> None:
    try:
        append_bytes(path, record.model_dump_json(by_alias=True).encode() + b"\n")
    except OSError as error:
        raise storage_error(path.parent, error) from error


@contextmanager
def sole_writer(folder: Path) -> Iterator[None]:
    """Hold a transcript for writing. Raises: LockedError, when another process does."""
    lock = FileLock(folder / _LOCK_NAME, timeout=0)
    holder = folder / _HOLDER_NAME
    try:
        lock.acquire()
    except Timeout as error:
        pid = "unknown"
        with suppress(OSError):
            pid = holder.read_text()
        raise LockedError(
            f"{folder.name} is open in another window (process {pid}).", "Close it there first."
        ) from error
    except OSError as error:
        raise storage_error(folder, error) from error
    try:
        with suppress(OSError):  # only tells a second window who holds it
            holder.write_text(str(os.getpid()))
        yield
    finally:
        with suppress(OSError):
            holder.unlink(missing_ok=True)
        lock.release()


def _copy_rubric(source: Path, target: Path) -> None:
    if source.is_file():
        write_private(target.with_suffix(".yaml"), source.read_bytes())
        return
    make_private(target)
    for file in sorted(source.glob("*.yaml")):
        write_private(target / file.name, file.read_bytes())


def _modified(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
