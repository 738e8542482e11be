"""Transcripts written as prose: Markdown or plain text with names at the start of lines. Pure."""

import re
from dataclasses import dataclass

from fourstep.choices import Level
from fourstep.errors import TranscriptError
from fourstep.transcript.events import Speaker
from fourstep.transcript.transcript import Transcript, Turn

INTERVIEWER_NAMES = ("interviewer", "int", "i")
CANDIDATE_NAMES = ("candidate", "interviewee", "cand", "c", "me", "you")


@dataclass(frozen=True, slots=True)
class Speakers:
    """Whose lines are whose; both names are compared without case."""

    candidate: tuple[str, ...] = CANDIDATE_NAMES
    interviewer: tuple[str, ...] = INTERVIEWER_NAMES

    @classmethod
    def called(cls, candidate: str | None, interviewer: str | None) -> "Speakers":
        """With the names that somebody gave, beside the usual ones."""
        usual = cls()
        return cls(
            usual.candidate + ((candidate.casefold(),) if candidate else ()),
            usual.interviewer + ((interviewer.casefold(),) if interviewer else ()),
        )

    def role(self, name: str) -> Speaker | None:
        """Who a name stands for; None when it is nobody's."""
        folded = name.casefold().strip()
        if folded in self.candidate:
            return "candidate"
        return "interviewer" if folded in self.interviewer else None

    def pattern(self) -> re.Pattern[str]:
        """A name at the start of a line, bold or not, with a colon."""
        names = "|".join(sorted((re.escape(n) for n in self.candidate + self.interviewer), key=len, reverse=True))
        return re.compile(rf"^(?:\*\*|__)?({names})(?:\*\*|__)?[ \t]*[::](?:\*\*|__)?[ \t]*", re.I | re.M)


def parse_prose(text: str, *, name: str, speakers: Speakers | None = None, problem: str | None = None) -> Transcript:
    """A transcript out of Markdown or plain text; `name` stands in when the front matter has no id.

    Lines inside a fenced block belong to whoever is speaking, whatever names stand there.
    Raises: TranscriptError, when nobody who is the candidate speaks in it.
    """
    speakers = speakers or Speakers()
    front, body = _front_matter(text)
    turns: list[Turn] = []
    for speaker, said in _spoken(body, speakers):
        if turns and turns[-1].speaker == speaker:
            last = turns.pop()
            turns.append(Turn(last.number, speaker, f"{last.text}\n\n{said}"))
        elif said:
            turns.append(Turn(len(turns) + 1, speaker, said))
    if not any(turn.speaker == "candidate" for turn in turns):
        raise TranscriptError(
            f"{name} has no line that begins with the candidate's name and a colon.",
            "Begin lines with 'Candidate:' and 'Interviewer:', or name them with --candidate and --interviewer.",
        )
    return Transcript(
        id=front.get("id") or name,
        turns=tuple(turns),
        problem=problem or front.get("problem"),
        level=_level(front.get("level")),
    )


def _spoken(body: str, speakers: Speakers) -> list[tuple[Speaker, str]]:
    fences = [(m.start(), m.end()) for m in re.finditer(r"^```.*?^```", body, re.S | re.M)]
    marks = [
        match
        for match in speakers.pattern().finditer(body)
        if not any(start < match.start() < end for start, end in fences)
    ]
    spoken: list[tuple[Speaker, str]] = []
    for position, mark in enumerate(marks):
        end = marks[position + 1].start() if position + 1 < len(marks) else len(body)
        role = speakers.role(mark.group(1))
        if role:
            spoken.append((role, body[mark.end() : end].strip()))
    return spoken


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    """The `key: value` lines between two `---` lines at the top, and the rest."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    match = re.match(r"---\n(.*?)^---\n", text, re.S | re.M)
    if not match:
        return {}, text
    pairs = re.findall(r"^([a-z_]+):[ \t]*(.+?)[ \t]*$", match.group(1), re.M)
    return {key: value.strip("'\"") for key, value in pairs}, text[match.end() :]


def _level(value: str | None) -> Level:
    match value:
        case "mid" | "senior" | "staff":
            return value
        case _:
            return "senior"
