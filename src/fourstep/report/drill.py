"""What came of a drill: when it comes again, points made and missed with the candidate's words, a strong answer."""

from collections.abc import Iterator

from fourstep.levels import LEVEL_NAMES
from fourstep.practice.drill import Drill
from fourstep.practice.drilled import Drilled
from fourstep.practice.schedule import again_text, result_text
from fourstep.report.document import Block
from fourstep.report.scorecard import MARKS, NEXT_TIME
from fourstep.rubric import INTERVIEW_STEPS, Criterion, Rubric

_MOST_ADVICE = 2


def drill_blocks(drill: Drill, drilled: Drilled, rubric: Rubric) -> list[Block]:
    """The result; `rubric` is the one that reads as it does for the drill's problem."""
    told = [Block("paragraph", text) for text in (drilled.note, again_text(drilled, drill.earlier)) if text]
    if drill.problem is None:
        return [Block("subheading", f"{result_text(drilled)} recalled"), *told, *_page(drilled, rubric)]
    criterion, strong = rubric.criterion(drill.name), drill.problem.strong.get(drill.name)
    return [
        Block("subheading", f"{criterion.title}: {_level_text(drilled)}"),
        *told,
        *(_judged(drilled, criterion) if drilled.level is not None else ()),
        *([Block("subheading", "A strong answer here"), Block("paragraph", strong)] if strong else []),
    ]


def _level_text(drilled: Drilled) -> str:
    if drilled.level is None:
        return "not graded"
    by = "by the rubric's signals" if drilled.grader == "offline" else f"by {drilled.grader}"
    return f"{LEVEL_NAMES[drilled.level]} ({result_text(drilled)}), graded {by}"


def _judged(drilled: Drilled, criterion: Criterion) -> Iterator[Block]:
    level = drilled.level or 0
    wanted = {check.id for check in criterion.checks_above(level)} | set(drilled.aimed)
    for check in criterion.checks:
        met = drilled.checks.get(check.id, "no")
        if met != "no" or check.id in wanted:
            yield Block("item", check.says, MARKS.get(met, "-"))
    for quote in drilled.quotes:
        yield Block("quote", quote, "you")
    missed = criterion.missed_above(level, drilled.checks)[:_MOST_ADVICE]
    if missed:
        yield Block("paragraph", " ".join(check.advice for check in missed), NEXT_TIME)


def _page(drilled: Drilled, rubric: Rubric) -> Iterator[Block]:
    """The framework, with what was recalled of it."""
    for number, step in enumerate((step for step in rubric.steps if step.id in INTERVIEW_STEPS), start=1):
        yield Block("subheading", f"{number} {step.title}")
        yield Block("paragraph", step.goal)
        for criterion in step.criteria:
            sign = "+" if drilled.checks.get(criterion.id) == "yes" else "-"
            yield Block("item", f"{criterion.title}: {criterion.about}", sign)
