"""`fourstep check`: is a rubric, a problem or a transcript whole, and can it work?"""

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path

from fourstep.commands.program import program_of
from fourstep.errors import FourstepError, NotFoundError
from fourstep.files.content import DEFAULT_RUBRIC, STEP_FILES, read_rubric
from fourstep.files.log import LOG_NAME, read_log
from fourstep.files.places import content_folder
from fourstep.files.yaml_source import read_model
from fourstep.foreign_text import one_line
from fourstep.lint import lint_problem, lint_rubric
from fourstep.problem import Problem
from fourstep.wiring.program import Program

FOUND = 7


def run(arguments: argparse.Namespace) -> int:
    """Check the named files, or all bundled content; every fault is a line."""
    program = program_of(arguments)
    bundled = content_folder("rubrics")
    rubric = Path(arguments.rubric) if arguments.rubric else bundled / DEFAULT_RUBRIC
    paths = [Path(name) for name in arguments.files] or [
        rubric,
        *sorted((bundled / "problems").glob("*.yaml")),
        *program.library.own.values(),
    ]
    faults = 0
    for path in paths:
        found = _look_at(path, program)
        faults += len(found.faults)
        for line in found.faults or [f"{path}: {found.praise}"]:
            sys.stdout.write(f"{one_line(line)}\n")
    return FOUND if faults else 0


@dataclass(frozen=True)
class _Found:
    """What was found out about one file or folder."""

    faults: list[str]
    """What is wrong with it, beginning with its name."""
    praise: str = "good"
    """What is said where nothing is."""


def _look_at(path: Path, program: Program) -> _Found:
    try:
        if not path.exists():
            raise NotFoundError(f"{path}: does not exist.", "Check the name.")
        log = path / LOG_NAME if path.is_dir() else path
        if log.suffix == ".jsonl" and log.is_file():
            return _Found(list(read_log(log)[1]))
        if rubric := _rubric_of(path):
            return _Found([f"{path}: {fault}" for fault in lint_rubric(read_rubric(rubric).rubric)])
        problem = read_model(path, Problem)
        faults = [f"{path}: {fault}" for fault in lint_problem(problem, program.loaded.rubric)]
        return _Found(faults, "good, and still marked as a draft" if problem.draft else "good")
    except FourstepError as error:
        return _Found([str(error)])


def _rubric_of(path: Path) -> Path | None:
    """What to read as a rubric: a folder, a file that holds all steps, or the folder of one of its files."""
    if path.is_dir():
        return path
    with path.open(encoding="utf-8", errors="replace") as lines:
        if any(line.startswith("steps:") for line in lines):
            return path
    part_of_one = path.stem in ("rubric", *STEP_FILES) and (path.parent / "rubric.yaml").is_file()
    return path.parent if part_of_one else None
