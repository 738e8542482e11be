"""Listing and searching 10,000 interviews: `python -m benchmarks.library`."""

import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from fourstep.files.index import LibraryIndex
from fourstep.files.log import LOG_NAME, line_of
from fourstep.transcript.events import Spoken, Started
from fourstep.transcript.prose import parse_prose

INTERVIEWS = 10_000
RUNS = 9
FOLDER = Path(__file__).parent / "labelled" / "dev"
START = datetime(2026, 1, 1, 9, tzinfo=UTC)


def fill(root: Path) -> None:
    """Write interviews with the turns of the labelled transcripts."""
    sources = [parse_prose(path.read_text(), name=path.stem) for path in sorted(FOLDER.glob("*.md"))]
    for number in range(INTERVIEWS):
        at = START + timedelta(hours=number)
        source = sources[number % len(sources)]
        folder = root / f"{at:%Y%m%d}-{source.problem}-{number:06x}"
        folder.mkdir(parents=True)
        started = Started(
            at=at, id=folder.name, problem=source.problem or "", rubric="", level="senior", persona="neutral",
            steps=("frame",), minutes=45, brain="offline", seed=number, program="benchmark",
        )  # fmt: skip
        turns = source.turns[number % 5 : number % 5 + 6]
        spoken = [Spoken(at=at, turn=turn.number, speaker=turn.speaker, text=turn.text) for turn in turns]
        (folder / LOG_NAME).write_bytes(b"".join(map(line_of, [started, *spoken])))


def milliseconds(action: Callable[[], object]) -> float:
    """The median over several runs."""
    times = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        action()
        times.append(time.perf_counter() - begun)
    return 1000 * statistics.median(times)


def main() -> None:
    """Print the first reading, a listing, and a search."""
    root = Path(tempfile.mkdtemp(prefix="fourstep-benchmark-"))
    try:
        fill(root)
        begun = time.perf_counter()
        with LibraryIndex(root) as index:
            index.refresh()
            built = time.perf_counter() - begun
            search = milliseconds(lambda: index.search("users milliseconds"))
            assert index.search("users milliseconds")

        def listing() -> None:
            with LibraryIndex(root) as fresh:
                fresh.refresh()
                assert len(fresh.entries()) == INTERVIEWS

        print(
            f"library: {INTERVIEWS} interviews indexed in {built:.1f} s; listed in {milliseconds(listing):.0f} ms "
            f"(limit 300), searched in {search:.1f} ms (limit 50)"
        )
    finally:
        shutil.rmtree(root)


if __name__ == "__main__":
    main()
