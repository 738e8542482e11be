"""`fourstep list` and `fourstep delete`: what is kept, and how it is removed."""

import argparse
import json
import sys

from fourstep.commands.program import program_of
from fourstep.errors import UsageError
from fourstep.files.index import Entry, LibraryIndex
from fourstep.files.store import sole_writer
from fourstep.foreign_text import one_line
from fourstep.interview.timing import clock_text
from fourstep.report.scorecard import score_text

_WIDTH, _WITH_NAMES = 28, 44
"""Letters of a problem, and of one with a candidate's name."""


def run(arguments: argparse.Namespace) -> int:
    """Print the interviews, newest first."""
    program = program_of(arguments)
    with LibraryIndex(program.store.root) as index:
        index.refresh()
        entries = index.search(arguments.search) if arguments.search else index.entries()
    if arguments.format == "json":
        rows = [{"schema": "fourstep.interview/1", **entry.as_dict()} for entry in entries]
        sys.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2) + "\n")
    elif entries:
        width = _WITH_NAMES if any(entry.candidate for entry in entries) else _WIDTH
        sys.stdout.write("".join(_row(entry, width) for entry in entries))
    else:
        begin = f"No interviews yet. Start one with: fourstep interview{program.settings.where}"
        sys.stdout.write(f"{'No interview says that.' if arguments.search else begin}\n")
    return 0


def _row(entry: Entry, width: int) -> str:
    when = entry.started_at[:16].replace("T", " ") or "unknown"
    score = f"{score_text(entry.score):>5} {one_line(entry.verdict or '', 14):14}"
    named = f"{entry.problem} · {entry.candidate}" if entry.candidate else entry.problem
    problem = f"{one_line(named, width):{width}}"
    return f"{entry.key:8} {when:16}  {problem} {clock_text(entry.elapsed):>6}  {score} {entry.state}\n"


def delete(arguments: argparse.Namespace) -> int:
    """Remove one interview, after asking."""
    program = program_of(arguments)
    folder = program.store.find(arguments.id)
    if not arguments.yes:
        if arguments.no_input or not sys.stdin.isatty():
            raise UsageError(f"{folder.name} was not deleted: nobody could be asked.", "Say -y to delete it without.")
        sys.stdout.write(f"Delete {folder.name} with its scorecards? Type yes: ")
        sys.stdout.flush()
        if sys.stdin.readline().strip().lower() not in ("y", "yes"):
            sys.stdout.write("Nothing was deleted.\n")
            return 0
    with sole_writer(folder):
        program.store.delete(folder)
    sys.stdout.write(f"Deleted {folder.name}.\n")
    return 0
