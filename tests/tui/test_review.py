"""The review: a transcript with what each turn earned, to be searched, filtered and copied."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from textual.geometry import Offset
from textual.pilot import Pilot
from textual.selection import Selection

from fourstep.grading.scorecard import Flag
from fourstep.review.remarks import remarks_of
from fourstep.tui import clipboard
from fourstep.tui.review import filters
from fourstep.tui.screens.ask import Ask
from fourstep.tui.screens.choose import Choose
from fourstep.tui.screens.review import ReviewScreen
from fourstep.tui.screens.scorecard import ScorecardScreen
from fourstep.tui.widgets.page import Page
from fourstep.tui.widgets.rows import Rows
from fourstep.wiring.front import Front
from fourstep.wiring.held import Held
from tests.tui.conftest import (
    EXAMPLE,
    STANDARD,
    WIDE,
    Stage,
    kept,
    screen_lines,
    screen_text,
    status,
    until,
    until_shown,
)

pytestmark = pytest.mark.usefixtures("short_waits")


@asynccontextmanager
async def at_review(front: Front, held: Held, size: tuple[int, int] = WIDE) -> AsyncIterator[Pilot[None]]:
    """The transcript of an interview."""
    app = Stage(front, lambda app: app.open_review(held))
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: isinstance(app.screen, ReviewScreen))
        yield pilot


def page(pilot: Pilot[None]) -> Page:
    return pilot.app.screen.query_one("#turns", Page)


def turns(pilot: Pilot[None]) -> list[str]:
    """The names of the turns that are shown or can be scrolled to."""
    return [passage.key for passage in page(pilot).passages if isinstance(passage.key, str)]


def margin(pilot: Pilot[None]) -> list[str]:
    """All notes beside the turns."""
    return [note.text.plain for passage in page(pilot).passages for note in passage.notes]


@pytest.fixture
def copied(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was copied, by a tool that is there."""
    texts: list[str] = []
    monkeypatch.setattr(clipboard, "copy_by_tool", lambda text: texts.append(text) or "Copied by magic.")
    return texts


# what is shown


async def test_all_turns_stand_in_their_order_under_their_steps(front: Front, held: Held) -> None:
    async with at_review(front, held) as pilot:
        assert turns(pilot) == [turn.name for turn in held.transcript.turns]
        heads = [passage.head.plain for passage in page(pilot).passages if not isinstance(passage.key, str)]
        assert heads == [f"── {step.title} ──" for step in held.rubric.steps[:4]]


async def test_a_turn_says_who_spoke_how_many_words_and_what_they_earned(front: Front, held: Held) -> None:
    async with at_review(front, held) as pilot:
        assert "I1 Interviewer · 62 words" in screen_text(pilot.app)
        assert "C2 You · 37 words · 1 mark" in screen_text(pilot.app)


@pytest.mark.parametrize("size", [WIDE, STANDARD])
async def test_what_a_turn_earned_is_said_with_the_criterion(front: Front, held: Held, size: tuple[int, int]) -> None:
    async with at_review(front, held, size) as pilot:
        await pilot.press("]", "]", "]")
        assert "+ 3 of 3: Ties it to the business" in screen_text(pilot.app)


async def test_a_quote_is_underlined_in_its_turn(front: Front, held: Held) -> None:
    evidence = held.cards[-1].criteria[0].evidence[1]
    async with at_review(front, held) as pilot:
        body = next(passage.body for passage in page(pilot).passages if passage.key == evidence.turn)
        underlined = [body.plain[span.start : span.end] for span in body.spans if "underline" in str(span.style)]
        assert evidence.quote in underlined


async def test_words_to_the_grader_are_flagged(front: Front, held: Held) -> None:
    flag = Flag(kind="instruction_to_grader", turn="C2", quote="How many people use it per day")
    card = held.cards[-1].model_copy(update={"flags": (flag,)})
    async with at_review(front, replace(held, cards=(card,))) as pilot:
        assert "! words to the grader" in screen_text(pilot.app)


async def test_an_interview_without_a_scorecard_says_how_to_get_one(front: Front, held: Held) -> None:
    async with at_review(front, replace(held, cards=())) as pilot:
        assert status(pilot.app) == "51 turns. Not scored yet: s scores it."


async def test_a_line_that_could_not_be_read_is_told_of(front: Front, root: Path) -> None:
    folder = kept(root, "20261120-ad_click_prediction-abc123", "We predict a click.")
    with (folder / "transcript.jsonl").open("a") as log:
        log.write('{"torn')
    async with at_review(front, front.program().held(folder)) as pilot:
        assert "the last line was cut off and is left out" in status(pilot.app)
        assert "We predict a click." in screen_text(pilot.app)


# marks


async def test_the_next_mark_is_gone_to_and_counted(front: Front, held: Held) -> None:
    async with at_review(front, held) as pilot:
        total = sum(len(judgement.evidence) for judgement in held.cards[-1].criteria)
        await pilot.press("]", "]", "]")
        assert status(pilot.app) == f"Mark 3 of {total}."
        assert "So the goal" in screen_text(pilot.app)


async def test_the_mark_before_is_gone_to_and_the_first_follows_the_last(front: Front, held: Held) -> None:
    async with at_review(front, held) as pilot:
        total = sum(len(judgement.evidence) for judgement in held.cards[-1].criteria)
        await pilot.press("[")
        assert status(pilot.app) == f"Mark {total} of {total}."
        await pilot.press("]")
        assert status(pilot.app) == f"Mark 1 of {total}."


async def test_after_reading_on_the_next_mark_is_one_further_on(front: Front, held: Held) -> None:
    async with at_review(front, held) as pilot:
        await pilot.press("]", "pagedown", "pagedown", "pagedown")
        number, _ = page(pilot).place
        await pilot.press("]")
        assert page(pilot).place[0] >= number - 2


async def test_after_reading_on_y_copies_a_turn_in_view(front: Front, held: Held, copied: list[str]) -> None:
    async with at_review(front, held) as pilot:
        await pilot.press("]", "pagedown", "pagedown", "pagedown", "y")
        await until_shown(pilot, "Copied by magic.")
        assert copied[0].split(":")[0] in screen_text(pilot.app)


async def test_where_there_is_no_mark_that_is_said(front: Front, held: Held) -> None:
    async with at_review(front, replace(held, cards=())) as pilot:
        await pilot.press("]")
        assert status(pilot.app) == "There is no mark."


# finding


async def test_matches_are_counted_while_words_are_typed(front: Front, held: Held) -> None:
    count = sum(turn.text.lower().count("random") for turn in held.transcript.turns)
    async with at_review(front, held) as pilot:
        await pilot.press("slash", *"RANDOM")
        await until(pilot, lambda: status(pilot.app) == f"{count} matches. Enter goes to the first.")


async def test_enter_goes_to_the_first_match_and_n_to_the_next(front: Front, held: Held) -> None:
    with_word = [turn.name for turn in held.transcript.turns if "random" in turn.text.lower()]
    async with at_review(front, held) as pilot:
        await pilot.press("slash", *"random", "enter")
        assert status(pilot.app).startswith("Match 1 of")
        assert f"{with_word[0]} " in screen_text(pilot.app)
        await pilot.press("n", "N", "N")
        assert status(pilot.app).startswith("Match 4 of 4" if len(with_word) == 4 else "Match ")


async def test_a_match_is_marked_where_it_stands(front: Front, held: Held) -> None:
    async with at_review(front, held) as pilot:
        await pilot.press("slash", *"people")
        await until(pilot, lambda: "matches" in status(pilot.app))
        body = next(passage.body for passage in page(pilot).passages if passage.key == "C2")
        marked = [body.plain[span.start : span.end] for span in body.spans if "reverse" in str(span.style)]
        assert marked == ["people", "people"]


@pytest.mark.parametrize("words", ["[/b]", "zzz"])
async def test_words_that_are_not_there_are_not_found(front: Front, held: Held, words: str) -> None:
    async with at_review(front, held) as pilot:
        await pilot.press("slash", *words)
        await until(pilot, lambda: status(pilot.app) == "No match.")
        await pilot.press("enter")
        assert status(pilot.app) == "There is no match."


async def test_letters_in_the_search_are_text_and_no_shortcuts(front: Front, held: Held) -> None:
    async with at_review(front, held) as pilot:
        await pilot.press("slash", *"nfsye")
        assert isinstance(pilot.app.screen, ReviewScreen)
        assert "nfsye" in screen_text(pilot.app)


async def test_esc_first_leaves_the_search_and_then_the_transcript(front: Front, held: Held) -> None:
    async with at_review(front, held) as pilot:
        await pilot.press("slash", *"random", "escape")
        assert isinstance(pilot.app.screen, ReviewScreen)
        assert "random" not in [line.strip() for line in screen_lines(pilot.app)]
        await pilot.press("escape")
        assert len(pilot.app.screen_stack) == 1


# filtering


async def filtered(pilot: Pilot[None], title: str) -> None:
    """Take the filter of that name."""
    await pilot.press("f")
    await until(pilot, lambda: isinstance(pilot.app.screen, Choose))
    titles = [choice[0] for choice in pilot.app.screen.query_one(Rows).items]
    await pilot.press(*["down"] * titles.index(title), "enter")
    await until(pilot, lambda: isinstance(pilot.app.screen, ReviewScreen))


async def test_turns_are_filtered_by_step(front: Front, held: Held) -> None:
    async with at_review(front, held) as pilot:
        await filtered(pilot, "Step: Data and features")
        assert turns(pilot) == [turn.name for turn in held.transcript.turns if turn.step == "data"]
        assert "Turns: Step: Data and features" in screen_text(pilot.app)


async def test_turns_are_filtered_by_criterion(front: Front, held: Held) -> None:
    async with at_review(front, held) as pilot:
        await filtered(pilot, "Criterion: Clarifies the requirements")
        quoted = {evidence.turn for evidence in held.cards[-1].criteria[0].evidence}
        assert {name for name in turns(pilot) if name.startswith("C")} == quoted


async def test_turns_are_filtered_by_what_they_earned(front: Front, held: Held) -> None:
    solid = {judgement.id: judgement for judgement in held.cards[-1].criteria if judgement.level == 2}
    quoted = {evidence.turn for judgement in solid.values() for evidence in judgement.evidence}
    asked = {turn.name for turn in held.transcript.turns if turn.aims_at in solid}
    async with at_review(front, held) as pilot:
        await filtered(pilot, "Level 2: solid")
        assert set(turns(pilot)) == quoted | asked


async def test_what_is_missing_is_shown_where_it_was_asked_for(front: Front, held: Held) -> None:
    turn = next(turn for turn in held.transcript.turns if turn.aims_at)
    missed = tuple(
        judgement.model_copy(update={"level": 0, "evidence": (), "counter_evidence": ()})
        for judgement in held.cards[-1].criteria
        if judgement.id == turn.aims_at
    )
    unheard = replace(held, cards=(held.cards[-1].model_copy(update={"criteria": missed}),))
    async with at_review(front, unheard) as pilot:
        await filtered(pilot, "Level 0: missing")
        assert turns(pilot) == [other.name for other in held.transcript.turns if other.aims_at == turn.aims_at]


def test_only_filters_that_show_something_are_offered(held: Held) -> None:
    titles = [one.title for one in filters(held)]
    assert "With flags" not in titles
    assert all(any(one.shows(turn) for turn in held.transcript.turns) for one in filters(held))


async def test_turns_are_filtered_by_flags(front: Front, held: Held) -> None:
    flag = Flag(kind="instruction_to_grader", turn="C4", quote="Which surface is this")
    flagged = replace(held, cards=(held.cards[-1].model_copy(update={"flags": (flag,)}),))
    async with at_review(front, flagged) as pilot:
        await filtered(pilot, "With flags")
        assert turns(pilot) == ["C4"]


async def test_all_turns_come_back(front: Front, held: Held) -> None:
    async with at_review(front, held) as pilot:
        await filtered(pilot, "Step: Data and features")
        await filtered(pilot, "All turns")
        assert turns(pilot) == [turn.name for turn in held.transcript.turns]


async def test_esc_leaves_the_filter_as_it_was(front: Front, held: Held) -> None:
    async with at_review(front, held) as pilot:
        await pilot.press("f")
        await until(pilot, lambda: isinstance(pilot.app.screen, Choose))
        await pilot.press("down", "escape")
        assert turns(pilot) == [turn.name for turn in held.transcript.turns]


# out of it


async def test_y_copies_the_turn_that_was_gone_to_and_says_by_which_way(
    front: Front, held: Held, copied: list[str]
) -> None:
    async with at_review(front, held) as pilot:
        await pilot.press("]", "y")
        await until_shown(pilot, "Copied by magic.")
        assert copied == [f"C2 You: {held.transcript.turns[1].text}"]


async def test_a_selection_is_copied_and_it_is_said_by_which_way(front: Front, held: Held, copied: list[str]) -> None:
    async with at_review(front, held) as pilot:
        pilot.app.screen.selections = {page(pilot): Selection(Offset(0, 2), Offset(14, 2))}
        await pilot.press("ctrl+c")
        await until_shown(pilot, "Copied by magic.")
        assert copied == ["I1 Interviewer"]


async def test_s_opens_the_scorecard(front: Front, held: Held) -> None:
    async with at_review(front, held) as pilot:
        await pilot.press("s")
        await until(pilot, lambda: isinstance(pilot.app.screen, ScorecardScreen))


async def test_e_writes_report_and_transcript_and_replaces_nothing(front: Front, held: Held, tmp_path: Path) -> None:
    mine = tmp_path / f"{EXAMPLE}.md"
    mine.write_text("mine")
    async with at_review(front, held) as pilot:
        await pilot.press("e")
        await until_shown(pilot, "Write the report as")
        await pilot.press("down", "down", "enter")
        await until_shown(pilot, "Written to")
        written = Path(status(pilot.app).removeprefix("Written to "))
        assert mine.read_text() == "mine"
        assert "## Transcript" in written.read_text()


# what people add


async def test_right_and_left_go_from_turn_to_turn(front: Front, held: Held) -> None:
    async with at_review(front, held) as pilot:
        await pilot.press("right", "right", "left")
        assert "▸ C2 You" in screen_text(pilot.app)


async def test_a_bookmark_is_kept_shown_and_taken_away(front: Front, held: Held) -> None:
    async with at_review(front, held) as pilot:
        await pilot.press("right", "b")
        await until_shown(pilot, "· bookmark")
        store = front.program().store
        assert remarks_of(store.remarks(held.saved.folder)).bookmarks == {"C2"}
        await filtered(pilot, "With a note or a bookmark")
        assert turns(pilot) == ["C2"]
        await pilot.press("b")
        await until(pilot, lambda: not remarks_of(store.remarks(held.saved.folder)).bookmarks)


async def test_a_note_stands_beside_its_turn(front: Front, held: Held) -> None:
    async with at_review(front, held) as pilot:
        await pilot.press("right", "m")
        await until(pilot, lambda: isinstance(pilot.app.screen, Ask))
        await pilot.press(*"[/b] why", "enter")
        await until_shown(pilot, "» [/b] why")
        assert remarks_of(front.program().store.remarks(held.saved.folder)).notes == {"C2": "[/b] why"}


async def test_a_note_can_be_given_up(front: Front, held: Held) -> None:
    async with at_review(front, held) as pilot:
        await pilot.press("right", "m")
        await until(pilot, lambda: isinstance(pilot.app.screen, Ask))
        await pilot.press(*"no", "escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReviewScreen))
        assert front.program().store.remarks(held.saved.folder) == ()


async def test_a_judgement_is_overruled_with_a_reason_and_both_levels_are_shown(front: Front, held: Held) -> None:
    async with at_review(front, held) as pilot:
        await filtered(pilot, "Criterion: Clarifies the requirements")
        await pilot.press("d")
        await until(pilot, lambda: isinstance(pilot.app.screen, Choose))
        await pilot.press("home", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, Ask))
        await pilot.press("enter")
        assert isinstance(pilot.app.screen, Ask), "another level needs a reason"
        await pilot.press(*"Not asked", "enter")
        await until(pilot, lambda: "+ 3 of 3 (a person: 0): Clarifies the requirements" in margin(pilot))
        (ruling,) = remarks_of(front.program().store.remarks(held.saved.folder)).rulings.values()
        assert (ruling.criterion, ruling.level, ruling.graded) == ("clarifies_requirements", 0, 3)
        assert (ruling.reason, ruling.grader) == ("Not asked", "offline")


async def test_answering_again_begins_a_new_interview_at_the_turn(front: Front, held: Held, root: Path) -> None:
    async with at_review(front, held) as pilot:
        await pilot.press("right", "right", "right", "a")
        await until_shown(pilot, "Answer C4 again?")
        await pilot.press("enter")
        await until_shown(pilot, "You answer C4 again;")
        shown = screen_text(pilot.app)
        assert "Here's what we know." in shown
        assert "Which surface is this" not in shown
        (new,) = [folder for folder in root.iterdir() if folder.is_dir() and folder.name != EXAMPLE]
        assert front.program().held(new).parent == EXAMPLE


async def test_speakers_that_were_inferred_are_said_to_be(front: Front, held: Held) -> None:
    inferred = replace(held, transcript=replace(held.transcript, speakers_inferred=True))
    async with at_review(front, inferred) as pilot:
        assert "speakers are inferred" in status(pilot.app)


async def test_the_mark_that_was_gone_to_is_lit(front: Front, held: Held) -> None:
    async with at_review(front, held) as pilot:
        await pilot.press("]")
        number, note = next((n, p.notes[0]) for n, p in enumerate(page(pilot).passages) if p.notes)
        assert page(pilot).lit == (number, note.offset, note.end)
        await pilot.press("]")
        assert page(pilot).lit != (number, note.offset, note.end)


async def test_esc_after_answering_again_leads_home(front: Front, held: Held) -> None:
    async with at_review(front, held) as pilot:
        await pilot.press("right", "a")
        await until_shown(pilot, "again?")
        await pilot.press("enter")
        await until_shown(pilot, "You answer C")
        assert len(pilot.app.screen_stack) == 2


async def test_the_candidate_of_a_recording_is_not_you(front: Front, held: Held) -> None:
    recorded = replace(held, transcript=replace(held.transcript, native=False, candidate="Ada [/b]"))
    async with at_review(front, recorded) as pilot:
        shown = screen_text(pilot.app)
        assert "candidate Ada [/b]" in shown
        assert " Ada [/b] · " in shown
        assert " You · " not in shown
    async with at_review(front, replace(held, transcript=replace(held.transcript, native=False))) as pilot:
        assert " Candidate · " in screen_text(pilot.app)
