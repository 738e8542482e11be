"""Home: what it shows of a library in any state, and what each key does there."""

import json
import shutil
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from textual.events import AppFocus
from textual.pilot import Pilot

from fourstep.grading.scorecard import Scorecard
from fourstep.settings import Settings
from fourstep.tui.app import FourstepApp
from fourstep.tui.screens.home import HomeScreen
from fourstep.tui.screens.live import LiveScreen
from fourstep.tui.screens.picker import PickerScreen
from fourstep.tui.screens.review import ReviewScreen
from fourstep.tui.screens.scorecard import ScorecardScreen
from fourstep.tui.times import day_text
from fourstep.tui.widgets.rows import Rows
from fourstep.wiring.front import Front
from fourstep.wiring.held import Held
from tests.tui.conftest import EXAMPLE, STANDARD, WIDE, kept, screen_lines, screen_text, status, until, until_shown

pytestmark = pytest.mark.usefixtures("short_waits")

ADS, MODERATION = "20261120-ad_click_prediction-abc123", "20261119-harmful_content_detection-def456"


@asynccontextmanager
async def at_home(front: Front, size: tuple[int, int] = WIDE) -> AsyncIterator[Pilot[None]]:
    """The home screen once it has read the library."""
    app = FourstepApp(front)
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: "Reading" not in screen_text(app))
        yield pilot


def row(pilot: Pilot[None], words: str) -> str:
    """The library's line with these words."""
    lines = screen_lines(pilot.app)
    shelf = next(number for number, line in enumerate(lines) if "Library" in line)
    return next((line for line in lines[shelf:] if words in line), "")


def current(pilot: Pilot[None]) -> str | None:
    """The interview under the cursor."""
    entry = pilot.app.screen.query_one("#library", Rows).current
    return entry.id if entry else None


async def test_a_page_that_gets_the_keys_after_the_first_picture_has_them_in_the_library(
    front: Front, example: Path
) -> None:
    app = FourstepApp(front)
    app.set_reactive(FourstepApp.app_focus, False)  # as it is told of a page before anybody can have come to it
    async with app.run_test(size=WIDE) as pilot:
        app.post_message(AppFocus())
        await until_shown(pilot, "▸ Library")


# what is shown


async def test_an_empty_library_says_how_to_begin(front: Front) -> None:
    async with at_home(front) as pilot:
        assert "No interviews yet" in screen_text(pilot.app)
        assert "n starts one" in screen_text(pilot.app)
        assert "m shows the whole product in a minute" in screen_text(pilot.app)


async def test_an_empty_library_offers_no_key_that_needs_an_interview(front: Front) -> None:
    async with at_home(front) as pilot:
        keys = screen_lines(pilot.app)[-1]
        assert "New" in keys
        assert not [word for word in ("Resume", "Review", "Score", "Export", "Delete", "Undo") if word in keys]


@pytest.mark.parametrize(
    ("size", "words"),
    [(WIDE, ["26:44", "98.3 strong hire", "scored"]), (STANDARD, ["26:44", "98.3", "scored"]), ((60, 16), ["98.3"])],
)
async def test_a_scored_interview_stands_with_what_there_is_room_for(
    front: Front, example: Path, size: tuple[int, int], words: list[str]
) -> None:
    async with at_home(front, size) as pilot:
        assert [word for word in words if word not in row(pilot, "Video recom")] == []


@pytest.mark.parametrize(
    ("ended", "word"), [(True, "not scored"), (False, "interrupted")], ids=["ended", "interrupted"]
)
async def test_the_state_of_an_interview_is_said_in_words(front: Front, root: Path, ended: bool, word: str) -> None:
    kept(root, ADS, "We predict a click.", ended=ended)
    async with at_home(front) as pilot:
        assert word in row(pilot, "Ad click prediction")


async def test_a_folder_without_a_readable_transcript_is_listed_and_said_to_be_unreadable(
    front: Front, root: Path
) -> None:
    (kept(root, ADS) / "transcript.jsonl").write_text("rubbish")
    async with at_home(front) as pilot:
        assert "unreadable" in row(pilot, "Ad click prediction")
        await pilot.press("enter")
        assert f"No readable transcript is in {ADS}." in status(pilot.app)


async def test_newer_interviews_stand_above_older_ones(front: Front, root: Path) -> None:
    kept(root, MODERATION)
    kept(root, ADS)
    async with at_home(front) as pilot:
        text = screen_text(pilot.app)
        assert text.index("Ad click") < text.index("Harmful content")


async def test_an_interrupted_interview_is_on_top_with_what_is_left_and_the_draft(front: Front, root: Path) -> None:
    kept(root, ADS, "We predict a click.", ended=False, draft="half of a thought")
    async with at_home(front) as pilot:
        text = screen_text(pilot.app)
        card = text[text.index("Interrupted interview") : text.index("Start")]
        expected = ["Ad click prediction", "Frame", "44:00 left", "4 words", "r Resume"]
        assert [words for words in expected if words not in card] == []


async def test_without_an_interrupted_interview_there_is_no_card(front: Front, example: Path) -> None:
    async with at_home(front) as pilot:
        assert "Interrupted" not in screen_text(pilot.app)


async def test_the_step_that_was_lowest_most_often_is_named(front: Front, example: Path) -> None:
    async with at_home(front) as pilot:
        assert "All steps" in next(line for line in screen_lines(pilot.app) if "lowest step" in line)


async def test_the_weakest_criterion_and_what_is_due_are_told(front: Front, root: Path, example: Path) -> None:
    cards = example / "scorecards.jsonl"
    card = Scorecard.model_validate_json(cards.read_text().splitlines()[-1])
    worse = [j.model_copy(update={"level": 0}) if j.id == "plans_labels" else j for j in card.criteria]
    cards.write_text(card.model_copy(update={"criteria": tuple(worse)}).model_dump_json(by_alias=True) + "\n")
    async with at_home(front) as pilot:
        await until_shown(pilot, "Plans labels: not solid in your last interview.", "Drills due today (2)")


async def test_an_interview_that_answers_another_again_is_no_second_interview(front: Front, example: Path) -> None:
    fork = example.with_name(f"{example.name[:-1]}2")
    shutil.copytree(example, fork)
    log = fork / "transcript.jsonl"
    started, *rest = log.read_text().splitlines(keepends=True)
    log.write_text("".join([json.dumps(json.loads(started) | {"id": fork.name, "parent": example.name}) + "\n", *rest]))
    async with at_home(front) as pilot:
        await until_shown(pilot, "Library (2)", "The lowest step in your last interview: All steps.")


async def test_in_a_small_window_one_line_says_what_is_due_and_weak(front: Front, example: Path) -> None:
    async with at_home(front, STANDARD) as pilot:
        await until_shown(pilot, "1 drill due (d) · The lowest step in your last interview: All steps.")


@pytest.mark.parametrize(("key", "words"), [("p", "By step and criterion"), ("d", "▸ Drills (1 due)")])
async def test_progress_and_drills_open_by_their_letters(front: Front, example: Path, key: str, words: str) -> None:
    async with at_home(front) as pilot:
        await pilot.press(key)
        await until_shown(pilot, "Progress and drills", words)


async def test_of_a_library_of_ten_thousand_the_newest_are_listed_and_the_others_counted(
    front: Front, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(root, ADS)
    entry = front.refreshed(1)[0][0]
    many = [replace(entry, id=f"2026-x-{number}", problem=f"problem_{number}") for number in range(1000)]
    monkeypatch.setattr(Front, "refreshed", lambda *_: (many, 10_000))
    async with at_home(front) as pilot:
        await pilot.press("end")
        await pilot.pause()
        assert "Library (the newest 1000 of 10000)" in screen_text(pilot.app)
        assert "▸ " in row(pilot, "Problem 999")


async def test_a_folder_that_cannot_be_read_is_a_sentence_and_no_crash(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    async with at_home(Front(Settings(data_dir=tmp_path / "file", theme="dark"))) as pilot:
        assert "! " in "".join(screen_lines(pilot.app)[-4:-1])
        assert str(tmp_path / "file") in status(pilot.app)


@pytest.mark.parametrize("size", [(59, 20), (80, 15)])
async def test_a_window_that_is_too_small_says_what_it_needs(front: Front, size: tuple[int, int]) -> None:
    async with FourstepApp(front).run_test(size=size) as pilot:
        await pilot.pause()
        said = " ".join(screen_text(pilot.app).split())
        assert said == f"60x16 or larger, please. Your text is safe. (now {size[0]}x{size[1]})"


async def test_the_box_with_the_keys_says_so_in_its_title(front: Front, example: Path) -> None:
    async with at_home(front) as pilot:
        assert "▸ Library (1)" in screen_text(pilot.app)


# what the keys do


async def test_n_opens_the_picker(front: Front) -> None:
    async with at_home(front) as pilot:
        await pilot.press("n")
        await until(pilot, lambda: isinstance(pilot.app.screen, PickerScreen))


async def test_enter_on_a_scored_interview_opens_its_scorecard(front: Front, example: Path) -> None:
    async with at_home(front) as pilot:
        await pilot.press("enter")
        await until_shown(pilot, "Scorecard · Video recommendation")


async def test_enter_on_an_ended_interview_scores_it(front: Front, root: Path) -> None:
    folder = kept(root, ADS, "We predict the click of one person on one ad. " * 12)
    async with at_home(front) as pilot:
        await pilot.press("enter")
        await until_shown(pilot, "rather not say")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, ScorecardScreen))
        assert (folder / "scorecards.jsonl").is_file()


@pytest.mark.parametrize("key", ["r", "enter"])
async def test_an_interrupted_interview_goes_on_with_its_draft(front: Front, root: Path, key: str) -> None:
    kept(root, ADS, "We predict a click.", ended=False, draft="half of a thought")
    async with at_home(front) as pilot:
        await pilot.press(key)
        await until_shown(pilot, "We predict a click.", "half of a thought")
        assert isinstance(pilot.app.screen, LiveScreen)
        await pilot.press("ctrl+q")


async def test_r_resumes_the_interrupted_one_under_the_cursor(front: Front, root: Path) -> None:
    kept(root, ADS, "We predict a click.", ended=False)
    kept(root, MODERATION, "We remove what is harmful.", ended=False)
    async with at_home(front) as pilot:
        await pilot.press("down", "r")
        await until_shown(pilot, "We remove what is harmful.")
        await pilot.press("ctrl+q")


@pytest.mark.parametrize("clicked", [False, True])
async def test_v_opens_the_transcript_and_so_does_a_click(front: Front, example: Path, clicked: bool) -> None:
    async with at_home(front) as pilot:
        if clicked:
            lines = screen_lines(pilot.app)
            line = next(number for number, text in enumerate(lines) if "Review transcript" in text)
            await pilot.click(offset=(lines[line].index("Review transcript"), line))
        else:
            await pilot.press("v")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReviewScreen))


async def test_e_writes_the_report_and_says_where(front: Front, example: Path, tmp_path: Path) -> None:
    async with at_home(front) as pilot:
        await pilot.press("e")
        await until_shown(pilot, "Write the report as")
        await pilot.press("down", "down", "enter")
        await until_shown(pilot, "Written to")
        assert status(pilot.app) == f"Written to {tmp_path / EXAMPLE}.md"
        assert (tmp_path / f"{EXAMPLE}.md").read_text().startswith("# Scorecard: Video recommendation")


async def thrown_away(pilot: Pilot[Any]) -> None:
    """Put what is under the cursor into the trash."""
    await pilot.press("delete")
    await until_shown(pilot, "into the trash?")
    await pilot.press("enter")


async def test_what_is_not_confirmed_stays(front: Front, example: Path) -> None:
    async with at_home(front) as pilot:
        await pilot.press("delete")
        await until_shown(pilot, "into the trash?")
        await pilot.press("escape")
        assert example.is_dir()


async def test_an_interview_is_moved_into_the_trash(front: Front, example: Path) -> None:
    async with at_home(front) as pilot:
        await thrown_away(pilot)
        await until_shown(pilot, "in the trash for 30 days; u takes it back until you leave.", "No interviews yet")
        assert not example.exists()


async def test_u_takes_the_last_one_out_of_the_trash_and_it_can_be_opened(front: Front, example: Path) -> None:
    async with at_home(front) as pilot:
        await thrown_away(pilot)
        await until_shown(pilot, "No interviews yet", "Undo")
        await pilot.press("u")
        await until_shown(pilot, "Taken back.", "Video recommendation")
        await pilot.press("enter")
        await until_shown(pilot, "Scorecard ·")


async def test_the_cursor_stays_in_the_library_when_a_row_goes(front: Front, root: Path) -> None:
    kept(root, ADS)
    kept(root, MODERATION)
    async with at_home(front) as pilot:
        await pilot.press("down")
        await thrown_away(pilot)
        await until_shown(pilot, "Library (1)")
        assert current(pilot) == ADS


async def test_an_interview_that_another_process_holds_is_not_thrown_away(front: Front, example: Path) -> None:
    from fourstep.files.store import sole_writer

    with sole_writer(example):
        async with at_home(front) as pilot:
            await thrown_away(pilot)
            await until_shown(pilot, "open in another window")
            assert example.is_dir()


@pytest.mark.parametrize("key", ["q", "ctrl+q"])
async def test_leaving_ends_with_zero(front: Front, key: str) -> None:
    async with at_home(front) as pilot:
        await pilot.press(key)
        await pilot.pause()
        assert pilot.app.return_code == 0


async def test_ctrl_c_leaves_only_when_pressed_twice(front: Front) -> None:
    async with at_home(front) as pilot:
        await pilot.press("ctrl+c")
        assert "Press Ctrl+C again to leave" in screen_text(pilot.app)
        assert pilot.app.return_code is None
        await pilot.press("ctrl+c")
        await pilot.pause()
        assert pilot.app.return_code == 0


async def test_ctrl_s_only_says_that_all_is_saved(front: Front) -> None:
    async with at_home(front) as pilot:
        await pilot.press("ctrl+s")
        assert "Everything is saved all the time" in screen_text(pilot.app)


# the filter


@pytest.fixture
def two(root: Path) -> None:
    """An interview about ads and one about moderation."""
    kept(root, ADS, "We calibrate the probabilities.")
    kept(root, MODERATION, "We ask quick reviewers.")


@pytest.mark.parametrize("words", ["harmful", "QUICK rev"])
async def test_the_library_is_filtered_by_problem_and_by_what_was_said(front: Front, two: None, words: str) -> None:
    async with at_home(front) as pilot:
        await pilot.press("slash", *(letter.replace(" ", "space") for letter in words))
        await until_shown(pilot, "Library (1 of 2)")
        assert row(pilot, "Harmful content")
        assert not row(pilot, "Ad click")


async def test_what_is_typed_into_the_filter_is_seen(front: Front, two: None) -> None:
    async with at_home(front) as pilot:
        await pilot.press("slash", *"quick")
        await until_shown(pilot, "Library (1 of 2)")
        assert any(line.strip() == "quick" for line in screen_lines(pilot.app))


async def test_letters_in_the_filter_are_text_and_no_shortcuts(front: Front, two: None) -> None:
    async with at_home(front) as pilot:
        await pilot.press("slash", *"nrvqusdxe")
        await until_shown(pilot, "Library (0 of 2)", "Esc clears the filter")
        assert isinstance(pilot.app.screen, HomeScreen)
        assert pilot.app.return_code is None


async def test_esc_clears_the_filter_and_goes_back_to_the_list(front: Front, two: None) -> None:
    async with at_home(front) as pilot:
        await pilot.press("slash", *"harm")
        await until_shown(pilot, "1 of 2")
        await pilot.press("escape")
        await until_shown(pilot, "Library (2)")
        await pilot.press("down")
        assert current(pilot) is not None
        assert pilot.app.focused is pilot.app.screen.query_one("#library")


async def test_an_interrupted_interview_stays_on_top_of_a_filtered_library(front: Front, root: Path, two: None) -> None:
    kept(root, "20261118-video_recommendation-fff000", "So.", ended=False)
    async with at_home(front) as pilot:
        await pilot.press("slash", *"harm")
        await until_shown(pilot, "1 of 3")
        assert "Interrupted interview" in screen_text(pilot.app)


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        ("2026-11-21T08:12:00+00:00", "Today 08:12"),
        ("2026-11-20T23:59:00+00:00", "Yesterday"),
        ("2026-11-12T08:12:00+00:00", "12 Nov"),
        ("2025-11-12T08:12:00+00:00", "12 Nov 2025"),
    ],
)
def test_days_are_called_as_people_call_them(moment: str, text: str) -> None:
    assert day_text(datetime.fromisoformat(moment), datetime(2026, 11, 21, 9, tzinfo=UTC)) == text


async def test_x_opens_the_example_which_is_nobodys_own(front: Front) -> None:
    async with at_home(front) as pilot:
        await pilot.press("x")
        await until(pilot, lambda: isinstance(pilot.app.screen, ScorecardScreen))
        await pilot.press("escape")
        await until_shown(pilot, "No interviews yet.")


async def test_keys_typed_before_the_screen_that_was_asked_for_do_nothing_on_home(
    front: Front, example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, there = front.program(), threading.Event()
    held = program.held

    def slowly(folder: Path) -> Held:
        there.wait(10)
        return held(folder)

    monkeypatch.setattr(program, "held", slowly)
    app = FourstepApp(front, lambda app: app.open_held(EXAMPLE, app.open_review))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("s", "p", "n")
        there.set()
        await until(pilot, lambda: isinstance(app.screen, ReviewScreen))
        assert len(app.screen_stack) == 2
