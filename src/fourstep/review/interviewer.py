"""The interviewer is reviewed too, by code: from the log where there is one, otherwise from the words alone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fourstep.grading.grader import criteria_in_play
from fourstep.grading.scorecard import Judgement
from fourstep.interview.facts import FactFinder
from fourstep.interview.hearing import hear
from fourstep.language.clauses import read_passage
from fourstep.language.words import stem, tokens
from fourstep.problem import Problem
from fourstep.review.attempts import attempted
from fourstep.review.exchanges import Exchange
from fourstep.review.giveaways import GivenAway, given_away
from fourstep.review.time_use import talk_share
from fourstep.rubric import INTERVIEW_STEPS, Rubric
from fourstep.transcript.transcript import Transcript, Turn

_REPEATS_ON_PURPOSE = ("repeat", "redirect", "hint")
"""Moves that say a question once more because it was wanted, or because an answer was taken back."""
_SAME = 90
"""Likeness in percent, by rapidfuzz's `token_sort_ratio`, from which two questions are one."""
_SHORTEST_QUESTION = 5
"""Words; shorter ones ("Anything else?") may come back."""
_TOLD = 0.7
"""Share of a fact's own words from which on it was told."""


@dataclass(frozen=True, slots=True)
class AskedTwice:
    """A question that came again."""

    first: str
    again: str
    """The turns."""
    question: str


@dataclass(frozen=True, slots=True)
class ToldUnasked:
    """A fact that nobody had asked for when it was told."""

    turn: str
    fact: str
    tells: str


@dataclass(frozen=True, slots=True)
class InterviewerReview:
    """How the interviewer did."""

    talk_share: float | None
    """Of all words, 0 to 1; None where nothing was said."""
    asked_twice: tuple[AskedTwice, ...]
    two_at_once: tuple[str, ...]
    """The turns with more than one question, after the opening."""
    told_unasked: tuple[ToldUnasked, ...]
    given_away: tuple[GivenAway, ...]
    """Answers that were said before the candidate could."""
    no_chance: tuple[str, ...] | None
    """Criteria that were neither asked about nor raised; None before it was scored."""


def interviewer_review(
    transcript: Transcript,
    asked: Sequence[Exchange],
    judgements: Sequence[Judgement],
    rubric: Rubric,
    problem: Problem | None,
) -> InterviewerReview:
    """What can be said of the interviewer of a transcript."""
    said = [turn for turn in transcript.turns if turn.speaker == "interviewer"]
    share = talk_share(transcript)
    return InterviewerReview(
        talk_share=None if share is None else 1 - share,
        asked_twice=tuple(_asked_twice(said)),
        two_at_once=tuple(turn.name for turn in said[1:] if len(_questions(turn)) > 1),
        told_unasked=tuple(_told_unasked(transcript, problem)) if problem else (),
        given_away=given_away(transcript, rubric, problem),
        no_chance=tuple(_no_chance(transcript, asked, judgements, rubric, problem)) if judgements else None,
    )


def _questions(turn: Turn) -> tuple[str, ...]:
    """Its sentences that ask, without their marks; tags ("right?") apart."""
    passage = read_passage(turn.text)
    numbers = dict.fromkeys(clause.sentence for clause in passage.clauses if clause.question)
    sentences = ([clause for clause in passage.clauses if clause.sentence == number] for number in numbers)
    texts = (" ".join(passage.text[one[0].start : one[-1].end].split()) for one in sentences)
    return tuple(text for text in texts if len(text.split()) >= _SHORTEST_QUESTION)


def _asked_twice(said: Sequence[Turn]) -> Iterator[AskedTwice]:
    from rapidfuzz import fuzz  # 4 MB, which a screen that only lists need not hold

    before: list[tuple[Turn, str]] = []
    for turn in said:
        if turn.move in _REPEATS_ON_PURPOSE:
            continue
        questions = [(turn, question) for question in _questions(turn)]
        for _, question in questions:
            alike = (one for one, other in before if fuzz.token_sort_ratio(question, other) >= _SAME)
            if first := next(alike, None):
                yield AskedTwice(first.name, turn.name, f"{question}?")
        before += questions


def _told_unasked(transcript: Transcript, problem: Problem) -> Iterator[ToldUnasked]:
    """Facts whose words the interviewer says, after the opening, without a question for them before."""
    finder, asked, opened = FactFinder(problem), set[str](), False
    told: set[str] = set()
    facts = [(fact, _content(fact.tells)) for fact in problem.facts]
    for turn in transcript.turns:
        if turn.speaker == "candidate":
            asked |= {fact.id for fact in hear(turn.text, finder).facts}
            continue
        words = _content(turn.text)
        for fact, own in facts if opened else ():
            if fact.id not in asked | told and own and len(own & words) / len(own) >= _TOLD:
                told.add(fact.id)
                yield ToldUnasked(turn.name, fact.id, fact.tells)
        opened = True


def _content(text: str) -> frozenset[str]:
    return frozenset(
        stem(token.word)
        for token in tokens(text)
        if token.kind == "number" or (token.kind == "word" and len(token.word) > 3)
    )


def _no_chance(
    transcript: Transcript,
    asked: Sequence[Exchange],
    judgements: Sequence[Judgement],
    rubric: Rubric,
    problem: Problem | None,
) -> Iterator[str]:
    """Criteria of the steps that were held; those that run across all steps need no question."""
    judged = {judgement.id: judgement for judgement in judgements}
    for criterion in criteria_in_play(rubric, problem):
        step = rubric.step_of(criterion.id).id
        if step not in INTERVIEW_STEPS or step not in transcript.assessed or criterion.id not in judged:
            continue
        was_asked = any(criterion.id in exchange.about for exchange in asked)
        if not was_asked and not attempted(judged[criterion.id], asked):
            yield criterion.id
