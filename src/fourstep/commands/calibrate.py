"""`fourstep calibrate`: how well the grader agrees with labels."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from fourstep.errors import UsageError
from fourstep.files.content import DEFAULT_RUBRIC, Library, content_folder, read_rubric
from fourstep.files.labelled import Labelled, read_labelled
from fourstep.grading.agreement import Agreement
from fourstep.grading.calibration import Calibration, Graded, calibrate
from fourstep.offline.grader import OfflineGrader
from fourstep.problem import Problem
from fourstep.rubric import Rubric

_HEAD = f"{'':34} {'pairs':>5} {'kappa':>6} {'exact':>6} {'±1':>6} {'bias':>6}"


def run(arguments: argparse.Namespace) -> int:
    """Grade every labelled transcript, with and without its problem's file, and print the figures."""
    rubric = read_rubric(Path(arguments.rubric) if arguments.rubric else content_folder("rubrics") / DEFAULT_RUBRIC).rubric
    labelled = read_labelled(Path(arguments.folder))
    library = Library()
    if arguments.criterion:
        return _explain(rubric, library, labelled, arguments.criterion)
    _print("with the problems' files", calibrate([_graded(rubric, library, one) for one in labelled]))
    _print("with every problem's file withheld", calibrate([_graded(rubric, None, one) for one in labelled]), brief=True)
    return 0


def _graded(rubric: Rubric, library: Library | None, one: Labelled) -> Graded:
    problem = _problem(library, one)
    judgements = OfflineGrader(rubric, problem).judgements(one.transcript)
    return Graded(
        one.transcript.id,
        one.labels.kind,
        one.transcript.words,
        problem is not None,
        {j.id: j.level for j in judgements if j.level is not None},
        one.labels.levels,
    )


def _problem(library: Library | None, one: Labelled) -> Problem | None:
    return library.find(one.transcript.problem) if library else None


def _print(title: str, figures: Calibration, *, brief: bool = False) -> None:
    low, high = figures.interval
    print(f"\n{title}\n{_HEAD}")
    print(_row("all criteria", figures.overall))
    print(f"{'  95 % interval of kappa':34} {low:12.2f} to {high:.2f}")
    print(f"{'  mean error of the overall level':34} {figures.score_error:12.1f} percent points")
    if not brief:
        for name, baseline in (("baseline: length only", figures.length_only), ("oracle: each mean", figures.mean_oracle)):
            print(_row(name, baseline))
        for name, part in (("with a problem file", figures.with_file), ("without one", figures.without_file)):
            if part:
                print(_row(name, part))
    for heading, rows in (("by criterion", figures.by_criterion), ("by kind", figures.by_kind)):
        print(f"{heading}:")
        for name, row in rows.items():
            print(_row(f"  {name}", row))


def _row(name: str, row: Agreement) -> str:
    return f"{name:34} {row.count:5} {row.kappa:6.2f} {row.exact:6.0%} {row.within_one:6.0%} {row.bias:+6.2f}"


def _explain(rubric: Rubric, library: Library, labelled: Sequence[Labelled], criterion: str) -> int:
    """One criterion, transcript by transcript, with the checks and the quotes behind each level."""
    if criterion not in {c.id for c in rubric.criteria}:
        raise UsageError(f"The rubric has no criterion '{criterion}'.", "See: fourstep check --list")
    for one in labelled:
        judgement = next(
            j for j in OfflineGrader(rubric, _problem(library, one)).judgements(one.transcript) if j.id == criterion
        )
        label = one.labels.levels.get(criterion)
        mark = " " if judgement.level == label else "!"
        checks = " ".join(f"{c.id}={c.met}" for c in judgement.checks if c.met != "no")
        print(f"{mark} {one.transcript.id} {one.labels.kind}: graded {judgement.level}, labelled {label}  {checks}")
        for evidence in judgement.evidence:
            print(f"      {evidence.turn} {' '.join(evidence.quote.split())}")
    return 0
