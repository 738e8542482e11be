"""Lines of scores over interviews, drawn with plain signs: each line has its own, so that no colour is needed."""

from collections.abc import Sequence

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
_PARTS = {"percent": 4, "level": 3}
"""Into how many parts each scale is marked."""


class Chart(PlotextPlot):
    """Lines over the same interviews, old to new; the title says which sign is which."""

    def draw(self, lines: Sequence[Line]) -> None:
        """Show these lines in place of others; all are on the scale of the first."""
        plot, top, parts = self.plt, lines[0].top, _PARTS[lines[0].scale]
        moments = sorted({(point.at, point.interview) for line in lines for point in line.points})
        places = {interview: number for number, (_, interview) in enumerate(moments, start=1)}
        plot.clear_figure()
        plot.ylim(0, top)
        plot.yticks([top * part / parts for part in range(parts + 1)])
        plot.xlim(1, max(2, len(moments)))
        dated = range(1, len(moments) + 1, -(-len(moments) // _MOST_DATES) or 1)
        plot.xticks(list(dated), [f"{moments[n - 1][0].day} {moments[n - 1][0]:%b}" for n in dated])
        for number, line in enumerate(lines):
            across = [places[point.interview] for point in line.points]
            plot.plot(across, line.values, marker=_BETWEEN, color=self._colour(number))
            plot.scatter(across, line.values, marker=_SIGNS[number % len(_SIGNS)], color=self._colour(number))
        self.border_title = Content("  ").join(self._legend(number, line) for number, line in enumerate(lines))
        self.refresh()

    def _legend(self, number: int, line: Line) -> Content:
        return Content.assemble((_SIGNS[number % len(_SIGNS)], "bold"), " ", shown_in_line(line.title))

    def _colour(self, number: int) -> tuple[int, int, int]:
        return Color.parse(self.app.theme_variables[_COLOURS[number % len(_COLOURS)]]).rgb
