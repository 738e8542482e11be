"""Whole interviews through the real program over pipes."""

import json
import signal
import subprocess
from pathlib import Path

import pytest

from fourstep.files.places import content_folder
from tests.end_to_end.program import ANSWERS, command, environment, run


def interview(tmp_path: Path, *flags: str) -> subprocess.CompletedProcess[str]:
    return run(tmp_path, "interview", "ad_click", "--plain", "--seed", "1", *flags, said="\n\n".join(ANSWERS) + "\n")


def waiting(tmp_path: Path) -> "subprocess.Popen[str]":
    """An interview that has been opened and waits for an answer."""
    process = subprocess.Popen(
        command(tmp_path / "data", "interview", "ad_click", "--plain"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment(tmp_path / "home"),
    )
    assert process.stdout is not None
    while not process.stdout.readline().startswith("Interviewer:"):
        pass
    return process


def ids(tmp_path: Path) -> list[dict[str, object]]:
    listed: list[dict[str, object]] = json.loads(run(tmp_path, "list", "--format", "json").stdout)
    return listed


def test_an_interview_goes_from_the_first_question_to_the_scorecard(tmp_path: Path) -> None:
    held = interview(tmp_path)
    assert held.returncode == 0, held.stderr
    assert held.stderr == ""
    assert "Interviewer: " in held.stdout
    assert "120 million people" in held.stdout
    assert "Scorecard: Ad click prediction" in held.stdout
    assert "because it trains in minutes" in held.stdout
    assert f"Kept in {tmp_path / 'data'}" in held.stdout


def test_what_was_said_is_kept_listed_and_reported(tmp_path: Path) -> None:
    interview(tmp_path)
    (entry,) = ids(tmp_path)
    assert (entry["problem"], entry["state"]) == ("ad_click_prediction", "scored")
    report = run(tmp_path, "report", "last")
    assert "start with a logistic regression" in report.stdout
    assert run(tmp_path, "list", "--search", "logistic").stdout.count("\n") == 1


def test_nothing_but_text_goes_into_a_pipe(tmp_path: Path) -> None:
    held = run(tmp_path, "interview", "ad_click", "--plain", said="\x1b[31mred\x1b[0m [/b] \x9b2J\n\n/end\n")
    assert "\x1b" not in held.stdout + held.stderr
    assert "\x9b" not in held.stdout + held.stderr


def test_the_same_seed_and_words_make_the_same_conversation(tmp_path: Path) -> None:
    def spoken(where: Path) -> list[str]:
        where.mkdir()
        return [line for line in interview(where).stdout.splitlines() if line.startswith("Interviewer:")]

    assert spoken(tmp_path / "one") == spoken(tmp_path / "two")


def test_scoring_again_appends_a_scorecard(tmp_path: Path) -> None:
    interview(tmp_path)
    (entry,) = ids(tmp_path)
    scored = run(tmp_path, "score", str(entry["id"]), "--format", "json")
    assert scored.returncode == 0, scored.stderr
    assert len((tmp_path / "data" / str(entry["id"]) / "scorecards.jsonl").read_text().splitlines()) == 2


def test_commands_and_blocks(tmp_path: Path) -> None:
    said = "/time\n/hint\n/foo\n<<END\nfirst line\n\n/next is text here\nEND\n//slash\n\n/back\n/next\n/end\n"
    held = run(tmp_path, "interview", "ad_click", "--plain", said=said)
    assert "No command /foo" in held.stdout
    log = tmp_path / "data" / str(ids(tmp_path)[0]["id"]) / "transcript.jsonl"
    assert json.dumps("first line\n\n/next is text here") in log.read_text()
    assert "Taken back:\n/slash" in held.stdout
    assert "data and features" in held.stdout


def test_the_end_of_input_sends_what_is_there(tmp_path: Path) -> None:
    run(tmp_path, "interview", "ad_click", "--plain", said="My only answer, without an empty line behind it")
    assert "My only answer" in run(tmp_path, "report", "last").stdout


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)])
def test_a_signal_keeps_what_is_there_and_tells_how_to_go_on(tmp_path: Path, number: signal.Signals, code: int) -> None:
    process = waiting(tmp_path)
    assert process.stdin is not None
    process.stdin.write("Half an answer\n")
    process.stdin.flush()
    draft = _draft(tmp_path, "Half an answer")
    process.send_signal(number)
    out, _ = process.communicate(timeout=30)
    assert process.returncode == code
    assert "Resume with: fourstep resume " in out
    assert draft.read_text() == "Half an answer"
    resumed = run(tmp_path, "resume", "--plain", said="and its end.\n\n/end\n")
    assert "Half an answer\nand its end." in run(tmp_path, "report", "last").stdout, resumed.stdout


def _draft(tmp_path: Path, text: str) -> Path:
    """Wait until the draft is on disk."""
    import time

    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        for file in (tmp_path / "data").glob("*/draft.txt"):
            if text in file.read_text():
                return file
        time.sleep(0.02)
    raise AssertionError("the draft was not saved")


def test_two_processes_cannot_write_one_transcript(tmp_path: Path) -> None:
    process = waiting(tmp_path)
    second = run(tmp_path, "resume", "--plain", said="hello\n")
    process.kill()
    process.communicate()
    assert second.returncode == 9
    assert f"process {process.pid}" in second.stderr


def test_a_folder_that_refuses_is_told_and_the_interview_goes_on(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    held = interview(tmp_path)
    assert "is a file, or lies below one" in held.stderr
    assert "goes on in memory" in held.stderr
    assert "Scorecard: Ad click prediction" in held.stdout
    assert held.returncode == 1


def test_a_signal_while_nothing_can_be_saved_still_has_its_code(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    process = waiting(tmp_path)
    process.send_signal(signal.SIGTERM)
    out, _ = process.communicate(timeout=30)
    assert process.returncode == 143
    assert "Not saved" in out


def test_ones_own_problem_is_kept_and_graded_even_with_a_bundled_id(tmp_path: Path) -> None:
    own = tmp_path / "mine.yaml"
    text = (content_folder("rubrics") / "problems" / "ad_click_prediction.yaml").read_text()
    own.write_text(text.replace("id: users", "id: everybody"))
    held = run(tmp_path, "interview", str(own), "--plain", said="\n\n".join(ANSWERS) + "\n")
    assert held.returncode == 0, held.stderr
    assert "id: everybody" in (tmp_path / "data" / str(ids(tmp_path)[0]["id"]) / "problem.yaml").read_text()


def test_bytes_of_another_encoding_are_kept_as_far_as_they_can_be_read(tmp_path: Path) -> None:
    held = subprocess.run(
        command(tmp_path / "data", "interview", "ad_click", "--plain"),
        input=b"a caf\xe9 with five words\n\n/end\n",
        capture_output=True,
        env=environment(tmp_path / "home") | {"LC_ALL": "C.UTF-8"},
        timeout=60,
        check=False,
    )
    assert held.returncode == 0, held.stderr
    assert "with five words" in run(tmp_path, "report", "last").stdout


def test_a_reader_that_leaves_costs_nothing_that_was_said(tmp_path: Path) -> None:
    process = waiting(tmp_path)
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdout.close()
    process.stdin.write("An answer that nobody hears.\n\n/time\n")
    process.stdin.close()
    process.wait(timeout=30)
    assert "An answer that nobody hears." in run(tmp_path, "report", "last").stdout
