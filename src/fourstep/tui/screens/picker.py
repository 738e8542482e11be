"""The problem picker: what to talk about, for how long, and how it will be judged."""

from collections.abc import Iterable
from dataclasses import dataclass

from textual import on
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from fourstep.choices import Level, Persona
from fourstep.errors import FourstepError
from fourstep.problem import Problem
from fourstep.rubric import INTERVIEW_STEPS, StepId
from fourstep.tui.foreign import shown, shown_in_line
from fourstep.tui.frame import Framed
from fourstep.tui.widgets.choices import Choices
from fourstep.tui.widgets.page import Page, Passage
from fourstep.tui.widgets.rows import Rows
from fourstep.tui.widgets.steps import NAMES
from fourstep.wiring.live import Setup
from fourstep.wiring.program import Program

_MINUTES: tuple[tuple[str, float], ...] = (("15 min", 15.0), ("30 min", 30.0), ("45 min", 45.0), ("60 min", 60.0))
_LEVELS: tuple[tuple[str, Level], ...] = (("mid", "mid"), ("senior", "senior"), ("staff", "staff"))
_PERSONAS: tuple[tuple[str, Persona], ...] = (
    ("neutral", "neutral"), ("friendly", "friendly"), ("bar-raiser", "bar-raiser"),
)  # fmt: skip
_HINTS = (("none", 0), ("3", 3), ("6", 6))


@dataclass(frozen=True, slots=True)
class _Offer:
    """A problem of the library, or why its file cannot be used."""

    name: str
    problem: Problem | None
    fault: str = ""

    @property
    def title(self) -> str:
        draft = " (draft)" if self.problem and self.problem.draft else ""
        return f"{self.problem.title}{draft}" if self.problem else self.name


class PickerScreen(Framed):
    """A problem and its set-up; both are as they were last time."""

    CSS_PATH = "picker.tcss"
    AUTO_FOCUS = "#problems"
    BINDINGS = [
        Binding("enter", "start", "Start"),
        Binding("slash", "search", "Search"),
        Binding("tab", "app.focus_next", "Set-up"),
        Binding("a", "random", "Any problem"),
        Binding("escape", "back", "Back"),
        Binding("f1,question_mark", "app.help", "Help"),
    ]

    def __init__(self, program: Program) -> None:
        super().__init__()
        self._program = program
        last, settings = program.last_started(), program.settings
        minutes = settings.minutes or (last.minutes if last else 45.0)
        self._offers = [_offer(program, name) for name in (*program.library.files, *program.library.unusable)]
        self._search = Input(id="search", placeholder="Search: / and words")
        self._rows: Rows[_Offer] = Rows(self._row, id="problems")
        self._preview = Page(id="preview")
        self._preview.can_focus = False  # it is short; Tab goes on to the set-up
        self._minutes = Choices("Time", _with(_MINUTES, minutes), [minutes])
        steps = last.steps if last else INTERVIEW_STEPS
        self._steps = Choices("Steps", [(NAMES[step], step) for step in INTERVIEW_STEPS], steps, several=True)
        self._level = Choices("Level", _LEVELS, [last.level if last else settings.level])
        self._persona = Choices("Interviewer", _PERSONAS, [last.persona if last else settings.persona])
        self._hints = Choices("Hints", _HINTS, [last.hints if last else 6])

    def body(self) -> Iterable[Widget]:
        """Search, list, preview, set-up."""
        model = self._program.settings.model_for("interviewer")
        self.head("New interview", shown_in_line(model or "Offline interviewer"))
        for box, title in ((self._rows, "Problem"), (self._preview, "Preview")):
            box.add_class("box")
            box.border_title = title
        self._rows.show(self._offers)
        self._say_count()
        set_up = Vertical(
            self._minutes, self._steps, self._level, self._persona, self._hints, id="set-up", classes="box"
        )
        set_up.border_title = "Set-up"
        set_up.border_subtitle = "Tab next · Left Right choose · Space takes"
        return self._search, Horizontal(self._rows, self._preview, id="middle"), set_up

    def _row(self, offer: _Offer, _: int) -> Content:
        return shown_in_line(offer.title if offer.problem else f"{offer.title} (cannot be used)")

    @on(Rows.Highlighted)
    def _on_highlighted(self) -> None:
        offer = self._rows.current
        if offer is None:
            self._preview.show([])
        elif offer.problem is None:
            self._preview.show(
                [Passage("fault", Content.styled("This file cannot be used", "bold $error"), shown(offer.fault))]
            )
        else:
            tags = ", ".join(offer.problem.tags)
            rubric = Content("The rubric, the facts and strong answers stay hidden until the interview is scored.")
            self._preview.show([
                Passage("title", shown_in_line(offer.problem.title, "bold"), shown(offer.problem.statement.strip())),
                Passage("tags", body=shown(f"Tags: {tags}") if tags else Content("")),
                Passage("rubric", body=rubric.stylize("$muted")),
            ])  # fmt: skip
        self._preview.action_to_start()

    @on(Input.Changed)
    def _on_search(self, event: Input.Changed) -> None:
        words = event.value.casefold().split()
        self._rows.show([offer for offer in self._offers if all(word in _searchable(offer) for word in words)], at=0)
        if self._rows.current is None:
            self._on_highlighted()
        self._say_count()

    @on(Input.Submitted)
    def _on_search_done(self) -> None:
        self._rows.focus()

    def _say_count(self) -> None:
        matching = len(self._rows.items)
        found = (
            f"{matching} of {len(self._offers)} problems match. Esc clears the search. " if self._search.value else ""
        )
        self.say(f"{found}Enter starts; the clock starts when the first message ends.")

    @on(Rows.Chosen)
    def _on_chosen(self) -> None:
        self.action_start()

    def action_start(self) -> None:
        """Start with what is chosen."""
        offer = self._rows.current
        if offer is None or offer.problem is None:
            self.say(offer.fault if offer else "No problem matches; Esc clears the search.", bad=True)
            return
        steps: tuple[StepId, ...] = self._steps.values
        setup = Setup(
            problem=offer.problem,
            steps=steps,
            minutes=self._minutes.value,
            level=self._level.value,
            persona=self._persona.value,
            hints=self._hints.value,
        )
        path = self._program.library.path(offer.name)
        self.program_app.replace_with_live(lambda: self._program.new_interview(setup, path))

    def action_search(self) -> None:
        """To the search line."""
        self._search.focus()

    def action_random(self) -> None:
        """Any problem, to be surprised."""
        import random

        if self._rows.items:
            self._rows.show(self._rows.items, at=random.randrange(len(self._rows.items)))

    def action_back(self) -> None:
        """Out of the search, then back."""
        if self._search.value:
            self._search.value = ""
            self._rows.focus()
        elif self._search.has_focus:
            self._rows.focus()
        else:
            self.dismiss()


def _offer(program: Program, name: str) -> _Offer:
    try:
        return _Offer(name, program.library.problem(name))
    except FourstepError as error:
        return _Offer(name, None, str(error))


def _searchable(offer: _Offer) -> str:
    problem = offer.problem
    return f"{offer.title} {offer.name} {' '.join(problem.tags) + problem.statement if problem else ''}".casefold()


def _with(minutes: tuple[tuple[str, float], ...], used: float) -> list[tuple[str, float]]:
    """The usual lengths, and the one that was used last."""
    known = dict.fromkeys([value for _, value in minutes] + [used])
    return [(f"{value:g} min", value) for value in sorted(known)]
