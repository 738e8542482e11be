"""What the clock has to say at a moment of an interview: pure, so that every rule of it can be tested."""

from dataclasses import dataclass

from fourstep.interview.interview import Interview
from fourstep.interview.timing import WARNINGS, warnings_due

OVERTIME = 120.0
"""Seconds after the end in which the answer that is being typed can be finished."""
MORE = 5.0
"""Minutes that can be added."""
SILENCE = 180.0
"""Seconds without a key after which the interviewer helps once."""


_SILENT = 20.0
"""Seconds without a word after which it is said what can be done."""


def waiting_text(seconds: float) -> str:
    """What is said while a reply is waited for."""
    if seconds < _SILENT:
        return f"Waiting {seconds:.0f} s for the interviewer. Esc takes your answer back for editing."
    return f"No word for {seconds:.0f} s; the model may be loading. Your clock stands. Wait, or Esc takes it back."


@dataclass
class TimeKeeper:
    """Follows one interview; each thing is said once."""

    told_until: float
    """Interview seconds up to which everything was said."""
    _step_told: float | None = None
    """When the step whose time is used up was entered."""
    _nudged_after: int = 0
    """The turn after which a silence was broken."""

    def due(self, interview: Interview) -> str:
        """What is to be said now, or nothing."""
        before, now, total = self.told_until, interview.elapsed, interview.agenda.plan.total
        self.told_until = max(before, now)
        if warnings := warnings_due(before, now, total):
            minutes = f"{warnings[-1] / 60:g} minute{'s' if warnings[-1] > WARNINGS[-1] else ''}"
            return f"{minutes} left."
        state, plan = interview.state, interview.agenda.plan
        new = state.step is not None and self._step_told != state.step_entered_at and not state.closing
        if new and state.step and now >= plan.deadline(state.step, state.step_entered_at) < total:
            self._step_told = state.step_entered_at
            return "The time for this step is used. The interviewer moves on after this answer."
        return ""

    def overtime_left(self, interview: Interview) -> float | None:
        """Seconds that are left to finish the last answer; None before the time is up."""
        return OVERTIME + interview.left if interview.left <= 0 else None

    def silence_is_long(self, interview: Interview, seconds: float) -> bool:
        """Whether the interviewer should help after so many seconds without a key; once a turn."""
        turn = interview.state.next_turn
        if seconds < SILENCE or not interview.running or interview.left <= 0 or self._nudged_after == turn:
            return False
        self._nudged_after = turn + 1  # the nudge itself is a turn
        return True
