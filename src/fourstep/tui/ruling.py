"""How a person confirms or overrules a judgement: a level, and a reason where it is another one."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from fourstep.grading.scorecard import Judgement, Scorecard
from fourstep.levels import LEVEL_NAMES, TOP_LEVEL
from fourstep.review.remarks import Ruling, grader_name
from fourstep.rubric import Criterion
from fourstep.tui.screens.ask import Ask
from fourstep.tui.screens.choose import Choose

if TYPE_CHECKING:
    from fourstep.tui.app import FourstepApp


async def ruling_on(
    app: "FourstepApp", criterion: Criterion, judgement: Judgement, card: Scorecard, before: Ruling | None
) -> Ruling | None:
    """What a person rules after being asked, from what was ruled `before` on; None when they thought better of it."""
    graded = "no level" if judgement.level is None else f"{judgement.level} of {TOP_LEVEL}"
    levels = [(_level_text(criterion, level), level) for level in range(TOP_LEVEL + 1)]
    at = before.level if before else judgement.level or 0
    level = await app.push_screen_wait(Choose(f"{criterion.title}: your level (graded {graded})", levels, at=at))
    if level is None:
        return None
    same = level == judgement.level
    question = "Anything to add? Enter confirms the level" if same else f"Why {level} and not {graded}?"
    reason = await app.push_screen_wait(Ask(question, needed=not same))
    if reason is None:
        return None
    return Ruling(
        at=datetime.now(UTC).astimezone(),
        by=app.front.settings.reviewer or "",
        criterion=criterion.id,
        level=level,
        reason=reason,
        graded=judgement.level,
        grader=grader_name(card),
    )


def _level_text(criterion: Criterion, level: int) -> str:
    anchor = criterion.rule(level).anchor if level else "Not addressed, or wrong in a way that would break the system."
    return f"{level} {LEVEL_NAMES[level]}: {anchor}"
