"""What the offline interviewer says, over the content that ships."""

import pytest

from fourstep.files.content import Library, LoadedRubric
from fourstep.interview.brain import MOST_WORDS
from fourstep.problem import Problem
from fourstep.rubric import Rubric
from fourstep.transcript.events import Spoken
from tests.end_to_end.program import ANSWERS
from tests.interviews import Desk, collect

PROBLEMS = ("ad_click_prediction", "video_recommendation", "harmful_content_detection")
MOODS = (
    *ANSWERS,
    "I don't know.",
    "How many users are there? What is the latency budget? Who pays for it? Is there a team? What about privacy?",
    "hm",
    "This is a stupid question.",
    "Once I was in Vienna with my aunt, who sold umbrellas, and it rained, and the tram was late, and we had cake. "
    * 4,
    "Does that make sense so far?",
    "Could you repeat the question?",
    "We'd use a two-tower model because the catalogue is large, rather than factors that know no new items.",
)


def held(bundled: LoadedRubric, library: Library, name: str) -> list[Spoken]:
    """What the interviewer says to a candidate of all moods."""
    desk = Desk(bundled.rubric, library.problem(name))
    desk.start()
    for number in range(60):
        if desk.interview.over:
            break
        desk.answer(MOODS[number % len(MOODS)], after=40)
        if number % 9 == 4 and not desk.interview.over:
            collect(desk.interview.hint())
    return [turn for turn in desk.interview.state.spoken if turn.speaker == "interviewer"]


@pytest.mark.parametrize("name", PROBLEMS)
def test_every_turn_is_short_and_asks_at_most_one_question(bundled: LoadedRubric, library: Library, name: str) -> None:
    for turn in held(bundled, library, name):
        assert len(turn.text.split()) <= MOST_WORDS, turn.text
        assert turn.text.count("?") <= 1, turn.text
        assert "{" not in turn.text


@pytest.mark.parametrize("name", PROBLEMS)
def test_no_question_comes_twice_unless_it_was_asked_for(bundled: LoadedRubric, library: Library, name: str) -> None:
    asked = [(turn.criterion, turn.question) for turn in held(bundled, library, name) if turn.question is not None]
    assert len(asked) == len(set(asked))
    assert len(asked) > 10


@pytest.mark.parametrize("name", PROBLEMS)
def test_the_grading_is_never_mentioned(bundled: LoadedRubric, library: Library, name: str) -> None:
    text = " ".join(turn.text for turn in held(bundled, library, name)[:-1]).lower()
    assert not [word for word in ("rubric", "criteri", "level 3", "score", "great answer") if word in text]


def test_a_term_of_the_candidates_is_taken_up(rubric: Rubric, problem: Problem) -> None:
    desk = Desk(rubric, problem)
    desk.start()
    words = desk.answer("There are too many Hotline Calls at that scale, I think.")
    assert words.startswith("You mentioned Hotline Calls.")
    assert not desk.answer("As I said, Hotline Calls at scale.").startswith("You mentioned")


def test_a_term_that_has_nothing_to_do_with_the_question_is_not(rubric: Rubric, problem: Problem) -> None:
    desk = Desk(rubric, problem)
    desk.start()
    assert not desk.answer("There are too many Hotline Calls, I think.").startswith("You mentioned")


def test_the_seed_chooses_the_words(bundled: LoadedRubric, library: Library) -> None:
    def words(seed: int) -> str:
        desk = Desk(bundled.rubric, library.problem("ad_click_prediction"))
        desk.started = desk.started.model_copy(update={"seed": seed})
        return desk.start()

    assert words(1) == words(1)
    assert len({words(seed) for seed in range(12)}) > 3
