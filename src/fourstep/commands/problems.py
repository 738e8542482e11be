"""`fourstep problems`: what can be asked, one problem's statement, and a problem of one's own."""

import argparse
import re
import shlex
import sys
from pathlib import Path

from fourstep.commands.program import INCOMPLETE, front_of
from fourstep.errors import UsageError
from fourstep.files.content import Library
from fourstep.files.recordings import read_recorded
from fourstep.foreign_text import one_line, wrapped
from fourstep.wiring.front import Front

_ID = re.compile(r"[a-z][a-z0-9_]{0,59}")
_WIDTH = 80


def run(arguments: argparse.Namespace) -> int:
    """List the problems, show one, never its facts or answers; or write a new one."""
    front = front_of(arguments)
    match arguments.action:
        case "new":
            return _new(front, arguments)
        case "show":
            problem = front.program().library.problem(arguments.problem)
            sys.stdout.write(f"{problem.title} ({problem.id})\n\n{wrapped(problem.statement.strip(), _WIDTH)}\n")
        case _:
            _list(front.program().library)
    return 0


def _list(library: Library) -> None:
    for name in library.files:
        problem = library.problem(name)
        draft = " (draft)" if problem.draft else ""
        sys.stdout.write(f"{problem.id:30} {one_line(problem.title)}{draft}\n")
    for name, reason in library.unusable.items():
        sys.stdout.write(f"{one_line(name):30} cannot be asked: {one_line(str(reason))}\n")


def _new(front: Front, arguments: argparse.Namespace) -> int:
    """Write the skeleton or a draft, and say what is to be done with it."""
    from fourstep.wiring.problems import place_for, write_draft, write_skeleton

    name, program = arguments.name, front.program()
    if not _ID.fullmatch(name):
        slug = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
        proposal = slug if _ID.fullmatch(slug) else "hotel_ranking"
        raise UsageError(
            f"'{one_line(name, 60)}' is no id.", f"Use lower case, digits and underscores, such as {proposal}."
        )
    path = place_for(program, name, arguments.output)
    faults: tuple[str, ...] = ()
    if arguments.source is None:
        write_skeleton(program, name, path)
        _say(f"A skeleton to fill in is in {path}")
    else:
        faults = write_draft(program, name, _description(arguments.source), path, _tell).faults
        _say(f"A draft is in {path}. Go over it: nobody has yet.")
        for fault in faults:
            _say(f"  {fault}")
    quoted = shlex.quote(str(path))
    _say(f"What is wrong with it says: fourstep check {quoted}")
    _say(f"Then hold an interview on it: fourstep interview {quoted if arguments.output else name}{front.where}")
    return INCOMPLETE if faults else 0


def _description(source: str) -> str:
    """A file's text, or the words themselves."""
    try:
        is_file = Path(source).is_file()
    except (OSError, ValueError):  # a sentence too long to be a name
        is_file = False
    return read_recorded(Path(source)).text if is_file else source


def _say(sentence: str) -> None:
    sys.stdout.write(f"{one_line(sentence)}\n")


def _tell(sentence: str) -> None:
    sys.stderr.write(f"{one_line(sentence)}\n")
