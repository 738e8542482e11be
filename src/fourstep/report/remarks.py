"""What people added to an interview, in sentences."""

from collections.abc import Iterator

from fourstep.grading.scorecard import Scorecard
from fourstep.problem import Problem
from fourstep.report.document import Block
from fourstep.report.scorecard import score_text
from fourstep.review.prediction import Gap, gaps
from fourstep.review.remarks import Remarks, ruled_card
from fourstep.rubric import Rubric


def remark_blocks(remarks: Remarks, card: Scorecard, rubric: Rubric, problem: Problem | None) -> list[Block]:
    """Predictions beside scores, and people's levels beside the grader's."""
    return [*_prediction(remarks, card, rubric), *_rulings(remarks, card, rubric, problem)]


def _prediction(remarks: Remarks, card: Scorecard, rubric: Rubric) -> Iterator[Block]:
    found = gaps(remarks.prediction, card, rubric) if remarks.prediction else ()
    if not found:
        return
    yield Block("heading", "What you expected")
    yield Block("row", f"{'':34} {'expected':>8} {'scored':>6} {'gap':>4}")
    for gap in found:
        yield Block("row", _gap(gap, rubric))
    apart = _apart(found[-1])
    if abs(apart) < 5:
        yield Block("paragraph", "You judged yourself well.")
    else:
        way = "higher" if apart > 0 else "lower"
        yield Block("paragraph", f"You expected a {way} score than the grader gave, by {abs(apart)} points.")


def _apart(gap: Gap) -> int:
    """In whole points, so that what is shown adds up."""
    return round(gap.predicted) - round(gap.scored)


def _gap(gap: Gap, rubric: Rubric) -> str:
    title = rubric.step(gap.step).title if gap.step else "These steps together"
    return f"{title:34.34} {gap.predicted:>8.0f} {gap.scored:>6.0f} {_apart(gap):>+4d}"


def _rulings(remarks: Remarks, card: Scorecard, rubric: Rubric, problem: Problem | None) -> Iterator[Block]:
    judged = {judgement.id: judgement for judgement in card.criteria}
    made = [ruling for ruling in remarks.rulings.values() if ruling.criterion in judged]
    if not made:
        return
    yield Block("heading", "What people ruled")
    for ruling in made:
        graded = judged[ruling.criterion].level
        who = f" ({ruling.by})" if ruling.by else ""
        said = f": {ruling.reason}" if ruling.reason else ""
        verb = "confirmed" if ruling.level == graded else f"{ruling.level} instead of {_level(graded)}"
        yield Block("item", f"{rubric.criterion(ruling.criterion).title}: {verb}{who}{said}")
    ruled = ruled_card(card, remarks, rubric, problem)
    if ruled is not card:
        verdict = f", {ruled.verdict}" if ruled.verdict else ""
        yield Block("paragraph", f"With these levels the overall score is {score_text(ruled.overall)} %{verdict}.")


def _level(level: int | None) -> str:
    return "none" if level is None else str(level)
