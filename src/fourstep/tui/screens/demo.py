"""The demo: a recorded candidate is interviewed by the real engine, typed out on screen, and scored; in a minute."""

import asyncio
from typing import TYPE_CHECKING

from textual import work
from textual.binding import Binding

from fourstep.tui.screens.live import LiveScreen

if TYPE_CHECKING:
    from fourstep.wiring.demo import Recording

_READING = 0.35
"""Seconds that something stands before the next thing happens."""
_TYPING = 8
"""Pictures in which an answer is typed."""
_PICTURE = 0.06
"""Seconds of each."""


class DemoScreen(LiveScreen):
    """A live interview whose answers come from a recording, at the recording's own times."""

    BINDINGS = [
        Binding("space", "hold", "Stop, go on"),
        Binding("escape", "leave_demo", "Leave the demo"),
        Binding("f1", "app.help", "Help"),
    ]

    def __init__(self, recording: "Recording") -> None:
        super().__init__(recording.opening)
        self._recording = recording
        self._answers = iter(recording.answers)
        self._going = asyncio.Event()
        self._going.set()

    def on_mount(self) -> None:
        """Nobody types here."""
        self.composer.read_only = True
        self.conversation.focus()

    def _your_turn(self) -> None:
        super()._your_turn()
        self.say("A recorded candidate answers. Space stops the demo and goes on, Esc leaves it.")
        self._next_answer()

    @work(group="demo", exclusive=True)
    async def _next_answer(self) -> None:
        answer = next(self._answers, None)
        if answer is None:
            self.action_end()
            return
        await self._stand()
        for picture in range(1, _TYPING + 1) if self.program_app.moves else (_TYPING,):
            self.composer.load_text(answer.text[: len(answer.text) * picture // _TYPING])
            self.composer.move_cursor(self.composer.document.end)
            await asyncio.sleep(_PICTURE)
        await self._stand()
        self._recording.move_to(answer.elapsed)
        self._answer(answer.text)

    def ended(self) -> None:
        """On to the scorecard."""
        super().ended()
        self._show_scorecard()

    @work(group="demo", exclusive=True)
    async def _show_scorecard(self) -> None:
        await self._stand()
        self.action_scorecard()

    def action_scorecard(self) -> None:
        """Score it; whoever watches is not asked what the score will be."""
        live = self.desk.live
        self.keep()
        self.program_app.score_live(live, own=False)

    async def _stand(self) -> None:
        """Leave time to read; longer when somebody stopped it."""
        await asyncio.sleep(_READING if self.program_app.moves else 0)
        await self._going.wait()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing can be asked for here."""
        if action in ("hint", "next_step", "edit", "send", "stop", "again"):
            return False
        return super().check_action(action, parameters)

    def action_hold(self) -> None:
        """Stop, or go on."""
        if self._going.is_set():
            self._going.clear()
            self.say("Stopped; Space goes on.")
        else:
            self._going.set()
            self.say("")

    def action_leave_demo(self) -> None:
        """Back to where one came from; nothing is kept."""
        self.keep()
        self.dismiss()

    def keep(self) -> str:
        """Nothing of a demo is gone on with."""
        super().keep()
        return ""
