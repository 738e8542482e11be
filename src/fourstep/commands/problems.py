"""`fourstep problems`: what can be asked, and one problem's statement."""

import argparse
import sys

from fourstep.commands.program import program_of
from fourstep.foreign_text import wrapped


def run(arguments: argparse.Namespace) -> int:
    """List the problems, or show one; never its facts or answers."""
    library = program_of(arguments).library
    if arguments.action == "show":
        problem = library.problem(arguments.problem)
        sys.stdout.write(f"{problem.title} ({problem.id})\n\n{wrapped(problem.statement.strip(), 80)}\n")
        return 0
    for name in library.files:
        problem = library.problem(name)
        sys.stdout.write(f"{problem.id:30} {problem.title}\n")
    return 0
