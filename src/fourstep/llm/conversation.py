"""The messages of an interviewer's call: what stays the same from turn to turn first, the move of the moment last.

Every call begins byte by byte as the one before it, up to the last spoken turn: a server's prompt cache serves it.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from string import Template

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage

from fourstep.interview.brain import Summary
from fourstep.interview.state import State
from fourstep.problem import Problem
from fourstep.rubric import Rubric
from fourstep.transcript.events import Compacted, Spoken, Started
from fourstep.transcript.transcript import transcript_of

_BYTES_A_TOKEN = 3
"""English has four to five; fewer are assumed, because the model's own tokens are not known."""
_SILENCE = "…"
"""Stands for a candidate who says nothing, because servers want two speakers to take turns."""
_LONGEST_OPENING = 40
"""Words of an answer that a summary leaves out."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """What has been said, as a model reads it."""

    system: str
    tag: str
    """Names the director's notes; a candidate does not know it."""
    turns: tuple[Spoken, ...]
    """Those that stand in it word for word."""
    summary: str = ""
    """What stands for the turns before them."""
    pads: Mapping[int, str] = field(default_factory=dict)
    """What stood on the design pad with an answer, by its turn, where that had changed."""

    def messages(self, move: str) -> list[BaseMessage]:
        """The messages of one call; the move is at the end of the last, and not kept for the next call."""
        *before, (_, last) = self._rows()
        return [
            SystemMessage(self.system),
            *(HumanMessage(text) if speaker == "candidate" else AIMessage(text) for speaker, text in before),
            HumanMessage(f"{last}\n\n{move}"),
        ]

    def tokens(self, move: str) -> int:
        """About how many tokens a call with this move reads."""
        return sum(size(str(message.content)) for message in self.messages(move))

    def oldest(self, most_tokens: int) -> tuple[Spoken, ...]:
        """The first turns, as many as have so many tokens together, but at least one; never the last exchange."""
        taken: list[Spoken] = []
        for turn in self.turns[:-2]:
            most_tokens -= size(self._words(turn))
            if taken and most_tokens < 0:
                break
            taken.append(turn)
        return tuple(taken)

    def after(self, summary: Summary) -> "Conversation":
        """The conversation in which a summary stands for the turns that it covers."""
        turns = tuple(turn for turn in self.turns if turn.turn > summary.until)
        pads = {turn: pad for turn, pad in self.pads.items() if turn > summary.until}
        first = next((turn.turn for turn in turns if turn.speaker == "candidate"), None)
        before = [pad for turn, pad in self.pads.items() if turn <= summary.until]
        if before and first:  # what was drawn before still stands on the pad
            pads = {first: before[-1]} | pads
        return replace(self, turns=turns, summary=summary.text, pads=pads)

    def _rows(self) -> list[tuple[str, str]]:
        """Speakers with their words in strict turns, the candidate first and last."""
        earlier = f"<earlier-{self.tag}>\n{self.summary}\n</earlier-{self.tag}>" if self.summary else ""
        rows = [("candidate", earlier)] if earlier else []
        for turn in self.turns:
            same = bool(rows) and rows[-1][0] == turn.speaker
            if turn.speaker == "candidate" and same:
                rows[-1] = (turn.speaker, f"{rows[-1][1]}\n\n{self._words(turn)}")
                continue
            if turn.speaker == "interviewer" and (same or not rows):
                rows.append(("candidate", _SILENCE))
            rows.append((turn.speaker, self._words(turn)))
        return rows if rows and rows[-1][0] == "candidate" else [*rows, ("candidate", _SILENCE)]

    def _words(self, turn: Spoken) -> str:
        """What a turn says, with the design pad behind it where that had changed."""
        pad = self.pads.get(turn.turn, "")
        return f"{turn.text}\n\n<pad-{self.tag}>\n{pad}\n</pad-{self.tag}>" if pad.strip() else turn.text


def conversation(state: State, rubric: Rubric, problem: Problem, prompt: Template) -> Conversation:
    """What was said in an interview; what was summed up before stays so."""
    assert state.started is not None, "an interview begins with its setting"
    tag = hashlib.sha256(f"{state.started.id} {state.started.seed}".encode()).hexdigest()[:12]
    pads = {turn.number: turn.pad for turn in transcript_of(state.events).candidate_turns if turn.pad}
    whole = Conversation(_system(state.started, rubric, problem, prompt, tag), tag, state.turns, pads=pads)
    summaries = [Summary(event.until, event.summary) for event in state.events if isinstance(event, Compacted)]
    return whole.after(summaries[-1]) if summaries else whole


def size(text: str) -> int:
    """About how many tokens a text has."""
    return len(text.encode(errors="replace")) // _BYTES_A_TOKEN + 1


def to_sum_up(talk: Conversation, turns: Sequence[Spoken]) -> str:
    """What is summed up: the summary so far, and turns as JSON."""
    rows = [json.dumps(_row(turn, talk.pads.get(turn.turn)), ensure_ascii=False) for turn in turns]
    return "\n".join(
        (f"<earlier-{talk.tag}>", *([talk.summary] if talk.summary else []), *rows, f"</earlier-{talk.tag}>")
    )


def completed(summary: str, talk: Conversation, turns: Sequence[Spoken]) -> str:
    """The summary with the beginning of every answer that it leaves out: none is dropped without a word."""
    lines = [
        *(line for line in talk.summary.splitlines() if line.partition(":")[0].startswith("C")),
        *(f"{_name(turn)}: {_opening(turn.text)}" for turn in turns if turn.speaker == "candidate"),
    ]
    left_out = [line for line in lines if f"{line.partition(':')[0]}:" not in summary]
    return "\n".join((summary.strip(), *left_out))


def _row(turn: Spoken, pad: str | None) -> dict[str, str]:
    return {"turn": _name(turn), "text": turn.text} | ({"pad": pad} if pad else {})


def _opening(text: str) -> str:
    return " ".join(text.split()[:_LONGEST_OPENING])


def _name(turn: Spoken) -> str:
    return f"{turn.speaker[0].upper()}{turn.turn}"


def _system(started: Started, rubric: Rubric, problem: Problem, prompt: Template, tag: str) -> str:
    return prompt.substitute(
        tag=tag,
        persona=started.persona,
        level=started.level,
        minutes=f"{started.minutes:g}",
        steps=", ".join(rubric.step(step).title.lower() for step in started.steps),
        title=problem.title,
        statement=problem.statement.strip(),
    )
