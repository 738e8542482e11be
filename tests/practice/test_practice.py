"""Practice over a real folder of interviews: which drill comes, who grades it, what is kept."""

import asyncio
import shutil
import stat
from datetime import timedelta
from pathlib import Path

import pytest

from fourstep.errors import NotFoundError
from fourstep.files.content import Library, LoadedRubric
from fourstep.files.places import content_folder
from fourstep.practice.drill import Drill
from fourstep.practice.drilled import FRAMEWORK
from fourstep.review.remarks import Ruling, ruled_card
from fourstep.rubric import Rubric
from fourstep.settings import Settings
from fourstep.wiring.front import Front
from fourstep.wiring.practice import Practice
from fourstep.wiring.program import Program
from tests.conftest import SAMPLES
from tests.model_roles import criteria_asked, well_played
from tests.model_server import Reply, serving
from tests.practice.test_schedule import NOON, drilled
from tests.review.talks import card_of

EXAMPLE = "20261121-video_recommendation-e0a0b1"
ANSWER = (
    "Features are logged when they are served, so that a training row holds what the model saw, and the test is the "
    "week after the training weeks, because a random split would leak the future."
)


def practice(root: Path, bundled: LoadedRubric, library: Library, **settings: object) -> Practice:
    program = Program(Settings(data_dir=root, **settings))  # type: ignore[arg-type]
    program.__dict__.update(loaded=bundled, library=library)
    return Practice(program, lambda: NOON)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "transcripts"
    shutil.copytree(content_folder("examples") / EXAMPLE, folder / EXAMPLE)
    return folder


@pytest.fixture
def offline(root: Path, bundled: LoadedRubric, library: Library) -> Practice:
    return practice(root, bundled, library)


def next_drill(practised: Practice, name: str = "prevents_leakage", problem: str | None = None) -> Drill:
    return practised.drill(practised.standing(), name, problem)


def test_an_empty_folder_has_nothing_to_show(tmp_path: Path, bundled: LoadedRubric, library: Library) -> None:
    standing = practice(tmp_path / "new", bundled, library).standing()
    assert (standing.series, standing.deck, standing.due) == ((), (), ())


def test_a_drill_is_on_a_problem_that_was_never_met(offline: Practice, library: Library) -> None:
    first = next_drill(offline)
    assert first.problem is not None
    assert first.problem.id != "video_recommendation"
    offline.keep(asyncio.run(offline.grade(first, ANSWER, 90)))
    second = next_drill(offline, "handles_imbalance")
    assert second.problem is not None
    assert second.problem.id not in ("video_recommendation", first.problem.id)


def test_a_problem_that_is_named_is_drilled(offline: Practice) -> None:
    drill = next_drill(offline, problem="video_recommendation")
    assert drill.problem is not None
    assert drill.problem.id == "video_recommendation"


def test_a_criterion_that_a_problem_does_not_ask_for_is_refused_by_its_title(offline: Practice) -> None:
    with pytest.raises(NotFoundError, match="“Encodes categorical features” is not judged on Street view blurring"):
        next_drill(offline, "encodes_categoricals", problem="street_view_blurring")


def test_an_unknown_problem_is_refused(offline: Practice) -> None:
    with pytest.raises(NotFoundError):
        next_drill(offline, problem="nonsense")


def test_an_answer_is_graded_kept_and_scheduled(offline: Practice) -> None:
    done = asyncio.run(offline.grade(next_drill(offline), ANSWER, 90))
    assert done.level is not None
    assert done.level >= 2
    assert all(quote in ANSWER for quote in done.quotes)
    offline.keep(done)
    [card] = [card for card in offline.standing().deck if card.drill == "prevents_leakage"]
    assert card.last == done
    assert card.due is not None
    assert card not in offline.standing().due


def test_a_model_that_fails_is_told_and_the_signals_grade_in_its_place(
    root: Path, bundled: LoadedRubric, library: Library
) -> None:
    with serving(lambda _: Reply(status=401)) as server:
        with_model = practice(root, bundled, library, model="stand-in", base_url=server.url)
        done = asyncio.run(with_model.grade(next_drill(with_model), ANSWER, 90))
    assert server.requests
    assert (done.grader, done.answer) == ("offline", ANSWER)
    assert done.note.startswith("The model could not grade it: ")
    assert done.rating is not None


def test_a_model_judges_the_one_criterion_in_one_call(root: Path, bundled: LoadedRubric, library: Library) -> None:
    with serving(well_played) as server:
        with_model = practice(root, bundled, library, model="stand-in", base_url=server.url)
        done = asyncio.run(with_model.grade(next_drill(with_model), ANSWER, 90))
    assert [one["criterion"] for request in server.requests for one in criteria_asked(request)] == ["prevents_leakage"]
    assert len(server.requests) == 1
    assert (done.level, done.rating, done.note) == (1, "hard", "")
    assert done.grader.startswith("stand-in")


def test_what_was_typed_is_there_with_its_question_when_one_comes_back(offline: Practice) -> None:
    drill = next_drill(offline)
    offline.save_draft(drill, "half of a thought")
    again = next_drill(offline)
    assert (again.typed, again.question, again.problem) == ("half of a thought", drill.question, drill.problem)


def test_a_draft_on_another_problem_waits_for_that_problem(offline: Practice) -> None:
    offline.save_draft(next_drill(offline), "half of a thought")
    other = next_drill(offline, problem="video_recommendation")
    assert other.typed == ""
    offline.save_draft(other, "something else")
    offline.keep(asyncio.run(offline.grade(other, ANSWER, 90)))
    assert next_drill(offline).typed == "half of a thought"


def test_a_draft_goes_once_its_answer_is_kept(offline: Practice) -> None:
    drill = next_drill(offline)
    offline.save_draft(drill, ANSWER)
    offline.keep(asyncio.run(offline.grade(drill, ANSWER, 90)))
    assert next_drill(offline).typed == ""


def test_the_framework_needs_no_problem(offline: Practice) -> None:
    drill = next_drill(offline, FRAMEWORK)
    done = asyncio.run(offline.grade(drill, "Frame: requirements\nData: labels\nModel: baseline\nServe: metrics", 200))
    offline.keep(done)
    assert done.met == 4
    assert offline.standing().card(FRAMEWORK).last == done


def test_a_plan_rests_on_what_was_held_and_scored(offline: Practice, library: Library) -> None:
    basis = offline.basis(offline.standing())
    assert (basis.scored, basis.unheld) == (1, len(library.files) - 1)
    assert basis.problems[-1].id == "video_recommendation"
    assert basis.steps[0][0] == "frame"


def test_an_interview_with_ruled_levels_scores_by_its_own_rubric_and_problem_as_in_its_report(
    offline: Practice, root: Path, rubric: Rubric
) -> None:
    program, folder = offline._program, root / EXAMPLE
    shutil.copy(SAMPLES / "rubric.yaml", folder)
    weights = "weights: {names_goal: 5}\n"
    (folder / "problem.yaml").write_text((SAMPLES / "problem.yaml").read_text() + weights)
    program.store.add_scorecard(folder, card_of(rubric))
    for criterion, level in (("asks_first", 0), ("names_goal", 3)):
        ruling = Ruling(at=NOON, criterion=criterion, level=level, graded=None, grader="offline")
        program.store.add_remark(folder, ruling)
    held = program.held(folder)
    reported = ruled_card(held.cards[-1], held.remarks, held.rubric, held.problem)
    [own] = [one for one in offline.standing().series if one.rubric == reported.rubric.hash]
    assert own.overall.values == [reported.overall]


def test_home_counts_the_drills_that_there_are_by_the_rubric_in_force(offline: Practice, root: Path) -> None:
    for name in ("prevents_leakage", "of_another_rubric"):
        offline.keep(drilled(NOON - timedelta(days=400), drill=name, rating=None, level=None))
    due = [card.drill for card in offline.standing().due]
    assert due == ["prevents_leakage", FRAMEWORK]
    assert Front(Settings(data_dir=root)).outlook().due == len(due)


def test_the_sheet_holds_every_score_and_replaces_nothing(offline: Practice, tmp_path: Path) -> None:
    first = offline.export(offline.standing(), tmp_path)
    second = offline.export(offline.standing(), tmp_path)
    assert first != second
    lines = first.read_text().splitlines()
    assert lines[0] == "at,interview,grader,rubric,scale,id,title,value"
    assert len(lines) == 1 + 1 + 5 + 21


def test_the_sheet_is_for_its_user_alone(offline: Practice, tmp_path: Path) -> None:
    assert stat.S_IMODE(offline.export(offline.standing(), tmp_path).stat().st_mode) == 0o600


def test_drills_of_the_day_before_are_no_part_of_todays_ten_minutes(
    root: Path, bundled: LoadedRubric, library: Library
) -> None:
    today = practice(root, bundled, library)
    today.keep(asyncio.run(today.grade(next_drill(today, FRAMEWORK), "Frame.", 900)))
    assert today.standing().session == ()
    tomorrow = Practice(today._program, lambda: NOON + timedelta(days=1))
    assert [card.drill for card in tomorrow.standing().session] == [FRAMEWORK]
