"""YAML read safely and checked against a model; an error names file, line, key and what was expected."""

import json
import shlex
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from fourstep.errors import ContentError, NotFoundError
from fourstep.files.disk import storage_error

LARGEST_FILE = 1_000_000
"""Bytes of one content file."""
MOST_NODES = 50_000
DEEPEST = 40

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's where the wheel has it: ten times as fast."""

Place = tuple[str | int, ...]
ModelT = TypeVar("ModelT", bound=BaseModel)


def read_model(path: Path, model: type[ModelT]) -> ModelT:
    """The file's content as a model. Raises: NotFoundError; ContentError, naming the first fault."""
    return parse_model(read_text(path), model, str(path))


def read_text(path: Path) -> str:
    """The file's text. Raises: NotFoundError; ContentError, when it cannot be read, is too large or is not UTF-8."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise ContentError(f"{path}: is larger than {LARGEST_FILE // 1000} kB.", "Split or shorten it.")
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise NotFoundError(f"There is no file {path}.", "Check the name.") from error
    except OSError as error:
        raise ContentError(f"{path}: cannot be read ({error.strerror}).", "Check the name and its rights.") from error
    except UnicodeDecodeError as error:
        raise ContentError(f"{path}: is not UTF-8 text (byte {error.start}).", "Save it as UTF-8.") from error


def parse_model(text: str, model: type[ModelT], name: str) -> ModelT:
    """YAML text as a model; `name` stands for the file in messages. Raises: ContentError."""
    data, lines = _plain_data(text, name)
    try:
        return model.model_validate_json(json.dumps(data))
    except ValidationError as error:
        raise ContentError(*_first_fault(error, data, lines, name)) from error


def line_numbers(path: Path) -> dict[str, int]:
    """Where each key and item stands, by its dotted name: `facts.goal.tells`. Raises: ContentError."""
    data, lines = _plain_data(read_text(path), str(path))
    return {_dotted(place, data): line for place, line in lines.items()}


def as_yaml(model: BaseModel) -> str:
    """A model as a file that reads back as the same; what is as by default is left out."""
    data = model.model_dump(mode="json", exclude_defaults=True)
    return str(yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=110))


def write_content(path: Path, text: str) -> None:
    """Write a new content file; one that is there is not replaced. Raises: StorageError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise storage_error(path, error) from error


def _plain_data(text: str, name: str) -> tuple[Any, dict[Place, int]]:
    """The document as dicts, lists and scalars, with the line of every key and item."""
    try:
        _check_depth(text, name)
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        problem = getattr(error, "problem", None) or str(error).split("\n")[0]
        raise ContentError(f"{name}:{line}: is not YAML: {problem}.", "Mend the line, or the one before it.") from error
    except (RecursionError, ValueError) as error:
        raise ContentError(f"{name}: is nested too deeply or holds odd characters.", "Simplify it.") from error
    if root is None:
        raise ContentError(f"{name}: is empty.", "Start from one of the files in rubrics/problems/.")
    walk = _Walk(name)
    return walk.data(root, ()), walk.lines


def _check_depth(text: str, name: str) -> None:
    """libyaml composes by recursion, in C: what is nested too deeply must not get there."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            raise ContentError(f"{name}: is nested too deeply.", "Simplify it.")


class _Walk:
    """Turns nodes into data, refusing what could hurt: size, depth, duplicate keys, odd types."""

    def __init__(self, name: str) -> None:
        self.lines: dict[Place, int] = {}
        self._name = name
        self._seen: set[int] = set()
        self._scalars = _LOADER("")

    def data(self, node: Node, place: Place) -> Any:
        if id(node) in self._seen:  # an alias composes to the very node of its anchor
            raise self._fault(node, "is used again by an alias; write it out")
        self._seen.add(id(node))
        self.lines.setdefault(place, node.start_mark.line + 1)
        if len(self._seen) > MOST_NODES or len(place) > DEEPEST:
            raise self._fault(node, "is too large or too deep to be a content file")
        if isinstance(node, MappingNode):
            return self._mapping(node, place)
        if isinstance(node, SequenceNode):
            return [self.data(item, (*place, number)) for number, item in enumerate(node.value)]
        return self._scalar(node)

    def _mapping(self, node: MappingNode, place: Place) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, ScalarNode):
                raise self._fault(key_node, "has a key that is not a word")
            key = str(key_node.value)
            if key in mapping:
                raise self._fault(key_node, f"has the key '{key}' twice")
            self.lines[(*place, key)] = key_node.start_mark.line + 1
            mapping[key] = self.data(value_node, (*place, key))
        return mapping

    def _scalar(self, node: Node) -> Any:
        try:
            value = self._scalars.construct_object(node)
        except (yaml.YAMLError, ValueError, OverflowError, LookupError, AttributeError) as error:
            raise self._fault(node, f"has a value that cannot be read: {str(node.value)[:40]!r}") from error
        if isinstance(value, float) and not abs(value) < float("inf"):
            raise self._fault(node, "has a number that is not finite")
        return value if value is None or isinstance(value, str | bool | int | float) else str(node.value)

    def _fault(self, node: Node, what: str) -> ContentError:
        return ContentError(f"{self._name}:{node.start_mark.line + 1}: {what}.", "Mend that line.")


def _dotted(place: Place, data: Any) -> str:
    """A place by its keys; an item of a list goes by its id where it has one, else by its number, from 1 on."""
    names = []
    for part in place:
        if isinstance(data, list) and isinstance(part, int):
            data = data[part]
            own = data.get("id") if isinstance(data, dict) else None
            names.append(own if isinstance(own, str) and own.isidentifier() else str(part + 1))
        else:
            data = data.get(part) if isinstance(data, dict) else None
            names.append(str(part))
    return ".".join(names)


def _first_fault(error: ValidationError, data: Any, lines: dict[Place, int], name: str) -> tuple[str, str]:
    faults = error.errors(include_url=False)
    misspelt = (one for one in faults if one["type"] == "extra_forbidden")
    fault = next(misspelt, faults[0])  # a misspelt key explains the missing one that is reported with it
    place: Place = tuple(fault["loc"])
    known = place
    while known and known not in lines:
        known = known[:-1]
    key = _dotted(place, data) or "the document"
    more = len(faults) - 1
    also = f" ({more} more after it)" if more else ""
    expected = fault["msg"][:1].lower() + fault["msg"][1:]
    mend = f"Mend it and run: fourstep check {shlex.quote(name)}"
    return f"{name}:{lines.get(known, 1)}: {key}: {expected}{also}.", mend
