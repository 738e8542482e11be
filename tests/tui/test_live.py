"""The live interview on screen: sending, waiting, stopping, hints, steps, commands, the clock, going on."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from fourstep.problem import Problem
from fourstep.rubric import Rubric
from fourstep.transcript.events import CutOff, Ended, Extended, HintGiven, Nudged, Paused, Withdrawn
from fourstep.tui.commands import COMMANDS
from fourstep.tui.screens import timed
from fourstep.tui.screens.confirm import Confirm
from fourstep.tui.screens.help import HelpScreen
from fourstep.tui.widgets.keyline import keys_of
from tests.tui.live_app import Sitting

MINUTE = 60.0
Effect = Callable[[Sitting], object]
Situation = Callable[[Sitting], Awaitable[None]]


@pytest.fixture
def sitting(rubric: Rubric, problem: Problem, tmp_path: Path) -> Sitting:
    """An interview that is about to be opened."""
    return Sitting(rubric, problem, tmp_path / "data")


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The screen looks at the clock all the time."""
    monkeypatch.setattr(timed, "BEAT", 0.04)


@pytest.fixture
async def yours(sitting: Sitting) -> AsyncIterator[Sitting]:
    """An interview in which it is the candidate's turn."""
    async with sitting.opened():
        yield sitting


@pytest.fixture
async def waiting(yours: Sitting) -> Sitting:
    """One in which an answer waits for the first word of its reply."""
    yours.told.slow = True
    await yours.send("My answer")
    await yours.until(lambda: yours.told.asked)
    return yours


@pytest.fixture
async def speaking(waiting: Sitting) -> Sitting:
    """One in which the interviewer is in the middle of a message."""
    await waiting.hear("Half a question")
    return waiting


# situations


def _asks(sitting: Sitting) -> bool:
    return isinstance(sitting.app.screen, Confirm)


async def _on_ones_turn(sitting: Sitting) -> None:
    await sitting.write("a draft")


async def _in_the_middle_of_a_message(sitting: Sitting) -> None:
    sitting.told.slow = True
    await sitting.send("My answer")
    await sitting.hear("Half a question")


async def _stopped(sitting: Sitting) -> None:
    await sitting.press("escape")
    await sitting.until_said("Ctrl+R")
    sitting.told.slow = False


async def _cut_off(sitting: Sitting) -> None:
    await _in_the_middle_of_a_message(sitting)
    await _stopped(sitting)


async def _far_down(sitting: Sitting) -> None:
    await sitting.hold("\n".join(f"line {number}" for number in range(60)))


async def _over(sitting: Sitting) -> None:
    await sitting.command("end")
    await sitting.until_asked("End the interview")
    await sitting.press("enter")
    await sitting.until(lambda: sitting.screen.stage == "over")


# sending


@pytest.mark.parametrize("key", ["ctrl+j", "f2", "ctrl+enter"])
async def test_enter_makes_a_line_and_the_sending_keys_send(yours: Sitting, key: str) -> None:
    await yours.send_bytes("one\rtwo")
    await yours.press(key)
    await yours.until(lambda: yours.answers and not yours.composer.text)
    assert yours.answers == ["one\ntwo"]


async def test_enter_sends_where_it_is_set_so(rubric: Rubric, problem: Problem, tmp_path: Path) -> None:
    sitting = Sitting(rubric, problem, tmp_path, enter_sends=True)
    async with sitting.opened():
        await sitting.send_bytes("one\n")
        await sitting.send_bytes("two\r")
        await sitting.until(lambda: sitting.answers)
        assert sitting.answers == ["one\ntwo"]


async def test_two_slashes_send_a_text_that_begins_with_one(yours: Sitting) -> None:
    await yours.send("//etc/hosts is a file")
    await yours.until(lambda: yours.answers)
    assert yours.answers == ["/etc/hosts is a file"]
    assert yours.composer.text == ""


async def test_an_answer_stays_in_the_box_until_it_is_in_the_log(yours: Sitting) -> None:
    yours.log.ready.clear()
    await yours.send_bytes("My answer\n")
    await yours.until(lambda: yours.screen._sending)
    await yours.send_bytes(" and more")
    await yours.until(lambda: yours.composer.text == "My answer and more")
    yours.log.ready.set()
    await yours.until(lambda: yours.composer.text == "and more")
    assert yours.answers == ["My answer"]


async def test_letters_typed_beside_the_box_land_in_it(yours: Sitting) -> None:
    await yours.write("begun ")
    yours.page.focus()
    await yours.until(lambda: yours.page.has_focus)
    await yours.press(*"here")
    await yours.until(lambda: yours.composer.has_focus)
    assert yours.composer.text == "begun here"


async def test_letters_typed_beside_the_box_in_one_burst_keep_their_order(yours: Sitting) -> None:
    letters = "the quick brown fox jumps over the lazy dog"
    yours.page.focus()
    await yours.until(lambda: yours.page.has_focus)
    await yours.send_bytes(letters)
    await yours.until(lambda: len(yours.composer.text) == len(letters))
    assert yours.composer.text == letters


# while the interviewer is at it


async def test_an_answer_sent_while_the_interviewer_speaks_follows_the_reply(speaking: Sitting) -> None:
    await speaking.send("One more thing")
    await speaking.until_said("1 answer waits")
    assert speaking.answers == ["My answer"]
    speaking.told.slow = False
    await speaking.hear_out()
    await speaking.until(lambda: len(speaking.answers) == 2)
    assert [turn.text for turn in speaking.interview.state.turns][-3:-1] == ["Half a question", "One more thing"]


async def test_an_answer_sent_during_the_opening_follows_it(sitting: Sitting) -> None:
    sitting.told.slow = True
    async with sitting.opened(to="waiting"):
        await sitting.until(lambda: sitting.told.asked)
        await sitting.send("An early answer")
        sitting.told.slow = False
        sitting.told.finish()
        await sitting.until_settled()
        assert sitting.answers == ["An early answer"]


async def test_an_answer_sent_while_the_reply_that_was_owed_comes_follows_it(sitting: Sitting, tmp_path: Path) -> None:
    async with sitting.opened():
        sitting.told.slow = True
        await sitting.send("My answer")
        await sitting.until(lambda: sitting.told.asked)
        killed = sitting.killed(tmp_path / "killed")
    killed.told.slow = True
    async with killed.opened(to="waiting"):
        await killed.until(lambda: killed.told.asked)
        await killed.send("And this")
        killed.told.slow = False
        killed.told.finish()
        await killed.until_settled()
        assert killed.answers == ["My answer", "And this"]


async def test_two_answers_that_wait_are_sent_as_one_in_their_order(speaking: Sitting) -> None:
    await speaking.send("First")
    await speaking.send("Second")
    speaking.told.slow = False
    await speaking.hear_out()
    await speaking.until(lambda: len(speaking.answers) == 2)
    assert speaking.answers[-1] == "First\n\nSecond"


async def test_esc_before_the_first_word_takes_the_answer_back(waiting: Sitting) -> None:
    await waiting.press("escape")
    await waiting.until(lambda: waiting.composer.text == "My answer")
    assert waiting.answers == []
    assert "My answer" not in waiting.conversation
    assert len(waiting.logged(Withdrawn)) == 1


async def test_after_taking_an_answer_back_another_one_can_be_sent(waiting: Sitting) -> None:
    await waiting.press("escape")
    await waiting.until_said("Taken back")
    waiting.told.slow = False
    await waiting.send(" mended")
    await waiting.until(lambda: waiting.answers)
    assert waiting.answers == ["My answer mended"]


async def test_esc_while_the_interviewer_speaks_keeps_what_arrived(speaking: Sitting) -> None:
    await speaking.press("escape")
    await speaking.until_said("cut off")
    await speaking.until(lambda: speaking.screen.stage == "yours")
    assert [event.text for event in speaking.logged(CutOff)] == ["Half a question"]
    assert "(cut off)\nHalf a question" in speaking.conversation
    assert speaking.answers == ["My answer"]


async def test_ctrl_r_says_what_was_cut_off_again(speaking: Sitting) -> None:
    await speaking.press("escape")
    await speaking.until_said("Ctrl+R")
    speaking.told.slow = False
    await speaking.press("ctrl+r")
    await speaking.until(lambda: "Question 3?" in speaking.conversation)
    assert speaking.told.moves[-1] == speaking.told.moves[-2]


async def test_esc_on_ones_own_turn_changes_nothing(yours: Sitting) -> None:
    await yours.write("Half an answer")
    before = (yours.status, yours.conversation, len(yours.interview.state.events))
    await yours.press("escape")
    assert (yours.status, yours.conversation, len(yours.interview.state.events)) == before
    assert yours.composer.text == "Half an answer"
    assert yours.app.screen is yours.screen


async def test_esc_before_the_first_word_of_the_opening_takes_nothing_back(sitting: Sitting) -> None:
    sitting.told.slow = True
    async with sitting.opened(to="waiting"):
        await sitting.until(lambda: sitting.told.asked)
        await sitting.press("escape")
        await sitting.pilot.pause()
        assert "Taken back" not in sitting.status


async def test_esc_shows_the_rest_of_a_reply_that_only_appears(
    rubric: Rubric, problem: Problem, tmp_path: Path
) -> None:
    sitting = Sitting(rubric, problem, tmp_path, motion=True)
    words = " ".join(f"word{number}" for number in range(200))
    async with sitting.opened():
        sitting.told.slow = True
        await sitting.send("My answer")
        await sitting.until(lambda: sitting.told.asked)
        sitting.told.tell(words)
        sitting.told.finish()
        await sitting.until(lambda: "word1 " in sitting.conversation and not sitting.screen._streaming)
        await sitting.press("escape")
        await sitting.until(lambda: sitting.screen.stage == "yours")
        assert words in sitting.conversation
        assert not sitting.logged(CutOff)


async def test_nothing_is_said_after_the_farewell(rubric: Rubric, problem: Problem, tmp_path: Path) -> None:
    sitting = Sitting(rubric, problem, tmp_path, motion=True)
    async with sitting.opened():
        sitting.told.slow = True
        sitting.seconds = 46 * MINUTE
        await sitting.send("My answer")
        await sitting.until(lambda: sitting.told.asked)
        sitting.told.tell(" ".join(f"word{number}" for number in range(200)))
        sitting.told.finish()
        await sitting.until(lambda: sitting.interview.over)
        await sitting.send_bytes("Too late\n")
        await sitting.until(lambda: not sitting.composer._armed)
        await sitting.pilot.pause()
        assert isinstance(sitting.interview.state.events[-1], Ended)


# what can be asked for


async def test_a_hint_is_given_after_asking_and_noted(yours: Sitting) -> None:
    await yours.press("f8")
    await yours.until_asked("Use hint 1 of 6? It is noted in the transcript.")
    await yours.press("enter")
    await yours.until(lambda: yours.logged(HintGiven))
    await yours.until_shown("hints 1 of 6")


async def test_no_hint_is_given_when_the_question_is_answered_with_no(yours: Sitting) -> None:
    await yours.press("f8")
    await yours.until_asked()
    await yours.press("escape")
    await yours.until(lambda: yours.app.screen is yours.screen)
    assert yours.logged(HintGiven) == []


async def test_where_no_hint_is_left_that_is_said(rubric: Rubric, problem: Problem, tmp_path: Path) -> None:
    sitting = Sitting(rubric, problem, tmp_path, hints=0)
    async with sitting.opened():
        await sitting.press("f8")
        await sitting.until_said("No hint is left")
        assert sitting.app.screen is sitting.screen


@pytest.mark.parametrize(
    ("seconds", "draft", "question"),
    [
        (5 * MINUTE, "", ""),
        (1 * MINUTE, "", "Less than half of this step's time is used."),
        (5 * MINUTE, "Half an answer", "Your answer is not sent yet."),
    ],
    ids=["late and nothing unsent", "early", "with a draft"],
)
async def test_the_next_step_asks_only_where_something_is_left_behind(
    yours: Sitting, seconds: float, draft: str, question: str
) -> None:
    yours.seconds = seconds
    await yours.write(draft)
    await yours.press("f9")
    if question:
        await yours.until_asked(question)
        await yours.press("enter")
    await yours.until(lambda: yours.interview.state.step == "data")
    assert yours.composer.text == draft


async def test_in_the_last_step_the_key_for_the_next_one_asks_for_the_end(yours: Sitting) -> None:
    for step in ("data", "model", "serve"):
        await yours.press("f9")
        await yours.until_asked("Go to the next step?")
        await yours.press("enter")
        await yours.until(lambda step=step: yours.interview.state.step == step and yours.screen.stage == "yours")
    await yours.press("f9")
    await yours.until_asked("This is the last step. Go on to your own questions?")
    await yours.press("enter")
    await yours.until(lambda: yours.interview.state.closing and yours.screen.stage == "yours")
    await yours.write("Wait")
    await yours.press("f9")
    await yours.until_asked("Come to the end of the interview?")


async def test_what_is_asked_for_while_the_interviewer_speaks_waits_for_its_end(speaking: Sitting) -> None:
    await speaking.command("repeat")
    await speaking.until_said("is speaking")
    assert len(speaking.told.moves) == 2


# commands


def _repeats(sitting: Sitting) -> bool:
    return sitting.told.moves[-1].kind == "repeat"


EFFECTS: dict[str, Effect] = {
    "hint": _asks,
    "repeat": _repeats,
    "next": _asks,
    "back": lambda sitting: sitting.composer.text == "My answer" and not sitting.answers,
    "again": lambda sitting: sitting.told.moves[-1] == sitting.told.moves[-2],
    "time": lambda sitting: "left of" not in sitting.title,
    "more": lambda sitting: sitting.logged(Extended) and "left of 50:00" in sitting.title,
    "pad": lambda sitting: sitting.pad.has_focus,
    "edit": lambda sitting: sitting.composer.text == "written elsewhere",
    "copy": lambda sitting: sitting.status == "copied: Question 2?",
    "enter-sends": lambda sitting: sitting.composer.enter_sends and "Enter or F2 sends" in sitting.rows[-3],
    "offline": lambda sitting: "offline already" in sitting.status,
    "pause": lambda sitting: sitting.logged(Paused),
    "end": _asks,
    "help": lambda sitting: isinstance(sitting.app.screen, HelpScreen),
}
"""What is to be seen after each command."""


@pytest.fixture
def outside(yours: Sitting, monkeypatch: pytest.MonkeyPatch) -> None:
    """An editor and a clipboard."""

    async def edited(text: str) -> str:
        return f"{text}written elsewhere"

    monkeypatch.setattr(yours.app, "edited", edited)
    monkeypatch.setattr(yours.app, "copy", lambda text: yours.app.say(f"copied: {text}"))


def test_every_command_is_tried() -> None:
    assert set(EFFECTS) == set(COMMANDS)


@pytest.mark.usefixtures("outside")
@pytest.mark.parametrize("name", EFFECTS)
async def test_a_command_does_what_it_says_and_leaves_the_box(yours: Sitting, name: str) -> None:
    await (_cut_off(yours) if name == "again" else yours.hold("My answer"))
    await yours.command(name)
    await yours.until(lambda: EFFECTS[name](yours))
    assert f"/{name}" not in yours.composer.text


async def test_a_command_with_nothing_to_do_does_not_go_without_a_word(yours: Sitting) -> None:
    before = yours.status
    await yours.command("again")
    await yours.until(lambda: not yours.composer.text)
    await yours.pilot.pause()
    assert yours.status != before or len(yours.told.moves) > 1


async def test_an_unknown_command_is_said_and_stays_in_the_box(yours: Sitting) -> None:
    await yours.command("foo")
    await yours.until_said("No command /foo. Start with // to send it as text.")
    assert yours.composer.text == "/foo"


async def test_the_clock_is_shown_again_when_it_is_asked_for(yours: Sitting) -> None:
    await yours.command("time")
    await yours.until(lambda: "left of" not in yours.title)
    await yours.command("time")
    await yours.until(lambda: "left of" in yours.title)


async def test_the_end_is_the_end(yours: Sitting) -> None:
    await yours.command("end")
    await yours.until_asked()
    await yours.press("enter")
    await yours.until_said("The interview is over. Enter shows your scorecard.")
    await yours.send_bytes("too late\n")
    assert [event.why for event in yours.logged(Ended)] == ["candidate"]
    assert yours.answers == []


# N15: the key line

KEYS_SHOWN: dict[str, tuple[Situation, tuple[str, ...], Effect]] = {
    "Send": (_on_ones_turn, ("ctrl+j", "f2"), lambda sitting: sitting.answers == ["a draft"]),
    "Read back": (_far_down, ("pageup",), lambda sitting: not sitting.page.following),
    "Scorecard": (_over, ("enter",), lambda sitting: sitting.status == "scored"),
    "Pad": (_on_ones_turn, ("f4",), lambda sitting: sitting.pad.has_focus),
    "Hint": (_on_ones_turn, ("f8",), _asks),
    "Next step": (_on_ones_turn, ("f9",), _asks),
    "Editor": (_on_ones_turn, ("ctrl+g",), lambda sitting: sitting.composer.text == "a draftwritten elsewhere"),
    "Stop": (_in_the_middle_of_a_message, ("escape",), lambda sitting: sitting.logged(CutOff)),
    "Again": (_cut_off, ("ctrl+r",), lambda sitting: "Question 3?" in sitting.conversation),
    "Quit": (_on_ones_turn, ("ctrl+q",), lambda sitting: "Paused" in sitting.app.last_line),
    "Help": (_on_ones_turn, ("f1",), lambda sitting: isinstance(sitting.app.screen, HelpScreen)),
}
"""By the word on the key line: when it is tried, with which keys, and what is to be seen then."""


async def test_every_key_of_the_key_line_is_tried(yours: Sitting) -> None:
    shown: set[str] = set()
    for situation in (_in_the_middle_of_a_message, _stopped, _over):
        await situation(yours)
        shown |= {binding.description for _, binding in keys_of(yours.screen)}
    assert shown == set(KEYS_SHOWN)


@pytest.mark.usefixtures("outside")
@pytest.mark.parametrize(("word", "key"), [(word, key) for word, (_, keys, _) in KEYS_SHOWN.items() for key in keys])
async def test_a_key_of_the_key_line_does_what_it_says(
    yours: Sitting, word: str, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yours.app, "score_live", lambda _: yours.app.say("scored"))
    before, _, seen = KEYS_SHOWN[word]
    await before(yours)
    await yours.until(lambda: word in yours.rows[-1])
    await yours.press(key)
    await yours.until(lambda: seen(yours))


# the clock


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (40 * MINUTE, "5 minutes left."),
        (44 * MINUTE, "1 minute left."),
        (8 * MINUTE, "The time for this step is used. The interviewer moves on after this answer."),
    ],
    ids=["five minutes", "one minute", "the step's time"],
)
async def test_the_time_is_announced(yours: Sitting, seconds: float, said: str) -> None:
    yours.seconds = seconds
    await yours.until(lambda: yours.status == said)
    assert yours.app.screen is yours.screen


@pytest.mark.usefixtures("quick")
async def test_when_the_time_is_up_two_minutes_are_left_for_the_draft(yours: Sitting) -> None:
    await yours.write("three more words")
    yours.seconds = 45 * MINUTE + 30
    await yours.until(lambda: yours.screen.query_one("#time-up").display)
    await yours.until_shown("You have 1:30 to finish this answer; your unsent draft has 3 words.")
    await yours.send_bytes("!")
    await yours.until(lambda: yours.composer.text == "three more words!")


async def test_two_minutes_after_the_time_the_draft_is_the_last_answer(yours: Sitting) -> None:
    await yours.write("my last words ")
    yours.seconds = 47 * MINUTE
    await yours.until(lambda: yours.screen.stage == "over")
    assert yours.answers == ["my last words"]
    assert [event.why for event in yours.logged(Ended)] == ["time"]


@pytest.mark.usefixtures("quick")
async def test_two_minutes_after_the_time_it_ends_without_a_draft_too(yours: Sitting) -> None:
    yours.seconds = 47 * MINUTE
    await yours.until(lambda: yours.screen.stage == "over")
    assert yours.answers == []
    assert [event.why for event in yours.logged(Ended)] == ["time"]


@pytest.mark.usefixtures("quick")
async def test_five_minutes_more_take_the_card_away(yours: Sitting) -> None:
    yours.seconds = 45 * MINUTE + 30
    card = yours.screen.query_one("#time-up")
    await yours.until(lambda: card.display)
    await yours.command("more")
    await yours.until(lambda: not card.display)
    assert [event.minutes for event in yours.logged(Extended)] == [5]


@pytest.fixture
def silent(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Lets so many seconds go by without a key."""
    now = [1000.0]
    monkeypatch.setattr(timed, "time", SimpleNamespace(monotonic=lambda: now[0]))

    def go_by(seconds: float) -> None:
        now[0] += seconds

    return go_by


@pytest.mark.usefixtures("quick")
async def test_a_long_silence_is_broken_once(silent: Callable[[float], None], sitting: Sitting) -> None:
    async with sitting.opened():
        silent(181)
        await sitting.until(lambda: sitting.logged(Nudged))
        await sitting.until_said("Your turn")
        silent(181)
        await sitting.until_beats(3)
        assert len(sitting.logged(Nudged)) == 1


@pytest.mark.usefixtures("quick")
async def test_who_has_begun_an_answer_is_not_disturbed(silent: Callable[[float], None], sitting: Sitting) -> None:
    async with sitting.opened():
        await sitting.write("I think")
        silent(181)
        await sitting.until_beats(3)
        assert sitting.logged(Nudged) == []


# pausing, leaving, going on


async def test_a_pause_lasts_until_the_next_key(yours: Sitting) -> None:
    for _ in range(5):
        before = len(yours.logged(Paused))
        await yours.command("pause")
        await yours.until(lambda before=before: len(yours.logged(Paused)) > before)
        await yours.pilot.pause()
        assert not yours.interview.running
        await yours.press("x", "backspace")
        await yours.until(lambda: yours.interview.running and not yours.composer.text)


async def test_leaving_pauses_and_says_how_to_go_on(yours: Sitting) -> None:
    yours.seconds = 60
    await yours.press("ctrl+q")
    await yours.until(lambda: yours.app.last_line)
    assert yours.app.last_line == "Paused, 44:00 left. Resume with: fourstep resume abc123"
    assert isinstance(yours.interview.state.events[-1], Paused)


async def test_leaving_in_the_middle_of_a_message_keeps_what_arrived(speaking: Sitting) -> None:
    await speaking.press("ctrl+q")
    await speaking.until(lambda: speaking.app.last_line)
    assert [event.kind for event in speaking.interview.state.events[-2:]] == ["cut_off", "paused"]


async def test_an_interview_that_is_gone_on_with_shows_its_draft_and_waits_for_a_key(sitting: Sitting) -> None:
    async with sitting.opened():
        await sitting.hold("My answer")
        sitting.seconds = 100
        await sitting.write("Half an answer")
    later = sitting.later()
    async with later.opened():
        await later.pilot.pause()
        assert later.status.startswith("Welcome back. The clock starts when you press a key.")
        assert later.composer.text == "Half an answer"
        assert "My answer" in later.conversation
        assert not later.interview.running


async def test_the_clock_of_a_paused_interview_starts_with_the_first_key(sitting: Sitting) -> None:
    async with sitting.opened():
        sitting.seconds = 100
    later = sitting.later()
    async with later.opened():
        later.seconds = 50
        await later.press("a")
        await later.until(lambda: later.interview.running)
        later.seconds = 60
        assert later.interview.elapsed == 110


async def test_the_clock_of_a_killed_interview_starts_with_the_first_key(sitting: Sitting, tmp_path: Path) -> None:
    async with sitting.opened():
        await sitting.hold("My answer")
        killed = sitting.killed(tmp_path / "killed")
    async with killed.opened():
        await killed.press("a")
        await killed.until_said("Your turn")
        killed.seconds = 10
        assert killed.interview.elapsed == 10


async def test_a_reply_that_was_owed_comes_when_the_interview_is_gone_on_with(sitting: Sitting, tmp_path: Path) -> None:
    async with sitting.opened():
        sitting.told.slow = True
        await sitting.send("My answer")
        await sitting.until(lambda: sitting.told.asked)
        killed = sitting.killed(tmp_path / "killed")
    async with killed.opened():
        assert killed.conversation.splitlines()[-1] == "Question 1?"
        assert killed.answers == ["My answer"]
