"""How well rules tell who speaks, in labelled transcripts without their names: `python -m benchmarks.speakers`."""

import re
from collections.abc import Iterator
from pathlib import Path

from fourstep.importing.recording import Cue
from fourstep.importing.rules import turns_by_rules
from fourstep.importing.sentences import sentences_of
from fourstep.transcript.prose import parse_prose
from fourstep.transcript.transcript import Transcript

FOLDERS = ("dev", "unseen")
LEFT = ("nothing", "paragraphs", "marks", "words alone")
"""What a file may still show of the changes of speakers: words alone have no full stops, in lines of eight."""
_LINE = 8


def main() -> None:
    """A line for each folder and what was left in its files."""
    for folder in FOLDERS:
        files = sorted((Path(__file__).parent / "labelled" / folder).glob("*.md"))
        transcripts = [parse_prose(path.read_text(encoding="utf-8"), name=path.stem) for path in files]
        for left in LEFT:
            pairs = [pair for one in transcripts for pair in _compared(one, left)]
            right = sum(said == found for said, found in pairs) / len(pairs)
            candidate = sum(said == "candidate" for said, _ in pairs) / len(pairs)
            print(f"{folder:7} {left:12} {right:6.1%} of {len(pairs):,} words (all to the candidate: {candidate:.1%})")


def _compared(transcript: Transcript, left: str) -> Iterator[tuple[str, str]]:
    """For each word, who said it and who is found to have."""
    said = [turn.speaker for turn in transcript.turns for _ in turn.text.split()]
    found = [turn.speaker for turn in turns_by_rules(sentences_of(_cues(transcript, left))) for _ in turn.text.split()]
    yield from zip(said, found, strict=True)


def _cues(transcript: Transcript, left: str) -> list[Cue]:
    if left == "words alone":
        words = [re.sub(r"[.,?!;:]", "", word).lower() or "-" for t in transcript.turns for word in t.text.split()]
        return [Cue(" ".join(words[place : place + _LINE]), place) for place in range(0, len(words), _LINE)]
    if left == "paragraphs":
        lines = [line for turn in transcript.turns for line in turn.text.split("\n") if line.strip()]
        return [Cue(" ".join(line.split()), place, apart=True) for place, line in enumerate(lines)]
    return [Cue(" ".join(turn.text.split()), turn.number, changes=left == "marks") for turn in transcript.turns]


if __name__ == "__main__":
    main()
