"""The full-screen program: which screen is open, keys that mean the same everywhere, and how it is left."""

import asyncio
import os
import shlex
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from textual import work
from textual.app import App, SuspendNotSupported, SystemCommand
from textual.binding import Binding
from textual.screen import Screen

from fourstep.errors import FourstepError
from fourstep.tui.themes import THEMES, theme_name
from fourstep.wiring.front import Front, practice_of, recording_of

if TYPE_CHECKING:
    from fourstep.practice.deck import Card
    from fourstep.review.remarks import Remark
    from fourstep.tui.desk import Opening
    from fourstep.tui.frame import Framed
    from fourstep.tui.scoring import Scoring
    from fourstep.wiring.held import Held
    from fourstep.wiring.live import Live
    from fourstep.wiring.practice import Practice, Standing
    from fourstep.wiring.program import Program
    from fourstep.wiring.reporting import Form

ResultT = TypeVar("ResultT")

_LATER = ("live", "picker", "scoring", "scorecard", "review", "settings", "progress", "drill")
"""Imported once the first screen stands, so that the second one does not wait for them."""


_AFTER_FIRST_PAINT = 0.3
"""Seconds; the library is read before (`screens.home`)."""


_FORMS: "tuple[tuple[str, tuple[Form, bool]], ...]" = (
    ("A page for the browser (HTML)", ("html", False)),
    ("A page for the browser, without names and times", ("html", True)),
    ("Markdown", ("markdown", False)),
    ("Data (JSON)", ("json", False)),
)
"""What a report can be written as; the second value leaves out names and times."""


class FourstepApp(App[None]):
    """Screens over one `Front`; `first` opens the screen to begin with, over the home screen."""

    CSS_PATH = ["app.tcss", "screens/home.tcss"]  # Textual reads no styles of its own for the default screen
    TITLE = "fourstep"
    ENABLE_COMMAND_PALETTE = True
    BINDINGS = [
        Binding("ctrl+q", "leave", "Quit", show=False),
        Binding("ctrl+c", "copy_or_leave", "Copy, or leave when pressed twice", show=False),
        Binding("ctrl+s", "saved", "Saved all the time", show=False),
    ]
    COMMAND_PALETTE_BINDING = "ctrl+p"

    def __init__(self, front: Front, first: Callable[["FourstepApp"], object] | None = None) -> None:
        super().__init__()
        self.front = front
        self.crash: Exception | None = None
        """What stopped the program, if something did."""
        self.signalled = 0
        """The exit code of the signal that ended the program, if one did."""
        self.last_line = ""
        """What is printed once the terminal is a terminal again."""
        self.scorings: list[Scoring] = []
        """Gradings of this session, also those that go on behind other screens."""
        self._first = first
        self._leaving_asked = False
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = theme_name(front.settings.theme)

    def get_default_screen(self) -> Screen[Any]:
        """Home."""
        from fourstep.tui.screens.home import HomeScreen

        return HomeScreen()

    def on_mount(self) -> None:
        """Listen for signals; open what was asked for; read the rest in the background."""
        if threading.current_thread() is threading.main_thread():
            loop = asyncio.get_running_loop()
            for name in ("SIGTERM", "SIGHUP", "SIGINT"):
                if number := getattr(signal, name, None):
                    loop.add_signal_handler(number, self._on_signal, number)
        if self._first:
            self._first(self)
        self.set_timer(_AFTER_FIRST_PAINT, self._read_later)

    async def program(self) -> "Program":
        """The whole program, once it has been read."""
        return await asyncio.to_thread(self.front.program)

    async def in_thread(self, work: Callable[[], ResultT]) -> ResultT:
        """Run what may be slow without holding up a key."""
        return await asyncio.to_thread(work)

    # screens

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
            return practice, await self.in_thread(practice.standing)
        except FourstepError as error:
            self.say(str(error))
            return None

    def open_settings(self) -> None:
        """Change what is set."""
        from fourstep.tui.screens.settings import SettingsScreen

        self.push_screen(SettingsScreen(self.front))

    def open_scorecard(self, held: "Held", note: str = "") -> None:
        """The newest scorecard of an interview; one that has none is scored first."""
        from fourstep.tui.screens.scorecard import ScorecardScreen

        if held.cards:
            self.push_screen(ScorecardScreen(held, note=note))
        else:
            self.score(held)

    def open_review(self, held: "Held", *, turn: str = "", quote: str = "") -> None:
        """An interview's transcript, at a turn."""
        from fourstep.tui.screens.review import ReviewScreen

        self.push_screen(ReviewScreen(held, turn=turn, quote=quote))

    @work(group="remark")
    async def remark(self, held: "Held", remark: "Remark") -> None:
        """Keep what somebody adds to an interview, and let every screen that shows it know."""
        program = await self.program()
        try:
            remarked = await self.in_thread(lambda: program.remarked(held, remark))
        except FourstepError as error:
            self.say(str(error))
            return
        for screen in self.screen_stack:
            if show_held := getattr(screen, "show_held", None):
                show_held(remarked)

    @work(group="open", exclusive=True)
    async def answer_again(self, held: "Held", turn: str) -> None:
        """A new interview that goes on from a turn of this one."""
        from fourstep.tui.screens.confirm import Confirm
        from fourstep.wiring.forking import fork

        question = f"Answer {turn} again? A new interview begins there; this one stays as it is."
        if not await self.push_screen_wait(Confirm(question)):
            return
        program = await self.program()
        try:
            folder = await self.in_thread(lambda: fork(program, held.saved.folder, int(turn[1:])))
        except FourstepError as error:
            self.say(str(error))
            return
        self.open_live(lambda: program.resumed_interview(folder))

    @work(group="open", exclusive=True)
    async def compare_with_parent(self, held: "Held") -> None:
        """The scorecards of an interview and of the one that it answers again."""
        from fourstep.tui.screens.blocks import BlocksScreen

        program = await self.program()
        try:
            blocks = await self.in_thread(lambda: program.comparison_with_parent(held))
        except FourstepError as error:
            self.say(str(error))
            return
        self.push_screen(BlocksScreen("Before, and answered again", blocks))

    @work(group="open", exclusive=True)
    async def open_held(self, interview_id: str, show: Callable[["Held"], None]) -> None:
        """Read an interview of the library, and show it."""
        program = await self.program()
        try:
            show(await self.in_thread(lambda: program.held(program.store.find(interview_id))))
        except FourstepError as error:
            self.say(str(error))

    @work
    async def score(self, held: "Held") -> None:
        """Grade an interview, and show how it goes."""
        from fourstep.tui.scoring import scoring_of
        from fourstep.tui.screens.scoring import ScoringScreen

        program = await self.program()
        if held.transcript.native and not held.cards and not held.remarks.prediction:
            held = await self._predicted(program, held)
        self.push_screen(ScoringScreen(self._begin_scoring(scoring_of(program, held))))

    @work
    async def score_live(self, live: "Live", *, own: bool = True) -> None:
        """Grade the interview that just ended; whose `own` it is may say first what the score will be."""
        from fourstep.tui.scoring import scoring_of_live
        from fourstep.tui.screens.scoring import ScoringScreen

        program = await self.program()
        scoring = self._begin_scoring(scoring_of_live(program, live))
        if own:
            scoring.remarks = (await self._predicted(program, program.held_live(live))).remarks
        self.switch_screen(ScoringScreen(scoring))

    def _begin_scoring(self, scoring: "Scoring") -> "Scoring":
        self.scorings.append(scoring)
        self.run_worker(scoring.advance, thread=True, group="scoring")
        return scoring

    async def _predicted(self, program: "Program", held: "Held") -> "Held":
        """With what the candidate thinks the score will be, if they say; kept before it is shown."""
        from fourstep.tui.screens.predict import Predict

        percents = await self.push_screen_wait(Predict([held.rubric.step(step) for step in held.transcript.assessed]))
        if percents is None:
            return held
        try:
            return await self.in_thread(lambda: program.predicted(held, percents))
        except FourstepError as error:
            self.say(str(error))
            return held

    def show_result(self, scoring: "Scoring") -> None:
        """A grading has ended: its scorecard, in place of its progress."""
        from fourstep.tui.screens.scorecard import ScorecardScreen

        scoring.seen = True
        if scoring.result:
            trouble = f"Not saved: {scoring.trouble}" if scoring.trouble else ""
            held = replace(scoring.result, remarks=scoring.remarks or scoring.result.remarks)
            self.switch_screen(ScorecardScreen(held, note=trouble))

    @work(group="export", exclusive=True)
    async def export(self, held: "Held") -> None:
        """Write the report into the current folder in the form that is chosen, and say where."""
        from fourstep.tui.screens.choose import Choose
        from fourstep.wiring.reporting import export

        if self.is_web:
            self.say(f"No files are written from a browser. In a terminal: fourstep report {held.saved.id}")
            return
        chosen = await self.push_screen_wait(Choose("Write the report as", _FORMS))
        if chosen is None:
            return
        form, unnamed = chosen
        program = await self.program()
        try:
            written = await self.in_thread(lambda: export(program, held, Path.cwd(), form, unnamed=unnamed))
            self.say(f"Written to {written}")
        except FourstepError as error:
            self.say(str(error))

    def action_help(self) -> None:
        """The keys of the screen that is open."""
        from fourstep.tui.screens.help import HelpScreen, keys_to_show

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(keys_to_show(self.screen), commands=bool(self.screen.query("Composer"))))

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Every binding of the screen by its name, and the themes."""
        from fourstep.tui.widgets.keyline import keys_of

        for sign, binding in keys_of(screen, shown_only=False):
            if binding.description and binding.action != "command_palette":
                yield SystemCommand(binding.description, sign, lambda action=binding.action: self._do(screen, action))
        for theme in THEMES:
            yield SystemCommand(f"Theme: {theme.name}", "Until you leave", lambda name=theme.name: self._wear(name))

    async def _do(self, screen: Screen[Any], action: str) -> None:
        await self.run_action(action, screen.focused or screen)

    def _wear(self, name: str) -> None:
        self.theme = name

    def action_leave(self) -> None:
        """Let the screen keep what it has, and go."""
        self.leave(0)

    def leave(self, code: int) -> None:
        """Go, with an exit code, after every screen has kept what it holds."""
        for screen in self.screen_stack:
            if keep := getattr(screen, "keep", None):
                self.last_line = keep() or self.last_line
        self.exit(return_code=code)

    @property
    def moves(self) -> bool:
        """Whether words may appear one after another."""
        return self.front.settings.motion and self.animation_level != "none"

    @property
    def how_to_send(self) -> str:
        """The keys that send; VS Code keeps Ctrl+J for itself, except on macOS."""
        taken = os.environ.get("TERM_PROGRAM") == "vscode" and sys.platform != "darwin"
        return "Enter new line · F2 send" if taken else "Enter new line · Ctrl+J or F2 send"

    async def edited(self, text: str) -> str | None:
        """The text after its writer's own editor had it; None when that failed, and the text is as it was."""
        if self.is_web:
            self.say("No editor is started from a browser.")
            return None
        command = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi")
        with self.front.scratch_file(text) as path:
            try:
                with self.suspend():
                    editor = await asyncio.create_subprocess_exec(*command, str(path))
                    code = await editor.wait()
            except (OSError, SuspendNotSupported) as error:
                self.say(f"The editor could not be started ({error}). Your text is as it was.")
                return None
            return path.read_text(encoding="utf-8", errors="replace").rstrip("\n") if code == 0 else None

    def action_copy_or_leave(self) -> None:
        """A selection is copied; otherwise the second press within two seconds leaves."""
        selected = self.screen.get_selected_text()
        if selected:
            self.copy(selected)
            self.screen.clear_selection()
        elif self._leaving_asked:
            self.action_leave()
        else:
            self._leaving_asked = True
            self.set_timer(2, self._forget_leaving)
            self.say("Press Ctrl+C again to leave. Everything is saved.")

    def action_saved(self) -> None:
        """Habit must not send, and need not save."""
        self.say("Everything is saved all the time; there is nothing to do.")

    @work(exclusive=True, group="copy")
    async def copy(self, text: str) -> None:
        """Copy, and say by which way it went."""
        from fourstep.tui.clipboard import BY_TERMINAL, copy_by_tool

        way = await self.in_thread(lambda: copy_by_tool(text))
        if way is None:
            self.copy_to_clipboard(text)
        self.say(way or BY_TERMINAL)

    def say(self, text: str) -> None:
        """On the status line of the screen that is open."""
        frame: Framed | None = next((s for s in reversed(self.screen_stack) if hasattr(s, "say")), None)
        if frame:
            frame.say(text)

    async def _on_exit_app(self) -> None:
        """The page was closed: as if one had left, so that every screen keeps what it holds."""
        if self.is_web and not self._exit:
            self.leave(0)
        await super()._on_exit_app()

    def _forget_leaving(self) -> None:
        self._leaving_asked = False

    def _on_signal(self, number: int) -> None:
        self.signalled = 128 + number
        self.leave(self.signalled)

    def _handle_exception(self, error: Exception) -> None:
        """A fault of our own: keep what is there, and let the command line say it in a sentence."""
        if self.crash is None:
            self.crash = cause if isinstance(cause := getattr(error, "error", error), Exception) else error
            self._exception = error
            self._exception_event.set()
            self.leave(70)

    @work(thread=True, group="later")
    def _read_later(self) -> None:
        self.front.program()
        for name in _LATER:
            import_module(f"fourstep.tui.screens.{name}")
        if self.front.settings.model_for("interviewer"):
            import_module("langchain_openai")
