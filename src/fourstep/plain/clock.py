"""What the clock has to say, also while something is typed."""

import sys
import threading

from fourstep.foreign_text import harmless
from fourstep.interview.interview import Interview
from fourstep.interview.timing import warnings_due
from fourstep.plain.entry import Entries
from fourstep.plain.lines import line


class Clock:
    """Follows the time of one interview; each thing is told once, from whichever thread sees it first."""

    def __init__(self, interview: Interview, entries: Entries) -> None:
        self._interview = interview
        self._entries = entries
        self._told_until = interview.elapsed
        self._telling = threading.Lock()

    def tell(self) -> None:
        """Announce five minutes and one, and the end."""
        with self._telling:
            before, now, total = self._told_until, self._interview.elapsed, self._interview.agenda.plan.total
            self._told_until = max(before, now)
            due = warnings_due(before, now, total)
        if self._interview.over or self._interview.state.paused:
            return
        if before < total <= now:
            self._announce("Time is up. Finish what you are saying; the interview ends after it.")
        elif due:
            self._announce(f"Time: {due[-1] / 60:g} minute{'s' if due[-1] > 60 else ''} left.")

    def _announce(self, text: str) -> None:
        """A line of its own, with what is being typed repeated behind it."""
        typing = self._entries.typing() if threading.current_thread() is not threading.main_thread() else None
        if typing is None:
            line(text)
        else:
            sys.stdout.write(f"\n{text}\n{self._entries.prompt}{harmless(typing)}")
            sys.stdout.flush()
