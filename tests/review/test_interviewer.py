"""The interviewer reviewed: what came twice, in pairs, too early, or not at all."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from fourstep.files.content import Library, LoadedRubric
from fourstep.offline.grader import OfflineGrader
from fourstep.problem import Problem
from fourstep.review.exchanges import exchanges
from fourstep.review.giveaways import given_away
from fourstep.review.interviewer import InterviewerReview, interviewer_review
from fourstep.rubric import Rubric
from fourstep.transcript.transcript import Transcript, transcript_of
from tests.interviews import Desk, collect
from tests.review.talks import card_of, talk

OPENING = "Please design it."
WHERE = "Where does the data for training come from?"


@pytest.fixture
def review(rubric: Rubric, problem: Problem) -> Any:
    def reviewed(transcript: Transcript, **levels: int) -> InterviewerReview:
        judgements = card_of(rubric, level=0, **levels).criteria if levels else ()
        return interviewer_review(transcript, exchanges(transcript, rubric), judgements, rubric, problem)

    return reviewed


def test_a_question_that_comes_again_is_named_with_both_turns(review: Any) -> None:
    (found,) = review(talk(OPENING, "Yes.", WHERE, "Logs.", f"Okay. {WHERE}", "Logs, I said.")).asked_twice
    assert (found.first, found.again, found.question) == ("I3", "I5", WHERE)


def test_a_question_repeated_on_purpose_is_not_asked_twice(review: Any) -> None:
    said = talk(OPENING, "Yes.", WHERE, "Pardon?", WHERE, "Logs.", native=True, I5={"move": "repeat"})
    assert review(said).asked_twice == ()


def test_two_questions_in_one_turn_are_noticed(review: Any) -> None:
    said = talk(OPENING, "Yes.", f"{WHERE} And how do you store all of it?", "In files.")
    assert review(said).two_at_once == ("I3",)


@pytest.mark.parametrize("turn", [f"You said logs, right? {WHERE}", WHERE, "Good. Go on."])
def test_tags_and_single_questions_are_fine(review: Any, turn: str) -> None:
    assert review(talk(OPENING, "Yes.", turn, "Logs.")).two_at_once == ()


def test_the_opening_may_hold_the_problems_own_question(review: Any) -> None:
    said = talk("Will this parcel be late or on time? Where would you like to begin?", "With questions.")
    assert review(said).two_at_once == ()


def test_a_fact_that_nobody_asked_for_was_given_away(review: Any) -> None:
    (found,) = review(talk(OPENING, "Logs.", "We carry 2 million parcels a day, by the way.", "Oh.")).told_unasked
    assert (found.turn, found.fact) == ("I3", "parcels")


def test_a_fact_that_was_asked_for_was_not(review: Any) -> None:
    said = talk(OPENING, "How many parcels are there a day?", "We carry 2 million parcels a day.", "Thanks.")
    assert review(said).told_unasked == ()


def test_an_answer_said_before_the_candidate_could_was_given_away(bundled: LoadedRubric) -> None:
    said = talk(OPENING, "It ranks.", "Logistic regression first, perhaps?", "Yes.")
    (found,) = given_away(said, bundled.rubric, None)
    assert (found.turn, found.check, found.words) == ("I3", "names_baseline", "Logistic regression")


def test_nobody_is_blamed_for_words_that_may_be_the_other_ones(bundled: LoadedRubric) -> None:
    said = talk(OPENING, "It ranks.", "Logistic regression first, perhaps?", "Yes.")
    assert given_away(replace(said, speakers_inferred=True), bundled.rubric, None) == ()


@pytest.mark.parametrize(
    "said",
    [
        ("It ranks.", "Which baseline would beat logistic regression?"),
        ("Logistic regression to begin with.", "Logistic regression, fine."),
        ("Do you have a favourite baseline?", "Logistic regression, usually."),
    ],
    ids=["open question", "candidate's words", "answer"],
)
def test_open_questions_echoes_and_answers_give_nothing_away(bundled: LoadedRubric, said: tuple[str, ...]) -> None:
    assert given_away(talk(OPENING, *said, "Yes."), bundled.rubric, None) == ()


def test_a_hint_that_was_wanted_gives_nothing_away(bundled: LoadedRubric) -> None:
    hint = {"move": "hint", "hint_rung": 3}
    said = talk(OPENING, "It ranks.", "Logistic regression first.", "Yes.", native=True, I3=hint)
    assert given_away(said, bundled.rubric, None) == ()


def test_a_criterion_neither_asked_about_nor_raised_had_no_chance(review: Any) -> None:
    said = talk(OPENING, "Well.", "And the goal?", "Hm.", native=True, I3={"aims_at": "names_goal"})
    found = review(said, names_source=1)
    assert "names_goal" not in found.no_chance
    assert "names_source" not in found.no_chance
    assert found.no_chance[0] == "asks_first"
    assert "weighs" not in found.no_chance  # what runs across all steps needs no question


def test_before_it_was_scored_nobody_knows_what_had_no_chance(review: Any) -> None:
    assert review(talk(OPENING, "Well.")).no_chance is None


def test_the_offline_interviewer_repeats_nothing_and_gives_nothing_away(
    bundled: LoadedRubric, library: Library
) -> None:
    problem = library.problem("ad_click_prediction")
    desk = Desk(bundled.rubric, problem)
    desk.start()
    for _ in range(30):
        if not desk.interview.over:
            desk.answer("I would look at the logs of the ads and go on from there, step by step, as usual.")
    desk.answer("How many people use the app every day?") if not desk.interview.over else collect(desk.interview.skip())
    transcript = transcript_of(desk.log.events)
    asked = exchanges(transcript, bundled.rubric)
    judgements = asyncio.run(_judged(OfflineGrader(bundled.rubric, problem), transcript))
    found = interviewer_review(transcript, asked, judgements, bundled.rubric, problem)
    assert (found.asked_twice, found.two_at_once, found.told_unasked, found.given_away) == ((), (), (), ())


async def _judged(grader: OfflineGrader, transcript: Transcript) -> list[Any]:
    return [judgement async for judgement in grader.judge(transcript)]


def test_the_interviewers_share_is_what_the_candidate_leaves_in_any_script(review: Any) -> None:
    said = talk("请设计一个推荐系统。", "我会先问清楚目标是什么以及有多少用户。")
    assert review(said).talk_share == pytest.approx(5 / 15)
