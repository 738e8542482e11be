"""A session over lines, with a model that fails."""

import io
import threading
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from fourstep.errors import UnreachableError
from fourstep.files.log import TranscriptLog
from fourstep.interview.brain import Interviewer
from fourstep.interview.moves import Move
from fourstep.interview.state import State
from fourstep.offline.interviewer import OfflineInterviewer
from fourstep.plain import session
from fourstep.plain.background import Background
from fourstep.plain.session import PlainSession, Stopped
from fourstep.problem import Problem
from fourstep.rubric import Rubric
from fourstep.transcript.events import Brain
from fourstep.wiring.live import Live
from tests.interviews import Desk

ANSWER = "Which goal is it? I would take the share of parcels that are late."


class Failing(Interviewer):
    """A model that speaks in the offline words, or breaks off."""

    kind: Brain = "model"

    def __init__(self, rubric: Rubric, problem: Problem) -> None:
        self.fails: set[int] = set()
        """The times that it breaks off, of those that it is asked to speak."""
        self.before: Callable[[], object] = lambda: None
        """What happens before it speaks."""
        self._words = OfflineInterviewer(rubric, problem)
        self._asked = 0

    async def say(self, move: Move, state: State) -> AsyncIterator[str]:
        self._asked += 1
        self.before()
        if self._asked in self.fails:
            yield "Half a"
            raise UnreachableError("The server is gone.", "Start it.")
        async for piece in self._words.say(move, state):
            yield piece


class Sessions:
    """Holds interviews over lines, each to the end of what is typed."""

    def __init__(self, desk: Desk, live: Live, patch: pytest.MonkeyPatch, printed: pytest.CaptureFixture[str]) -> None:
        self.interview = desk.interview
        self.live = live
        self._patch = patch
        self._printed = printed
        self.text = ""
        """Everything that was printed."""

    def hold(self, typed: str, *, terminal: bool) -> None:
        self._patch.setattr("sys.stdin", io.StringIO(typed))
        self._patch.setattr(session, "is_terminal", lambda: terminal)
        PlainSession(self.live, "qwen3", " --data-dir here").run()
        self.text = self.printed()

    def printed(self) -> str:
        """What was printed since this was last asked."""
        return "".join(self._printed.readouterr())


@pytest.fixture
def failing(rubric: Rubric, problem: Problem) -> Failing:
    return Failing(rubric, problem)


@pytest.fixture
def sessions(
    failing: Failing,
    rubric: Rubric,
    problem: Problem,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Sessions:
    desk = Desk(rubric, problem, interviewer=failing)
    live = Live(desk.interview, TranscriptLog(tmp_path), problem, desk.started)
    return Sessions(desk, live, monkeypatch, capsys)


def test_the_first_line_names_the_model(sessions: Sessions) -> None:
    sessions.hold("/end\n", terminal=False)
    assert "interviewer qwen3." in sessions.text.splitlines()[0]


def test_a_script_gets_through_a_failure_that_passes(sessions: Sessions, failing: Failing) -> None:
    failing.fails = {2}
    sessions.hold(f"{ANSWER}\n\n/end\n", terminal=False)
    assert "The server is gone. Start it." in sessions.text
    assert sessions.text.count("Trying once more.") == 1
    assert sessions.interview.brain == "model"
    assert sessions.interview.state.turns[-1].speaker == "interviewer"


@pytest.mark.parametrize("first", [1, 2])
def test_a_script_goes_on_offline_when_the_model_stays_away(sessions: Sessions, failing: Failing, first: int) -> None:
    failing.fails = {first, first + 1}
    sessions.hold(f"{ANSWER}\n\n/end\n", terminal=False)
    assert "Going on without a model" in sessions.text
    assert sessions.interview.brain == "offline"
    assert [turn.speaker for turn in sessions.interview.state.turns] == ["interviewer", "candidate", "interviewer"]


def test_at_a_terminal_a_failure_waits_for_a_choice_and_the_clock_stands(sessions: Sessions, failing: Failing) -> None:
    failing.fails = {2, 3}
    sessions.hold(f"{ANSWER}\n.\n/again\n/again\n/end\n", terminal=True)
    assert sessions.text.count("What was said is kept.") == 2
    assert "Half a" not in sessions.text
    assert sessions.text.count("Interviewer: ") == 2
    assert sessions.interview.state.paused


def test_the_clock_runs_with_the_next_answer(sessions: Sessions, failing: Failing) -> None:
    failing.fails = {2}
    sessions.hold(f"{ANSWER}\n.\n{ANSWER}\n.\n/end\n", terminal=True)
    assert not sessions.interview.state.paused


def test_a_failed_opening_starts_no_clock(sessions: Sessions, failing: Failing) -> None:
    failing.fails = {1}
    sessions.hold("/again\n/end\n", terminal=True)
    assert sessions.text.count("Interviewer: ") == 1
    assert not sessions.interview.running


def test_offline_says_what_is_owed_and_no_more(sessions: Sessions, failing: Failing) -> None:
    failing.fails = {2}
    sessions.hold(f"{ANSWER}\n.\n/offline\n/offline\n/end\n", terminal=True)
    assert sessions.text.count("Interviewer: ") == 2
    assert "The interviewer is offline already." in sessions.text


def test_what_is_waited_for_is_told(sessions: Sessions, failing: Failing) -> None:
    failing.before = lambda: sessions.live.ear.hear("The server is busy. Trying again in 3 s (1 of 2).")
    sessions.hold("/end\n", terminal=False)
    assert "Trying again in 3 s (1 of 2)." in sessions.text


def test_long_waits_are_told_and_are_not_the_candidates_time(
    sessions: Sessions, failing: Failing, monkeypatch: pytest.MonkeyPatch
) -> None:
    interview, held, running, before = sessions.interview, threading.Semaphore(0), list[bool](), list[bool]()
    hold_clock = interview.hold_clock

    def holding() -> None:
        before.append(interview.running)
        hold_clock()
        held.release()

    def late() -> None:
        assert held.acquire(timeout=10)
        assert held.acquire(timeout=10)
        running.append(interview.running)

    monkeypatch.setattr(session, "Background", partial(Background, waits=(0.0, 0.0)))
    monkeypatch.setattr(interview, "hold_clock", holding)
    failing.before = late
    sessions.hold("/repeat\n/end\n", terminal=False)
    assert sessions.text.count("Waiting for the interviewer.") == 4
    assert running == [False, False]
    assert before[2], "after the first reply the clock ran again"


@pytest.fixture
def resumed(sessions: Sessions) -> Sessions:
    """The interview after it was left, to be taken up again."""
    with pytest.raises(Stopped):
        sessions.hold(f"{ANSWER}\n\n/pause\n", terminal=False)
    sessions.live = replace(sessions.live, started=None)
    return sessions


@pytest.mark.parametrize("terminal", [True, False])
def test_pause_leaves_and_says_how_to_go_on(sessions: Sessions, terminal: bool) -> None:
    with pytest.raises(Stopped) as left:
        sessions.hold("/pause\n", terminal=terminal)
    assert left.value.code == 0
    assert sessions.interview.state.paused
    assert " --data-dir here" in sessions.printed()


def test_the_end_of_input_leaves_what_was_only_looked_at_as_it_was(resumed: Sessions) -> None:
    with pytest.raises(Stopped) as left:
        resumed.hold("/time\n", terminal=False)
    assert left.value.code == 0
    assert resumed.interview.state.paused
    assert not resumed.interview.over
    assert "Paused, 45:00 left. Resume with: fourstep resume" in resumed.printed()


@pytest.mark.parametrize("draft", ["", "Half an answer."])
def test_the_end_of_input_ends_what_was_gone_on_with(resumed: Sessions, draft: str) -> None:
    resumed.live = replace(resumed.live, draft=draft)
    resumed.hold("" if draft else f"{ANSWER}\n", terminal=False)
    assert resumed.interview.over
