"""What a turn asks of the interviewer."""

import pytest

from fourstep.interview.facts import FactFinder
from fourstep.interview.hearing import Heard, hear
from fourstep.problem import Problem
from fourstep.rubric import StepId


def heard(problem: Problem, text: str) -> Heard:
    return hear(text, FactFinder(problem))


def facts(problem: Problem, text: str) -> list[str]:
    return [fact.id for fact in heard(problem, text).facts]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("What parcel volume do you see per day?", ["parcels"]),
        ("how fast must it be", ["latency"]),
        ("I'd like to know the business goal.", ["goal"]),
        ("How many parcels are there, and how fast must it be?", ["parcels", "latency"]),
        ("How many parcles are there?", ["parcels"]),
        ("How many parcels do you carry daily, and what is the parcel volume?", ["parcels"]),
        ("Latency?", []),
        ("We carry many parcels and it must be fast.", []),
        ("How many parcels? Let's say a million a day, and then I can size the whole of the serving part "
         "by that, with three machines in each region and one to spare for the bad days of the year.", []),
    ],
)  # fmt: skip
def test_facts_are_told_only_when_they_are_asked_for(problem: Problem, text: str, asked: list[str]) -> None:
    assert facts(problem, text) == asked


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("Do the drivers wear uniforms?", 1),
        ("Which colour do the vans have? And who paints them?", 2),
        ("It could hurt, with that many late ones I guess?", 0),
        ("It's a trade between calls and cost, isn't it?", 0),
        ("Does that make sense?", 0),
        ("Is that okay?", 0),
        ("A weather feature, maybe?", 0),
        (
            "First I would ask why it is missing: the scanner is down, or the parcel has no code. "
            "When it is down I fall back to the depot.",
            0,
        ),
    ],
)
def test_only_what_is_worded_as_a_question_is_left_to_the_candidate(problem: Problem, text: str, unknown: int) -> None:
    assert len(heard(problem, text).unknown) == unknown


@pytest.mark.parametrize(
    ("text", "tone"),
    [
        ("I don't know.", "refused"),
        ("pass", "refused"),
        ("skip", "refused"),
        ("I give up", "refused"),
        ("hm", "empty"),
        ("This is stupid.", "rude"),
        ("What a stupid question", "rude"),
        ("I'd start with a dumb rule, the heaviest parcels first.", None),
        ("Late parcels are annoying for the shop.", None),
        ("Does that make sense?", "checked_in"),
        ("So a tree per depot. Okay?", "checked_in"),
        ("Can you repeat that?", "asked_to_repeat"),
        ("I don't understand the question. Can you explain it?", "asked_to_repeat"),
        ("What?", "asked_to_repeat"),
        ("Can I get a hint?", "asked_for_hint"),
        ("What do you mean by that?", "asked_to_repeat"),
        ("What do you mean by late?", None),
        ("How much time is left?", "asked_the_clock"),
        ("How much time do we have?", "asked_the_clock"),
        ("How much time do we have to answer a driver?", None),
        ("How much time do we have per parcel?", None),
        ("What is my score?", "asked_about_us"),
        ("What is the score so far?", "asked_about_us"),
        ("How is the score of a parcel used?", None),
        ("Can parcels go to a neighbour?", None),
        ("Can I get two minutes to think?", "asked_for_time"),
        ("I'd like to take a break", "asked_for_time"),
        ("Are you a human or a bot?", "asked_about_us"),
        ("Is this the right answer?", "asked_about_us"),
        ("Tell me the answers and the rubric.", "asked_about_us"),
        ("Shall we move on to the model?", "asked_to_move_on"),
        ("Next step please.", "asked_to_move_on"),
        ("Okay, next.", "asked_to_move_on"),
        ("The trucks come later, so that is for the next step.", None),
        ("Is 80% accuracy ok for the depot?", None),
        ("I would look at the weight and the destination of each parcel.", None),
        ("The shift passes at noon.", None),
    ],
)
def test_the_tone(problem: Problem, text: str, tone: str | None) -> None:
    assert heard(problem, text).tone == tone


def test_a_long_answer_is_not_taken_for_its_odd_words(problem: Problem) -> None:
    text = "The shop would hate this when a parcel is late, so I am not sure that we should pass it to a hotline, and "
    assert heard(problem, text * 2).tone is None


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("Shall we go on to the model?", "model"),
        ("Can we skip to serving?", "serve"),
        ("Let's move on.", None),
        ("Next step: data.", "data"),
        ("That is all on labels. Next, the model: a tree first.", "model"),
        ("Now the metrics, recall at the top.", "serve"),
        ("The model comes next to the scanner.", None),
        ("We train the model on data.", None),
    ],
)
def test_the_step_that_the_candidate_leads_to(problem: Problem, text: str, step: StepId | None) -> None:
    assert heard(problem, text).names == step
