"""The transcript as a page shows it: each turn with what it earned in its margin, and the quotes marked in its text."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from fourstep.grading.scorecard import Evidence, Flag, Scorecard
from fourstep.interview.timing import clock_text
from fourstep.report.mermaid import diagrams_in, mermaid_svg
from fourstep.rubric import TOP_LEVEL, Rubric
from fourstep.transcript.events import Event, Imported, Spoken
from fourstep.transcript.transcript import Transcript, Turn


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a turn's text."""

    text: str
    marked: bool
    """Whether it was quoted."""


@dataclass(frozen=True, slots=True)
class Note:
    """A line in a turn's margin."""

    sign: str
    text: str
    criterion: str = ""
    """The criterion that it leads back to."""


@dataclass(frozen=True, slots=True)
class ShownTurn:
    """A turn with its margin."""

    name: str
    speaker: str
    said_at: str
    """Minutes and seconds of interview time; empty where they are not known."""
    words: int
    pieces: tuple[Piece, ...]
    notes: tuple[Note, ...]
    pad: tuple[Piece, ...]
    """The design pad as it was sent with the turn, where it had changed."""
    diagrams: tuple[str | None, ...]
    """The diagrams on it as SVG; None for one that is not drawn."""


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
    remarks: Mapping[str, str] = field(default_factory=dict)
    """What people wrote beside turns, by the turn's name."""


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
    quotes = _quotes(turn, known.card) if known.card else []
    return ShownTurn(
        turn.name,
        turn.speaker.capitalize(),
        "" if seconds is None else clock_text(seconds),
        len(turn.text.split()),
        _pieces(turn.text, quotes),
        tuple(_notes(turn, rubric, known)),
        _pieces(turn.pad, quotes),
        tuple(mermaid_svg(source) for source in diagrams_in(turn.pad)),
    )


def _notes(turn: Turn, rubric: Rubric, known: Annotations) -> Iterator[Note]:
    titles = {criterion.id: criterion.title for criterion in rubric.criteria}
    if turn.aims_at in titles:
        yield Note("?", f"on {titles[turn.aims_at]}", turn.aims_at)
    if turn.hint_rung:
        yield Note("!", f"hint {turn.hint_rung}")
    if known.card:
        yield from _earned(turn, known.card, titles)
    if remark := known.remarks.get(turn.name):
        yield Note("»", remark)


def _earned(turn: Turn, card: Scorecard, titles: Mapping[str, str]) -> Iterator[Note]:
    for judgement in card.criteria:
        title = titles[judgement.id]
        if any(_of(turn, judgement.evidence)):
            yield Note("+", f"{title}, {judgement.level} of {TOP_LEVEL}", judgement.id)
        if any(_of(turn, judgement.counter_evidence)):
            yield Note("−", f"against {title}", judgement.id)
    if any(_of(turn, card.flags)):
        yield Note("!", "words to the grader, which count for nothing")


def _quotes(turn: Turn, card: Scorecard) -> list[str]:
    """What was quoted of the turn or of its pad."""
    evidence = (one for judgement in card.criteria for one in (*judgement.evidence, *judgement.counter_evidence))
    return [one.quote for one in (*_of(turn, evidence), *_of(turn, card.flags))]


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


def _of(turn: Turn, quotes: Iterable[Evidence | Flag]) -> Iterator[Evidence | Flag]:
    """Those that stand in the turn."""
    return (one for one in quotes if one.turn == turn.name)
