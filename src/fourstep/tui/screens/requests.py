"""What a candidate can ask for in a live interview, by key, by command, by mouse or by name."""

from collections.abc import AsyncIterator, Callable

from textual import on, work

from fourstep.grading.grader import FEWEST_WORDS
from fourstep.interview.interview import Interview
from fourstep.transcript.events import EndReason
from fourstep.transcript.transcript import transcript_of
from fourstep.tui.commands import COMMANDS
from fourstep.tui.desk import Desk
from fourstep.tui.frame import Framed
from fourstep.tui.screens.confirm import Confirm
from fourstep.tui.timekeeping import MORE
from fourstep.tui.widgets.composer import Composer
from fourstep.tui.widgets.conversation import Conversation
from fourstep.tui.widgets.pad import Pad
from fourstep.tui.widgets.steps import hints_text
from fourstep.tui.widgets.writing import Writing

Words = Callable[[Interview], AsyncIterator[str]]
"""What the interviewer is to say."""


class Requests(Framed):
    """The requests; the screen that holds the interview fulfils them."""

    desk: Desk
    composer: Composer
    pad: Pad
    conversation: Conversation
    timed: bool

    @property
    def in_progress(self) -> bool:
        """Whether there is an interview and it is not over."""
        raise NotImplementedError

    @property
    def unsent(self) -> str:
        """What was written and is not in the log."""
        raise NotImplementedError

    def talk(self, words: Words) -> None:
        """Let the interviewer say something."""
        raise NotImplementedError

    def ended(self) -> None:
        """The interview is over."""
        raise NotImplementedError

    def show_clock(self) -> None:
        """What the clock and the log say now."""
        raise NotImplementedError

    def label_composer(self) -> None:
        """What the box is for, and how it is sent."""
        raise NotImplementedError

    @on(Composer.Command)
    async def _on_command(self, event: Composer.Command) -> None:
        if event.name not in COMMANDS:
            self.say(f"No command /{event.name}. Start with // to send it as text.")
            return
        self.composer.load_text("")
        _, action = COMMANDS[event.name]
        if action.startswith("app."):
            await self.app.run_action(action.removeprefix("app."))
        else:
            getattr(self, f"action_{action}")()  # a key may be idle now; a command says why

    def action_send(self) -> None:
        """Send what is in the box."""
        self.composer.action_send()

    @work
    async def action_hint(self) -> None:
        """A hint, after asking: it is noted."""
        if not self.in_progress:
            return
        state = self.desk.interview.state
        if len(state.hints) >= state.hints_allowed:
            self.say(f"No hint is left ({hints_text(self.desk.interview)}).")
            return
        question = f"Use hint {len(state.hints) + 1} of {state.hints_allowed}? It is noted in the transcript."
        if await self.app.push_screen_wait(Confirm(question)):
            self.talk(lambda interview: interview.hint())

    @work
    async def action_next_step(self) -> None:
        """The next step; asks where something would be left behind."""
        if not self.in_progress:
            return
        why = "Your answer is not sent yet. " if self.unsent else ""
        why += "Less than half of this step's time is used. " if _step_is_young(self.desk.interview) else ""
        if not why or await self.app.push_screen_wait(Confirm(f"{why}\n{_way_on(self.desk.interview)}".lstrip())):
            self.talk(lambda interview: interview.skip())

    def action_repeat(self) -> None:
        """The question once more."""
        self.talk(lambda interview: interview.repeat())

    def action_again(self) -> None:
        """What was cut off once more."""
        if self.in_progress and not self.desk.interview.cut_off and not self.desk.interview.owes_reply:
            self.say("Nothing was cut off. /repeat repeats the question.")
        else:
            self.talk(lambda interview: interview.again())

    @work
    async def action_end(self) -> None:
        """End it here, after asking."""
        if not self.in_progress:
            return
        unsent = "Your answer is not sent yet and will not count. " if self.unsent else ""
        if transcript_of(self.desk.interview.state.events).words < FEWEST_WORDS:
            unsent += f"Below {FEWEST_WORDS} words nothing is graded. "
        if await self.app.push_screen_wait(Confirm(f"{unsent}\nEnd the interview here?".lstrip())) and self.in_progress:
            self.desk.hush()
            await self.finish("candidate")

    async def finish(self, why: EndReason) -> None:
        """End the interview, with what is on the pad on record."""
        pad = self.pad.text
        await self.desk.do(lambda: self.desk.interview.keep_pad(pad))
        await self.desk.do(lambda: self.desk.interview.end(why))
        self.ended()

    @work(group="short")
    async def action_more_time(self) -> None:
        """Five minutes more, on the record."""
        if self.in_progress:
            await self.desk.do(lambda: self.desk.interview.extend(MORE))
            self.say(f"{MORE:g} minutes more. It is noted.")
            self.show_clock()

    @work(group="short")
    async def action_pause(self) -> None:
        """Stop the clock until the next key."""
        if self.in_progress and self.desk.interview.running:
            await self.desk.do(self.desk.interview.pause)
            self.say("Paused. The clock starts when you press a key; Ctrl+Q leaves.")
            self.show_clock()
        else:
            self.say("The clock stands still already.")

    @work(group="short")
    async def action_offline(self) -> None:
        """Go on without a language model."""
        if not self.in_progress or self.desk.interview.brain == "offline":
            self.say("The interviewer is offline already.")
            return
        await self.desk.do(self.desk.live.go_offline)
        self.show_clock()
        if self.desk.interview.cut_off or self.desk.interview.owes_reply:
            self.talk(lambda interview: interview.again())
        else:
            self.say("The offline interviewer goes on.")

    def action_clock(self) -> None:
        """Some people think better without it."""
        self.timed = not self.timed
        self.say("The clock is shown." if self.timed else "The clock is hidden; /time shows it.")
        self.show_clock()

    def action_enter_sends(self) -> None:
        """Swap the two keys until the end of this interview."""
        self.composer.enter_sends = not self.composer.enter_sends
        self.say("Enter sends, Ctrl+J makes a new line." if self.composer.enter_sends else "Enter makes a new line.")
        self.label_composer()
        self.keys_changed()

    def action_copy_turn(self) -> None:
        """Copy what was said last."""
        if self.desk.opened and (turns := self.desk.interview.state.turns):
            self.program_app.copy(turns[-1].text)

    @work(group="short")
    async def action_edit(self) -> None:
        """Write or draw in one's own editor; the clock goes on meanwhile."""
        box = self.pad if self.pad.has_focus else self.composer
        text = await self.program_app.edited(box.text)
        if text is not None and text != box.text:
            box.replace_all(text)

    def action_read(self, pages: int) -> None:
        """Turn the conversation's pages, from wherever the cursor is."""
        self.conversation.action_turn(pages)

    def action_read_all(self, end: bool) -> None:
        """To its end or its beginning."""
        if end:
            self.conversation.action_to_end()
        else:
            self.conversation.action_to_start()

    @on(Writing.Read)
    def _on_read(self, event: Writing.Read) -> None:
        if event.key in ("pageup", "pagedown"):
            self.action_read(-1 if event.key == "pageup" else 1)
        else:
            self.action_read_all(event.key == "ctrl+end")


def _way_on(interview: Interview) -> str:
    """What comes instead of this step, as a question."""
    state, plan = interview.state, interview.agenda.plan
    if state.closing:
        return "Come to the end of the interview?"
    if state.step is not None and not plan.after(state.step):
        return "This is the last step. Go on to your own questions?"
    return "Go to the next step?"


def _step_is_young(interview: Interview) -> bool:
    """Whether less than half of the step's time is used."""
    state, plan = interview.state, interview.agenda.plan
    if state.step is None or state.closing:
        return False
    return interview.elapsed < (state.step_entered_at + plan.deadline(state.step, state.step_entered_at)) / 2
