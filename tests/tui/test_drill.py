"""A drill on screen: what is asked, that nothing typed is lost, what comes of it, and what comes next."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from textual.pilot import Pilot

from fourstep.errors import StorageError
from fourstep.files.practice import PracticeLog
from fourstep.practice.drill import Drill
from fourstep.practice.drilled import FRAMEWORK, Drilled
from fourstep.tui.screens import drill as drill_screen
from fourstep.tui.screens.drill import DrillScreen
from fourstep.wiring.practice import Practice
from tests.practice.test_practice import ANSWER
from tests.practice.test_schedule import NOON
from tests.tui.conftest import STANDARD, WIDE, Stage, screen_lines, screen_text, status, until, until_shown

pytestmark = pytest.mark.usefixtures("short_waits", "example")

HOSTILE = "[/b] [link=x] [red \x1b[2J\x1b]0;owned\x07 \u202eevil"


@pytest.fixture(autouse=True)
def _quick_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drill_screen, "BEAT", 0.02)


@asynccontextmanager
async def drilling(
    stage: Stage, *names: str, size: tuple[int, int] = WIDE, problem: str = ""
) -> AsyncIterator[Pilot[None]]:
    """These drills, the first of them asked."""
    practice = Practice(stage.front.program(), lambda: NOON)
    standing = practice.standing()
    async with stage.run_test(size=size) as pilot:
        stage.push_screen(DrillScreen(practice, standing, [standing.card(name) for name in names], problem))
        await until(pilot, lambda: _stage(pilot) in ("answering", "closed"))
        yield pilot
        stage.leave(0)


def _stage(pilot: Pilot[None]) -> str:
    return getattr(pilot.app.screen, "stage", "")


def typed(pilot: Pilot[None], text: str) -> None:
    pilot.app.screen.composer.insert(text)


async def sent(pilot: Pilot[None], text: str = ANSWER) -> None:
    typed(pilot, text)
    await pilot.press("f2")
    await until(pilot, lambda: _stage(pilot) == "done" and pilot.app.screen.has_class("-done"))


def kept(stage: Stage) -> tuple[Drilled, ...]:
    return PracticeLog(stage.front.root).read()[0]


@pytest.mark.parametrize("size", [WIDE, STANDARD, (60, 16)])
async def test_problem_and_question_stand_above_the_answer(stage: Stage, size: tuple[int, int]) -> None:
    async with drilling(stage, "prevents_leakage", size=size) as pilot:
        text = screen_text(pilot.app)
        assert "Prevents leakage" in screen_lines(pilot.app)[0]
        assert "▸ Your answer" in text
        assert "A strong answer" not in text


async def test_an_answer_is_graded_and_only_then_a_strong_one_is_shown(stage: Stage) -> None:
    async with drilling(stage, "prevents_leakage") as pilot:
        await sent(pilot)
        text = screen_text(pilot.app)
        expected = ["graded by the rubric's signals", "A strong answer here", "Again in ", "you “", ANSWER[:40]]
        assert [words for words in expected if words not in text] == []
        assert [one.answer for one in kept(stage)] == [ANSWER]


async def test_what_is_still_due_after_the_last_drill_is_told(stage: Stage) -> None:
    async with drilling(stage, "prevents_leakage") as pilot:
        await sent(pilot)
        assert status(pilot.app) == "1 more fits into today's ten minutes. Enter goes back."


async def test_after_the_last_drill_it_is_enough_for_today(stage: Stage) -> None:
    async with drilling(stage, FRAMEWORK) as pilot:
        await sent(pilot, "Frame: requirements")
        assert status(pilot.app) == "That is enough for today. The next drill is due tomorrow. Enter goes back."
        await pilot.press("enter")
        await until(pilot, lambda: not isinstance(stage.screen, DrillScreen))


async def test_enter_goes_on_to_the_next_drill_of_the_session(stage: Stage) -> None:
    async with drilling(stage, "prevents_leakage", FRAMEWORK) as pilot:
        await sent(pilot)
        assert "1 more in this session" in status(pilot.app)
        await pilot.press("enter")
        await until_shown(pilot, "The four steps from memory", "2 of 2")
        await sent(pilot, "Frame: requirements\nData: labels")
        assert "2 of 19 recalled" in screen_text(pilot.app)
        assert [one.drill for one in kept(stage)] == ["prevents_leakage", FRAMEWORK]


async def test_the_next_result_is_read_from_its_beginning_however_far_one_had_read(stage: Stage) -> None:
    async with drilling(stage, FRAMEWORK, "handles_imbalance") as pilot:
        await sent(pilot, "Frame: requirements")
        await pilot.press("pagedown")
        await until(pilot, lambda: stage.screen.page.scroll_y > 0)
        await pilot.press("enter")
        await until(pilot, lambda: _stage(pilot) == "answering")
        await sent(pilot)
        assert stage.screen.page.scroll_y == 0
        assert "Handles imbalance: " in screen_text(pilot.app)


@pytest.mark.parametrize(("text", "count"), [("half", "1 word"), ("half of it", "3 words")])
async def test_the_words_of_an_answer_are_counted(stage: Stage, text: str, count: str) -> None:
    async with drilling(stage, "prevents_leakage") as pilot:
        typed(pilot, text)
        await until(pilot, lambda: stage.screen.composer.border_subtitle.endswith(f" · {count}"))


async def test_esc_with_an_answer_in_the_box_goes_back_only_when_pressed_twice(stage: Stage) -> None:
    async with drilling(stage, "prevents_leakage") as pilot:
        typed(pilot, "half of a thought")
        await pilot.press("escape")
        assert "Press Esc again" in status(pilot.app)
        assert stage.screen.composer.text == "half of a thought"
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(stage.screen, DrillScreen))
        assert [draft.text for draft in PracticeLog(stage.front.root).drafts("prevents_leakage")] == [
            "half of a thought"
        ]


async def test_what_is_typed_is_on_the_disk_at_once_and_there_again_later(stage: Stage) -> None:
    async with drilling(stage, "prevents_leakage") as pilot:
        typed(pilot, HOSTILE)
        await until(pilot, lambda: PracticeLog(stage.front.root).drafts("prevents_leakage"))
        [draft] = PracticeLog(stage.front.root).drafts("prevents_leakage")
        assert draft.text == HOSTILE


async def test_a_drill_that_was_left_is_gone_on_with(stage: Stage) -> None:
    practice = Practice(stage.front.program(), lambda: NOON)
    drill = practice.drill(practice.standing(), "prevents_leakage")
    practice.save_draft(drill, "half of a thought")
    async with drilling(stage, "prevents_leakage") as pilot:
        assert stage.screen.composer.text == "half of a thought"
        assert status(pilot.app) == "What you had typed is kept."


async def test_leaving_the_program_keeps_the_answer_and_says_how_to_go_on(stage: Stage) -> None:
    async with drilling(stage, "prevents_leakage") as pilot:
        typed(pilot, "half of a thought")
        await pilot.press("ctrl+q")
    assert "Go on with: fourstep drill prevents_leakage" in stage.last_line
    assert PracticeLog(stage.front.root).drafts("prevents_leakage")


async def test_nothing_hostile_in_an_answer_steers_the_screen(stage: Stage) -> None:
    async with drilling(stage, "prevents_leakage") as pilot:
        await sent(pilot, f"{ANSWER} {HOSTILE}")
        text = screen_text(pilot.app)
        assert "[/b]" in text
        assert "\x1b" not in text
        assert "\u202e" not in text


async def test_a_disk_that_refuses_is_told_and_the_result_is_shown(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise StorageError("/x cannot be written: full.", "Free some space.")

    monkeypatch.setattr(PracticeLog, "add", refuse)
    async with drilling(stage, "prevents_leakage") as pilot:
        await sent(pilot)
        assert status(pilot.app) == "! Not saved: /x cannot be written: full. Free some space."
        assert "A strong answer here" in screen_text(pilot.app)
        assert PracticeLog(stage.front.root).drafts("prevents_leakage")[0].text == ANSWER


async def test_a_problem_that_is_not_there_is_told(stage: Stage) -> None:
    async with drilling(stage, "prevents_leakage", problem="nonsense") as pilot:
        assert "There is no problem 'nonsense'." in status(pilot.app)
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(stage.screen, DrillScreen))


async def test_esc_while_a_model_reads_goes_on_without_it(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    grade: Callable[..., object] = Practice.grade
    asked: list[bool] = []

    async def slow(self: Practice, drill: Drill, text: str, seconds: float, *, offline: bool = False) -> object:
        asked.append(offline)
        if not offline:
            while len(asked) < 2:
                await asyncio.sleep(0.01)
        return await grade(self, drill, text, seconds, offline=True)  # type: ignore[misc]

    monkeypatch.setattr(Practice, "grade", slow)
    async with drilling(stage, "prevents_leakage") as pilot:
        typed(pilot, ANSWER)
        await pilot.press("f2")
        await until(pilot, lambda: _stage(pilot) == "grading" and asked)
        await pilot.press("escape")
        await until(pilot, lambda: _stage(pilot) == "done")
        assert asked == [False, True]
        assert len(kept(stage)) == 1


async def test_a_command_of_the_interview_is_no_command_here(stage: Stage) -> None:
    async with drilling(stage, "prevents_leakage") as pilot:
        typed(pilot, "/hint")
        await pilot.press("enter")
        await until(pilot, lambda: "No command /hint in a drill" in status(pilot.app))
