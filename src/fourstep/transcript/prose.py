"""Transcripts written as prose: Markdown or plain text with names at the start of lines. Pure."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from fourstep.choices import Level
from fourstep.errors import TranscriptError
from fourstep.transcript.events import CANDIDATE_NAMES, Speaker
from fourstep.transcript.transcript import Transcript, Turn

INTERVIEWER_NAMES = ("interviewer", "int", "i")

_FENCED = re.compile(r"^```.*?^```", re.S | re.M)


@dataclass(frozen=True, slots=True)
class Speakers:
    """The usual names, by whose lines they stand for; compared without case."""

    candidate: tuple[str, ...] = CANDIDATE_NAMES
    interviewer: tuple[str, ...] = INTERVIEWER_NAMES

    def role(self, name: str) -> Speaker | None:
        """Who a name stands for; None when it is nobody's."""
        folded = name.casefold().strip()
        if folded in self.candidate:
            return "candidate"
        return "interviewer" if folded in self.interviewer else None


@dataclass(frozen=True, slots=True)
class Passage:
    """What stands behind a name at the start of a line, up to the next one."""

    name: str
    """As it is written there."""
    text: str
    start: int
    """Where in the whole text the name stands."""


def parse_prose(text: str, *, name: str, problem: str | None = None) -> Transcript:
    """A transcript out of Markdown or plain text with the usual names; `name` stands in where it has no id.

    Lines inside a fenced block belong to whoever is speaking, whatever names stand there.
    Raises: TranscriptError, when nobody who is the candidate speaks in it.
    """
    speakers = Speakers()
    front, body = front_matter(text)
    turns: list[Turn] = []
    for passage in passages(body, {*speakers.candidate, *speakers.interviewer}):
        speaker = speakers.role(passage.name)
        if turns and turns[-1].speaker == speaker:
            last = turns.pop()
            turns.append(Turn(last.number, last.speaker, f"{last.text}\n\n{passage.text}"))
        elif passage.text and speaker:
            turns.append(Turn(len(turns) + 1, speaker, passage.text))
    if not any(turn.speaker == "candidate" for turn in turns):
        raise TranscriptError(
            f"{name} has no line that begins with the candidate's name and a colon.",
            "Begin lines with 'Candidate:' and 'Interviewer:', or name them with --candidate and --interviewer.",
        )
    return Transcript(
        id=front.get("id") or name,
        turns=tuple(turns),
        problem=problem or front.get("problem"),
        level=level_of(front.get("level")) or "senior",
    )


def passages(body: str, names: Collection[str]) -> list[Passage]:
    """What stands behind each of these names at the start of a line outside fenced blocks.

    Where several of them are bold, names that are not are somebody's words.
    """
    if not names:
        return []
    longest_first = "|".join(sorted((re.escape(name) for name in names), key=len, reverse=True))
    mark = re.compile(rf"^(?:\*\*|__)?({longest_first})[ \t]*(?:\*\*|__)?[ \t]*[:：](?:\*\*|__)?[ \t]*", re.I | re.M)
    marks = list(mark.finditer(without_fences(body)))
    bold = [found for found in marks if found[0].startswith(("**", "__"))]
    marks = bold if len({found[1].casefold() for found in bold}) > 1 else marks
    ends = [*(following.start() for following in marks[1:]), len(body)]
    return [
        Passage(found[1], body[found.end() : end].strip(), found.start())
        for found, end in zip(marks, ends, strict=False)
    ]


def without_fences(text: str) -> str:
    """The text with what stands in fenced blocks blanked out, every letter keeping its place."""
    return _FENCED.sub(lambda fenced: re.sub(r"[^\n]", " ", fenced[0]), text)


def front_matter(text: str) -> tuple[dict[str, str], str]:
    """The `key: value` lines between two `---` lines at the top, and the rest."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    match = re.match(r"---\n(.*?)^---\n", text, re.S | re.M)
    if not match:
        return {}, text
    pairs = re.findall(r"^([a-z_]+):[ \t]*(.+?)[ \t]*$", match.group(1), re.M)
    return {key: value.strip("'\"") for key, value in pairs}, text[match.end() :]


def level_of(value: str | None) -> Level | None:
    """The level that front matter names, if it does."""
    match value:
        case "mid" | "senior" | "staff":
            return value
        case _:
            return None
