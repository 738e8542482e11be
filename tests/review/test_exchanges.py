"""What the interviewer of a recording asked about: what asks counts, facts and farewells do not."""

import pytest

from fourstep.review.asking import asking_part
from fourstep.review.exchanges import exchanges
from fourstep.rubric import Rubric
from tests.review.talks import talk


@pytest.mark.parametrize(
    "text",
    ["Good. Talk about data and labels.", "And features?", "okay so let's go to the model", "how would you launch it",
     "Tell me about serving.", "Monitoring."],
)  # fmt: skip
def test_questions_requests_and_bare_topics_ask(text: str) -> None:
    assert asking_part(text, answering=False)


@pytest.mark.parametrize(
    "text", ["Great, that's all of our time. Any questions for me?", "You have met the goal, I think."]
)
def test_farewells_and_statements_ask_nothing(text: str) -> None:
    assert "goal" not in asking_part(text, answering=False)
    assert "questions" not in asking_part(text, answering=False)


def test_what_leads_to_a_question_belongs_to_it() -> None:
    assert asking_part("Sign-ups are rare. A problem?", answering=False) == "Sign-ups are rare. A problem."


def test_facts_that_were_asked_for_are_no_question(rubric: Rubric) -> None:
    said = talk("Begin.", "What are the scale and the goal?", "The scale is large. Clicks.", "Then I rank.")
    assert [exchange.about for exchange in exchanges(said, rubric)] == [frozenset(), frozenset()]


def test_facts_before_a_question_are_not_what_is_asked_about(rubric: Rubric) -> None:
    said = talk("Begin.", "How large is the scale?", "A large scale. What is the goal?", "Clicks.")
    assert exchanges(said, rubric)[1].about == {"names_goal"}


def test_the_problem_as_it_is_told_asks_about_nothing_in_particular(rubric: Rubric) -> None:
    said = talk("We have a goal and a scale. I'd like you to design it for our goal. How would you begin?", "I rank.")
    assert exchanges(said, rubric)[0].about == frozenset()


def test_a_recording_may_begin_with_a_question(rubric: Rubric) -> None:
    assert exchanges(talk("What is the goal?", "Fewer calls."), rubric)[0].about == {"names_goal"}
