"""What was tried, what was missed, and what was never asked for."""

import pytest

from fourstep.files.content import Library, LoadedRubric
from fourstep.grading.scorecard import Evidence
from fourstep.problem import Problem
from fourstep.report.scorecard import criterion_blocks
from fourstep.review.attempts import attempted, attempts
from fourstep.review.exchanges import exchanges
from fourstep.review.unasked import unasked_facts
from fourstep.rubric import Rubric
from fourstep.transcript.transcript import Transcript
from tests.review.talks import card_of, talk

STRONG = "Asks for volume, latency and goal."


def asked(answer: str) -> Transcript:
    return talk("Begin.", "Well.", "What about scale?", answer, native=True, I3={"aims_at": "asks_first"})


def tried(rubric: Rubric, transcript: Transcript, **changes: object) -> bool:
    judgement = card_of(rubric, level=0).criteria[0].model_copy(update=changes)
    return attempted(judgement, exchanges(transcript, rubric))


@pytest.mark.parametrize("answer", ["It is a large one.", "Millions of them, I would think. Does that make sense?"])
def test_an_answer_to_a_question_about_it_is_an_attempt(rubric: Rubric, answer: str) -> None:
    assert tried(rubric, asked(answer))


@pytest.mark.parametrize("answer", ["I don't know.", "Pass.", "Can I have a hint?", "What was the question?", "Um."])
def test_passing_is_no_attempt(rubric: Rubric, answer: str) -> None:
    assert not tried(rubric, asked(answer))


def test_what_was_never_asked_about_was_not_tried(rubric: Rubric) -> None:
    assert not tried(rubric, talk("Begin.", "I would think about it.", native=True))


@pytest.mark.parametrize("kind", ["evidence", "counter_evidence"])
def test_what_the_candidate_raised_was_tried(rubric: Rubric, kind: str) -> None:
    quote = (Evidence(turn="C2", quote="Well."),)
    assert tried(rubric, talk("Begin.", "Well.", native=True), **{kind: quote})


def test_in_a_recording_the_question_is_known_by_its_words(rubric: Rubric) -> None:
    assert tried(rubric, talk("Begin.", "Well.", "What about scale?", "It is a large one."))


def test_a_strong_answer_is_known_only_after_an_attempt(rubric: Rubric, problem: Problem) -> None:
    judgements = card_of(rubric, level=0).criteria
    strong = []
    for transcript in (asked("It is a large one."), asked("Pass.")):
        first, *_ = attempts(judgements, exchanges(transcript, rubric), rubric, problem)
        strong.append((first.attempted, first.strong))
    assert strong == [(True, STRONG), (False, None)]


def test_a_report_says_how_to_earn_the_strong_answer(rubric: Rubric, problem: Problem) -> None:
    criterion, judgement = rubric.criteria[0], card_of(rubric, level=0).criteria[0]
    untried, shown = (
        "\n".join(
            block.text
            for block in criterion_blocks(criterion, judgement, problem, tried=tried, drilling=" --problem p")
        )
        for tried in (False, True)
    )
    assert STRONG in shown
    assert STRONG not in untried
    assert untried.endswith("tried one of your own:\n    fourstep drill asks_first --problem p")


def test_a_report_names_no_drill_where_none_can_be_on_the_problem(rubric: Rubric, problem: Problem) -> None:
    blocks = criterion_blocks(rubric.criteria[0], card_of(rubric, level=0).criteria[0], problem, tried=False)
    assert [*blocks][-1].text == "A strong answer is shown once you have tried one of your own."


def test_a_solid_answer_needs_no_other_beside_it(rubric: Rubric, problem: Problem) -> None:
    first, *_ = attempts(card_of(rubric, level=2).criteria, (), rubric, problem)
    assert (first.attempted, first.strong, first.missed) == (True, None, ("reasons",))


def test_missed_checks_come_nearest_level_first(rubric: Rubric, problem: Problem) -> None:
    first, *_ = attempts(card_of(rubric, level=0).criteria, (), rubric, problem)
    assert first.missed == ("first", "second", "reasons")


def test_facts_that_were_asked_for_are_known_by_the_log_or_by_the_questions(rubric: Rubric, problem: Problem) -> None:
    question = talk("Begin.", "Is there anything like a rule or a parcel, and how many parcels a day?", native=True)
    told = Transcript("t", (), facts_told=frozenset(["latency"]), native=True)
    asked_for = ({fact.fact for fact in unasked_facts(one, (), rubric, problem)} for one in (question, told))
    assert list(asked_for) == [{"latency", "goal"}, {"parcels", "goal"}]


def test_facts_that_bear_on_what_was_scored_low_come_first(rubric: Rubric, problem: Problem) -> None:
    strong = {"names_goal": "Fewer calls to the hotline.", "names_metric": "Says 200 milliseconds.", "weighs": "Both."}
    informed = problem.model_copy(update={"strong": strong})
    nothing = Transcript("t", (), native=True)
    for low, first in (("names_goal", "goal"), ("names_metric", "latency")):
        card = card_of(rubric, level=3, **{low: 0})
        assert unasked_facts(nothing, card.criteria, rubric, informed)[0].fact == first


def test_an_example_in_a_question_asks_for_nothing(rubric: Rubric, problem: Problem) -> None:
    question = talk("Begin.", "Is it about envelopes, parcels, or something else?", native=True)
    assert "parcels" in {fact.fact for fact in unasked_facts(question, (), rubric, problem)}


def test_whoever_was_interviewed_elsewhere_missed_no_fact(rubric: Rubric, problem: Problem) -> None:
    assert unasked_facts(talk("Begin.", "Well."), (), rubric, problem) == ()


def test_without_a_problem_no_fact_is_missed(rubric: Rubric) -> None:
    assert unasked_facts(talk("Begin.", "Well.", native=True), (), rubric, None) == ()


def test_a_part_of_a_question_that_was_not_answered_was_asked_for(library: Library, bundled: LoadedRubric) -> None:
    asked_both = talk(
        "Begin.",
        "Is there anything in production today, a rule or a vendor ETA, and what's the latency limit for the page "
        "that shows it for every restaurant?",
        native=True,
    )
    delivery = library.problem("delivery_eta_prediction")
    unasked = {fact.fact for fact in unasked_facts(asked_both, (), bundled.rubric, delivery)}
    assert unasked.isdisjoint({"existing", "latency"})
    assert "markets" in unasked


def test_what_is_judged_across_the_steps_was_tried_by_the_whole_interview(rubric: Rubric) -> None:
    across = next(one for one in card_of(rubric, level=0).criteria if one.step == "throughout")
    assert attempted(across, ())
