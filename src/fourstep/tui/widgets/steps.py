"""The steps of the interview with the time each has used, and the hints."""

from textual.content import Content
from textual.widget import Widget

from fourstep.interview.interview import Interview
from fourstep.interview.timing import clock_text

NAMES = {"frame": "Frame", "data": "Data", "model": "Model", "serve": "Serve", "throughout": "Throughout"}
_BAR = 10
_WIDE = 100


class StepsLine(Widget):
    """`✓ 1 Frame 9:50   ▶ 2 Data 6:12 of 10:00 [######----]   · 3 Model   · 4 Serve`."""

    DEFAULT_CSS = "StepsLine { height: 1; padding: 0 1; background: $background; color: $foreground; }"

    def __init__(self) -> None:
        super().__init__()
        self._interview: Interview | None = None
        self._timed = True

    def follow(self, interview: Interview, *, timed: bool = True) -> None:
        """Show where this interview stands; `timed` says whether times are shown."""
        self._interview, self._timed = interview, timed
        self.refresh()

    def render(self) -> Content:
        """As much as fits."""
        if self._interview is None:
            return Content("")
        wide = self.size.width >= _WIDE
        hints = hints_text(self._interview)
        steps = self._all_steps(self._interview) if wide else self._this_step(self._interview)
        room = self.size.width - steps.cell_length - len(hints)
        return Content.assemble(steps, " " * max(2, room), hints)

    def _this_step(self, interview: Interview) -> Content:
        names = [name for name, _ in interview.agenda.plan.shares]
        step = interview.state.step
        if step not in names:
            return Content("")
        place = f"Step {names.index(step) + 1} of {len(names)} · "
        return Content.assemble(place, (NAMES[step], "bold"), f" {self._time(interview)}" if self._timed else "")

    def _all_steps(self, interview: Interview) -> Content:
        state = interview.state
        parts = []
        for number, (name, _) in enumerate(interview.agenda.plan.shares, start=1):
            if name == state.step and not interview.over:
                text = Content.styled(f"▶ {number} {NAMES[name]}", "bold $focus")
                parts.append(Content.assemble(text, f" {self._time(interview, bar=True)}" if self._timed else ""))
            elif name in state.entered:
                used = f" {clock_text(seconds_in(interview, name))}" if self._timed else ""
                parts.append(Content(f"✓ {number} {NAMES[name]}{used}"))
            else:
                parts.append(Content.styled(f"· {number} {NAMES[name]}", "$muted"))
        return Content("   ").join(parts)

    def _time(self, interview: Interview, *, bar: bool = False) -> str:
        state, plan = interview.state, interview.agenda.plan
        assert state.step is not None
        used = interview.elapsed - state.step_entered_at
        planned = plan.deadline(state.step, state.step_entered_at) - state.step_entered_at
        filled = round(_BAR * min(1.0, max(0.0, used / planned))) if planned else _BAR
        drawn = f" [{'#' * filled}{'-' * (_BAR - filled)}]" if bar else ""
        return f"{clock_text(used)} of {clock_text(planned)}{drawn}"


def seconds_in(interview: Interview, step: str) -> float:
    """Interview seconds that were spent in a step, however often it was entered."""
    total, entered = 0.0, None
    for event in interview.state.events:
        if event.kind == "step_entered":
            total += event.elapsed - entered if entered is not None else 0.0
            entered = event.elapsed if getattr(event, "step", "") == step else None
    return total + (interview.elapsed - entered if entered is not None else 0.0)


def hints_text(interview: Interview) -> str:
    """How many hints were used."""
    state = interview.state
    return f"hints {len(state.hints)} of {state.hints_allowed}"
