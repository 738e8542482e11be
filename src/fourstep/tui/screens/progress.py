"""Progress and drills: what scored how over time, what is missed most often, and what is due to be practised."""

from collections.abc import Iterable
from importlib import import_module
from pathlib import Path

from textual import on, work
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget

from fourstep.errors import FourstepError
from fourstep.practice.deck import Card
from fourstep.practice.drill import FRAMEWORK_TITLE, can_be_drilled
from fourstep.practice.drilled import FRAMEWORK
from fourstep.practice.progress import LAST, Line, Series, most_missed
from fourstep.practice.schedule import result_text, when_text
from fourstep.practice.today import due_text
from fourstep.report.progress_table import (
    left_out_text,
    mean_text,
    misjudged_text,
    missed_text,
    recent_text,
    series_text,
    values_text,
)
from fourstep.tui.foreign import fitted, shown_in_line
from fourstep.tui.frame import Framed
from fourstep.tui.screens.home import STEP_WORDS
from fourstep.tui.widgets.panel import Panel
from fourstep.tui.widgets.rows import Heading, Rows
from fourstep.wiring.practice import Practice, Standing

_MOST_MISSED = 3
_ROOMS = ((90, 31), (70, 23), (0, 15))
"""From which width on there is room for how many cells of values."""
_NONE = "No interview is scored yet: n on the home screen holds one."


class ProgressScreen(Framed):
    """Two boxes beside what is said of each; where there is less room, one at a time."""

    CSS_PATH = "progress.tcss"
    BINDINGS = [
        Binding("enter", "drill", "Start drill"),
        Binding("1", "tab(False)", "Progress"),
        Binding("2", "tab(True)", "Drills"),
        Binding("t", "chart", "Chart"),
        Binding("m", "series", "Graders"),
        Binding("e", "export", "Export CSV"),
        Binding("escape", "back", "Back"),
        Binding("question_mark,f1", "app.help", "Help"),
    ]

    def __init__(self, practice: Practice, standing: Standing, *, drills: bool = False) -> None:
        super().__init__()
        self._practice = practice
        self._standing = standing
        self._number = 0
        """Which series is shown."""
        self._drills_first = drills
        self._opened = False
        self._lines: Rows[Line] = Rows(self._line, id="lines")
        self._cards: Rows[Card] = Rows(self._card, id="cards")
        self._missed = Panel(id="missed")
        self._this = Panel(id="this", title="This drill")
        self._plots = Horizontal(self._lines, id="plots")
        self._titles = {one.id: one.title for one in can_be_drilled(practice.rubric).values()}

    def body(self) -> Iterable[Widget]:
        """Progress above, drills below."""
        self.head("Progress and drills")
        self._lines.add_class("box")
        self._cards.add_class("box")
        self.set_class(self._drills_first, "-drills")
        return Vertical(self._plots, self._missed, id="progress"), Vertical(self._cards, self._this, id="drills")

    def on_mount(self) -> None:
        """Fill it, and go to the part that was asked for."""
        self._show()
        self.action_tab(self._drills_first)

    def on_screen_resume(self) -> None:
        """Back from a drill: what is due has changed. What it opens with was read just now."""
        if self._opened:
            self._read_anew()
        self._opened = True

    @work(exclusive=True, group="standing")
    async def _read_anew(self) -> None:
        try:
            self._standing = await self.program_app.in_thread(self._practice.standing)
        except FourstepError as error:
            self.say(str(error), bad=True)
            return
        self._show()

    @property
    def _series(self) -> Series | None:
        """The series that is shown; None before the first scored interview."""
        series = self._standing.series
        return series[self._number % len(series)] if series else None

    def _show(self) -> None:
        series, rubric = self._series, self._practice.rubric
        self._show_cards()
        if series is None:
            self._missed.text = Content(_NONE)
            return
        self.head("Progress and drills", shown_in_line(series_text(series)))
        self._entitle(self._lines, "By step and criterion")
        self._lines.border_subtitle = f"last values, old to new · mean of last {LAST} · trend"
        criteria = [line for line in series.criteria(rubric) if line.points]
        levels = Heading(Content("By criterion, 0 to 3"))
        self._lines.show([series.overall, *series.steps(rubric), levels, *criteria])
        self._missed.border_title = f"Missed most often {recent_text(series)}"
        missed = most_missed(series.recent, rubric, _MOST_MISSED)
        sentences = [shown_in_line(missed_text(one, rubric)) for one in missed]
        estimates = misjudged_text(series.misjudged) if series.misjudged.points else ""
        besides = [Content(text) for text in (estimates, left_out_text(series.left_out, series.imports)) if text]
        self._missed.text = Content("\n").join([*(sentences or [Content("Nothing.")]), *besides])
        self._draw()

    def _show_cards(self) -> None:
        due, later = self._standing.due, [card for card in self._standing.deck if card not in self._standing.due]
        dated = sorted((card for card in later if card.last), key=lambda card: str(card.due))
        self._cards.show([*due, *dated, *(card for card in later if not card.last)])
        self._entitle(self._cards, f"Drills ({len(due)} due)")
        minutes = sum(card.minutes for card in self._standing.session)
        count = len(self._standing.session)
        self._cards.border_subtitle = f"today's session: {count}, about {minutes} minutes" if count else ""
        faults = self._standing.faults
        self.say(faults[0] if faults else due_text(due, self._standing.session), bad=bool(faults))
        self._describe()
        self.keys_changed()

    def _entitle(self, box: Widget, title: str) -> None:
        """A title that keeps the mark of focus, which may have come before what is shown was read."""
        box.border_title = f"▸ {title}" if box.has_focus else title

    # rows

    def _line(self, line: Line, width: int) -> Content:
        room = next(room for least, room in _ROOMS if width >= least)
        right = f"{values_text(line)[-room:]:>{room}} {mean_text(line):>6}  {line.trend or '–':4}"
        return Content.assemble(fitted(shown_in_line(line.title), width - len(right)), right)

    def _card(self, card: Card, width: int) -> Content:
        right = f"{card.minutes} min  {_last_text(card):>10}"
        left = Content.assemble(fitted(Content(self._when(card)), 12), self._title(card))
        return Content.assemble(fitted(left, width - len(right)), right)

    def _title(self, card: Card) -> Content:
        return shown_in_line(FRAMEWORK_TITLE if card.drill == FRAMEWORK else self._titles.get(card.drill, card.drill))

    def _when(self, card: Card) -> str:
        if card in self._standing.due:
            return "today"
        return when_text(card.due, self._standing.at.date()) if card.due else "later"

    @on(Rows.Highlighted, "#cards")
    def _describe(self) -> None:
        """What the drill under the cursor is about."""
        card = self._cards.current
        if card is None:
            self._this.text = Content("Drills come from what interviews missed; none is there yet.")
        elif card.drill == FRAMEWORK:
            self._this.text = Content("Write the four steps and what belongs into each, from memory.")
        else:
            about = shown_in_line(self._practice.rubric.criterion(card.drill).about)
            held = f" It was {card.recent[0].levels[card.drill]} of 3 in your last interview." if card.recent else ""
            self._this.text = Content.assemble(about, held, "\nOne question on a problem that you have not seen.")

    @on(Rows.Highlighted, "#lines")
    def _draw(self) -> None:
        """The chart follows the cursor: a criterion alone, or all steps."""
        line, series = self._lines.current, self._series
        if not self.has_class("-chart") or line is None or series is None:
            return
        from fourstep.tui.widgets.chart import Chart

        chart = self.query_one(Chart)
        if line.scale == "level" or line.id == "overall":
            chart.draw(line.title, [line], {})
        else:
            steps = [step for step in series.steps(self._practice.rubric) if step.points]
            chart.draw("Steps", steps, STEP_WORDS)

    # what can be done

    def action_tab(self, drills: bool) -> None:
        """To progress or to drills."""
        self.set_class(drills, "-drills")
        (self._cards if drills else self._lines).focus()

    @work(exclusive=True, group="chart")
    async def action_chart(self) -> None:
        """A chart beside the table, or none; what draws it is read when it is first asked for."""
        if not self.query("#chart"):
            self.say("Drawing…")
            chart = (await self.program_app.in_thread(lambda: import_module("fourstep.tui.widgets.chart"))).Chart
            await self._plots.mount(chart(id="chart", classes="box"))
            self.say("")
        self.toggle_class("-chart")
        self.action_tab(False)
        self._draw()

    def action_series(self) -> None:
        """What another grader or rubric says: never on one line."""
        count = len(self._standing.series)
        if self._series is None or count == 1:
            self.say("All scores are by one grader and one rubric.")
            return
        self._number = (self._number + 1) % count
        self._show()
        self.say(f"Series {self._number + 1} of {count}: graders and rubrics measure differently, so each has its own.")

    @work(group="export")
    async def action_export(self) -> None:
        """All points as a sheet in the current folder."""
        if self.app.is_web:
            command = f"fourstep progress --format csv{self.program_app.front.where}"
            self.say(f"No files are written from a browser. In a terminal: {command}")
            return
        try:
            path = await self.program_app.in_thread(lambda: self._practice.export(self._standing, Path.cwd()))
            self.say(f"Written to {path}")
        except FourstepError as error:
            self.say(str(error), bad=True)

    @on(Rows.Chosen, "#cards")
    def action_drill(self) -> None:
        """The drill under the cursor, then the rest of today's session."""
        card = self._cards.current
        if card:
            others = [one for one in self._standing.session if one != card]
            self.program_app.open_drill(self._practice, self._standing, [card, *others])

    def action_back(self) -> None:
        """From the chart to the table alone, then to where one came from."""
        if self.has_class("-chart"):
            self.action_chart()
        else:
            self.dismiss()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only keys that do something now."""
        if action == "drill":
            return self._cards.has_focus and self._cards.current is not None
        return action not in ("chart", "series", "export") or self._series is not None

    def on_descendant_focus(self) -> None:
        """Other keys work in the other box."""
        super().on_descendant_focus()
        self.keys_changed()


def _last_text(card: Card) -> str:
    """What the last answer earned."""
    return result_text(card.last) if card.last else "new"
