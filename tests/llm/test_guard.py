"""What a model may not say as the interviewer, over the content that ships."""

import pytest

from fourstep.files.content import Library, LoadedRubric
from fourstep.interview.moves import Move
from fourstep.interview.questions import question
from fourstep.interview.state import State, apply, fold
from fourstep.llm.guard import Ground, Guard
from fourstep.offline.interviewer import OfflineInterviewer
from fourstep.transcript.events import CheckSeen, Event, Observed, PadSaved, Spoken
from tests.interviews import START, Desk

ASKED = "How would you know, before launch, whether your model is any good?"
ANSWER = "I'd log 500 candidates a load and downsample the tiles that nobody clicked, with dropout in the towers."
DOWNSAMPLING = (
    "Since clicks are rare you would downsample the negatives by a factor, which shifts the probabilities, so you "
    "would calibrate them again."
)


@pytest.fixture(scope="module")
def guard(bundled: LoadedRubric, library: Library) -> Guard:
    return Guard(bundled.rubric, library.problem("video_recommendation"))


def spoken(turn: int, speaker: str, text: str) -> Spoken:
    return Spoken(at=START, seq=turn, turn=turn, speaker=speaker, text=text, step="model")


def ground(move: Move | None = None, prepared: str = "What would you train it on?", *more: Event) -> Ground:
    state = fold((spoken(1, "interviewer", ASKED), spoken(2, "candidate", ANSWER), *more))
    return Ground(move or Move("probe", "designs_training", 0), state, prepared)


@pytest.mark.parametrize(
    ("sentence", "shown", "fault"),
    [
        ("What would you train it on?", "", None),
        ("You'd leave out tiles that nobody clicked.", "", None),
        ("You'd log 500 candidates a load, then.", "", None),
        ("How so?", "", None),
        (" … ", "", "It is empty."),
        ("How would you know, before the launch, whether your model is good?", "", "It repeats"),
        ("And what about the loss?", "What would you train it on?", "It asks a second question."),
        ("What first? What then?", "", "It asks a second question."),
        ("That would bring you to level 2.", "", "It speaks of the grading."),
        ("The rubric asks for something else here.", "", "It speaks of the grading."),
        ("That is a solid answer.", "", "It speaks of the grading."),
        ("We're at designs_training now.", "", "It speaks of the grading."),
        ("We have 70 million viewers in Brazil.", "", "It names a number that nobody gave: 70."),
        ("There are forty thousand machines for that.", "", "It names a number that nobody gave: forty."),
        (DOWNSAMPLING, "", "It gives away what the candidate should say"),
        ("Candidate: I would use a two-tower model.", "", "It speaks as somebody else"),
        ("And more.", "word " * 79, "It makes the reply longer than 80 words."),
    ],
)
def test_a_sentence_passes_or_is_held_back_for_its_reason(
    guard: Guard, sentence: str, shown: str, fault: str | None
) -> None:
    found = guard.fault(sentence, shown, ground())
    assert (found or "").startswith(fault or "")
    assert bool(found) == bool(fault)


@pytest.mark.parametrize(
    "sentence", ["At p99 and top-k, what counts?", "In S3, for how long?", "What do the next five minutes hold?"]
)
def test_names_with_figures_and_small_counts_claim_nothing(guard: Guard, sentence: str) -> None:
    assert guard.fault(sentence, "", ground()) is None


@pytest.mark.parametrize(
    ("sentence", "facts"),
    [("About 200 million viewers a day.", ("users",)), ("At 35 thousand loads, what then?", ())],
)
def test_numbers_of_facts_to_tell_and_of_the_prepared_words_may_be_said(
    guard: Guard, sentence: str, facts: tuple[str, ...]
) -> None:
    prepared = "There are 35,000 loads a second."
    assert guard.fault(sentence, "", ground(Move("answer", facts=facts), prepared)) is None


def test_numbers_of_facts_that_were_told_before_may_be_said_again(guard: Guard) -> None:
    state = State(facts_told=frozenset(["users"]))
    assert guard.fault("With 200 million viewers, what breaks?", "", Ground(Move("probe"), state, "What?")) is None


def test_a_number_on_the_design_pad_was_given(guard: Guard) -> None:
    pad = PadSaved(at=START, text="- 70 M viewers", turn=2)
    assert guard.fault("With 70 million viewers, what breaks?", "", ground(None, "What?", pad)) is None


def test_a_hint_may_name_what_the_candidate_should_say(guard: Guard) -> None:
    assert guard.fault(DOWNSAMPLING, "", ground(Move("hint", "handles_imbalance", rung=3))) is None


def test_what_the_candidate_has_met_is_no_secret(guard: Guard, bundled: LoadedRubric) -> None:
    met = tuple(
        CheckSeen(criterion=criterion.id, check=check.id, met="yes", quote="x")
        for criterion in bundled.rubric.criteria
        for check in criterion.checks
    )
    seen = Observed(at=START, seq=3, turn=2, brain="model", checks=met)
    assert guard.fault(DOWNSAMPLING, "", ground(None, "What?", seen)) is None


def test_a_question_that_was_asked_for_again_is_no_repetition(guard: Guard) -> None:
    assert guard.fault(ASKED, "", ground(Move("repeat"))) is None


def test_a_fact_that_is_asked_for_again_is_no_repetition(guard: Guard) -> None:
    told = spoken(3, "interviewer", "About two hundred million viewers a day, and half a billion a month.")
    again = ground(Move("answer", facts=("users",)), "About two hundred million viewers a day.", told)
    assert guard.fault("About two hundred million viewers a day, half a billion a month.", "", again) is None


def test_a_farewell_may_announce_the_scorecard_that_its_prepared_words_announce(guard: Guard) -> None:
    assert guard.fault("Here comes your scorecard.", "", ground(Move("farewell"), "Your scorecard follows.")) is None


@pytest.mark.parametrize("name", ["ad_click_prediction", "video_recommendation", "harmful_content_detection"])
def test_the_offline_interviewers_own_words_pass_for_the_same_move(
    bundled: LoadedRubric, library: Library, name: str
) -> None:
    problem = library.problem(name)
    desk, guarded = Desk(bundled.rubric, problem), Guard(bundled.rubric, problem)
    offline = OfflineInterviewer(bundled.rubric, problem)
    state = apply(State(), desk.started)
    for criterion in bundled.rubric.criteria:
        move = Move("probe", criterion.id, 0)
        asked = question(criterion, problem, 0)
        assert guarded.fault(asked, "", Ground(move, state, offline.words(move, state))) is None
