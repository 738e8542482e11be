"""An interview's report in whatever form somebody wants it, for the command line and the screens alike."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from fourstep.files.pages import Page, write_new
from fourstep.report.document import as_markdown_page, as_text
from fourstep.report.progress_plots import Progress, progress_until
from fourstep.review.remarks import Prediction, Remarks, Ruling, grader_name
from fourstep.transcript.transcript import Turn
from fourstep.wiring.anonymity import anonymous
from fourstep.wiring.held import Held
from fourstep.wiring.practice import Practice
from fourstep.wiring.program import Program

Form = Literal["text", "markdown", "html", "json"]


def report_page(program: Program, held: Held, form: Form, *, unnamed: bool = False, notes: bool = False) -> Page:
    """The report with the name of its file; `unnamed` leaves out names and times, `notes` lets what you noted in."""
    told = held if notes else replace(held, remarks=replace(held.remarks, notes={}))
    shown = anonymous(told) if unnamed else told
    name = shown.saved.id
    match form:
        case "html":
            return Page(f"{name}.html", shown.page(_progress(program, held, dated=not unnamed)))
        case "json":
            return Page(
                f"{name}.json", json.dumps(_as_json(shown, dated=not unnamed), ensure_ascii=False, indent=2) + "\n"
            )
        case "markdown":
            return Page(f"{name}.md", as_markdown_page(shown.report()))
        case "text":
            return Page(f"{name}.txt", as_text(shown.report()))


def export(program: Program, held: Held, folder: Path, form: Form, *, unnamed: bool = False) -> Path:
    """Write the report into a folder, where it replaces nothing, and say where. Raises: StorageError."""
    page = report_page(program, held, form, unnamed=unnamed)
    return write_new(folder / page.name, page.text)


def _progress(program: Program, held: Held, *, dated: bool) -> Progress | None:
    """The scores up to this interview by the grader and the rubric of the scorecard that its page shows."""
    shown = {(grader_name(card), card.rubric.hash) for card in held.cards[-1:]}
    series = [one for one in Practice(program).standing().series if (one.grader, one.rubric) in shown]
    return progress_until(held.saved.id, series, held.rubric, dated=dated)


def _as_json(held: Held, *, dated: bool) -> dict[str, Any]:
    return {
        "schema": "fourstep.report/1",
        "id": held.saved.id,
        "scorecards": [card.to_json() for card in held.cards],
        "review": held.review.to_json(),
        "remarks": _remarks(held.remarks, dated=dated),
        "turns": [_turn(turn) for turn in held.transcript.turns],
    }


def _turn(turn: Turn) -> dict[str, Any]:
    told = {"turn": turn.name, "step": turn.step, "text": turn.text}
    return told | ({"pad": turn.pad} if turn.pad else {})


def _remarks(remarks: Remarks, *, dated: bool) -> dict[str, Any]:
    def told(remark: Prediction | Ruling) -> dict[str, Any]:
        return remark.model_dump(mode="json", by_alias=True, exclude=None if dated else {"at"})

    return {
        "prediction": told(remarks.prediction) if remarks.prediction else None,
        "rulings": [told(ruling) for ruling in remarks.rulings.values()],
        "notes": dict(remarks.notes),
        "bookmarks": sorted(remarks.bookmarks),
    }
