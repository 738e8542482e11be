"""Prompts: Markdown files with `$variables`, one a role."""

from collections.abc import Mapping
from pathlib import Path
from string import Template

from fourstep.errors import ContentError
from fourstep.files.places import content_folder


def read_prompts(folder: Path | None = None) -> Mapping[str, Template]:
    """Every prompt by the name of its file without the ending. Raises: ContentError, when one cannot be read."""
    folder = folder or content_folder("prompts")
    try:
        files = [path for path in sorted(folder.glob("*.md")) if path.name != "README.md"]
        return {path.stem: Template(path.read_text(encoding="utf-8")) for path in files}
    except (OSError, UnicodeDecodeError) as error:
        raise ContentError(f"The prompts in {folder} cannot be read: {error}.", "Install fourstep again.") from error
