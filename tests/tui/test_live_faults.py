"""What must never happen in a live interview: words lost or covered, a place lost, a crash that costs something."""

import os
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from textual.worker import WorkerFailed

from fourstep.files.content import Library, LoadedRubric
from fourstep.files.store import Store, sole_writer
from fourstep.offline.interviewer import OfflineInterviewer
from fourstep.problem import Problem
from fourstep.rubric import Rubric
from fourstep.tui import desk
from fourstep.tui.screens import timed
from fourstep.tui.screens.help import HelpScreen
from fourstep.wiring import live
from tests.tui.live_app import START, Sitting

TEXT = "  first: «naïve» 日本語 🚀\n\n\tindented [/b] [link=x] [red\n\nlast line, with blanks at its end  "
SIXTY_LINES = "\n".join(f"line {number} of an answer that is wider than the narrow window is" for number in range(60))
HOSTILE = [
    pytest.param("[/b] [link=x] [red see [/foo]", id="markup"),
    pytest.param("\x1b[31mred\x1b[0m \x1b]0;title\x07 \x9b2J", id="escape sequences"),
    pytest.param("\u202eright to left\u2066 \u200f", id="directions"),
    pytest.param("日本語の答え、とても長い文章です。" * 12, id="wide"),
    pytest.param("👩‍💻🚀 ﷽ e\u0301\u0301\u0301", id="emoji"),
    pytest.param("x" * 700, id="long word"),
]
SIZES = [(120, 36), (80, 24), (60, 16)]


@pytest.fixture
def sitting(rubric: Rubric, problem: Problem, tmp_path: Path) -> Sitting:
    """An interview that is about to be opened."""
    return Sitting(rubric, problem, tmp_path / "data")


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The screen looks at the clock and the draft all the time."""
    monkeypatch.setattr(timed, "BEAT", 0.04)


@pytest.fixture
async def yours(sitting: Sitting) -> AsyncIterator[Sitting]:
    """An interview in which it is the candidate's turn."""
    async with sitting.opened():
        yield sitting


@pytest.fixture
async def long(yours: Sitting) -> Sitting:
    """One with more to read than fits, and an interviewer that speaks slowly from now on."""
    await yours.hold(SIXTY_LINES)
    yours.told.slow = True
    return yours


# N1: typed text is never lost

Cause = Callable[[Sitting], Awaitable[None]]


async def _escape(sitting: Sitting) -> None:
    await sitting.press("escape", "escape", "escape")


async def _saving_by_habit(sitting: Sitting) -> None:
    await sitting.press("ctrl+s")


async def _one_ctrl_c(sitting: Sitting) -> None:
    await sitting.press("ctrl+c")
    await sitting.until_said("Press Ctrl+C again")


async def _resizes(sitting: Sitting) -> None:
    for size in ((80, 24), (60, 16), (30, 5), (120, 36)):
        await sitting.pilot.resize_terminal(*size)


async def _help(sitting: Sitting) -> None:
    await sitting.press("f1")
    await sitting.until(lambda: isinstance(sitting.app.screen, HelpScreen))
    await sitting.press("escape")
    await sitting.until(lambda: sitting.app.screen is sitting.screen)


async def _palette(sitting: Sitting) -> None:
    await sitting.press("ctrl+p")
    await sitting.until(lambda: sitting.app.screen is not sitting.screen)
    await sitting.press("escape")
    await sitting.until(lambda: sitting.app.screen is sitting.screen)


async def _another_box(sitting: Sitting) -> None:
    await sitting.press("tab", "pageup", "ctrl+home", "tab")


async def _a_reply(sitting: Sitting) -> None:
    before = len(sitting.told.moves)
    sitting.screen.action_repeat()
    await sitting.until(lambda: len(sitting.told.moves) > before and sitting.screen.stage == "yours")


async def _the_next_step(sitting: Sitting) -> None:
    await sitting.press("f9")
    await sitting.until_asked()
    await sitting.press("enter")
    await sitting.until(lambda: sitting.interview.state.step == "data" and sitting.screen.stage == "yours")


async def _an_editor_that_fails(sitting: Sitting) -> None:
    await sitting.press("ctrl+g")
    await sitting.until_said("The editor could not be started")


CAUSES: list[Cause] = [
    _escape, _saving_by_habit, _one_ctrl_c, _resizes, _help, _palette, _another_box, _a_reply, _the_next_step,
    _an_editor_that_fails,
]  # fmt: skip


@pytest.mark.parametrize("cause", CAUSES, ids=lambda cause: cause.__name__.strip("_"))
async def test_typed_text_survives(sitting: Sitting, cause: Cause) -> None:
    async with sitting.opened():
        await sitting.write(TEXT)
        await cause(sitting)
        assert sitting.composer.text == TEXT
    assert sitting.draft == TEXT


async def _ctrl_c_twice(sitting: Sitting) -> None:
    await sitting.press("ctrl+c", "ctrl+c")


async def _ctrl_q(sitting: Sitting) -> None:
    await sitting.press("ctrl+q")


@pytest.mark.parametrize("leaving", [_ctrl_c_twice, _ctrl_q], ids=["ctrl+c twice", "ctrl+q"])
async def test_typed_text_is_there_again_after_leaving(sitting: Sitting, leaving: Cause) -> None:
    async with sitting.opened():
        await sitting.write(TEXT)
        await leaving(sitting)
        await sitting.until(lambda: sitting.app.last_line)
    later = sitting.later()
    async with later.opened():
        assert later.composer.text == TEXT


@pytest.mark.usefixtures("quick")
async def test_typed_text_is_there_again_after_a_kill(sitting: Sitting, tmp_path: Path) -> None:
    async with sitting.opened():
        await sitting.write(TEXT)
        await sitting.until(lambda: sitting.draft == TEXT)
        killed = sitting.killed(tmp_path / "killed")
    async with killed.opened():
        assert killed.composer.text == TEXT


@pytest.mark.usefixtures("quick")
async def test_an_answer_that_waits_for_the_reply_is_there_again_after_a_kill(sitting: Sitting, tmp_path: Path) -> None:
    async with sitting.opened():
        sitting.told.slow = True
        await sitting.send("My answer")
        await sitting.hear("Half a question")
        await sitting.send("It waits")
        await sitting.write("and this is not finished")
        await sitting.until(lambda: "not finished" in sitting.draft)
        killed = sitting.killed(tmp_path / "killed")
    async with killed.opened():
        assert killed.composer.text == "It waits\n\nand this is not finished"
        assert killed.answers == ["My answer"]


async def test_an_answer_that_was_logged_is_not_offered_again_after_a_kill(sitting: Sitting, tmp_path: Path) -> None:
    async with sitting.opened():
        await sitting.hold("My answer")
        killed = sitting.killed(tmp_path / "killed")
    (killed.folder / "draft.txt").write_text("My answer\n")  # as it was typed, with the line that was not sent
    async with killed.opened():
        assert killed.composer.text == ""


async def test_a_draft_is_the_last_answer_word_for_word_when_the_time_is_over(yours: Sitting) -> None:
    await yours.write(TEXT)
    yours.seconds = 47 * 60
    await yours.until(lambda: yours.screen.stage == "over")
    assert yours.answers == [TEXT.strip()]


@pytest.mark.usefixtures("quick")
async def test_a_slow_disk_does_not_make_two_of_the_last_answer(yours: Sitting) -> None:
    await yours.write("My last answer")
    yours.log.ready.clear()
    yours.seconds = 47 * 60
    await yours.until(lambda: yours.screen._sending)
    await yours.until_beats(3)
    yours.log.ready.set()
    await yours.until(lambda: yours.screen.stage == "over")
    assert yours.answers == ["My last answer"]


async def test_an_answer_that_waits_when_the_interview_ends_stays_readable(yours: Sitting) -> None:
    yours.told.slow = True
    yours.seconds = 46 * 60
    await yours.send("My last answer")
    await yours.hear("Thank you.")
    await yours.send("It came too late")
    yours.told.finish()
    await yours.until(lambda: yours.screen.stage == "over")
    assert "It came too late" in yours.composer.text


async def test_ending_while_an_answer_waits_says_that_it_will_not_count(yours: Sitting) -> None:
    yours.told.slow = True
    await yours.send("My answer")
    await yours.hear("Half a question")
    await yours.send("It waits")
    await yours.command("end")
    await yours.until_asked("End the interview here?")
    assert "Your answer is not sent yet and will not count." in yours.text


# N2: a newer draft is never replaced


async def test_an_answer_that_is_taken_back_stands_above_what_was_written_since(yours: Sitting) -> None:
    yours.told.slow = True
    await yours.send("My answer")
    await yours.until(lambda: yours.told.asked)
    await yours.write(TEXT)
    await yours.press("escape")
    await yours.until(lambda: yours.composer.text != TEXT)
    assert yours.composer.text == f"My answer\n\n{TEXT}"


async def test_a_queued_answer_that_is_taken_back_stands_above_what_was_written_since(yours: Sitting) -> None:
    yours.told.slow = True
    await yours.send("My answer")
    await yours.hear("Half a question")
    await yours.send("It waits")
    await yours.write(TEXT)
    await yours.press("escape")
    await yours.until(lambda: yours.composer.text != TEXT)
    assert yours.composer.text == f"It waits\n\n{TEXT}"


async def test_a_queued_answer_that_is_sent_leaves_what_was_written_since(yours: Sitting) -> None:
    yours.told.slow = True
    await yours.send("My answer")
    await yours.hear("Half a question")
    await yours.send("It waits")
    await yours.write(TEXT)
    yours.told.slow = False
    yours.told.finish()
    await yours.until(lambda: len(yours.answers) == 2 and yours.screen.stage == "yours")
    assert yours.composer.text == TEXT


async def test_a_newer_draft_that_begins_like_the_queued_answer_is_left_whole(yours: Sitting) -> None:
    yours.told.slow = True
    await yours.send("My answer")
    await yours.hear("Half a question")
    await yours.send("Yes")
    await yours.write("Yes, and one thing more")
    yours.told.slow = False
    yours.told.finish()
    await yours.until(lambda: len(yours.answers) == 2 and len(yours.told.moves) == 3)
    assert yours.composer.text == "Yes, and one thing more"


async def test_what_is_written_while_an_answer_is_being_saved_stays(yours: Sitting) -> None:
    yours.log.ready.clear()
    await yours.send_bytes("My answer\n")
    await yours.until(lambda: yours.screen._sending)
    await yours.write(TEXT)
    yours.log.ready.set()
    await yours.until(lambda: len(yours.told.moves) == 2 and yours.screen.stage == "yours")
    assert yours.composer.text == TEXT.lstrip()


# N3: the reader's place is kept


def top(sitting: Sitting) -> list[str]:
    """The first lines of the conversation that can be seen."""
    first = sitting.page.content_region.y
    return [row.strip("│┃ ▁▂▃▄▅▆▇█") for row in sitting.rows[first : first + 3]]


async def test_the_place_stays_while_text_streams_and_an_answer_is_typed(long: Sitting) -> None:
    await long.send("And this")
    await long.until(lambda: long.told.asked)
    end = top(long)
    await long.press("pageup", "pageup")
    await long.until(lambda: top(long) != end and not long.page.following)
    await long.pilot.pause()
    before = top(long)
    for number in range(12):
        await long.hear(f"streamed line {number}\n")
        await long.press("x")
        assert top(long) == before
    await long.until(lambda: long.composer.text == "x" * 12)


async def test_new_lines_below_are_counted_and_ctrl_end_goes_there(long: Sitting) -> None:
    await long.send("And this")
    await long.until(lambda: long.told.asked)
    await long.press("pageup")
    await long.until(lambda: not long.page.following)
    for number in range(5):
        await long.hear(f"streamed line {number}\n")
    await long.until(lambda: "new lines below · Ctrl+End goes there" in str(long.page.border_subtitle))
    await long.press("ctrl+end")
    await long.until(lambda: any("streamed line 4" in row for row in long.rows))
    await long.hear("the very last line")
    await long.until(lambda: any("the very last line" in row for row in long.rows))
    assert long.page.border_subtitle == ""


@pytest.mark.parametrize("line", [4, 17, 33])
async def test_the_place_is_the_same_after_the_window_was_narrow_for_a_while(long: Sitting, line: int) -> None:
    long.page.scroll_to(y=line, animate=False, immediate=True)
    await long.pilot.pause(0)
    before = top(long)
    await long.pilot.resize_terminal(80, 24)
    await long.pilot.resize_terminal(120, 36)
    assert top(long) == before


async def test_the_place_is_the_same_in_a_paragraph_that_is_wrapped_otherwise(yours: Sitting) -> None:
    await yours.hold(" ".join(f"word{number}" for number in range(600)))
    yours.page.scroll_to(y=21, animate=False, immediate=True)
    await yours.pilot.pause(0)
    before = top(yours)
    await yours.pilot.resize_terminal(80, 24)
    await yours.pilot.resize_terminal(120, 36)
    assert top(yours) == before


async def test_a_reader_at_the_end_is_still_there_in_a_narrower_window(long: Sitting) -> None:
    await long.send("And this")
    await long.hear("the very last line")
    await long.pilot.resize_terminal(80, 24)
    await long.until(lambda: any("the very last line" in row for row in long.rows))


async def test_turning_pages_from_the_box_leaves_the_cursor_there(long: Sitting) -> None:
    await long.write("draft")
    place = long.composer.cursor_location
    end = top(long)
    await long.press("pageup")
    await long.until(lambda: top(long) != end)
    await long.press("ctrl+home")
    await long.until(lambda: top(long)[1] == "Question 1?")
    await long.press("ctrl+end")
    await long.until(lambda: top(long) == end)
    assert (long.composer.has_focus, long.composer.cursor_location) == (True, place)


# N8: nothing covers the answer box, and trouble stays said


async def _overtime(sitting: Sitting) -> None:
    sitting.seconds = 45 * 60 + 30
    await sitting.until(lambda: sitting.screen.query_one("#time-up").display)


async def _refusing_disk(sitting: Sitting) -> None:
    sitting.log.refuses = True
    await sitting.hold("My answer")


async def _unknown_command(sitting: Sitting) -> None:
    await sitting.command("nonsense")


async def _message_cut_off(sitting: Sitting) -> None:
    sitting.told.slow = True
    await sitting.send("My answer")
    await sitting.hear("Half a question")
    await sitting.press("escape")
    await sitting.until_said("cut off")


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    "cause",
    [_overtime, _refusing_disk, _unknown_command, _message_cut_off, _one_ctrl_c],
    ids=lambda cause: cause.__name__.strip("_"),
)
async def test_nothing_covers_the_answer_box(yours: Sitting, cause: Cause) -> None:
    await cause(yours)
    for size in SIZES:
        await yours.pilot.resize_terminal(*size)
        region = yours.composer.region
        assert region.height >= 4
        assert yours.screen.region.contains_region(region)
        cells = [(x, y) for x in range(region.x, region.right, 7) for y in range(region.y, region.bottom)]
        covering = {yours.screen.get_widget_at(x, y)[0] for x, y in cells}
        assert all(yours.composer in widget.ancestors_with_self for widget in covering)
        assert not yours.app.screen.query("Toast")


async def test_a_disk_that_refuses_is_said_and_stays_said(yours: Sitting) -> None:
    yours.log.refuses = True
    await yours.hold("My answer")
    await yours.until_shown("! not saved")
    await yours.until_shown("cannot be written")


async def test_a_disk_that_takes_it_again_is_said_too(yours: Sitting) -> None:
    yours.log.refuses = True
    await yours.hold("My answer")
    yours.log.refuses = False
    await yours.hold("Another")
    await yours.until_shown("● saved")
    assert "My answer" in (yours.folder / "transcript.jsonl").read_text()


async def test_a_folder_that_refuses_from_the_beginning_is_said(sitting: Sitting) -> None:
    sitting.log.refuses = True
    async with sitting.opened():
        await sitting.until_shown("! not saved")
        await sitting.until_shown("cannot be written")


async def test_leaving_says_that_nothing_was_saved(yours: Sitting) -> None:
    yours.log.refuses = True
    await yours.hold("My answer")
    await yours.press("ctrl+q")
    await yours.until(lambda: yours.app.last_line)
    assert yours.app.last_line.startswith("Not saved: ")


@pytest.mark.usefixtures("quick")
async def test_a_draft_that_cannot_be_written_is_said(yours: Sitting) -> None:
    (yours.folder / "draft.txt").unlink(missing_ok=True)
    (yours.folder / "draft.txt").mkdir()
    await yours.write("Half an answer")
    await yours.until_beats(5)
    await yours.pilot.pause()
    assert "! not saved" in yours.title


# N12: a fault of our own takes nothing along


async def _crashed(sitting: Sitting, do: Cause) -> None:
    """Have the program stopped by a fault of its own."""
    async with sitting.opened():
        await do(sitting)
        await sitting.until(lambda: sitting.app.crash)


async def test_a_crash_keeps_the_draft_and_says_how_to_go_on(sitting: Sitting) -> None:
    async def crash(sitting: Sitting) -> None:
        await sitting.write(TEXT)
        sitting.screen.action_hint = lambda: 1 / 0  # type: ignore[method-assign]
        await sitting.press("f8")

    with pytest.raises(ZeroDivisionError):
        await _crashed(sitting, crash)
    assert (sitting.app.return_code, sitting.draft) == (70, TEXT)
    assert "Resume with: fourstep resume abc123" in sitting.app.last_line


async def test_an_interviewer_that_breaks_keeps_the_answer(sitting: Sitting) -> None:
    async def broken(*_: object) -> AsyncIterator[str]:
        yield str(1 / 0)

    async def crash(sitting: Sitting) -> None:
        sitting.told.say = broken  # type: ignore[method-assign]
        await sitting.send("My answer")

    with pytest.raises(WorkerFailed, match="ZeroDivisionError"):
        await _crashed(sitting, crash)
    assert isinstance(sitting.app.crash, ZeroDivisionError)
    assert (sitting.app.return_code, sitting.answers) == (70, ["My answer"])


async def test_leaving_while_an_answer_is_being_saved_is_no_crash(
    sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sitting.opened():
        close = sitting.screen.desk.close

        def patient(draft: str, pad: str | None = None) -> None:
            sitting.log.ready.set()
            close(draft, pad)

        monkeypatch.setattr(sitting.screen.desk, "close", patient)
        sitting.log.ready.clear()
        await sitting.send_bytes("My answer\n")
        await sitting.until(lambda: sitting.screen._sending)
        sitting.screen.keep()
        await sitting.pilot.pause()
    assert sitting.app.crash is None
    assert sitting.answers == ["My answer"]


async def test_leaving_in_the_middle_of_a_message_is_no_crash(sitting: Sitting) -> None:
    async with sitting.opened():
        sitting.told.slow = True
        await sitting.send("My answer")
        await sitting.hear("Half a question")
        sitting.screen.keep()
        await sitting.pilot.pause()
    assert sitting.app.crash is None


async def test_the_keys_can_still_be_drawn_while_the_program_is_left(yours: Sitting) -> None:
    yours.screen.keep()
    assert not yours.screen.check_action("again", ())


async def test_a_disk_that_hangs_does_not_hold_up_leaving(yours: Sitting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "_PATIENCE", 0.05)
    monkeypatch.setattr(live, "save_draft", lambda *_: yours.log.ready.wait(5))
    yours.log.ready.clear()
    await yours.write("Half an answer")
    yours.app.action_leave()
    yours.log.ready.set()
    assert yours.app.crash is None


async def test_leaving_lets_go_of_everything_it_held(sitting: Sitting) -> None:
    async with sitting.opened():
        sitting.app.action_leave()
        with sole_writer(sitting.folder):
            pass
        assert [thread for thread in threading.enumerate() if thread.name == "interview"] == []


# N13: nothing of what is judged can be seen before it is


async def test_rubric_facts_and_strong_answers_are_not_shown(
    bundled: LoadedRubric, library: Library, tmp_path: Path
) -> None:
    rubric, problem = bundled.rubric, library.problem("ad_click_prediction")
    sitting = Sitting(rubric, problem, tmp_path, brain=OfflineInterviewer(rubric, problem))
    criteria = [criterion for step in rubric.steps for criterion in step.criteria]
    secrets = [check.says for criterion in criteria for check in criterion.checks]
    secrets += [
        level.anchor
        for criterion in criteria
        for level in (criterion.levels.mentioned, criterion.levels.solid, criterion.levels.exceptional)
    ]
    secrets += [fact.tells for fact in problem.facts]
    secrets += problem.strong.values()
    seen: list[str] = []
    async with sitting.opened():
        await sitting.hold("I would predict the probability of a click for a person and an ad.")
        await sitting.hold("The revenue is the goal.")
        for key in ("f1", "escape", "ctrl+p", "escape", "f9", "enter"):
            await sitting.press(key)
            await sitting.pilot.pause()
            seen += sitting.rows
        seen += sitting.conversation.splitlines()
    shown = " ".join(" ".join(row.strip("│┃ ") for row in seen).split())
    assert "probability of a click" in shown
    assert [secret for secret in secrets if " ".join(secret.split()) in shown] == []


# N14: one writer


async def test_what_went_wrong_is_not_cut_off_in_80_columns(sitting: Sitting) -> None:
    async with sitting.opened():
        pass
    second = sitting.later()
    with sole_writer(sitting.folder):
        async with second.opened(to="closed", size=(80, 24)):
            await second.until_shown("to read it. Esc goes back.")


async def test_a_second_window_says_who_has_the_interview_and_writes_nothing(sitting: Sitting, tmp_path: Path) -> None:
    async with sitting.opened():
        await sitting.hold("My answer")
    files = {file: file.read_bytes() for file in sitting.folder.iterdir() if file.suffix in (".jsonl", ".txt")}
    second = sitting.later()
    with sole_writer(sitting.folder):
        async with second.opened(to="closed"):
            assert "is open in another window (process " in second.status
            assert "v on the home screen to read it" in second.status
            await second.send_bytes("hello\n")
            await second.press("f8", "f9", "f2")
            await second.pilot.pause()
            assert second.composer.text == ""
            assert second.app.screen is second.screen
    assert {file: file.read_bytes() for file in files} == files


async def test_from_a_window_that_only_reads_esc_goes_home(sitting: Sitting) -> None:
    with sole_writer(sitting.folder):
        async with sitting.opened(to="closed"):
            await sitting.press("escape")
            await sitting.until(lambda: sitting.app.screen is not sitting.screen)


# the clock of an interview that was killed


@pytest.mark.usefixtures("quick")
async def test_nobody_there_costs_no_time_even_when_killed_twice(
    sitting: Sitting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timed, "_BEATS_A_TOUCH", 1)
    async with sitting.opened():
        await sitting.hold("My answer")
        killed = sitting.killed(tmp_path / "killed")
    draft = killed.folder / "draft.txt"
    draft.touch()
    five_seconds_later = START.timestamp() + 5
    os.utime(draft, (five_seconds_later, five_seconds_later))
    async with killed.opened():
        assert killed.interview.elapsed == 5
        await killed.until_beats(5)
        again = killed.killed(tmp_path / "again")
    assert Store(again.root).read(again.folder).elapsed == 5


# foreign text


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_words_of_both_speakers_are_shown_as_they_are(yours: Sitting, text: str) -> None:
    yours.told.slow = True
    await yours.send(text)
    await yours.until(lambda: yours.told.asked)
    yours.told.tell(text)
    await yours.hear_out()
    await yours.pilot.resize_terminal(80, 24)
    assert yours.interview.state.turns[-2].text == yours.interview.state.turns[-1].text == text.strip()
    assert _controls(yours) == []


@pytest.mark.parametrize("text", HOSTILE)
async def test_a_hostile_draft_is_kept_as_it_is_and_steers_nothing(sitting: Sitting, text: str) -> None:
    async with sitting.opened():
        await sitting.write(text)
        assert sitting.composer.text == text
        controls = _controls(sitting)
    assert sitting.draft == text
    assert controls == []


def _controls(sitting: Sitting) -> list[str]:
    """Characters on the screen that a terminal obeys or that turn the reading direction."""
    obeyed = {*map(chr, range(0x20)), *map(chr, range(0x7F, 0xA0)), *"\u200e\u200f\u202a\u202b\u202c\u202d\u202e"}
    return sorted(set("".join(sitting.rows)) & obeyed)
