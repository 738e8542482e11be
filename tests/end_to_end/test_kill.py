"""A killed program loses nothing that was sent, wherever it is hit."""

import subprocess
import sys
from pathlib import Path

import pytest

from fourstep.files.log import read_log
from fourstep.transcript.events import Spoken
from tests.end_to_end.program import ANSWERS, environment, run

KILLER = """
import os, sys
hit, part = int(sys.argv.pop(1)), float(sys.argv.pop(1))
write, count = os.write, 0
def killing(handle, data):
    global count
    count += 1
    if count == hit:
        write(handle, bytes(data)[: int(len(data) * part)])
        os.kill(os.getpid(), 9)
    return write(handle, data)
os.write = killing
from fourstep.cli import main
sys.exit(main())
"""
"""Runs the program and kills it with SIGKILL inside its Nth write, after a part of the bytes."""


@pytest.mark.parametrize(
    ("hit", "part"), [(9, 0.5), (10, 1.0), (11, 0.5), (12, 0.0), (13, 0.5), (15, 1.0), (18, 0.5), (21, 0.0)]
)
def test_killed_in_the_middle_of_a_write_the_interview_resumes(tmp_path: Path, hit: int, part: float) -> None:
    data = tmp_path / "data"
    arguments = [
        sys.executable,
        "-c",
        KILLER,
        str(hit),
        str(part),
        "--data-dir",
        str(data),
        "interview",
        "ad",
        "--plain",
    ]
    killed = subprocess.run(
        arguments,
        input="\n\n".join(ANSWERS[:3]) + "\n",
        capture_output=True,
        text=True,
        env=environment(tmp_path / "home"),
        timeout=60,
        check=False,
    )
    assert killed.returncode == -9
    (log,) = data.glob("*/transcript.jsonl")
    before, _ = read_log(log)
    confirmed = killed.stdout.count("Sent, ")
    assert _answers(before)[: max(0, confirmed - 1)] == list(ANSWERS[: max(0, confirmed - 1)])
    resumed = run(tmp_path, "resume", "--plain", said="And one more thing, at the end.\n\n/end\n")
    assert resumed.returncode in (0, 6), resumed.stderr
    after, faults = read_log(log)
    assert faults == ()
    assert after[: len(before)] == before
    assert [event.seq for event in after] == sorted({event.seq for event in after})
    assert _answers(after)[-1] == "And one more thing, at the end."


def _answers(events: tuple[object, ...]) -> list[str]:
    return [event.text for event in events if isinstance(event, Spoken) and event.speaker == "candidate"]
