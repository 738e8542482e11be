"""Foreign text on the screen: what candidates, models and files say is shown as it is, never as markup or control."""

from rich.segment import Segment
from textual.content import Content
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget

from fourstep.foreign_text import harmless


def shown(text: str, style: str = "") -> Content:
    """The text with its own line breaks, tabs as spaces."""
    return Content.styled(harmless(text).expandtabs(4), style)


def shown_in_line(text: str, style: str = "") -> Content:
    """The text in one line."""
    return Content.styled(" ".join(harmless(text).split()), style)


def fitted(content: Content, width: int, *, right: bool = False) -> Content:
    """Exactly `width` cells wide: cut with an ellipsis, or padded on the left or right."""
    short = content.cell_length
    if short > width:
        return content.truncate(max(0, width), ellipsis=True)
    padding = " " * (width - short)
    return Content.assemble(padding, content) if right else Content.assemble(content, padding)


def strip_of(content: Content, width: int, style: Style, widget: Widget) -> Strip:
    """One line, exactly `width` cells, as the line API draws it; styles may name the theme's variables."""
    pieces = fitted(content, width).render(style, end="", parse_style=widget.app.stylesheet.parse_style)
    return Strip([Segment(text, piece.rich_style) for text, piece in pieces], width)
