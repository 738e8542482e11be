"""The full-screen program: which screen is open, keys that mean the same everywhere, and how it is left."""

import asyncio
import os
import shlex
import signal
import sys
import threading
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any

from textual import work
from textual.app import SuspendNotSupported, SystemCommand
from textual.binding import Binding
from textual.screen import Screen

from fourstep.tui.afterwards import Afterwards
from fourstep.tui.themes import THEMES, theme_name
from fourstep.wiring.front import Front

_LATER = ("live", "picker", "scoring", "scorecard", "review", "settings", "progress", "drill")
"""Imported once the first screen stands, so that the second one does not wait for them."""


_AFTER_FIRST_PAINT = 0.3
"""Seconds; the library is read before (`screens.home`)."""


class FourstepApp(Afterwards):
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
        super().__init__(front)
        self.crash: Exception | None = None
        """What stopped the program, if something did."""
        self.signalled = 0
        """The exit code of the signal that ended the program, if one did."""
        self.last_line = ""
        """What is printed once the terminal is a terminal again."""
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
