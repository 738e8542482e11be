"""Interviews on disk for reports: one as it is shipped, one that is hostile wherever somebody can write."""

import json
import shutil
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from fourstep.files.places import content_folder
from fourstep.practice.progress import Graded, series_of
from fourstep.report.progress_plots import progress_until
from fourstep.settings import Settings
from fourstep.wiring.program import Program
from tests.browser import chromium

__all__ = ["chromium"]

EXAMPLE = "20261121-video_recommendation-e0a0b1"

HOSTILE = (
    '</script><script>window.hit = 1; alert(1)</script> <img src=x onerror="window.hit = 2"> '
    '"\'><svg onload="window.hit = 3"> [link](javascript:window.hit=4) <a href="javascript:window.hit=5">go</a> '
    '<iframe src="https://evil.example/"></iframe> <link rel=stylesheet href=https://evil.example/x.css> '
    "</style><style>body{background:url(https://evil.example/y)}</style> <base href=//evil.example> "
    "{{ 7*7 }} {% raw %} ${7*7} &lt;b&gt; \x1b[31mred\x1b[0m \u202egnirts\u202c \x07\x00 `rm -rf ~` <!-- -->"
)
"""Every trick at once."""
_RULING = {"kind": "ruling", "criterion": "plans_labels", "level": 1, "graded": 3}
_REMARKS: tuple[dict[str, Any], ...] = (
    {"kind": "note", "turn": "C2", "text": HOSTILE},
    {**_RULING, "reason": HOSTILE, "grader": HOSTILE, "by": HOSTILE},
)
DIAGRAM = f"""
```mermaid
flowchart LR
  A["<script>window.hit = 6</script> <img src=x onerror=window.hit=7>"] -->|"<b onclick=window.hit=8>"| B[javascript:x]
  click A "javascript:window.hit=9"
```
{HOSTILE}
"""
_PAST = tuple(
    Graded(
        interview=interview,
        at=datetime(2026, 11, 20 + number, tzinfo=UTC),
        problem="video_recommendation",
        grader="offline",
        rubric="hash",
        overall=40.0 + 20 * number,
        steps={"frame": 30.0 + 30 * number, "data": 60.0},
        levels={"plans_labels": 1 + number},
    )
    for number, interview in enumerate(("earlier", EXAMPLE))
)


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the example interview, held as the second of two."""
    return _page(_example(tmp_path_factory.mktemp("shipped")), _PAST)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the same, where candidate, interviewer, grader, reviewer and problem are hostile."""
    folder = _example(tmp_path_factory.mktemp("hostile"))
    problem = yaml.safe_load((content_folder("rubrics") / "problems/video_recommendation.yaml").read_text())
    problem["title"] = f"Video {HOSTILE}"
    problem["strong"] = dict.fromkeys(problem["strong"], HOSTILE)
    for fact in problem["facts"]:
        fact["tells"] = fact["matters"] = HOSTILE
    (folder / "problem.yaml").write_text(yaml.safe_dump(problem))
    _rewrite(folder / "transcript.jsonl", _hostile_events)
    _rewrite(folder / "scorecards.jsonl", lambda cards: [_hostile_card(card) for card in cards])
    lines = [json.dumps({"schema": "fourstep.review/1", "at": "2026-11-22T09:00:00Z", **one}) for one in _REMARKS]
    (folder / "reviews.jsonl").write_text("\n".join(lines) + "\n")
    return _page(folder)


def _example(root: Path) -> Path:
    return Path(shutil.copytree(content_folder("examples") / EXAMPLE, root / EXAMPLE))


def _page(folder: Path, past: Sequence[Graded] = ()) -> Path:
    page = folder / "report.html"
    held = Program(Settings(data_dir=folder.parent)).held(folder)
    progress = progress_until(EXAMPLE, series_of(past), held.rubric, dated=True)
    page.write_text(held.page(progress), encoding="utf-8")
    return page


def _rewrite(path: Path, change: Any) -> None:
    lines = change([json.loads(line) for line in path.read_text().splitlines()])
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))


def _hostile_events(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    changed = []
    for event in events:
        if event["kind"] == "spoken":
            if event["speaker"] == "candidate":
                changed.append({**event, "kind": "pad_saved", "text": DIAGRAM})
            event = {**event, "text": f"{event['text']} {HOSTILE}", "move": HOSTILE, "criterion": HOSTILE}
        changed.append(event)
    return changed


def _hostile_card(card: dict[str, Any]) -> dict[str, Any]:
    for judgement in card["criteria"]:
        judgement |= {
            "level": min(judgement["level"] or 0, 1),
            "advice": HOSTILE,
            "reason": HOSTILE,
            "evidence": [{"turn": "C2", "quote": HOSTILE}, {"turn": f"C6 {HOSTILE}", "quote": HOSTILE}],
            "counter_evidence": [{"turn": "C8", "quote": HOSTILE}],
            "opinions": [{"by": HOSTILE, "level": 1}, {"by": "other", "level": 0}],
        }
    card["criteria"][0] |= {"status": "not_graded", "level": None}
    card["flags"] = [{"kind": "instruction_to_grader", "turn": "C10", "quote": HOSTILE}]
    card["grader"] |= {"note": HOSTILE, "models": [HOSTILE]}
    card["rubric"]["id"] = HOSTILE
    return card
