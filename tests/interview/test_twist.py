"""A change of requirements: at most one, once a design stands; and what persona and level change in the agenda."""

import pytest

from fourstep.choices import Level
from fourstep.problem import Problem, Twist
from fourstep.rubric import INTERVIEW_STEPS, Rubric
from fourstep.transcript.events import Spoken, TwistTold
from tests.interviews import Desk, collect

TWISTS = (
    Twist(id="snow", aims_at="weighs", tells="Suppose that it snows all year. What gives way first?"),
    Twist(id="strike", aims_at="weighs", tells="Suppose that the depot is on strike. What would you change?"),
)


def held(rubric: Rubric, problem: Problem, level: Level, *, twists: bool = False, seed: int = 0, **setup) -> Desk:
    """An interview with somebody who has little to say, from beginning to end."""
    desk = Desk(rubric, problem.model_copy(update={"twists": TWISTS}), twists=twists, **setup)
    desk.started = desk.started.model_copy(update={"level": level, "seed": seed})
    desk.start()
    for _ in range(60):
        if desk.interview.over:
            break
        desk.answer("Something about the parcel, I suppose.", after=20)
    return desk


def told(desk: Desk) -> list[TwistTold]:
    return [event for event in desk.log.events if isinstance(event, TwistTold)]


@pytest.mark.parametrize(
    ("level", "twists", "count"),
    [("mid", False, 0), ("senior", False, 0), ("senior", True, 1), ("mid", True, 1), ("staff", False, 1)],
)
def test_a_requirement_changes_once_at_staff_level_and_otherwise_where_it_is_wanted(
    rubric: Rubric, problem: Problem, level: Level, twists: bool, count: int
) -> None:
    assert len(told(held(rubric, problem, level, twists=twists))) == count


def test_it_changes_after_the_model_step_has_begun_and_in_the_problems_words(rubric: Rubric, problem: Problem) -> None:
    desk = held(rubric, problem, "staff")
    (said,) = [event for event in desk.log.events if isinstance(event, Spoken) and event.move == "twist"]
    assert said.text == TWISTS[0].tells
    assert (said.step, said.criterion) == ("model", "weighs")


@pytest.mark.parametrize(("seed", "twist"), [(0, "snow"), (1, "strike"), (2, "snow")])
def test_the_seed_chooses_which(rubric: Rubric, problem: Problem, seed: int, twist: str) -> None:
    assert [event.twist for event in told(held(rubric, problem, "staff", seed=seed))] == [twist]


def late_in_the_model_step(rubric: Rubric, problem: Problem, level: Level) -> Desk:
    desk = Desk(rubric, problem.model_copy(update={"twists": TWISTS}), twists=True)
    desk.started = desk.started.model_copy(update={"level": level})
    desk.start()
    for _ in ("data", "model"):
        collect(desk.interview.skip())
    desk.answer("Something about the parcel, I suppose.", after=35 * 60)
    return desk


def test_a_step_whose_time_is_used_up_has_none_left_for_a_twist(rubric: Rubric, problem: Problem) -> None:
    assert late_in_the_model_step(rubric, problem, "senior").last_move.move == "advance"


def test_at_staff_level_it_comes_although_the_time_is_used_up(rubric: Rubric, problem: Problem) -> None:
    assert late_in_the_model_step(rubric, problem, "staff").last_move.move == "twist"


def test_a_practice_without_a_design_has_no_twist(rubric: Rubric, problem: Problem) -> None:
    assert not told(held(rubric, problem, "staff", steps=INTERVIEW_STEPS[:2]))


def test_a_twist_is_repeated_word_for_word(rubric: Rubric, problem: Problem) -> None:
    desk = late_in_the_model_step(rubric, problem, "staff")
    assert collect(desk.interview.repeat()).endswith(desk.log.events[-1].text.removeprefix("Once more. "))
    assert "Suppose that" in desk.last_move.text


def test_an_interview_that_is_gone_on_with_brings_no_second_twist(rubric: Rubric, problem: Problem) -> None:
    first = late_in_the_model_step(rubric, problem, "staff")
    events = tuple(first.log.events)
    second = Desk(rubric, problem.model_copy(update={"twists": TWISTS}), events=events, elapsed=36 * 60)
    second.answer("Something about the parcel, I suppose.")
    assert second.last_move.move == "advance"


SOLID = "The scale and the budget matter."


def opened(rubric: Rubric, problem: Problem, persona: str) -> Desk:
    desk = Desk(rubric, problem)
    desk.started = desk.started.model_copy(update={"persona": persona})
    desk.start()
    desk.answer("It is a classification of parcels into two kinds.")
    desk.answer(SOLID)
    return desk


@pytest.mark.parametrize(
    ("persona", "move"), [("bar-raiser", "challenge"), ("neutral", "probe"), ("friendly", "probe")]
)
def test_only_a_bar_raiser_doubts_a_good_answer_at_once(
    rubric: Rubric, problem: Problem, persona: str, move: str
) -> None:
    assert opened(rubric, problem, persona).last_move.move == move


def test_after_the_doubt_a_bar_raiser_goes_on(rubric: Rubric, problem: Problem) -> None:
    desk = opened(rubric, problem, "bar-raiser")
    desk.answer("As I said, the scale and the budget.")
    assert desk.last_move.move == "probe"
