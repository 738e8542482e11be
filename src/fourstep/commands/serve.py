"""`fourstep serve`: the same program in a browser on this machine."""

import argparse
import asyncio
import logging
import shlex
import sys

from fourstep.commands.program import front_of


def run(arguments: argparse.Namespace) -> int:
    """Serve until Ctrl+C. Raises: UsageError."""
    from fourstep.serving.door import Door
    from fourstep.serving.server import LocalServer

    front_of(arguments)  # wrong settings are said here, and not in every page
    logging.basicConfig(level=logging.WARNING)
    server = LocalServer(command_for(arguments), arguments.port, Door())
    asyncio.run(server.run(_tell))
    return 0


def command_for(arguments: argparse.Namespace) -> str:
    """The command that each page runs: the home screen, with the flags that were given here."""
    command = [sys.executable, "-m", "fourstep"]
    for flag in ("data_dir", "config", "theme", "rubric"):
        if value := getattr(arguments, flag, None):
            command += [f"--{flag.replace('_', '-')}", value]
    return shlex.join(command)


def _tell(address: str) -> None:
    sys.stdout.write(f"{address}\n")
    sys.stdout.flush()
    sys.stderr.write(
        "Open this address in a browser on this machine; whoever has it can use the program. Ctrl+C ends it.\n"
    )
