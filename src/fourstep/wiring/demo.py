"""The demo's recording: a candidate's answers with their times, to be interviewed again by the real engine."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from fourstep.errors import NotFoundError
from fourstep.files.log import LOG_NAME, TranscriptLog, read_log
from fourstep.files.places import content_folder
from fourstep.interview.interview import Clocks
from fourstep.transcript.events import Spoken, Started
from fourstep.wiring.live import Live
from fourstep.wiring.program import Program

_RECORDING = "20261121-video_recommendation-e0a0b1"
"""A strong candidate, who is heard for a minute."""


class Recording:
    """One recorded interview; what the demo makes of it is kept in a folder that goes with the program.

    Raises: NotFoundError, when no example is there.
    """

    def __init__(self, program: Program) -> None:
        self._program = program
        self._folder = tempfile.TemporaryDirectory(prefix="fourstep-demo-", ignore_cleanup_errors=True)
        self._seconds = 0.0
        log = content_folder("examples") / _RECORDING / LOG_NAME
        if not log.is_file():
            raise NotFoundError("The recorded example is not there.", "Install the program again.")
        events, _ = read_log(log)
        self._started = next(event for event in events if isinstance(event, Started))
        self.answers: tuple[Spoken, ...] = tuple(
            event for event in events if isinstance(event, Spoken) and event.speaker == "candidate"
        )

    def move_to(self, elapsed: float) -> None:
        """Set the interview's clock, so that the same is said at the same time as then."""
        self._seconds = elapsed

    @contextmanager
    def opening(self) -> Iterator[Live]:
        """The interview, about to begin."""
        program, problem = self._program, self._program.library.problem(self._started.problem)
        clocks = Clocks(lambda: self._seconds, lambda: datetime.now(UTC).astimezone())
        log = TranscriptLog(Path(self._folder.name))
        interview = program.engine(problem, self._started.steps, self._started.minutes, log, clocks=clocks)
        yield Live(interview, log, problem, self._started.model_copy(update={"at": clocks.wall()}))
