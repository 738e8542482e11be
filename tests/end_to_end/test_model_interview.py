"""The real program with a language model over HTTP: whatever the model does, the candidate gets to a scorecard."""

import signal
import subprocess
from pathlib import Path

from tests.end_to_end.moody import FORGETS, LEAKS, Moody, dies, forgets_itself, leaks, repeats, stalls
from tests.end_to_end.program import ANSWERS, command, environment
from tests.end_to_end.screen import Screen
from tests.model_roles import form_of, prepared_words, well_played
from tests.model_server import MODEL, ModelServer, Reply, self_signed, serving

KEY = "sk-test-8f3a91c0d2e4b567"
FULL = ("interview", "ad_click", "--steps", "frame", "--seed", "1")
PLAIN = (*FULL, "--plain")


def at(server: ModelServer) -> tuple[str, ...]:
    """The flags that name the model."""
    return ("--model", MODEL, "--base-url", server.url)


def run(
    tmp_path: Path, url: str, *arguments: str, said: str = "", **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run the program with the model at an address to its end."""
    return subprocess.run(
        command(tmp_path / "data", *arguments, "--model", MODEL, "--base-url", url),
        input=said,
        capture_output=True,
        text=True,
        env=environment(tmp_path / "home") | {"OPENAI_API_KEY": KEY} | variables,
        cwd=tmp_path,
        timeout=120,
        check=False,
    )


SAID = (ANSWERS[0], ANSWERS[1], "/next", ANSWERS[2], "/next", ANSWERS[3], "/next", ANSWERS[4], "/end")


def test_an_interview_with_a_model_goes_through_four_steps_to_its_scorecard(tmp_path: Path) -> None:
    with serving(well_played) as server:
        held = run(tmp_path, server.url, "interview", "ad_click", "--plain", said="\n\n".join(SAID) + "\n")
    assert held.returncode == 0, held.stderr
    assert [f"Step {number} of 4" in held.stdout for number in (1, 2, 3, 4)] == [True] * 4
    assert "120 million people" in held.stdout
    assert f"Graded by {MODEL}" in held.stdout
    assert {"judgements", "observation", None} == {form_of(request) for request in server.requests}
    kept = [file.read_text() for file in tmp_path.rglob("*") if file.is_file()]
    assert not [text for text in (held.stdout, held.stderr, *kept) if KEY in text]


def test_a_certificate_of_ones_own_is_trusted_when_it_is_named(tmp_path: Path) -> None:
    certificate = self_signed(tmp_path)
    with serving(lambda _: "Yes.", certificate=certificate) as server:
        before = run(tmp_path, server.url, "doctor")
        after = run(tmp_path, server.url, "doctor", SSL_CERT_FILE=str(tmp_path / "only.pem"))
    assert "is not trusted. Behind a company proxy, set SSL_CERT_FILE." in before.stdout + before.stderr
    assert "127.0.0.1" in after.stdout
    assert "is not trusted" not in after.stdout + after.stderr
    assert len(server.requests) > 0


def test_whatever_the_model_does_the_candidate_gets_through_four_steps_to_a_scorecard(tmp_path: Path) -> None:
    moods = {1: forgets_itself, 2: repeats, 3: leaks, 4: stalls, 7: dies}
    with serving(Moody(moods)) as server:
        said = "\n\n".join(SAID) + "\n"
        held = run(tmp_path, server.url, "interview", "ad_click", "--plain", said=said, FOURSTEP_TIMEOUT="1")
    assert held.returncode == 0, held.stderr
    assert [f"Step {number} of 4" in held.stdout for number in (1, 2, 3, 4)] == [True] * 4
    assert not [words for words in (FORGETS, LEAKS) if words in held.stdout]
    assert ("said nothing for 1 s" in held.stderr, "broke. Try again." in held.stderr) == (True, True)
    assert held.stdout.count("Trying once more.") == 2
    assert held.stdout.count("Going on without a model") == 1
    assert f"Graded by {MODEL}" in held.stdout


def test_on_a_terminal_one_chooses_to_ask_again_or_to_go_on_offline(tmp_path: Path) -> None:
    with serving(Moody({1: dies})) as server, Screen(tmp_path, *PLAIN, *at(server), OPENAI_API_KEY=KEY) as screen:
        screen.until("End an answer with")
        screen.until("? >")
        screen.type(f"{ANSWERS[0]}\r.\r")
        screen.until("/offline goes on without a model. The clock is paused")
        screen.forget()
        screen.type("/again\r")
        screen.until("broke. Try again. What was said is kept.")
        screen.type("/offline\r")
        screen.until("120 million people")
        screen.type("/end\r")
        screen.until("Before you see your score")
        screen.type("\r")
        assert screen.end() == 0


def test_a_signal_while_a_reply_is_awaited_keeps_the_answer_and_the_reply_that_is_owed(tmp_path: Path) -> None:
    silent = Moody({1: lambda request, _: Reply(prepared_words(request), breaks="stall", after=0)})
    with serving(silent) as server, Screen(tmp_path, *PLAIN, *at(server), OPENAI_API_KEY=KEY) as screen:
        screen.until("? >")
        screen.type(f"{ANSWERS[0]}\r.\r")
        screen.until("Sent, 13 words. Waiting for the interviewer.")
        screen.signal(signal.SIGTERM)
        assert screen.end() == 143
        assert screen.last_line.startswith("Paused, ")
    resumed = run(tmp_path, server.url, "resume", "--plain", "--offline")
    assert "120 million people" in resumed.stdout, resumed.stderr


def test_in_the_full_screen_program_a_model_that_died_is_told_of_and_gone_on_without(tmp_path: Path) -> None:
    with serving(Moody({1: dies})) as server, Screen(tmp_path, *FULL, *at(server), OPENAI_API_KEY=KEY) as screen:
        screen.until("Your turn.")
        screen.type(f"{ANSWERS[0]}\n")
        screen.until("What you wrote is kept, nothing is lost.")
        screen.until("Ctrl+R try again /offline go on without a model")
        screen.until("^R Again")
        screen.type("/offline\r")
        screen.until("120 million people")
        screen.until("Your turn.")
        screen.type("/end\r")
        screen.until("End the interview here?")
        screen.type("\r")
        screen.until("Enter shows your scorecard")
        screen.type("\r")
        screen.until("Your own estimate")
        screen.type("\r")
        screen.until("Scorecard · Ad click prediction")
