"""A drill: one question, one answer, what came of it, and only then a strong answer."""

import asyncio
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Literal

from textual import on, work
from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget

from fourstep.errors import FourstepError, StorageError
from fourstep.interview.timing import clock_text
from fourstep.practice.deck import Card
from fourstep.practice.drill import Drill
from fourstep.practice.today import rest_text
from fourstep.report.drill import drill_blocks
from fourstep.tui.blocks import passages_of
from fourstep.tui.foreign import shown, shown_in_line
from fourstep.tui.frame import Framed
from fourstep.tui.widgets.composer import Composer
from fourstep.tui.widgets.page import Page, Passage
from fourstep.wiring.practice import Practice, Standing

Stage = Literal["opening", "answering", "grading", "done", "closed"]

BEAT = 0.5
"""Seconds between looks at what is being typed, so that a kill loses less than a second of it."""
_PATIENCE = 2.0
"""Seconds that leaving waits for a disk that hangs."""
_TWICE = 2.0
"""Seconds within which Esc is pressed again to go back with an answer that is not sent."""


class DrillScreen(Framed):
    """Drills one after another; each as long as its candidate likes."""

    CSS_PATH = "drill.tcss"
    AUTO_FOCUS = "#answer"
    BINDINGS = [
        Binding("enter", "next", "Next"),
        Binding("escape", "back", "Back"),
        Binding("pageup", "read(-1)", "Read back", show=False),
        Binding("pagedown", "read(1)", "Read on", show=False),
        Binding("ctrl+g", "edit", "Editor"),
        Binding("ctrl+q", "app.leave", "Quit"),
        Binding("ctrl+p", "app.command_palette", "All commands", show=False),
        Binding("f1", "app.help", "Help"),
    ]

    def __init__(self, practice: Practice, standing: Standing, cards: Sequence[Card], problem: str = "") -> None:
        """Begin with the first card, on that problem where one is named."""
        super().__init__()
        self.stage: Stage = "opening"
        self._practice = practice
        self._standing = standing
        self._cards = list(cards)
        self._problem = problem
        self._number = 0
        """Which card is done."""
        self._drill: Drill | None = None
        self._since = 0.0
        self._saved = ""
        """What the draft on disk holds."""
        self._disk = ThreadPoolExecutor(1, "drill")
        self._leaving = False
        """Whether Esc was just pressed with an answer in the box."""
        self.page = Page(id="question")
        self.composer = Composer(id="answer")

    def body(self) -> Iterable[Widget]:
        """Question above, answer below."""
        self.head("Drill")
        self.say("Choosing a question…")
        self.page.add_class("box")
        self.page.border_title = "Question"
        self.composer.add_class("box")
        self.composer.enter_sends = self.program_app.front.settings.enter_sends
        return self.page, self.composer

    def on_mount(self) -> None:
        """The first drill, and a look at the answer again and again."""
        self._begin()
        self.set_interval(BEAT, self._beat)

    @property
    def _card(self) -> Card:
        return self._cards[self._number]

    @work(group="drill", exclusive=True)
    async def _begin(self) -> None:
        """Ask the question of the card whose turn it is."""
        card, problem = self._card, self._problem or None
        try:
            drill = await self.program_app.in_thread(lambda: self._practice.drill(self._standing, card.drill, problem))
        except FourstepError as error:
            self._close(str(error))
            return
        self._drill, self._saved, self._since = drill, drill.typed, time.monotonic()
        self.page.border_title = "Question"
        self.page.show(_question(drill))
        self.page.action_to_start()
        self.composer.read_only = False
        self.composer.fill(drill.typed)
        self.composer.focus()
        self.remove_class("-done")
        self._enter("answering")
        self.say(
            "What you had typed is kept." if drill.typed else "Answer as you would say it, without a strict clock."
        )

    def _close(self, why: str) -> None:
        self.composer.read_only = True
        self._enter("closed")
        self.say(f"{why} Esc goes back.", bad=True)

    def _enter(self, stage: Stage) -> None:
        self.stage = stage
        self._label()
        self._show_time()
        self.keys_changed()

    # answering

    @on(Composer.Sent)
    def _on_sent(self, event: Composer.Sent) -> None:
        if self.stage == "answering":
            self._grade(event.text)

    @work(group="drill", exclusive=True)
    async def _grade(self, text: str, *, offline: bool = False) -> None:
        """Judge it on a thread; into the file first, only then out of the box."""
        drill, seconds = self._drill, time.monotonic() - self._since
        assert drill is not None
        self.composer.read_only = True
        self._enter("grading")
        self.say("Reading your answer… Esc goes on without a model.")
        work = self._practice.grade(drill, text, seconds, offline=offline)
        drilled = await self.program_app.in_thread(lambda: asyncio.run(work))
        try:
            await self.program_app.in_thread(lambda: self._disk.submit(self._practice.keep, drilled).result())
            self._saved = text
            self._standing = await self.program_app.in_thread(self._practice.standing)
            self._enter("done")
            self.say(self._what_next())
        except FourstepError as error:
            self._enter("done")
            self.say(f"Not saved: {error}", bad=True)
        blocks = drill_blocks(drill, drilled, self._practice.rubric_of(drill))
        self.page.border_title = "What came of it"
        self.page.show([*passages_of(blocks), *_question(drill)])
        self.page.action_to_start()
        self.add_class("-done")
        self.page.focus()

    def _what_next(self) -> str:
        left = len(self._cards) - self._number - 1
        if left:
            return f"Enter goes on: {left} more in this session."
        standing = self._standing
        return f"{rest_text(standing.deck, standing.due, standing.session, standing.at)} Enter goes back."

    def action_next(self) -> None:
        """The next drill of the session, or back after the last."""
        if self.stage != "done":
            return
        if self._number + 1 < len(self._cards):
            self._number, self._problem = self._number + 1, ""
            self._enter("opening")
            self._begin()
        else:
            self.dismiss()

    def action_back(self) -> None:
        """Back; while an answer is graded, on without a model; an answer in the box takes a second press."""
        if self.stage == "grading":
            self._grade(self.composer.text.strip(), offline=True)
        elif self.stage == "answering" and self.composer.text.strip() and not self._leaving:
            self._leaving = True
            self.set_timer(_TWICE, self._stay)
            self.say("Your answer is kept. Press Esc again to go back; it waits for you here.")
        else:
            self.keep()
            self.dismiss()

    def _stay(self) -> None:
        self._leaving = False

    def action_read(self, pages: int) -> None:
        """Turn the pages of the question or of the result."""
        self.page.action_turn(pages)

    @on(Composer.Read)
    def _on_read(self, event: Composer.Read) -> None:
        turns = {"pageup": lambda: self.page.action_turn(-1), "pagedown": lambda: self.page.action_turn(1)}
        turns.get(event.key, self.page.action_to_start if event.key == "ctrl+home" else self.page.action_to_end)()

    @on(Composer.Command)
    def _on_command(self, event: Composer.Command) -> None:
        self.say(f"No command /{event.name} in a drill. Start with // to send it as text.")

    @work(group="editor")
    async def action_edit(self) -> None:
        """The answer in its writer's own editor."""
        text = await self.program_app.edited(self.composer.text)
        if text is not None:
            self.composer.fill(text)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only keys that do something now."""
        if action == "next":
            return self.stage == "done"
        return action != "edit" or self.stage == "answering"

    # what is kept

    def _beat(self) -> None:
        """Keep what is being typed, and show the time."""
        if self.stage == "answering":
            self._save()
            self._show_time()

    def _save(self) -> None:
        drill, text = self._drill, self.composer.text
        if drill is None or text == self._saved:
            return
        self._saved = text
        self._disk.submit(self._practice.save_draft, drill, text).add_done_callback(
            lambda done: self._tell_disk(done.exception())
        )

    def _tell_disk(self, error: BaseException | None) -> None:
        if isinstance(error, StorageError):
            with suppress(RuntimeError):  # the program may have been left meanwhile
                self.app.call_from_thread(self.say, f"Not saved: {error}", bad=True)

    def keep(self) -> str:
        """Keep an answer that was not sent before the screen or the program is left; returns how to go on."""
        if self.stage not in ("answering", "grading") or self._drill is None:
            return ""
        self._save()
        with suppress(TimeoutError):
            self._disk.submit(lambda: None).result(_PATIENCE)
        where = self.program_app.front.where
        unsent = self.composer.text.strip()
        return f"Your answer is kept. Go on with: fourstep drill {self._drill.name}{where}" if unsent else ""

    @on(Composer.Changed)
    def _label(self) -> None:
        """What the box is for, and how it is sent."""
        how = "Enter or F2 sends · Ctrl+J new line" if self.composer.enter_sends else self.program_app.how_to_send
        words = len(self.composer.text.split())
        title = "Your answer"
        self.composer.border_title = f"▸ {title}" if self.composer.has_focus else title
        counted = f"{how} · {words} word{'s' if words != 1 else ''}" if words else how
        self.composer.border_subtitle = counted if self.stage == "answering" else ""

    def _show_time(self) -> None:
        if self._drill is None:
            return
        count = len(self._cards)
        which = f"{self._number + 1} of {count}  " if count > 1 else ""
        passed = clock_text(time.monotonic() - self._since) if self.stage == "answering" else ""
        about = f"{passed} of about {self._card.minutes} min" if passed else ""
        self.head(f"Drill · {self._drill.title}", Content.assemble(which, about))


def _question(drill: Drill) -> list[Passage]:
    """The question first, so that it is in view, then the problem."""
    passages = [Passage("asked", Content.styled("Interviewer", "bold $focus"), shown(drill.question))]
    if drill.problem:
        title = shown_in_line(drill.problem.title, "bold")
        passages.append(Passage("problem", title, shown(drill.problem.statement)))
        passages.append(Passage("told", Content.styled("You have asked, and know", "bold"), shown(drill.told)))
    return passages
