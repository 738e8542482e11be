"""`fourstep calibrate`: how well the grader agrees with labels."""

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from fourstep.commands.program import program_of
from fourstep.errors import UsageError
from fourstep.files.content import Library
from fourstep.files.labelled import Labelled, read_labelled
from fourstep.foreign_text import harmless
from fourstep.grading.agreement import Agreement
from fourstep.grading.arithmetic import sum_up
from fourstep.grading.calibration import Calibration, Graded, calibrate
from fourstep.offline.grader import OfflineGrader
from fourstep.problem import Problem, rubric_for
from fourstep.rubric import Rubric

FEWEST_PAIRS = 5
"""Pairs from which on chance-corrected agreement is told."""


def run(arguments: argparse.Namespace) -> int:
    """Grade every labelled transcript, with and without its problem's file, and print the figures."""
    rubric = program_of(arguments).loaded.rubric
    _check_criterion(rubric, arguments.criterion)
    if arguments.against_reviews:
        from fourstep.commands import reviewed

        return reviewed.run(arguments)
    labelled = read_labelled(Path(arguments.folder))
    library = Library()
    if arguments.criterion:
        _write(_explained(rubric, library, labelled, arguments.criterion))
        return 0
    if not labelled:
        raise UsageError(f"{arguments.folder} has no labels in its labels.yaml.", "Label a transcript first.")
    files = calibrate([_graded(rubric, library, one) for one in labelled])
    withheld = calibrate([_graded(rubric, None, one) for one in labelled])
    _write(_table("with the problems' files", files, baselines=True))
    _write(_table("with every problem's file withheld", withheld, baselines=False))
    return 0


def _check_criterion(rubric: Rubric, name: str | None) -> None:
    """Raises: UsageError, where the rubric has no criterion of that name."""
    known = [criterion.id for criterion in rubric.criteria]
    if name and name not in known:
        raise UsageError(f"The rubric has no criterion '{name}'.", f"It has: {', '.join(known)}.")


def _write(lines: Iterable[str]) -> None:
    sys.stdout.write("".join(f"{harmless(line)}\n" for line in lines))


def _graded(rubric: Rubric, library: Library | None, one: Labelled) -> Graded:
    problem = _problem(library, one)
    rubric = rubric_for(rubric, problem)
    judgements = list(OfflineGrader(rubric, problem).judgements(one.transcript))
    labelled = [j.model_copy(update={"status": "graded", "level": one.labels.levels.get(j.id)}) for j in judgements]
    return Graded(
        one.transcript.id,
        one.labels.kind,
        one.transcript.words,
        problem is not None,
        {j.id: j.level for j in judgements if j.level is not None},
        one.labels.levels,
        sum_up(judgements, rubric, problem, "senior").overall or 0.0,
        sum_up(labelled, rubric, problem, "senior").overall or 0.0,
    )


def _problem(library: Library | None, one: Labelled) -> Problem | None:
    return library.find(one.transcript.problem) if library else None


def _table(title: str, figures: Calibration, *, baselines: bool) -> Iterator[str]:
    yield ""
    yield title
    yield table_head()
    yield agreement_row("all criteria", figures.overall)
    if baselines:
        yield agreement_row("  with a problem file", figures.with_file)
        yield agreement_row("  without one", figures.without_file)
        yield agreement_row("baseline: length only", figures.length_only)
        yield agreement_row("oracle: each transcript's mean", figures.mean_oracle)
    error, bias = figures.score_error, figures.score_bias
    yield f"overall score: {error:.1f} percent points from the labels on average, {bias:+.1f} in the mean"
    for heading, rows in (("by criterion", figures.by_criterion), ("by kind", figures.by_kind)):
        yield f"{heading}:"
        yield from (agreement_row(f"  {name}", row) for name, row in rows.items())


def table_head() -> str:
    """What stands in the columns of `agreement_row`."""
    return f"{'':34} {'pairs':>5} {'kappa':>6} {'95 % interval':>14} {'exact':>6} {'±1':>6} {'bias':>6}"


def agreement_row(name: str, row: Agreement | None) -> str:
    """One line of figures; None where there was nothing to compare."""
    if row is None:
        return f"{name:34} {'none':>5}"
    kappa, interval = _kappa(row)
    return f"{name:34} {row.count:5} {kappa:>6} {interval:>14} {row.exact:6.0%} {row.within_one:6.0%} {row.bias:+6.2f}"


def _kappa(row: Agreement) -> tuple[str, str]:
    """Kappa and its interval; dashes where a few pairs, or labels of one level, make figures that mean nothing."""
    if row.count < FEWEST_PAIRS or row.labelled < 2:
        return "–", "–"
    low, high = row.interval
    return f"{row.kappa:.2f}", f"{low:.2f} to {high:.2f}"


def _explained(rubric: Rubric, library: Library, labelled: Sequence[Labelled], criterion: str) -> Iterator[str]:
    """One criterion, transcript by transcript, with the checks and the quotes behind each level."""
    for one in labelled:
        problem = _problem(library, one)
        judgements = OfflineGrader(rubric_for(rubric, problem), problem).judgements(one.transcript)
        judgement = next((j for j in judgements if j.id == criterion), None)
        if judgement is None:
            continue
        label = one.labels.levels.get(criterion)
        mark = " " if judgement.level == label else "!"
        checks = " ".join(f"{c.id}={c.met}" for c in judgement.checks if c.met != "no")
        yield f"{mark} {one.transcript.id} {one.labels.kind}: graded {judgement.level}, labelled {label}  {checks}"
        for evidence in judgement.evidence:
            yield f"      {evidence.turn} {' '.join(evidence.quote.split())}"
