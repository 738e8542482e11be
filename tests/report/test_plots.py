"""Where lines run, and what is said of them."""

from fourstep.grading.scorecard import GraderInfo, RubricInfo, Scorecard, StepScore
from fourstep.report.plots import HEIGHT, WIDTH, Values, line_plot, score_bars, sparkline
from fourstep.rubric import Rubric


def card(**changes: object) -> Scorecard:
    return Scorecard(
        transcript="t",
        problem=None,
        level="senior",
        rubric=RubricInfo(id="r", hash="h"),
        grader=GraderInfo(kind="offline", version="1", problem_file=False, error=4.0),
        criteria=(),
        steps=(StepScore(id="frame", score=50.0), StepScore(id="data", score=None)),
        overall=98.0,
        range=(98.0, 98.0),
        verdict=None,
        borderline=False,
    ).model_copy(update=changes)


def test_better_scores_stand_higher_and_later_ones_further_right() -> None:
    (line,) = line_plot("Scores", "Interview", ["1", "2"], [Values("Overall", (20.0, 90.0))]).lines
    (x, y), (later, higher) = line.dots
    assert later > x
    assert higher < y
    assert all(0 <= place <= WIDTH for place in (x, later))
    assert all(0 <= place <= HEIGHT for place in (y, higher))


def test_a_missing_value_parts_the_line() -> None:
    (line,) = line_plot("Scores", "Interview", list("abcd"), [Values("Data", (10.0, None, 30.0, 40.0))]).lines
    assert line.path.count("M") == 2
    assert line.path.count("L") == 1
    assert len(line.dots) == 3


def test_the_newest_of_many_moments_keeps_its_label() -> None:
    plot = line_plot("Scores", "Interview", [str(number) for number in range(23)], [])
    assert plot.across[-1].text == "22"
    assert len(plot.across) <= 5


def test_a_plot_is_told_in_words() -> None:
    series = [Values("Overall", (38.2, None, 61.0)), Values("Data", (None, 5.0, None)), Values("Model", (None,) * 3)]
    told = line_plot("Scores", "Interview", list("abc"), series).description
    assert told == "Overall: from 38.2 to 61.0 %. Data: 5.0 %. Model: no value."


def test_a_small_line_of_a_single_value_has_a_dot() -> None:
    assert sparkline(Values("Labels", (3.0,)), 3).dots == ((0.0, 0.0),)


def test_the_error_of_the_grader_stays_within_the_scale(rubric: Rubric) -> None:
    bars = score_bars(card(), rubric)
    assert bars.rows[0].span == (94.0, 100.0)
    assert "±4.0" in bars.caption


def test_what_is_not_graded_counts_before_the_graders_error(rubric: Rubric) -> None:
    bars = score_bars(card(range=(80.0, 99.0)), rubric)
    assert bars.rows[0].span == (80.0, 99.0)
    assert "once all is graded" in bars.caption


def test_every_step_has_a_bar_also_one_without_a_score(rubric: Rubric) -> None:
    assert [bar.score for bar in score_bars(card(), rubric).rows] == [98.0, 50.0, None]
