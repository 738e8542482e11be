"""What the candidate thinks the score will be, line by line."""

from collections.abc import Callable

import pytest

from fourstep.plain.predict import ask_prediction
from fourstep.rubric import Rubric


def typing(*lines: str) -> Callable[[str], str]:
    """Types these lines, then ends the input."""
    left = iter(lines)

    def read(question: str) -> str:
        try:
            return next(left)
        except StopIteration:
            raise EOFError from None

    return read


def test_a_percentage_is_asked_for_every_step(rubric: Rubric) -> None:
    steps = [rubric.step("frame"), rubric.step("data")]
    assert ask_prediction(steps, typing("60", "45 %")) == {"frame": 60, "data": 45}


def test_what_is_no_percentage_is_asked_for_again(rubric: Rubric, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask_prediction([rubric.step("frame")], typing("good", "101", "-5", "9" * 5000, "7")) == {"frame": 7}
    assert capsys.readouterr().out.count("Type a number from 0 to 100.") == 4


@pytest.mark.parametrize("lines", [("",), (), ("60", ""), ("60",)])
def test_nobody_has_to_say(rubric: Rubric, lines: tuple[str, ...]) -> None:
    assert ask_prediction([rubric.step("frame"), rubric.step("data")], typing(*lines)) is None
