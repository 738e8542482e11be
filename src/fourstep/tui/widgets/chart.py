"""Lines of scores over interviews, drawn with plain signs: each line has its own, so that no colour is needed."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from textual.color import Color
from textual.content import Content
from textual_plotext import PlotextPlot

from fourstep.practice.progress import Line
from fourstep.tui.foreign import shown_in_line

_SIGNS = "ox+*#%"
_COLOURS = ("focus", "accent", "success", "error", "foreground", "muted")
"""Of the theme, for the lines in turn."""
_BETWEEN = "·"
_MOST_DATES = 5
_SCALES = {"percent": "in percent", "level": "0 to 3"}
_PARTS = {"percent": 4, "level": 3}
"""Into how many parts each scale is marked."""


class Chart(PlotextPlot):
    """Lines over the same interviews, old to new; where there are several, the lower edge says which sign is which."""

    def draw(self, title: str, lines: Sequence[Line], names: Mapping[str, str]) -> None:
        """Show these lines in place of others; all are on the scale of the first. `names` are short ones, by id."""
        plot, top, parts = self.plt, lines[0].top, _PARTS[lines[0].scale]
        moments = sorted({(point.at, point.interview) for line in lines for point in line.points})
        places = {interview: number for number, (_, interview) in enumerate(moments, start=1)}
        plot.clear_figure()
        plot.ylim(0, top)
        plot.yticks([top * part / parts for part in range(parts + 1)])
        plot.xlim(1, max(2, len(moments)))
        marks = ticks([at for at, _ in moments])
        plot.xticks([place for place, _ in marks], [text for _, text in marks])
        for number, line in enumerate(lines):
            across = [places[point.interview] for point in line.points]
            plot.plot(across, line.values, marker=_BETWEEN, color=self._colour(number))
            plot.scatter(across, line.values, marker=_SIGNS[number % len(_SIGNS)], color=self._colour(number))
        self.border_title = Content.assemble(shown_in_line(title), f", {_SCALES[lines[0].scale]}")
        legend = (self._legend(number, names.get(line.id, line.title)) for number, line in enumerate(lines))
        self.border_subtitle = Content("  ").join(legend) if len(lines) > 1 else ""
        self.refresh()

    def _legend(self, number: int, name: str) -> Content:
        return Content.assemble((_SIGNS[number % len(_SIGNS)], "bold"), " ", shown_in_line(name))

    def _colour(self, number: int) -> tuple[int, int, int]:
        return Color.parse(self.app.theme_variables[_COLOURS[number % len(_COLOURS)]]).rgb


def ticks(moments: Sequence[datetime]) -> list[tuple[int, str]]:
    """Some of the places from 1 on with their days, each once; with their times where all are of one day."""
    one_day = len(moments) > 1 and len({at.date() for at in moments}) == 1
    texts = [f"{at:%H:%M}" if one_day else f"{at.day} {at:%b}" for at in moments]
    step = -(-len(moments) // _MOST_DATES) or 1
    return [(n + 1, texts[n]) for n in range(0, len(texts), step) if n == 0 or texts[n] != texts[n - step]]
