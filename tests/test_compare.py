"""`fourstep score` by a model over HTTP, and `fourstep compare` of what came of it."""

import asyncio
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from fourstep.cli import main
from fourstep.files.content import Library, LoadedRubric
from fourstep.files.log import TranscriptLog
from fourstep.interview.fork import forked
from fourstep.interview.timing import plan
from fourstep.problem import Problem
from fourstep.report.comparison import kinship_text
from fourstep.rubric import Rubric
from tests.interviews import START, Desk, collect
from tests.model_server import ModelServer, Reply, serving

ID = "20261121-ad_click_prediction-abc123"
CONTRADICTIONS = 1
"""The call that looks for them, of the first model alone."""
ANSWER = "I would keep the clicks as positives, and views without a click within the hour as negatives. " * 8


def reply_to(request: dict[str, Any], level: str = "missing") -> str:
    """A verdict that agrees with itself on whatever is asked; no contradictions."""
    task = request["messages"][1]["content"].rpartition("</transcript-")[2]
    met = "no" if level == "missing" else "yes"
    quote = [] if level == "missing" else [{"turn": "C2", "quote": "I would keep the clicks as positives"}]
    verdicts = [
        {
            "criterion": asked["criterion"],
            "evidence": quote,
            "counter_evidence": [],
            "checks": [{"check": check["check"], "met": met} for check in asked["checks"]],
            "raised_by": "candidate",
            "why_not_higher": "It was not said.",
            "level": level,
            "confidence": "high",
        }
        for asked in (json.loads(task[task.index("[") :]) if "[" in task else ())
    ]
    return json.dumps({"judgements": verdicts})


def by_model(request: dict[str, Any]) -> str:
    """`kind` finds everything exceptional, all others nothing."""
    return reply_to(request, "exceptional" if request["model"] == "kind" else "missing")


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "talk.md"
    path.write_text(f"**Interviewer:** How would you get labels?\n\n**Candidate:** {ANSWER}\n")
    return path


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with serving(by_model) as running:
        yield running


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    def ran(*arguments: str) -> tuple[int, str, str]:
        code = main(["--data-dir", str(tmp_path / "data"), *arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return ran


Run = Callable[..., tuple[int, str, str]]


def scored(run: Run, server: ModelServer, page: Path, *models: str, flags: tuple[str, ...] = ()) -> dict[str, Any]:
    named = [word for model in models for word in ("--model", model)]
    _, out, _ = run("score", str(page), "--format", "json", "--base-url", server.url, *named, *flags)
    card: dict[str, Any] = json.loads(out)[0]
    return card


def test_a_transcript_is_graded_by_the_model_that_is_named(run: Run, server: ModelServer, page: Path) -> None:
    card = scored(run, server, page, "strict")
    assert (card["grader"]["kind"], card["grader"]["models"]) == ("model", [f"strict @ {server.url[7:-3]}"])
    assert (card["overall"], card["usage"]["calls"]) == (0.0, 21 + CONTRADICTIONS)
    assert (card["contradictions"], len(server.requests)) == ([], 21 + CONTRADICTIONS)


def test_a_second_grading_is_free(run: Run, server: ModelServer, page: Path) -> None:
    scored(run, server, page, "strict")
    card = scored(run, server, page, "strict")
    assert (card["usage"]["calls"], len(server.requests)) == (0, 21 + CONTRADICTIONS)


def test_models_that_disagree_are_shown(run: Run, server: ModelServer, page: Path) -> None:
    card = scored(run, server, page, "strict", "kind", flags=("--group", "step"))
    assert [opinion["level"] for opinion in card["criteria"][0]["opinions"]] == [0, 3]
    assert card["grader"]["spread"] == 3
    assert len(server.requests) == 10 + CONTRADICTIONS


def test_a_big_run_says_before_what_it_will_take(run: Run, server: ModelServer, page: Path) -> None:
    flags = ("--samples", "2", "--max-tokens-total", "1")
    _, _, err = run("score", str(page), "--model", "strict", "--base-url", server.url, *flags)
    assert err.startswith("About 43 calls with ")


def test_the_ceiling_leaves_the_rest_ungraded_and_says_so(run: Run, server: ModelServer, page: Path) -> None:
    code, out, _ = run("score", str(page), "--model", "strict", "--base-url", server.url, "--max-tokens-total", "10")
    assert code == 6
    assert "The ceiling of 10 tokens does not allow another call." in " ".join(out.split())
    assert server.requests == []


def test_score_again_asks_only_for_what_is_missing(run: Run, page: Path) -> None:
    broken = [True]

    def script(request: dict[str, Any]) -> Reply | str:
        if broken[0] and '"weighs_trade_offs"' in request["messages"][1]["content"]:
            return "Sorry."
        return reply_to(request)

    with serving(script) as server:
        first = scored(run, server, page, "strict")
        broken[0] = False
        before = len(server.requests)
        second = scored(run, server, page, "strict")
        asked_again = len(server.requests) - before
    assert [card["criteria"][19]["status"] for card in (first, second)] == ["not_graded", "graded"]
    assert asked_again == 1


@pytest.fixture
def interview(tmp_path: Path, bundled: LoadedRubric, library: Library) -> str:
    """An interview of the store with one long answer."""
    folder = tmp_path / "data" / ID
    folder.mkdir(parents=True)
    desk = Desk(bundled.rubric, library.problem("ad_click_prediction"))

    async def hold() -> None:
        async for _ in desk.interview.start(desk.started):
            pass
        async for _ in desk.interview.answer(ANSWER):
            pass

    asyncio.run(hold())
    log = TranscriptLog(folder)
    for event in desk.log.events:
        log.append(event)
    return "abc123"


def test_two_scorecards_are_compared_criterion_by_criterion(run: Run, server: ModelServer, interview: str) -> None:
    for model in ("strict", "kind"):
        run("score", interview, "--model", model, "--base-url", server.url)
    code, out, _ = run("compare", f"{interview}:1", interview)
    assert code == 0
    assert "21 criteria changed, 0 did not" in out
    assert "missing (0) in A, exceptional (3) in B" in out
    assert ". no in A" not in out
    assert 'B, C2  "I would keep the clicks as positives"' in out
    assert out.index("21 criteria changed") < out.index("All criteria")
    assert f"graded by strict @ {server.url[7:-3]}" in " ".join(out.split())


def test_a_scorecard_compared_with_itself_has_no_changes(run: Run, server: ModelServer, interview: str) -> None:
    run("score", interview, "--model", "strict", "--base-url", server.url)
    assert "0 criteria changed, 21 did not" in run("compare", interview, interview)[1]


@pytest.mark.parametrize("number", ["0", "2", "x"])
def test_a_scorecard_that_is_not_there_is_an_error(run: Run, server: ModelServer, interview: str, number: str) -> None:
    run("score", interview, "--offline")
    code, _, err = run("compare", f"{interview}:{number}", interview)
    assert code == 9
    assert f"no scorecard '{number}'. It has only :1" in err


def test_an_interview_without_a_scorecard_is_an_error(run: Run, interview: str) -> None:
    assert "has no scorecard. Make one with: fourstep score" in run("compare", interview, interview)[2]


def test_what_was_answered_again_is_compared_with_its_parent(rubric: Rubric, problem: Problem) -> None:
    desk = Desk(rubric, problem)
    desk.start()
    desk.answer("I would predict whether a parcel is late.")
    collect(desk.interview.skip())
    parent = tuple(desk.log.events)
    started = desk.started.model_copy(update={"id": "new", "parent": desk.started.id, "forked_at": 2})
    again = forked(parent, 2, started, plan(rubric, desk.started.steps, 45), START)
    told = kinship_text(parent, again, rubric)
    assert told.startswith("B answers again from C2 of A;")
    assert rubric.step("data").title in told
    assert kinship_text(again, parent, rubric).startswith("A answers again from C2 of B;")
    assert kinship_text(parent, parent, rubric) == ""


@pytest.mark.parametrize(("turn", "told"), [("I1", ", from the first answer on."), ("I3", ". Afterwards")])
def test_answering_again_says_where_it_begins(
    run: Run, interview: str, monkeypatch: pytest.MonkeyPatch, turn: str, told: str
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    code, out, err = run("again", "last", turn, "--plain")
    assert code == 0
    assert told in err
    assert "fourstep compare abc123 " in err
    assert "Paused, " in out


def test_the_same_scorecard_named_twice_is_said_to_be_one(run: Run, server: ModelServer, interview: str) -> None:
    for model in ("strict", "kind"):
        run("score", interview, "--model", model, "--base-url", server.url)
    assert "Both are the same scorecard." in run("compare", "last", f"{interview}:2")[2]
    assert "Both are the same scorecard." not in run("compare", "last", f"{interview}:1")[2]


def test_a_grading_that_fails_leaves_the_scorecard_that_was_there(run: Run, interview: str) -> None:
    run("score", interview, "--offline")
    before = run("report", interview)[1]
    code, out, _ = run("score", interview, "--model", "gpt-x", "--base-url", "http://127.0.0.1:9", "--timeout", "1")
    assert code == 6
    assert "A scorecard without a grade is not kept." in " ".join(out.split())
    assert run("report", interview)[1] == before


def test_without_a_terminal_no_interview_is_begun_that_nobody_can_hold(
    run: Run, tmp_path: Path, interview: str
) -> None:
    before = sorted((tmp_path / "data").iterdir())
    code, _, err = run("again", interview, "C1")
    assert (code, err) == (2, "The full-screen view needs a terminal. Use --plain.\n")
    assert sorted((tmp_path / "data").iterdir()) == before


def test_a_report_shows_the_scorecard_that_is_named(run: Run, server: ModelServer, interview: str) -> None:
    run("score", interview, "--model", "strict", "--base-url", server.url)
    run("score", interview, "--model", "kind", "--base-url", server.url)
    assert "Graded by strict" in run("report", f"{interview}:1")[1]
    assert "Graded by kind" in run("report", interview)[1]
    assert run("report", f"{interview}:3") == (9, "", f"{ID} has no scorecard '3'. It has :1 to :2, oldest first.\n")


def test_commands_that_are_proposed_find_the_same_interviews(run: Run, tmp_path: Path, interview: str) -> None:
    where = f"--data-dir {tmp_path / 'data'}"
    assert f"fourstep score {ID} {where}" in " ".join(run("report", interview)[1].split())
    assert f"fourstep score abc123 {where}" in run("compare", interview, interview)[2]
