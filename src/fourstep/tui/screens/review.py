"""Transcript review: all turns in one text, with what they earned in the margin."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from textual import on, work
from textual.binding import Binding
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input

from fourstep.report.document import Block
from fourstep.report.transcript import INFERRED
from fourstep.review.remarks import Bookmark, TurnNote
from fourstep.transcript.transcript import Turn
from fourstep.tui.foreign import shown_in_line
from fourstep.tui.frame import Framed
from fourstep.tui.review import ALL, card_of, filters, judged_by_turn, matches, review_passages
from fourstep.tui.ruling import ruling_on
from fourstep.tui.screens.ask import Ask
from fourstep.tui.screens.blocks import BlocksScreen
from fourstep.tui.screens.choose import Choose
from fourstep.tui.turns import name_in
from fourstep.tui.widgets.page import Page
from fourstep.wiring.held import Held

Place = tuple[int, int]
"""A passage by its number, and where in its text."""
_PAUSE_IN_TYPING = 0.1
"""Seconds without a key after which words are looked for."""


class ReviewScreen(Framed):
    """One interview to read."""

    CSS_PATH = "review.tcss"
    AUTO_FOCUS = "#turns"
    BINDINGS = [
        Binding("right", "turn(1)", "Next turn"),
        Binding("left", "turn(-1)", "Turn before", show=False),
        Binding("right_square_bracket", "mark(1)", "Next mark"),
        Binding("left_square_bracket", "mark(-1)", "Mark before", show=False),
        Binding("escape", "back", "Back"),
        Binding("a", "again", "Answer again"),
        Binding("slash", "find", "Find"),
        Binding("n", "match(1)", "Next match"),
        Binding("N", "match(-1)", "Match before", show=False),
        Binding("f", "filter", "Filter"),
        Binding("s", "scorecard", "Scorecard"),
        Binding("m", "note", "Note"),
        Binding("b", "bookmark", "Bookmark"),
        Binding("d", "rule", "Disagree"),
        Binding("o", "pad", "Pad"),
        Binding("y", "copy_turn", "Copy turn"),
        Binding("e", "export", "Export"),
        Binding("question_mark,f1", "app.help", "Help"),
    ]

    def __init__(self, held: Held, *, turn: str = "", quote: str = "") -> None:
        super().__init__()
        self._held = held
        self._wanted = (turn, quote)
        self._filter = ALL
        self._card = card_of(held)
        self._judged = judged_by_turn(self._card)
        self._page = Page(id="turns")
        self._find = Input(id="find", placeholder="Find in the transcript")
        self._at: Place | None = None
        """The mark or match that was jumped to."""
        self._looking: Timer | None = None
        """Will look for what was typed, unless more is."""

    def body(self) -> Iterable[Widget]:
        """The text, and a line to search with."""
        self._page.add_class("box")
        self._show()
        marks = "" if self._held.cards else " Not scored yet: s scores it."
        faults = f" {self._held.saved.faults[0]}" if self._held.saved.faults else ""
        inferred = f" {INFERRED}" if self._held.transcript.speakers_inferred else ""
        self.say(f"{len(self._held.transcript.turns)} turns.{marks}{faults}{inferred}", bad=bool(faults))
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
        everything = self._filter == ALL
        self._page.border_title = shown_in_line("Turns" if everything else f"Turns: {self._filter.title}")
        self._page.border_subtitle = "f filters" if everything else "f, All shows everything"
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
        for note in self._page.passages[self._at[0]].notes if self._at else ():
            if self._at and note.offset == self._at[1] and note.end:
                self._page.light(self._at[0], note.offset, note.end)

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
        self._point()

    def action_turn(self, by: int) -> None:
        """The next or previous turn."""
        turns = [number for number, passage in enumerate(self._page.passages) if isinstance(passage.key, str)]
        here = self._number
        ahead = (
            [number for number in turns if number > here] if by > 0 else [number for number in turns if number < here]
        )
        if ahead:
            self._go_to((ahead[0] if by > 0 else ahead[-1], 0))

    @property
    def _number(self) -> int:
        """The passage that is meant: the one that was jumped to, or the first whose heading is in view."""
        return self._at[0] if self._at else self._page.first_begun

    @property
    def _turn(self) -> Turn | None:
        """The turn that is meant."""
        passages = self._page.passages
        key = passages[self._number].key if self._number < len(passages) else None
        return next((turn for turn in self._held.transcript.turns if turn.name == key), None)

    def _point(self) -> None:
        """Show which turn is meant, and the keys that work on it."""
        turn = self._turn
        self._page.mark(turn.name if turn else None)
        self.keys_changed()

    @on(Page.Moved)
    def _on_moved(self) -> None:
        """A reader who scrolls on goes on from there, and not from where the last jump led."""
        if self._page.moved_by_reader:
            self._at = None
        self._point()

    def action_find(self) -> None:
        """Words to look for."""
        self._find.display = True
        self._find.focus()

    @on(Input.Changed)
    def _on_find_changed(self) -> None:
        """Look once the typing pauses: all turns are marked anew, and a burst of keys would wait for each look."""
        if self._looking:
            self._looking.stop()
        self._looking = self.set_timer(_PAUSE_IN_TYPING, self._look)

    def _look(self) -> None:
        self._looking = None
        self._at = None
        self._show()
        count = len(self._matches)
        found = f"{count} match{'es' if count != 1 else ''}. Enter goes to the first." if count else "No match."
        self.say(found if self._find.value else "")
        self.keys_changed()

    @on(Input.Submitted)
    def _on_find_submitted(self) -> None:
        if self._looking:
            self._looking.stop()
            self._look()
        self._page.focus()
        self.action_match(1)

    @work
    async def action_filter(self) -> None:
        """By step, level, flags, remarks or criterion."""
        choices = [(choice.title, choice) for choice in filters(self._held)]
        chosen = await self.app.push_screen_wait(Choose("Show", choices))
        if chosen is not None:
            self._filter, self._at = chosen, None
            self._show()
            self._page.action_to_start()
            turns = self._held.transcript.turns
            self.say(f"{sum(chosen.shows(turn) for turn in turns)} of {len(turns)} turns.")

    def action_again(self) -> None:
        """A new interview that goes on from the turn that is meant."""
        if turn := self._turn:
            self.program_app.answer_again(self._held, turn.name)

    @work
    async def action_note(self) -> None:
        """Words beside the turn; empty ones take them away."""
        if turn := self._turn:
            asked = Ask(f"Note on {turn.name}", self._held.remarks.notes.get(turn.name, ""))
            text = await self.app.push_screen_wait(asked)
            if text is not None:
                self.program_app.remark(self._held, TurnNote(at=_now(), turn=turn.name, text=text))

    def action_bookmark(self) -> None:
        """Mark the turn, or take the mark away."""
        if turn := self._turn:
            kept = turn.name not in self._held.remarks.bookmarks
            self.program_app.remark(self._held, Bookmark(at=_now(), turn=turn.name, kept=kept))

    @work
    async def action_rule(self) -> None:
        """Confirm or overrule what the turn earned."""
        turn, card = self._turn, self._card
        if turn is None or card is None or turn.name not in self._judged:
            return
        judged = self._judged[turn.name]
        criteria = [(self._held.rubric.criterion(judgement.id).title, judgement) for judgement in judged]
        chosen = judged[0] if len(judged) == 1 else await self.app.push_screen_wait(Choose("Which one", criteria))
        if chosen is None:
            return
        ruling = await ruling_on(
            self.program_app, self._held.rubric.criterion(chosen.id), chosen, card, self._held.remarks.ruling(chosen.id)
        )
        if ruling:
            self.program_app.remark(self._held, ruling)

    def action_pad(self) -> None:
        """What was on the design pad when the answer was sent."""
        if (turn := self._turn) and turn.pad:
            lines = [Block("row", line or " ") for line in turn.pad.splitlines()]
            self.app.push_screen(BlocksScreen(f"Design pad at {turn.name}", lines))

    def show_held(self, held: Held) -> None:
        """The same interview, with what somebody added."""
        if held.saved.id == self._held.saved.id:
            self._held = replace(held, cards=self._held.cards)
            self._filter = next((one for one in filters(self._held) if one.title == self._filter.title), ALL)
            self._show()
            self._point()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only keys that do something with the turn that is meant."""
        turn = self._turn
        if action == "pad":
            return turn is not None and bool(turn.pad)
        if action == "match":
            return bool(self._find.value)
        if action == "rule":
            return turn is not None and turn.name in self._judged
        return not (action in ("again", "note", "bookmark") and turn is None)

    def action_copy_turn(self) -> None:
        """The turn that is meant."""
        if turn := self._turn:
            passage = self._page.passages[self._number]
            self.program_app.copy(f"{turn.name} {name_in(self._held.transcript, turn.speaker)}: {passage.body.plain}")

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


def _now() -> datetime:
    return datetime.now(UTC).astimezone()
