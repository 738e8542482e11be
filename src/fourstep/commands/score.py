"""`fourstep score`: grade interviews of the store, or transcripts in Markdown and plain text."""

import argparse
import asyncio
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fourstep.commands.program import program_of
from fourstep.errors import FourstepError, TranscriptError
from fourstep.files.log import LOG_NAME
from fourstep.files.pages import Page, write_pages
from fourstep.foreign_text import one_line
from fourstep.grading.scorecard import Scorecard
from fourstep.report.document import as_markdown_page, as_text
from fourstep.report.scorecard import scorecard_blocks
from fourstep.transcript.prose import Speakers, parse_prose
from fourstep.wiring.program import Program

INCOMPLETE = 6
BELOW = 8
_LARGEST = 20_000_000


@dataclass(frozen=True)
class _Outcome:
    """What became of one input."""

    name: str
    card: Scorecard | None = None
    error: FourstepError | None = None
    folder: Path | None = None
    """Of an interview of the store."""


def run(arguments: argparse.Namespace) -> int:
    """Grade every input; one that fails does not keep the others from it."""
    program = program_of(arguments)
    outcomes = [_outcome(program, arguments, name) for name in arguments.inputs]
    several = len(outcomes) > 1 and arguments.format != "json"
    write_pages(_pages(program, outcomes, arguments.format), arguments.output, several=several)
    for outcome in outcomes:
        if outcome.error:
            sys.stderr.write(f"{one_line(outcome.name)}: {outcome.error}\n")
    if any(outcome.error for outcome in outcomes):
        return INCOMPLETE
    cards = [outcome.card for outcome in outcomes if outcome.card]
    if any(judgement.status == "not_graded" for card in cards for judgement in card.criteria):
        return INCOMPLETE
    return BELOW if arguments.fail_under is not None and _lowest(cards) < arguments.fail_under else 0


def _lowest(cards: list[Scorecard]) -> float:
    return min((card.overall for card in cards if card.overall is not None), default=0.0)


def _outcome(program: Program, arguments: argparse.Namespace, name: str) -> _Outcome:
    try:
        card, folder = asyncio.run(_card(program, arguments, name))
        return _Outcome(name, card, folder=folder)
    except FourstepError as error:
        return _Outcome(name, error=error)


async def _card(program: Program, arguments: argparse.Namespace, name: str) -> tuple[Scorecard, Path | None]:
    path = Path(name)
    if _is_file(path):
        speakers = Speakers.called(arguments.candidate, arguments.interviewer)
        transcript = parse_prose(_text(path), name=path.stem, speakers=speakers, problem=arguments.problem)
        return await program.grade(transcript, level=arguments.level), None
    folder = path if _is_file(path / LOG_NAME) else program.store.find(name)
    saved = program.store.read(folder)
    for fault in saved.faults:
        sys.stderr.write(f"{one_line(fault)}\n")
    return await program.grade_saved(saved, level=arguments.level), folder


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name too long to be one
        return False


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST:
            raise TranscriptError(f"{path} is larger than {_LARGEST // 1_000_000} MB.", "It is not a transcript.")
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise TranscriptError(f"{path} cannot be read ({error.strerror}).", "Check its name and rights.") from error


def _pages(program: Program, outcomes: list[_Outcome], format_: str) -> Iterator[Page]:
    if format_ == "json":
        array = [_as_json(outcome) for outcome in outcomes]
        yield Page("scorecards.json", json.dumps(array, ensure_ascii=False, indent=2) + "\n")
        return
    ending, render = ("md", as_markdown_page) if format_ == "markdown" else ("txt", as_text)
    for outcome in outcomes:
        if outcome.card:
            problem = program.problem_of(outcome.card.problem, outcome.folder)
            blocks = scorecard_blocks(outcome.card, program.loaded.rubric, problem)
            yield Page(f"{Path(outcome.name).stem}.{ending}", render(blocks))


def _as_json(outcome: _Outcome) -> dict[str, Any]:
    if outcome.card:
        return outcome.card.to_json()
    assert outcome.error is not None
    return {
        "schema": "fourstep.error/1",
        "transcript": Path(outcome.name).stem,
        "code": outcome.error.code,
        "message": outcome.error.message,
        "hint": outcome.error.hint,
    }
