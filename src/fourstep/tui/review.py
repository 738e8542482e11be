"""A transcript with what each turn earned, as passages with notes in their margin."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from textual.content import Content

from fourstep.foreign_text import harmless
from fourstep.grading.scorecard import Judgement, Scorecard
from fourstep.rubric import Rubric, StepId
from fourstep.transcript.transcript import Turn
from fourstep.tui.foreign import shown, shown_in_line
from fourstep.tui.turns import NAMES
from fourstep.tui.widgets.page import Note, Passage
from fourstep.wiring.program import Held


@dataclass(frozen=True, slots=True)
class Filter:
    """What is shown; None means all of it."""

    step: StepId | None = None
    criterion: str | None = None

    def shows(self, turn: Turn, card: Scorecard | None) -> bool:
        """Whether a turn belongs to what is shown."""
        if self.step:
            return turn.step == self.step
        if self.criterion:
            judgement = card.judgement(self.criterion) if card else None
            quoted = judgement is not None and any(evidence.turn == turn.name for evidence in judgement.evidence)
            return quoted or turn.aims_at == self.criterion
        return True


def review_passages(held: Held, chosen: Filter, found: str = "") -> list[Passage]:
    """The turns that are shown, with the steps between them; `found` words are marked."""
    return list(_passages(held, chosen, found))


def _passages(held: Held, chosen: Filter, found: str) -> Iterator[Passage]:
    card = held.cards[-1] if held.cards else None
    step = None
    for turn in held.transcript.turns:
        if not chosen.shows(turn, card):
            continue
        if turn.step and turn.step != step:
            step = turn.step
            yield Passage(("step", turn.number), shown_in_line(f"── {held.rubric.step(step).title} ──", "$muted"))
        yield _passage(turn, card, held.rubric, found)


def _passage(turn: Turn, card: Scorecard | None, rubric: Rubric, found: str) -> Passage:
    notes = sorted(_notes(turn, card, rubric), key=lambda note: note[0])
    earned = f" · {len(notes)} mark{'s' if len(notes) != 1 else ''}" if notes else ""
    style = "bold $accent" if turn.speaker == "interviewer" else "bold $focus"
    hint = f" · hint {turn.hint_rung}" if turn.hint_rung else ""
    words = len(turn.text.split())
    head = Content.assemble(
        (f"{turn.name} {NAMES[turn.speaker]}", style), (f" · {words} words{hint}{earned}", "$muted")
    )
    body = shown(turn.text)
    for start, end, _ in notes:
        body = body.stylize("underline", start, end)
    for start, end in matches(body.plain, found):
        body = body.stylize("bold reverse", start, end)
    return Passage(turn.name, head, body, tuple(Note(start, text) for start, _, text in notes))


def _notes(turn: Turn, card: Scorecard | None, rubric: Rubric) -> Iterator[tuple[int, int, Content]]:
    """What a turn earned: from where to where in its text, and for which criterion."""
    for judgement in card.criteria if card and turn.speaker == "candidate" else ():
        quotes = [evidence.quote for evidence in judgement.evidence if evidence.turn == turn.name]
        places = sorted(place for quote in quotes if (place := _place(quote, turn.text)))
        for number, place in enumerate(places):
            yield (*place, _note(judgement, rubric, again=number > 0))
    for flag in card.flags if card else ():
        if flag.turn == turn.name and (place := _place(flag.quote, turn.text)):
            yield (*place, Content.styled("! words to the grader, which count for nothing", "bold $error"))


def _note(judgement: Judgement, rubric: Rubric, *, again: bool) -> Content:
    """For which criterion, and at its first quote with which level."""
    title = rubric.criterion(judgement.id).title
    if again:
        return Content.assemble(("+ ", "bold $success"), shown_in_line(f"{title}, too"))
    return Content.assemble(("+ ", "bold $success"), shown_in_line(f"{title} {judgement.level}/3"))


def _place(quote: str, text: str) -> tuple[int, int] | None:
    """Where a quote stands in the text as it is shown."""
    start = harmless(text).expandtabs(4).find(harmless(quote).expandtabs(4))
    return (start, start + len(harmless(quote).expandtabs(4))) if start >= 0 else None


def matches(text: str, words: str) -> list[tuple[int, int]]:
    """Where words stand in a text, in any case."""
    if not words.strip():
        return []
    return [match.span() for match in re.finditer(re.escape(words.strip()), text, re.IGNORECASE)]
