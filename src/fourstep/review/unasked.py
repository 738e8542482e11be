"""Facts that were never asked for, those first that bear on what was scored low."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import log

from fourstep.grading.arithmetic import points_a_level
from fourstep.grading.scorecard import Judgement
from fourstep.interview.facts import FactFinder
from fourstep.interview.hearing import hear, questions_in
from fourstep.language.words import stem, tokens
from fourstep.levels import TOP_LEVEL
from fourstep.problem import Fact, Problem
from fourstep.rubric import Rubric
from fourstep.transcript.transcript import Transcript

_PARTS = re.compile(r"[,;:]|\b(?:and|or)\b", re.IGNORECASE)
_SHORTEST_PART = 4
"""Words; fewer are an example in a list, such as "clicks, or watch time"."""


@dataclass(frozen=True, slots=True)
class UnaskedFact:
    """Something the interviewer would have told."""

    fact: str
    tells: str
    matters: str
    """What in the design depends on it."""


def unasked_facts(
    transcript: Transcript, judgements: Sequence[Judgement], rubric: Rubric, problem: Problem | None
) -> tuple[UnaskedFact, ...]:
    """The facts that were never asked for, what could have earned most with them first.

    None of an interview that was held elsewhere: whoever led it told other facts.
    """
    if problem is None or not transcript.native:
        return ()
    asked = transcript.facts_told | frozenset(_asked(transcript, problem))
    unasked = [fact for fact in problem.facts if fact.id not in asked]
    worth = _worth(judgements, rubric, problem)
    unasked.sort(key=lambda fact: -worth(fact))
    return tuple(UnaskedFact(fact.id, fact.tells, fact.matters) for fact in unasked)


def _asked(transcript: Transcript, problem: Problem) -> Iterator[str]:
    """What the candidate's questions and their parts ask for, whether it was told or not."""
    finder = FactFinder(problem)
    for turn in transcript.candidate_turns:
        yield from (fact.id for fact in hear(turn.text, finder).facts)
        parts = (part for question in questions_in(turn.text) for part in _PARTS.split(question))
        asking = (part for part in parts if len(part.split()) >= _SHORTEST_PART)
        yield from (fact.id for part in asking for fact in finder.asked_for(part))


def _worth(judgements: Sequence[Judgement], rubric: Rubric, problem: Problem) -> Callable[[Fact], float]:
    """Points that the criterion lacks whose strong answer shares most with a fact, rarer words counting more."""
    points = points_a_level(judgements, rubric, problem)
    lost = {j.id: points[j.id] * (TOP_LEVEL - j.level) for j in judgements if j.id in points and j.level is not None}
    strong = {key: _words(answer) for key, answer in problem.strong.items() if key in lost}
    spread = Counter(word for words in strong.values() for word in words)

    def worth(fact: Fact) -> float:
        own = _words(f"{fact.tells} {fact.matters}")
        shared = {key: sum(log(len(strong) / spread[word]) for word in own & words) for key, words in strong.items()}
        return max((lost[key] * weight for key, weight in shared.items()), default=0.0)

    return worth


def _words(text: str) -> frozenset[str]:
    return frozenset(stem(token.word) for token in tokens(text) if token.kind in ("word", "number"))
