"""Where the lines of a plot run: numbers for the template that draws it, and the words for who does not see it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fourstep.grading.scorecard import Scorecard
from fourstep.rubric import Rubric

WIDTH, HEIGHT = 440, 220
_LEFT, _RIGHT, _TOP, _BOTTOM = 32, 32, 10, 28
"""Room around the plot for its labels, in units of the drawing, as all lengths here."""
_MOST_LABELS = 5
_SPARK = 96, 16
"""Width and height of a small line."""
_SCALE = (0, 25, 50, 75, 100)


@dataclass(frozen=True, slots=True)
class Bar:
    """A score as a bar from 0 to 100 percent."""

    title: str
    score: float | None
    span: tuple[float, float] | None = None
    """Between which scores the true one lies, as far as that is known."""


@dataclass(frozen=True, slots=True)
class ScoreBars:
    """The overall score and those of the steps, against the bar of a level."""

    rows: tuple[Bar, ...]
    goal: float
    caption: str


def score_bars(card: Scorecard, rubric: Rubric) -> ScoreBars:
    """The scores of a scorecard that has an overall one."""
    span, meaning = _span(card)
    goal = rubric.bars[card.level]
    return ScoreBars(
        (
            Bar("Overall", card.overall, span),
            *(Bar(rubric.step(score.id).title, score.score) for score in card.steps),
        ),
        goal,
        f"Scores in percent. The upright line is the bar for {card.level}, {goal:g} %.{meaning}",
    )


def _span(card: Scorecard) -> tuple[tuple[float, float] | None, str]:
    """Where the overall score may lie, and what that means; what is not graded counts before the grader's error."""
    if card.range and card.range[0] != card.range[1]:
        return card.range, " The thin line is where the overall score may lie once all is graded."
    if card.grader.error and card.overall is not None:
        ends = max(0.0, card.overall - card.grader.error), min(100.0, card.overall + card.grader.error)
        return ends, f" The thin line is the grader's error, ±{card.grader.error:.1f}."
    return None, ""


@dataclass(frozen=True, slots=True)
class Values:
    """What one line shows: a value for each moment, None where there is none."""

    name: str
    values: tuple[float | None, ...]

    @property
    def known(self) -> list[float]:
        """Those that there are."""
        return [value for value in self.values if value is not None]


@dataclass(frozen=True, slots=True)
class Tick:
    """A label of an axis."""

    place: float
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A series as it is drawn."""

    name: str
    path: str
    """As the attribute `d` of an SVG path; a missing value parts it."""
    dots: tuple[tuple[float, float], ...]
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class LinePlot:
    """Values in percent over moments, equally far apart."""

    title: str
    moments_title: str
    """What a moment is, such as an interview."""
    moments: tuple[str, ...]
    lines: tuple[Line, ...]
    across: tuple[Tick, ...]
    """Labels of the moments; some only, where there are many."""
    upwards: tuple[Tick, ...]
    description: str
    """What the plot shows, in words."""
    width: int = WIDTH
    height: int = HEIGHT
    left: int = _LEFT
    right: int = WIDTH - _RIGHT
    bottom: int = HEIGHT - _BOTTOM


@dataclass(frozen=True, slots=True)
class Sparkline:
    """A line as large as a word."""

    path: str
    dots: tuple[tuple[float, float], ...]


def line_plot(title: str, moments_title: str, moments: Sequence[str], series: Sequence[Values]) -> LinePlot:
    """A plot of percentages over moments, such as the scores of the steps over interviews."""
    step = -(-len(moments) // _MOST_LABELS) or 1
    last = len(moments) - 1
    return LinePlot(
        title,
        moments_title,
        tuple(moments),
        tuple(_line(one, len(moments)) for one in series),
        tuple(Tick(_x(n, len(moments)), text) for n, text in enumerate(moments) if (last - n) % step == 0),
        tuple(Tick(_y(value), str(value)) for value in _SCALE),
        " ".join(_told(one) for one in series),
    )


def sparkline(series: Values, top: float) -> Sparkline:
    """A small line without axes, from 0 at the bottom to `top`."""
    last = max(len(series.values) - 1, 1)
    points = [
        None if value is None else (_SPARK[0] * number / last, _SPARK[1] * (1 - value / top))
        for number, value in enumerate(series.values)
    ]
    return Sparkline(" ".join(_strokes(points)), tuple(point for point in points if point))


def _line(series: Values, moments: int) -> Line:
    points = [None if value is None else (_x(number, moments), _y(value)) for number, value in enumerate(series.values)]
    return Line(series.name, " ".join(_strokes(points)), tuple(point for point in points if point), series.values)


def _strokes(points: Sequence[tuple[float, float] | None]) -> Iterator[str]:
    pen_up = True
    for point in points:
        if point:
            yield f"{'M' if pen_up else 'L'}{point[0]:g} {point[1]:g}"
        pen_up = point is None


def _x(number: int, moments: int) -> float:
    """A single moment stands in the middle."""
    width = WIDTH - _LEFT - _RIGHT
    return round(_LEFT + width * (number / (moments - 1) if moments > 1 else 0.5), 1)


def _y(value: float) -> float:
    return round(_TOP + (HEIGHT - _TOP - _BOTTOM) * (1 - value / 100), 1)


def _told(series: Values) -> str:
    known = series.known
    if not known:
        return f"{series.name}: no value."
    if len(known) == 1:
        return f"{series.name}: {known[0]:.1f} %."
    return f"{series.name}: from {known[0]:.1f} to {known[-1]:.1f} %."
