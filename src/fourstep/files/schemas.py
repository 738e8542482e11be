"""JSON schemas of the content files, for editors: `python -m fourstep.files.schemas FOLDER` writes them."""

import json
import sys
from pathlib import Path

from pydantic import BaseModel

from fourstep.files.content import RubricFile
from fourstep.problem import Problem
from fourstep.rubric import Rubric, Step

SCHEMAS: dict[str, type[BaseModel]] = {
    "problem.schema.json": Problem,
    "rubric_head.schema.json": RubricFile,
    "rubric_step.schema.json": Step,
    "rubric.schema.json": Rubric,
}


def schema_texts() -> dict[str, str]:
    """Every schema's text by its file name."""
    return {
        name: json.dumps(model.model_json_schema(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        for name, model in SCHEMAS.items()
    }


def write_schemas(folder: Path) -> None:
    """Write them all into a folder. Raises: OSError."""
    for name, text in schema_texts().items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write_schemas(Path(sys.argv[1]))
