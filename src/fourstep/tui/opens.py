"""Which screens there are, and how each is opened."""

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from textual import work
from textual.app import App

from fourstep.errors import FourstepError
from fourstep.wiring.front import Front, practice_of, recording_of

if TYPE_CHECKING:
    from fourstep.practice.deck import Card
    from fourstep.tui.desk import Opening
    from fourstep.tui.frame import Framed
    from fourstep.wiring.held import Held
    from fourstep.wiring.practice import Practice, Standing
    from fourstep.wiring.program import Program

ResultT = TypeVar("ResultT")


class Opens(App[None]):
    """Opens screens over one `Front`; what is slow is read beside the screen's own thread."""

    def __init__(self, front: Front) -> None:
        super().__init__()
        self.front = front

    @property
    def opening(self) -> bool:
        """Whether a screen was asked for that is not there yet: keys that are typed meanwhile are meant for it."""
        return any(worker.group == "open" and not worker.is_finished for worker in self.workers)

    async def program(self) -> "Program":
        """The whole program, once it has been read."""
        return await asyncio.to_thread(self.front.program)

    async def in_thread(self, work: Callable[[], ResultT]) -> ResultT:
        """Run what may be slow without holding up a key."""
        return await asyncio.to_thread(work)

    def open_live(self, opening: "Opening") -> None:
        """Hold an interview."""
        from fourstep.tui.screens.live import LiveScreen

        self.push_screen(LiveScreen(opening))

    def replace_with_live(self, opening: "Opening") -> None:
        """Hold an interview, in place of the screen in which it was set up."""
        from fourstep.tui.screens.live import LiveScreen

        self.switch_screen(LiveScreen(opening))

    @work(group="open", exclusive=True)
    async def open_picker(self) -> None:
        """Choose a problem."""
        from fourstep.tui.screens.picker import PickerScreen

        program = await self.program()
        try:
            await self.in_thread(lambda: program.loaded)
            self.push_screen(await self.in_thread(lambda: PickerScreen(program)))
        except FourstepError as error:
            self.say(str(error))

    @work(group="open", exclusive=True)
    async def open_demo(self) -> None:
        """A recorded candidate, live."""
        from fourstep.tui.screens.demo import DemoScreen

        program = await self.program()
        try:
            self.push_screen(DemoScreen(await self.in_thread(lambda: recording_of(program))))
        except FourstepError as error:
            self.say(str(error))

    @work(group="open", exclusive=True)
    async def open_practice(self, *, drills: bool = False) -> None:
        """Progress and drills."""
        from fourstep.tui.screens.progress import ProgressScreen

        if practised := await self._practice():
            self.push_screen(ProgressScreen(*practised, drills=drills))

    def open_drill(self, practice: "Practice", standing: "Standing", cards: "Sequence[Card]") -> None:
        """Drills, one after another."""
        from fourstep.tui.screens.drill import DrillScreen

        self.push_screen(DrillScreen(practice, standing, cards))

    @work(group="open", exclusive=True)
    async def open_drill_on(self, criterion: str, problem: str = "") -> None:
        """One drill at once: on a criterion, and on that problem where one is named."""
        from fourstep.tui.screens.drill import DrillScreen

        if practised := await self._practice():
            practice, standing = practised
            self.push_screen(DrillScreen(practice, standing, [standing.card(criterion)], problem))

    async def _practice(self) -> "tuple[Practice, Standing] | None":
        """What is practised, and how that stands; None after saying why it cannot be told."""
        self.say("Reading how it went…")
        program = await self.program()
        try:
            practice = await self.in_thread(lambda: practice_of(program))
            standing = await self.in_thread(practice.standing)
        except FourstepError as error:
            self.say(str(error))
            return None
        self.say("")
        return practice, standing

    def open_settings(self) -> None:
        """Change what is set."""
        from fourstep.tui.screens.settings import SettingsScreen

        self.push_screen(SettingsScreen(self.front))

    def open_review(self, held: "Held", *, turn: str = "", quote: str = "") -> None:
        """An interview's transcript, at a turn."""
        from fourstep.tui.screens.review import ReviewScreen

        self.push_screen(ReviewScreen(held, turn=turn, quote=quote))

    @work(group="open", exclusive=True)
    async def open_held(self, interview_id: str, show: Callable[["Held"], None]) -> None:
        """Read an interview of the library, and show it."""
        program = await self.program()
        try:
            show(await self.in_thread(lambda: program.held(program.store.find(interview_id))))
        except FourstepError as error:
            self.say(str(error))

    def say(self, text: str) -> None:
        """On the status line of the screen that is open."""
        frame: Framed | None = next((s for s in reversed(self.screen_stack) if hasattr(s, "say")), None)
        if frame:
            frame.say(text)
