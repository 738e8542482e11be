"""The command line: parse, then hand over. Nothing heavy is imported before a command needs it."""

import argparse
import sys
from importlib import import_module

from fourstep import __version__


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser("fourstep")
    sub = parser.add_subparsers(dest="command")
    p = sub.add_parser("calibrate")
    p.add_argument("folder")
    p.add_argument("--criterion")
    p.add_argument("--rubric")
    p.set_defaults(module="calibrate")
    c = sub.add_parser("check")
    c.add_argument("--rubric")
    c.set_defaults(module="check")
    a = parser.parse_args(argv)
    return import_module(f"fourstep.commands.{a.module}").run(a)


if __name__ == "__main__":
    sys.exit(main())
