"""Folders of labelled transcripts: `labels.yaml` beside one Markdown file each."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, RootModel

from fourstep.content import Id
from fourstep.errors import ContentError, NotFoundError
from fourstep.files.yaml_source import read_model, read_text
from fourstep.transcript.prose import parse_prose
from fourstep.transcript.transcript import Transcript


class Labels(BaseModel):
    """What people, or whoever rated, gave one transcript; keys beside these are theirs."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)

    kind: str = "unknown"
    levels: dict[Id, Annotated[int, Field(ge=0, le=3)]]


class LabelFile(RootModel[dict[str, Labels]]):
    """`labels.yaml`: transcript id to labels."""


@dataclass(frozen=True)
class Labelled:
    """A transcript with its labels."""

    transcript: Transcript
    labels: Labels


def read_labelled(folder: Path) -> tuple[Labelled, ...]:
    """All labelled transcripts of a folder. Raises: NotFoundError, ContentError, TranscriptError."""
    labels_file = folder / "labels.yaml"
    if not labels_file.is_file():
        raise NotFoundError(f"There is no labels.yaml in {folder}.", "Name a folder with labelled transcripts.")
    labels = read_model(labels_file, LabelFile).root
    missing = [name for name in labels if not (folder / f"{name}.md").is_file()]
    if missing:
        raise ContentError(f"{labels_file}: {missing[0]}: there is no {missing[0]}.md beside it.", "Add the file.")
    return tuple(
        Labelled(parse_prose(read_text(folder / f"{name}.md"), name=name), entry) for name, entry in labels.items()
    )
