"""The wheel holds all content and runs away from the checkout."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.end_to_end.program import ANSWERS, environment

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built by Hatchling itself, without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    build = "import sys; from hatchling.build import build_wheel; print(build_wheel(sys.argv[1]))"
    subprocess.run(
        [sys.executable, "-c", build, str(folder)], cwd=CHECKOUT, check=True, capture_output=True, timeout=120
    )
    (built,) = folder.glob("*.whl")
    return built


def test_rubrics_prompts_examples_templates_and_scripts_are_inside(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert "fourstep/content/rubrics/ml_system_design/frame.yaml" in names
    assert "fourstep/content/rubrics/problems/video_recommendation.yaml" in names
    assert any(name.startswith("fourstep/content/prompts/") for name in names)
    assert any(name.startswith("fourstep/content/examples/") and name.endswith(".md") for name in names)
    assert {"fourstep/report/templates/page.html.j2", "fourstep/report/templates/page.css"} <= names
    assert {f"fourstep/commands/shells/{shell}" for shell in ("bash", "zsh", "fish", "powershell")} <= names


def test_an_installed_wheel_runs_an_interview_and_reports_on_it_from_another_folder(
    wheel: Path, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(site)]
    subprocess.run([*install, str(wheel)], check=True, capture_output=True, timeout=120)
    held = _run(site, tmp_path, "interview", "ad_click", "--plain", said="\n\n".join(ANSWERS) + "\n")
    assert held.returncode == 0, held.stderr
    assert str(site) in held.stderr
    assert "Scorecard: Ad click prediction" in held.stdout
    assert str(tmp_path / "home") in held.stdout
    shown = _run(site, tmp_path, "report", "last", "--format", "html")
    assert shown.stdout.startswith("<!doctype html>"), shown.stderr


def _run(site: Path, folder: Path, *arguments: str, said: str = "") -> subprocess.CompletedProcess[str]:
    """The program of that folder of packages; it tells on standard error where it lies."""
    seen = [str(site), *(p for p in sys.path if p and not Path(p).resolve().is_relative_to(CHECKOUT / "src"))]
    script = "import sys, fourstep.cli as cli; print(cli.__file__, file=sys.stderr); sys.exit(cli.main(sys.argv[1:]))"
    return subprocess.run(
        [sys.executable, "-S", "-c", script, *arguments],
        input=said,
        capture_output=True,
        text=True,
        env=environment(folder / "home") | {"PYTHONPATH": os.pathsep.join(seen)},
        cwd=folder,
        timeout=120,
        check=False,
    )
