"""A report as one page of HTML that needs nothing else: the same blocks as every other format, the plots, all turns.

Templates escape whatever they are given, and it is made harmless before; nothing in a page runs or is fetched.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

from fourstep.foreign_text import harmless
from fourstep.report.document import Block
from fourstep.report.margin import Annotations, stages
from fourstep.report.mermaid import NOT_DRAWN
from fourstep.report.plots import score_bars
from fourstep.report.progress_plots import Progress
from fourstep.report.scorecard import known_to, score_text
from fourstep.report.sections import parted_at_turns, sections_of
from fourstep.report.transcript import INFERRED
from fourstep.rubric import Rubric
from fourstep.transcript.transcript import Transcript

if TYPE_CHECKING:
    from jinja2 import Environment

TRANSCRIPT = "the-transcript"
"""The anchor of the turns."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a page shows."""

    blocks: Sequence[Block]
    """All but the turns; the first is the title."""
    transcript: Transcript
    rubric: Rubric
    known: Annotations = field(default_factory=Annotations)
    origin: str = ""
    """Which interview this is, in a few words under the title."""
    progress: Progress | None = None


def as_html_page(report: Report) -> str:
    """The page, ready to be opened, printed and passed on."""
    card = known_to(report.rubric, report.known.card) if report.known.card else None
    title, *blocks = report.blocks
    return (
        _templates()
        .get_template("page.html.j2")
        .render(
            title=title.text,
            origin=report.origin,
            sections=sections_of(blocks),
            bars=score_bars(card, report.rubric) if card and card.overall is not None else None,
            progress=report.progress,
            transcript=TRANSCRIPT,
            caveat=INFERRED if report.transcript.speakers_inferred else "",
            stages=stages(report.transcript, report.rubric, replace(report.known, card=card)),
            turns={turn.name for turn in report.transcript.turns},
            judged={block.anchor for block in blocks if block.anchor},
        )
    )


@cache
def _templates() -> "Environment":
    """The templates, which escape all that they are given and fail where something is not given."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    templates = Environment(
        loader=PackageLoader("fourstep.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: harmless(value) if type(value) is str else value,  # Markup is what macros made
    )
    templates.globals["not_drawn"] = NOT_DRAWN
    templates.filters |= {"score": score_text, "parted_at_turns": parted_at_turns}
    return templates
