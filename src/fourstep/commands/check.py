"""`fourstep check`: is a rubric, a problem or a transcript whole, and can it work?"""

import argparse
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from fourstep.commands.program import program_of
from fourstep.errors import FourstepError, NotFoundError
from fourstep.files.content import DEFAULT_RUBRIC, STEP_FILES, read_rubric
from fourstep.files.log import LOG_NAME, read_log
from fourstep.files.places import content_folder
from fourstep.files.yaml_source import line_numbers, read_model
from fourstep.foreign_text import one_line
from fourstep.importing.reading import CAPTIONS
from fourstep.lint import lint_problem, lint_rubric
from fourstep.problem import Problem
from fourstep.wiring.importing import read_source
from fourstep.wiring.program import Program

FOUND = 7
_TRANSCRIPTS = (".md", ".txt", *CAPTIONS)


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
        if path.suffix.lower() in _TRANSCRIPTS:
            named = read_source(path).present
            return _Found([], "good" if named else "can be imported, and does not say who speaks")
        if rubric := _rubric_of(path):
            return _Found(_placed(lint_rubric(read_rubric(rubric).rubric), rubric))
        problem = read_model(path, Problem)
        faults = _placed(lint_problem(problem, program.loaded.rubric), path)
        return _Found(faults, "good, and still marked as a draft" if problem.draft else "good")
    except FourstepError as error:
        return _Found([str(error)])
    except OSError as error:
        return _Found([f"{path}: cannot be read ({error.strerror})."])


def _rubric_of(path: Path) -> Path | None:
    """What to read as a rubric: a folder, a file that holds all steps, or the folder of one of its files."""
    if path.is_dir():
        return path
    with path.open(encoding="utf-8", errors="replace") as lines:
        if any(line.startswith("steps:") for line in lines):
            return path
    part_of_one = path.stem in ("rubric", *STEP_FILES) and (path.parent / "rubric.yaml").is_file()
    return path.parent if part_of_one else None


def _placed(faults: Iterable[str], path: Path) -> list[str]:
    """The faults, each behind the file and, where it is known, the line that it is about."""
    files = [path] if path.is_file() else [path / f"{name}.yaml" for name in ("rubric", *STEP_FILES)]
    lines = {file: line_numbers(file) for file in files}
    return [f"{_place(fault, lines) or path}: {fault}" for fault in faults]


def _place(fault: str, lines: Mapping[Path, Mapping[str, int]]) -> str:
    """File and line of what a fault begins with: a dotted name, or the end of one, such as a criterion's id."""
    first, second, *_ = [*fault.split(": "), ""]
    for name in (f"{first}.{second}", first):
        for file, known in lines.items():
            if line := known.get(name) or next((known[one] for one in known if one.endswith(f".{name}")), None):
                return f"{file}:{line}"
    return ""
