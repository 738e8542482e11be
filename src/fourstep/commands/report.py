"""`fourstep report`: an interview's last scorecard and its transcript."""

import argparse
import json
import sys

from fourstep.commands.program import program_of
from fourstep.files.pages import Page, write_pages
from fourstep.foreign_text import one_line
from fourstep.report.document import as_markdown_page, as_text
from fourstep.report.progress_plots import progress_until
from fourstep.wiring.anonymity import anonymous
from fourstep.wiring.practice import Practice
from fourstep.wiring.program import Held


def run(arguments: argparse.Namespace) -> int:
    """Print it, or write it to a file."""
    program = program_of(arguments)
    held = program.held(program.store.find(arguments.id))
    for fault in held.saved.faults:
        sys.stderr.write(f"{one_line(fault)}\n")
    shown = anonymous(held) if arguments.anonymous else held
    if arguments.format == "html":
        series = Practice(program).standing().series
        progress = progress_until(held.saved.id, series, held.rubric, dated=not arguments.anonymous)
        page = Page(f"{shown.saved.id}.html", shown.page(progress))
    else:
        page = _page(shown, arguments.format)
    write_pages([page], arguments.output)
    return 0


def _page(held: Held, format_: str) -> Page:
    if format_ == "json":
        turns = [{"turn": turn.name, "step": turn.step, "text": turn.text} for turn in held.transcript.turns]
        report = {
            "schema": "fourstep.report/1",
            "id": held.saved.id,
            "scorecards": [card.to_json() for card in held.cards],
            "review": held.review.to_json(),
            "turns": turns,
        }
        return Page(f"{held.saved.id}.json", json.dumps(report, ensure_ascii=False, indent=2) + "\n")
    if format_ == "markdown":
        return Page(f"{held.saved.id}.md", as_markdown_page(held.report()))
    return Page(f"{held.saved.id}.txt", as_text(held.report()))
