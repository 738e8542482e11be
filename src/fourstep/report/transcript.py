"""A transcript to read."""

from collections.abc import Mapping
from types import MappingProxyType

from fourstep.report.document import Block
from fourstep.rubric import Rubric
from fourstep.transcript.transcript import Transcript

INFERRED = "The recording did not say who speaks: speakers are inferred, and some words may stand with the other."


def transcript_blocks(
    transcript: Transcript, rubric: Rubric, notes: Mapping[str, str] = MappingProxyType({})
) -> list[Block]:
    """Every turn that counts, by step; with somebody's note below a turn, by its name."""
    blocks = [Block("heading", "Transcript")]
    if transcript.speakers_inferred:
        blocks.append(Block("paragraph", INFERRED))
    step = None
    for turn in transcript.turns:
        if turn.step and turn.step != step:
            step = turn.step
            blocks.append(Block("subheading", rubric.step(step).title))
        blocks.append(Block("paragraph", ""))
        blocks.append(Block("paragraph", f"{turn.name} {turn.speaker.capitalize()}: {turn.text}"))
        if turn.pad:
            blocks.append(Block("paragraph", "The design pad:"))
            blocks += (Block("row", line) for line in turn.pad.splitlines())
        if note := notes.get(turn.name):
            blocks.append(Block("paragraph", note, "Note"))
    return blocks
