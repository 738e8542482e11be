"""Lines as answers and commands."""

import io

import pytest

from fourstep.plain.entry import Answer, Command, Entries, Entry, Unknown


def entered(text: str) -> list[Entry]:
    return list(Entries(io.StringIO(text), terminal=False))


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("one\ntwo\n\nthree\n", [Answer("one\ntwo"), Answer("three")]),
        ("\n\n\n", []),
        ("<<END\none\n\n/next\nEND\n", [Answer("one\n\n/next")]),
        ("<<END\nnever closed\n", [Answer("never closed")]),
        ("/hint\nan answer\n/next\n\n", [Command("hint"), Command("next"), Answer("an answer")]),
        ("/hint please\n", [Command("hint")]),
        ("/foo\n", [Unknown("foo")]),
        ("the path is\n/api/v1\n\n", [Answer("the path is\n/api/v1")]),
        ("//hint\n\n", [Answer("/hint")]),
        ("an answer\n/send\n", [Answer("an answer")]),
        ("/\n", [Unknown("")]),
        ("a\r\nb\r\n\r\n", [Answer("a\nb")]),
    ],
)
def test_what_lines_mean(text: str, entries: list[Entry]) -> None:
    assert entered(text) == entries


def test_an_answer_on_its_way_is_still_the_draft() -> None:
    entries = Entries(io.StringIO("one\ntwo\n\nthree"), terminal=False)
    reading = iter(entries)
    next(reading)
    assert entries.draft() == "one\ntwo"
    entries.sending = ""
    assert entries.draft() == ""


def test_a_draft_is_gone_on_with() -> None:
    entries = Entries(io.StringIO("three\n"), terminal=False)
    entries.restore("one\ntwo")
    assert list(entries) == [Answer("one\ntwo\nthree")]


@pytest.mark.parametrize(
    ("text", "sheet"),
    [
        ("[a]->[b]\n/hint\n\nan answer\n", "[a]->[b]\n/hint"),
        ("\nan answer\n", None),
        ("<<END\n[a]\n\n  v\n.\nEND\nan answer\n", "[a]\n\n  v\n."),
        ("<<END\nEND\n", ""),
        ("[a]\nnever closed", "[a]\nnever closed"),
    ],
)
def test_a_sheet_is_read_apart_from_answers(text: str, sheet: str | None) -> None:
    assert Entries(io.StringIO(text), terminal=False).sheet() == sheet


def test_at_a_terminal_a_sheet_ends_with_a_dot(monkeypatch: pytest.MonkeyPatch) -> None:
    typed = iter(["[a]", "", "[b]", ".", "an answer"])
    monkeypatch.setattr("builtins.input", lambda _: next(typed))
    assert Entries(io.StringIO(), terminal=True).sheet() == "[a]\n\n[b]"


def test_what_is_being_drawn_is_no_part_of_the_answer() -> None:
    seen: list[tuple[str, str]] = []

    class Looked(io.StringIO):
        def readline(self, size: int | None = -1) -> str:
            seen.append((entries.draft(), entries.drawn()))
            return super().readline()

    entries = Entries(Looked("half an answer\n/pad\n[a]\n"), terminal=False)
    assert next(iter(entries)) == Command("pad")
    entries.sheet()
    assert seen[-1] == ("half an answer", "[a]")
