"""A drill: what it asks, on which problem, and what an answer makes of it."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from fourstep.errors import NotFoundError
from fourstep.grading.scorecard import CheckResult, Evidence, Judgement
from fourstep.offline.grader import OfflineGrader
from fourstep.practice.deck import Card
from fourstep.practice.drill import (
    Answered,
    alone,
    drill_name,
    drill_on,
    framework_drill,
    judged_drill,
    judged_framework,
    longest_unseen,
    transcript_of_drill,
)
from fourstep.practice.drilled import FRAMEWORK, Drilled
from fourstep.problem import Problem
from fourstep.rubric import Rubric
from tests.practice.test_progress import graded
from tests.practice.test_schedule import NOON, drilled

ANSWER = "I would ask about the scale and the budget, because both decide."


@pytest.mark.parametrize(
    ("name", "found"), [("asks_first", "asks_first"), ("names-g", "names_goal"), ("Framework", FRAMEWORK)]
)
def test_a_drill_is_named_by_its_criterion_or_the_beginning_of_it(rubric: Rubric, name: str, found: str) -> None:
    assert drill_name(name, rubric) == found


@pytest.mark.parametrize("name", ["", "names", "nonsense", "weighs"])
def test_what_names_no_drill_or_several_is_refused(rubric: Rubric, name: str) -> None:
    with pytest.raises(NotFoundError):
        drill_name(name, rubric)


def test_problems_never_seen_come_first_and_then_the_one_seen_longest_ago() -> None:
    seen = {"ads": NOON, "posts": NOON - timedelta(days=9)}
    assert longest_unseen(["ads", "posts", "videos"], seen) == ["videos", "posts", "ads"]


def test_the_question_is_in_the_problems_own_words_and_none_is_asked_again_before_the_others(
    rubric: Rubric, problem: Problem
) -> None:
    criterion, asked = rubric.criterion("asks_first"), list[Drilled]()
    for _ in range(5):
        drill = drill_on(Card("asks_first", tuple(asked)), criterion, problem)
        asked.append(drilled(question=drill.question))
    questions = [one.question for one in asked]
    assert questions[0] == problem.probes["asks_first"][0]
    assert questions[:4] == [*problem.probes["asks_first"], *criterion.probes]
    assert questions[4] == questions[0]


def aimed(rubric: Rubric, problem: Problem, card: Card) -> tuple[str, ...]:
    return drill_on(card, rubric.criterion("asks_first"), problem).aimed


def test_it_aims_at_what_the_last_interview_missed(rubric: Rubric, problem: Problem) -> None:
    missed = graded(1, {"asks_first": 1}, missed={"asks_first": ["second"]})
    assert aimed(rubric, problem, Card("asks_first", (), (missed,))) == ("second",)


def test_it_aims_at_what_a_later_drill_missed(rubric: Rubric, problem: Problem) -> None:
    missed = graded(1, {"asks_first": 1}, missed={"asks_first": ["second"]})
    later = drilled(missed.at + timedelta(days=1), checks={"first": "yes", "second": "yes", "reasons": "partial"})
    assert aimed(rubric, problem, Card("asks_first", (later,), (missed,))) == ("reasons",)


def test_where_nothing_was_missed_it_aims_at_what_is_solid(rubric: Rubric, problem: Problem) -> None:
    assert aimed(rubric, problem, Card("asks_first")) == ("first", "second")


def test_a_grader_reads_statement_question_and_answer_and_judges_one_criterion(
    rubric: Rubric, problem: Problem
) -> None:
    drill = drill_on(Card("asks_first"), rubric.criterion("asks_first"), problem)
    transcript = transcript_of_drill(drill, ANSWER, rubric)
    assert [turn.text for turn in transcript.turns][1:] == [drill.question, ANSWER]
    assert transcript.turns[0].text.startswith(problem.statement)
    assert all(fact.tells in transcript.turns[0].text for fact in problem.facts)
    [judgement] = OfflineGrader(rubric, alone(drill, rubric)).judgements(transcript)
    assert (judgement.id, judgement.level) == ("asks_first", 3)


def result(rubric: Rubric, problem: Problem, judgement: Judgement) -> Drilled:
    drill = drill_on(Card("asks_first"), rubric.criterion("asks_first"), problem)
    return judged_drill(drill, Answered(ANSWER, NOON, 61.26), judgement, rubric, grader="offline", rubric_hash="hash")


def judgement(level: int | None, *quotes: str, **more: object) -> Judgement:
    checks = [CheckResult(id="first", met="yes"), CheckResult(id="second", met="no")]
    evidence = [Evidence(turn="C3", quote=quote) for quote in quotes]
    status = "graded" if level is not None else "not_graded"
    fixed = {"id": "asks_first", "step": "frame", "status": status, "level": level}
    return Judgement.model_validate({**fixed, "checks": checks, "evidence": evidence, **more})


def test_an_answer_is_kept_with_what_came_of_it(rubric: Rubric, problem: Problem) -> None:
    done = result(rubric, problem, judgement(1, "the scale"))
    assert (done.answer, done.quotes, done.level, done.met, done.rating) == (ANSWER, ("the scale",), 1, 1, "hard")
    assert done.due is not None
    assert done.due > NOON


def test_a_quote_that_was_not_said_earns_nothing_and_the_drill_stays_due(rubric: Rubric, problem: Problem) -> None:
    done = result(rubric, problem, judgement(3, "something else"))
    assert (done.level, done.rating, done.due) == (None, None, None)
    assert "no quote" in done.note


def test_what_could_not_be_graded_says_why(rubric: Rubric, problem: Problem) -> None:
    done = result(rubric, problem, judgement(None, reason="The model is gone."))
    assert (done.note, done.due, done.answer) == ("The model is gone.", None, ANSWER)


def test_what_went_well_again_comes_later_than_the_first_time(rubric: Rubric, problem: Problem) -> None:
    first = result(rubric, problem, judgement(2, "the scale"))
    at: datetime = first.due or NOON
    drill = drill_on(Card("asks_first", (first,)), rubric.criterion("asks_first"), problem)
    answered = Answered(ANSWER, at, 60)
    second = judged_drill(drill, answered, judgement(2, "the scale"), rubric, grader="offline", rubric_hash="hash")
    assert second.due is not None
    assert second.due - at > at - NOON


def test_the_framework_is_graded_by_what_was_recalled(rubric: Rubric) -> None:
    drill = framework_drill(Card(FRAMEWORK), rubric)
    page = "Frame: scale and goal\nData: scanner, label\nServe: recall"
    done = judged_framework(drill, Answered(page, NOON, 200), rubric, rubric_hash="hash")
    assert (done.met, len(done.aimed), done.rating) == (5, 6, "good")
    assert done.note == "No heading for: Model."
    assert done.due is not None


def test_an_empty_page_recalls_nothing_and_comes_again_soon(rubric: Rubric) -> None:
    drill = framework_drill(Card(FRAMEWORK, (replace(drilled(), drill=FRAMEWORK),)), rubric)
    done = judged_framework(drill, Answered("nothing", NOON, 5), rubric, rubric_hash="hash")
    assert (done.met, done.rating) == (0, "again")
