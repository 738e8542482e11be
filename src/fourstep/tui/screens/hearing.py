"""The interviewer's words on the live screen: asked for, shown as they come, and what is said when none come."""

import time
from collections.abc import AsyncIterator

from textual import work
from textual.content import Content

from fourstep.errors import ModelError
from fourstep.tui.foreign import shown
from fourstep.tui.reveal import Reveal
from fourstep.tui.screens.requests import Words
from fourstep.tui.screens.timed import Timed
from fourstep.tui.widgets.panel import Panel


class Hearing(Timed):
    """Lets the interviewer speak; the screen that extends it says what comes after a reply."""

    def __init__(self) -> None:
        super().__init__()
        self._trouble = Panel(id="trouble", title="Not delivered")
        self._reveal: Reveal | None = None
        self._streaming = False
        """Whether the brain is still at work; a reply that only appears word by word is complete."""
        self._paused_by_fault = False
        """Whether the clock stands because no reply came; the next reply lets it run."""

    def after_reply(self) -> None:
        """The interviewer has spoken, or could not."""
        raise NotImplementedError

    def talk(self, words: Words) -> None:
        """Let the interviewer say something, unless it is speaking or nobody is there."""
        if not self.in_progress:
            return
        if self.busy:
            self.say("The interviewer is speaking; Esc stops the message.")
        else:
            self._converse(words)

    @work(group="talk", exclusive=True)
    async def _converse(self, words: Words) -> None:
        self._finish_reveal()
        await self._hear(words(self.desk.interview))
        self.after_reply()

    async def _hear(self, words: AsyncIterator[str]) -> None:
        """Show words as they come; at the end the page holds what the log holds."""
        interview = self.desk.interview
        self.stage, self._streaming = "waiting", True
        self._waiting_since, self._trouble.display = time.monotonic(), False
        self.keys_changed()
        self._reveal = Reveal(motion=self.program_app.moves)
        said = ""
        try:
            async for said in self._reveal.play(self._watched(words)):
                if self.stage == "waiting":
                    await self._first_words()
                self.conversation.say(said)
        except ModelError as error:
            await self._fail(error)
        self.conversation.finish(said, "(cut off)" if interview.cut_off else "")
        await self._give_back_no_more()
        self._reveal = None

    async def _first_words(self) -> None:
        self.stage = "speaking"
        if self._paused_by_fault:
            self._paused_by_fault = False
            await self.desk.do(self.desk.interview.resume)
        await self._give_back_no_more()
        self.say("The interviewer is typing. You can write now; Esc shows the rest, or stops the message.")
        self.show_clock()
        self.keys_changed()

    async def _fail(self, error: ModelError) -> None:
        """Said where it stays, with what is safe and what to do; the clock stands still."""
        self._paused_by_fault, self._given_back = True, False
        await self.desk.do(self.desk.interview.pause)
        self._trouble.text = Content.assemble(
            shown(f"! {error}\n"),
            "What you wrote is kept, nothing is lost. The clock is paused.\n",
            Content.assemble(("Ctrl+R", "bold"), " try again").stylize("@click=screen.again"), "    ",
            Content.assemble(("/offline", "bold"), " go on without a model").stylize("@click=screen.offline"), "    ",
            Content.assemble(("Ctrl+Q", "bold"), " leave, and resume later").stylize("@click=app.leave"),
        )  # fmt: skip
        self.stage = "yours"  # before the card can be read: what it offers can be done
        self._trouble.display = True

    async def _watched(self, words: AsyncIterator[str]) -> AsyncIterator[str]:
        try:
            async for piece in self.desk.speak(words):
                yield piece
        finally:
            self._streaming = False

    def _finish_reveal(self) -> None:
        """A reply that only appears is complete: show it whole before something else happens."""
        spoken = self.desk.interview.state.turns
        if self._reveal and spoken and spoken[-1].speaker == "interviewer" and not self._streaming:
            self.conversation.finish(spoken[-1].text)
        self._reveal = None
