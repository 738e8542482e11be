"""A few choices on one line, by key and by mouse."""

import pytest
from textual.app import ComposeResult

from fourstep.tui.widgets.choices import Choices
from tests.tui.conftest import Bare, screen_lines

pytestmark = pytest.mark.usefixtures("short_waits")

MINUTES = [("15 min", 15), ("30 min", 30), ("45 min", 45)]
STEPS = [("Frame", "frame"), ("Data", "data"), ("Model", "model")]


class Form(Bare):
    """One line of choices."""

    def __init__(self, choices: Choices[object]) -> None:
        super().__init__()
        self.choices = choices

    def compose(self) -> ComposeResult:
        yield self.choices


def one() -> Form:
    return Form(Choices("Time", MINUTES, [30]))


def several() -> Form:
    return Form(Choices("Steps", STEPS, ["frame", "model"], several=True))


async def test_one_of_them_is_marked_in_words_and_signs() -> None:
    form = one()
    async with form.run_test():
        assert screen_lines(form)[0] == "▸ Time         ( ) 15 min  (•) 30 min  ( ) 45 min"


async def test_several_of_them_are_marked_in_words_and_signs() -> None:
    form = several()
    async with form.run_test():
        assert screen_lines(form)[0] == "▸ Steps        [x] Frame  [ ] Data  [x] Model"


@pytest.mark.parametrize(
    ("keys", "value"), [(["right"], 45), (["left"], 15), (["right", "right"], 45), (["left", "left"], 15)]
)
async def test_left_and_right_take_the_neighbour_of_those_that_exclude_each_other(keys: list[str], value: int) -> None:
    form = one()
    async with form.run_test() as pilot:
        await pilot.press(*keys)
        assert form.choices.values == (value,)


@pytest.mark.parametrize(
    ("keys", "values"),
    [
        (["right"], ("frame", "model")),
        (["right", "space"], ("frame", "data", "model")),
        (["space"], ("model",)),
        (["space", "right", "space"], ("data", "model")),
    ],
)
async def test_space_takes_and_leaves_where_several_can_be_taken(keys: list[str], values: tuple[str, ...]) -> None:
    form = several()
    async with form.run_test() as pilot:
        await pilot.press(*keys)
        assert form.choices.values == values


async def test_the_last_one_of_several_is_not_left() -> None:
    form = several()
    async with form.run_test() as pilot:
        await pilot.press("space", "right", "right", "space")
        assert form.choices.values == ("model",)


@pytest.mark.parametrize(("form", "word", "values"), [(one(), "45", (45,)), (several(), "Frame", ("model",))])
async def test_a_click_takes_what_was_clicked(form: Form, word: str, values: tuple[object, ...]) -> None:
    async with form.run_test() as pilot:
        await pilot.click(offset=(screen_lines(form)[0].index(word), 0))
        assert form.choices.values == values


async def test_a_click_beside_them_changes_nothing() -> None:
    form = one()
    async with form.run_test() as pilot:
        await pilot.click(offset=(4, 0))
        await pilot.click(offset=(70, 0))
        assert form.choices.value == 30


async def test_what_is_not_among_them_becomes_the_first() -> None:
    assert Choices("Time", MINUTES, [7]).value == 15
