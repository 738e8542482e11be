"""What an import is about, told later: its log keeps what was thought before."""

from pathlib import Path

from fourstep.files.disk import storage_error, write_private
from fourstep.files.store import PROBLEM_NAME, Store, sole_writer
from fourstep.transcript.events import Imported


def correct(store: Store, folder: Path, corrected: Imported, problem: Path) -> None:
    """Append how it was imported, as it should have been, and copy the problem. Raises: StorageError, LockedError."""
    with sole_writer(folder):
        try:
            write_private(folder / PROBLEM_NAME, problem.read_bytes())
        except OSError as error:
            raise storage_error(folder, error) from error
        log = store.open_log(folder)
        log.append(corrected)
    if log.trouble:
        raise log.trouble
