"""The folder of drills, beside the interviews: what was answered, one line each, and what is being typed.

It is read without importing anything that reads rubrics or interviews: the first screen says how many are due.
"""

import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from fourstep.errors import LockedError
from fourstep.files.disk import append_bytes, make_private, storage_error, write_private
from fourstep.practice.drilled import Drilled, drilled_of

FOLDER_NAME = "practice"
DRILLS_NAME = "drills.jsonl"
_LOCK_NAME = ".lock"
_PATIENCE = 5.0
"""Seconds that another process may take to write its line."""


@dataclass(frozen=True, slots=True)
class DrillDraft:
    """An answer that is being typed, with what it answers."""

    problem: str
    """Empty for the framework."""
    question: str
    text: str


class PracticeLog:
    """Appends what was drilled; several processes may do so at once."""

    def __init__(self, root: Path) -> None:
        self.folder = root / FOLDER_NAME

    def read(self) -> tuple[tuple[Drilled, ...], tuple[str, ...]]:
        """What was drilled, oldest first, and a sentence for each line that could not be read."""
        path = self.folder / DRILLS_NAME
        try:
            lines = path.read_bytes().split(b"\n")
        except OSError:  # nothing was drilled, or nothing can be: adding will say so
            return (), ()
        drilled: list[Drilled] = []
        faults: list[str] = []
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                drilled.append(drilled_of(json.loads(line)))
            except (ValueError, RecursionError) as error:
                faults.append(f"{path}: line {number} could not be read ({error}). It is left out.")
        return tuple(drilled), tuple(faults)

    def add(self, drilled: Drilled) -> None:
        """Append one, behind whatever stands there. Raises: StorageError, LockedError."""
        from filelock import FileLock, Timeout  # the first screen only reads

        path = self.folder / DRILLS_NAME
        line = json.dumps(drilled.to_json(), ensure_ascii=False).encode() + b"\n"
        try:
            make_private(self.folder)
            with FileLock(self.folder / _LOCK_NAME, timeout=_PATIENCE):
                append_bytes(path, line if _ends_whole(path) else b"\n" + line)
        except Timeout as error:
            raise LockedError(f"{path} is being written by another window.", "Close it there first.") from error
        except OSError as error:
            raise storage_error(path, error) from error

    def drafts(self, drill: str) -> list[DrillDraft]:
        """What was being typed for a drill, the latest first; what cannot be read is passed over."""
        found: list[tuple[float, DrillDraft]] = []
        for path in self.folder.glob(f"draft-{drill}-*.json"):
            with suppress(OSError, ValueError, TypeError, RecursionError):
                draft = DrillDraft(**json.loads(path.read_bytes()))
                if all(isinstance(text, str) for text in (draft.problem, draft.question, draft.text)):
                    found.append((path.stat().st_mtime, draft))
        return [draft for _, draft in sorted(found, key=lambda pair: pair[0], reverse=True)]

    def save_draft(self, drill: str, draft: DrillDraft) -> None:
        """Keep what is being typed. Raises: StorageError."""
        fields = {"problem": draft.problem, "question": draft.question, "text": draft.text}
        try:
            make_private(self.folder)
            write_private(self._draft_path(drill, draft.problem), json.dumps(fields, ensure_ascii=False).encode())
        except OSError as error:
            raise storage_error(self.folder, error) from error

    def drop_draft(self, drill: str, problem: str) -> None:
        """What was typed is kept elsewhere, or nothing is left of it."""
        with suppress(OSError):
            self._draft_path(drill, problem).unlink(missing_ok=True)

    def _draft_path(self, drill: str, problem: str) -> Path:
        return self.folder / f"draft-{drill}-{problem}.json"


def _ends_whole(path: Path) -> bool:
    """Whether the file ends with a whole line; a torn one must not swallow the next."""
    try:
        with path.open("rb") as file:
            file.seek(-1, 2)
            return file.read(1) == b"\n"
    except OSError:  # no file, or an empty one
        return True
