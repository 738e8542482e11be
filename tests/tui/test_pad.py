"""The design pad on the live screen: where it is shown, what is kept of it, and how it goes with an answer."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from fourstep.problem import Problem
from fourstep.rubric import Rubric
from fourstep.transcript.events import CutOff, Ended, PadSaved
from fourstep.transcript.transcript import transcript_of
from fourstep.tui.screens import timed
from fourstep.tui.screens.choose import Choose
from tests.tui.live_app import Sitting

NARROW = (80, 24)
FEED = "[client]->[feed]"


@pytest.fixture
def sitting(rubric: Rubric, problem: Problem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sitting:
    """An interview that is about to be opened, whose screen looks at the clock all the time."""
    monkeypatch.setattr(timed, "BEAT", 0.04)
    return Sitting(rubric, problem, tmp_path / "data")


@pytest.fixture
async def yours(sitting: Sitting) -> AsyncIterator[Sitting]:
    """An interview in which it is the candidate's turn, in a wide window."""
    async with sitting.opened():
        yield sitting


async def draw(sitting: Sitting, text: str = FEED) -> None:
    """Go to the pad and write on it."""
    await sitting.press("f4")
    await sitting.until(lambda: sitting.pad.has_focus)
    sitting.pad.insert(text)
    await sitting.pilot.pause(0)


async def back(sitting: Sitting) -> None:
    await sitting.press("f4")
    await sitting.until(lambda: sitting.composer.has_focus)


def versions(sitting: Sitting) -> list[str]:
    return [event.text for event in sitting.logged(PadSaved)]


def pads(sitting: Sitting) -> list[str]:
    return [turn.pad for turn in transcript_of(sitting.interview.state.events).candidate_turns]


# where it is


async def test_it_is_out_of_the_way_until_it_is_called(yours: Sitting) -> None:
    assert not yours.pad.display


async def test_it_lies_beside_the_conversation_and_stays_there_with_what_is_on_it(yours: Sitting) -> None:
    await draw(yours)
    await back(yours)
    row = next(row for row in yours.rows if FEED in row)
    assert row.index(FEED) > 60
    assert "Question 1?" in yours.text


async def test_an_empty_one_is_put_away_when_it_is_left(yours: Sitting) -> None:
    await draw(yours, "")
    await back(yours)
    await yours.until(lambda: not yours.pad.display)


async def test_it_covers_the_conversation_in_a_narrow_window_until_it_is_left(sitting: Sitting) -> None:
    async with sitting.opened(size=NARROW):
        await draw(sitting)
        await sitting.until(lambda: "F4 or Esc: back to the answer" in sitting.text)
        assert "Question 1?" not in sitting.text
        await sitting.press("escape")
        await sitting.until(lambda: "Question 1?" in sitting.text)
        assert FEED not in sitting.text
        assert sitting.composer.has_focus


async def test_what_lies_beside_does_not_cover_when_the_window_gets_narrow(yours: Sitting) -> None:
    await draw(yours)
    await back(yours)
    await yours.pilot.resize_terminal(*NARROW)
    await yours.until(lambda: not yours.pad.display)


async def test_tab_goes_from_the_answer_to_the_pad_and_on_to_the_conversation(yours: Sitting) -> None:
    await draw(yours)
    await back(yours)
    await yours.press("tab")
    await yours.until(lambda: yours.pad.has_focus)
    await yours.press("tab")
    await yours.until(lambda: yours.page.has_focus)


async def test_it_is_said_that_the_interviewer_has_finished_behind_it(sitting: Sitting) -> None:
    async with sitting.opened(size=NARROW):
        sitting.told.slow = True
        await sitting.send("My answer")
        await draw(sitting)
        await sitting.hear("A question?")
        await sitting.hear_out()
        await sitting.until_said("F4 goes back to read it")


async def test_leaving_it_does_not_stop_a_message(yours: Sitting) -> None:
    yours.told.slow = True
    await yours.send("My answer")
    await draw(yours)
    await yours.hear("Half a")
    await yours.press("escape")
    await yours.until(lambda: yours.composer.has_focus)
    await yours.hear(" question?")
    await yours.hear_out()
    assert yours.logged(CutOff) == []


# what is kept


async def test_what_is_on_it_goes_with_the_answer(yours: Sitting) -> None:
    await draw(yours)
    await back(yours)
    await yours.hold("As drawn.")
    await yours.hold("It stays so.")
    assert pads(yours) == [FEED, ""]


async def test_a_version_begins_when_it_is_left_and_only_then(yours: Sitting) -> None:
    await draw(yours)
    assert versions(yours) == []
    await back(yours)
    await yours.until(lambda: versions(yours) == [FEED])
    await yours.press("f4")
    await back(yours)
    await yours.until_settled()
    assert versions(yours) == [FEED]


async def test_what_was_on_it_at_the_end_is_on_record(yours: Sitting) -> None:
    await draw(yours)
    yours.screen.action_end()
    await yours.until_asked("End the interview")
    await yours.press("enter")
    await yours.until(lambda: yours.screen.stage == "over")
    assert versions(yours) == [FEED]
    assert yours.interview.state.events[-1] is yours.logged(Ended)[0]
    assert yours.pad.read_only


async def test_what_is_drawn_is_on_the_disk_within_two_looks_at_the_clock(yours: Sitting, tmp_path: Path) -> None:
    await draw(yours)
    await yours.until_beats(2)
    await yours.until(lambda: (yours.folder / "pad.txt").exists())
    later = yours.killed(tmp_path / "killed")
    await yours.until(lambda: "kept" in (yours.pad.border_subtitle or ""))
    async with later.opened():
        assert later.pad.text == FEED
        assert later.pad.display


async def test_what_was_wiped_stays_wiped_after_a_kill(yours: Sitting, tmp_path: Path) -> None:
    await draw(yours)
    await back(yours)
    await yours.hold("As drawn.")
    yours.pad.clear()
    await yours.until(lambda: (yours.folder / "pad.txt").read_text() == "")
    later = yours.killed(tmp_path / "killed")
    async with later.opened():
        assert later.pad.text == ""


async def test_it_is_gone_on_with_after_leaving(sitting: Sitting) -> None:
    async with sitting.opened():
        await draw(sitting)
        sitting.app.action_leave()
    assert versions(sitting) == [FEED]
    later = sitting.later()
    async with later.opened():
        assert later.pad.text == FEED


async def test_a_disk_that_refuses_it_is_said_until_it_takes_it(
    yours: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = yours.screen.desk.live.log.folder
    yours.log.folder = kept / "not there"
    await draw(yours)
    await yours.until(lambda: "not saved" in yours.title)
    yours.log.folder = kept
    await yours.until(lambda: "not saved" not in yours.title)
    assert (kept / "pad.txt").read_text() == FEED


# drawing


async def insert(sitting: Sitting, *moves: str) -> None:
    await sitting.press("ctrl+t")
    await sitting.until(lambda: isinstance(sitting.app.screen, Choose))
    for move in moves:
        await sitting.pilot.press(move)
    await sitting.press("enter")
    await sitting.until(lambda: sitting.app.screen is sitting.screen)
    await sitting.until_settled()


async def test_a_piece_is_put_at_the_cursor_with_its_lines_below_each_other(yours: Sitting) -> None:
    await draw(yours, "[a] -> ")
    await insert(yours, "down")
    assert yours.pad.text == "[a] -> +------------+\n       |            |\n       +------------+"
    assert yours.pad.has_focus


async def test_a_piece_is_taken_away_by_one_undo(yours: Sitting) -> None:
    await draw(yours, "[a]")
    await insert(yours)
    assert yours.pad.text == "[a][ name ]"
    await yours.press("ctrl+z")
    await yours.until(lambda: yours.pad.text == "[a]")


async def test_leaving_the_choice_changes_nothing(yours: Sitting) -> None:
    await draw(yours)
    await yours.press("ctrl+t")
    await yours.until(lambda: isinstance(yours.app.screen, Choose))
    await yours.press("escape")
    await yours.until(lambda: yours.app.screen is yours.screen)
    assert yours.pad.text == FEED


async def test_ones_editor_has_the_pad_when_the_keys_go_there(yours: Sitting, monkeypatch: pytest.MonkeyPatch) -> None:
    async def edited(text: str) -> str:
        return f"{text}->[ranker]"

    monkeypatch.setattr(yours.app, "edited", edited)
    await draw(yours)
    await yours.press("ctrl+g")
    await yours.until(lambda: yours.pad.text == f"{FEED}->[ranker]")
    assert yours.composer.text == ""
    await yours.press("ctrl+z")
    await yours.until(lambda: yours.pad.text == FEED)


async def test_a_paste_without_brackets_keeps_its_lines_and_sends_nothing(yours: Sitting) -> None:
    await draw(yours, "")
    await yours.send_bytes("feature | source\nage | profile\n")
    await yours.until(lambda: yours.pad.text == "feature | source\nage | profile\n")
    assert yours.answers == []


async def test_foreign_signs_on_it_steer_nothing(yours: Sitting) -> None:
    await draw(yours, "[/b] [link=x] [red \x1b[31m")
    await yours.until_shown("[/b] [link=x] [red ␛[31m")
