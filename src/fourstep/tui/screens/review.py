"""Transcript review: all turns in one text, with what they earned in the margin."""

from collections.abc import Iterable

from textual import on, work
from textual.binding import Binding
from textual.widget import Widget
from textual.widgets import Input

from fourstep.tui.foreign import shown_in_line
from fourstep.tui.frame import Framed
from fourstep.tui.review import Filter, matches, review_passages
from fourstep.tui.screens.choose import Choose
from fourstep.tui.widgets.page import Page
from fourstep.wiring.program import Held

Place = tuple[int, int]
"""A passage by its number, and where in its text."""


class ReviewScreen(Framed):
    """One interview to read."""

    CSS_PATH = "review.tcss"
    AUTO_FOCUS = "#turns"
    BINDINGS = [
        Binding("right_square_bracket", "mark(1)", "Next mark"),
        Binding("left_square_bracket", "mark(-1)", "Mark before", show=False),
        Binding("escape", "back", "Back"),
        Binding("slash", "find", "Find"),
        Binding("n", "match(1)", "Next match"),
        Binding("N", "match(-1)", "Match before", show=False),
        Binding("f", "filter", "Filter"),
        Binding("s", "scorecard", "Scorecard"),
        Binding("y", "copy_turn", "Copy turn"),
        Binding("e", "export", "Export"),
        Binding("question_mark,f1", "app.help", "Help"),
    ]

    def __init__(self, held: Held, *, turn: str = "", quote: str = "") -> None:
        super().__init__()
        self._held = held
        self._wanted = (turn, quote)
        self._filter = Filter()
        self._page = Page(id="turns")
        self._find = Input(id="find", placeholder="Find in the transcript")
        self._at: Place | None = None
        """The mark or match that was jumped to."""

    def body(self) -> Iterable[Widget]:
        """The text, and a line to search with."""
        self._page.add_class("box")
        self._show()
        marks = "" if self._held.cards else " Not scored yet: s scores it."
        faults = f" {self._held.saved.faults[0]}" if self._held.saved.faults else ""
        self.say(f"{len(self._held.transcript.turns)} turns.{marks}{faults}", bad=bool(faults))
        return self._find, self._page

    def on_mount(self) -> None:
        """Go to the turn that was asked for, once there is a width."""
        self.call_after_refresh(self._go_to_wanted)

    def _go_to_wanted(self) -> None:
        turn, quote = self._wanted
        for number, passage in enumerate(self._page.passages):
            if passage.key == turn:
                spans = matches(passage.body.plain, quote)
                self._go_to((number, spans[0][0] if spans else 0))

    def _show(self) -> None:
        self._page.show(review_passages(self._held, self._filter, self._find.value))
        name = ""
        if self._filter.step:
            name = self._held.rubric.step(self._filter.step).title
        elif self._filter.criterion:
            name = self._held.rubric.criterion(self._filter.criterion).title
        self._page.border_title = shown_in_line(f"Turns: {name}" if name else "Turns")
        self._page.border_subtitle = "f filters" if not name else "f, All shows everything"
        self.head(f"Transcript · {self._held.title}", self._held.saved.id)

    @property
    def _marks(self) -> list[Place]:
        return [(number, note.offset) for number, passage in enumerate(self._page.passages) for note in passage.notes]

    @property
    def _matches(self) -> list[Place]:
        words = self._find.value
        return [
            (number, start)
            for number, passage in enumerate(self._page.passages)
            for start, _ in matches(passage.body.plain, words)
        ]

    def action_mark(self, by: int) -> None:
        """The next or previous place that earned something."""
        self._step("mark", self._marks, by)

    def action_match(self, by: int) -> None:
        """The next or previous place where the words stand."""
        self._step("match", self._matches, by)

    def _step(self, what: str, places: list[Place], by: int) -> None:
        if not places:
            self.say(f"There is no {what}.")
            return
        here = self._at or self._page.place
        ahead = [place for place in places if place > here] if by > 0 else [place for place in places if place < here]
        place = (ahead[0] if by > 0 else ahead[-1]) if ahead else (places[0] if by > 0 else places[-1])
        self.say(f"{what.capitalize()} {places.index(place) + 1} of {len(places)}.")
        self._go_to(place)

    def _go_to(self, place: Place) -> None:
        self._at = place
        self._page.go_to(*place)

    @on(Page.Moved)
    def _on_moved(self) -> None:
        """A reader who scrolls on goes on from there, and not from where the last jump led."""
        if self._page.moved_by_reader:
            self._at = None

    def action_find(self) -> None:
        """Words to look for."""
        self._find.display = True
        self._find.focus()

    @on(Input.Changed)
    def _on_find_changed(self) -> None:
        self._at = None
        self._show()
        count = len(self._matches)
        found = f"{count} match{'es' if count != 1 else ''}. Enter goes to the first." if count else "No match."
        self.say(found if self._find.value else "")

    @on(Input.Submitted)
    def _on_find_submitted(self) -> None:
        self._page.focus()
        self.action_match(1)

    @work
    async def action_filter(self) -> None:
        """By step, or by criterion."""
        rubric, card = self._held.rubric, self._held.cards[-1] if self._held.cards else None
        judged = card.criteria if card else ()
        choices = [
            ("All turns", Filter()),
            *((f"Step: {step.title}", Filter(step=step.id)) for step in rubric.steps if step.id != "throughout"),
            *((f"Criterion: {rubric.criterion(j.id).title}", Filter(criterion=j.id)) for j in judged),
        ]
        chosen = await self.app.push_screen_wait(Choose("Show", choices))
        if chosen is not None:
            self._filter, self._at = chosen, None
            self._show()
            self._page.action_to_start()

    def action_copy_turn(self) -> None:
        """The turn that was jumped to, or the first whose heading is in view."""
        number = self._at[0] if self._at else self._page.first_begun
        if number < len(self._page.passages):
            passage = self._page.passages[number]
            self.program_app.copy(f"{passage.head.plain.split(' · ')[0]}: {passage.body.plain}")

    def action_scorecard(self) -> None:
        """The scorecard, or the way to one."""
        if self._held.cards and self._below_is_scorecard:
            self.dismiss()
        else:
            self.program_app.open_scorecard(self._held)

    @property
    def _below_is_scorecard(self) -> bool:
        """Whether one came from the scorecard, so that going there is going back."""
        from fourstep.tui.screens.scorecard import ScorecardScreen

        return isinstance(self.app.screen_stack[-2], ScorecardScreen)

    def action_export(self) -> None:
        """Report and transcript as a Markdown page."""
        self.program_app.export(self._held)

    def action_back(self) -> None:
        """Out of the search, then out of the transcript."""
        if self._find.display:
            self._find.value = ""
            self._find.display = False
            self._page.focus()
        else:
            self.dismiss()
