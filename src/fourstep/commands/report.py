"""`fourstep report`: an interview's last scorecard and its transcript."""

import argparse
import json
import sys

from fourstep.commands.program import program_of
from fourstep.files.pages import Page, write_pages
from fourstep.foreign_text import one_line
from fourstep.report.document import Block, as_markdown_page, as_text
from fourstep.report.scorecard import scorecard_blocks
from fourstep.report.transcript import transcript_blocks
from fourstep.transcript.transcript import transcript_of


def run(arguments: argparse.Namespace) -> int:
    """Print it, or write it to a file."""
    program = program_of(arguments)
    saved = program.store.read(program.store.find(arguments.id))
    for fault in saved.faults:
        sys.stderr.write(f"{one_line(fault)}\n")
    cards = program.store.scorecards(saved.folder)
    transcript = transcript_of(saved.events, fallback_id=saved.id)
    if arguments.format == "json":
        turns = [{"turn": turn.name, "step": turn.step, "text": turn.text} for turn in transcript.turns]
        report = {
            "schema": "fourstep.report/1",
            "id": saved.id,
            "scorecards": [card.to_json() for card in cards],
            "turns": turns,
        }
        text = json.dumps(report, ensure_ascii=False, indent=2) + "\n"
        write_pages([Page(f"{saved.id}.json", text)], arguments.output)
        return 0
    rubric = program.loaded.rubric
    problem = program.problem_of(transcript.problem, saved.folder)
    if cards:
        blocks = scorecard_blocks(cards[-1], rubric, problem)
    else:
        title = problem.title if problem else saved.id
        blocks = [
            Block("title", title),
            Block("paragraph", "Not scored yet. Score it with: fourstep score " + saved.id),
        ]
    blocks += transcript_blocks(transcript, rubric)
    markdown = arguments.format == "markdown"
    page = Page(f"{saved.id}.{'md' if markdown else 'txt'}", (as_markdown_page if markdown else as_text)(blocks))
    write_pages([page], arguments.output)
    return 0
