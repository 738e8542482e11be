"""Home: an interrupted interview on top, what can be started, and the library of everything that was held.

The list is painted from the index as it was; what changed in the folders since is read behind it.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from textual import on, work
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget

from fourstep.errors import FourstepError
from fourstep.interview.timing import clock_text
from fourstep.tui.foreign import fitted, shown_in_line
from fourstep.tui.frame import Framed
from fourstep.tui.screens.confirm import Confirm
from fourstep.tui.times import day_text
from fourstep.tui.widgets.panel import Panel
from fourstep.tui.widgets.rows import Rows
from fourstep.wiring.front import Entry, Outlook

if TYPE_CHECKING:
    from textual.widgets import Input


STEP_WORDS = {"frame": "Frame", "data": "Data", "model": "Model", "serve": "Serve", "throughout": "All steps"}
AFTER_FIRST_PAINT = 0.15
"""Seconds that are left to the first picture before anything is read in the background."""
_FIRST_PAGE = 60
_STATES = {"scored": "scored", "ended": "not scored", "interrupted": "interrupted", "unreadable": "unreadable"}
_TITLES = ("When", "Problem", "Time", "Level", "Score", "Weakest step", "State")
_WIDTHS = ((100, (6, 7, 20, 13, 11)), (70, (6, 0, 20, 0, 11)), (0, (6, 0, 5, 0, 11)))
"""From which width on the columns behind the problem have which widths; 0 leaves one out."""
_MOST_ROWS = 1000
"""Rows of the list: what is older is found by the filter, and ten thousand would take 10 MB."""
_RECENT = 5
_LOOK = 0.5
"""Seconds between looks at gradings that go on."""

_MENU = (
    ("n", "New interview", "new"),
    ("d", "Drills", "drills"),
    ("p", "Progress", "progress"),
    ("v", "Review transcript", "review"),
    ("c", "Settings", "settings"),
    ("m", "Demo: a minute", "demo"),
    ("x", "Example, scored", "example"),
)
_EMPTY = """No interviews yet.

[bold]n[/] starts one: about 45 minutes in four steps, or as long as you like.
[bold]m[/] shows the whole product in a minute, with a recorded candidate.
[bold]x[/] opens an interview that was held and scored, to be read, marked and answered again.

You type your answers as you would say them. Nothing needs a key or a network, and what you type is on disk within
half a second. Afterwards every criterion is scored with quotes of your own words."""


class HomeScreen(Framed):
    """Everything starts here."""

    AUTO_FOCUS = "#library"
    BINDINGS = [
        Binding("n", "new", "New"),
        Binding("enter", "open", "Open"),
        Binding("r", "resume", "Resume"),
        Binding("d", "drills", "Drills"),
        Binding("p", "progress", "Progress"),
        Binding("v", "review", "Review"),
        Binding("q", "app.leave", "Quit"),
        Binding("u", "undo", "Undo delete"),
        Binding("slash", "filter", "Filter"),
        Binding("s", "score", "Score"),
        Binding("c", "settings", "Settings"),
        Binding("m", "demo", "Demo"),
        Binding("x", "example", "Example"),
        Binding("delete", "discard", "Delete"),
        Binding("e", "export", "Export"),
        Binding("escape", "unfilter", "Clear the filter", show=False),
        Binding("question_mark,f1", "app.help", "Help"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._entries: Sequence[Entry] = ()
        self._newest: Sequence[Entry] = ()
        """The newest of what the library holds, whatever it is filtered by."""
        self._total = 0
        """How many it holds."""
        self._words = ""
        """What the library is filtered by."""
        self._read = False
        """Whether the folders have been looked at since the program started."""
        self._discarded: str | None = None
        self._card = Panel(id="interrupted", title="Interrupted interview")
        self._outlook = Outlook(0, None)
        self._start = Panel(id="start", title="Start")
        self._next = Panel(id="next", title="Next best step")
        self._hint = Panel(id="hint")
        self._library: Rows[Entry] = Rows(self._row, id="library")
        self._shelf = Vertical(_Columns(), self._library, id="shelf", classes="box")
        self._welcome = Panel(id="welcome", title="Welcome")

    def body(self) -> Iterable[Widget]:
        """Filled before it is mounted, from the index as it was, so that the first picture is whole."""
        self._say_brain()
        self.say("Reading the library…")
        self._welcome.text = Content.from_markup(_EMPTY)
        try:
            self._newest = self.program_app.front.newest(_FIRST_PAGE)
        except FourstepError as error:
            self.say(str(error), bad=True)
        self._show(self._newest)
        return self._card, Horizontal(self._start, self._next, id="top"), self._shelf, self._hint, self._welcome

    def on_mount(self) -> None:
        """What changed is read once the first picture stands."""
        self.watch(self.app, "app_focus", self._take_keys, init=False)
        self.set_timer(AFTER_FIRST_PAINT, self._refresh)
        self.set_interval(_LOOK, self._tell_scoring)

    def _take_keys(self, focused: bool) -> None:
        """A page has the keys only after the first picture, by when Textual has given up focusing anything."""
        if focused and self.focused is None:
            self._library.focus()

    def on_screen_resume(self) -> None:
        """Back from another screen: something may have been set, held, scored or removed there."""
        self._say_brain()
        if self._read:
            self._refresh()

    @work(exclusive=True, group="library")
    async def _refresh(self) -> None:
        front, words = self.program_app.front, self._words
        try:
            newest, self._total = await self.program_app.in_thread(lambda: front.refreshed(_MOST_ROWS))
            entries = await self.program_app.in_thread(lambda: front.found(words)) if words else newest
            self._outlook = await self.program_app.in_thread(front.outlook)
        except FourstepError as error:
            self.say(str(error), bad=True)
            return
        if not self._read:
            self._read = True
            self.say(f"Ready. Interviews are saved in {front.root}")
        self._newest = newest
        self._show(entries)
        self.keys_changed()

    def _show(self, entries: Sequence[Entry]) -> None:
        """The list and what is said about it."""
        kept = self._library.current.id if self._library.current else None
        self._entries = entries
        total = max(self._total, len(self._newest))
        empty = self._read and not total
        shown = f"{len(entries)} of {total}" if self._words else f"the newest {len(entries)} of {total}"
        filtered = shown if len(entries) < total or self._words else f"{total}"
        mark = "▸ " if self._library.has_focus else ""
        self._shelf.border_title = f"{mark}Library ({filtered})" if self._read else f"{mark}Library"
        self._shelf.border_subtitle = "Esc clears the filter" if self._words else "/ filter · Enter open"
        self._library.show(entries, at=next((n for n, entry in enumerate(entries) if entry.id == kept), None))
        self._shelf.display, self._welcome.display = not empty, empty
        self._show_card()
        self._show_start()

    # what can be done

    def action_new(self) -> None:
        """Choose a problem."""
        self.program_app.open_picker()

    def action_resume(self) -> None:
        """Go on with the interview under the cursor if it was interrupted, or with the newest one that was."""
        current = self._current
        entry = current if current and current.state == "interrupted" else self._interrupted
        if entry is None:
            self.say("No interview is interrupted; n starts one.")
            return
        front, folder = self.program_app.front, self.program_app.front.root / entry.id
        self.program_app.open_live(lambda: front.program().resumed_interview(folder))

    @on(Rows.Chosen)
    def action_open(self) -> None:
        """The scorecard of what was scored; an interrupted interview goes on; what ended is scored."""
        entry = self._current
        if entry is None:
            return
        if entry.state == "interrupted":
            self.action_resume()
        elif entry.state == "unreadable":
            self.say(f"No readable transcript is in {entry.id}.", bad=True)
        else:
            self.program_app.open_held(entry.id, self.program_app.open_scorecard)

    def action_score(self) -> None:
        """Grade what is there, or grade it again."""
        if self._current:
            self.program_app.open_held(self._current.id, self.program_app.score)

    def action_review(self) -> None:
        """Read the transcript."""
        if self._current:
            self.program_app.open_held(self._current.id, self.program_app.open_review)

    def action_export(self) -> None:
        """The report as a Markdown page."""
        if self._current:
            self.program_app.open_held(self._current.id, self.program_app.export)

    @work
    async def action_discard(self) -> None:
        """Into the trash, from which it can be taken back for 30 days."""
        entry = self._current
        if entry is None or not await self.app.push_screen_wait(Confirm(f"Put {entry.title} into the trash?")):
            return
        store = (await self.program_app.program()).store
        try:
            await self.program_app.in_thread(lambda: store.discard(store.root / entry.id))
        except FourstepError as error:
            self.say(str(error), bad=True)
            return
        self._discarded = entry.id
        self.say(f"{entry.title} is in the trash for 30 days; u takes it back until you leave.")
        self._refresh()

    @work
    async def action_undo(self) -> None:
        """Take the last one out of the trash."""
        if self._discarded is None:
            return
        store, discarded = (await self.program_app.program()).store, self._discarded
        try:
            await self.program_app.in_thread(lambda: store.restore(discarded))
            self.say("Taken back.")
        except FourstepError as error:
            self.say(str(error), bad=True)
        self._discarded = None
        self._refresh()

    def action_demo(self) -> None:
        """A recorded candidate."""
        self.program_app.open_demo()

    def action_drills(self) -> None:
        """What is due."""
        self.program_app.open_practice(drills=True)

    def action_progress(self) -> None:
        """How the scores went."""
        self.program_app.open_practice()

    def action_example(self) -> None:
        """The scorecard of the interview that comes along."""
        self.program_app.open_held("example", self.program_app.open_scorecard)

    def action_settings(self) -> None:
        """The model, the interview, looks and privacy."""
        self.program_app.open_settings()

    async def action_filter(self) -> None:
        """Words that stand in a problem's name or in what was said."""
        if not self.query("#filter"):
            from textual.widgets import Input

            await self.mount(
                Input(self._words, id="filter", placeholder="Words of a problem or a turn"), before=self._shelf
            )
        self.query_one("#filter").focus()

    async def action_unfilter(self) -> None:
        """All of the library again."""
        if self._words or self.query("#filter"):
            await self.query("#filter").remove()
            self._words = ""
            self._library.focus()
            self._refresh()

    def on_input_changed(self, event: "Input.Changed") -> None:
        """Search while it is typed."""
        self._words = event.value.strip()
        self._refresh()

    def on_input_submitted(self) -> None:
        """To the list."""
        self._library.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only keys that do something now."""
        if self.program_app.opening:
            return False
        if action in ("review", "export", "discard", "score", "open"):
            return self._current is not None
        if action == "resume":
            return self._interrupted is not None
        return action != "undo" or self._discarded is not None

    def _tell_scoring(self) -> None:
        """Gradings go on behind this screen."""
        if str(self._shelf.border_subtitle or "").startswith("Scoring"):
            self._show(self._entries)
        for scoring in self.program_app.scorings:
            if not scoring.done:
                done = f"{len(scoring.judgements)} of {len(scoring.criteria)}"
                self._shelf.border_subtitle = shown_in_line(f"Scoring {scoring.title}: {done}")
            elif not scoring.seen:
                scoring.seen = True
                self.say(str(scoring.trouble or f"Scored: {scoring.title}. It is in the library."))
                self._refresh()

    # what is shown

    def _say_brain(self) -> None:
        model = self.program_app.front.settings.model_for("interviewer")
        self.head("Home", shown_in_line(model) if model else "Offline interviewer · c adds a language model")

    def _show_card(self) -> None:
        entry = self._interrupted
        self._card.display = entry is not None
        if entry is None:
            return
        words = len(self.program_app.front.draft_of(entry).split())
        step = f" · {STEP_WORDS[entry.step]}" if entry.step in STEP_WORDS else ""
        left = clock_text(60 * entry.minutes - entry.elapsed)
        draft = f" · unsent draft ({words} words)" if words else ""
        when = day_text(datetime.fromisoformat(entry.left_at), datetime.now().astimezone())
        self._card.text = Content.assemble(
            shown_in_line(entry.title, "bold"), f"{step} · {left} left{draft}\n",
            Content.assemble(("r", "bold"), " Resume").stylize("@click=screen.resume"), f"   you left: {when}",
        )  # fmt: skip

    def _show_start(self) -> None:
        """The menu, and what to do next in as many words as there is room for."""
        due = self._outlook.due
        labels = {"drills": f"Drills due today ({due})"} if due else {}
        self._start.text = Content("\n").join(
            Content.assemble((f" {key}", "bold"), f"  {labels.get(action, label)}").stylize(f"@click=screen.{action}")
            for key, label, action in _MENU
        )
        weak, lowest = _weakest_text(self._outlook), self._lowest_text()
        drill = "d drills it: one question, one answer, ten minutes a day." if weak else ""
        self._next.text = Content("\n").join(shown_in_line(text) for text in (weak, lowest, drill) if text)
        self._next.display = bool(weak or lowest)
        drills = f"{due} drill{'s' if due > 1 else ''} due (d)" if due else ""
        self._hint.text = shown_in_line(" · ".join(text for text in (drills, weak or lowest) if text))
        self._hint.set_class(not self._hint.text, "-empty")

    def _lowest_text(self) -> str:
        """The step that was lowest most often."""
        scored = [entry for entry in self._entries if entry.weakest and not (entry.parent or entry.imported)][:_RECENT]
        if not scored:
            return ""
        step, times = Counter(entry.weakest for entry in scored).most_common(1)[0]
        often = f"in {times} of your last {len(scored)} interviews" if len(scored) > 1 else "in your last interview"
        return f"The lowest step {often}: {STEP_WORDS.get(step or '', '')}."

    def _row(self, entry: Entry, width: int) -> Content:
        score = "–" if entry.score is None else f"{entry.score:.1f} {entry.verdict or ''}"
        weakest = STEP_WORDS.get(entry.weakest or "", "–")
        cells = (
            _when(entry),
            entry.title,
            clock_text(entry.elapsed),
            entry.level,
            score,
            weakest,
            _STATES[entry.state],
        )
        return _in_columns(cells, width)

    @property
    def _current(self) -> Entry | None:
        """The interview under the cursor."""
        return self._library.current

    @property
    def _interrupted(self) -> Entry | None:
        """The newest one that can be gone on with."""
        return next((entry for entry in self._newest if entry.state == "interrupted"), None)


def _weakest_text(outlook: Outlook) -> str:
    """The weakest criterion, with how often it was not solid."""
    if outlook.weakest is None:
        return ""
    criterion, times, of = outlook.weakest
    often = f"{times} of your last {of} interviews" if of > 1 else "your last interview"
    return f"{criterion.replace('_', ' ').capitalize()}: not solid in {often}."


class _Columns(Widget):
    """What stands in the columns of the library."""

    DEFAULT_CSS = "_Columns { height: 1; color: $muted; text-style: bold; }"

    def render(self) -> Content:
        """As the rows below, which leave room for a cursor and a scroll bar."""
        return Content.assemble("  ", _in_columns(_TITLES, self.size.width - 3))


def _in_columns(cells: Sequence[str], width: int) -> Content:
    """One row of the library, with as many columns as there is room for."""
    when, title, *others = cells
    widths = next(widths for least, widths in _WIDTHS if width >= least)
    shown = ((text, room) for text, room in zip(others, widths, strict=True) if room)
    right = Content.assemble(*(Content.assemble(" ", fitted(shown_in_line(text), room)) for text, room in shown))
    left = Content.assemble(fitted(Content(when), 13), shown_in_line(title))
    return Content.assemble(fitted(left, width - right.cell_length), right)


def _when(entry: Entry) -> str:
    try:
        return day_text(datetime.fromisoformat(entry.started_at), datetime.now().astimezone())
    except ValueError:  # an unreadable interview has only the date in its name
        return entry.started_at
