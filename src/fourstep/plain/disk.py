"""What is said and asked when the disk refuses."""

from pathlib import Path

from fourstep.errors import StorageError
from fourstep.plain.lines import line, note
from fourstep.wiring.live import Live


class Disk:
    """Follows the log of one interview; each trouble is told once."""

    def __init__(self, live: Live, *, terminal: bool) -> None:
        self._live = live
        self._terminal = terminal
        self._told: str | None = None

    def tell(self) -> None:
        """Say that the disk refuses, and offer another place."""
        trouble = self._live.log.trouble
        if trouble is None:
            self._told = None
        elif trouble.message != self._told:
            self._told = trouble.message
            note(f"{trouble.message} The interview goes on in memory.")
            self._offer_another_place()

    def _offer_another_place(self) -> None:
        if not self._terminal:
            note("Once that is mended, what was said is written with the next answer.")
            return
        try:
            place = input("Another folder to save in (empty: go on in memory): ").strip()
            if place:
                self._live.log.move_to(Path(place).expanduser() / self._live.id)
                line(f"Saved in {self._live.log.folder}; later, use --data-dir {self._live.log.folder.parent}")
        except (EOFError, RuntimeError):  # no answer, or a home folder that does not exist
            note("Going on in memory.")
        except StorageError as error:
            note(str(error))
