"""The design pad line by line."""

import io
import signal
from pathlib import Path

import pytest

from fourstep.files.draft import read_pad
from fourstep.files.log import TranscriptLog
from fourstep.plain import session
from fourstep.plain.session import PlainSession, Stopped
from fourstep.problem import Problem
from fourstep.rubric import Rubric
from fourstep.transcript.events import PadSaved
from fourstep.transcript.transcript import transcript_of
from fourstep.wiring.live import Live
from tests.interviews import Desk

DRAWN = "[client]   ->   [feed]\n                  v\n               [ranker]"


@pytest.fixture
def live(desk: Desk, tmp_path: Path) -> Live:
    return Live(desk.interview, TranscriptLog(tmp_path), desk.interview.agenda.problem, desk.started)


@pytest.fixture
def hold(live: Live, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """Hold the interview over these lines of a pipe; returns what was printed."""

    def held(typed: str) -> str:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        monkeypatch.setattr(session, "is_terminal", lambda: False)
        PlainSession(live, None).run()
        return "".join(capsys.readouterr())

    return held


def pads(live: Live) -> list[str]:
    return [turn.pad for turn in transcript_of(live.interview.state.events).candidate_turns]


def test_lines_behind_the_command_are_on_the_pad_and_go_with_the_next_answer(hold, live: Live) -> None:
    printed = hold(f"/pad\n{DRAWN}\n\nAs drawn.\n\nIt stays so.\n\n/end\n")
    assert "The design pad is empty." in printed
    assert pads(live) == [DRAWN, ""]


def test_the_command_alone_shows_the_pad_as_it_was_drawn(hold, live: Live) -> None:
    printed = hold(f"/pad\n{DRAWN}\n\n/pad\n\n/end\n")
    assert f"On the design pad:\n{DRAWN}\n" in printed
    assert [event.text for event in live.interview.state.events if isinstance(event, PadSaved)] == [DRAWN]


def test_it_is_on_the_disk(hold, live: Live) -> None:
    hold(f"/pad\n{DRAWN}\n\n/end\n")
    assert read_pad(live.log.folder) == DRAWN


def test_what_is_being_drawn_when_the_program_is_stopped_is_kept(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    class Cut(io.StringIO):
        def readline(self, size: int | None = -1) -> str:
            line = super().readline()
            if not line:
                raise Stopped(128 + signal.SIGTERM)
            return line

    monkeypatch.setattr("sys.stdin", Cut("/pad\n[client]\n"))
    monkeypatch.setattr(session, "is_terminal", lambda: False)
    with pytest.raises(Stopped):
        PlainSession(live, None).run()
    assert read_pad(live.log.folder) == "[client]"
    assert live.interview.state.pad == "[client]"


def test_what_was_on_it_is_shown_when_an_interview_goes_on(
    rubric: Rubric, problem: Problem, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    desk.start()
    again = Desk(rubric, problem, events=tuple(desk.log.events))
    live = Live(again.interview, TranscriptLog(tmp_path), problem, None, pad=DRAWN)
    monkeypatch.setattr("sys.stdin", io.StringIO("As drawn.\n\n/end\n"))
    monkeypatch.setattr(session, "is_terminal", lambda: False)
    PlainSession(live, None).run()
    assert f"On the design pad:\n{DRAWN}\n" in capsys.readouterr().out
    assert pads(live) == [DRAWN]
