"""Two scorecards beside each other: what changed, criterion by criterion."""

from collections.abc import Iterator, Sequence

from fourstep.grading.scorecard import Evidence, Judgement, Scorecard
from fourstep.interview.state import fold
from fourstep.levels import LEVEL_NAMES
from fourstep.report.document import Block
from fourstep.report.scorecard import score_text
from fourstep.rubric import Criterion, Rubric
from fourstep.transcript.events import Event, Imported, Started


def comparison_blocks(first: Scorecard, second: Scorecard, rubric: Rubric, *, kinship: str = "") -> list[Block]:
    """What a reader of both should know; `kinship` says how their interviews hang together, where they do."""
    return [
        Block("title", "Two scorecards"),
        Block("item", _origin(first), "A"),
        Block("item", _origin(second), "B"),
        *([Block("paragraph", kinship)] if kinship else []),
        *_same(first, second, related=bool(kinship)),
        *_overall(first, second, rubric),
        *_criteria(first, second, rubric),
    ]


def kinship_text(first: Sequence[Event], second: Sequence[Event], rubric: Rubric) -> str:
    """That one interview answers again from a turn of the other, and how far it got; empty where it does not."""
    for name, other, here, there in (("B", "A", second, first), ("A", "B", first, second)):
        state, parent = fold(here), fold(there)
        started = state.started
        if started is None or started.parent is None or started.parent != _id_of(there):
            continue
        missed = [rubric.step(step).title for step in parent.entered if step not in state.entered]
        reached = f" It did not get as far as: {', '.join(dict.fromkeys(missed))}." if missed else ""
        return f"{name} answers again from C{started.forked_at} of {other}; what was said before is the same.{reached}"
    return ""


def _id_of(events: Sequence[Event]) -> str | None:
    return next((event.id for event in events if isinstance(event, Started | Imported)), None)


def _origin(card: Scorecard) -> str:
    """Of what, by whom, when, with which rubric."""
    by = ", ".join(card.grader.models) or "the offline grader"
    when = f" on {card.at:%Y-%m-%d %H:%M}" if card.at else ""
    return f"{card.transcript}, graded by {by}{when}, rubric {card.rubric.id} ({card.rubric.hash})"


def _same(first: Scorecard, second: Scorecard, *, related: bool) -> Iterator[Block]:
    """Warnings about what is not the same on both sides, as far as their kinship does not say it."""
    hashes = {card.transcript_hash for card in (first, second)}
    if not related and len(hashes - {None}) > 1:
        yield Block("paragraph", "A and B grade different answers.")
    if first.rubric.hash != second.rubric.hash:
        yield Block("paragraph", "A and B were graded with different rubrics.")
    if first.level != second.level:
        yield Block("paragraph", f"Their verdicts are for different levels: {first.level} and {second.level}.")


def _overall(first: Scorecard, second: Scorecard, rubric: Rubric) -> Iterator[Block]:
    yield Block("heading", "Overall")
    yield Block("row", f"{'':40} {'A':>15} {'B':>15}")
    yield Block("row", f"  {'Overall, %':38} {score_text(first.overall):>15} {score_text(second.overall):>15}")
    yield Block("row", f"  {'Verdict':38} {_verdict(first):>15} {_verdict(second):>15}")
    for step in rubric.steps:
        before, after = (next((s.score for s in card.steps if s.id == step.id), None) for card in (first, second))
        yield Block("row", f"  {step.title:38.38} {score_text(before):>15} {score_text(after):>15}")
    errors = [card.grader.error for card in (first, second) if card.grader.error is not None]
    if errors and first.overall is not None and second.overall is not None:
        apart = abs(first.overall - second.overall)
        within = "within" if apart <= max(errors) else "beyond"
        yield Block("paragraph", f"{apart:.1f} points apart, {within} the graders' own error of {max(errors):.1f}.")
    near = [name for name, card in (("A", first), ("B", second)) if card.borderline]
    if near:
        whose = "The verdicts of A and B are" if len(near) > 1 else f"The verdict of {near[0]} is"
        yield Block("paragraph", f"{whose} borderline: the grader's error reaches into the next verdict.")


def _verdict(card: Scorecard) -> str:
    return card.verdict or "none"


def _criteria(first: Scorecard, second: Scorecard, rubric: Rubric) -> Iterator[Block]:
    both = [c for c in rubric.criteria if first.judgement(c.id) or second.judgement(c.id)]
    changed = [c for c in both if _level(first.judgement(c.id)) != _level(second.judgement(c.id))]
    noun = "criterion" if len(changed) == 1 else "criteria"
    yield Block("heading", f"{len(changed)} {noun} changed, {len(both) - len(changed)} did not")
    for criterion in changed:
        yield from _change(criterion, first.judgement(criterion.id), second.judgement(criterion.id))
    yield Block("heading", "All criteria")
    for criterion in both:
        before, after = _level(first.judgement(criterion.id)), _level(second.judgement(criterion.id))
        mark = " " if before == after else "*"
        yield Block("row", f"{mark} {criterion.title:38.38} {before:>15} {after:>15}")


def _change(criterion: Criterion, before: Judgement | None, after: Judgement | None) -> Iterator[Block]:
    """What is different of a criterion, with the candidate's words on both sides."""
    yield Block("subheading", f"{criterion.title}: {_level(before)} in A, {_level(after)} in B")
    yield from (Block("item", line) for line in _check_changes(criterion, before, after))
    quotes: dict[Evidence, str] = {}
    for name, judgement, other in (("A", before, after), ("B", after, before)):
        if quote := _own_quote(judgement, other):
            quotes[quote] = f"{quotes[quote]} and {name}" if quote in quotes else name
    yield from (Block("quote", quote.quote, f"{names}, {quote.where}") for quote, names in quotes.items())


def _own_quote(judgement: Judgement | None, other: Judgement | None) -> Evidence | None:
    """The first quote that the other side has not, else the first."""
    quotes = judgement.evidence if judgement else ()
    shared = other.evidence if other else ()
    return next((quote for quote in quotes if quote not in shared), quotes[0] if quotes else None)


def _check_changes(criterion: Criterion, before: Judgement | None, after: Judgement | None) -> Iterator[str]:
    old = {check.id: check.met for check in before.checks} if before else {}
    new = {check.id: check.met for check in after.checks} if after else {}
    for check in criterion.checks:
        met, now = old.get(check.id), new.get(check.id)
        if met and now and met != now:
            yield f"{check.says.rstrip('.')}: {met} in A, {now} in B."
    for name, judgement in (("A", before), ("B", after)):
        if judgement and judgement.status == "not_graded":
            yield f"{name}: {judgement.reason}"


def _level(judgement: Judgement | None) -> str:
    if judgement is None:
        return "absent"
    if judgement.level is None:
        return judgement.status.replace("_", " ")
    return f"{LEVEL_NAMES[judgement.level]} ({judgement.level})"
