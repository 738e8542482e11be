"""Problems of one's own: begun from the skeleton or drafted by the model that is set, and kept to be listed."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from fourstep.errors import ConfigurationError, UsageError
from fourstep.files.places import own_problems_folder
from fourstep.files.prompts import read_prompts
from fourstep.files.skeleton import problem_skeleton
from fourstep.files.yaml_source import as_yaml, parse_model, write_content
from fourstep.lint import lint_problem
from fourstep.problem import Problem
from fourstep.wiring.endpoints import endpoint_for
from fourstep.wiring.program import Program

if TYPE_CHECKING:
    from fourstep.llm.drafter import Draft

LONGEST_DESCRIPTION = 20_000
"""Characters; a job description has some 5,000."""


def place_for(program: Program, name: str, output: str | None) -> Path:
    """Where the file goes. Raises: UsageError, when something is there or the name is taken."""
    if name in program.library.bundled:
        raise UsageError(f"{name} is a problem that fourstep brings along.", f"Choose another name, such as my_{name}.")
    path = Path(output) if output else own_problems_folder(program.settings) / f"{name}.yaml"
    if path.exists():
        raise UsageError(f"{path} is there already.", "Choose another name, or another place with -o.")
    return path


def write_skeleton(program: Program, name: str, path: Path) -> None:
    """Write what is to be filled in. Raises: StorageError, ContentError."""
    text = problem_skeleton(name, program.loaded.rubric)
    parse_model(text, Problem, str(path))
    write_content(path, text)


def write_draft(program: Program, name: str, description: str, path: Path, told: Callable[[str], None]) -> "Draft":
    """Write a problem by the model that is set. Raises: ModelError, UsageError, StorageError."""
    endpoint = endpoint_for(program.settings, "grader")
    if endpoint is None:
        raise ConfigurationError(
            "A draft is written by a language model, and none is set.",
            f"Name one with --model, or fill the skeleton in yourself: fourstep problems new {name}",
        )
    if not 0 < len(description.strip()) <= LONGEST_DESCRIPTION:
        raise UsageError(
            f"The description has {len(description):,} characters.", f"Give 1 to {LONGEST_DESCRIPTION:,} of them."
        )
    from fourstep.llm.caller import Caller
    from fourstep.llm.drafter import Drafter

    rubric = program.loaded.rubric
    drafter = Drafter(
        Caller(endpoint, told=told), read_prompts(), rubric, lambda problem: lint_problem(problem, rubric)
    )
    draft = asyncio.run(drafter.draft(name, description))
    head = f"# A draft by {endpoint.model}: nobody has gone over it yet. When you have, take 'draft: true' out.\n"
    text = head + as_yaml(draft.problem)
    parse_model(text, Problem, str(path))
    write_content(path, text)
    return draft
