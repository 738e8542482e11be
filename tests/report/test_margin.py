"""What stands beside a turn, and which of its words are marked."""

from fourstep.grading.scorecard import Evidence, Flag, Judgement, Scorecard
from fourstep.report.margin import Annotations, ShownTurn, said_at, stages
from fourstep.review.remarks import Remarks
from fourstep.rubric import Rubric
from fourstep.transcript.events import Imported, Spoken
from fourstep.transcript.transcript import Transcript, Turn
from tests.interviews import START
from tests.report.test_plots import card

TEXT = "Clicks are positives. Views without a click are negatives."


def shown(rubric: Rubric, *turns: Turn, **known: object) -> list[ShownTurn]:
    return [turn for stage in stages(Transcript("t", turns), rubric, Annotations(**known)) for turn in stage.turns]


def judged(rubric: Rubric, *quotes: str, against: tuple[str, ...] = ()) -> Scorecard:
    criterion = rubric.steps[0].criteria[0]
    judgement = Judgement(
        id=criterion.id,
        step="frame",
        status="graded",
        level=2,
        evidence=tuple(Evidence(turn="C2", quote=quote) for quote in quotes),
        counter_evidence=tuple(Evidence(turn="C2", quote=quote) for quote in against),
    )
    return card(criteria=(judgement,))


def marked(turn: ShownTurn) -> list[str]:
    return [piece.text for piece in turn.pieces if piece.marked]


def test_a_turn_tells_for_which_criterion_it_counted(rubric: Rubric) -> None:
    criterion = rubric.steps[0].criteria[0]
    (turn,) = shown(rubric, Turn(2, "candidate", TEXT), card=judged(rubric, "Clicks are positives"))
    (note,) = turn.notes
    assert (note.sign, note.text, note.criterion) == ("+", f"2 of 3: {criterion.title}", criterion.id)
    assert marked(turn) == ["Clicks are positives"]


def test_quotes_that_overlap_leave_the_text_whole(rubric: Rubric) -> None:
    (turn,) = shown(
        rubric,
        Turn(2, "candidate", TEXT),
        card=judged(rubric, "Clicks are positives. Views", "positives. Views without", against=("not in the text",)),
    )
    assert "".join(piece.text for piece in turn.pieces) == TEXT
    assert "".join(marked(turn)) == "Clicks are positives. Views without"


def test_a_quote_from_the_pad_is_marked_on_the_pad(rubric: Rubric) -> None:
    (turn,) = shown(rubric, Turn(2, "candidate", TEXT, pad="logs -> store"), card=judged(rubric, "-> store"))
    assert marked(turn) == []
    (part,) = turn.pad
    assert [(piece.text, piece.marked) for piece in part.pieces] == [("logs ", False), ("-> store", True)]


def test_what_speaks_against_a_level_is_told_apart(rubric: Rubric) -> None:
    (turn,) = shown(rubric, Turn(2, "candidate", TEXT), card=judged(rubric, against=("negatives",)))
    assert [note.sign for note in turn.notes] == ["−"]


def test_words_to_the_grader_are_flagged_at_their_turn(rubric: Rubric) -> None:
    flag = Flag(kind="instruction_to_grader", turn="C2", quote="Views")
    (turn,) = shown(rubric, Turn(2, "candidate", TEXT), card=card(flags=(flag,)))
    assert "count for nothing" in turn.notes[0].text
    assert marked(turn) == ["Views"]


def test_an_interviewers_turn_tells_what_it_asks_about_and_which_hint_it_gives(rubric: Rubric) -> None:
    criterion = rubric.steps[0].criteria[0]
    (turn,) = shown(rubric, Turn(1, "interviewer", "And?", aims_at=criterion.id, hint_rung=2))
    assert [note.text for note in turn.notes] == [f"on {criterion.title}", "hint 2"]


def test_a_persons_note_stands_beside_its_turn(rubric: Rubric) -> None:
    (turn,) = shown(rubric, Turn(2, "candidate", TEXT), remarks=Remarks(notes={"C2": "Ask again."}))
    assert [note.text for note in turn.notes] == ["Ask again."]


def test_a_turn_without_a_step_goes_with_the_one_before_it(rubric: Rubric) -> None:
    turns = (Turn(1, "interviewer", "a", "frame"), Turn(2, "candidate", "b"), Turn(3, "interviewer", "c", "data"))
    found = stages(Transcript("t", turns), rubric, Annotations())
    assert [len(stage.turns) for stage in found] == [2, 1]


def test_a_diagram_on_the_pad_is_drawn_and_another_is_not(rubric: Rubric) -> None:
    pad = "```mermaid\nflowchart LR\nA --> B\n```\n```mermaid\nsequenceDiagram\n```\n"
    (turn,) = shown(rubric, Turn(2, "candidate", TEXT, pad=pad))
    drawn, other = turn.pad
    assert drawn.drawn is not None
    assert drawn.drawn.startswith("<svg")
    assert (other.diagram, other.drawn) == (True, None)


def test_an_import_without_times_shows_none() -> None:
    imported = Imported(at=START, id="i", source="a.txt", format="text", program="test")
    spoken = Spoken(at=START, elapsed=75, turn=1, speaker="candidate", text="Hello.")
    assert said_at([imported, spoken]) == {}
    assert said_at([imported.model_copy(update={"timed": True}), spoken]) == {1: 75}
