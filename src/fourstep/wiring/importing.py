"""Importing a recorded interview: who speaks, what it is about, and its place among those that were held here."""

import asyncio
import secrets
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from fourstep import __version__
from fourstep.choices import Level
from fourstep.errors import ContentError, ModelError, UsageError
from fourstep.files.correction import correct
from fourstep.files.ids import new_id
from fourstep.files.prompts import read_prompts
from fourstep.files.recordings import Recorded, read_recorded
from fourstep.files.store import Saved
from fourstep.importing.cast import Voice, folded, voices
from fourstep.importing.guessing import guessed_problem
from fourstep.importing.reading import parse_recording
from fourstep.importing.recording import Recording
from fourstep.importing.rules import as_turns, hard_to_tell, turns_by_rules
from fourstep.importing.sentences import Sentence, sentences_of
from fourstep.importing.turns import Utterance, turns_of
from fourstep.problem import Problem
from fourstep.transcript.events import Brain, Ended, Event, Imported, Speaker, Spoken
from fourstep.transcript.prose import level_of
from fourstep.wiring.endpoints import endpoint_for
from fourstep.wiring.program import Program

NO_PROBLEM = "imported"
"""Stands in the id of an interview of which nobody knows what it is about."""

_WITHOUT_STOPS = "It has no full stops, and without them rules tell speakers apart badly; with --model a model does."


@dataclass(frozen=True)
class Source:
    """A file that was read."""

    file: Recorded
    recording: Recording
    present: tuple[Voice, ...]
    """Those who are named as speakers; one alone says nothing about who is who, and counts as nobody."""


@dataclass(frozen=True)
class Split:
    """A recording's turns, and how it is known who speaks."""

    turns: tuple[Utterance, ...]
    candidate: str | None = None
    """The name that the candidate has in the file."""
    inferred_by: Brain | None = None
    """Who worked out the speakers; None where the file says them."""
    trouble: str = ""
    """Why the model that is set did not do it, and why the rules may have done it badly."""


@dataclass(frozen=True)
class About:
    """What an interview is about."""

    problem: Problem | None = None
    file: Path | None = None
    name: str | None = None
    """What the file itself says, where no problem of the library is of that name."""
    guessed: bool = False


def read_source(path: Path, told: Collection[str] = ()) -> Source:
    """The recording in a file, in which people of the names that were told speak.

    Raises: NotFoundError, TranscriptError.
    """
    file = read_recorded(path)
    recording = parse_recording(file.text, file.name, told)
    present = voices(recording)
    return Source(file, recording, present if len(present) > 1 else ())


def split_by_names(source: Source, candidate: Voice) -> Split:
    """The turns of a recording that says who speaks."""
    return Split(turns_of(source.recording, candidate.name), candidate.name)


def split_by_inference(
    program: Program, source: Source, told: Callable[[str], None], first: Speaker | None = None
) -> Split:
    """The turns of a recording that does not: by the model that is set, else, or where that fails, by rules.

    Who speaks first is a matter of rules: where it is told, they do it.
    """
    sentences = sentences_of(source.recording.cues)
    trouble = ""
    try:
        if first is None and (split := asyncio.run(_by_model(program, sentences, told))):
            return split
    except ModelError as error:
        trouble = str(error)
    if hard_to_tell(sentences):
        trouble = f"{trouble} {_WITHOUT_STOPS}".strip()
    return Split(turns_by_rules(sentences, first), inferred_by="offline", trouble=trouble)


async def _by_model(program: Program, sentences: Sequence[Sentence], told: Callable[[str], None]) -> Split | None:
    endpoint = endpoint_for(program.settings, "grader")
    if endpoint is None:
        return None
    from fourstep.llm.caller import Caller  # langchain-core, which an import by rules does not wait for
    from fourstep.llm.splitter import Splitter

    splitter = Splitter(Caller(endpoint, told=told), read_prompts(), told)
    return Split(as_turns(sentences, await splitter.speakers(sentences)), inferred_by="model")


def about(program: Program, source: Source, split: Split, name: str | None) -> About:
    """The problem that was named, by the command or in the file, else the one that the first words name.

    Raises: NotFoundError, ContentError.
    """
    if name:
        return About(program.library.problem(name), program.library.path(name))
    said = source.recording.front.get("problem")
    if found := program.library.find(said):
        return About(found, program.library.path(found.id))
    if said:
        return About(name=said)
    guess = guessed_problem(split.turns, _readable(program))
    return About(guess, program.library.path(guess.id), guessed=True) if guess else About()


def _readable(program: Program) -> Iterator[Problem]:
    for name in program.library.files:
        try:
            yield program.library.problem(name)
        except ContentError:
            continue


def keep(program: Program, source: Source, split: Split, what: About, level: Level | None) -> str:
    """Put it among the interviews; returns its id. Raises: StorageError."""
    now = datetime.now(UTC).astimezone()
    imported = Imported(
        at=now,
        seq=1,
        id=new_id(what.problem.id if what.problem else NO_PROBLEM, now, secrets.token_hex(3)),
        source=source.file.name,
        format=source.recording.format,
        problem=what.problem.id if what.problem else what.name,
        guessed=what.guessed,
        level=level or level_of(source.recording.front.get("level")) or program.settings.level,
        candidate=split.candidate,
        others=tuple(voice.name for voice in source.present if folded(voice.name) != folded(split.candidate or "")),
        speakers="inferred" if split.inferred_by else "marked",
        inferred_by=split.inferred_by,
        timed=source.recording.timed,
        digest=source.file.digest,
        program=__version__,
    )
    folder = program.store.create(imported.id, problem=what.file, rubric=program.rubric_path)
    try:
        program.store.write_log(folder, list(_events(imported, split.turns)))
    except BaseException:
        program.store.delete(folder)
        raise
    return imported.id


def told_problem(program: Program, saved: Saved, name: str) -> Saved:
    """An import with the problem that somebody says it is about: the log keeps what was thought before.

    Raises: UsageError, for an interview that was held here; NotFoundError, ContentError, StorageError, LockedError.
    """
    imported = next((event for event in reversed(saved.events) if isinstance(event, Imported)), None)
    if imported is None:
        raise UsageError(
            f"{saved.id} was held here, on its own problem; --problem is for transcripts and imports.",
            "Leave it out.",
        )
    problem = program.library.problem(name)
    if problem.id == imported.problem and not imported.guessed:
        return saved
    corrected = imported.model_copy(
        update={
            "at": datetime.now(UTC).astimezone(),
            "seq": saved.events[-1].seq + 1,
            "elapsed": saved.events[-1].elapsed,
            "problem": problem.id,
            "guessed": False,
        }
    )
    correct(program.store, saved.folder, corrected, program.library.path(name))
    return program.store.read(saved.folder)


def _events(imported: Imported, turns: Sequence[Utterance]) -> Iterator[Event]:
    """The log of an interview that is over."""
    yield imported
    elapsed = 0.0
    for number, turn in enumerate(turns, start=1):
        elapsed = max(elapsed, turn.at or 0.0)
        yield Spoken(at=imported.at, seq=number + 1, elapsed=elapsed, turn=number, speaker=turn.speaker, text=turn.text)
    end = max([elapsed, *(turn.until for turn in turns if turn.until is not None)])
    yield Ended(at=imported.at, seq=len(turns) + 2, elapsed=end, why="finished")
