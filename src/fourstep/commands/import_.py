"""`fourstep import`: recorded interviews into transcripts, which are scored, read and compared like any other."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from fourstep.commands.program import INCOMPLETE, front_of
from fourstep.errors import FourstepError, UsageError
from fourstep.files.ids import key_of
from fourstep.foreign_text import one_line
from fourstep.grading.rules import why_too_short
from fourstep.importing.cast import Voice, candidate_among
from fourstep.interview.timing import clock_text
from fourstep.language.words import word_count
from fourstep.offline.grader import why_unreadable
from fourstep.wiring.held import Held
from fourstep.wiring.importing import About, Source, Split, about, keep, read_source, split_by_inference, split_by_names
from fourstep.wiring.program import Program

_NAME_WIDTH = 24
_FEW_WORDS = 20
"""Of the candidate; whoever answers in an interview says more."""


def run(arguments: argparse.Namespace) -> int:
    """Import every file; of several, one that fails does not keep the others from it."""
    front = front_of(arguments)
    program, failed = front.program(), False
    for name in arguments.files:
        try:
            for line in _imported(program, arguments, Path(name), front.where):
                sys.stdout.write(f"{one_line(line)}\n")
        except FourstepError as error:
            if len(arguments.files) == 1:
                raise
            failed = True
            _tell(f"{name}: {error}")
    return INCOMPLETE if failed else 0


def _imported(program: Program, arguments: argparse.Namespace, path: Path, where: str) -> Iterator[str]:
    """Import one file, and what is to be said of it. Raises: FourstepError."""
    source = _source(arguments, path)
    if known := program.store.imported(source.file.digest):
        yield from _about_known(source, key_of(known), arguments.problem, where)
        return
    split = _split(program, arguments, source)
    what = about(program, source, split, arguments.problem)
    held = program.held(program.store.root / keep(program, source, split, what, arguments.level))
    key = key_of(held.saved.id)
    yield from (_about_turns(source, held), _about_speakers(source, split), _about_problem(what, key, where))
    yield from _about_headings(source)
    if held.transcript.words < _FEW_WORDS:
        yield _about_few_words(split)
    if why := why_unreadable(held.transcript):
        yield why if why_too_short(held.transcript) else f"{why} A model can: fourstep score {key} --model NAME{where}"
    yield f"Imported as {held.saved.id}. It is nobody's practice here: progress, drills and plans leave it out."
    yield f"Score it with: fourstep score {key}{where}"
    yield f"Read it with:  fourstep review {key}{where}"


def _source(arguments: argparse.Namespace, path: Path) -> Source:
    """The file; somebody at a terminal is asked about names that look like headings. Raises: FourstepError."""
    told = [name for name in (arguments.candidate, arguments.interviewer) if name]
    source = read_source(path, told)
    if arguments.no_input or not sys.stdin.isatty():
        return source
    speaking = [name for name in source.recording.doubtful if _speaks(name, source)]
    return read_source(path, [*told, *speaking]) if speaking else source


def _speaks(name: str, source: Source) -> bool:
    question = f"Lines of {source.file.name} begin with '{name}:'. Is that somebody who speaks?"
    try:
        return input(f"{one_line(question)} [y/N] ").strip().lower() in ("y", "yes")
    except EOFError:
        return False


def _about_known(source: Source, key: str, problem: str | None, where: str) -> Iterator[str]:
    """What can be done about a file that was imported before."""
    yield f"{source.file.name} was imported before, as {key}. To import it anew, delete that first:"
    yield f"fourstep delete {key}{where}"
    if problem:
        yield f"To say what it is about, score it again: fourstep score {key} --problem {problem}{where}"


def _split(program: Program, arguments: argparse.Namespace, source: Source) -> Split:
    if not source.present:
        if arguments.candidate or arguments.interviewer:
            _tell(f"{source.file.name} does not say who speaks, so no name is looked for in it.")
        return split_by_inference(program, source, _tell, arguments.first)
    told = candidate_among(source.present, candidate=arguments.candidate, interviewer=arguments.interviewer)
    return split_by_names(source, told or _asked(source, no_input=arguments.no_input))


def _asked(source: Source, *, no_input: bool) -> Voice:
    """Ask who is the candidate, by number. Raises: UsageError, where nobody can be asked."""
    name, present = one_line(source.file.name), source.present
    if no_input or not sys.stdin.isatty():
        names = ", ".join(f"{one_line(voice.name)} ({_words(voice.words)})" for voice in present)
        raise UsageError(f"Who is the candidate in {name}? There are: {names}.", "Say it with --candidate NAME.")
    sys.stdout.write(f"Who is the candidate in {name}?\n")
    for number, voice in enumerate(present, start=1):
        shown = one_line(voice.name, _NAME_WIDTH)
        sys.stdout.write(f"{number:3}  {shown:{_NAME_WIDTH}} {voice.words:6,} words  {voice.opening}\n")
    while True:
        try:
            answer = input("A number: ").strip()
        except EOFError:
            raise UsageError("Nobody was chosen.", "Run it again, or say --candidate NAME.") from None
        if answer.isdecimal() and 1 <= int(answer) <= len(present):
            return present[int(answer) - 1]
        sys.stdout.write(f"Type a number from 1 to {len(present)}.\n")


def _words(count: int) -> str:
    return f"{count:,} word{'s' if count != 1 else ''}"


def _about_turns(source: Source, held: Held) -> str:
    words = sum(word_count(turn.text) for turn in held.transcript.turns)
    time = f", {clock_text(held.saved.elapsed)}" if source.recording.timed else ", without times"
    count = len(held.transcript.turns)
    turns = f"{count} turn{'s' if count != 1 else ''}"
    return f"{source.file.name}: {source.recording.format}, {turns}, {_words(words)}{time}."


def _about_speakers(source: Source, split: Split) -> str:
    if split.inferred_by is None:
        others = ", ".join(voice.name for voice in source.present if voice.name != split.candidate)
        return f"The candidate is {split.candidate}. Interviewing: {others}."
    by = "a language model" if split.inferred_by == "model" else "rules"
    trouble = f" {split.trouble}" if split.trouble else ""
    if any(cue.changes for cue in source.recording.cues):
        began = split.turns[0].speaker
        other = "candidate" if began == "interviewer" else "interviewer"
        says = f"It marks where speakers change, not who speaks: whoever begins was taken for the {began} by {by}."
        return f"{says} If that is wrong, delete it and import it with --first {other}.{trouble}"
    return f"It does not say who speaks: the speakers are inferred by {by}, and some words may be the other's.{trouble}"


def _about_few_words(split: Split) -> str:
    """That the candidate may be somebody else."""
    if split.candidate:
        return f"{split.candidate} hardly speaks. If somebody else is the candidate, delete it, and say --candidate."
    return "Next to nothing in it sounds like a candidate's answer. If it is no interview, delete it."


def _about_headings(source: Source) -> Iterator[str]:
    if names := ", ".join(f"'{name}:'" for name in source.recording.doubtful):
        yield f"Lines that begin with {names} stay in the answers; a speaker of such a name is told by --interviewer."


def _about_problem(what: About, key: str, where: str) -> str:
    if what.problem and what.guessed:
        wrong = f"if that is wrong: fourstep score {key} --problem ID{where}"
        return f"It is about {what.problem.title}, by its first words; {wrong}"
    if what.problem:
        return f"It is about {what.problem.title}."
    if what.name:
        return f"It is about '{what.name}', which has no problem file: it is graded by the rubric alone."
    told = f"fourstep score {key} --problem ID{where}"
    return f"What it is about is left open, so it is graded by the rubric alone; this says it: {told}"


def _tell(sentence: str) -> None:
    sys.stderr.write(f"{one_line(sentence)}\n")
