"""The clock of a live interview, and what is written while it runs: the draft, and what the disk says to it."""

import time
from contextlib import suppress
from typing import Literal

from textual import work
from textual.content import Content

from fourstep.errors import StorageError
from fourstep.interview.timing import clock_text
from fourstep.tui.foreign import shown
from fourstep.tui.screens.drawing import Drawing
from fourstep.tui.timekeeping import TimeKeeper, waiting_text
from fourstep.tui.widgets.panel import Panel
from fourstep.tui.widgets.steps import StepsLine

Stage = Literal["opening", "yours", "waiting", "speaking", "over", "closed"]
"""Who has the word: nobody yet, the candidate, a reply that is on its way, one that is shown; or nobody any more."""

BEAT = 0.5
"""Seconds between looks at the clock and at what is being typed, so that a kill loses less than a second of it."""
_BEATS_A_TOUCH = 10
"""Every how many looks the draft is touched although nothing changed: the heartbeat of the clock."""
_OURS = 2.0
"""Seconds of waiting for a reply that are the candidate's; longer waits are given back."""


class Timed(Drawing):
    """Looks at the clock, the draft and the disk again and again; the screen that extends it says what is going on."""

    def __init__(self) -> None:
        super().__init__()
        self.stage: Stage = "opening"
        self.timed = True
        self._steps = StepsLine()
        self._disk = Panel(id="disk", title="Not saved")
        self._time_up = Panel(id="time-up", title="Time")
        self._keeper = TimeKeeper(0.0)
        self._beats = 0
        self._waiting_since = 0.0
        self._given_back = False
        """Whether the clock is held because a reply is waited for."""
        self._last_key = time.monotonic()

    @property
    def busy(self) -> bool:
        """Whether a reply is being made, so that an answer has to wait."""
        raise NotImplementedError

    def send_draft(self) -> bool:
        """Send what is in the box, if anything is."""
        raise NotImplementedError

    def look_at_the_clock(self) -> None:
        """Again and again from now on."""
        self.set_interval(BEAT, self._beat)

    def _beat(self) -> None:
        if not self.desk.opened:
            return
        self._beats += 1
        if self.in_progress:
            self.desk.save_draft(self.unsent, touch=self._clock_runs and self._beats % _BEATS_A_TOUCH == 0)
            self.desk.save_pad(self.pad.text)
            self._tell_waiting()
            self._tell_time()
        self._tell_disk()
        self.show_clock()
        self.label_pad()

    @property
    def _clock_runs(self) -> bool:
        return self.desk.interview.running

    def _told_of_model(self, sentence: str) -> None:
        """What a model that is new cannot do; called on the thread that tries it out."""
        with suppress(RuntimeError):  # the program may have been left meanwhile
            self.app.call_from_thread(self.say, sentence)

    def _told_to_wait(self, text: str) -> None:
        """The model's caller says what it waits for."""
        if self.stage == "waiting":
            self.say(f"{text} Esc stops.")

    def _tell_waiting(self) -> None:
        """How long a reply has been waited for; all but the first seconds are given back."""
        waited = time.monotonic() - self._waiting_since
        if self.stage != "waiting" or waited < _OURS:
            return
        self.say(waiting_text(waited))
        if self._clock_runs and not self._given_back:
            self._given_back = True
            self.desk.interview.hold_clock()

    async def _give_back_no_more(self) -> None:
        if self._given_back:
            self._given_back = False
            await self.desk.do(self.desk.interview.start_clock)

    def _tell_time(self) -> None:
        interview = self.desk.interview
        if not self._clock_runs or self.stage == "opening":
            return
        if text := self._keeper.due(interview):
            self.say(text)
        over = self._keeper.overtime_left(interview)
        self._time_up.display = over is not None
        if over is not None:
            self._show_overtime(over)
            if over <= 0 and self.stage == "yours" and not self.busy and not self.send_draft():
                self._end_by_time()
        silence = time.monotonic() - self._last_key
        if self.stage == "yours" and not self.unsent and self._keeper.silence_is_long(interview, silence):
            self.talk(lambda interview: interview.nudge())

    def _show_overtime(self, left: float) -> None:
        if self.pad_covers:
            self.say("Time is up. F4 goes back to your answer.")
        words = len(self.unsent.split())
        self._time_up.text = Content.assemble(
            f"Time is up. You have {clock_text(left)} to finish this answer; your unsent draft has {words} words.\n",
            Content.styled("Send it as my last answer", "bold").stylize("@click=screen.send"), "    ",
            Content.styled("/end", "bold").stylize("@click=screen.end"), " End without it    ",
            Content.styled("/more", "bold").stylize("@click=screen.more_time"), " Add 5 minutes (noted)",
        )  # fmt: skip

    @work(group="short")
    async def _end_by_time(self) -> None:
        await self.finish("time")

    def show_clock(self) -> None:
        """Time, whether all is saved, the steps."""
        if not self.desk.opened:
            return
        interview = self.desk.interview
        stands = not (self._clock_runs or interview.over or self.stage in ("opening", "waiting", "speaking"))
        total, paused = clock_text(interview.agenda.plan.total), " · paused" if stands else ""
        left = f"{clock_text(interview.left)} left of {total}{paused}" if self.timed else ""
        model = "" if interview.brain == "offline" else "  model"
        saved = Content.styled("! not saved", "bold $error") if self._unsaved else Content("● saved")
        self.head(self.desk.live.problem.title, Content.assemble(left, model, "  ", saved))
        self._steps.follow(interview, timed=self.timed)

    @property
    def _unsaved(self) -> StorageError | None:
        """Why the disk refuses the log, the draft or the pad, if it does."""
        return self.desk.live.log.trouble or self.desk.draft_trouble or self.desk.pad_trouble

    def _tell_disk(self) -> None:
        """What the disk refuses stays said until it takes it."""
        self._disk.display = self._unsaved is not None
        if self._unsaved:
            self._disk.text = shown(f"! The interview goes on in memory. {self._unsaved}")
