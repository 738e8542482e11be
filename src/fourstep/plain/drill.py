"""Drills over lines: a question, an answer, what came of it; one after another."""

import asyncio
import sys
import time
from collections.abc import Sequence
from contextlib import suppress

from fourstep.errors import LockedError, StorageError
from fourstep.plain.draft import Draft
from fourstep.plain.entry import Answer, Command, Entries, Unknown, is_terminal
from fourstep.plain.lines import line, note
from fourstep.plain.session import Stopped, signals_that_stop
from fourstep.practice.deck import Card
from fourstep.practice.drill import Drill
from fourstep.practice.drilled import Drilled
from fourstep.report.document import as_text
from fourstep.report.drill import drill_blocks
from fourstep.wiring.practice import Practice, Standing

_HELP = "/send ends the answer, /next leaves this drill for later, /end stops. What is typed is kept."


class PlainDrills:
    """A session of drills, until the last one or the end of the lines."""

    def __init__(self, practice: Practice, standing: Standing, *, offline: bool) -> None:
        self._practice = practice
        self._standing = standing
        self._offline = offline
        self._entries = Entries(sys.stdin, terminal := is_terminal(), prompt="> " if terminal else "")
        self.done: list[Drilled] = []
        """What was answered."""

    def run(self, cards: Sequence[Card], problem: str | None = None) -> None:
        """Drill one after another. Raises: Stopped, when a signal interrupts; what was typed is kept by then."""
        for number, card in enumerate(cards, start=1):
            drill = self._practice.drill(self._standing, card.drill, problem)
            self._introduce(drill, card.minutes, f"Drill {number} of {len(cards)}: " if len(cards) > 1 else "")
            if not self._held(drill):
                return

    def _introduce(self, drill: Drill, minutes: int, which: str) -> None:
        line(f"{which}{drill.title}. About {minutes} minutes.")
        if drill.problem:
            line(f"{drill.problem.title}: {drill.problem.statement}")
            line(f"You have asked, and know: {drill.told}")
        line(f"\nInterviewer: {drill.question}")
        if self._entries.terminal:
            line("End your answer with a line that holds only a dot. /help lists the commands.")
        if drill.typed:
            line("What you had typed is kept; go on with it:")
            line(drill.typed)
            self._entries.restore(drill.typed)

    def _held(self, drill: Drill) -> bool:
        """Take one answer; False when the session is to end."""
        draft = Draft(self._entries, _Keeper(self._practice, drill))
        begun = time.monotonic()
        with signals_that_stop():
            try:
                end = self._read(drill, draft)
                if isinstance(end, Answer):
                    self._grade(drill, end.text, time.monotonic() - begun)
            except (Stopped, KeyboardInterrupt) as stop:
                draft.save_last()
                with suppress(OSError):  # nobody may be there to read it
                    line("\nStopped; what you typed is kept.")
                raise Stopped(stop.code if isinstance(stop, Stopped) else 130) from None
        return end is not None

    def _read(self, drill: Drill, draft: Draft) -> Answer | Command | None:
        """The answer, /next, or None when the session is to end; by then what was typed is on the disk."""
        with draft.kept(lambda: None):
            for entry in self._entries:
                match entry:
                    case Answer(text) if not self._entries.terminal and text == drill.typed.strip():
                        return None  # the lines ended before anything was added to what was kept
                    case Answer(text):
                        draft.save(text)
                        return entry
                    case Command("next" | "end"):
                        draft.save_last()
                        self._entries.lines.clear()
                        line("It is left for later.")
                        return entry if entry.name == "next" else None
                    case Command("help") | Unknown():
                        line(_HELP)
                    case _:
                        line(f"/{entry.name} means nothing here. {_HELP}")
        return None

    def _grade(self, drill: Drill, text: str, seconds: float) -> None:
        drilled = asyncio.run(self._practice.grade(drill, text, seconds, offline=self._offline))
        try:
            self._practice.keep(drilled)
        except (StorageError, LockedError) as error:
            note(f"Not saved: {error}")
        self._entries.sending = ""
        self.done.append(drilled)
        sys.stdout.write(f"\n{as_text(drill_blocks(drill, drilled, self._practice.rubric_of(drill)))}\n")


class _Keeper:
    """Where the draft of a drill is kept."""

    def __init__(self, practice: Practice, drill: Drill) -> None:
        self._practice, self._drill = practice, drill

    def save_draft(self, text: str) -> None:
        """Keep what is being typed, once something is. Raises: StorageError."""
        if text.strip():
            self._practice.save_draft(self._drill, text)
