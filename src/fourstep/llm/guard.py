"""What a model may say as the interviewer: every sentence is held against the move, the facts and the rubric. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from rapidfuzz import fuzz

from fourstep.interview.brain import MOST_WORDS
from fourstep.interview.moves import Move
from fourstep.interview.state import State
from fourstep.language.words import tokens
from fourstep.llm.sentences import split
from fourstep.llm.telling import figures
from fourstep.offline.answers import answer_checks
from fourstep.offline.reading import Reader
from fourstep.problem import Fact, Problem
from fourstep.rubric import Check, Criterion, Rubric
from fourstep.transcript.events import PadSaved
from fourstep.transcript.transcript import Transcript, Turn

REPEATED = 90
"""Likeness in percent, by rapidfuzz's `token_set_ratio`, from which a sentence repeats an earlier one."""
_SHORTEST_REPEAT = 6
"""Words; a shorter sentence, such as "How so?", is part of many others."""
_GRADING = re.compile(
    r"\b(?:rubrics?|scorecards?|hint (?:rung|ladder)|answer sheet|level [0-3]\b|(?:strong|lean|no) (?:no )?hire\b"
    r"|(?:your|the) (?:grade|grading|final score|verdict)\b|(?:great|excellent|perfect|solid|exceptional) answer\b"
    r"|(?:evaluation|grading|scoring) criteri(?:a|on))",
    re.IGNORECASE,
)
_NOTHING = "nothing"
"""What no criterion is called: a sentence has to earn its check by itself, and not as the answer to a question."""
_FORMS = {"@question", "@number", "@quantity", "@told_number", "@arithmetic"}
_ANOTHER_VOICE = re.compile(r"^\W*(?:candidate|interviewer|assistant|user|system|move|say)\W*:", re.IGNORECASE)


@dataclass(frozen=True)
class Ground:
    """What one reply may rest on."""

    move: Move
    state: State
    prepared: str
    """The move in prepared words: whatever stands in them may be said."""
    offered: tuple[Fact, ...] = ()
    """Facts that may be told if the candidate asked for them."""
    minutes_left: int | None = None

    @cached_property
    def earlier(self) -> tuple[str, ...]:
        """What the interviewer has said, sentence by sentence."""
        turns = (turn.text for turn in self.state.turns if turn.speaker == "interviewer")
        return tuple(sentence for text in turns for sentence in split(text))

    @cached_property
    def given(self) -> str:
        """The words that the move gives, and those that the candidate has just used, each once."""
        answer = self.state.last_answer
        texts = (self.prepared, *(fact.tells for fact in self.offered), answer.text if answer else "", self.state.pad)
        return " ".join(dict.fromkeys(token.word for text in texts for token in tokens(text) if token.kind == "word"))


class Guard:
    """Holds sentences back that no interviewer should say; made once for an interview."""

    def __init__(self, rubric: Rubric, problem: Problem) -> None:
        self._problem = problem
        self._reader = Reader(rubric, problem)
        self._criteria = [c for step in rubric.steps if step.id != "throughout" for c in step.criteria]
        self._ideas = {(c.id, check.id) for c in self._criteria for check in c.checks if _is_an_idea(check)}
        ids = {name for c in rubric.criteria for name in (c.id, *(check.id for check in c.checks)) if "_" in name}
        self._ids = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(ids)))})\b") if ids else None

    def fault(self, sentence: str, shown: str, ground: Ground) -> str | None:
        """Why the sentence may not follow what is `shown` of this reply; None where it may."""
        if not re.search(r"\w", sentence):
            return "It is empty."
        if _ANOTHER_VOICE.search(sentence):
            return "It speaks as somebody else, or gives the move itself."
        if self._is_about_grading(sentence, ground):
            return "It speaks of the grading."
        if len(f"{shown} {sentence}".split()) > MOST_WORDS:
            return f"It makes the reply longer than {MOST_WORDS} words."
        if questions(shown) + questions(sentence) > 1:
            return "It asks a second question."
        if self._repeats(sentence, ground):
            return "It repeats what was said in an earlier turn."
        if unknown := self._unknown_number(sentence, ground):
            return f"It names a number that nobody gave: {unknown}."
        if leaked := self._leaked(sentence, ground):
            return f"It gives away what the candidate should say, on '{leaked.title}'."
        return None

    def _is_about_grading(self, sentence: str, ground: Ground) -> bool:
        named = _GRADING.search(sentence) or (self._ids.search(sentence) if self._ids else None)
        return named is not None and named[0].lower() not in ground.prepared.lower()

    def _repeats(self, sentence: str, ground: Ground) -> bool:
        """A fact that is asked for again is told again, and so is a question."""
        told_again = bool(ground.move.facts) and not questions(sentence)
        return ground.move.kind != "repeat" and not told_again and repeats(sentence, ground.earlier)

    def _unknown_number(self, sentence: str, ground: Ground) -> str | None:
        texts = (
            ground.prepared,
            self._problem.statement,
            *self._facts(ground),
            *(turn.text for turn in ground.state.turns),
            *(event.text for event in ground.state.events if isinstance(event, PadSaved)),
            str(ground.minutes_left or ""),
        )
        claimed = list(figures(sentence))
        known = {value for text in texts for _, value in figures(text)} if claimed else set()
        return next((word for word, value in claimed if value not in known), None)

    def _leaked(self, sentence: str, ground: Ground) -> Criterion | None:
        """The first criterion of which the sentence alone would earn a check that the candidate has not met.

        Giving back what the move says, what was told, or what the candidate has just said, is no answer.
        """
        earned = [] if ground.move.kind == "hint" else self._earned(sentence, ground, ground.given)
        if not earned:
            return None
        free = self._earned(" ".join((ground.prepared, *self._facts(ground))), ground, "")
        return next((criterion for criterion, check in earned if (criterion, check) not in free), None)

    def _earned(self, text: str, ground: Ground, given: str) -> list[tuple[Criterion, str]]:
        """The checks that a candidate would meet with this text, after somebody else used the words that are given."""
        before = Turn(1, "interviewer", given, aims_at=_NOTHING)
        reading = self._reader.read(Transcript("reply", (before, Turn(2, "candidate", text))))
        reading = replace(reading, questions=frozenset(), bare_questions=frozenset())  # "Have you thought of …?" tells
        return [
            (criterion, answer.check.id)
            for criterion in self._criteria
            for answer in answer_checks(criterion, reading)
            if (criterion.id, answer.check.id) in self._ideas
            and answer.met == "yes"
            and ground.state.coverage.get(criterion.id, {}).get(answer.check.id) != "yes"
        ]

    def _facts(self, ground: Ground) -> tuple[str, ...]:
        """What the facts tell that were or may be told."""
        told = (self._problem.fact(name) for name in (*ground.move.facts, *sorted(ground.state.facts_told)))
        return tuple(fact.tells for fact in (*told, *ground.offered))


def questions(text: str) -> int:
    """How many questions a text asks."""
    return len(re.findall(r"\?+", text))


def repeats(sentence: str, earlier: Iterable[str]) -> bool:
    """Whether the sentence is one of those before, in nearly the same words; short ones are part of many others."""
    said = sentence.casefold()
    return _is_long(sentence) and any(
        fuzz.token_set_ratio(said, before.casefold()) >= REPEATED for before in earlier if _is_long(before)
    )


def _is_an_idea(check: Check) -> bool:
    """Whether words show it: questions are an interviewer's business, and figures are looked at apart."""
    looked_for = {one for signal in check.signals for name in signal.near for one in name.split("|")}
    return not looked_for & _FORMS


def _is_long(sentence: str) -> bool:
    return len(sentence.split()) >= _SHORTEST_REPEAT
