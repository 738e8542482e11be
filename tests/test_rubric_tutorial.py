"""`rubrics/README.md`: whoever follows it sees what it shows."""

import re
import shutil
from pathlib import Path

import pytest

from fourstep.cli import main

CHECKOUT = Path(__file__).parent.parent
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```", (CHECKOUT / "rubrics" / "README.md").read_text(), re.M | re.S)
CRITERION, CONCEPTS, NARROWER = (text for kind, text in BLOCKS if kind == "yaml")
SHOWN = [text.split("\n", 1) for kind, text in BLOCKS if text.startswith("$ ")]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place that looks like a checkout to the commands, with the copy that the tutorial makes."""
    monkeypatch.chdir(tmp_path)
    for name in ("rubrics", "transcripts"):
        (tmp_path / name).symlink_to(CHECKOUT / name)
    copy = shutil.copytree(CHECKOUT / "rubrics" / "ml_system_design", tmp_path / "my_rubric")
    head = (copy / "rubric.yaml").read_text()
    (copy / "rubric.yaml").write_text(head.replace("id: ml_system_design", "id: my_rubric", 1))
    return copy


def run(command: str, capsys: pytest.CaptureFixture[str]) -> str:
    """What a command of the page prints, from the line that its grep looks for."""
    words, _, grep = command.removeprefix("$ fourstep ").partition(" | ")
    capsys.readouterr()
    main(["--data-dir", "data", *words.split()])
    shown = capsys.readouterr().out
    if not grep:
        return shown
    lines, (count, start) = shown.splitlines(keepends=True), re.findall(r'-A (\d+) "\^(.*)"', grep)[0]
    first = next(number for number, line in enumerate(lines) if line.startswith(start))
    return "".join(lines[first : first + int(count) + 1])


def test_every_output_on_the_page_is_what_comes_out(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    steps = (folder / "serve.yaml").read_text()
    wider = steps.replace("concepts:\n", f"concepts:\n{CONCEPTS}", 1) + CRITERION
    narrower = wider.replace(CONCEPTS.splitlines(keepends=True)[-1], NARROWER)
    states = [steps + CRITERION, wider, wider, narrower, narrower]
    assert len(SHOWN) == len(states)
    for text, (command, output) in zip(states, SHOWN, strict=True):
        (folder / "serve.yaml").write_text(text)
        assert run(command, capsys) == output


def test_an_interview_held_with_it_is_scored_by_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    steps = (folder / "serve.yaml").read_text()
    (folder / "serve.yaml").write_text(steps.replace("concepts:\n", f"concepts:\n{CONCEPTS}", 1) + CRITERION)
    talk = "transcripts/examples/video_recommendation.md"
    assert main(["import", talk, "--data-dir", "data", "--rubric", "my_rubric"]) == 0
    assert main(["score", "last", "--data-dir", "data"]) == 0
    assert main(["report", "last", "--data-dir", "data"]) == 0
    assert main(["compare", "last", "last", "--data-dir", "data"]) == 0
    assert capsys.readouterr().out.count("Is fair to those who supply") >= 2
    assert main(["score", "last", "--data-dir", "data", "--rubric", "rubrics/ml_system_design"]) == 0
    assert "Is fair to those who supply" not in capsys.readouterr().out


def test_a_rubric_with_a_fault_is_refused_by_every_command_that_would_use_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "serve.yaml").write_text((folder / "serve.yaml").read_text() + CRITERION)
    for command in (["interview", "video_rec", "--plain"], ["problems", "new", "mine"]):
        assert main([*command, "--data-dir", "data", "--rubric", "my_rubric"]) == 7
        assert "names an unknown concept 'suppliers'. See all: fourstep check my_rubric" in capsys.readouterr().err
    assert main(["--rubric", "nowhere", "interview", "video_rec", "--plain", "--data-dir", "data"]) == 9
