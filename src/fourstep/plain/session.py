"""An interview over lines: what is typed goes to the engine, what it says is printed, nothing is redrawn."""

import signal
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from types import FrameType

from fourstep.errors import ModelError
from fourstep.foreign_text import one_line
from fourstep.interview.interview import Interview
from fourstep.interview.timing import clock_text
from fourstep.plain.background import Background
from fourstep.plain.clock import Clock
from fourstep.plain.disk import Disk
from fourstep.plain.draft import Draft
from fourstep.plain.entry import Answer, Command, Entries, Entry, Unknown, is_terminal
from fourstep.plain.lines import line, note, sheet
from fourstep.plain.pad import Pad
from fourstep.wiring.live import Live

_REMINDER = 300
"""Characters of an earlier answer that are shown when an interview goes on."""

HELP = """Commands, each on a line of its own:
/hint    a nudge, then a direction, then the answer's name; each is noted
/repeat  the question again
/again   what broke off, once more
/next    on to the next step
/back    take back your last answer
/pad     show the design pad; the lines that follow, up to the dot, are what is on it
/pause   stop here and keep the interview as it is
/resume  let the clock go on, where a failure stopped it
/time    how much time is left
/offline go on without a language model
/end     end the interview and see the scorecard
//text   a line that begins with a slash"""


class Stopped(Exception):
    """The interview is left unfinished, by a signal or as asked; `code` is the exit code."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class PlainSession:
    """One interview, from its first word to its end or interruption."""

    def __init__(self, live: Live, model: str | None, where: str = "") -> None:
        """`model` is the name of the one that interviews, if one does; `where` what finds the interview again."""
        self._live = live
        self._model = model
        self._where = where
        self._untouched = live.started is None
        """Whether it was taken up again and nothing was said since."""
        self._interview = live.interview
        self._terminal = is_terminal()
        self._entries = Entries(sys.stdin, self._terminal, prompt="> " if self._terminal else "")
        self._clock = Clock(self._interview, self._entries)
        self._background = Background()
        self._draft = Draft(self._entries, live)
        self._disk = Disk(live, terminal=self._terminal)
        self._pad = Pad(self._entries, live, terminal=self._terminal)
        self._told_step: str | None = None

    def run(self) -> None:
        """Hold the interview. Raises: Stopped, when it is left unfinished; everything said is kept by then."""
        self._live.ear.told = line
        with self._background, signals_that_stop(), self._draft.kept(self._beat):
            try:
                self._begin()
                for entry in self._entries:
                    self._take(entry)
                    if self._interview.over:
                        return
                if self._untouched:
                    raise Stopped(0)
                self._interview.end("input_ended")
            except (Stopped, KeyboardInterrupt, BrokenPipeError) as stop:
                self._stop()
                if isinstance(stop, BrokenPipeError):
                    raise
                raise Stopped(stop.code if isinstance(stop, Stopped) else 130) from None
            self._disk.tell()

    def _begin(self) -> None:
        for fault in self._live.faults:
            note(fault)
        if self._live.started:
            self._introduce()
            self._say(self._interview.start(self._live.started))
            if not self._interview.state.paused:
                self._interview.start_clock()
        else:
            self._welcome_back()
        self._disk.tell()

    def _introduce(self) -> None:
        plan = self._interview.agenda.plan
        steps = len(plan.shares)
        line(
            f"{self._live.problem.title}. {plan.total / 60:g} minutes, {steps} step{'s' if steps > 1 else ''}, "
            f"{self._speaker}. /help lists the commands."
        )
        if self._terminal:
            line("End an answer with a line that holds only a dot.")

    @property
    def _speaker(self) -> str:
        """Which brain speaks."""
        if self._interview.brain == "offline":
            return "offline interviewer"
        return f"interviewer {one_line(self._model)}" if self._model else "a language model interviews"

    def _welcome_back(self) -> None:
        interview = self._interview
        line(f"Welcome back. {clock_text(interview.left)} left, {self._speaker}.")
        for turn in interview.state.turns[-3:]:
            text = turn.text if turn.speaker == "interviewer" else one_line(turn.text, _REMINDER)
            line(f"{turn.speaker.capitalize()}: {text}")
        if self._pad.text:
            self._pad.show()
        answer = interview.state.last_answer
        if self._live.draft and not (answer and answer.text == self._live.draft):
            line("Your unsent answer is kept; go on with it:")
            line(self._live.draft)
            self._entries.restore(self._live.draft)
        interview.resume()
        self._tell_step()
        if interview.owes_reply:
            self._say(interview.reply())

    def _take(self, entry: Entry) -> None:
        match entry:
            case Answer(text):
                self._accept(text)
                self._say(self._interview.reply())
            case Command(name):
                self._command(name)
            case Unknown(name):
                line(f"No command /{name}. Start with // to send it as text.")
        self._clock.tell()
        self._disk.tell()

    def _accept(self, text: str) -> None:
        """That an answer was sent is said once it is safe."""
        self._untouched = False
        self._background.run(_taken(self._interview, text, self._pad.text))
        self._entries.sending = ""
        self._draft.save("")
        count = len(text.split())
        line(f"Sent, {count} word{'s' if count != 1 else ''}.")

    def _command(self, name: str) -> None:
        interview = self._interview
        match name:
            case "hint":
                self._say(interview.hint())
            case "repeat":
                self._say(interview.repeat())
            case "again":
                self._say(interview.again())
            case "next":
                self._say(interview.skip())
            case "back" if interview.state.last_answer is None:
                line("There is no answer to take back yet.")
            case "back":
                line("Taken back:")
                line(interview.state.last_answer.text if interview.state.last_answer else "")
                self._say(interview.take_back())
            case "pad":
                self._pad.draw()
            case "pause":
                raise Stopped(0)
            case "resume" if not interview.state.paused:
                line(f"The clock is running, {clock_text(interview.left)} left.")
            case "resume":
                interview.resume()
                line(f"Going on, {clock_text(interview.left)} left.")
            case "time":
                line(self._time_text())
            case "offline" if interview.brain == "offline":
                line("The interviewer is offline already.")
            case "offline":
                self._go_offline()
            case "end":
                interview.end("candidate")
            case _:
                line(HELP)

    def _time_text(self) -> str:
        interview = self._interview
        step = interview.state.step
        title = interview.agenda.rubric.step(step).title if step else ""
        return f"{clock_text(interview.left)} left. Now: {title}."

    def _say(self, words: AsyncIterator[str]) -> None:
        """Print the interviewer's turn; a model that fails is told of, and a script, which cannot choose, gets on."""
        if self._speak(words) or self._terminal:
            return
        line("Trying once more.")
        if not self._speak(self._interview.again()):
            self._go_offline()

    def _speak(self, words: AsyncIterator[str]) -> bool:
        """Whether the turn came to its end; it is printed as a whole."""
        running = self._interview.running
        try:
            text = self._background.run(_collected(words), self._tell_waiting)
        except ModelError as error:
            self._tell_failure(error)
            return False
        if running:
            self._interview.start_clock()
        self._tell_step()
        if text:
            line(f"Interviewer: {text}")
        return True

    def _tell_waiting(self) -> None:
        """From here on it is not the candidate's time."""
        self._interview.hold_clock()
        line("Waiting for the interviewer.")

    def _tell_failure(self, error: ModelError) -> None:
        self._interview.pause()
        note(f"{error} What was said is kept.")
        if self._terminal:
            line("/again asks again, /offline goes on without a model. The clock is paused until your next answer.")

    def _go_offline(self) -> None:
        """Go on without a model, with what is owed or was cut off."""
        interview = self._interview
        self._live.go_offline()
        line("Going on without a model: the offline interviewer takes over.")
        if interview.cut_off or interview.owes_reply:
            self._say(interview.again())

    def _tell_step(self) -> None:
        """Announce a step once, when it is entered."""
        step, shares = self._interview.state.step, self._interview.agenda.plan.shares
        if step is None or step == self._told_step:
            return
        self._told_step = step
        number = [name for name, _ in shares].index(step) + 1
        title = self._interview.agenda.rubric.step(step).title
        minutes = f"{self._interview.agenda.plan.share(step) / 60:.0f} minutes"
        line(f"Step {number} of {len(shares)}, {title}, {minutes}.")

    def _stop(self) -> None:
        """Keep all, and say how to go on."""
        self._pad.keep_last()
        self._interview.pause()
        self._draft.save_last()
        left = clock_text(self._interview.left)
        trouble = self._live.log.trouble
        resume = f"Resume with: fourstep resume {self._live.key}{self._where}"
        how = f"Not saved: {trouble}" if trouble else resume
        with suppress(OSError):  # nobody may be there to read it
            sheet(f"\nPaused, {left} left. {how}")  # a command that is copied has no line breaks

    def _beat(self) -> None:
        self._pad.keep()
        if self._terminal:
            self._clock.tell()


async def _collected(words: AsyncIterator[str]) -> str:
    return "".join([piece async for piece in words])


async def _taken(interview: Interview, text: str, pad: str) -> None:
    interview.take(text, pad)


@contextmanager
def signals_that_stop() -> Iterator[None]:
    """SIGTERM and SIGHUP interrupt as Ctrl+C does, each with its own exit code."""

    def stop(number: int, _: FrameType | None) -> None:
        raise Stopped(128 + number)

    names = [signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])]
    before = {name: signal.signal(name, stop) for name in names}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)
