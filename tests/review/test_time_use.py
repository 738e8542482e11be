"""How the time went, by the log alone."""

import pytest

from fourstep.files.content import LoadedRubric
from fourstep.review.time_use import Moment, TimeUse, time_use
from fourstep.rubric import Rubric
from fourstep.transcript.transcript import transcript_of
from tests.interviews import Desk, collect
from tests.review.talks import answers, recording

QUESTION = "Before I begin: how many parcels do you carry every day?"


def of(desk: Desk, rubric: Rubric) -> TimeUse:
    return time_use(desk.log.events, transcript_of(desk.log.events), rubric)


def test_minutes_of_each_step_stand_beside_the_plan(desk: Desk, rubric: Rubric) -> None:
    desk.start()
    desk.answer("The scale.", after=60)
    desk.seconds += 30
    collect(desk.interview.skip())
    desk.answer("The scanner.", after=45)
    desk.interview.end("candidate")
    frame, data, *rest = of(desk, rubric).steps
    assert (frame.step, frame.spent, frame.planned) == ("frame", 90, 480)
    assert (data.step, data.spent) == ("data", 45)
    assert [step.spent for step in rest] == [0, 0, 0]
    assert rest[-1].step == "close"


def test_pauses_are_no_interview_time(desk: Desk, rubric: Rubric) -> None:
    desk.start()
    desk.seconds += 20
    desk.interview.pause()
    desk.seconds += 600
    desk.interview.resume()
    desk.answer("The scale.", after=10)
    desk.interview.end("candidate")
    time = of(desk, rubric)
    assert (time.total, time.steps[0].spent, time.pauses) == (30, 30, 1)


def test_added_time_is_told_apart_from_the_plan(desk: Desk, rubric: Rubric) -> None:
    desk.start()
    desk.interview.extend(5)
    time = of(desk, rubric)
    assert (time.planned, time.extended) == (45 * 60, 300)


def test_the_first_question_is_the_first_about_the_problem(desk: Desk, rubric: Rubric) -> None:
    desk.start()
    desk.answer("Shall I go on?", after=10)
    desk.answer(QUESTION, after=20)
    assert of(desk, rubric).first_question == Moment("C4", 30)


def test_a_question_that_was_taken_back_was_not_asked(desk: Desk, rubric: Rubric) -> None:
    desk.start()
    desk.answer(QUESTION, after=10)
    collect(desk.interview.take_back())
    time = of(desk, rubric)
    assert time.first_question is None
    assert "C2" not in [one.turn for one in time.words]


def test_the_first_metric_is_found_by_the_rubrics_words(bundled: LoadedRubric) -> None:
    said = answers("We use mixed precision for speed.", "Offline I look at recall at 10.", "And NDCG.")
    assert time_use((), said, bundled.rubric).first_metric == Moment("C4", None)


@pytest.mark.parametrize("metric", ["MAE", "the MAPE", "the median absolute error", "interval coverage", "CRPS"])
def test_metrics_of_predicted_numbers_are_metrics(bundled: LoadedRubric, metric: str) -> None:
    assert time_use((), answers(f"I look at {metric}."), bundled.rubric).first_metric == Moment("C2", None)


LOSSES = ("I would use quantile loss instead of squared error.", "The loss is the mean squared error.")


@pytest.mark.parametrize("loss", LOSSES)
def test_a_loss_is_no_metric(bundled: LoadedRubric, loss: str) -> None:
    assert time_use((), answers(loss, "I look at recall at 10."), bundled.rubric).first_metric == Moment("C4", None)


@pytest.mark.parametrize(
    "measured",
    ["The offline metric is the quantile loss.", "All else must beat it on pinball loss by five percent."],
)
def test_a_loss_that_is_measured_is_a_metric(bundled: LoadedRubric, measured: str) -> None:
    said = answers(measured)
    assert time_use((), said, bundled.rubric).first_metric == Moment("C2", None)


def test_a_rubric_without_that_check_knows_no_metric(rubric: Rubric) -> None:
    assert time_use((), answers("I look at recall."), rubric).first_metric is None


def test_what_an_untimed_file_does_not_say_is_unknown_and_not_zero(rubric: Rubric) -> None:
    log = recording((0, "Design it."), (0, QUESTION), timed=False)
    time = time_use(log, transcript_of(log), rubric)
    assert (time.total, time.planned, time.steps, time.silence) == (None, None, (), None)
    assert time.first_question == Moment("C2", None)


def test_a_recording_with_times_has_no_plan(rubric: Rubric) -> None:
    log = recording((0, "Design it."), (12.5, QUESTION), (30, "Two million."))
    time = time_use(log, transcript_of(log), rubric)
    assert (time.total, time.planned, time.steps) == (30, None, ())
    assert time.first_question == Moment("C2", 12.5)


def test_of_silence_in_a_recording_nothing_is_known(rubric: Rubric) -> None:
    log = recording((0, "word " * 25), (10, "word " * 25), (60, "And then?"))
    assert time_use(log, transcript_of(log), rubric).silence is None


def test_silence_before_an_answer_is_what_typing_does_not_fill(desk: Desk, rubric: Rubric) -> None:
    desk.start()
    desk.answer("word " * 20, after=90)  # twenty words are typed in thirty seconds
    silence = of(desk, rubric).silence
    assert silence is not None
    assert (silence.total, silence.before) == (pytest.approx(60), "C2")


def test_the_share_of_talk_counts_words(rubric: Rubric) -> None:
    time = time_use((), answers("one two three four five six seven eight nine"), rubric)
    assert time.talk_share == pytest.approx(9 / 12)
    assert [one.words for one in time.words] == [3, 9]


@pytest.mark.parametrize("said", ["我会先问清楚目标是什么以及有多少用户。", "ผมจะถามเป้าหมายก่อน", "I would ask first."])
def test_words_are_counted_alike_wherever_they_are_told(rubric: Rubric, said: str) -> None:
    time = time_use((), answers(said), rubric)
    own = time.words[-1].words
    assert own == answers(said).words
    assert time.talk_share == pytest.approx(own / (3 + own))


def test_an_interview_that_was_cut_off_before_its_first_step_has_none(desk: Desk, rubric: Rubric) -> None:
    desk.start()
    assert time_use(desk.log.events[:1], transcript_of(desk.log.events[:1]), rubric).steps == ()
