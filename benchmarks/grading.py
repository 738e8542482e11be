"""How many 6,000-word transcripts are graded offline in a second on one core: `python -m benchmarks.grading`."""

import time
from pathlib import Path

from fourstep.files.content import DEFAULT_RUBRIC, Library, read_rubric
from fourstep.files.places import content_folder
from fourstep.offline.grader import OfflineGrader
from fourstep.transcript.prose import parse_prose
from fourstep.transcript.transcript import Transcript, Turn

WORDS = 6000
TRANSCRIPTS = 20
FOLDER = Path(__file__).parent / "labelled" / "dev"


def transcripts(words: int) -> list[Transcript]:
    """Different transcripts of about that many words of the candidate, sewn together from the labelled ones."""
    sources = [parse_prose(path.read_text(), name=path.stem) for path in sorted(FOLDER.glob("*.md"))]
    made = []
    for number in range(TRANSCRIPTS):
        turns: list[Turn] = []
        while sum(len(turn.text.split()) for turn in turns if turn.speaker == "candidate") < words:
            source = sources[(number + len(turns)) % len(sources)]
            turns += [Turn(len(turns) + place, turn.speaker, turn.text) for place, turn in enumerate(source.turns, 1)]
        made.append(Transcript(str(number), tuple(turns), problem="video_recommendation"))
    return made


def seconds_each(grader: OfflineGrader, words: int) -> float:
    """CPU seconds for one transcript, the mean over different ones."""
    made = transcripts(words)
    begun = time.process_time()
    for transcript in made:
        list(grader.judgements(transcript))
    return (time.process_time() - begun) / len(made)


def main() -> None:
    """Print the rate, and the time at half and double the length."""
    grader = OfflineGrader(
        read_rubric(content_folder("rubrics") / DEFAULT_RUBRIC).rubric, Library().problem("video_recommendation")
    )
    seconds_each(grader, WORDS)  # stems and openings of words are learned once a process
    half, usual, double = (seconds_each(grader, words) for words in (WORDS // 2, WORDS, 2 * WORDS))
    print(
        f"grading: {1 / usual:.1f} transcripts of {WORDS} words a second; "
        f"{half * 1000:.0f} ms at half the length, {usual * 1000:.0f} ms, {double * 1000:.0f} ms at double"
    )


if __name__ == "__main__":
    main()
