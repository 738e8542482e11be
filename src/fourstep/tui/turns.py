"""An interview's turns as passages of a page."""

from collections.abc import Iterator
from datetime import datetime

from textual.content import Content

from fourstep.interview.state import State
from fourstep.transcript.events import CutOff, Event, Speaker, Spoken, StepEntered, Withdrawn
from fourstep.transcript.transcript import Transcript
from fourstep.tui.foreign import shown, shown_in_line
from fourstep.tui.widgets.page import Passage

NAMES: dict[Speaker, str] = {"interviewer": "Interviewer", "candidate": "You"}


def name_in(transcript: Transcript, speaker: Speaker) -> str:
    """What a speaker is called: the candidate of a recording is somebody else than who reads it."""
    if speaker == "candidate" and not transcript.native:
        return transcript.candidate or "Candidate"
    return NAMES[speaker]


def passage(speaker: Speaker, text: str, at: datetime, aside: str = "") -> Passage:
    """One turn, or the part of it that is there so far."""
    style = "bold $accent" if speaker == "interviewer" else "bold $focus"
    head = Content.assemble((NAMES[speaker], style), (f" {at.astimezone():%H:%M}", "$muted"))
    return Passage((speaker, text[:40]), Content.assemble(head, f"  {aside}" if aside else ""), shown(text))


def divider(title: str) -> Passage:
    """The beginning of a step."""
    return Passage(("step", title), shown_in_line(f"── {title} ──", "$muted"))


def passages(state: State, titles: dict[str, str]) -> list[Passage]:
    """Everything that was said and stands, with the steps it was said in; `titles` are those of the steps."""
    return list(_passages(state, titles))


def _passages(state: State, titles: dict[str, str]) -> Iterator[Passage]:
    withdrawn = {event.turn for event in state.events if isinstance(event, Withdrawn)}
    for event in state.events:
        match event:
            case StepEntered() if event.why != "taken_back":
                yield divider(titles.get(event.step, event.step))
            case Spoken() if event.turn not in withdrawn:
                yield passage(event.speaker, event.text, event.at)
            case CutOff() if event is not _last_words(state):
                pass
            case CutOff():
                yield passage("interviewer", event.text, event.at, "(cut off)")
            case _:
                pass


def _last_words(state: State) -> Event | None:
    """The last thing that somebody said: words that were cut off count only while nothing came after them."""
    return next((event for event in reversed(state.events) if isinstance(event, Spoken | CutOff)), None)
