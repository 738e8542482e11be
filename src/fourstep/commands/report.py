"""`fourstep report`: an interview's last scorecard and its transcript."""

import argparse
import sys

from fourstep.commands.program import held_of, program_of
from fourstep.files.pages import write_pages
from fourstep.foreign_text import one_line
from fourstep.wiring.reporting import report_page


def run(arguments: argparse.Namespace) -> int:
    """Print it, or write it to a file."""
    program = program_of(arguments)
    held = held_of(program, arguments.id)
    for fault in held.saved.faults:
        sys.stderr.write(f"{one_line(fault)}\n")
    page = report_page(program, held, arguments.format, unnamed=arguments.anonymous, notes=arguments.notes)
    write_pages([page], arguments.output)
    return 0
