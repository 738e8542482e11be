"""Foreign text made harmless: what candidates, models and files say may not steer a terminal or a page."""

import re
import textwrap

_CONTROLS = {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\n\t"}
_CONTROLS[0x7F] = "␡"
_CONTROLS |= dict.fromkeys(range(0x80, 0xA0), "�")
_DIRECTIONS = dict.fromkeys(
    [0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF, 0x2028, 0x2029], ""
)
_HARMLESS = _CONTROLS | _DIRECTIONS
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~&])|^([ \t]*)([-+=])|^([ \t]*\d+)([.)])", re.MULTILINE)


def harmless(text: str) -> str:
    """Control characters become visible signs, marks that reverse the reading direction go; lines and tabs stay."""
    return text.replace("\r\n", "\n").translate(_HARMLESS)


def whole(text: str) -> str:
    """Halves of a sign, which a file or a server can send and no file can hold, are joined or become `�`."""
    return text if text.isascii() else text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def one_line(text: str, width: int | None = None) -> str:
    """Harmless, in one line, cut to `width` characters with an ellipsis."""
    line = " ".join(harmless(text).split())
    return line if width is None or len(line) <= width else f"{line[: max(0, width - 1)]}…"


def as_markdown(text: str) -> str:
    """Harmless in a Markdown page: shown as written, never as markup."""
    escaped = _MARKUP.sub(_escaped, harmless(text).expandtabs(4))
    return re.sub(r"^ {4,}", "   ", escaped, flags=re.MULTILINE)  # four spaces would make it code


def _escaped(mark: re.Match[str]) -> str:
    if mark[1]:
        return f"\\{mark[1]}"
    return f"{mark[2]}\\{mark[3]}" if mark[3] else f"{mark[4]}\\{mark[5]}"


def wrapped(text: str, width: int, indent: str = "") -> str:
    """Harmless and wrapped at `width`, keeping its own line breaks; every line begins with `indent`.

    Options, paths and addresses are not broken, so that they can be copied.
    """
    wrap = textwrap.TextWrapper(
        width, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False, break_long_words=False
    )
    lines: list[str] = []
    for line in harmless(text).expandtabs(4).split("\n"):
        lines += wrap.wrap(line) or [""]
    return "\n".join(lines)
