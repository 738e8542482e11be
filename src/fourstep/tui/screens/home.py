"""Home: an interrupted interview on top, what can be started, and the library of everything that was held.

The list is painted from the index as it was; what changed in the folders since is read behind it.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from textual import work
from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget

from fourstep.errors import FourstepError
from fourstep.interview.timing import clock_text
from fourstep.tui.foreign import fitted, shown_in_line
from fourstep.tui.frame import Framed
from fourstep.tui.times import day_text
from fourstep.tui.widgets.panel import Panel
from fourstep.tui.widgets.rows import Rows
from fourstep.wiring.front import Entry

STEP_WORDS = {"frame": "Frame", "data": "Data", "model": "Model", "serve": "Serve", "throughout": "Throughout"}
AFTER_FIRST_PAINT = 0.15
"""Seconds that are left to the first picture before anything is read in the background."""
_FIRST_PAGE = 60
_STATES = {"scored": "scored", "ended": "not scored", "interrupted": "interrupted", "unreadable": "unreadable"}
_RECENT = 5

_MENU = (("n", "New interview", "new"), ("v", "Review transcript", "review"), ("d", "Demo: a minute", "demo"))
_EMPTY = """No interviews yet.

[bold]n[/] starts one: about 45 minutes in four steps, or as long as you like.
[bold]d[/] shows the whole product in a minute, with a recorded candidate.

You type your answers as you would say them. Nothing needs a key or a network, and what you type is on disk within
half a second. Afterwards every criterion is scored with quotes of your own words."""


class HomeScreen(Framed):
    """Everything starts here."""

    AUTO_FOCUS = "#library"
    BINDINGS = [
        Binding("n", "new", "New"),
        Binding("enter", "open", "Open", show=False),
        Binding("r", "resume", "Resume"),
        Binding("s", "score", "Score"),
        Binding("v", "review", "Review"),
        Binding("slash", "filter", "Filter"),
        Binding("e", "export", "Export"),
        Binding("delete,x", "discard", "Delete"),
        Binding("u", "undo", "Undo delete"),
        Binding("d", "demo", "Demo"),
        Binding("q", "app.leave", "Quit"),
        Binding("question_mark,f1", "app.help", "Help"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._entries: Sequence[Entry] = ()
        self._words = ""
        """What the library is filtered by."""
        self._read = False
        """Whether the folders have been looked at since the program started."""
        self._discarded: str | None = None
        self._card = Panel(id="interrupted", title="Interrupted interview")
        self._start = Panel(id="start", title="Start")
        self._library: Rows[Entry] = Rows(self._row, id="library")
        self._welcome = Panel(id="welcome", title="Welcome")

    def body(self) -> Iterable[Widget]:
        """Filled before it is mounted, from the index as it was, so that the first picture is whole."""
        self.head("Home", "Offline interviewer and grader, no key needed")
        self.say("Reading the library…")
        self._library.add_class("box")
        self._welcome.text = Content.from_markup(_EMPTY)
        try:
            self._entries = self.program_app.front.newest(_FIRST_PAGE)
        except FourstepError as error:
            self.say(str(error), bad=True)
        self._show(self._entries)
        return self._card, self._start, self._library, self._welcome

    def on_mount(self) -> None:
        """What changed is read once the first picture stands."""
        self.set_timer(AFTER_FIRST_PAINT, self._refresh)

    def on_screen_resume(self) -> None:
        """Back from another screen: something may have been held, scored or removed there."""
        if self._read:
            self._refresh()

    @work(exclusive=True, group="library")
    async def _refresh(self) -> None:
        front, words = self.program_app.front, self._words
        try:
            everything = await self.program_app.in_thread(front.refreshed)
            entries = await self.program_app.in_thread(lambda: front.found(words)) if words else everything
        except FourstepError as error:
            self.say(str(error), bad=True)
            return
        if not self._read:
            self._read = True
            self.say(f"Ready. Interviews are saved in {front.root}")
        self._show(entries, of=len(everything))
        self.keys_changed()

    def _show(self, entries: Sequence[Entry], *, of: int | None = None) -> None:
        """The list and what is said about it."""
        kept = self._library.current.id if self._library.current else None
        self._entries = entries
        total = len(entries) if of is None else of
        empty = self._read and not total
        filtered = f"{len(entries)} of {total}" if self._words else f"{total}"
        self._library.border_title = f"Library ({filtered})" if self._read else "Library"
        self._library.border_subtitle = "Esc clears the filter" if self._words else "/ filter · Enter open"
        self._library.show(entries, at=next((n for n, entry in enumerate(entries) if entry.id == kept), None))
        self._library.display, self._welcome.display = not empty, empty
        self._show_card()
        self._show_start()

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
            (entry.title, "bold"), f"{step} · {left} left{draft} · left {when}\n",
            ("r", "bold"), " Resume   ", ("s", "bold"), " Score what is there   ", ("x", "bold"), " Discard",
        )  # fmt: skip

    def _show_start(self) -> None:
        scored = [entry for entry in self._entries if entry.weakest][:_RECENT]
        advice = ""
        if scored:
            step, times = Counter(entry.weakest for entry in scored).most_common(1)[0]
            name = STEP_WORDS.get(step or "", "")
            advice = f"Your lowest step in {times} of the last {len(scored)} scored: {name}."
        menu = Content("\n").join(
            Content.assemble((f" {key}", "bold"), f"  {label}").stylize(f"@click=screen.{action}")
            for key, label, action in _MENU
        )
        self._start.text = Content.assemble(menu, f"\n\n {advice}" if advice else "")

    def _row(self, entry: Entry, width: int) -> Content:
        when = _when(entry)
        state = _STATES[entry.state]
        score = "–" if entry.score is None else f"{entry.score:.1f} {entry.verdict or ''}"
        wide = width >= 100
        right = Content.assemble(
            fitted(Content(clock_text(entry.elapsed)), 6, right=True), "  ",
            fitted(shown_in_line(score), 20), fitted(Content(STEP_WORDS.get(entry.weakest or "", "–")), 12) if wide else "",
            fitted(Content(state), 11),
        )  # fmt: skip
        left = Content.assemble(fitted(Content(when), 13), fitted(shown_in_line(entry.title), max(8, width - 52)))
        return Content.assemble(left if not wide else fitted(left, width - right.cell_length), right)

    @property
    def _current(self) -> Entry | None:
        """The interview under the cursor."""
        return self._library.current

    @property
    def _interrupted(self) -> Entry | None:
        """The newest one that can be gone on with."""
        return next((entry for entry in self._entries if entry.state == "interrupted"), None)


def _when(entry: Entry) -> str:
    try:
        return day_text(datetime.fromisoformat(entry.started_at), datetime.now().astimezone())
    except ValueError:  # an unreadable interview has only the date in its name
        return entry.started_at
