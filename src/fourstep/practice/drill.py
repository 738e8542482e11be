"""One drill: a question about one criterion on a problem, one answer, judged on that criterion alone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from fourstep.errors import NotFoundError
from fourstep.grading.evidence import with_verified_quotes
from fourstep.grading.scorecard import Judgement
from fourstep.levels import SOLID
from fourstep.practice.deck import Card
from fourstep.practice.drilled import FRAMEWORK, Drilled
from fourstep.practice.framework import QUESTION, framework, recalled
from fourstep.practice.progress import still_missed
from fourstep.practice.schedule import next_due, rating_of, rating_of_recall
from fourstep.problem import Problem
from fourstep.rubric import INTERVIEW_STEPS, Criterion, Rubric
from fourstep.transcript.transcript import Transcript, Turn

FRAMEWORK_TITLE = "The four steps from memory"
_MOST_AIMED = 3
"""Checks that one answer of a few minutes can be about."""
_FACTS = 3
"""Facts of the problem that are told beforehand: in a whole interview some would have been asked for by then."""


@dataclass(frozen=True, slots=True)
class Drill:
    """What is asked."""

    name: str
    """The criterion's id, or `framework`."""
    title: str
    question: str
    aimed: tuple[str, ...]
    """The checks that it is about; of the framework, all criteria of the four steps."""
    earlier: tuple[Drilled, ...] = ()
    """How it went before, oldest first."""
    problem: Problem | None = None
    """None for the framework."""
    typed: str = ""
    """What was typed for it when it was left."""

    @property
    def told(self) -> str:
        """What is known of the problem besides its statement, so that an answer can build on it."""
        return " ".join(fact.tells for fact in self.problem.facts[:_FACTS]) if self.problem else ""


@dataclass(frozen=True, slots=True)
class Answered:
    """What a candidate gave to a drill, and when."""

    text: str
    at: datetime
    seconds: float
    """From the question to the answer."""


def can_be_drilled(rubric: Rubric) -> dict[str, Criterion]:
    """The criteria that one answer can show: all but those that are judged across the steps."""
    return {c.id: c for step in rubric.steps if step.id in INTERVIEW_STEPS for c in step.criteria}


def drill_name(name: str, rubric: Rubric) -> str:
    """The drill of that name, or of a unique prefix of one. Raises: NotFoundError."""
    known = [FRAMEWORK, *can_be_drilled(rubric)]
    wanted = name.strip().lower().replace("-", "_")
    fitting = [wanted] if wanted in known else [key for key in known if wanted and key.startswith(wanted)]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise NotFoundError(f"'{name}' could be {len(fitting)} drills.", f"Name one of: {', '.join(fitting)}.")
    raise NotFoundError(f"There is no drill '{name}'.", f"There are: {', '.join(known)}.")


def drill_on(card: Card, criterion: Criterion, problem: Problem) -> Drill:
    """The next exercise on a criterion, with that problem."""
    asked = [one.question for one in card.earlier]
    questions = (*problem.probes.get(criterion.id, ()), *criterion.probes)
    question = min(questions, key=asked.count)  # of equally often asked ones the first, in the problem's own words
    return Drill(criterion.id, criterion.title, question, _aimed(card, criterion), card.earlier, problem)


def framework_drill(card: Card, rubric: Rubric) -> Drill:
    """The page of the four steps."""
    criteria = tuple(criterion.id for criterion in framework(rubric))
    return Drill(FRAMEWORK, FRAMEWORK_TITLE, QUESTION, criteria, card.earlier)


def longest_unseen(problems: Iterable[str], seen: Mapping[str, datetime]) -> list[str]:
    """Problems in the order in which they are drilled: those never seen first, then those seen longest ago."""
    names = list(problems)
    return sorted(names, key=lambda name: (name in seen, seen[name].timestamp() if name in seen else 0, name))


def transcript_of_drill(drill: Drill, answer: str, rubric: Rubric) -> Transcript:
    """The exchange as a grader reads it: the problem with what is told of it, the question, the answer."""
    assert drill.problem is not None
    step = rubric.step_of(drill.name).id
    turns = (
        Turn(1, "interviewer", f"{drill.problem.statement} {drill.told}", step),
        Turn(2, "interviewer", drill.question, step, drill.name, "probe"),
        Turn(3, "candidate", answer, step),
    )
    return Transcript("drill", turns, drill.problem.id, assessed=(step,), one_answer=True)


def alone(drill: Drill, rubric: Rubric) -> Problem:
    """The drill's problem with every other criterion switched off, so that a grader judges this one."""
    assert drill.problem is not None
    others = {c.id: "It is not what this drill asks." for c in rubric.criteria if c.id != drill.name}
    return drill.problem.model_copy(update={"off": others})


def judged_drill(
    drill: Drill,
    answered: Answered,
    judgement: Judgement,
    rubric: Rubric,
    *,
    grader: str,
    rubric_hash: str,
    note: str = "",
) -> Drilled:
    """What came of an answer, and when the drill comes again; what could not be graded stays due."""
    judgement = with_verified_quotes(judgement, transcript_of_drill(drill, answered.text, rubric))
    checks = {check.id: check.met for check in judgement.checks}
    met = sum(checks.get(check) == "yes" for check in drill.aimed)
    rating = None if judgement.level is None else rating_of(judgement.level, met)
    return Drilled(
        at=answered.at,
        drill=drill.name,
        problem=drill.problem.id if drill.problem else None,
        question=drill.question,
        answer=answered.text,
        seconds=round(answered.seconds, 1),
        grader=grader,
        rubric=rubric_hash,
        level=judgement.level,
        checks=checks,
        aimed=drill.aimed,
        quotes=tuple(evidence.quote for evidence in judgement.evidence),
        note=note or (judgement.reason if judgement.level is None else ""),
        rating=rating,
        due=next_due(drill.earlier, rating, answered.at) if rating else None,
    )


def judged_framework(drill: Drill, answered: Answered, rubric: Rubric, *, rubric_hash: str) -> Drilled:
    """What was recalled of the framework, and when it comes again."""
    found = recalled(answered.text, rubric)
    rating = rating_of_recall(len(found.criteria), len(drill.aimed))
    unnamed = [rubric.step(step).title for step in INTERVIEW_STEPS if step not in found.steps]
    return Drilled(
        at=answered.at,
        drill=FRAMEWORK,
        problem=None,
        question=drill.question,
        answer=answered.text,
        seconds=round(answered.seconds, 1),
        grader="offline",
        rubric=rubric_hash,
        level=None,
        checks={name: "yes" if name in found.criteria else "no" for name in drill.aimed},
        aimed=drill.aimed,
        note=f"No heading for: {', '.join(unnamed)}." if unnamed else "",
        rating=rating,
        due=next_due(drill.earlier, rating, answered.at),
    )


def _aimed(card: Card, criterion: Criterion) -> tuple[str, ...]:
    """The checks that were missed when it was last drilled or graded; else those that a solid answer takes."""
    missed = _missed(card, criterion)
    solid = [c.id for c in criterion.checks if c.id in criterion.rule(1).check_ids | criterion.rule(SOLID).check_ids]
    return tuple((missed or solid)[:_MOST_AIMED])


def _missed(card: Card, criterion: Criterion) -> Sequence[str]:
    known = {check.id for check in criterion.checks}
    drilled = next((one for one in reversed(card.earlier) if one.rating and known.intersection(one.checks)), None)
    graded = card.recent[0] if card.recent else None
    if drilled and (graded is None or drilled.at >= graded.at):
        return [check.id for check in criterion.missed_above(drilled.level or 0, drilled.checks)]
    return still_missed(criterion, graded) if graded else ()
