"""What a scorecard says, in an order a candidate can use: verdict, next best steps, then step by step."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from fourstep.grading.arithmetic import points_a_level
from fourstep.grading.scorecard import Judgement, Scorecard
from fourstep.levels import LEVEL_NAMES, SOLID, TOP_LEVEL
from fourstep.problem import Problem
from fourstep.report.document import Block
from fourstep.review.attempts import attempted
from fourstep.review.exchanges import Exchange, exchanges
from fourstep.review.unasked import UnaskedFact, unasked_facts
from fourstep.rubric import Criterion, Rubric
from fourstep.transcript.transcript import Transcript

_BAR = 10
_NEXT_STEPS = 3
NEXT_TIME = "Next time"
"""In front of what would have earned a higher level."""
MARKS = {"yes": "+", "partial": "~", "no": "-"}
"""In front of a check, by how it was answered."""
_COUNTED = (("calls", "call"), ("prompt_tokens", "prompt token"), ("completion_tokens", "completion token"))
"""What is counted of a grading by a model, and what one of it is called."""


def scorecard_blocks(
    card: Scorecard, rubric: Rubric, problem: Problem | None, transcript: Transcript, *, drilling: str = ""
) -> list[Block]:
    """The scorecard of a transcript as a report; `drilling` is what `criterion_blocks` needs."""
    title = transcript.titled(problem.title if problem else (card.problem or card.transcript))
    card = known_to(rubric, card)
    summary = (*summary_blocks(card, rubric), *limits_blocks(transcript, rubric, problem))
    head = (Block("title", f"Scorecard: {title}"), *summary)
    if card.overall is None:
        return [*head, *fine_print_blocks(card)]
    asked = exchanges(transcript, rubric)
    return [
        *head,
        *next_steps_blocks(card, rubric, problem),
        *(block for step in rubric.steps for block in _step(card, rubric, step.id, problem, asked, drilling)),
        *facts_blocks(unasked_facts(transcript, card.criteria, rubric, problem)),
        *fine_print_blocks(card),
    ]


def known_to(rubric: Rubric, card: Scorecard) -> Scorecard:
    """Without the criteria and steps of another rubric, which this one has no words for."""
    criteria = {criterion.id: {check.id for check in criterion.checks} for criterion in rubric.criteria}
    known = [
        judgement.model_copy(update={"checks": tuple(c for c in judgement.checks if c.id in criteria[judgement.id])})
        for judgement in card.criteria
        if judgement.id in criteria
    ]
    steps = tuple(score for score in card.steps if any(step.id == score.id for step in rubric.steps))
    caps = tuple(name for name in card.caps if name in criteria)
    return card.model_copy(update={"criteria": tuple(known), "steps": steps, "caps": caps})


def score_text(value: float | None) -> str:
    """A score in percent to one decimal, or a dash."""
    return "–" if value is None else f"{value:.1f}"


def summary_blocks(card: Scorecard, rubric: Rubric) -> Iterator[Block]:
    """The verdict, why it is no better, and the steps."""
    bar = rubric.bars[card.level]
    if card.overall is None:
        yield Block("paragraph", f"Not graded. {_why_not(card)} A scorecard without a grade is not kept.")
        return
    if card.verdict:
        borderline = " (borderline)" if card.borderline else ""
        verdict = f"{card.verdict.capitalize()}{borderline} at {card.level} level: "
    else:
        verdict = f"No verdict at {card.level} level, because fewer than three steps were assessed: "
    yield Block("paragraph", f"{verdict}{_against_bar(card.overall, bar)}")
    if card.range and card.range[0] != card.range[1]:
        yield Block(
            "paragraph",
            f"Provisional: some criteria were not graded; the score lies between {score_text(card.range[0])} and "
            f"{score_text(card.range[1])} %.",
        )
    if card.caps:
        names = ", ".join(rubric.criterion(name).title.lower() for name in card.caps)
        yield Block("paragraph", f"The verdict is capped, because these were missing: {names}.")
    yield Block("paragraph", "")
    for score in card.steps:
        title = rubric.step(score.id).title
        yield Block("row", f"{title:34} {bar_text(score.score)} {score_text(score.score):>6}")


def _why_not(card: Scorecard) -> str:
    return next((judgement.reason for judgement in card.criteria if judgement.status == "not_graded"), "")


def limits_blocks(transcript: Transcript, rubric: Rubric, problem: Problem | None) -> Iterator[Block]:
    """What everything below is to be read with: steps that were not held, a problem that was only guessed."""
    if transcript.unreached:
        steps = "; ".join(rubric.step(step).title for step in transcript.unreached)
        yield Block("paragraph", "")
        yield Block("paragraph", f"It ended before: {steps}. There only what was said in passing counts.")
    if transcript.problem_guessed and problem:
        yield Block("paragraph", "")
        yield Block(
            "paragraph",
            f"It was taken for {problem.title} by its first words. If it was another problem, the strong answers below "
            "may not fit; score it again then, with --problem ID.",
        )


def _against_bar(overall: float, bar: float) -> str:
    """The score beside the bar, also where it only rounds to it."""
    if overall < bar and float(score_text(overall)) >= bar:
        return f"{score_text(overall)} % overall, just below the bar of {bar:g} %."
    return f"{score_text(overall)} % overall; the bar is {bar:g} %."


def bar_text(value: float | None) -> str:
    """A score in percent as ten cells."""
    filled = 0 if value is None else int(value / 100 * _BAR + 0.5)
    return "[" + "#" * filled + "-" * (_BAR - filled) + "]"


def next_steps_blocks(card: Scorecard, rubric: Rubric, problem: Problem | None) -> Iterator[Block]:
    """The criteria that hold the verdict down, then those that could raise the overall score most."""
    points = points_a_level(card.criteria, rubric, problem)
    gains = [
        (points[judgement.id] * (TOP_LEVEL - judgement.level), judgement)
        for judgement in card.criteria
        if judgement.id in points and judgement.level is not None and judgement.level < TOP_LEVEL and judgement.advice
    ]
    gains.sort(key=lambda pair: (pair[1].id not in card.caps, -pair[0]))
    if gains:
        yield Block("heading", "What would lift you most")
    for gain, judgement in gains[:_NEXT_STEPS]:
        title = rubric.criterion(judgement.id).title
        yield Block("item", f"{title} (up to {gain:.1f} points): {judgement.advice}")


def _step(
    card: Scorecard, rubric: Rubric, step_id: str, problem: Problem | None, asked: Sequence[Exchange], drilling: str
) -> Iterator[Block]:
    step = rubric.step(step_id)
    judged = [(c, j) for c in step.criteria if (j := card.judgement(c.id)) is not None]
    if not judged or all(judgement.status == "not_assessed" for _, judgement in judged):
        return
    yield Block("heading", step.title)
    for criterion, judgement in judged:
        yield from criterion_blocks(criterion, judgement, problem, tried=attempted(judgement, asked), drilling=drilling)


def criterion_blocks(
    criterion: Criterion, judgement: Judgement, problem: Problem | None, *, tried: bool, drilling: str = ""
) -> Iterator[Block]:
    """One criterion: level, checks, quotes, advice, and a strong answer where it was tried and not solid.

    `drilling` is what a drill's command needs to be on this problem (`Program.drilling`), empty where none can be.
    """
    if judgement.level is None:
        status = judgement.status.replace("_", " ")
        yield Block("subheading", f"{criterion.title}: {status}", anchor=criterion.id)
        yield Block("paragraph", judgement.reason)
        return
    raised = {"probe": ", after a question", "hint": ", after a hint"}.get(judgement.raised_by or "", "")
    level = f"{LEVEL_NAMES[judgement.level]} ({judgement.level} of 3{raised})"
    yield Block("subheading", f"{criterion.title}: {level}", anchor=criterion.id)
    wanted = {check.id for check in criterion.checks_above(judgement.level)}
    for result in judgement.checks:
        if result.met != "no" or result.id in wanted:
            yield Block("item", criterion.check(result.id).says, MARKS[result.met])
    for evidence in judgement.evidence:
        yield Block("quote", evidence.quote, evidence.where)
    for evidence in judgement.counter_evidence:
        yield Block("quote", evidence.quote, f"but {evidence.where}")
    if judgement.opinions:
        yield Block("paragraph", opinions_text(judgement))
    if judgement.advice:
        yield Block("paragraph", judgement.advice, NEXT_TIME)
    if problem and judgement.level < SOLID and criterion.id in problem.strong:
        yield from _strong_answer(criterion.id, problem, tried=tried, drilling=drilling)


def _strong_answer(criterion_id: str, problem: Problem, *, tried: bool, drilling: str) -> Iterator[Block]:
    """What a strong candidate says here, or how to earn the sight of it."""
    if tried:
        yield Block("paragraph", problem.strong[criterion_id], "A strong answer here")
        return
    yield Block("paragraph", f"A strong answer is shown once you have tried one of your own{':' if drilling else '.'}")
    if drilling:
        yield Block("row", f"    fourstep drill {criterion_id}{drilling}")  # never wrapped, so that it can be copied


def opinions_text(judgement: Judgement) -> str:
    """The levels that several graders gave, by model."""
    by_model: dict[str, list[str]] = {}
    for opinion in judgement.opinions:
        by_model.setdefault(opinion.by, []).append("not graded" if opinion.level is None else str(opinion.level))
    levels = "; ".join(f"{name} {', '.join(said)}" for name, said in by_model.items())
    agreed = len({opinion.level for opinion in judgement.opinions}) == 1
    return f"{'All agree' if agreed else 'They differ'}: {levels}."


def usage_text(usage: Mapping[str, Any]) -> str:
    """What a grading has cost, as far as it was counted, in a sentence or two."""
    used = {key: value for key, value in usage.items() if isinstance(value, int | float)}
    cached = {"prompt_tokens": f" ({used['cached_tokens']:,} cached)"} if "cached_tokens" in used else {}
    told = [
        f"{used[key]:,} {one}{'s' if used[key] != 1 else ''}{cached.get(key, '')}"
        for key, one in _COUNTED
        if key in used
    ]
    if "seconds" in used:
        told.append(f"{used['seconds']:.0f} s of model time")
    counted = f"{', '.join(told)}." if told else ""
    price = f"It cost {used['price']:.4f} at the prices that are set." if "price" in used else ""
    return f"{counted} {price}".strip()


def facts_blocks(unasked: Sequence[UnaskedFact]) -> Iterator[Block]:
    """What was never asked for, and what depends on it."""
    if not unasked:
        return
    yield Block("heading", "Facts you never asked for")
    yield from (Block("item", f"{fact.tells} {fact.matters}") for fact in unasked)


def fine_print_blocks(card: Scorecard) -> Iterator[Block]:
    """Flags, and by whom and how it was graded."""
    for flag in card.flags:
        if flag.kind == "instruction_to_grader":
            yield Block("heading", "Flagged: words to the grader, which count for nothing")
            yield Block("quote", flag.quote, flag.turn)
    yield Block("heading", "How this was graded")
    if card.grader.note:
        yield Block("paragraph", card.grader.note)
    if card.grader.kind == "offline":
        off = (
            "How far such a score is off was not measured with this rubric."
            if card.grader.error is None
            else f"Against labelled transcripts its overall score is off by {card.grader.error:g} percentage points on "
            "average (fourstep calibrate)."
        )
        yield Block("paragraph", f"{off} Marks: + shown, ~ touched, - missed.")
    if card.grader.error is not None and card.grader.kind == "model":
        yield Block("paragraph", f"Their overall scores lie within ±{card.grader.error:.1f} percentage points.")
    if card.grader.spread is not None:
        yield Block("paragraph", f"Levels of a criterion lie {card.grader.spread:.1f} apart on average.")
    if told := usage_text(card.usage):
        yield Block("paragraph", told)
    yield Block("paragraph", f"Rubric {card.rubric.id} ({card.rubric.hash}).")
