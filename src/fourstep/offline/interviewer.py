"""The interviewer without a model: the agenda's moves in the rubric's and the problem's own words.

Equal wordings are chosen by the interview's seed, and none that was already used is said again while others are left.
"""

import random
from collections.abc import AsyncIterator, Iterable
from typing import Literal

from fourstep.interview.brain import MOST_WORDS, Interviewer
from fourstep.interview.moves import Move
from fourstep.interview.questions import question
from fourstep.interview.state import State
from fourstep.interview.timing import USUAL_MINUTES
from fourstep.language.clauses import read_passage
from fourstep.language.phrases import Concepts
from fourstep.problem import Problem
from fourstep.rubric import INTERVIEW_STEPS, Rubric, Step, StepId

OCCASIONS = (
    "greeting ask_opening acknowledge refer_back answer_fact unknown_fact several_unknown too_many "
    "move_on move_on_time move_on_asked challenge hint no_hint hints_used_up repeat refused rude off_topic empty "
    "checked_in took_back nudge take_time time_left cannot_say closing_questions closing_answer farewell time_up"
).split()
"""The occasions for which a rubric must hold lines."""

_COUNTS = ("no", "one", "two", "three", "four")
_SHORTEST_TERM = 5
_BEARING = 12
"""How many words a term may stand from a word on the matter."""


class OfflineInterviewer(Interviewer):
    """Says moves in prepared words."""

    kind: Literal["offline"] = "offline"

    def __init__(self, rubric: Rubric, problem: Problem) -> None:
        self._rubric = rubric
        self._problem = problem
        groups = rubric.all_concepts()
        terms: dict[str, tuple[str, ...]] = {step: groups.get(f"terms_{step}", ()) for step in INTERVIEW_STEPS}
        self._terms = Concepts(terms | rubric.topics())

    async def say(self, move: Move, state: State) -> AsyncIterator[str]:
        """The words for a move, in one piece."""
        yield self.words(move, state)

    def words(self, move: Move, state: State) -> str:
        """The words for a move: at most 80, at most one question."""
        lead = self._line(move.lead, state).format(minutes=move.minutes_left) if move.lead else ""
        facts = self._facts(move, state)
        match move.kind:
            case "open":
                return self._opening(state)
            case "answer":
                return _fitted([lead], facts or self._line("checked_in", state))
            case "probe":
                ask = self._question(move)
                bridge = "" if facts or lead or move.step else self._bridge(move, state)
                return _fitted([lead, bridge], facts, ask)
            case "challenge":
                return _fitted([lead, self._line("challenge", state)], facts, self._question(move))
            case "twist":
                return _fitted([lead], facts, self._problem.twist(move.twist or "").tells)
            case "hint":
                return _fitted([self._line("hint", state)], self._hint(move))
            case "advance":
                return _fitted([lead], self._move_on(move, state), self._enter(move.step, state))
            case "redirect":
                return lead or self._line("empty", state)
            case "repeat":
                return _fitted([lead or self._line("repeat", state)], self._last_question(state))
            case "close":
                return _fitted([lead], self._line("closing_questions", state))
            case "farewell":
                return _fitted([lead], self._line("farewell", state))

    def _opening(self, state: State) -> str:
        minutes = state.started.minutes if state.started else USUAL_MINUTES
        count = len(state.started.steps) if state.started else len(INTERVIEW_STEPS)
        steps = f"{_COUNTS[count]} step{'s' if count > 1 else ''}"
        greeting = self._line("greeting", state).format(title=self._problem.title, minutes=f"{minutes:g}", steps=steps)
        first = state.step or "frame"
        asks = self._line("ask_opening", state)
        if first != "frame":
            there = self._line("move_on", state).format(step=self._step(first).title.lower())
            asks = f"{there} {self._enter(first, state)}"
        return _fitted([greeting], self._problem.statement.strip(), asks)

    def _facts(self, move: Move, state: State) -> str:
        parts: list[str] = []
        if move.facts:
            parts.append(self._line("answer_fact", state))
            parts += [self._problem.fact(fact).tells for fact in move.facts]
        if move.unknown and state.closing:
            parts.append(self._line("closing_answer", state))
        elif move.unknown:
            parts.append(self._line("several_unknown" if len(move.unknown) > 1 else "unknown_fact", state))
        if move.too_many:
            parts.append(self._line("too_many", state))
        return " ".join(part for part in parts if part)

    def _question(self, move: Move) -> str:
        assert move.criterion is not None
        assert move.question is not None
        return question(self._rubric.criterion(move.criterion), self._problem, move.question)

    def _hint(self, move: Move) -> str:
        assert move.criterion is not None
        assert move.rung is not None
        return self._rubric.criterion(move.criterion).hints[move.rung - 1]

    def _move_on(self, move: Move, state: State) -> str:
        assert move.step is not None
        occasion = {"time": "move_on_time", "asked": "move_on_asked"}.get(move.why or "", "move_on")
        return self._line(occasion, state).format(step=self._rubric.step(move.step).title.lower())

    def _enter(self, step: StepId | None, state: State) -> str:
        return self._fresh(self._step(step).opening, state) if step else ""

    def _step(self, step: StepId) -> Step:
        return self._rubric.step(step)

    def _bridge(self, move: Move, state: State) -> str:
        """Refers back to a term of the candidate's, or acknowledges in a word."""
        term = self._their_term(move, state)
        if term:
            return self._line("refer_back", state).format(term=term)
        return self._line("acknowledge", state)

    def _their_term(self, move: Move, state: State) -> str:
        """A term of art in a clause of the last answer that bears on the question, not taken up before; verbatim."""
        answer = state.last_answer
        if answer is None or state.step is None or move.criterion is None:
            return ""
        passage = read_passage(answer.text)
        found = self._terms.find(passage)
        bearing = {
            match.first for topic in self._rubric.criterion(move.criterion).topic for match in found.get(topic, [])
        }
        taken_up = " ".join(turn.text for turn in state.spoken if turn.speaker == "interviewer").lower()
        for match in reversed(found.get(state.step, [])):
            term = passage.text[passage.starts[match.first] : passage.ends[match.last - 1]]
            near = any(abs(match.first - place) <= _BEARING for place in bearing)
            if near and len(term) >= _SHORTEST_TERM and "\n" not in term and term.lower() not in taken_up:
                return term
        return ""

    def _last_question(self, state: State) -> str:
        """What was asked last, word for word; the problem itself before anything was."""
        for turn in reversed(state.turns):
            if turn.speaker != "interviewer" or turn.move in ("repeat", "redirect", "hint"):
                continue
            if turn.criterion is not None and turn.question is not None:
                return question(self._rubric.criterion(turn.criterion), self._problem, turn.question)
            if turn.move == "open":
                return self._problem.statement.strip()
            if turn.move in ("advance", "close", "twist"):
                return turn.text
        return self._problem.statement.strip()

    def _line(self, occasion: str, state: State) -> str:
        return self._fresh(self._rubric.lines.get(occasion, ()), state)

    def _fresh(self, lines: Iterable[str], state: State) -> str:
        """One of the lines, by the seed and the turn; one that was not said before, if there is one."""
        choices = list(lines)
        if not choices:
            return ""
        seed = state.started.seed if state.started else 0
        random.Random(f"{seed}:{state.next_turn}:{choices[0]}").shuffle(choices)
        said = " ".join(turn.text for turn in state.spoken if turn.speaker == "interviewer")
        return next((line for line in choices if line.split("{")[0].strip() not in said), choices[0])


def _fitted(droppable: list[str], *needed: str) -> str:
    """The parts in order; what may be dropped goes first when there are too many words."""
    kept = [part for part in droppable if part]
    parts = [part for part in needed if part]
    while kept and len(" ".join([*kept, *parts]).split()) > MOST_WORDS:
        kept.pop(0)
    return " ".join([*kept, *parts])
