"""An interview over lines: what is typed goes to the engine, what it says is printed, nothing is redrawn."""

import asyncio
import io
import signal
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

from fourstep.errors import StorageError
from fourstep.foreign_text import harmless, one_line, wrapped
from fourstep.interview.timing import clock_text, warnings_due
from fourstep.plain.entry import Answer, Command, Entries, Entry, Unknown, is_terminal
from fourstep.wiring.program import Live

_WIDTH = 80
_REMINDER = 300
"""Characters of an earlier answer that are shown when an interview goes on."""
_HEARTBEAT = 0.5
"""Seconds between looks at what is being typed, so that a kill loses less than a second of it."""
_BEATS_A_TOUCH = 10
"""Every how many looks the draft is touched although nothing changed: the heartbeat of the clock."""

HELP = """Commands, each on a line of its own:
/hint    a nudge, then a direction, then the answer's name; each is noted
/repeat  the question again
/next    on to the next step
/back    take back your last answer
/pause   stop the clock; /resume goes on
/time    how much time is left
/end     end the interview and see the scorecard
//text   a line that begins with a slash"""


class Stopped(Exception):
    """A signal asked the program to stop; `code` is the exit code it stands for."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class PlainSession:
    """One interview, from its first word to its end or interruption."""

    def __init__(self, live: Live) -> None:
        self._live = live
        self._interview = live.interview
        self._terminal = is_terminal()
        self._entries = Entries(sys.stdin, self._terminal, prompt="> " if self._terminal else "")
        self._told_until = self._interview.elapsed
        self._telling = threading.Lock()
        self._runner = asyncio.Runner()
        self._told_trouble: str | None = None
        self._told_step: str | None = None
        self._beaten: str | None = None
        """The draft at the last heartbeat."""

    def run(self) -> None:
        """Hold the interview. Raises: Stopped, when a signal interrupts it; everything said is kept by then."""
        if isinstance(sys.stdin, io.TextIOWrapper):
            sys.stdin.reconfigure(errors="replace")
        with self._runner, _signals(), self._heartbeat():
            try:
                self._begin()
                for entry in self._entries:
                    self._take(entry)
                    if self._interview.over:
                        return
                self._interview.end("input_ended")
            except (Stopped, KeyboardInterrupt, BrokenPipeError) as stop:
                self._stop()
                if isinstance(stop, BrokenPipeError):
                    raise
                raise Stopped(stop.code if isinstance(stop, Stopped) else 130) from None
            self._tell_trouble()

    def _begin(self) -> None:
        for fault in self._live.faults:
            _note(fault)
        if self._live.started:
            self._introduce()
            self._say(self._interview.start(self._live.started))
            self._interview.start_clock()
        else:
            self._welcome_back()
        self._tell_trouble()

    def _introduce(self) -> None:
        plan = self._interview.agenda.plan
        steps = len(plan.shares)
        _print(
            f"{self._live.problem.title}. {plan.total / 60:g} minutes, {steps} step{'s' if steps > 1 else ''}, "
            "offline interviewer. /help lists the commands."
        )
        if self._terminal:
            _print("End an answer with a line that holds only a dot.")

    def _welcome_back(self) -> None:
        interview = self._interview
        _print(f"Welcome back. {clock_text(interview.left)} left.")
        for turn in interview.state.turns[-3:]:
            text = turn.text if turn.speaker == "interviewer" else one_line(turn.text, _REMINDER)
            _print(f"{turn.speaker.capitalize()}: {text}")
        answer = interview.state.last_answer
        if self._live.draft and not (answer and answer.text == self._live.draft):
            _print("Your unsent answer is kept; go on with it:")
            _print(self._live.draft)
            self._entries.restore(self._live.draft)
        interview.resume()
        self._tell_step()
        if interview.owes_reply:
            self._say(interview.reply())

    def _take(self, entry: Entry) -> None:
        match entry:
            case Answer(text):
                self._say(self._interview.answer(text), sent=len(text.split()))
                self._entries.sending = ""
                self._save_draft("")
            case Command(name):
                self._command(name)
            case Unknown(name):
                _print(f"No command /{name}. Start with // to send it as text.")
        self._tell_time()
        self._tell_trouble()

    def _command(self, name: str) -> None:
        interview = self._interview
        match name:
            case "hint":
                self._say(interview.hint())
            case "repeat":
                self._say(interview.repeat())
            case "next":
                self._say(interview.skip())
            case "back" if interview.state.last_answer is None:
                _print("There is no answer to take back yet.")
            case "back":
                _print("Taken back:")
                _print(interview.state.last_answer.text if interview.state.last_answer else "")
                self._say(interview.take_back())
            case "pause":
                interview.pause()
                _print(f"Paused, {clock_text(interview.left)} left. /resume goes on; so does your next answer.")
            case "resume" if not interview.state.paused:
                _print(f"The clock is running, {clock_text(interview.left)} left.")
            case "resume":
                interview.resume()
                _print(f"Going on, {clock_text(interview.left)} left.")
            case "time":
                _print(self._time_text())
            case "end":
                interview.end("candidate")
            case _:
                _print(HELP)

    def _time_text(self) -> str:
        interview = self._interview
        step = interview.state.step
        title = interview.agenda.rubric.step(step).title if step else ""
        return f"{clock_text(interview.left)} left. Now: {title}."

    def _say(self, words: AsyncIterator[str], *, sent: int | None = None) -> None:
        """Print the interviewer's turn; that an answer was sent is said once it is safe."""
        text = self._runner.run(_collected(words))
        if sent is not None:
            _print(f"Sent, {sent} word{'s' if sent != 1 else ''}.")
        self._tell_step()
        if text:
            _print(f"Interviewer: {text}")

    def _tell_step(self) -> None:
        """Announce a step once, when it is entered."""
        step, shares = self._interview.state.step, self._interview.agenda.plan.shares
        if step is None or step == self._told_step:
            return
        self._told_step = step
        number = [name for name, _ in shares].index(step) + 1
        title = self._interview.agenda.rubric.step(step).title
        minutes = f"{self._interview.agenda.plan.share(step) / 60:.0f} minutes"
        _print(f"Step {number} of {len(shares)}, {title}, {minutes}.")

    def _tell_time(self) -> None:
        """Announce five minutes and one, and the end; on a terminal also while something is typed."""
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
            _print(text)
        else:
            sys.stdout.write(f"\n{text}\n{self._entries.prompt}{harmless(typing)}")
            sys.stdout.flush()

    def _tell_trouble(self) -> None:
        """Say once that the disk refuses, and offer another place."""
        trouble = self._live.log.trouble
        if trouble is None:
            self._told_trouble = None
        elif trouble.message != self._told_trouble:
            self._told_trouble = trouble.message
            _note(f"{trouble.message} The interview goes on in memory.")
            self._offer_another_place()

    def _offer_another_place(self) -> None:
        if not self._terminal:
            _note("Free some space there, and what was said will be written with the next answer.")
            return
        try:
            place = input("Another folder to save in (empty: go on in memory): ").strip()
            if place:
                self._live.log.move_to(Path(place).expanduser() / self._live.id)
                _print(f"Saved in {self._live.log.folder}; later, use --data-dir {self._live.log.folder.parent}")
        except (EOFError, RuntimeError):  # no answer, or a home folder that does not exist
            _note("Going on in memory.")
        except StorageError as error:
            _note(str(error))

    def _stop(self) -> None:
        """Keep all; a terminal that was closed has emptied the line that was typed, the heartbeat still knows it."""
        draft = self._entries.draft()
        if self._beaten and self._beaten.startswith(draft):
            draft = self._beaten
        self._interview.pause()
        self._save_draft(draft)
        left = clock_text(self._interview.left)
        trouble = self._live.log.trouble
        how = (
            f"Resume with: fourstep resume {self._live.id.rsplit('-', 1)[-1]}"
            if not trouble
            else f"Not saved: {trouble}"
        )
        with suppress(OSError):  # nobody may be there to read it
            _print(f"\nPaused, {left} left. {how}")

    @contextmanager
    def _heartbeat(self) -> Iterator[None]:
        """Keep the draft on disk while it is typed."""
        done = threading.Event()
        thread = threading.Thread(target=self._beat, args=(done,), daemon=True)
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()

    def _beat(self, done: threading.Event) -> None:
        beats = 0
        while not done.wait(_HEARTBEAT):
            draft = self._entries.draft()
            beats += 1
            if draft != self._beaten or beats % _BEATS_A_TOUCH == 0:
                self._beaten = draft
                self._save_draft(draft)
            if self._terminal:
                self._tell_time()

    def _save_draft(self, text: str) -> None:
        with suppress(StorageError):  # the log tells of the same disk
            self._live.save_draft(text)


async def _collected(words: AsyncIterator[str]) -> str:
    return "".join([piece async for piece in words])


@contextmanager
def _signals() -> Iterator[None]:
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


def _print(text: str) -> None:
    """One paragraph, harmless; wrapped where somebody reads it on a terminal."""
    shown = wrapped(text, _WIDTH) if sys.stdout.isatty() else harmless(text)
    sys.stdout.write(f"{shown}\n")
    sys.stdout.flush()


def _note(text: str) -> None:
    sys.stderr.write(f"{harmless(text)}\n")
    sys.stderr.flush()
