"""The live interview: a conversation above, the answer box below, the clock and the steps over both."""

import time
from collections.abc import Iterable

from textual import events, on, work
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from fourstep.errors import FourstepError, LockedError
from fourstep.interview.timing import clock_text
from fourstep.tui.desk import Desk, Opening
from fourstep.tui.screens.hearing import Hearing
from fourstep.tui.timekeeping import TimeKeeper
from fourstep.tui.widgets.composer import Composer
from fourstep.tui.widgets.conversation import Conversation
from fourstep.tui.widgets.pad import Pad
from fourstep.tui.widgets.writing import Writing


class LiveScreen(Hearing):
    """One interview, from its first word to its end or interruption."""

    CSS_PATH = "live.tcss"
    AUTO_FOCUS = "#answer"
    BINDINGS = [
        Binding("pageup", "read(-1)", "Read back"),
        Binding("pagedown", "read(1)", "Read on", show=False),
        Binding("ctrl+home", "read_all(False)", "First words", show=False),
        Binding("ctrl+end", "read_all(True)", "Last words", show=False),
        Binding("enter", "scorecard", "Scorecard"),
        Binding("ctrl+r", "again", "Again"),
        Binding("f4", "pad", "Pad"),
        Binding("f8", "hint", "Hint"),
        Binding("f9", "next_step", "Next step"),
        Binding("escape", "stop", "Stop"),
        Binding("ctrl+g", "edit", "Editor"),
        Binding("ctrl+q", "app.leave", "Quit"),
        Binding("ctrl+p", "app.command_palette", "All commands", show=False),
        Binding("f1", "app.help", "Help"),
    ]

    def __init__(self, opening: Opening) -> None:
        super().__init__()
        self.desk = Desk(opening)
        self.conversation = Conversation()
        self.composer = Composer(id="answer")
        self.pad = Pad(id="pad")
        self._queued = ""
        """Sent while a reply was on its way; it follows it."""
        self._sending = ""
        """Sent and not yet known to be in the log."""

    def body(self) -> Iterable[Widget]:
        """Steps, conversation and answer, and the pad beside or over them."""
        self.head("Interview")
        self.say("Opening…")
        self.composer.enter_sends = self.program_app.front.settings.enter_sends
        self.composer.add_class("box")
        self.pad.add_class("box")
        talk = Vertical(self.conversation, self._disk, self._trouble, self._time_up, self.composer, id="talk")
        return self._steps, Horizontal(talk, self.pad, id="sheets")

    def on_mount(self) -> None:
        """Open the interview behind the first picture."""
        self.label_composer()
        self._begin()
        self.look_at_the_clock()

    # opening

    @work(group="talk", exclusive=True)
    async def _begin(self) -> None:
        try:
            live = await self.desk.open(self._told_to_wait)
        except FourstepError as error:
            self._refuse(error)
            return
        self._keeper = TimeKeeper(live.interview.elapsed)
        self._steps.follow(live.interview, timed=self.timed)
        if live.started:
            self.say("The interviewer is opening. The clock starts when the message ends.")
            await self._hear(live.interview.start(live.started))
            if not self._trouble.display:
                await self.desk.do(live.interview.start_clock)
            if live.interview.brain == "model":
                (await self.program_app.program()).try_out_new_models(self._told_of_model)
            self.after_reply()
        else:
            await self._welcome_back()

    async def _welcome_back(self) -> None:
        interview, live = self.desk.interview, self.desk.live
        if not (interview.state.paused or interview.over):
            await self.desk.do(interview.pause)  # after a kill the log does not say yet that the clock stands
        self.conversation.show_state(interview.state, self._titles)
        self.conversation.action_to_end()
        self.pad.load_text(live.pad)
        self.place_pad()
        answer = interview.state.last_answer
        if live.draft.strip() and not (answer and answer.text.strip() == live.draft.strip()):
            self.composer.fill(live.draft)
        if interview.owes_reply:
            await self._hear(interview.reply())
        self.after_reply()
        if self.stage == "yours":
            fault = f" {live.faults[0]}" if live.faults else ""
            self.say(f"{self._greeting} The clock starts when you press a key.{fault}")

    @property
    def _greeting(self) -> str:
        """For whoever comes back, or answers a turn again and has not yet done so."""
        state = self.desk.interview.state
        started, answers = state.started, [turn for turn in state.turns if turn.speaker == "candidate"]
        if started and started.forked_at and not any(turn.turn >= started.forked_at for turn in answers):
            return f"You answer C{started.forked_at} again; what you said then is in the other interview."
        return "Welcome back."

    def _refuse(self, error: FourstepError) -> None:
        """It cannot be opened; a transcript that another window writes can still be read."""
        self.stage = "closed"
        self.composer.read_only = True
        self.label_composer()
        more = " Press v on the home screen to read it." if isinstance(error, LockedError) else ""
        self.say(f"{error}{more} Esc goes back.", bad=True)
        self.keys_changed()

    # answers

    @property
    def in_progress(self) -> bool:
        """Whether there is an interview and it is not over."""
        return self.desk.opened and self.stage not in ("over", "closed") and not self.desk.interview.over

    @property
    def unsent(self) -> str:
        """Everything that was typed and is not in the log."""
        typed = self.composer.text
        sending = "" if _as_sent(typed).startswith(self._sending) else self._sending
        return "\n\n".join(part for part in (sending, self._queued, typed) if part.strip())

    @property
    def busy(self) -> bool:
        """Whether a reply is being made, so that an answer has to wait."""
        return self.stage in ("opening", "waiting") or self._streaming or bool(self._sending)

    @on(Composer.Sent)
    def _on_sent(self, event: Composer.Sent) -> None:
        if self.desk.opened and not self.in_progress:
            return
        if self.busy:
            self._queued = "\n\n".join(part for part in (self._queued, event.text) if part)
            self.composer.take_out(event.text)
            self.say("1 answer waits for the reply; Esc takes it back.")
            self.keys_changed()
        else:
            self._answer(event.text)

    @work(group="talk", exclusive=True)
    async def _answer(self, text: str, *, from_box: bool = True) -> None:
        """Into the log first; only then out of the box."""
        interview = self.desk.interview
        self._finish_reveal()
        self._sending = text
        pad = self.pad.text
        await self.desk.do(lambda: interview.take(text, pad))
        self._sending = ""
        if from_box:
            self.composer.take_out(text)
        self.conversation.add_answer(text)
        self.desk.save_draft(self.unsent)
        await self._hear(interview.reply())
        self.after_reply()

    def send_draft(self) -> bool:
        """Send what is in the box, if anything is: a draft is never dropped at the end, it is the last answer."""
        self._sending = _as_sent(self.composer.text)
        if self._sending:
            self._answer(self._sending)
        return bool(self._sending)

    def after_reply(self) -> None:
        """What waits is sent; otherwise it is the candidate's turn, or over."""
        if self.desk.interview.over:
            self.ended()
        elif self._queued and not self._trouble.display:
            text, self._queued = self._queued, ""
            self._sending = text
            self.call_later(self._answer, text, from_box=False)
        else:
            self._your_turn()

    def _your_turn(self) -> None:
        self.stage = "yours"
        if self._trouble.display:
            self.say("No reply came. Ctrl+R tries again, /offline goes on without a model; you can write meanwhile.")
        elif self.desk.interview.cut_off:
            self.say("The message was cut off. Ctrl+R asks for it again, or just answer.")
        else:
            self.say("The interviewer has finished; F4 goes back to read it." if self.pad_covers else "Your turn.")
        self._tell_disk()
        self.show_clock()
        self.keys_changed()

    def ended(self) -> None:
        """It is over; what was not sent stays readable."""
        self.stage = "over"
        self._finish_reveal()
        if self._queued:
            self._put_back(self._queued)
            self._queued = ""
        self.desk.save_draft(self.unsent)
        self._time_up.display = self._trouble.display = False
        self.composer.read_only = self.pad.read_only = True
        self.conversation.focus()
        self.label_composer()
        self.say("The interview is over. Enter shows your scorecard.")
        self._tell_disk()
        self.show_clock()
        self.keys_changed()

    def action_stop(self) -> None:
        """Takes an answer back before the first word, stops a stream, shows the rest; never leaves, never clears."""
        turns = self.desk.interview.state.turns if self.desk.opened else ()
        if self.stage == "closed":
            self.dismiss()
        elif self._queued:
            text, self._queued = self._queued, ""
            self._put_back(text)
            self.say("Taken back into the box.")
        elif self.stage == "waiting" and turns and turns[-1].speaker == "candidate":
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
        await self._give_back_no_more()
        self._take_back(answer.text if answer else "")
        self.say("Taken back into the box; nothing was sent.")

    def action_take_back(self) -> None:
        """The last answer goes back into the box, and the reply to it is withdrawn."""
        answer = self.desk.interview.state.last_answer if self.in_progress else None
        if answer is None:
            self.say("There is no answer to take back.")
        elif self.busy:
            self.say("The interviewer is speaking; Esc stops the message.")
        else:
            self._withdraw(answer.text)

    @work(group="talk", exclusive=True)
    async def _withdraw(self, text: str) -> None:
        self._finish_reveal()
        await self._hear(self.desk.interview.take_back())
        self._take_back(text)

    def _take_back(self, text: str) -> None:
        self.conversation.show_state(self.desk.interview.state, self._titles)
        self._put_back(text)
        self.after_reply()

    def _put_back(self, text: str) -> None:
        """Into the box, above what was written since."""
        newer = self.composer.text
        self.composer.fill(f"{text}\n\n{newer}" if newer.strip() else text)

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
            return self.stage == "yours" and self.desk.opened and self.desk.interview.cut_off
        if action == "stop":
            return self.stage in ("waiting", "speaking", "closed") or bool(self._queued)
        return True

    # signs of life

    def on_key(self, event: events.Key) -> None:
        """Letters typed beside the boxes are meant for the answer; those typed in them do not come here."""
        self._touched()
        if event.is_printable and event.character and not self.composer.read_only:
            event.stop()
            self.composer.focus()
            self.composer.insert(event.character)

    @on(Writing.Touched)
    def _on_touched(self) -> None:
        self._touched()

    @on(Composer.Changed, "#answer")
    def _on_typed(self) -> None:
        self.label_composer()

    @work(group="clock")
    async def _touched(self) -> None:
        """The clock runs, and there is no silence."""
        self._last_key = time.monotonic()
        if self.stage == "yours" and self.in_progress and not self.desk.interview.running and not self._trouble.display:
            await self.desk.do(self.desk.interview.resume)
            self._your_turn()

    def label_composer(self) -> None:
        """What the box is for, and how it is sent."""
        title = {"over": "The interview is over", "closed": "Not open"}.get(self.stage, "Your answer")
        self.composer.border_title = f"▸ {title}" if self.composer.has_focus else title
        how = "Enter or F2 sends · Ctrl+J new line" if self.composer.enter_sends else self.program_app.how_to_send
        words = len(self.composer.text.split())
        counted = f"{how} · {words} words" if words else how
        self.composer.border_subtitle = {"over": "Enter shows your scorecard", "closed": ""}.get(self.stage, counted)

    @property
    def _titles(self) -> dict[str, str]:
        return {step.id: step.title for step in self.desk.interview.agenda.rubric.steps}

    def keep(self) -> str:
        """Keep everything before the program is left; returns how to go on, for the last line."""
        if not self.desk.opened:
            self.desk.close("")
            return ""
        interview, live = self.desk.interview, self.desk.live
        key, left, over = live.key, clock_text(interview.left), interview.over
        self.desk.close(self.unsent, self.pad.text)
        if live.log.trouble:
            return f"Not saved: {live.log.trouble}"
        where = self.program_app.front.where
        if over:
            return f"Score it with: fourstep score {key}{where}"
        return f"Paused, {left} left. Resume with: fourstep resume {key}{where}"


def _as_sent(typed: str) -> str:
    """What an answer would be once it is sent."""
    text = typed.strip()
    return text.removeprefix("/") if text.startswith("//") else text
