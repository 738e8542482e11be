"""A transcript with what each turn earned, as passages with notes in their margin."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from textual.content import Content

from fourstep.grading.scorecard import Judgement, Scorecard
from fourstep.levels import LEVEL_NAMES
from fourstep.report.margin import Annotations, Mark, marks_in
from fourstep.report.scorecard import known_to
from fourstep.transcript.transcript import Turn
from fourstep.tui.foreign import shown, shown_in_line
from fourstep.tui.turns import name_in
from fourstep.tui.widgets.page import Note, Passage
from fourstep.wiring.held import Held

_SIGNS = {"+": "bold $success", "−": "bold $error", "!": "bold $error"}


@dataclass(frozen=True, slots=True)
class Filter:
    """Which turns are shown, and what that is called."""

    title: str
    turns: frozenset[str] | None = None
    """The turns' names; None for all of them."""

    def shows(self, turn: Turn) -> bool:
        """Whether a turn belongs to what is shown."""
        return self.turns is None or turn.name in self.turns


ALL = Filter("All turns")


def filters(held: Held) -> list[Filter]:
    """All that this interview can be filtered by and that shows something, as it stands now."""
    card, turns = card_of(held), held.transcript.turns
    judged = card.criteria if card else ()
    steps = {turn.step for turn in turns}
    levels = sorted({judgement.level for judgement in judged if judgement.level is not None})
    possible = (
        *(
            Filter(f"Step: {step.title}", frozenset(turn.name for turn in turns if turn.step == step.id))
            for step in held.rubric.steps
            if step.id in steps
        ),
        *(Filter(f"Level {level}: {LEVEL_NAMES[level]}", _at_level(judged, level, turns)) for level in levels),
        Filter("With flags", frozenset(flag.turn for flag in card.flags) if card else frozenset()),
        Filter("With a note or a bookmark", held.remarks.bookmarks | set(held.remarks.notes)),
        Filter("With a design pad", frozenset(turn.name for turn in turns if turn.pad)),
        *(
            Filter(f"Criterion: {held.rubric.criterion(judgement.id).title}", _about(judgement, turns))
            for judgement in judged
        ),
    )
    return [ALL, *(one for one in possible if one.turns)]


def card_of(held: Held) -> Scorecard | None:
    """The newest scorecard, with those of its criteria that the rubric still has."""
    return known_to(held.rubric, held.cards[-1]) if held.cards else None


def judged_by_turn(card: Scorecard | None) -> dict[str, list[Judgement]]:
    """The judgements that quote each turn."""
    judged: dict[str, list[Judgement]] = {}
    for judgement in card.criteria if card else ():
        for turn in _quoted(judgement):
            judged.setdefault(turn, []).append(judgement)
    return judged


def _at_level(judged: Iterable[Judgement], level: int, turns: Sequence[Turn]) -> frozenset[str]:
    """With the questions, for what is missing has no quotes."""
    return frozenset(turn for judgement in judged if judgement.level == level for turn in _about(judgement, turns))


def _about(judgement: Judgement, turns: Iterable[Turn]) -> frozenset[str]:
    """The turns that asked about a criterion, and those that are quoted for it."""
    return _quoted(judgement) | {turn.name for turn in turns if turn.aims_at == judgement.id}


def _quoted(judgement: Judgement) -> frozenset[str]:
    return frozenset(evidence.turn for evidence in (*judgement.evidence, *judgement.counter_evidence))


def review_passages(held: Held, chosen: Filter = ALL, found: str = "") -> list[Passage]:
    """The turns that are shown, with the steps between them; `found` words are marked."""
    return list(_passages(held, chosen, found))


def _passages(held: Held, chosen: Filter, found: str) -> Iterator[Passage]:
    card = card_of(held)
    step = None
    for turn in held.transcript.turns:
        if not chosen.shows(turn):
            continue
        if turn.step and turn.step != step:
            step = turn.step
            yield Passage(("step", turn.number), shown_in_line(f"── {held.rubric.step(step).title} ──", "$muted"))
        yield _passage(turn, card, held, found)


def _passage(turn: Turn, card: Scorecard | None, held: Held, found: str) -> Passage:
    marks = marks_in(turn, Annotations(card, remarks=held.remarks), held.rubric, lambda text: shown(text).plain)
    body = shown(turn.text)
    for mark in marks:
        body = body.stylize("underline", mark.start, mark.end)
    for start, end in matches(body.plain, found):
        body = body.stylize("bold reverse", start, end)
    written = held.remarks.notes.get(turn.name)
    mine = [Note(0, Content.assemble(("» ", "bold $accent"), shown_in_line(written)))] if written else []
    return Passage(turn.name, _head(turn, len(marks), held), body, (*mine, *(_note(mark) for mark in marks)))


def _head(turn: Turn, marks: int, held: Held) -> Content:
    style = "bold $accent" if turn.speaker == "interviewer" else "bold $focus"
    told = [f"{len(turn.text.split())} words"]
    told += [f"hint {turn.hint_rung}"] if turn.hint_rung else []
    told += [f"{marks} mark{'s' if marks != 1 else ''}"] if marks else []
    told += ["pad"] if turn.pad else []
    told += ["bookmark"] if turn.name in held.remarks.bookmarks else []
    name = shown_in_line(f"{turn.name} {name_in(held.transcript, turn.speaker)}", style)
    return Content.assemble(name, (f" · {' · '.join(told)}", "$muted"))


def _note(mark: Mark) -> Note:
    """What a quote counts for; of several for the same the first one tells."""
    if mark.again:
        return Note(mark.start, Content(""), mark.end)
    return Note(mark.start, Content.assemble((f"{mark.sign} ", _SIGNS[mark.sign]), shown_in_line(mark.text)), mark.end)


def matches(text: str, words: str) -> list[tuple[int, int]]:
    """Where words stand in a text, in any case."""
    if not words.strip():
        return []
    return [match.span() for match in re.finditer(re.escape(words.strip()), text, re.IGNORECASE)]
