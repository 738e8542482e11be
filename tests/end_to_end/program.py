"""The real program as a process, with a data folder and a home of its own."""

import os
import subprocess
import sys
from pathlib import Path


def environment(home: Path) -> dict[str, str]:
    """Nothing of whoever runs the tests."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "COVERAGE_PROCESS_START") if name in os.environ}
    return kept | {"HOME": str(home), "PYTHONIOENCODING": "utf-8", "TERM": "xterm"}


def command(data: Path, *arguments: str) -> list[str]:
    """The program's command line, keeping interviews in `data`."""
    return [sys.executable, "-m", "fourstep", "--data-dir", str(data), *arguments]


def run(tmp_path: Path, *arguments: str, said: str = "") -> subprocess.CompletedProcess[str]:
    """Run it to its end with something on standard input."""
    return subprocess.run(
        command(tmp_path / "data", *arguments),
        input=said,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment(tmp_path / "home"),
        cwd=tmp_path,
        timeout=120,
        check=False,
    )


ANSWERS = (
    "How many users are there each day? How fast must an answer come?",
    "Revenue is the goal, and people should keep opening the app, so I predict the probability of a click for one user "
    "and one ad. It is binary classification because the auction multiplies the number with the bid.",
    "Clicks within thirty minutes of an impression are positives, the rest negatives. They come from the app's logs "
    "through Kafka, and a Spark job joins impressions and clicks on the request id.",
    "I would start with a logistic regression, because it trains in minutes and shows what the features are worth.",
    "PR-AUC and log loss, since only one impression in a hundred is clicked, and then an A/B test on revenue with "
    "complaints as a guardrail.",
)
"""What a fair candidate says about ad clicks."""
