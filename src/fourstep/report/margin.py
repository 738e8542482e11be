"""The transcript as a page shows it: each turn with what it earned in its margin, and the quotes marked in its text."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from fourstep.grading.scorecard import Judgement, Scorecard
from fourstep.interview.timing import clock_text
from fourstep.levels import TOP_LEVEL
from fourstep.report.pad import PadPart, parts_of
from fourstep.review.remarks import Remarks
from fourstep.rubric import Rubric
from fourstep.transcript.events import Event, Imported, Spoken
from fourstep.transcript.transcript import Transcript, Turn


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a turn's text."""

    text: str
    marked: bool
    """Whether it was quoted."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A quoted stretch of a turn, and what it counts for."""

    start: int
    """Where it begins in the turn's text; where it only stands on the pad, the text's beginning."""
    end: int
    sign: str
    """`+` for what speaks for a criterion, `−` for what speaks against it, `!` for a flag."""
    text: str
    criterion: str = ""
    again: bool = False
    """Whether an earlier mark of the turn is for the same criterion, by the same sign."""


@dataclass(frozen=True, slots=True)
class Note:
    """A line in a turn's margin."""

    sign: str
    text: str
    criterion: str = ""
    """The criterion that it leads back to."""


@dataclass(frozen=True, slots=True)
class ShownPad:
    """A part of a design pad."""

    pieces: tuple[Piece, ...]
    diagram: bool
    drawn: str | None
    """A diagram as SVG; None for one that is not drawn."""
    rows: tuple[tuple[tuple[Piece, ...], ...], ...]
    """The cells of a table, its head first; empty for anything else."""


@dataclass(frozen=True, slots=True)
class ShownTurn:
    """A turn with its margin."""

    name: str
    speaker: str
    said_at: str
    """Minutes and seconds of interview time; empty where they are not known."""
    pieces: tuple[Piece, ...]
    notes: tuple[Note, ...]
    pad: tuple[ShownPad, ...]
    """The design pad as it was sent with the turn, where it had changed."""


@dataclass(frozen=True, slots=True)
class Stage:
    """The turns of one step."""

    title: str
    turns: tuple[ShownTurn, ...]


@dataclass(frozen=True, slots=True)
class Annotations:
    """What is known of turns beside their words."""

    card: Scorecard | None = None
    said_at: Mapping[int, float] = field(default_factory=dict)
    """Seconds of interview time, by the turn's number."""
    remarks: Remarks = field(default_factory=Remarks)
    """What people added."""


def said_at(events: Iterable[Event]) -> dict[int, float]:
    """When each turn was said, in seconds of interview time; nothing for an import that does not tell."""
    events = list(events)
    if any(isinstance(event, Imported) and not event.timed for event in events):
        return {}
    return {event.turn: event.elapsed for event in events if isinstance(event, Spoken)}


def stages(transcript: Transcript, rubric: Rubric, known: Annotations) -> list[Stage]:
    """Every turn that counts, under the step it was said in; a turn without a step goes with the one before it."""
    step = ""
    titled: list[tuple[str, ShownTurn]] = []
    for turn in transcript.turns:
        step = rubric.step(turn.step).title if turn.step else step
        titled.append((step, _shown(turn, rubric, known)))
    return [
        Stage(title, tuple(turn for _, turn in group)) for title, group in groupby(titled, key=lambda pair: pair[0])
    ]


def _shown(turn: Turn, rubric: Rubric, known: Annotations) -> ShownTurn:
    seconds = known.said_at.get(turn.number)
    quotes = [quote for quote, *_ in _quoted(turn, known.card)]
    return ShownTurn(
        turn.name,
        turn.speaker.capitalize(),
        "" if seconds is None else clock_text(seconds),
        _pieces(turn.text, quotes),
        tuple(_notes(turn, rubric, known)),
        tuple(_shown_pad(part, quotes) for part in parts_of(turn.pad)),
    )


def _shown_pad(part: PadPart, quotes: Sequence[str]) -> ShownPad:
    rows = tuple(tuple(_pieces(cell, quotes) for cell in row) for row in part.table)
    return ShownPad(_pieces(part.text, quotes), part.diagram, part.drawn, rows)


def marks_in(turn: Turn, known: Annotations, rubric: Rubric, shown: Callable[[str], str] = str) -> list[Mark]:
    """What was quoted of a turn, in its order; `shown` is what a text becomes where it is shown."""
    text, seen, marks = shown(turn.text), set[tuple[str, str]](), list[Mark]()
    quotes = sorted(_quoted(turn, known.card), key=lambda quoted: text.find(shown(quoted[0])))
    for quote, sign, judgement in quotes:
        start, key = text.find(shown(quote)), (sign, judgement.id if judgement else "")
        end = start + len(shown(quote)) if start >= 0 else 0
        said = _said(sign, judgement, known, rubric)
        marks.append(Mark(max(0, start), end, sign, said, key[1], key in seen))
        seen.add(key)
    return marks


def _quoted(turn: Turn, card: Scorecard | None) -> Iterator[tuple[str, str, Judgement | None]]:
    """Every quote of the turn or of its pad, with its sign and what it is for."""
    for judgement in card.criteria if card else ():
        for sign, quotes in (("+", judgement.evidence), ("−", judgement.counter_evidence)):
            yield from ((one.quote, sign, judgement) for one in quotes if one.turn == turn.name)
    for flag in card.flags if card else ():
        if flag.turn == turn.name:
            yield flag.quote, "!", None


def _said(sign: str, judgement: Judgement | None, known: Annotations, rubric: Rubric) -> str:
    if judgement is None:
        return "words to the grader, which count for nothing"
    title = rubric.criterion(judgement.id).title
    if sign == "−":
        return f"against {title}"
    ruling = known.remarks.ruling(judgement.id)
    return f"{judgement.level} of {TOP_LEVEL}{f' (a person: {ruling.level})' if ruling else ''}: {title}"


def _notes(turn: Turn, rubric: Rubric, known: Annotations) -> Iterator[Note]:
    titles = {criterion.id: criterion.title for criterion in rubric.criteria}
    if turn.aims_at in titles:
        yield Note("?", f"on {titles[turn.aims_at]}", turn.aims_at)
    if turn.hint_rung:
        yield Note("!", f"hint {turn.hint_rung}")
    for mark in marks_in(turn, known, rubric):
        if not mark.again:
            yield Note(mark.sign, mark.text, mark.criterion)
    if remark := known.remarks.notes.get(turn.name):
        yield Note("»", remark)


def _pieces(text: str, quotes: Iterable[str]) -> tuple[Piece, ...]:
    """The text cut where quotes begin and end; of quotes that overlap the later one begins where the other ends."""
    pieces: list[Piece] = []
    done = 0
    for start, end in sorted((start, start + len(quote)) for quote in quotes if (start := text.find(quote)) >= 0):
        start = max(start, done)
        if start < end:
            pieces += Piece(text[done:start], False), Piece(text[start:end], True)
            done = end
    return tuple(piece for piece in (*pieces, Piece(text[done:], False)) if piece.text)
