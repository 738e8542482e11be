"""The live interview: a conversation above, the answer box below, the clock and the steps over both."""

import time
from collections.abc import AsyncIterator, Callable, Iterable
from datetime import datetime
from typing import Literal

from textual import events, on, work
from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget

from fourstep.errors import FourstepError, LockedError
from fourstep.interview.interview import Interview
from fourstep.interview.timing import clock_text
from fourstep.tui.commands import COMMANDS
from fourstep.tui.desk import Desk, Opening
from fourstep.tui.frame import Framed
from fourstep.tui.reveal import Reveal
from fourstep.tui.screens.confirm import Confirm
from fourstep.tui.timekeeping import MORE, TimeKeeper
from fourstep.tui.turns import passage, passages
from fourstep.tui.widgets.composer import Composer
from fourstep.tui.widgets.page import Page
from fourstep.tui.widgets.panel import Panel
from fourstep.tui.widgets.steps import StepsLine, hints_text

Stage = Literal["opening", "yours", "waiting", "speaking", "over", "closed"]
"""Who has the word: nobody yet, the candidate, a reply that is on its way, one that is shown; or nobody any more."""

BEAT = 0.5
"""Seconds between looks at the clock and at what is being typed, so that a kill loses less than a second of it."""
_BEATS_A_TOUCH = 10
"""Every how many looks the draft is touched although nothing changed: the heartbeat of the clock."""


class LiveScreen(Framed):
    """One interview, from its first word to its end or interruption."""

    CSS_PATH = "live.tcss"
    AUTO_FOCUS = "#answer"
    BINDINGS = [
        Binding("pageup", "read(-1)", "Read back"),
        Binding("pagedown", "read(1)", "Read on", show=False),
        Binding("ctrl+home", "read_all(False)", "First words", show=False),
        Binding("ctrl+end", "read_all(True)", "Last words", show=False),
        Binding("enter", "scorecard", "Scorecard"),
        Binding("f8", "hint", "Hint"),
        Binding("f9", "next_step", "Next step"),
        Binding("ctrl+g", "edit", "Editor"),
        Binding("escape", "stop", "Stop"),
        Binding("ctrl+r", "again", "Again"),
        Binding("ctrl+q", "app.leave", "Leave"),
        Binding("ctrl+p", "app.command_palette", "All commands", show=False),
        Binding("f1", "app.help", "Help"),
    ]

    def __init__(self, opening: Opening) -> None:
        super().__init__()
        self.desk = Desk(opening)
        self.stage: Stage = "opening"
        self._page = Page(id="conversation", follows=True)
        self._composer = Composer(id="answer")
        self._time_up = Panel(id="time-up", title="Time")
        self._steps = StepsLine()
        self._reveal: Reveal | None = None
        self._streaming = False
        """Whether the brain is still at work; a reply that only appears word by word is complete."""
        self._queued = ""
        """Sent while a reply was on its way; it follows it."""
        self._sending = ""
        """Sent and not yet known to be in the log."""
        self._keeper = TimeKeeper(0.0)
        self._beats = 0
        self._last_key = time.monotonic()
        self._timed = True
        self._trouble = ""

    def body(self) -> Iterable[Widget]:
        """Steps, conversation, answer."""
        self.head("Interview")
        self.say("Opening…")
        self._page.add_class("box")
        self._composer.add_class("box")
        self._page.border_title = "Conversation"
        self._composer.enter_sends = self.program_app.front.settings.enter_sends
        return self._steps, self._page, self._time_up, self._composer

    def on_mount(self) -> None:
        """Open the interview behind the first picture."""
        self._label_composer()
        self._begin()
        self.set_interval(BEAT, self._beat)

    # opening

    @work(group="talk", exclusive=True)
    async def _begin(self) -> None:
        try:
            live = await self.desk.open()
        except FourstepError as error:
            self._refuse(error)
            return
        self._keeper = TimeKeeper(live.interview.elapsed)
        self._steps.follow(live.interview, timed=self._timed)
        self._tell_trouble()
        if live.started:
            self.say("The interviewer is opening. The clock starts when the message ends.")
            await self._hear(live.interview.start(live.started))
            await self.desk.do(live.interview.start_clock)
            await self._after_reply()
        else:
            await self._welcome_back()

    async def _welcome_back(self) -> None:
        interview, live = self.desk.interview, self.desk.live
        self._page.show(passages(interview.state, self._titles))
        self._page.action_to_end()
        answer = interview.state.last_answer
        if live.draft and not (answer and answer.text == live.draft):
            self._composer.load_text(live.draft)
            self._composer.move_cursor(self._composer.document.end)
        if interview.owes_reply:
            await self._hear(interview.reply())
        if interview.over:
            self._over()
            return
        self.stage = "yours"
        self.say("Welcome back. The clock starts when you press a key." + (f" {live.faults[0]}" if live.faults else ""))
        self._show_clock()
        self.keys_changed()

    def _refuse(self, error: FourstepError) -> None:
        """It cannot be opened; a transcript that another window writes can still be read."""
        self.stage = "closed"
        self._composer.read_only = True
        self._composer.border_title = "Not open"
        more = " Press v on the home screen to read it." if isinstance(error, LockedError) else ""
        self.say(f"{error}{more} Esc goes back.", bad=True)
        self.keys_changed()

    # answers

    @on(Composer.Sent)
    def _on_sent(self, event: Composer.Sent) -> None:
        if self.stage in ("closed", "over", "opening") and not self.desk.opened:
            return
        if self.stage == "over":
            return
        if self._busy:
            self._queued = "\n\n".join(part for part in (self._queued, event.text) if part)
            self._take_from_composer(event.text)
            self.say("1 answer waits for the reply; Esc takes it back.")
            return
        self._answer(event.text)

    @property
    def _busy(self) -> bool:
        """Whether a reply is being made, so that an answer has to wait."""
        return self.stage in ("opening", "waiting") or self._streaming or bool(self._sending)

    @work(group="talk", exclusive=True)
    async def _answer(self, text: str) -> None:
        interview = self.desk.interview
        self._finish_reveal()
        self._sending = text
        await self.desk.do(lambda: interview.take(text))
        self._sending = ""
        self._take_from_composer(text)
        self._page.add(passage("candidate", text, datetime.now().astimezone()))
        self._page.action_to_end()
        self.desk.save_draft(self._draft)
        self._tell_trouble()
        await self._hear(interview.reply())
        await self._after_reply()

    def _take_from_composer(self, text: str) -> None:
        """Remove what was sent, and nothing that was typed since."""
        typed = self._composer.text
        raw = typed.strip()
        sent = text if not text.startswith("/") else f"/{text}"
        self._composer.load_text("" if raw == sent else typed.lstrip().removeprefix(sent).lstrip())
        self._composer.move_cursor(self._composer.document.end)

    async def _after_reply(self) -> None:
        if self._queued and not self.desk.interview.over:
            text, self._queued = self._queued, ""
            self.call_later(self._answer, text)
        elif self.desk.interview.over:
            self._over()
        else:
            self._your_turn()

    def _your_turn(self) -> None:
        self.stage = "yours"
        interview = self.desk.interview
        if interview.cut_off:
            self.say("The message was cut off. Ctrl+R asks for it again, or just answer.")
        else:
            self.say("Your turn.")
        self._show_clock()
        self.keys_changed()

    def _over(self) -> None:
        """It has ended; what was not sent stays readable."""
        self.stage = "over"
        self._time_up.display = False
        self._composer.read_only = True
        self._page.focus()
        self._label_composer()
        self.say("The interview is over. Enter shows your scorecard.")
        self.keys_changed()

    # the interviewer

    def _talk(self, words: Callable[[Interview], AsyncIterator[str]]) -> None:
        """Let the interviewer say something, unless it is speaking or nobody is there."""
        if not self.desk.opened or self.stage in ("over", "closed"):
            return
        if self._busy:
            self.say("The interviewer is speaking; Esc stops the message.")
        else:
            self._converse(words)

    @work(group="talk", exclusive=True)
    async def _converse(self, words: Callable[[Interview], AsyncIterator[str]]) -> None:
        self._finish_reveal()
        await self._hear(words(self.desk.interview))
        await self._after_reply()

    async def _hear(self, words: AsyncIterator[str]) -> None:
        """Show words as they come; at the end the page holds what the log holds."""
        interview = self.desk.interview
        self.stage, self._streaming = "waiting", True
        self.keys_changed()
        self._reveal = Reveal(motion=self.program_app.moves)
        began = datetime.now().astimezone()
        shown = ""
        async for text in self._reveal.play(self._watched(words)):
            if shown:
                self._page.change_last(passage("interviewer", text, began, "(typing)"))
            else:
                self._page.add(passage("interviewer", text, began, "(typing)"))
                self.stage = "speaking"
                self.say("The interviewer is typing. You can write now; Esc shows the rest, or stops the message.")
                self._show_clock()
            shown = text
        if shown:
            self._page.change_last(passage("interviewer", shown, began, "(cut off)" if interview.cut_off else ""))
        self._reveal = None
        self._tell_trouble()

    async def _watched(self, words: AsyncIterator[str]) -> AsyncIterator[str]:
        try:
            async for piece in self.desk.speak(words):
                yield piece
        finally:
            self._streaming = False

    def _finish_reveal(self) -> None:
        """A reply that only appears is complete: show it whole before something else happens."""
        if self._reveal and self.stage == "speaking":
            last = self.desk.interview.state.turns[-1]
            if last.speaker == "interviewer":
                self._page.change_last(passage("interviewer", last.text, last.at))
            self._reveal = None

    def action_stop(self) -> None:
        """Takes an answer back before the first word, stops a stream, shows the rest; never leaves, never clears."""
        if self.stage == "closed":
            self.dismiss()
        elif self._queued:
            text, self._queued = self._queued, ""
            self._put_back(text)
            self.say("Taken back into the box.")
        elif self.stage == "waiting" and self.desk.opened and self.desk.interview.owes_reply:
            self._unsend()
        elif self._streaming:
            self.desk.hush()
        elif self._reveal:
            self._reveal.hurry()

    @work(group="talk", exclusive=True)
    async def _unsend(self) -> None:
        """The answer goes back into the box; in the log it is withdrawn."""
        interview = self.desk.interview
        self.desk.hush()
        answer = interview.state.last_answer
        await self.desk.do(interview.withdraw)
        self._streaming, self._reveal = False, None
        self._page.show(passages(interview.state, self._titles))
        if answer:
            self._put_back(answer.text)
        self._your_turn()
        self.say("Taken back into the box; nothing was sent.")

    def _put_back(self, text: str) -> None:
        """Into the box, above what was written since."""
        newer = self._composer.text
        self._composer.load_text(f"{text}\n\n{newer}" if newer.strip() else text)
        self._composer.move_cursor(self._composer.document.end)

    # what can be asked for

    def action_send(self) -> None:
        """Send what is in the box."""
        self._composer.action_send()

    @work
    async def action_hint(self) -> None:
        """A hint, after asking: it is noted."""
        if not self.desk.opened or self.stage in ("over", "closed"):
            return
        state = self.desk.interview.state
        if len(state.hints) >= state.hints_allowed:
            self.say(f"No hint is left ({hints_text(self.desk.interview)}).")
            return
        question = f"Use hint {len(state.hints) + 1} of {state.hints_allowed}? It is noted on the scorecard."
        if await self.app.push_screen_wait(Confirm(question)):
            self._talk(lambda interview: interview.hint())

    @work
    async def action_next_step(self) -> None:
        """The next step; asks where something would be left behind."""
        if not self.desk.opened or self.stage in ("over", "closed"):
            return
        interview = self.desk.interview
        state, plan = interview.state, interview.agenda.plan
        half = (
            state.step is not None
            and interview.elapsed < (state.step_entered_at + plan.deadline(state.step, state.step_entered_at)) / 2
        )
        why = "Your answer is not sent yet. " if self._composer.text.strip() else ""
        why += "Less than half of this step's time is used. " if half else ""
        if not why or await self.app.push_screen_wait(Confirm(f"{why}Go to the next step?")):
            self._talk(lambda interview: interview.skip())

    def action_repeat(self) -> None:
        """The question once more."""
        self._talk(lambda interview: interview.repeat())

    def action_again(self) -> None:
        """What was cut off once more; otherwise the question."""
        self._talk(lambda interview: interview.again())

    def action_take_back(self) -> None:
        """The last answer goes back into the box, and the reply to it is withdrawn."""
        if not self.desk.opened or self._busy or self.stage in ("over", "closed"):
            return
        answer = self.desk.interview.state.last_answer
        if answer is None:
            self.say("There is no answer to take back yet.")
            return
        self._taken_back(answer.text)

    @work(group="talk", exclusive=True)
    async def _taken_back(self, text: str) -> None:
        interview = self.desk.interview
        self._finish_reveal()
        await self._hear(interview.take_back())
        self._page.show(passages(interview.state, self._titles))
        self._put_back(text)
        await self._after_reply()

    @work(group="short")
    async def action_pause(self) -> None:
        """Stop the clock until the next key."""
        if self.desk.opened and self.stage == "yours":
            await self.desk.do(self.desk.interview.pause)
            self.say("Paused. The clock starts when you type; Ctrl+Q leaves.")
            self._show_clock()

    @work
    async def action_end(self) -> None:
        """End it here, after asking."""
        if not self.desk.opened or self.stage in ("over", "closed"):
            return
        unsent = "Your answer is not sent yet and will not count. " if self._composer.text.strip() else ""
        if await self.app.push_screen_wait(Confirm(f"{unsent}End the interview here?")):
            self.desk.hush()
            await self.desk.do(lambda: self.desk.interview.end("candidate"))
            self._over()

    @work(group="short")
    async def action_more_time(self) -> None:
        """Five minutes more, on the record."""
        if self.desk.opened and self.stage not in ("over", "closed"):
            await self.desk.do(lambda: self.desk.interview.extend(MORE))
            self.say(f"{MORE:g} minutes more. It is noted.")
            self._show_clock()

    def action_clock(self) -> None:
        """Some people think better without it."""
        self._timed = not self._timed
        self.say("The clock is shown." if self._timed else "The clock is hidden; /time shows it.")
        self._show_clock()

    def action_enter_sends(self) -> None:
        """Swap the two keys until the end of this interview."""
        self._composer.enter_sends = not self._composer.enter_sends
        self.say("Enter sends, Ctrl+J makes a new line." if self._composer.enter_sends else "Enter makes a new line.")
        self._label_composer()

    def action_copy_turn(self) -> None:
        """Copy what was said last."""
        if self.desk.opened and (turns := self.desk.interview.state.turns):
            self.program_app.copy(turns[-1].text)

    @work(group="short")
    async def action_edit(self) -> None:
        """Write in one's own editor; the clock goes on meanwhile."""
        text = await self.program_app.edited(self._composer.text)
        if text is not None and text != self._composer.text:
            self._composer.load_text(text)
            self._composer.move_cursor(self._composer.document.end)

    def action_scorecard(self) -> None:
        """Score it, once it is over."""
        if self.stage == "over":
            live = self.desk.live
            self.keep()
            self.program_app.score_live(live)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only keys that do something now."""
        if action == "scorecard":
            return self.stage == "over"
        if action in ("hint", "next_step", "edit", "send"):
            return self.stage not in ("over", "closed")
        if action == "again":
            return self.stage == "yours" and self.desk.interview.cut_off
        if action == "stop":
            return self.stage in ("waiting", "speaking", "closed") or bool(self._queued)
        return True

    @on(Composer.Command)
    async def _on_command(self, event: Composer.Command) -> None:
        if event.name not in COMMANDS:
            self.say(f"No command /{event.name}. Start with // to send it as text.")
            return
        self._composer.load_text("")
        _, action = COMMANDS[event.name]
        await self.run_action(action)

    # reading back

    def action_read(self, pages: int) -> None:
        """Turn the conversation's pages, from wherever the cursor is."""
        self._page.action_turn(pages)

    def action_read_all(self, end: bool) -> None:
        """To its end or its beginning."""
        if end:
            self._page.action_to_end()
        else:
            self._page.action_to_start()

    @on(Composer.Read)
    def _on_read(self, event: Composer.Read) -> None:
        match event.key:
            case "pageup" | "pagedown":
                self.action_read(-1 if event.key == "pageup" else 1)
            case _:
                self.action_read_all(event.key == "ctrl+end")

    @on(Page.Moved)
    def _on_moved(self) -> None:
        page = self._page
        if page.following:
            page.border_subtitle = ""
        elif page.new_lines:
            page.border_subtitle = f"v {page.new_lines} new lines below · Ctrl+End goes there"
        else:
            page.border_subtitle = "reading back · Ctrl+End goes on"

    def on_key(self, event: events.Key) -> None:
        """Letters typed beside the box are meant for it."""
        self._touched()
        if (
            event.is_printable
            and event.character
            and self.focused is not self._composer
            and not self._composer.read_only
        ):
            event.stop()
            self._composer.focus()
            self._composer.insert(event.character)

    @on(Composer.Changed)
    def _on_typed(self) -> None:
        self._touched()
        self._label_composer()

    @work(group="clock")
    async def _touched(self) -> None:
        """A sign of life: the clock runs, and there is no silence."""
        self._last_key = time.monotonic()
        if self.stage == "yours" and self.desk.opened and not self.desk.interview.running:
            await self.desk.do(self.desk.interview.resume)
            self.say("Your turn.")

    # the clock, the draft

    @property
    def _draft(self) -> str:
        """Everything that was typed and is not in the log."""
        sending = "" if self._composer.text.strip().startswith(self._sending) else self._sending
        return "\n\n".join(part for part in (self._queued, sending, self._composer.text) if part.strip())

    def _beat(self) -> None:
        if not self.desk.opened:
            return
        self._beats += 1
        if self.stage not in ("over", "closed"):
            saved = self.desk.save_draft(self._draft, touch=self._beats % _BEATS_A_TOUCH == 0)
            if saved:
                self._label_composer()
            self._tell_time()
        self._show_clock()

    def _tell_time(self) -> None:
        interview = self.desk.interview
        if not interview.running or self.stage == "opening":
            return
        if text := self._keeper.due(interview):
            self.say(text)
        over = self._keeper.overtime_left(interview)
        self._time_up.display = over is not None
        if over is not None:
            self._show_overtime(over)
            if over <= 0 and self.stage == "yours":
                self._time_is_over()
        silence = time.monotonic() - self._last_key
        if self.stage == "yours" and not self._draft and self._keeper.silence_is_long(interview, silence):
            self._talk(lambda interview: interview.nudge())

    def _show_overtime(self, left: float) -> None:
        words = len(self._draft.split())
        self._time_up.text = Content.assemble(
            f"Time is up. You have {clock_text(left)} to finish this answer; your unsent draft has {words} words.\n",
            Content.styled("Send it as my last answer", "bold").stylize("@click=screen.send"), "    ",
            Content.styled("/end", "bold").stylize("@click=screen.end"), " End without it    ",
            Content.styled("/more", "bold").stylize("@click=screen.more_time"), " Add 5 minutes (noted)",
        )  # fmt: skip

    def _time_is_over(self) -> None:
        """A draft is never dropped at the end: it is the last answer."""
        if self._draft:
            self.say("The time is over; your draft is your last answer.")
            self._answer(self._composer.text.strip())
        else:
            self._end_by_time()

    @work(group="short")
    async def _end_by_time(self) -> None:
        await self.desk.do(lambda: self.desk.interview.end("time"))
        self._over()

    def _show_clock(self) -> None:
        if not self.desk.opened:
            return
        interview = self.desk.interview
        total = interview.agenda.plan.total
        paused = " · paused" if not (interview.running or interview.over or self.stage == "opening") else ""
        left = f"{clock_text(interview.left)} left of {clock_text(total)}{paused}" if self._timed else ""
        saved = Content.styled("! not saved", "bold $error") if self._trouble else Content("● saved")
        self.head(self.desk.live.problem.title, Content.assemble(left, "  ", saved))
        self._steps.follow(interview, timed=self._timed)

    def _label_composer(self) -> None:
        words = len(self._composer.text.split())
        how = "Enter or F2 sends · Ctrl+J new line" if self._composer.enter_sends else self.program_app.how_to_send
        title = "The interview is over" if self.stage == "over" else "Your answer"
        self._composer.border_title = f"▸ {title}" if self._composer.has_focus else title
        if self.stage != "over":
            self._composer.border_subtitle = f"{how} · {words} words" if words else how
        else:
            self._composer.border_subtitle = "Enter shows your scorecard"

    def _tell_trouble(self) -> None:
        """What the disk refuses stays said until it takes it."""
        trouble = self.desk.live.log.trouble
        if trouble and trouble.message != self._trouble:
            self.say(f"{trouble.message} The interview goes on in memory.", bad=True)
        self._trouble = trouble.message if trouble else ""

    @property
    def _titles(self) -> dict[str, str]:
        return {step.id: step.title for step in self.desk.interview.agenda.rubric.steps}

    def keep(self) -> str:
        """Keep everything before the program is left; returns how to go on, for the last line."""
        if not self.desk.opened:
            return ""
        interview, live = self.desk.interview, self.desk.live
        key, left, over = live.id.rsplit("-", 1)[-1], clock_text(interview.left), interview.over
        self.desk.close(self._draft)
        if live.log.trouble:
            return f"Not saved: {live.log.trouble}"
        return (
            f"Score it with: fourstep score {key}"
            if over
            else f"Paused, {left} left. Resume with: fourstep resume {key}"
        )
