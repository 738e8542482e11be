"""Two scorecards beside each other: what changed, criterion by criterion."""

from collections.abc import Iterator

from fourstep.grading.scorecard import Judgement, Scorecard
from fourstep.report.document import Block
from fourstep.report.scorecard import score_text
from fourstep.rubric import LEVEL_NAMES, Criterion, Rubric


def comparison_blocks(first: Scorecard, second: Scorecard, rubric: Rubric) -> list[Block]:
    """What a reader of both should know."""
    return [
        Block("title", "Two scorecards"),
        Block("item", _origin(first), "A"),
        Block("item", _origin(second), "B"),
        *_same(first, second),
        *_overall(first, second),
        *_criteria(first, second, rubric),
    ]


def _origin(card: Scorecard) -> str:
    """Of what, by whom, when, with which rubric."""
    by = ", ".join(card.grader.models) or "the offline grader"
    when = f" on {card.at:%Y-%m-%d %H:%M}" if card.at else ""
    return f"{card.transcript}, graded by {by}{when}, rubric {card.rubric.id} ({card.rubric.hash})"


def _same(first: Scorecard, second: Scorecard) -> Iterator[Block]:
    """Warnings about what is not the same on both sides."""
    if first.transcript_hash and second.transcript_hash and first.transcript_hash != second.transcript_hash:
        yield Block("paragraph", "They are of different answers.")
    if first.rubric.hash != second.rubric.hash:
        yield Block("paragraph", "They are by different rubrics.")
    if first.level != second.level:
        yield Block("paragraph", f"Their verdicts are for different levels: {first.level} and {second.level}.")


def _overall(first: Scorecard, second: Scorecard) -> Iterator[Block]:
    yield Block("heading", "Overall")
    yield Block("row", f"{'':34} {'A':>15} {'B':>15}")
    yield Block("row", f"{'Overall, %':34} {score_text(first.overall):>15} {score_text(second.overall):>15}")
    yield Block("row", f"{'Verdict':34} {_verdict(first):>15} {_verdict(second):>15}")
    errors = [card.grader.error for card in (first, second) if card.grader.error is not None]
    if errors and first.overall is not None and second.overall is not None:
        apart = abs(first.overall - second.overall)
        within = "within" if apart <= max(errors) else "beyond"
        yield Block("paragraph", f"{apart:.1f} points apart, {within} the graders' own error of {max(errors):.1f}.")
    if first.borderline or second.borderline:
        yield Block("paragraph", "A verdict is borderline: the error reaches over its boundary.")


def _verdict(card: Scorecard) -> str:
    return card.verdict or "none"


def _criteria(first: Scorecard, second: Scorecard, rubric: Rubric) -> Iterator[Block]:
    changed = [pair for criterion in rubric.criteria if (pair := _change(criterion, first, second))]
    same = len({j.id for j in first.criteria} & {j.id for j in second.criteria}) - len(changed)
    yield Block("heading", f"{len(changed)} criteria changed, {same} did not")
    for title, lines in changed:
        yield Block("subheading", title)
        yield from (Block("item", line) for line in lines)


def _change(criterion: Criterion, first: Scorecard, second: Scorecard) -> tuple[str, list[str]] | None:
    """What is different of a criterion; None where nothing is."""
    before, after = first.judgement(criterion.id), second.judgement(criterion.id)
    if _level(before) == _level(after):
        return None
    lines = list(_check_changes(criterion, before, after))
    return f"{criterion.title}: {_level(before)} in A, {_level(after)} in B", lines


def _check_changes(criterion: Criterion, before: Judgement | None, after: Judgement | None) -> Iterator[str]:
    old = {check.id: check.met for check in before.checks} if before else {}
    new = {check.id: check.met for check in after.checks} if after else {}
    for check in criterion.checks:
        met, now = old.get(check.id), new.get(check.id)
        if met and now and met != now:
            yield f"{check.says} {met} in A, {now} in B."
    for name, judgement in (("A", before), ("B", after)):
        if judgement and judgement.status == "not_graded":
            yield f"{name}: {judgement.reason}"


def _level(judgement: Judgement | None) -> str:
    if judgement is None:
        return "absent"
    if judgement.level is None:
        return judgement.status.replace("_", " ")
    return f"{LEVEL_NAMES[judgement.level]} ({judgement.level})"
