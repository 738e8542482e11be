"""The real program with a language model over HTTP: whatever the model does, the candidate gets to a scorecard."""

import subprocess
from pathlib import Path

from tests.end_to_end.program import ANSWERS, command, environment
from tests.model_roles import form_of, well_played
from tests.model_server import MODEL, self_signed, serving

KEY = "sk-test-8f3a91c0d2e4b567"


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
