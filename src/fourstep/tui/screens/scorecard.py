"""The scorecard: scores by step and criterion on one side, what stands behind each of them on the other."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from textual import on, work
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget

from fourstep.grading.scorecard import Judgement, Scorecard
from fourstep.levels import LEVEL_NAMES, TOP_LEVEL
from fourstep.report.document import Block
from fourstep.report.review import review_blocks
from fourstep.report.scorecard import (
    bar_text,
    criterion_blocks,
    facts_blocks,
    fine_print_blocks,
    known_to,
    limits_blocks,
    next_steps_blocks,
    score_text,
    summary_blocks,
)
from fourstep.review.attempts import attempted
from fourstep.review.exchanges import exchanges
from fourstep.tui.blocks import passages_of
from fourstep.tui.foreign import fitted, shown_in_line
from fourstep.tui.frame import Framed
from fourstep.tui.ruling import ruling_on
from fourstep.tui.times import moment_text
from fourstep.tui.widgets.page import Page
from fourstep.tui.widgets.rows import Heading, Rows
from fourstep.wiring.held import Held

_BARS = ("---", "#--", "##-", "###")


@dataclass(frozen=True, slots=True)
class _Part:
    """A row of the list that is no criterion, and what is shown for it."""

    title: str
    blocks: tuple[Block, ...]


class ScorecardScreen(Framed):
    """One scorecard of an interview, the newest first."""

    CSS_PATH = "scorecard.tcss"
    AUTO_FOCUS = "#scores"
    BINDINGS = [
        Binding("enter", "detail", "Detail"),
        Binding("t", "transcript", "Transcript"),
        Binding("1", "evidence(1)", "Quote in its turn"),
        Binding("2", "evidence(2)", "Second quote", show=False),
        Binding("3", "evidence(3)", "Third quote", show=False),
        Binding("escape", "back", "Back"),
        Binding("e", "export", "Export"),
        Binding("c", "copy", "Copy"),
        Binding("d", "rule", "Disagree"),
        Binding("p", "practise", "Practise"),
        Binding("k", "compare", "Compare with before"),
        Binding("z", "score_again", "Score again"),
        Binding("left_square_bracket", "card(-1)", "Older scorecard", show=False),
        Binding("right_square_bracket", "card(1)", "Newer scorecard", show=False),
        Binding("question_mark,f1", "app.help", "Help"),
    ]

    def __init__(self, held: Held, *, note: str = "") -> None:
        super().__init__()
        self._held = held
        self._number = len(held.cards) - 1
        self._note = note
        self._asked = exchanges(held.transcript, held.rubric)
        self._rows: Rows[_Part | Judgement] = Rows(self._row, id="scores")
        self._detail = Page(id="detail")

    @property
    def card(self) -> Scorecard:
        """The one that is shown."""
        return known_to(self._held.rubric, self._held.cards[self._number])

    def body(self) -> Iterable[Widget]:
        """List and detail."""
        self._rows.add_class("box")
        self._detail.add_class("box")
        self._rows.border_title = "Scores"
        self._show_card()
        return (Horizontal(self._rows, self._detail, id="parts"),)

    def _show_card(self) -> None:
        card, held = self.card, self._held
        self._rows.show(list(self._list(card)))
        verdict = f"{card.verdict}{' (borderline)' if card.borderline else ''}" if card.verdict else "no verdict"
        self.head(f"Scorecard · {held.title}", f"{score_text(card.overall)} % · {verdict} · {card.level}")
        count = len(held.cards)
        which = f"Scorecard {self._number + 1} of {count} ([ and ] switch). " if count > 1 else ""
        when = f"{moment_text(card.at)} " if card.at else ""
        self.say(f"{self._note} {which}{when}{card.grader.note}".strip(), bad=bool(self._note))

    def _list(self, card: Scorecard) -> Iterator[_Part | Judgement | Heading]:
        held = self._held
        yield _Part(
            "Verdict, and why",
            (
                *summary_blocks(card, held.rubric),
                *limits_blocks(held.transcript, held.rubric, held.problem),
                *next_steps_blocks(card, held.rubric, held.problem),
            ),
        )
        yield from _parts(held.remarked(self._number))
        for step in card.steps:
            judged = [judgement for judgement in card.criteria if judgement.step == step.id]
            if not judged:
                continue
            title = held.rubric.step(step.id).title
            step_title = fitted(shown_in_line(title), 34)
            yield Heading(Content.assemble(step_title, f" {bar_text(step.score)}{score_text(step.score):>6}"))
            yield from judged
        yield Heading(Content("The whole interview"))
        if held.transcript.native:
            unasked = held.review.unasked
            nothing = Block("paragraph", "You asked for everything that the problem holds, or its file is not here.")
            yield _Part(f"Facts you never asked for ({len(unasked)})", tuple(facts_blocks(unasked)) or (nothing,))
        yield from _parts(review_blocks(held.review, held.rubric))
        yield _Part("How this was graded", tuple(fine_print_blocks(card)))

    def _row(self, item: _Part | Judgement, width: int) -> Content:
        if isinstance(item, _Part):
            return shown_in_line(item.title, "bold")
        title = shown_in_line(self._held.rubric.criterion(item.id).title)
        if item.level is None:
            right = Content(item.status.replace("_", " "))
        else:
            ruling = self._held.remarks.ruling(item.id)
            ruled = f", ruled {ruling.level}" if ruling and ruling.level != item.level else ""
            hinted = "*" if item.raised_by == "hint" else " "
            right = Content(f"{item.level} of {TOP_LEVEL}{ruled} [{_BARS[item.level]}]{hinted}")
        return Content.assemble("  ", fitted(title, width - right.cell_length - 3), " ", right)

    @on(Rows.Highlighted)
    def _on_highlighted(self) -> None:
        item = self._rows.current
        if item is None:
            return
        named = item if isinstance(item, _Part) else self._held.rubric.criterion(item.id)
        self._detail.border_title = shown_in_line(named.title)
        self._detail.show(passages_of(self._blocks(item)))
        self._detail.action_to_start()
        self.keys_changed()

    def _blocks(self, item: _Part | Judgement) -> tuple[Block, ...]:
        return item.blocks if isinstance(item, _Part) else tuple(self._criterion_blocks(item))

    def _criterion_blocks(self, judgement: Judgement) -> Iterator[Block]:
        criterion = self._held.rubric.criterion(judgement.id)
        tried = attempted(judgement, self._asked)
        held = self._held
        yield from criterion_blocks(criterion, judgement, held.problem, tried=tried, drilling=held.drilling)
        if ruling := self._held.remarks.ruling(judgement.id):
            said = f": {ruling.reason}" if ruling.reason else "."
            yield Block("paragraph", f"A person gave it {ruling.level} of {TOP_LEVEL}{said}")
        if judgement.level is not None and judgement.level < TOP_LEVEL:
            name = LEVEL_NAMES[judgement.level + 1]
            yield Block("subheading", f"Why not {name}")
            yield Block("paragraph", f"{name.capitalize()} means: {criterion.rule(judgement.level + 1).anchor}")
        yield Block("subheading", "What is judged here")
        yield Block("paragraph", criterion.about)

    @on(Rows.Chosen)
    def _on_chosen(self) -> None:
        self.action_detail()

    def action_detail(self) -> None:
        """Go over to the detail, which is as wide as the window where it is narrow; and back."""
        reading = self._rows.has_focus
        self.set_class(reading, "-reading")
        (self._detail if reading else self._rows).focus()

    def action_evidence(self, number: int) -> None:
        """The turn in which a quote stands."""
        item = self._rows.current
        if isinstance(item, Judgement) and number <= len(item.evidence):
            quote = item.evidence[number - 1]
            self.program_app.open_review(self._held, turn=quote.turn, quote=quote.quote)

    def action_jump(self, turn: str) -> None:
        """A turn that was clicked."""
        self.program_app.open_review(self._held, turn=turn)

    def action_transcript(self) -> None:
        """All turns, with what they earned."""
        self.program_app.open_review(self._held)

    def action_card(self, by: int) -> None:
        """Another scorecard of this interview."""
        self._number = max(0, min(self._number + by, len(self._held.cards) - 1))
        self._show_card()

    def action_score_again(self) -> None:
        """A new scorecard beside the old ones, in place of this one."""
        self.dismiss()
        self.program_app.score(self._held)

    @work
    async def action_rule(self) -> None:
        """Confirm or overrule the judgement under the cursor."""
        item = self._rows.current
        if isinstance(item, Judgement):
            criterion, before = self._held.rubric.criterion(item.id), self._held.remarks.ruling(item.id)
            ruling = await ruling_on(self.program_app, criterion, item, self.card, before)
            if ruling:
                self.program_app.remark(self._held, ruling)

    def show_held(self, held: Held) -> None:
        """The same interview, with what somebody added."""
        if held.saved.id == self._held.saved.id:
            self._held = replace(held, cards=self._held.cards)
            under = self._rows.current
            self._show_card()
            places = [n for n, row in enumerate(self._rows.items) if isinstance(row, Judgement) and row == under]
            self._rows.show(self._rows.items, at=next(iter(places), None))

    def action_practise(self) -> None:
        """One drill on the criterion under the cursor, on this problem; then its strong answer is shown."""
        item = self._rows.current
        if isinstance(item, Judgement):
            self.program_app.open_drill_on(item.id, self._held.problem.id if self._held.problem else "")

    def action_compare(self) -> None:
        """Beside the scorecard of the interview that this one answers again."""
        self.program_app.compare_with_parent(self._held)

    def action_copy(self) -> None:
        """Copy the detail."""
        self.program_app.copy("\n".join(passage.head.plain + passage.body.plain for passage in self._detail.passages))

    def action_export(self) -> None:
        """The whole report as a Markdown page."""
        self.program_app.export(self._held)

    def action_back(self) -> None:
        """From the detail to the list, from the list to where one came from."""
        if self.has_class("-reading"):
            self.action_detail()
        else:
            self.dismiss()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Quotes can be followed where there are some."""
        if action == "rule":
            return isinstance(self._rows.current, Judgement)
        if action == "practise":
            item = self._rows.current
            return isinstance(item, Judgement) and item.step != "throughout"
        if action == "compare":
            return self._held.parent is not None
        if action == "evidence":
            item = self._rows.current
            return isinstance(item, Judgement) and len(item.evidence) >= int(str(parameters[0]))
        return not (action == "card" and len(self._held.cards) < 2)


def _parts(blocks: Iterable[Block]) -> Iterator[_Part]:
    """A row for every heading, with what stands under it."""
    title, under = "", list[Block]()
    for block in (*blocks, Block("heading", "")):
        if block.kind != "heading":
            under.append(block)
            continue
        if title:
            yield _Part(title, tuple(under))
        title, under = block.text, []
