"""How long `fourstep --help` takes beside an empty interpreter: `python -m benchmarks.startup`."""

import statistics
import subprocess
import sys
import time

RUNS = 21
LIMIT = 0.15
"""Seconds that the help may take on top."""


def seconds(*arguments: str) -> float:
    """The median time of a whole process."""
    times = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def main() -> None:
    """Print both and their difference."""
    empty, shown = seconds("-c", "pass"), seconds("-m", "fourstep", "--help")
    print(f"startup: --help {shown:.3f} s, python -c pass {empty:.3f} s, apart {shown - empty:.3f} s (limit {LIMIT} s)")


if __name__ == "__main__":
    main()
