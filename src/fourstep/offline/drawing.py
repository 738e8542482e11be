"""The design pad as the signals read it: line by line, and only what is new on it.

Boxes and cells that hold bare terms are mentions, as lists of terms are in speech; a line that says something counts as
words do. Arrows are kept, for a flow that is drawn is one that is told.
"""

import re
from collections.abc import Iterator

from fourstep.language.clauses import Passage, is_bare, read_passage
from fourstep.offline.instructions import without_instructions

_ARROW = re.compile(r"<?[-=.~─━═]+[>▶►]")
_MARKS = str.maketrans({"|": ",", "│": ",", "┃": ",", "║": ",", "[": " ", "]": " ", "{": " ", "}": " ", "+": " "})
"""What cells and boxes are drawn with; a new cell is a new breath."""
_BORDER = re.compile(r"[\u2500-\u259f]")


def lines_drawn(pad: str, before: str) -> Iterator[Passage]:
    """The lines of a pad that did not stand on it before, each taken apart."""
    known = {line.strip() for line in before.split("\n")}
    for line in without_instructions(pad).split("\n"):
        if line.strip() not in known | {""}:
            yield _read(line)


def _read(line: str) -> Passage:
    plain = _ARROW.sub(lambda arrow: ">".rjust(len(arrow[0])), line).translate(_MARKS)
    passage = read_passage(_BORDER.sub(" ", plain))
    passage.text = line
    whole = line.strip()
    for clause in passage.clauses:
        clause.listed = is_bare(passage.words[clause.first : clause.last])
        if clause.listed:  # a box is quoted with what it is connected to
            clause.start = line.index(whole)
            clause.end = clause.start + len(whole)
    return passage
