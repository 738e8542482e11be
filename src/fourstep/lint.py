"""What is wrong with a rubric or a problem although it can be read: faults that only show when it is used. Pure."""

from collections.abc import Iterator
from typing import get_args

from fourstep.choices import Level
from fourstep.interview.facts import FactFinder
from fourstep.offline.interviewer import OCCASIONS
from fourstep.offline.vocabulary import PROBLEM_CONCEPTS, READ_OFF_THE_TEXT
from fourstep.problem import Problem, rubric_for, unfilled
from fourstep.rubric import INTERVIEW_STEPS, Criterion, Rubric, Signal

_TOLERANCE = 1e-6


def lint_rubric(rubric: Rubric) -> list[str]:
    """A sentence for every fault, `criterion: what`; empty when there is none."""
    return [
        *_weight_faults(rubric),
        *(f"lines: there are none for '{name}'." for name in OCCASIONS if not rubric.lines.get(name)),
        *(f"lines: nobody says '{name}'." for name in rubric.lines if name not in OCCASIONS),
        *(fault for criterion in rubric.criteria for fault in _criterion_faults(criterion, rubric)),
    ]


def _weight_faults(rubric: Rubric) -> Iterator[str]:
    ids = [step.id for step in rubric.steps]
    yield from (f"steps: there is no '{name}'." for name in INTERVIEW_STEPS if name not in ids)
    yield from (f"steps: '{name}' stands twice." for name in sorted({name for name in ids if ids.count(name) > 1}))
    yield from (f"bars: there is none for '{name}'." for name in get_args(Level) if name not in rubric.bars)
    total = sum(step.weight for step in rubric.steps)
    if abs(total - 1) > _TOLERANCE:
        yield f"steps: the weights make {total:g} and must make 1."
    known = {criterion.id for criterion in rubric.criteria}
    if len(known) != len(rubric.criteria):
        yield "criteria: an id stands twice."
    yield from (f"must_not_miss: there is no criterion '{name}'." for name in rubric.must_not_miss if name not in known)


def _criterion_faults(criterion: Criterion, rubric: Rubric) -> Iterator[str]:
    ids = [check.id for check in criterion.checks]
    if len(set(ids)) != len(ids):
        yield f"{criterion.id}: a check's id stands twice."
    for name in ("mentioned", "solid", "exceptional"):
        rule = getattr(criterion.levels, name)
        unknown = sorted(rule.check_ids - set(ids))
        if unknown:
            yield f"{criterion.id}: level '{name}' speaks of an unknown check '{unknown[0]}'."
        elif not rule.is_met(set(ids)):
            yield f"{criterion.id}: no set of checks can reach level '{name}'."
        elif not rule.check_ids:
            yield f"{criterion.id}: level '{name}' asks for no check."
    used = {check for rule in vars(criterion.levels).values() for check in rule.check_ids}
    yield from (
        f"{criterion.id}: check '{check}' makes no difference to any level." for check in ids if check not in used
    )
    yield from (
        f"{criterion.id}: check '{check.id}' is also met by an unknown check '{name}'."
        for check in criterion.checks
        for name in check.also_met_by
        if name not in ids
    )
    yield from _overlaps(criterion)
    known = {*rubric.all_concepts(), *PROBLEM_CONCEPTS, *READ_OFF_THE_TEXT}
    for where, names in _named_concepts(criterion):
        yield from (
            f"{criterion.id}: {where} names an unknown concept '{name}'." for name in names if name not in known
        )


def _overlaps(criterion: Criterion) -> Iterator[str]:
    for number, check in enumerate(criterion.checks):
        for other in criterion.checks[number + 1 :]:
            same = [signal for signal in check.signals if signal in other.signals]
            if same or check.says.casefold() == other.says.casefold():
                yield f"{criterion.id}: checks '{check.id}' and '{other.id}' overlap: they are met by the same words."


def _named_concepts(criterion: Criterion) -> Iterator[tuple[str, tuple[str, ...]]]:
    for field in ("topic", "revoked_by", "spoiled_by"):
        yield field, getattr(criterion, field)
    for check in criterion.checks:
        for signal in check.signals:
            yield f"check '{check.id}'", tuple(_in_signal(signal))


def _in_signal(signal: Signal) -> Iterator[str]:
    groups = (signal.near, signal.before, signal.without, *signal.some.values())
    for names in groups:
        for name in names:
            yield from name.split("|")


def lint_problem(problem: Problem, rubric: Rubric) -> list[str]:
    """A sentence for every fault of a problem, held against the rubric."""
    return [
        *(f"{place}: is still to be filled in: {what}" for place, what in unfilled(problem)),
        *_unknown_criteria(problem, rubric),
        *_rewording_faults(problem, rubric),
        *_fact_faults(problem),
    ]


def _unknown_criteria(problem: Problem, rubric: Rubric) -> Iterator[str]:
    known = {criterion.id for criterion in rubric.criteria}
    for field in ("weights", "off", "probes", "strong"):
        yield from (
            f"{field}: there is no criterion '{name}'." for name in getattr(problem, field) if name not in known
        )
    yield from (
        f"twists: '{twist.id}' aims at an unknown criterion '{twist.aims_at}'."
        for twist in problem.twists
        if twist.aims_at not in known
    )
    missing = sorted(known - set(problem.strong) - set(problem.off))
    yield from (f"strong: says nothing about '{name}'." for name in missing)
    yield from (f"off: '{name}' is also given a weight." for name in problem.off if name in problem.weights)


def _rewording_faults(problem: Problem, rubric: Rubric) -> Iterator[str]:
    known = {criterion.id for criterion in rubric.criteria}
    ids = [criterion.id for criterion in problem.reworded]
    yield from (f"reworded: there is no criterion '{name}'." for name in ids if name not in known)
    yield from (f"reworded: '{name}' stands twice." for name in sorted({i for i in ids if ids.count(i) > 1}))
    yield from (f"off: '{name}' is also worded anew." for name in problem.off if name in ids)
    taken = rubric.all_concepts()
    yield from (f"concepts: the rubric has a '{name}' of its own." for name in problem.concepts if name in taken)
    if problem.concepts and not ids:
        yield "concepts: nothing is worded anew that could use them."
    own = rubric_for(rubric, problem)
    yield from (f"reworded: {fault}" for criterion in problem.reworded for fault in _criterion_faults(criterion, own))


def _fact_faults(problem: Problem) -> Iterator[str]:
    ids = [fact.id for fact in problem.facts]
    yield from (f"facts: the id '{name}' stands twice." for name in sorted({i for i in ids if ids.count(i) > 1}))
    finder = FactFinder(problem)
    for fact in problem.facts:
        if not any(fact in finder.asked_for(wording)[:1] for wording in fact.asked_as):
            yield f"facts: nobody can ask for '{fact.id}': each of its wordings finds another fact or none."
