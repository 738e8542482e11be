"""The file that a problem of one's own begins from, guided by comments and by the rubric's own criteria."""

import json
from string import Template

from fourstep.errors import ContentError
from fourstep.files.places import content_folder
from fourstep.problem import PLACEHOLDER
from fourstep.rubric import Rubric

SKELETON_NAME = "problem.skeleton.yaml"


def problem_skeleton(name: str, rubric: Rubric) -> str:
    """The skeleton for a problem of that id. Raises: ContentError, when it is not there."""
    path = content_folder("rubrics") / SKELETON_NAME
    try:
        template = Template(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ContentError(f"{path}: cannot be read ({error.strerror}).", "Install fourstep again.") from error
    first, *_, last = (criterion.id for criterion in rubric.criteria)
    return template.substitute(name=name, first=first, last=last, strong="\n".join(_strong(rubric)))


def _strong(rubric: Rubric) -> list[str]:
    """A line for every criterion, with what it is about, under the title of its step."""
    lines: list[str] = []
    for step in rubric.steps:
        lines.append(f"  # {step.title}")
        lines += [
            f"  {criterion.id}: {json.dumps(f'{PLACEHOLDER}: {criterion.about}', ensure_ascii=False)}"
            for criterion in step.criteria
        ]
    return lines
