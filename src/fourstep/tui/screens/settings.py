"""Settings: each is saved when it is left, into the user's own file; what is set elsewhere is shown with its source."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events, on, work
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from fourstep.errors import FourstepError
from fourstep.tui.checkup import Checkup
from fourstep.tui.foreign import shown, shown_in_line
from fourstep.tui.frame import Framed
from fourstep.tui.themes import theme_name
from fourstep.tui.widgets.choices import Choices
from fourstep.tui.widgets.field import Field, Fixed
from fourstep.tui.widgets.page import Page, Passage
from fourstep.wiring.front import Front
from fourstep.wiring.preferences import KEYRING, ROLES, Preferences

if TYPE_CHECKING:
    from fourstep.wiring.preferences import Check

_SIGNS = {"works": ("OK ", "bold $success"), "limited": ("!  ", "bold $accent"), "fails": ("✗  ", "bold $error")}
_PRIVACY = (
    "Interviews stay on this machine, in folders that only you can enter; what is said in them is sent only to a model "
    "that you set. Keys are in the system's keyring or in the environment, never in a file of this program."
)


@dataclass(frozen=True, slots=True)
class _Line:
    """One setting: chosen from `options`, or typed."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...] = ()
    hint: str = ""


_SWITCH = (("no", "false"), ("yes", "true"))
_SERVERS = (
    ("OpenAI", ""), ("Ollama", "ollama"), ("vLLM", "vllm"), ("llama.cpp", "llama.cpp"), ("LM Studio", "lm-studio"),
)  # fmt: skip
_LEVELS = (("mid", "mid"), ("senior", "senior"), ("staff", "staff"))
_PERSONAS = (("neutral", "neutral"), ("friendly", "friendly"), ("bar-raiser", "bar-raiser"))
_THEMES = (("auto", "auto"), ("dark", "dark"), ("light", "light"), ("high-contrast", "high-contrast"))
_MODEL = (
    _Line("preset", "Server", _SERVERS),
    _Line("base_url", "Address"),
    _Line("model", "Model", hint="none: the offline interviewer; or its name, as the server calls it"),
    _Line("interviewer_model", "Interviewer", hint="the same; or another model of this server"),
    _Line("observer_model", "Observer", hint="the same"),
    _Line("grader_model", "Grader", hint="the same"),
    _Line("offline", "Offline", _SWITCH),
    _Line("timeout", "Time-out", hint="20 seconds without a byte"),
    _Line("parallel", "Parallel", hint="grading calls at a time, by the server's kind"),
    _Line("context_tokens", "Context", hint="tokens that the model keeps, as its server tells"),
    _Line("price_in", "Price in", hint="of a million prompt tokens, to see what an interview costs"),
    _Line("price_out", "Price out", hint="of a million completion tokens"),
)
_INTERVIEW = (
    _Line("level", "Level", _LEVELS),
    _Line("persona", "Persona", _PERSONAS),
    _Line("minutes", "Minutes", hint="45, or as last time"),
    _Line("enter_sends", "Enter sends", _SWITCH),
)
_APPEARANCE = (_Line("theme", "Theme", _THEMES), _Line("motion", "Motion", (("yes", "true"), ("no", "false"))))
_LINES = {line.name: line for line in (*_MODEL, *_INTERVIEW, *_APPEARANCE)}


class SettingsScreen(Framed):
    """Model and key, interview, appearance, privacy."""

    CSS_PATH = "settings.tcss"
    AUTO_FOCUS = "Choices, Input"
    BINDINGS = [
        Binding("f9,t", "test", "Test the model"),
        Binding("tab", "app.focus_next", "Next"),
        Binding("u,ctrl+z", "undo", "Undo"),
        Binding("escape", "back", "Back"),
        Binding("f1,question_mark", "app.help", "Help"),
    ]

    def __init__(self, front: Front) -> None:
        super().__init__()
        self._preferences = Preferences(front)
        self._fields = {name: self._made(line) for name, line in _LINES.items()}
        for name, field in self._fields.items():
            field.id = name
        self._key = Field("Key", "", hint="looking…", secret=True)
        self._key.id = "key"
        self._checks = Page(id="checks")
        self._checkup: Checkup[str | Check] | None = None
        self._refused: str | None = None
        """What could not be saved."""

    def body(self) -> Iterable[Widget]:
        """The sections, and below them what a test finds."""
        self.head("Settings", "Saved when you leave a line")
        self.say("Tab goes on, Left Right choose. F9 tries the model out.")
        self._checks.add_class("box")
        self._checks.border_title = "Test"
        self._checks.border_subtitle = "Tab here to scroll"
        return VerticalScroll(*self._sections(), id="sections", can_focus=False), self._checks

    def _sections(self) -> Iterator[Widget]:
        fields = self._fields
        model = [fields[line.name] for line in _MODEL]
        key = Fixed("Key", "not from a browser; in a terminal: fourstep keys set") if self.app.is_web else self._key
        yield _section("Model and key", *model[:3], key, *model[3:])
        yield _section("Interview", *(fields[line.name] for line in _INTERVIEW))
        yield _section("Appearance", *(fields[line.name] for line in _APPEARANCE))
        kept = Fixed("Kept in", self._preferences.interviews)
        yield _section("Privacy", kept, Static(Content(_PRIVACY), id="privacy"))

    def _made(self, line: _Line) -> Widget:
        """The widget of a setting as it stands."""
        text, fixed_by = self._preferences.text(line.name), self._preferences.fixed_by(line.name)
        if fixed_by:
            return Fixed(line.label, f"{text} (set by {fixed_by})")
        if line.options:
            return Choices(line.label, line.options, [text])
        hint = self._preferences.address if line.name == "base_url" else line.hint
        return Field(line.label, text, hint=hint)

    def on_mount(self) -> None:
        """The key is looked up behind the first picture: a keyring may ask its owner first."""
        self._show_key()

    def on_unmount(self) -> None:
        """A test that still runs is stopped."""
        if self._checkup:
            self._checkup.stop()

    # saving

    async def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """What is left is saved."""
        await self._leave(event.widget)

    @on(Input.Submitted)
    def _on_submitted(self) -> None:
        self.focus_next()

    async def _leave(self, widget: Widget) -> None:
        if widget is self._key.input:
            self._keep_key()
            return
        for name, field in self._fields.items():
            if widget is field or (isinstance(field, Field) and widget is field.input):
                await self._save(name, _typed(field))

    async def _save(self, name: str, text: str) -> None:
        self._refused = None
        if text.strip() == self._preferences.text(name):
            return
        try:
            await self.program_app.in_thread(lambda: self._preferences.save(name, text))
        except FourstepError as error:
            self._refused = text
            self.say(shown_in_line(str(error)), bad=True)
            return
        self.say(f"{_LINES[name].label} is saved. Ctrl+Z takes it back.")
        self._changed(name)

    def _changed(self, name: str) -> None:
        """Show what follows from a change."""
        if name == "theme":
            self.app.theme = theme_name(self._preferences.settings.theme)
        if name in ("preset", "base_url") and isinstance(address := self._fields["base_url"], Field):
            address.input.placeholder = self._preferences.address
        if name in ("preset", "base_url", "model", "interviewer_model"):
            self._show_key()
        self.keys_changed()

    @work(group="key", exclusive=True)
    async def _show_key(self) -> None:
        key, origin = await self.program_app.in_thread(self._preferences.key)
        box = self._key.input
        box.placeholder = f"{key} from {origin}" if key else f"none: {origin}"
        box.disabled = bool(key) and origin != KEYRING

    @work(group="keep key")
    async def _keep_key(self) -> None:
        """Into the keyring; the box is emptied, so that nothing holds the key longer than needed."""
        typed = self._key.input.value
        if not typed:
            return
        try:
            owner = await self.program_app.in_thread(lambda: self._preferences.keep_key(typed))
        except FourstepError as error:
            self.say(str(error), bad=True)
            return
        self._key.input.value = ""
        self.say(shown_in_line(f"The key for {owner} is in the system's keyring."))
        self._show_key()

    # what can be done

    async def action_undo(self) -> None:
        """Take the last change back."""
        try:
            name = await self.program_app.in_thread(self._preferences.undo)
        except FourstepError as error:
            self.say(str(error), bad=True)
            return
        field, text = self._fields[name], self._preferences.text(name)
        if isinstance(field, Choices):
            field.take(text)
        elif isinstance(field, Field):
            field.input.value = text
        self.say(f"{_LINES[name].label} is as it was.")
        self._changed(name)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only keys that do something now."""
        return action != "undo" or self._preferences.can_undo

    async def action_back(self) -> None:
        """Save what is being typed, and go; what cannot be saved is told once, and the next time left."""
        refused = self._refused
        if self.focused:
            await self._leave(self.focused)
        if self._refused in (None, refused):
            self.dismiss()

    def keep(self) -> str:
        """The program is being left: what is being typed is saved."""
        for name, field in self._fields.items():
            if field.has_focus_within and _typed(field).strip() != self._preferences.text(name):
                with suppress(FourstepError):
                    self._preferences.save(name, _typed(field))
        return ""

    async def action_test(self) -> None:
        """Try every model that is set, in a thread; each finding is shown as it comes."""
        if self.focused:
            await self._leave(self.focused)
        if self._checkup:
            self._checkup.stop()
        self._checks.display = True
        self._checks.show([])
        settings = self._preferences.settings
        if not any(settings.model_for(role) for role in ROLES):
            self._tell("No model is set, or Offline is on. Set Model to the name that the server calls it by.")
            return
        self.say("Testing…")
        self._checkup = Checkup(self._preferences.checks(), self._tell_from_thread)
        self._examine(self._checkup)

    @work(thread=True, group="test", exclusive=True)
    def _examine(self, checkup: "Checkup[str | Check]") -> None:
        checkup.run()
        self.app.call_from_thread(self.say, "Tested.")

    def _tell_from_thread(self, finding: "str | Check") -> None:
        self.app.call_from_thread(self._tell, finding)

    def _tell(self, finding: "str | Check") -> None:
        number = len(self._checks.passages)
        if isinstance(finding, str):
            self._checks.add(Passage(number, shown_in_line(finding, "bold"), gap=False))
            return
        sign, style = _SIGNS[finding.state]
        line = Content.assemble((sign, style), shown(f"{finding.name}: {finding.sentence} ({finding.seconds:.2f} s)"))
        self._checks.add(Passage(number, body=line, gap=False, indent=3))


def _section(title: str, *lines: Widget) -> Vertical:
    section = Vertical(*lines, classes="box section")
    section.border_title = title
    return section


def _typed(field: Widget) -> str:
    """What a field holds now."""
    if isinstance(field, Choices):
        return str(field.value)
    return field.input.value if isinstance(field, Field) else ""
