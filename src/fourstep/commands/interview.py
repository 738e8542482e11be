"""`fourstep interview`, `resume` and `again`: a live interview, and its scorecard at the end."""

import argparse
import asyncio
import os
import sys
from dataclasses import replace
from pathlib import Path

from fourstep.commands.program import front_of
from fourstep.errors import NotFoundError, StorageError, UsageError
from fourstep.files.ids import key_of
from fourstep.rubric import INTERVIEW_STEPS, StepId
from fourstep.transcript.events import Spoken
from fourstep.wiring.front import Front
from fourstep.wiring.held import Held
from fourstep.wiring.live import Live, Setup
from fourstep.wiring.program import Program


def run(arguments: argparse.Namespace) -> int:
    """Hold a new interview."""
    front = front_of(arguments)
    program = front.program()
    plain = _is_plain(arguments)
    if not plain and arguments.problem is None:
        from fourstep.commands.full_screen import open_picker

        return open_picker(front)
    name = arguments.problem or _chosen(program, no_input=arguments.no_input)
    setup = Setup(
        problem=program.library.problem(name),
        steps=_steps(arguments.steps),
        minutes=program.settings.minutes,
        level=program.settings.level,
        persona=program.settings.persona,
        seed=arguments.seed,
    )
    if not plain:
        from fourstep.commands.full_screen import open_interview

        return open_interview(front, setup, program.library.path(name))
    with program.new_interview(setup, program.library.path(name)) as live:
        return _hold(program, live)


def resume(arguments: argparse.Namespace) -> int:
    """Go on with an interview that was interrupted."""
    front = front_of(arguments)
    return _go_on(arguments, front, _interrupted(front.program(), arguments.id))


def again(arguments: argparse.Namespace) -> int:
    """A new interview that goes on from a turn of an earlier one."""
    from fourstep.wiring.forking import fork

    front = front_of(arguments)
    program = front.program()
    parent = program.store.find(arguments.id)
    if not _is_plain(arguments):
        from fourstep.commands.full_screen import need_terminal

        need_terminal()  # before there is an interview that nobody can hold
    folder = fork(program, parent, arguments.turn)
    if _is_plain(arguments):
        sys.stderr.write(_begun(program, parent, folder))
    return _go_on(arguments, front, folder)


def _begun(program: Program, parent: Path, folder: Path) -> str:
    """That there is a new interview, and what it is compared with."""
    said = (event for event in program.store.read(folder).events if isinstance(event, Spoken))
    key, other = key_of(folder.name), key_of(parent.name)
    beginning = "" if any(turn.speaker == "candidate" for turn in said) else ", from the first answer on"
    return f"A new interview, {key}{beginning}. Afterwards: fourstep compare {other} {key}{program.settings.where}\n"


def _go_on(arguments: argparse.Namespace, front: Front, folder: Path) -> int:
    if not _is_plain(arguments):
        from fourstep.commands.full_screen import open_resumed

        return open_resumed(front, folder)
    program = front.program()
    with program.resumed_interview(folder) as live:
        return _hold(program, live)


def _is_plain(arguments: argparse.Namespace) -> bool:
    """Line by line: as asked, for screen readers, and on terminals that can do no more."""
    return arguments.plain or os.environ.get("ACCESSIBLE") == "1" or os.environ.get("TERM") == "dumb"


def _interrupted(program: Program, name: str | None) -> Path:
    if name not in (None, "last"):
        assert name is not None
        return program.store.find(name)
    folder = program.store.last_interrupted()
    if folder is None:
        raise NotFoundError("No interview is interrupted.", "Start one with: fourstep interview")
    return folder


def _hold(program: Program, live: Live) -> int:
    from fourstep.plain.session import PlainSession, Stopped

    try:
        PlainSession(live, program.settings.model_for("interviewer"), program.settings.where).run()
    except Stopped as stop:
        return stop.code
    return _score(program, live)


def _score(program: Program, live: Live) -> int:
    """Grade from memory, so that a disk that refuses costs no scorecard."""
    from fourstep.report.document import as_text
    from fourstep.report.scorecard import scorecard_blocks

    held = _expecting(program, program.held_live(live))
    card = asyncio.run(program.grade(held.transcript, folder=live.log.folder))
    held = replace(held, cards=(card,))
    blocks = scorecard_blocks(card, held.rubric, held.problem, held.transcript, drilling=held.drilling)
    sys.stdout.write(f"\n{as_text([*blocks, *held.remarked()])}")
    if live.log.trouble:
        sys.stderr.write(f"\nNot saved: {live.log.trouble}\n")
        return live.log.trouble.exit_code
    program.store.add_scorecard(live.log.folder, card)
    report = f"fourstep report {live.key}{program.settings.where}"
    sys.stdout.write(f"\nKept in {live.log.folder}\nRead it again with: {report}\n")
    return 0


def _expecting(program: Program, held: Held) -> Held:
    """On a terminal, with what the candidate thinks the score will be; a pipe cannot be asked."""
    from fourstep.plain.predict import ask_prediction

    if not sys.stdin.isatty():
        return held
    percents = ask_prediction([held.rubric.step(step) for step in held.transcript.assessed])
    try:
        return program.predicted(held, percents) if percents else held
    except StorageError as error:
        sys.stderr.write(f"Not kept: {error}\n")
        return held


def _steps(text: str | None) -> tuple[StepId, ...]:
    """The chosen steps in the interview's order. Raises: UsageError."""
    if text is None:
        return INTERVIEW_STEPS
    names = [name.strip() for name in text.split(",") if name.strip()]
    unknown = [name for name in names if name not in INTERVIEW_STEPS]
    if unknown or not names:
        raise UsageError(f"There is no step '{', '.join(unknown)}'.", f"Steps are: {', '.join(INTERVIEW_STEPS)}.")
    return tuple(step for step in INTERVIEW_STEPS if step in names)


def _chosen(program: Program, *, no_input: bool) -> str:
    """Ask which problem, by number."""
    problems = [program.library.problem(name) for name in program.library.files]
    if no_input or not sys.stdin.isatty():
        names = ", ".join(problem.id for problem in problems)
        raise UsageError("Which problem?", f"Name one: fourstep interview PROBLEM, of {names}.")
    numbered = {str(number): problem for number, problem in enumerate(problems, start=1)}
    for number, problem in numbered.items():
        sys.stdout.write(f"{number}  {problem.title}\n")
    while True:
        try:
            answer = input("Problem (a number, empty for the first): ").strip()
        except EOFError:
            raise UsageError("No problem was chosen.", "Run it again and type a number.") from None
        if not answer:
            return problems[0].id
        if answer in numbered:
            return numbered[answer].id
        if any(problem.id.startswith(answer) for problem in problems):
            return answer
        sys.stdout.write(f"Type a number from 1 to {len(problems)}.\n")
