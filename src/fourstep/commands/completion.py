"""`fourstep completion`: the script for a shell, and what that script asks for at every press of the key.

Nothing here reads a transcript, a rubric or a network: a press has 150 ms.
"""

import argparse
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # takes a third of the time of a press
    from fourstep.settings import Settings

Candidate = tuple[str, str]
"""A word, and what it is."""

_INTERVIEW = re.compile(r"(\d{4})(\d\d)(\d\d)-(\w+)-(\w+)")
_PLAIN_WORD = re.compile(r"[\w.:/@=+-]+")
"""A shell puts what it completes on the line as it is, so a word must not be more than a word."""
_MOST_INTERVIEWS = 100


def run(arguments: argparse.Namespace) -> int:
    """Print the script."""
    script = Path(__file__).with_name("shells") / arguments.shell
    sys.stdout.write(script.read_text(encoding="utf-8"))
    return 0


def complete(root: argparse.ArgumentParser, words: Sequence[str]) -> int:
    """Print what may stand for the last of the words behind the program's name: a line each, a tab, and what it is.

    Nothing is printed where the shell should offer files.
    """
    *before, last = words or [""]
    last = last.strip("\"'")
    place = _Place(root)
    for word in before:
        place.pass_over(word)
    for word, about in place.candidates(last):
        if _PLAIN_WORD.fullmatch(word):
            sys.stdout.write(f"{word}\t{' '.join(about.split())}\n")
    return 0


class _Place:
    """Where on the command line the cursor is."""

    def __init__(self, root: argparse.ArgumentParser) -> None:
        self._parser = root
        self._positionals = _positionals(root)
        self._awaited: argparse.Action | None = None
        """The flag whose value comes next."""
        self._flags: dict[str, Path] = {}

    def pass_over(self, word: str) -> None:
        """A word that stands before the cursor."""
        if self._awaited:
            self._flags[self._awaited.dest] = Path(word)
            self._awaited = None
        elif word.startswith("-"):
            name, given, value = word.partition("=")
            flag = self._flag(name)
            if flag and given:
                self._flags[flag.dest] = Path(value)
            elif flag and flag.nargs != 0:
                self._awaited = flag
        elif self._positionals:
            self._pass_positional(word)

    def _pass_positional(self, word: str) -> None:
        action = self._positionals[0]
        if isinstance(action, argparse._SubParsersAction):
            self._parser = action.choices.get(word, argparse.ArgumentParser(add_help=False))
            self._positionals = _positionals(self._parser)
        elif action.nargs not in ("*", "+"):
            self._positionals = self._positionals[1:]

    def candidates(self, last: str) -> Iterator[Candidate]:
        """What may stand here and begins so."""
        name, given, value = last.partition("=")
        flag = self._flag(name) if given else None
        if self._awaited:
            yield from self._values(self._awaited, last)
        elif flag:
            yield from ((f"{name}={word}", about) for word, about in self._values(flag, value))
        elif last.startswith("-"):
            yield from _beginning(last, _flags(self._parser))
        elif self._positionals:
            yield from self._values(self._positionals[0], last)

    def _flag(self, name: str) -> argparse.Action | None:
        return self._parser._option_string_actions.get(name)

    def _values(self, action: argparse.Action, last: str) -> Iterator[Candidate]:
        """What an argument can be: one of its choices, or what this machine knows for its name."""
        if isinstance(action, argparse._SubParsersAction):
            yield from _beginning(last, ((one.dest, one.help or "") for one in action._choices_actions))
        elif action.choices:
            yield from _beginning(last, ((str(choice), "") for choice in action.choices))
        elif known := _KNOWN.get(action.dest):
            yield from known(self._settings(), last)

    def _settings(self) -> "Settings":
        """The settings that the line asks for."""
        from fourstep.settings import read_settings

        if "config" in self._flags:
            os.environ["FOURSTEP_CONFIG"] = str(self._flags["config"])
        return read_settings(data_dir=self._flags.get("data_dir"))


def _positionals(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    return [action for action in parser._actions if not action.option_strings]


def _flags(parser: argparse.ArgumentParser) -> Iterator[Candidate]:
    """A flag's long name."""
    return ((action.option_strings[-1], action.help or "") for action in parser._actions if action.option_strings)


def _beginning(last: str, candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    return (candidate for candidate in candidates if candidate[0].startswith(last))


def _interviews(settings: "Settings", last: str) -> Iterator[Candidate]:
    """The newest interviews by their whole ids, or by their short names where those begin so; the day is in the id."""
    from fourstep.files.places import interviews_folder

    names: list[str] = []
    with suppress(OSError):
        names = sorted((path.name for path in interviews_folder(settings).iterdir()), reverse=True)
    found = [named for named in map(_INTERVIEW.fullmatch, names) if named]
    if found:
        yield from _beginning(last, [("last", "the newest")])
    begun = [(named[0], named) for named in found if named[0].startswith(last)]
    for word, named in islice(begun or ((n[5], n) for n in found if n[5].startswith(last)), _MOST_INTERVIEWS):
        year, month, day, problem, _ = named.groups()
        yield word, f"{year}-{month}-{day}, {problem.replace('_', ' ')}"


def _problems(settings: "Settings", last: str) -> Iterator[Candidate]:
    """Those that are bundled, and the user's own."""
    from fourstep.files.places import content_folder, own_problems_folder

    folders = (content_folder("rubrics") / "problems", own_problems_folder(settings))
    names = sorted({path.stem for folder in folders for path in folder.glob("*.yaml")})
    return _beginning(last, ((name, name.replace("_", " ")) for name in names))


def _models(settings: "Settings", last: str) -> Iterator[Candidate]:
    """The models that are set, and those that were used from here."""
    from fourstep.files.places import interviews_folder
    from fourstep.files.tried import tried

    chosen = (settings.model, settings.interviewer_model, settings.observer_model, settings.grader_model)
    candidates = {name: "as set" for name in chosen if name}
    candidates |= {name: server for name, server in tried(interviews_folder(settings)) if name not in candidates}
    return _beginning(last, candidates.items())


_KNOWN: dict[str, Callable[["Settings", str], Iterator[Candidate]]] = {
    **dict.fromkeys(("id", "first", "second", "inputs"), _interviews),
    "problem": _problems,
    **dict.fromkeys(("model", "models"), _models),
}
"""Who knows what an argument can be, by the argument's name."""
