"""Rubrics and problems: where they lie, read whole or not at all."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pydantic import Field, ValidationError

from fourstep.content import Content, Id, Phrase, Text
from fourstep.errors import ContentError, NotFoundError
from fourstep.files.places import content_folder
from fourstep.files.yaml_source import read_model, read_text
from fourstep.problem import Problem, unfilled
from fourstep.rubric import Rubric, Step

STEP_FILES = ("frame", "data", "model", "serve", "throughout")
DEFAULT_RUBRIC = "ml_system_design"


class RubricFile(Content):
    """`rubric.yaml`: all of a rubric but its steps, which have a file each beside it."""

    id: Id
    title: Text
    version: int
    close_minutes: float
    bars: dict[str, float]
    must_not_miss: tuple[Id, ...]
    concepts: dict[Id, tuple[Phrase, ...]] = Field(default_factory=dict)
    lines: dict[Id, tuple[Text, ...]] = Field(default_factory=dict)


@dataclass(frozen=True)
class LoadedRubric:
    """A rubric with the hash of the files it came from."""

    rubric: Rubric
    hash: str


def read_rubric(folder: Path) -> LoadedRubric:
    """The rubric in a folder, or in one file that holds all. Raises: ContentError."""
    if folder.is_file():
        return LoadedRubric(read_model(folder, Rubric), _hash([folder]))
    if not folder.is_dir():
        raise NotFoundError(f"There is no rubric at {folder}.", "Name a folder with a rubric.yaml, or a file.")
    head = read_model(folder / "rubric.yaml", RubricFile)
    files = [folder / f"{name}.yaml" for name in STEP_FILES]
    steps = tuple(read_model(file, Step) for file in files)
    try:
        rubric = Rubric.model_validate({**head.model_dump(), "steps": steps})
    except ValidationError as error:
        fault = error.errors()[0]
        place = ".".join(str(part) for part in fault["loc"])
        raise ContentError(f"{folder / 'rubric.yaml'}: {place}: {fault['msg']}.", "Mend it.") from error
    return LoadedRubric(rubric, _hash([folder / "rubric.yaml", *files]))


def rubric_id(folder: Path) -> str | None:
    """The id of a rubric, off the line that names it: to read it whole takes a third of a second."""
    return _on_line(folder / "rubric.yaml" if folder.is_dir() else folder, r"^id:[ \t]*([a-z0-9_]+)")


def ids_in(rubric: Path) -> frozenset[str]:
    """The ids of all that stands in a rubric, its criteria among them, off the lines that name them."""
    files = rubric.glob("*.yaml") if rubric.is_dir() else [rubric]
    return frozenset(name for file in files for name in re.findall(r"\bid[\"']?:\s*[\"']?([a-z0-9_]+)", _text(file)))


def title_in(path: Path) -> str | None:
    """What a problem is called, off that line; a title that is quoted or folded is not read."""
    return _on_line(path, r"^title:[ \t]+([^\s'\"|>#].*?)[ \t]*(?: #.*)?$")


def _on_line(path: Path, pattern: str) -> str | None:
    found = re.search(pattern, _text(path), re.M)
    return found[1] if found else None


def _text(path: Path) -> str:
    """A file's text; nothing where it cannot be read, which whoever reads it whole will say."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def _hash(files: list[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(read_text(file).encode())
    return digest.hexdigest()[:16]


class Library:
    """The problems that can be asked: the bundled ones, each read when it is first needed, and a user's own."""

    def __init__(self, folder: Path | None = None, own: Path | None = None) -> None:
        self._folder = folder or content_folder("rubrics") / "problems"
        self._own = own
        self._read: dict[Path, Problem] = {}

    @cached_property
    def files(self) -> Mapping[str, Path]:
        """Problem ids and where they lie; one of the user's own goes before a bundled one of its name."""
        return {**self.bundled, **{name: path for name, path in self.own.items() if name not in self.unusable}}

    @cached_property
    def bundled(self) -> Mapping[str, Path]:
        """The files that the product ships."""
        return {path.stem: path for path in sorted(self._folder.glob("*.yaml"))}

    @cached_property
    def own(self) -> Mapping[str, Path]:
        """The user's own files, usable or not."""
        return {path.stem: path for path in sorted(self._own.glob("*.yaml"))} if self._own else {}

    @cached_property
    def unusable(self) -> Mapping[str, ContentError]:
        """Those of the user's own that cannot be asked, with the reason: nothing else waits for them to be mended."""
        reasons: dict[str, ContentError] = {}
        for name, path in self.own.items():
            try:
                self._checked(path, name)
            except ContentError as error:
                reasons[name] = error
        return reasons

    def path(self, name: str) -> Path:
        """Where the problem of that id, unique prefix of one, or path lies. Raises: NotFoundError, ContentError."""
        if name in self.unusable and name not in self.files:
            raise self.unusable[name]
        if name.endswith((".yaml", ".yml")) or "/" in name or "\\" in name:
            return Path(name)
        return self.files[name if name in self.files else self._by_prefix(name)]

    def problem(self, name: str) -> Problem:
        """The problem of that id, unique prefix of one, or path. Raises: NotFoundError, ContentError."""
        path = self.path(name)
        return self._checked(path, path.stem if path in self.files.values() else None)

    def find(self, name: str | None) -> Problem | None:
        """The problem of exactly that id, or None where there is no file for it."""
        return self.problem(name) if name and name in self.files else None

    def _checked(self, path: Path, name: str | None) -> Problem:
        """What a file holds: whole, and of the id that its name says. Raises: ContentError."""
        if path not in self._read:
            problem = read_model(path, Problem)
            if name and problem.id != name:
                raise ContentError(f"{path}: id: is '{problem.id}'.", f"Name it '{name}', as its file.")
            if open_places := len(list(unfilled(problem))):
                what = "one place is" if open_places == 1 else f"{open_places} places are"
                raise ContentError(f"{path}: {what} still to be filled in.", f"See which: fourstep check {path}")
            self._read[path] = problem
        return self._read[path]

    def _by_prefix(self, prefix: str) -> str:
        fitting = [key for key in self.files if key.startswith(prefix.replace("-", "_"))]
        if len(fitting) == 1:
            return fitting[0]
        known = ", ".join(fitting or self.files)
        what = f"'{prefix}' could be several problems." if fitting else f"There is no problem '{prefix}'."
        raise NotFoundError(what, f"Choose one of: {known}.")
