"""The scorecard: verdict, steps and criteria, and what stands behind each of them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot

from fourstep.grading.scorecard import Judgement
from fourstep.report.scorecard import scorecard_blocks
from fourstep.review.remarks import Ruling
from fourstep.tui import clipboard
from fourstep.tui.screens.ask import Ask
from fourstep.tui.screens.choose import Choose
from fourstep.tui.screens.drill import DrillScreen
from fourstep.tui.screens.review import ReviewScreen
from fourstep.tui.screens.scorecard import ScorecardScreen
from fourstep.tui.widgets.page import Page
from fourstep.tui.widgets.rows import Rows
from fourstep.wiring.forking import fork
from fourstep.wiring.front import Front
from fourstep.wiring.held import Held
from tests.tui.conftest import EXAMPLE, STANDARD, WIDE, Stage, screen_lines, screen_text, status, until, until_shown

pytestmark = pytest.mark.usefixtures("short_waits")


@asynccontextmanager
async def at_scorecard(front: Front, held: Held, size: tuple[int, int] = WIDE) -> AsyncIterator[Pilot[None]]:
    """The scorecard of an interview."""
    app = Stage(front, lambda app: app.open_scorecard(held))
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: isinstance(app.screen, ScorecardScreen))
        yield pilot


def detail(pilot: Pilot[None]) -> str:
    """All of the detail, also what is out of view."""
    passages = pilot.app.screen.query_one("#detail", Page).passages
    return "\n".join(f"{passage.head.plain}\n{passage.body.plain}" for passage in passages)


async def go_to(pilot: Pilot[None], name: str) -> None:
    """To the row of a criterion's id, or to the one with a title that begins so."""
    rows = pilot.app.screen.query_one("#scores", Rows)
    names = [getattr(item, "id", None) or getattr(item, "title", "") for item in rows.items]
    rows.cursor = next(number for number, one in enumerate(names) if one.startswith(name))
    await pilot.pause()


def with_card(held: Held, **changes: object) -> Held:
    """The same interview with another scorecard."""
    return replace(held, cards=(held.cards[-1].model_copy(update=changes),))


def with_first(held: Held, **changes: object) -> Held:
    """The same with another judgement of the first criterion."""
    first, *others = held.cards[-1].criteria
    return with_card(held, criteria=(first.model_copy(update=changes), *others))


# what is shown


@pytest.mark.parametrize("size", [WIDE, STANDARD])
async def test_the_verdict_comes_first(front: Front, held: Held, size: tuple[int, int]) -> None:
    async with at_scorecard(front, held, size) as pilot:
        lines = screen_lines(pilot.app)
        assert "98.3 % · strong hire · senior" in lines[0]
        assert "▸ Verdict, and why" in screen_text(pilot.app)
        assert "the bar is 58 %" in " ".join(detail(pilot).split())


async def test_who_graded_is_always_said(front: Front, held: Held) -> None:
    async with at_scorecard(front, held) as pilot:
        assert "No language model read these answers" in screen_lines(pilot.app)[-2]


@pytest.mark.parametrize("size", [WIDE, STANDARD, (60, 40)])
async def test_every_step_has_its_score_as_bar_and_number(front: Front, held: Held, size: tuple[int, int]) -> None:
    async with at_scorecard(front, held, size) as pilot:
        line = next(line for line in screen_lines(pilot.app)[2:] if "Requirements and framing" in line)
        assert "[##########] 100.0" in line


async def test_every_criterion_has_its_level_as_bar_and_number(front: Front, held: Held) -> None:
    async with at_scorecard(front, held) as pilot:
        line = next(line for line in screen_lines(pilot.app) if "Clarifies the requirements" in line)
        assert "3 of 3 [###]" in line


async def test_the_screen_says_all_that_the_report_says(front: Front, held: Held) -> None:
    said = []
    async with at_scorecard(front, held) as pilot:
        rows = pilot.app.screen.query_one("#scores", Rows)
        for row in range(len(rows.items)):
            rows.cursor = row
            await pilot.pause()
            said.append(" ".join(detail(pilot).split()))
    names = {step.title for step in held.rubric.steps}
    _, *blocks = scorecard_blocks(held.cards[-1], held.rubric, held.problem, held.transcript)
    report = [" ".join(block.text.split()) for block in blocks if block.text not in names]
    assert [text for text in report if text not in " ".join(said)] == []


async def test_a_criterion_shows_checks_quotes_with_their_turns_and_advice(front: Front, held: Held) -> None:
    judgement = held.cards[-1].criteria[-1]
    says = {check.id: check.says for check in held.rubric.criterion(judgement.id).checks}
    async with at_scorecard(front, held) as pilot:
        await go_to(pilot, "communicates_clearly")
        text = detail(pilot)
        assert f"+ {says['summarises']}" in text
        assert f"- {says['manages_time']}" in text
        assert "C48 “To sum up: goal returning days with a survey check" in text
        assert f"Next time: {judgement.advice}" in text


async def test_a_criterion_says_why_not_better(front: Front, held: Held) -> None:
    async with at_scorecard(front, held) as pilot:
        await go_to(pilot, "communicates_clearly")
        assert "Why not exceptional" in detail(pilot)
        assert " means:" in detail(pilot)


async def test_facts_that_were_never_asked_for_are_told_now(front: Front, held: Held) -> None:
    async with at_scorecard(front, held) as pilot:
        await go_to(pilot, "Facts you never asked for")
        assert held.review.unasked[0].tells in detail(pilot)


async def test_a_criterion_that_was_not_graded_is_no_zero(front: Front, held: Held) -> None:
    changed = with_first(held, status="not_graded", level=None, reason="The grader answered nonsense.")
    async with at_scorecard(front, changed) as pilot:
        await pilot.press("down")
        line = next(line for line in screen_lines(pilot.app) if "▸   Clarifies" in line)
        assert "not graded" in line
        assert "The grader answered nonsense." in detail(pilot)


async def test_a_level_that_took_a_hint_is_marked(front: Front, held: Held) -> None:
    async with at_scorecard(front, with_first(held, raised_by="hint")) as pilot:
        assert "3 of 3 [###]*" in screen_text(pilot.app)


async def test_a_provisional_score_says_between_what_it_lies(front: Front, held: Held) -> None:
    async with at_scorecard(front, with_card(held, range=(80.0, 97.0))) as pilot:
        assert "between 80.0 and 97.0 %" in " ".join(detail(pilot).split())


async def test_a_scorecard_without_a_score_says_so(front: Front, held: Held) -> None:
    nothing = with_card(held, criteria=(), steps=(), overall=None, verdict=None, range=None)
    async with at_scorecard(front, nothing) as pilot:
        assert "– % · no verdict" in screen_lines(pilot.app)[0]
        assert "Not graded." in detail(pilot)


async def test_criteria_of_another_rubric_are_passed_over(front: Front, held: Held) -> None:
    strange = Judgement(id="juggles", step="frame", status="graded", level=3)
    async with at_scorecard(front, with_card(held, criteria=(strange, *held.cards[-1].criteria))) as pilot:
        assert "juggles" not in screen_text(pilot.app)
        assert "Clarifies the requirements" in screen_text(pilot.app)


# what the keys do


@pytest.mark.parametrize("number", [1, 3])
async def test_a_number_leads_to_that_quote_in_its_turn(front: Front, held: Held, number: int) -> None:
    evidence = held.cards[-1].criteria[0].evidence[number - 1]
    async with at_scorecard(front, held) as pilot:
        await pilot.press("down", str(number))
        await until_shown(pilot, f"{evidence.turn} You", evidence.quote[:10])
        assert isinstance(pilot.app.screen, ReviewScreen)


async def test_a_click_on_a_quote_leads_to_its_turn(front: Front, held: Held) -> None:
    async with at_scorecard(front, held) as pilot:
        await pilot.press("down")
        row = next(number for number, line in enumerate(screen_lines(pilot.app)) if "C6 “" in line)
        await pilot.click(offset=(screen_lines(pilot.app)[row].index("C6"), row))
        await until_shown(pilot, "Transcript ·", "C6 You")


async def test_numbers_are_offered_only_where_there_are_quotes(front: Front, held: Held) -> None:
    async with at_scorecard(front, held) as pilot:
        assert "Quote in its turn" not in screen_lines(pilot.app)[-1]
        await pilot.press("down")
        assert "1 Quote in its turn" in screen_lines(pilot.app)[-1]
        await pilot.press("up", "1")
        assert isinstance(pilot.app.screen, ScorecardScreen)


async def test_t_opens_the_transcript(front: Front, held: Held) -> None:
    async with at_scorecard(front, held) as pilot:
        await pilot.press("t")
        await until_shown(pilot, "Transcript ·")


async def test_e_writes_the_report_and_says_where(front: Front, held: Held, tmp_path: Path) -> None:
    async with at_scorecard(front, held) as pilot:
        await pilot.press("e")
        await until_shown(pilot, "Write the report as")
        await pilot.press("down", "down", "enter")
        await until_shown(pilot, "Written to")
        assert status(pilot.app) == f"Written to {tmp_path / EXAMPLE}.md"
        assert 'What does "good" mean' in (tmp_path / f"{EXAMPLE}.md").read_text()


async def test_a_page_without_names_and_times_can_be_written_too(front: Front, held: Held, tmp_path: Path) -> None:
    async with at_scorecard(front, held) as pilot:
        await pilot.press("e")
        await until_shown(pilot, "Write the report as")
        await pilot.press("down", "enter")
        await until_shown(pilot, "Written to")
        (page,) = tmp_path.glob("*.html")
        assert EXAMPLE not in page.name + page.read_text()


async def test_c_copies_what_is_shown_and_says_by_which_way(
    front: Front, held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied: list[str] = []
    monkeypatch.setattr(clipboard, "copy_by_tool", lambda text: copied.append(text) or "Copied by magic.")
    async with at_scorecard(front, held) as pilot:
        await pilot.press("c")
        await until_shown(pilot, "Copied by magic.")
        assert "the bar is 58 %" in copied[0]


async def test_scoring_again_adds_a_scorecard_and_keeps_the_old_one(front: Front, held: Held) -> None:
    async with at_scorecard(front, held) as pilot:
        await pilot.press("z")
        await until_shown(pilot, "Scorecard 2 of 2 ([ and ] switch)")
        assert len((held.saved.folder / "scorecards.jsonl").read_text().splitlines()) == 2


async def test_brackets_switch_between_scorecards(front: Front, held: Held) -> None:
    older = held.cards[-1].model_copy(update={"overall": 12.5, "verdict": "no hire"})
    async with at_scorecard(front, replace(held, cards=(older, *held.cards))) as pilot:
        await pilot.press("[")
        assert "12.5 % · no hire" in screen_lines(pilot.app)[0]
        await pilot.press("]", "]")
        assert "98.3 % · strong hire" in screen_lines(pilot.app)[0]


async def test_esc_goes_back_to_where_one_came_from(front: Front, held: Held) -> None:
    async with at_scorecard(front, held) as pilot:
        await pilot.press("escape")
        assert len(pilot.app.screen_stack) == 1


async def test_enter_goes_to_the_detail_and_back(front: Front, held: Held) -> None:
    async with at_scorecard(front, held) as pilot:
        await pilot.press("enter")
        assert pilot.app.focused is pilot.app.screen.query_one("#detail")
        await pilot.press("enter")
        assert pilot.app.focused is pilot.app.screen.query_one("#scores")


async def test_where_it_is_narrow_the_detail_takes_the_window(front: Front, held: Held) -> None:
    async with at_scorecard(front, held, STANDARD) as pilot:
        await pilot.press("down", "enter")
        assert "Ties it to the business goal" not in screen_text(pilot.app)
        await pilot.press("escape")
        assert "Ties it to the business goal" in screen_text(pilot.app)
        assert isinstance(pilot.app.screen, ScorecardScreen)


async def test_the_key_that_opens_the_detail_is_named(front: Front, held: Held) -> None:
    async with at_scorecard(front, held) as pilot:
        assert "Enter Detail" in screen_lines(pilot.app)[-1]


async def test_a_criterion_is_chosen_with_the_mouse(front: Front, held: Held) -> None:
    async with at_scorecard(front, held) as pilot:
        row = next(number for number, line in enumerate(screen_lines(pilot.app)) if "Plans the labels" in line)
        await pilot.click(offset=(10, row))
        assert "▸   Plans the labels" in screen_text(pilot.app)


# what people add


async def test_a_level_is_confirmed_without_a_reason(front: Front, held: Held) -> None:
    async with at_scorecard(front, held) as pilot:
        await pilot.press("down", "d")
        await until(pilot, lambda: isinstance(pilot.app.screen, Choose))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, Ask))
        await pilot.press("enter")
        await until_shown(pilot, "What people ruled")
        (ruling,) = front.program().store.remarks(held.saved.folder)
        assert isinstance(ruling, Ruling)
        assert (ruling.level, ruling.graded, ruling.reason) == (3, 3, "")


async def test_what_was_overruled_shows_both_levels_and_what_they_would_add_up_to(front: Front, held: Held) -> None:
    ruling = Ruling(
        at=datetime(2026, 12, 1, tzinfo=UTC),
        criterion="plans_labels",
        level=0,
        reason="[/b] none",
        graded=3,
        grader="x",
    )
    async with at_scorecard(front, front.program().remarked(held, ruling)) as pilot:
        assert "3 of 3, ruled 0" in next(line for line in screen_lines(pilot.app) if "Plans the labels" in line)
        await pilot.press("down")  # the second row is what people ruled
        assert "Plans the labels: 0 instead of 3: [/b] none" in detail(pilot)
        assert "With these levels the overall score is" in detail(pilot)


async def test_what_was_expected_stands_beside_what_was_scored(front: Front, held: Held) -> None:
    expecting = front.program().predicted(held, {"frame": 40.0, "data": 60.0})
    async with at_scorecard(front, expecting) as pilot:
        await pilot.press("down")
        assert "You expected a lower score than the grader gave" in detail(pilot)


async def test_an_interview_that_answers_none_again_has_nothing_to_be_compared_with(front: Front, held: Held) -> None:
    async with at_scorecard(front, held) as pilot:
        await pilot.press("k")
        assert isinstance(pilot.app.screen, ScorecardScreen)


async def test_what_was_answered_again_is_compared_with_what_was_answered_before(front: Front, held: Held) -> None:
    program = front.program()
    folder = fork(program, held.saved.folder, 4)
    program.store.add_scorecard(folder, held.cards[-1])
    async with at_scorecard(front, program.held(folder)) as pilot:
        await pilot.press("k")
        await until_shown(pilot, "Before, and answered again", "B answers again from C4 of A")


async def test_p_drills_the_criterion_on_this_problem(front: Front, held: Held) -> None:
    async with at_scorecard(front, held) as pilot:
        await pilot.press("down", "p")
        await until(pilot, lambda: isinstance(pilot.app.screen, DrillScreen))
        await until_shown(pilot, "Clarifies the requirements", "Video recommendation")
