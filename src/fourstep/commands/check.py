"""`fourstep check`: is every rubric and problem whole, and can it work?"""

import argparse
from pathlib import Path

from fourstep.files.content import DEFAULT_RUBRIC, Library, content_folder, read_rubric
from fourstep.lint import lint_problem, lint_rubric


def run(arguments: argparse.Namespace) -> int:
    rubric = read_rubric(Path(arguments.rubric) if arguments.rubric else content_folder("rubrics") / DEFAULT_RUBRIC).rubric
    faults = lint_rubric(rubric)
    library = Library()
    for name in library.files:
        faults += [f"{name}: {fault}" for fault in lint_problem(library.problem(name), rubric)]
    for fault in faults:
        print(fault)
    return 7 if faults else 0
