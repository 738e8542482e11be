"""What the review found, in sentences."""

from collections.abc import Iterator, Mapping, Sequence
from math import ceil

from fourstep.grading.scorecard import Contradiction, ContradictionKind
from fourstep.interview.timing import clock_text
from fourstep.levels import LEVEL_NAMES
from fourstep.report.document import Block
from fourstep.review.bars import Bar
from fourstep.review.findings import Findings
from fourstep.review.interviewer import InterviewerReview
from fourstep.review.places import Place
from fourstep.review.time_use import Moment, TimeUse
from fourstep.review.verdict import Change, Raise
from fourstep.rubric import Rubric

CONTRADICTIONS: Mapping[ContradictionKind, str] = {
    "metric_imbalance": "The metric and the imbalance",
    "feature_at_serving": "A feature that is not there when serving",
    "labels_retraining": "The delay of labels and the retraining",
    "cost_latency": "The cost of the model and the latency budget",
    "loss_changed": "Two losses for one model",
}
_WHERE = {
    "asked": "{turn} asked about it",
    "touched": "{turn} touched it",
    "step": "its place was around {turn}",
}
_FLAWLESS = (
    "No question was asked twice in the same words, no turn held two sentences that ask, and nothing was given away."
)


def review_blocks(findings: Findings, rubric: Rubric) -> list[Block]:
    """Everything that was found, most useful first."""
    return [
        *change_blocks(findings.change, rubric),
        *bar_blocks(findings.bars, rubric),
        *contradiction_blocks(findings.contradictions),
        *time_blocks(findings.time, rubric),
        *interviewer_blocks(findings.interviewer, rubric),
    ]


def change_blocks(change: Change | None, rubric: Rubric) -> Iterator[Block]:
    """The smallest sets of criteria that would have lifted the verdict."""
    if change is None:
        return
    yield Block("heading", "What would have changed the verdict")
    step = f"From {change.verdict} to {change.wanted}"
    if not change.sets:
        lacking = f"the score lacks {change.points:.1f} points" if change.points else "too much is missing"
        yield Block("paragraph", f"{step}: no three criteria would have done it; {lacking}.")
        return
    only = len(change.sets) == 1 and not change.others
    yield Block("paragraph", f"{step}: {'this' if only else 'any one of these'} would have done it.")
    for one in change.sets:
        yield Block("item", f"{'; and '.join(_raise(each, rubric) for each in one)}.")
    if change.others:
        others = f"{change.others:,} other combination{'s' if change.others > 1 else ''} of up to three criteria"
        yield Block("paragraph", f"These ask for least; {others} would have done it too.")


def bar_blocks(bars: Sequence[Bar], rubric: Rubric) -> Iterator[Block]:
    """The score against the bar of each level, and what those that were not reached ask on top."""
    if not bars:
        return
    yield Block("heading", "Against the bars of all levels")
    for bar in bars:
        borderline = " (borderline)" if bar.borderline else ""
        yield Block("row", f"{bar.level:8} {bar.bar:5g} % {_distance(bar.distance):>10}   {bar.verdict}{borderline}")
    for lower, bar in zip((None, *bars), bars, strict=False):
        if bar.distance < 0:
            yield Block("item", f"{_asks(bar, lower)} {_nearest(bar, rubric)}")


def _distance(points: float) -> str:
    """Points above or below the bar, also where they round to none."""
    return "just below" if -0.05 < points < 0 else f"{points:+.1f}"


def _asks(bar: Bar, lower: Bar | None) -> str:
    more = bar.bar - lower.bar if lower else 0
    points = f", {more:g} point{'s' if more != 1 else ''} more than {lower.level}" if lower else ""
    return f"{bar.level.capitalize()} asks for {bar.mean_level:.1f} of 3 on average{points}."


def _nearest(bar: Bar, rubric: Rubric) -> str:
    if not bar.nearest:
        count = ceil(bar.lacking)
        return f"About {count} single level{'s are' if count != 1 else ' is'} missing to it."
    return f"This would have reached it: {'; and '.join(_raise(each, rubric) for each in bar.nearest)}."


def contradiction_blocks(contradictions: Sequence[Contradiction]) -> Iterator[Block]:
    """Pairs of statements that do not fit together, and why."""
    if not contradictions:
        return
    yield Block("heading", "Statements that do not fit together")
    for one in contradictions:
        yield Block("subheading", CONTRADICTIONS[one.kind])
        yield Block("quote", one.first.quote, one.first.turn)
        yield Block("quote", one.second.quote, one.second.turn)
        yield Block("paragraph", one.why + (" (Found by the model that graded.)" if one.by == "model" else ""))


def _raise(needed: Raise, rubric: Rubric) -> str:
    levels = f"{LEVEL_NAMES[needed.needed]} instead of {LEVEL_NAMES[needed.level]}"
    return f"{rubric.criterion(needed.criterion).title}: {levels}{_where(needed.place)}"


def _where(place: Place | None) -> str:
    return f" ({_WHERE[place.why].format(turn=place.turn)})" if place else ""


def time_blocks(time: TimeUse, rubric: Rubric) -> Iterator[Block]:
    """How the time went, and what the log does not say about it."""
    yield Block("heading", "How the time went")
    if time.total is None:
        yield Block("paragraph", "The file has no times, so minutes are not known.")
    elif time.planned is not None:
        added = f", and {clock_text(time.extended)} were added" if time.extended else ""
        used = f"{clock_text(time.total)} minutes were used; {clock_text(time.planned)} were planned"
        yield Block("paragraph", f"{used}{added}.")
    else:
        yield Block("paragraph", f"It took {clock_text(time.total)} minutes; the file does not tell steps apart.")
    for step in time.steps:
        title = "Your own questions" if step.step == "close" else rubric.step(step.step).title
        yield Block("row", f"{title:34} {clock_text(step.spent):>6} of {clock_text(step.planned):>6}")
    yield Block("item", f"First clarifying question: {_moment(time.first_question)}.")
    yield Block("item", f"First metric named: {_moment(time.first_metric)}.")
    yield from (Block("item", line) for line in _talk(time))


def _moment(moment: Moment | None) -> str:
    if moment is None:
        return "none"
    return moment.turn if moment.at is None else f"{moment.turn}, at {clock_text(moment.at)}"


def _talk(time: TimeUse) -> Iterator[str]:
    own = [one for one in time.words if one.turn.startswith("C")]
    if own and time.talk_share is not None:
        longest = max(own, key=lambda one: one.words)
        said = sum(one.words for one in own)
        who = "You said" if time.planned is not None else "The candidate said"  # what was imported is somebody's
        yield (
            f"{who} {time.talk_share:.0%} of all words: {said:,} in {len(own)} turn{'s' if len(own) != 1 else ''}, "
            f"{said / len(own):.0f} a turn on average; {longest.turn} is the longest with {longest.words:,}."
        )
    if time.silence and time.silence.before:
        yield (
            f"Silence, as far as words and the time to type them tell: about {clock_text(time.silence.total)} in all, "
            f"the longest {clock_text(time.silence.longest)} before {time.silence.before}."
        )
    if time.nudges or time.pauses:
        yield f"The interviewer broke a silence {_times(time.nudges)}; the clock was stopped {_times(time.pauses)}."


def _times(count: int) -> str:
    return {0: "never", 1: "once", 2: "twice"}.get(count, f"{count} times")


def interviewer_blocks(review: InterviewerReview, rubric: Rubric) -> Iterator[Block]:
    """How the interviewer did."""
    if review.talk_share is None:
        return
    yield Block("heading", "How the interviewer did")
    yield Block("item", f"{review.talk_share:.0%} of all words were the interviewer's.")
    for one in review.asked_twice:
        yield Block("item", f"{one.again} asked again what {one.first} had asked: {one.question}")
    if review.two_at_once:
        yield Block("item", f"More than one question at once: {', '.join(review.two_at_once)}.")
    for told in review.told_unasked:
        yield Block("item", f"{told.turn} told a fact that nobody had asked for: {told.tells}")
    for given in review.given_away:
        check = rubric.criterion(given.criterion).check(given.check)
        yield Block("item", f"{given.turn} gave an answer away with “{given.words}”: {check.says}")
    if review.no_chance:
        names = ", ".join(rubric.criterion(name).title.lower() for name in review.no_chance)
        yield Block("item", f"Neither asked about nor raised, so nothing could be shown: {names}.")
    if not any((review.asked_twice, review.two_at_once, review.told_unasked, review.given_away, review.no_chance)):
        yield Block("paragraph", _FLAWLESS)
