"""Answers that the interviewer gave away: words that meet a check alone, said before the candidate met it."""

from collections.abc import Iterator
from dataclasses import dataclass

from fourstep.interview.hearing import questions_in
from fourstep.interview.questions import probes
from fourstep.language.clauses import read_passage
from fourstep.problem import Problem
from fourstep.review.naming import CheckId, PlainWords, sentence_of
from fourstep.rubric import INTERVIEW_STEPS, Rubric
from fourstep.transcript.transcript import Transcript

_MAY_NAME_IT = ("hint",)
"""Moves that come nearer to an answer because the candidate wanted that; what they cost is in the score."""
_OPEN = frozenset("how what which who why where when you've mentioned said".split())
"""Words of a sentence that asks openly, or gives the candidate's own words back."""


@dataclass(frozen=True, slots=True)
class GivenAway:
    """A check that the interviewer answered."""

    turn: str
    criterion: str
    check: str
    words: str
    """The interviewer's words that meet it."""


def given_away(transcript: Transcript, rubric: Rubric, problem: Problem | None) -> tuple[GivenAway, ...]:
    """The checks of the steps whose answers were told, each once; facts, and answers to questions, are none.

    Where who speaks was worked out, nothing is said: the words may be the candidate's own.
    """
    if transcript.speakers_inferred:
        return ()
    steps = (step for step in rubric.steps if step.id in INTERVIEW_STEPS)
    words = PlainWords({(c.id, check.id): check for step in steps for c in step.criteria for check in c.checks}, rubric)
    told = list(_told_first(transcript, words))
    harmless = _harmless(rubric, problem) if told else ()
    usual = {key for text in harmless for key in words.met_in(read_passage(text))}
    return tuple(one for one in told if (one.criterion, one.check) not in usual)


def _told_first(transcript: Transcript, words: PlainWords) -> Iterator[GivenAway]:
    """The checks that the interviewer's words meet before the candidate's do."""
    met: set[CheckId] = set()
    answering = True  # the opening is the problem itself
    for turn in transcript.turns:
        passage = read_passage(turn.text)
        found = words.met_in(passage)
        if turn.speaker == "interviewer" and not answering and turn.move not in _MAY_NAME_IT:
            for key, match in found.items():
                if key not in met and _OPEN.isdisjoint(sentence_of(match, passage)):
                    said = passage.text[passage.starts[match.first] : passage.ends[match.last - 1]]
                    yield GivenAway(turn.name, *key, said)
        if turn.speaker == "candidate":
            answering = bool(questions_in(turn.text))
        met |= found.keys()


def _harmless(rubric: Rubric, problem: Problem | None) -> Iterator[str]:
    """What may be said without giving anything away: questions, all hints but those that name the answer, facts."""
    for step in rubric.steps:
        yield from step.opening
    for criterion in rubric.criteria:
        yield from (*probes(criterion, problem), criterion.challenge, *criterion.hints[:-1])
    if problem:
        yield problem.statement
        yield from (fact.tells for fact in problem.facts)
        yield from (twist.tells for twist in problem.twists)
