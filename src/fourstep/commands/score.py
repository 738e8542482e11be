"""`fourstep score`: grade interviews of the store, or transcripts in Markdown and plain text."""

import argparse
import asyncio
import json
import shlex
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fourstep.commands.program import INCOMPLETE, program_of
from fourstep.errors import FourstepError, TranscriptError, UsageError
from fourstep.files.log import LOG_NAME
from fourstep.files.pages import Page, write_pages
from fourstep.files.recordings import read_recorded
from fourstep.files.store import Saved
from fourstep.foreign_text import one_line
from fourstep.grading.scorecard import Scorecard
from fourstep.importing.cast import candidate_among, voices
from fourstep.importing.reading import CAPTIONS, parse_recording
from fourstep.importing.turns import transcript_by_names
from fourstep.problem import rubric_for
from fourstep.report.document import as_markdown_page, as_text
from fourstep.report.scorecard import scorecard_blocks
from fourstep.transcript.prose import parse_prose
from fourstep.transcript.transcript import Transcript, transcript_of
from fourstep.wiring.grading import PanelChoice, estimate_for, limits_for, model_names
from fourstep.wiring.importing import told_problem
from fourstep.wiring.program import Program

BELOW = 8
_AT_ONCE = 4
"""Transcripts under way together: enough to fill 20 places, few enough for each to stay in the server's cache."""
_BIG_RUN = 30
"""Calls from which an estimate is given: more than one transcript at the usual setting."""


@dataclass(frozen=True)
class _Input:
    """One input as it was read, or why it could not be."""

    name: str
    transcript: Transcript | None = None
    saved: Saved | None = None
    """Of an interview of the store."""
    error: FourstepError | None = None


@dataclass(frozen=True)
class _Outcome:
    """What became of one input."""

    name: str
    card: Scorecard | None = None
    transcript: Transcript | None = None
    """What the card is of."""
    error: FourstepError | None = None
    folder: Path | None = None
    """Of an interview of the store."""


def run(arguments: argparse.Namespace) -> int:
    """Grade every input; one that fails does not keep the others from it."""
    program = program_of(arguments)
    choice = _choice(program, arguments)
    inputs = [_input(program, arguments, name) for name in arguments.inputs]
    _tell_estimate(program, inputs, choice)
    outcomes = asyncio.run(_outcomes(program, arguments, inputs, choice))
    several = len(outcomes) > 1 and arguments.format != "json"
    write_pages(_pages(program, outcomes, arguments.format), arguments.output, several=several)
    for outcome in outcomes:
        if outcome.error:
            _tell(f"{outcome.name}: {outcome.error}")
    if any(outcome.error for outcome in outcomes):
        return INCOMPLETE
    cards = [outcome.card for outcome in outcomes if outcome.card]
    if any(judgement.status == "not_graded" for card in cards for judgement in card.criteria):
        return INCOMPLETE
    return BELOW if arguments.fail_under is not None and _lowest(cards) < arguments.fail_under else 0


def _choice(program: Program, arguments: argparse.Namespace) -> PanelChoice:
    if arguments.offline and arguments.models:
        raise UsageError("--offline and --model exclude each other.", "Leave one of them out.")
    return PanelChoice(
        models=tuple(arguments.models or ()),
        samples=arguments.samples,
        group=arguments.group,
        limits=limits_for(program.settings, arguments.parallel, arguments.max_tokens_total),
        told=_tell,
    )


def _tell(sentence: str) -> None:
    sys.stderr.write(f"{one_line(sentence)}\n")


def _tell_estimate(program: Program, inputs: Sequence[_Input], choice: PanelChoice) -> None:
    if not model_names(program.settings, choice):
        return
    read = [
        (one.transcript, program.problem_of(one.transcript.problem, one.saved.folder if one.saved else None))
        for one in inputs
        if one.transcript
    ]
    expected = estimate_for(program.settings, choice, program.loaded.rubric, read)
    if expected.calls >= _BIG_RUN:
        _tell(str(expected))


def _lowest(cards: list[Scorecard]) -> float:
    return min((card.overall for card in cards if card.overall is not None), default=0.0)


def _input(program: Program, arguments: argparse.Namespace, name: str) -> _Input:
    try:
        path = Path(name)
        if _is_file(path):
            return _Input(name, _prose(program, arguments, path))
        folder = path if _is_file(path / LOG_NAME) else program.store.find(name)
        saved = program.store.read(folder)
        if arguments.problem:
            saved = told_problem(program, saved, arguments.problem)
        for fault in saved.faults:
            _tell(fault)
        return _Input(name, transcript_of(saved.events, fallback_id=saved.id), saved)
    except FourstepError as error:
        return _Input(name, error=error)


async def _outcomes(
    program: Program, arguments: argparse.Namespace, inputs: Sequence[_Input], choice: PanelChoice
) -> list[_Outcome]:
    places = asyncio.Semaphore(_AT_ONCE)

    async def outcome(one: _Input) -> _Outcome:
        async with places:
            return await _outcome(program, arguments, one, choice)

    return await asyncio.gather(*(outcome(one) for one in inputs))


async def _outcome(program: Program, arguments: argparse.Namespace, one: _Input, choice: PanelChoice) -> _Outcome:
    try:
        if one.error:
            raise one.error
        if one.saved:
            card = await program.grade_saved(one.saved, level=arguments.level, panel=choice)
            return _Outcome(one.name, card, one.transcript, folder=one.saved.folder)
        assert one.transcript is not None
        card = await program.grade(one.transcript, level=arguments.level, panel=choice)
        return _Outcome(one.name, card, one.transcript)
    except FourstepError as error:
        return _Outcome(one.name, error=error)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name too long to be one
        return False


def _prose(program: Program, arguments: argparse.Namespace, path: Path) -> Transcript:
    """A transcript in Markdown or plain text, by the usual names or by those that are told. Raises: FourstepError."""
    text = _text(path, program.settings.where)
    problem = program.library.problem(arguments.problem).id if arguments.problem else None
    if not (arguments.candidate or arguments.interviewer):
        return parse_prose(text, name=path.stem, problem=problem)
    told = [name for name in (arguments.candidate, arguments.interviewer) if name]
    recording = parse_recording(text, path.name, told)
    candidate = candidate_among(voices(recording), candidate=arguments.candidate, interviewer=arguments.interviewer)
    if candidate is None:
        raise UsageError(f"Several people speak in {path.name} besides the interviewer.", "Say --candidate NAME.")
    return transcript_by_names(recording, candidate.name, name=path.stem, problem=problem)


def _text(path: Path, where: str) -> str:
    """What a transcript in prose says. Raises: TranscriptError."""
    if path.suffix.lower() in CAPTIONS:
        command = f"fourstep import {shlex.quote(str(path))}{where}"
        raise TranscriptError("Captions are imported before they are scored.", f"Run: {command}")
    return read_recorded(path).text


def _pages(program: Program, outcomes: list[_Outcome], format_: str) -> Iterator[Page]:
    if format_ == "json":
        array = [_as_json(outcome) for outcome in outcomes]
        yield Page("scorecards.json", json.dumps(array, ensure_ascii=False, indent=2) + "\n")
        return
    ending, render = ("md", as_markdown_page) if format_ == "markdown" else ("txt", as_text)
    for outcome in outcomes:
        if outcome.card and outcome.transcript:
            problem = program.problem_of(outcome.card.problem, outcome.folder)
            rubric = rubric_for(program.judging_rubric(outcome.folder).rubric, problem)
            drilling = program.drilling(problem)
            blocks = scorecard_blocks(outcome.card, rubric, problem, outcome.transcript, drilling=drilling)
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
