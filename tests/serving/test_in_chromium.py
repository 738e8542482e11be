"""The program in a real browser: a whole interview, and a page that is closed in the middle of one."""

import json
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pyte
from playwright.sync_api import Browser, WebSocket

from tests.browser import chromium, violations
from tests.end_to_end.program import command, environment

__all__ = ["chromium"]

_PATIENCE = 30.0
ANSWERS = (
    "What does the company want to reach, and how many people see an ad each day?",
    "Then I would predict the probability of a click for one person and one ad, a binary classification. Labels are "
    "clicks within an hour, and what was shown and not clicked is a negative. Features are logged when they are "
    "served, so that a row holds what the model saw, and the test is the week after the training weeks. A logistic "
    "regression is the baseline, and boosted trees come after it. I would look at log loss and calibration, then at "
    "revenue in an experiment, and watch drift and latency once it runs.",
)


class Tab:
    """The program in a browser. What its terminal shows is worked out from what it is sent: a canvas tells nothing."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.page = browser.new_page(viewport={"width": 1280, "height": 800})
        self.requested: list[str] = []
        self._screen = pyte.Screen(1, 1)
        self._stream = pyte.ByteStream(self._screen)
        self.page.on("request", lambda request: self.requested.append(request.url))
        self.page.on("websocket", self._follow)
        self.page.goto(address)

    def _follow(self, socket: WebSocket) -> None:
        size = parse_qs(urlsplit(socket.url).query)
        self._screen.resize(int(size["height"][0]), int(size["width"][0]))
        socket.on("framereceived", self._draw)

    def _draw(self, payload: str | bytes) -> None:
        if isinstance(payload, bytes):
            self._stream.feed(payload)

    @property
    def text(self) -> str:
        """All rows, with the white space between words taken out."""
        return " ".join(" ".join(self._screen.display).split())

    def until(self, condition: Callable[[], object]) -> None:
        deadline = time.monotonic() + _PATIENCE
        while not condition():
            assert time.monotonic() < deadline, "\n".join(self._screen.display)
            self.page.wait_for_timeout(20)

    def until_shown(self, words: str) -> None:
        self.until(lambda: words in self.text)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def begin(self) -> None:
        """A new interview, up to the candidate's turn."""
        self.until_shown("n New")
        self.press("n")
        self.until_shown("Enter Start")
        self.press("Enter")
        self.until_shown("Your turn.")


@contextmanager
def served(tmp_path: Path) -> Iterator[str]:
    """The address of the program over a folder of interviews."""
    run = subprocess.Popen(
        command(tmp_path / "data", "serve", "--port", "0"),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment(tmp_path / "home") | {"FOURSTEP_MOTION": "false"},
        cwd=tmp_path,
    )
    with run:
        assert run.stdout
        try:
            yield run.stdout.readline().strip()
        finally:
            run.terminate()


def events(tmp_path: Path, kind: str) -> list[dict[str, object]]:
    """What the transcripts hold of one kind."""
    lines = [line for log in tmp_path.glob("data/2*/transcript.jsonl") for line in log.read_text().splitlines()]
    return [event for line in lines if (event := json.loads(line))["kind"] == kind]


def answered(tmp_path: Path) -> list[object]:
    return [event["text"] for event in events(tmp_path, "spoken") if event["speaker"] == "candidate"]


def test_a_whole_interview_is_held_and_scored_in_the_browser(chromium: Browser, tmp_path: Path) -> None:
    with served(tmp_path) as address:
        tab = Tab(chromium, address)
        tab.begin()
        for answer in ANSWERS:
            tab.page.keyboard.type(answer)
            tab.until_shown(answer[-20:])
            tab.press("F2")
            tab.until(lambda answer=answer: answer in answered(tmp_path))
            tab.until_shown("Your turn.")
        tab.page.keyboard.type("/end")
        tab.press("Enter")
        tab.until_shown("End the interview here?")
        tab.press("Enter")
        tab.until_shown("Enter shows your scorecard")
        tab.press("Enter")
        tab.until_shown("Your own estimate")
        tab.press("Enter")
        tab.until_shown("Scorecard ·")
        tab.page.close()
    assert answered(tmp_path) == list(ANSWERS)
    assert list(tmp_path.glob("data/2*/scorecards.jsonl"))
    ours = address.rsplit("/", 2)[0]
    assert [url for url in tab.requested if not url.startswith((ours, "data:"))] == []


def test_a_page_that_is_closed_leaves_the_interview_paused_with_its_draft(chromium: Browser, tmp_path: Path) -> None:
    with served(tmp_path) as address:
        tab = Tab(chromium, address)
        tab.begin()
        tab.page.keyboard.type("Half an answ")
        tab.until_shown("Half an answ")
        tab.page.close()
        other = Tab(chromium, address)
        other.until_shown("Interrupted interview")
        other.until_shown("▸ Library")  # which has the keys, so that arrows move in it
        other.page.close()
    assert [event["kind"] for event in events(tmp_path, "paused")] == ["paused"]
    (draft,) = tmp_path.glob("data/2*/draft.txt")
    assert draft.read_text() == "Half an answ"


def test_neither_files_nor_programs_nor_keys_are_to_be_had_from_the_page(chromium: Browser, tmp_path: Path) -> None:
    with served(tmp_path) as address:
        tab = Tab(chromium, address)
        tab.begin()
        assert "^G Editor" not in tab.text
        tab.page.keyboard.type("/edit")
        tab.press("Enter")
        tab.until_shown("No editor is started from a browser.")
        tab.page.close()
        settings = Tab(chromium, address)
        settings.until_shown("Settings")
        settings.press("c")
        settings.until_shown("not from a browser; in a terminal: fourstep keys set")
        settings.page.close()


def test_the_page_around_the_terminal_is_accessible(chromium: Browser, tmp_path: Path) -> None:
    with served(tmp_path) as address:
        tab = Tab(chromium, address)
        tab.until_shown("n New")
        ours = [found for found in violations(tab.page) if "xterm" not in found]
        tab.page.close()
    assert ours == []
