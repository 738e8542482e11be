"""The command line: parse, then hand over. Nothing heavy is imported before a command needs it."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

from fourstep import __version__
from fourstep.errors import FourstepError

CRASHED = 70
INTERRUPTED = 130
COMPLETE = "__complete"
"""The word by which the scripts of `fourstep completion` ask; no command, because what follows it is no arguments."""
_WIDTH = 80


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; the last line of defence against a traceback."""
    words = sys.argv[1:] if argv is None else argv
    try:
        if words and words[0] == COMPLETE:
            return _complete(words[1:])
        arguments = parser().parse_args(words)
        return _command(arguments.run)(arguments)
    except FourstepError as error:
        sys.stderr.write(_harmless(f"{error}\n"))
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nobody reads on; do not fail at exit either
        return 0
    except Exception as error:  # the outermost line: a sentence instead of a traceback
        return _crashed(error)


def parser() -> argparse.ArgumentParser:
    """Every command and flag."""
    common = _common()
    root = argparse.ArgumentParser(
        prog="fourstep",
        description="A mock interviewer for machine-learning system design.",
        formatter_class=_formatter,
        parents=[common],
    )
    root.add_argument("-V", "--version", action="version", version=f"fourstep {__version__}")
    commands = root.add_subparsers(title="commands", metavar="COMMAND")
    root.set_defaults(run="full_screen:home")

    def command(name: str, run: str, about: str) -> argparse.ArgumentParser:
        made = commands.add_parser(
            name,
            help=about,
            description=about,
            formatter_class=_formatter,
            parents=[_common(argparse.SUPPRESS)],
        )
        made.set_defaults(run=run)
        return made

    _interview(command("interview", "interview:run", "hold an interview"))
    resume = command("resume", "interview:resume", "go on with an interrupted interview")
    resume.add_argument("id", nargs="?", metavar="ID", help="which one; the newest interrupted one by default")
    _plain(resume)
    _model(resume)
    again = command("again", "interview:again", "answer again: go on anew from a turn of an earlier interview")
    again.add_argument("id", metavar="ID", help="an interview, or last")
    again.add_argument("turn", type=_turn, metavar="TURN", help="the answer that is given anew, such as C8")
    _plain(again)
    _model(again)
    review = command("review", "full_screen:review", "read an interview, with what each turn earned")
    review.add_argument("id", nargs="?", default="last", metavar="ID", help="the newest by default")
    doctor = command("doctor", "doctor:run", "what is set, where it comes from, and what works with the model")
    doctor.add_argument("--format", choices=["text", "json"], default="text")
    _model(doctor)
    keys = command("keys", "keys:run", "keep a provider's key in the system's keyring, or remove it")
    keys.add_argument("action", choices=["set", "remove"], help="set asks for the key, or reads it from a pipe")
    keys.add_argument("owner", nargs="?", metavar="PROVIDER", help="such as openai, or a server; as set by default")
    serve = command("serve", "serve:run", "the same program in a browser on this machine")
    serve.add_argument("--port", type=_port, default=8000, metavar="N", help="8000 by default; 0 takes a free one")
    command("demo", "full_screen:demo", "what it does, in a minute, without a key")
    listing = command("list", "list:run", "the interviews that are kept")
    listing.add_argument("--search", metavar="WORDS", help="only those in which all these words stand")
    listing.add_argument("--format", choices=["text", "json"], default="text")
    deletion = command("delete", "list:delete", "remove an interview; asks first")
    deletion.add_argument("id", metavar="ID")
    deletion.add_argument("-y", "--yes", action="store_true", help="do not ask")
    _report(command("report", "report:run", "print an interview's scorecard and transcript"))
    _score(command("score", "score:run", "grade interviews or transcripts, or grade them again"))
    compare = command("compare", "compare:run", "what changed between two scorecards")
    compare.add_argument("first", metavar="A", help="an interview's newest scorecard, or its N-th: ID:N")
    compare.add_argument("second", metavar="B", help="another, of the same interview or of another one")
    progress = command("progress", "progress:run", "how scores went over time, and what is missed most often")
    progress.add_argument("--format", choices=["text", "json", "csv"], default="text")
    progress.add_argument("--grader", metavar="NAME", help="only what this one graded: offline, or a model")
    progress.add_argument("-o", "--output", metavar="FILE")
    drill = command("drill", "drill:run", "ten minutes of short exercises on what interviews missed")
    drill.add_argument("drill", nargs="?", metavar="NAME", help="one now: a criterion, or framework")
    drill.add_argument("--problem", metavar="ID", help="on this problem, not on one that you have not seen")
    drill.add_argument("--list", action="store_true", help="all drills, and when each is due")
    _model(drill)
    plan = command("plan", "plan:run", "interviews and drills, spread over the weeks until a date")
    plan.add_argument("--by", required=True, metavar="DATE", help="the day of the interview, such as 2027-01-15")
    plan.add_argument("--days-a-week", type=int, choices=range(1, 8), default=4, metavar="N", help="4 by default")
    plan.add_argument("--format", choices=["text", "markdown", "json"], default="text")
    plan.add_argument("-o", "--output", metavar="FILE")
    _import(command("import", "import_:run", "turn recorded interviews into transcripts"))
    problems = command("problems", "problems:run", "the problems that can be asked")
    actions = problems.add_subparsers(dest="action", metavar="list|show|new")
    flags = [_common(argparse.SUPPRESS)]
    actions.add_parser("list", help="all of them", parents=flags)
    show = actions.add_parser("show", help="one problem's statement", parents=flags)
    show.add_argument("problem", metavar="PROBLEM")
    _new_problem(actions.add_parser("new", help="one of your own", parents=flags, formatter_class=_formatter))
    check = command("check", "check:run", "check rubrics, problems and transcripts")
    check.add_argument("files", nargs="*", metavar="FILE", help="all that is bundled by default")
    calibrate = command("calibrate", "calibrate:run", "agreement of the grader with labelled transcripts")
    calibrate.add_argument(
        "folder", metavar="FOLDER", help="labels.yaml beside Markdown transcripts; or interviews that people reviewed"
    )
    calibrate.add_argument(
        "--against-reviews", action="store_true", help="compare the graders with what people ruled in FOLDER"
    )
    calibrate.add_argument("--criterion", metavar="ID", help="show one criterion, transcript by transcript")
    completion = command("completion", "completion:run", "the script that completes commands in a shell")
    completion.add_argument("shell", choices=["bash", "zsh", "fish", "powershell"])
    completion.epilog = "The script's first line says where it belongs."
    return root


def _common(default: object = None) -> argparse.ArgumentParser:
    """Flags that work before and after the command; behind it, one that is not given must not undo the other."""
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--data-dir", metavar="DIR", default=default, help="where interviews are kept")
    common.add_argument("--config", metavar="FILE", default=default, help="another settings file")
    common.add_argument("--rubric", metavar="FILE", default=default, help="another rubric, a folder or a file")
    common.add_argument("--theme", choices=["auto", "dark", "light", "high-contrast"], default=default)
    no_input = False if default is None else default
    common.add_argument("--no-input", action="store_true", default=no_input, help="never ask; fail instead")
    return common


def _interview(command: argparse.ArgumentParser) -> None:
    command.add_argument("problem", nargs="?", metavar="PROBLEM", help="an id, a prefix of one, or a YAML file")
    command.add_argument("--minutes", type=_minutes, metavar="N", help="how long; 45 for all four steps")
    command.add_argument("--steps", metavar="LIST", help="only some steps, such as frame,data")
    command.add_argument("--level", choices=["mid", "senior", "staff"], help="the bar for the verdict")
    command.add_argument("--persona", choices=["friendly", "neutral", "bar-raiser"])
    command.add_argument("--seed", type=int, metavar="N", help="choose the same wordings again")
    _plain(command)
    _model(command)


def _plain(command: argparse.ArgumentParser) -> None:
    command.add_argument("--plain", action="store_true", help="line by line, for pipes and screen readers")


def _model(command: argparse.ArgumentParser) -> None:
    command.add_argument("--model", metavar="NAME", help="the language model that interviews and grades")
    command.add_argument("--base-url", metavar="URL", help="an OpenAI-compatible server's address")
    command.add_argument("--timeout", metavar="SECONDS", help="how long the server may be silent")
    command.add_argument("--offline", action="store_true", help="without a language model, whatever is set")


def _report(command: argparse.ArgumentParser) -> None:
    command.add_argument("id", metavar="ID", help="an id, the hex part's beginning, or last; ID:N by scorecard N")
    command.add_argument("--format", choices=["text", "markdown", "html", "json"], default="text")
    command.add_argument("-o", "--output", metavar="FILE")
    command.add_argument("--notes", action="store_true", help="with your own notes on turns, which are left out else")
    command.add_argument("--anonymous", action="store_true", help="leave out names and times, as told below")
    command.epilog = (
        "--anonymous leaves out the interview's id, dates and clock times, file names, servers, reviewers, and the "
        "names that a recording gives its speakers, in their words too. Minutes since the beginning stay. So does what "
        "people say of themselves otherwise, such as a name that the recording does not give, an employer or a "
        "project: read the report before you pass it on."
    )


def _new_problem(command: argparse.ArgumentParser) -> None:
    command.description = "Write a problem of your own: a skeleton to fill in, or a draft by a language model."
    command.add_argument("name", metavar="NAME", help="its id, such as hotel_ranking")
    command.add_argument("-o", "--output", metavar="FILE", help="where; among your own problems by default")
    command.add_argument(
        "--from", dest="source", metavar="TEXT|FILE", help="a sentence or a job description that a model drafts it from"
    )
    _model(command)


def _import(command: argparse.ArgumentParser) -> None:
    command.add_argument("files", nargs="+", metavar="FILE", help="WebVTT, SRT, text of Zoom, Teams, Otter or YouTube")
    command.add_argument("--candidate", metavar="NAME", help="who is the candidate; asked where it is not plain")
    command.add_argument("--interviewer", metavar="NAME", help="who asks; of two, the other one is the candidate")
    command.add_argument(
        "--first", choices=["candidate", "interviewer"], help="who speaks first, where a file has no names"
    )
    command.add_argument("--problem", metavar="ID", help="what it is about; guessed from the first words by default")
    command.add_argument("--level", choices=["mid", "senior", "staff"], help="the bar for the verdict")
    _model(command)


def _score(command: argparse.ArgumentParser) -> None:
    command.add_argument("inputs", nargs="+", metavar="PATH|ID")
    command.add_argument("--format", choices=["text", "json", "markdown"], default="text")
    command.add_argument("-o", "--output", metavar="OUT", help="a file, or a folder when there are several inputs")
    command.add_argument("--problem", metavar="ID", help="what a Markdown transcript or an import is about")
    command.add_argument("--candidate", metavar="NAME", help="the candidate's name in a Markdown transcript")
    command.add_argument("--interviewer", metavar="NAME", help="the interviewer's")
    command.add_argument("--level", choices=["mid", "senior", "staff"], help="the bar for the verdict")
    command.add_argument(
        "--model",
        dest="models",
        action="append",
        metavar="NAME",
        help="the language model that grades; repeat for more",
    )
    command.add_argument("--base-url", metavar="URL", help="an OpenAI-compatible server's address")
    command.add_argument("--timeout", metavar="SECONDS", help="how long the server may be silent")
    command.add_argument("--offline", action="store_true", help="without a language model, whatever is set")
    command.add_argument("--samples", type=_count, default=1, metavar="N", help="grade N times and take the middle")
    command.add_argument(
        "--group", choices=["criterion", "step"], default="criterion", help="what is asked in one call; step is cheaper"
    )
    command.add_argument("--parallel", type=_count, metavar="N", help="calls at once; 20, or what the server bears")
    command.add_argument("--max-tokens-total", type=_count, metavar="N", help="stop asking before more is used")
    command.add_argument("--fail-under", type=_percent, metavar="PERCENT", help="exit with 8 below this overall score")


def _minutes(text: str) -> float:
    try:
        minutes = float(text)
    except ValueError:
        minutes = 0.0
    if not 1 <= minutes <= 240:
        raise argparse.ArgumentTypeError(f"'{text}' is no number of minutes between 1 and 240")
    return minutes


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65_535:
        raise argparse.ArgumentTypeError(f"'{text}' is no port from 0 to 65535")
    return int(text)


def _turn(text: str) -> int:
    number = text.upper().removeprefix("C").removeprefix("I")
    if not number.isdecimal():
        raise argparse.ArgumentTypeError(f"'{text}' is no turn, such as C8")
    return int(number)


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is no whole number from 1 on")
    return int(text)


def _percent(text: str) -> float:
    try:
        percent = float(text)
    except ValueError:
        percent = -1.0
    if not 0 <= percent <= 100:
        raise argparse.ArgumentTypeError(f"'{text}' is no percentage between 0 and 100")
    return percent


def _complete(words: Sequence[str]) -> int:
    from fourstep.commands.completion import complete

    return complete(parser(), words)


def _command(run: str) -> Callable[[argparse.Namespace], int]:
    module, function = run.split(":")
    found: Callable[[argparse.Namespace], int] = getattr(import_module(f"fourstep.commands.{module}"), function)
    return found


def _formatter(prog: str) -> argparse.HelpFormatter:
    return argparse.HelpFormatter(prog, width=_WIDTH, max_help_position=28)


def _harmless(text: str) -> str:
    from fourstep.foreign_text import harmless

    return harmless(text)


def _crashed(error: Exception) -> int:
    """Keep the details in a file, print a sentence."""
    import tempfile
    import traceback
    from pathlib import Path

    with tempfile.NamedTemporaryFile(
        "w", prefix="fourstep-crash-", suffix=".txt", delete=False, encoding="utf-8"
    ) as file:
        file.write("".join(traceback.format_exception(error)))
    sys.stderr.write(
        f"fourstep stopped because of a fault of its own ({type(error).__name__}). What was said is kept.\n"
        f"Details, for a report: {Path(file.name)}\nSee what is kept with: fourstep list\n"
    )
    return CRASHED


if __name__ == "__main__":
    sys.exit(main())
