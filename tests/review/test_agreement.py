"""How far graders agree with people, over reviewed interviews."""

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from fourstep.cli import main
from fourstep.commands.calibrate import agreement_row, table_head
from fourstep.files.places import content_folder
from fourstep.files.store import Store
from fourstep.grading.agreement import agreement
from fourstep.review.agreement import Reviewed, against_people
from fourstep.review.remarks import Ruling, remarks_of
from fourstep.rubric import Rubric
from tests.review.test_remarks import card_of

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


def rulings(rubric: Rubric, *levels: int, by: str = "") -> Iterator[Ruling]:
    for criterion, level in zip(rubric.criteria, levels, strict=False):
        yield Ruling(at=NOON, by=by, criterion=criterion.id, level=level, graded=1, grader="offline")


def test_whoever_rules_as_the_grader_did_agrees_with_it(rubric: Rubric) -> None:
    reviewed = Reviewed((card_of(rubric, 0, 1, 2, 3),), remarks_of(rulings(rubric, 0, 1, 2, 3)))
    figures = against_people([reviewed])
    assert (figures.by_grader["offline"].kappa, figures.by_grader["offline"].count) == (1.0, 4)


def test_bias_is_grader_minus_person(rubric: Rubric) -> None:
    figures = against_people([Reviewed((card_of(rubric, 2, 2),), remarks_of(rulings(rubric, 1, 1)))])
    assert figures.by_grader["offline"].bias == 1.0
    assert {row.bias for row in figures.by_criterion.values()} == {1.0}


def test_the_newest_scorecard_of_each_grader_counts(rubric: Rubric) -> None:
    cards = (card_of(rubric, 0), card_of(rubric, 3))
    assert against_people([Reviewed(cards, remarks_of(rulings(rubric, 3)))]).by_grader["offline"].exact == 1.0


def test_two_people_are_compared_with_each_other(rubric: Rubric) -> None:
    both = [*rulings(rubric, 1, 2, by="ann"), *rulings(rubric, 1, 3, by="bob")]
    between = against_people([Reviewed((card_of(rubric, 1, 2),), remarks_of(both))]).between_people
    assert between is not None
    assert (between.count, between.exact) == (2, 0.5)


def test_one_person_alone_is_compared_with_nobody(rubric: Rubric) -> None:
    figures = against_people([Reviewed((card_of(rubric, 1),), remarks_of(rulings(rubric, 1, by="ann")))])
    assert figures.between_people is None


def test_where_nobody_ruled_there_are_no_figures(rubric: Rubric) -> None:
    with pytest.raises(ValueError, match="nobody"):
        against_people([Reviewed((card_of(rubric, 1),), remarks_of(()))])


EXAMPLE = "20261121-video_recommendation-e0a0b1"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(content_folder("examples") / EXAMPLE, tmp_path / EXAMPLE)
    return tmp_path


def test_the_command_reports_over_a_folder_of_interviews(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = Store(root)
    for name in ("frames_ml_task", "plans_labels"):
        ruling = Ruling(at=NOON, criterion=name, level=3, graded=3, grader="offline")
        store.add_remark(root / EXAMPLE, ruling)
    assert main(["calibrate", str(root), "--against-reviews"]) == 0
    printed = capsys.readouterr().out
    assert "2 rulings of people on 1 interview;" in printed
    assert "offline" in printed


@pytest.mark.parametrize(
    ("labels", "shown"),
    [
        ((3,), ["1", "–", "–", "100%"]),
        ((3, 2, 1, 0), ["4", "–", "–", "25%"]),
        ((3, 3, 3, 3, 3), ["5", "–", "–", "100%"]),
        ((3, 3, 3, 3, 2), ["5", "0.00", "0.00", "to", "0.00", "80%"]),
    ],
)
def test_kappa_is_told_of_several_pairs_on_more_than_one_level(labels: tuple[int, ...], shown: list[str]) -> None:
    row = agreement_row("offline", agreement([[(3, label) for label in labels]]))
    assert row.split()[1 : 1 + len(shown)] == shown
    assert row.index("%") == table_head().index("exact") + len("exact") - 1


def test_a_folder_without_rulings_is_told_how_to_make_one(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["calibrate", str(root), "--against-reviews"]) == 2
    assert "press d on a criterion" in capsys.readouterr().err


def test_what_people_ruled_is_a_line_that_can_be_read_without_the_product(root: Path) -> None:
    ruling = Ruling(at=NOON, criterion="plans_labels", level=1, reason="No window.", graded=3, grader="offline")
    Store(root).add_remark(root / EXAMPLE, ruling)
    (line,) = (root / EXAMPLE / "reviews.jsonl").read_text().splitlines()
    read = json.loads(line)
    assert (read["schema"], read["kind"], read["level"], read["graded"]) == ("fourstep.review/1", "ruling", 1, 3)
    assert Store(root).remarks(root / EXAMPLE) == (ruling,)


def test_one_criterion_alone_can_be_asked_for(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("frames_ml_task", "plans_labels"):
        ruling = Ruling(at=NOON, criterion=name, level=3, graded=3, grader="offline")
        Store(root).add_remark(root / EXAMPLE, ruling)
    asked = ["calibrate", str(root), "--against-reviews", "--criterion"]
    assert main([*asked, "plans_labels"]) == 0
    printed = capsys.readouterr().out
    assert "1 ruling of people on 1 interview;" in printed
    assert "frames_ml_task" not in printed
    assert main([*asked, "prevents_leakage"]) == 2
    assert "Nobody has ruled on prevents_leakage in" in capsys.readouterr().err


def test_a_criterion_or_a_folder_that_is_not_there_is_refused(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["calibrate", str(root), "--against-reviews", "--criterion", "juggles"]) == 2
    assert "The rubric has no criterion 'juggles'." in capsys.readouterr().err
    assert main(["calibrate", str(root / "nowhere"), "--against-reviews"]) == 9
