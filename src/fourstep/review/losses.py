"""A loss that was set aside for another and is trained with later, as if that had not been said."""

import re
from collections.abc import Iterator

from fourstep.review.statements import Statement, Statements

_FAMILIES = (
    r"(?:mean |root mean )?squared? (?:error|loss)|mse|rmse|l2 loss",
    r"(?:mean )?absolute (?:error|loss)|mae|l1 loss",
    r"quantile loss|pinball(?: loss)?",
    r"log ?loss|(?:binary )?cross entropy|logistic loss",
    r"(?:in batch )?softmax(?: loss)?|contrastive(?: loss)?|infonce",
    r"triplet(?: loss)?",
    r"focal(?: loss)?",
    r"hinge(?: loss)?",
)
"""Names of one loss each."""
_ASIDE = r"\b(?:instead of|rather than|and not|but not) (?:(?:a|an|the|plain|ordinary|usual|using|with) )*(?:{})\b"
_TRAINED_WITH = (
    r"\b(?:use|take|choose|pick|minimi[sz]e|optimi[sz]e|train (?:it |the model )?(?:with|on)|loss is|loss would be)"
    r" (?:(?:a|an|the|plain|ordinary|usual|just) )*(?:{})\b"
)
_LOSS = re.compile(r"\b(?:loss|losses|objective|train|training|minimi[sz]e|optimi[sz]e)\b")
_NOT_SO = re.compile(
    r"\b(?:not|no|never|instead|rather|actually|sorry|switch\w*|chang\w+|correct\w*|mind|earlier|said|baseline|simple|"
    r"first|compar\w+|against|versus|metrics?|evaluat\w+|report\w*|offline|validation|head|auxiliary|second|other|"
    r"another|also|plus|besides|retriev\w+|rank\w+|teacher|pre ?train\w*|fine ?tun\w+)\b"
)
"""Words by which it is taken back, is compared with, or is another model's."""


def losses_set_aside(said: Statements) -> Iterator[tuple[Statement, Statement]]:
    """Where a loss was set aside, with where it is trained with in a later turn."""
    for family in _FAMILIES:
        aside, trained = re.compile(_ASIDE.format(family)), re.compile(_TRAINED_WITH.format(family))
        for refused in said.all:
            if not aside.search(_text(refused)) or not _on_training(refused, said):
                continue
            for used in said.after(refused):
                if used.turn is not refused.turn and trained.search(_text(used)) and _is_meant(used, said):
                    yield refused, used


def _on_training(statement: Statement, said: Statements) -> bool:
    return any(_LOSS.search(_text(one)) for one in said.around(statement, 1) if one.place <= statement.place)


def _is_meant(used: Statement, said: Statements) -> bool:
    nothing_else = not any(_NOT_SO.search(_text(one)) for one in said.around(used, 1))
    return used.certain and nothing_else and bool(_LOSS.search(_text(used)))


def _text(statement: Statement) -> str:
    return " ".join(statement.words).replace("-", " ")
