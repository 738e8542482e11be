"""What the first screen needs and nothing heavier: settings, the folder of interviews, its index.

Models of transcripts, rubrics and scorecards take longer to import than a first screen may take to appear; `program`
brings them in when they are first needed.
"""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from fourstep.files.disk import scratch_file
from fourstep.files.draft import read_draft
from fourstep.files.index import Entry, LibraryIndex
from fourstep.files.places import interviews_folder
from fourstep.files.practice import PracticeLog
from fourstep.practice.deck import deck_of, due_today
from fourstep.practice.progress import series_of, weakest_criterion
from fourstep.settings import Settings

if TYPE_CHECKING:
    from fourstep.wiring.demo import Recording
    from fourstep.wiring.practice import Practice
    from fourstep.wiring.program import Program

__all__ = ["Entry", "Front", "Outlook", "practice_of", "recording_of"]

_GRADED = 50
"""Judgements that are looked at: more than the last interviews have, by however many graders."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is to be practised next."""

    due: int
    """Drills that are due today."""
    weakest: tuple[str, int, int] | None
    """A criterion's id, in how many interviews it was not solid, and of how many; None where all was solid."""


def recording_of(program: "Program") -> "Recording":
    """The demo's recording. Raises: NotFoundError."""
    from fourstep.wiring.demo import Recording

    return Recording(program)


def practice_of(program: "Program") -> "Practice":
    """Progress, drills and plans over a program's interviews."""
    from fourstep.wiring.practice import Practice

    return Practice(program)


class Front:
    """The door of the program."""

    def __init__(self, settings: Settings, *, rubric_path: Path | None = None) -> None:
        self.settings = settings
        self._rubric_path = rubric_path
        self._lock = Lock()
        self._program: Program | None = None

    @cached_property
    def root(self) -> Path:
        """The folder of interviews."""
        return interviews_folder(self.settings)

    def change(self, settings: Settings) -> None:
        """Other settings are in force from now on; where interviews are kept stays as it is."""
        with self._lock:
            self.settings = settings
            if self._program is not None:
                self._program.settings = settings

    def index(self) -> LibraryIndex:
        """The library's index, for one thread. Raises: StorageError."""
        return LibraryIndex(self.root)

    @property
    def where(self) -> str:
        """What a command needs besides, to find the same interviews: the folder, where a flag named it."""
        return self.settings.where

    def newest(self, most: int) -> list[Entry]:
        """The newest interviews as they were when they were last indexed. Raises: StorageError."""
        with self.index() as index:
            return index.entries(most)

    def refreshed(self, most: int) -> tuple[list[Entry], int]:
        """The newest interviews after a look at what changed, and how many there are. Raises: StorageError."""
        with self.index() as index:
            index.refresh()
            return index.entries(most), index.count()

    def outlook(self) -> Outlook:
        """What is to be practised next, from the index as it is. Raises: StorageError.

        What is no drill by the rubric in force is not counted; that rubric is not read whole for it.
        """
        from fourstep.files.content import ids_in

        with self.index() as index:
            graded = index.graded(_GRADED)
        drilled, _ = PracticeLog(self.root).read()
        series = series_of(graded)
        due = due_today(deck_of(graded, drilled, ids_in(self.program().rubric_path)), datetime.now().astimezone())
        return Outlook(len(due), weakest_criterion(series[0].recent) if series else None)

    def found(self, words: str) -> list[Entry]:
        """The interviews in whose problem or turns the words stand. Raises: StorageError."""
        with self.index() as index:
            return index.search(words)

    def draft_of(self, entry: Entry) -> str:
        """The unsent answer of an interview."""
        return read_draft(self.root / entry.id)[0]

    def scratch_file(self, text: str) -> AbstractContextManager[Path]:
        """A private file that holds the text for an editor and goes afterwards."""
        return scratch_file(text)

    def program(self) -> "Program":
        """Everything else; threads may ask at once. The first call takes a third of a second."""
        with self._lock:
            if self._program is None:
                from fourstep.wiring.program import Program

                self._program = Program(self.settings, rubric_path=self._rubric_path)
            return self._program
