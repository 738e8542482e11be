"""Answering again: a new interview, on disk, that goes on from a turn of an earlier one."""

import secrets
from datetime import UTC, datetime
from pathlib import Path

from fourstep import __version__
from fourstep.errors import NotFoundError
from fourstep.files.ids import new_id
from fourstep.files.store import PROBLEM_NAME
from fourstep.interview.fork import forked
from fourstep.interview.timing import plan
from fourstep.rubric import INTERVIEW_STEPS
from fourstep.transcript.events import HINTS_AN_INTERVIEW, Imported, Started
from fourstep.transcript.transcript import transcript_of
from fourstep.wiring.program import Program


def fork(program: Program, folder: Path, turn: int) -> Path:
    """The folder of the new interview, which is resumed like any other.

    It is held with the parent's own problem and rubric. Raises: NotFoundError, TranscriptError, StorageError.
    """
    saved = program.store.read(folder)
    transcript = transcript_of(saved.events, fallback_id=saved.id)
    problem = program.problem_of(transcript.problem, folder)
    if problem is None:
        raise NotFoundError(
            f"What {saved.id} is about has no problem file, so nobody could go on asking.",
            "Import it again with --problem, or write the problem: fourstep problems new",
        )
    rubric = program.rubric_of(folder)
    begun = next((event for event in saved.events if isinstance(event, Started | Imported)), None)
    parent = begun if isinstance(begun, Started) else None
    now = datetime.now(UTC).astimezone()
    steps = parent.steps if parent else INTERVIEW_STEPS
    shares = plan(rubric.rubric, steps, parent.minutes if parent else None)
    started = Started(
        at=now,
        id=new_id(problem.id, now, secrets.token_hex(3)),
        problem=problem.id,
        rubric=rubric.hash,
        level=transcript.level,
        persona=parent.persona if parent else program.settings.persona,
        steps=steps,
        minutes=shares.total / 60,
        brain="model" if program.settings.model_for("interviewer") else "offline",
        hints=parent.hints if parent else HINTS_AN_INTERVIEW,
        seed=secrets.randbelow(1_000_000),
        program=__version__,
        parent=saved.id,
        forked_at=turn,
        candidate=begun.candidate if begun else None,
        others=begun.others if begun else None,
    )
    events = forked(saved.events, turn, started, shares, now)
    kept_problem = folder / PROBLEM_NAME
    source = kept_problem if kept_problem.is_file() else program.library.path(problem.id)
    new = program.store.create(started.id, problem=source, rubric=program.rubric_path_of(folder))
    program.store.write_log(new, events)
    return new
