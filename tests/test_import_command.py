"""`fourstep import`: files into the library, and everything that follows on them."""

import io
import json
import re
from contextlib import suppress
from pathlib import Path

import pytest

from fourstep.cli import main
from fourstep.files.index import Entry, LibraryIndex
from fourstep.files.store import Store
from fourstep.transcript.events import Ended, Imported, Spoken
from fourstep.transcript.transcript import transcript_of
from tests.importing.recordings import CHANGES, MARKDOWN, OTTER, ROLLING, ZOOM_VTT
from tests.importing.test_labels import HEADINGS
from tests.model_server import MODEL, Reply, serving
from tests.test_cli import TALK

ANSWER = TALK.rsplit("**Candidate:**", 1)[1].strip().replace("\n", " ")


@pytest.fixture
def recorded(tmp_path: Path) -> Path:
    """A caption file with an answer that is long enough to be graded."""
    path = tmp_path / "talk.vtt"
    path.write_text(ZOOM_VTT + f"\n3\n00:40:00.000 --> 00:44:00.000\nAda Lovelace: {ANSWER} That is all, so far.\n")
    return path


def call(tmp_path: Path, *arguments: str) -> int:
    return main(["--data-dir", str(tmp_path / "data"), *arguments])


def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "data")


def imported(tmp_path: Path) -> Imported:
    """The beginning of the one interview that is kept."""
    (key,) = store(tmp_path).ids()
    first = store(tmp_path).read(tmp_path / "data" / key).events[0]
    assert isinstance(first, Imported)
    return first


def entry(tmp_path: Path) -> Entry:
    with LibraryIndex(tmp_path / "data") as index:
        index.refresh()
        (found,) = index.entries()
        return found


def written(tmp_path: Path, name: str, text: str) -> str:
    (tmp_path / name).write_text(text)
    return str(tmp_path / name)


def test_an_import_is_an_interview_that_is_over(
    recorded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(tmp_path, "import", str(recorded), "--candidate", "ada", "--level", "staff") == 0
    (key,) = store(tmp_path).ids()
    assert re.fullmatch(r"\d{8}-ad_click_prediction-[0-9a-f]{6}", key)
    first, *spoken, last = store(tmp_path).read(tmp_path / "data" / key).events
    assert isinstance(first, Imported)
    assert (first.source, first.format, first.candidate, first.others) == (
        "talk.vtt",
        "WebVTT",
        "Ada Lovelace",
        ("Grace Hopper",),
    )
    assert (first.level, first.speakers, first.inferred_by, first.timed) == ("staff", "marked", None, True)
    assert [(e.turn, e.speaker, e.elapsed) for e in spoken if isinstance(e, Spoken)] == [
        (1, "interviewer", 3.0),
        (2, "candidate", 7.0),
    ]
    assert isinstance(last, Ended)
    assert last.elapsed == 44 * 60
    assert [event.seq for event in (first, *spoken, last)] == [1, 2, 3, 4]
    assert {path.name for path in (tmp_path / "data" / key).iterdir()} >= {"problem.yaml", "rubric"}
    shown = capsys.readouterr().out
    assert f"Imported as {key}." in shown
    assert f"Score it with: fourstep score {key[-6:]} --data-dir {tmp_path / 'data'}" in shown


def test_an_import_is_listed_scored_reported_and_compared(
    recorded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call(tmp_path, "import", str(recorded), "--candidate", "ada")
    found = entry(tmp_path)
    assert (found.problem, found.title, found.level, found.state) == (
        "ad_click_prediction",
        "Ad click prediction · Ada Lovelace",
        "senior",
        "ended",
    )
    assert found.started_at == imported(tmp_path).at.isoformat()
    assert call(tmp_path, "score", "last") == 0
    assert call(tmp_path, "score", "last", "--level", "mid") == 0
    assert entry(tmp_path).state == "scored"
    for command in (["list"], ["report", "last"], ["report", "last", "--format", "markdown"]):
        assert call(tmp_path, *command) == 0
    key = found.key
    assert call(tmp_path, "compare", f"{key}:1", f"{key}:2") == 0
    assert "Verdict" in capsys.readouterr().out


def test_the_candidates_name_tells_imports_apart_and_is_left_out_where_names_are(
    recorded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call(tmp_path, "import", str(recorded), "--candidate", "ada")
    assert (entry(tmp_path).title, entry(tmp_path).candidate) == ("Ad click prediction · Ada Lovelace", "Ada Lovelace")
    capsys.readouterr()
    assert call(tmp_path, "score", "last") == 0
    assert "Scorecard: Ad click prediction · candidate Ada Lovelace" in capsys.readouterr().out
    assert call(tmp_path, "list") == 0
    assert "ad_click_prediction · Ada Lovelace" in capsys.readouterr().out
    for form in ("text", "markdown", "html"):
        assert call(tmp_path, "report", "last", "--format", form) == 0
        assert "· candidate Ada Lovelace" in capsys.readouterr().out
        assert call(tmp_path, "report", "last", "--format", form, "--anonymous") == 0
        assert "Lovelace" not in capsys.readouterr().out


def test_a_role_is_no_candidates_name(tmp_path: Path) -> None:
    call(tmp_path, "import", written(tmp_path, "talk.txt", "Interviewer: Go.\nCandidate: So."))
    assert entry(tmp_path).candidate is None


def test_an_import_is_nobodys_practice_here(recorded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call(tmp_path, "import", str(recorded), "--candidate", "ada")
    assert "progress, drills and plans leave it out" in capsys.readouterr().out
    assert call(tmp_path, "score", "last") == 0
    capsys.readouterr()
    assert call(tmp_path, "progress") == 0
    assert "imports do not count" in capsys.readouterr().out
    assert call(tmp_path, "drill", "--list") == 0
    assert "No drill is due" in capsys.readouterr().out
    with LibraryIndex(tmp_path / "data") as index:
        assert [one.imported for one in index.graded()] == [True]


def test_an_import_offers_no_resume(recorded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call(tmp_path, "import", str(recorded), "--candidate", "ada")
    assert call(tmp_path, "resume", "--plain") == 9
    assert call(tmp_path, "resume", imported(tmp_path).id, "--plain") == 9
    log = tmp_path / "data" / imported(tmp_path).id / "transcript.jsonl"
    log.write_text("".join(log.read_text().splitlines(keepends=True)[:-1]))
    assert entry(tmp_path).state == "ended"
    assert call(tmp_path, "resume", "--plain") == 9


def test_the_same_file_again_is_told_and_not_doubled(
    recorded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call(tmp_path, "import", str(recorded), "--candidate", "ada")
    renamed = recorded.rename(tmp_path / "other.vtt")
    assert call(tmp_path, "import", str(renamed), "--candidate", "grace") == 0
    assert "other.vtt was imported before" in capsys.readouterr().out
    assert len(store(tmp_path).ids()) == 1


def test_who_is_the_candidate_must_be_known(recorded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(tmp_path, "import", str(recorded)) == 2
    assert "Who is the candidate in talk.vtt? There are: Grace Hopper (7 words), Ada" in capsys.readouterr().err
    assert store(tmp_path).ids() == []


def test_on_a_terminal_it_is_asked_by_number(
    recorded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(["x", "3", "2"])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda _: next(answers))
    assert call(tmp_path, "import", str(recorded)) == 0
    assert imported(tmp_path).candidate == "Ada Lovelace"
    shown = capsys.readouterr().out
    assert re.search(r"  1  Grace Hopper +7 words  Welcome, Ada. Design ad click", shown)
    assert shown.count("Type a number from 1 to 2.") == 2


def test_front_matter_names_problem_and_level(tmp_path: Path) -> None:
    assert call(tmp_path, "import", written(tmp_path, "talk.md", MARKDOWN), "--interviewer", "grace") == 0
    assert (imported(tmp_path).problem, imported(tmp_path).level) == ("ad_click_prediction", "staff")
    assert imported(tmp_path).timed is False


def test_a_problem_without_a_file_is_graded_by_the_rubric_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = TALK.replace("ad_click_prediction", "tax_advice").replace("predict clicks on ads", "begin")
    assert call(tmp_path, "import", written(tmp_path, "talk.md", text)) == 0
    assert imported(tmp_path).problem == "tax_advice"
    assert imported(tmp_path).id[9:].startswith("imported-")
    assert entry(tmp_path).title == "Tax advice"
    assert call(tmp_path, "score", "last", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out.split("\n", 6)[-1].partition("[")[1:][1].join(["[", ""]))


def test_an_open_problem_is_listed_by_its_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = TALK.split("---\n", 2)[2].replace("predict clicks on ads", "begin").replace("clicks an ad", "buys")
    assert call(tmp_path, "import", written(tmp_path, "mock_3.md", text)) == 0
    assert "left open" in capsys.readouterr().out
    assert entry(tmp_path).problem == "mock_3.md"
    assert call(tmp_path, "score", "last") == 0
    assert call(tmp_path, "report", "last") == 0


def test_a_problem_can_be_told_and_an_unknown_one_is_refused(recorded: Path, tmp_path: Path) -> None:
    told = ("--candidate", "ada", "--problem")
    assert call(tmp_path, "import", str(recorded), *told, "no_such") == 9
    assert store(tmp_path).ids() == []
    assert call(tmp_path, "import", str(recorded), *told, "harmful") == 0
    assert imported(tmp_path).problem == "harmful_content_detection"


@pytest.mark.parametrize("told", [(), ("--problem", "ad_click_prediction")])
def test_a_problem_that_was_guessed_is_said_to_be_so_in_every_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], told: tuple[str, ...]
) -> None:
    page = written(tmp_path, "talk.md", f"Interviewer: Design ad click prediction.\n\nCandidate: {ANSWER} {ANSWER}\n")
    assert call(tmp_path, "import", page, "--candidate", "Candidate", *told) == 0
    assert call(tmp_path, "score", "last", "--offline") == 0
    capsys.readouterr()
    assert call(tmp_path, "report", "last") == 0
    said = " ".join(capsys.readouterr().out.split())
    assert ("It was taken for Ad click prediction by its first words." in said) is not bool(told)
    assert "Facts you never asked for" not in said


def test_a_file_without_speakers_says_that_they_are_inferred(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(tmp_path, "import", written(tmp_path, "talk.vtt", CHANGES)) == 0
    assert (imported(tmp_path).speakers, imported(tmp_path).inferred_by) == ("inferred", "offline")
    assert "taken for the interviewer by rules" in capsys.readouterr().out
    assert call(tmp_path, "report", "last") == 0
    assert "did not say who speaks" in capsys.readouterr().out


def test_a_model_that_is_set_splits_and_changes_no_word(tmp_path: Path) -> None:
    reply = {"turns": [{"first": 1, "speaker": "interviewer"}, {"first": 3, "speaker": "candidate"}]}
    with serving(lambda _: json.dumps(reply)) as server:
        arguments = ("--model", MODEL, "--base-url", server.url)
        assert call(tmp_path, "import", written(tmp_path, "talk.vtt", CHANGES), *arguments) == 0
        assert len(server.requests) == 1
    assert imported(tmp_path).inferred_by == "model"
    held = store(tmp_path).read(tmp_path / "data" / imported(tmp_path).id)
    assert [(turn.name, turn.text) for turn in transcript_of(held.events).turns] == [
        ("I1", "Welcome, Ada. Design ad click prediction, please."),
        ("C2", "How many users are there?"),
    ]


def test_where_the_model_fails_the_rules_do_it_and_it_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving(lambda _: Reply(status=401, body='{"error": {"message": "no"}}')) as server:
        arguments = ("--model", MODEL, "--base-url", server.url)
        assert call(tmp_path, "import", written(tmp_path, "talk.vtt", CHANGES), *arguments) == 0
    assert imported(tmp_path).inferred_by == "offline"
    assert "refused" in capsys.readouterr().out


def test_another_language_is_taken_and_the_offline_grader_says_that_it_reads_english(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    german = (
        "Interviewer: Wie beginnen Sie?\nCandidate: " + "Ich würde zuerst nach dem Ziel fragen und nach Daten. " * 20
    )
    chinese = "Interviewer: 你会怎么做？\nCandidate: " + "我会先问清楚目标是什么以及有多少用户。" * 20
    for name, text in (("de.txt", german), ("zh.txt", chinese)):
        assert call(tmp_path, "import", written(tmp_path, name, text)) == 0
        shown = capsys.readouterr().out
        assert "The offline grader reads English only" in shown
        assert f"--model NAME --data-dir {tmp_path / 'data'}\n" in shown
    assert call(tmp_path, "score", "last") == 6
    assert "reads English only" in capsys.readouterr().out


def test_of_several_files_a_broken_one_keeps_no_other_from_it(
    recorded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = written(tmp_path, "broken.vtt", "WEBVTT\n\n00:xx --> 00:02.000\nHi")
    other = written(tmp_path, "other.txt", OTTER)
    assert call(tmp_path, "import", broken, str(recorded), other, "--candidate", "ada") == 6
    assert "broken.vtt line 3" in capsys.readouterr().err
    assert len(store(tmp_path).ids()) == 2


@pytest.mark.parametrize(("name", "code"), [("none.vtt", 9), (".", 1), ("\0", 1), ("x" * 5000, 1)])
def test_what_cannot_be_read_is_a_sentence(name: str, code: int, tmp_path: Path) -> None:
    assert call(tmp_path, "import", name) == code


def test_hostile_names_and_words_stay_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "\x1b[31mX: go\nCandidate: [/b] \x1b]0;x\x07 rm -rf\nInterviewer: [red]hm\nCandidate: on"
    assert call(tmp_path, "import", written(tmp_path, "a\x1b[31m.txt", text)) == 0
    assert call(tmp_path, "report", "last") == 0
    assert "\x1b" not in capsys.readouterr().out


def test_ninety_minutes_of_twelve_thousand_words_are_imported_and_scored(tmp_path: Path) -> None:
    words, cues = (ANSWER + " ").split(" ") * 160, []
    for number in range(12_000 // 12):
        said = " ".join(words[12 * number : 12 * number + 12])
        speaker = "Grace Hopper" if number % 10 == 0 else "Ada Lovelace"
        at = f"{number * 5 // 3600:02}:{number * 5 // 60 % 60:02}:{number * 5 % 60:02}"
        cues.append(f"{at}.000 --> {at}.900\n{speaker}: {said}")
    path = written(tmp_path, "long.vtt", "WEBVTT\n\n" + "\n\n".join(cues))
    assert call(tmp_path, "import", path, "--candidate", "ada") == 0
    assert call(tmp_path, "score", "last") == 0


def test_captions_are_not_scored_before_they_are_imported(
    recorded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    renamed = recorded.rename(tmp_path / "my talk.vtt")
    assert call(tmp_path, "score", str(renamed)) == 6
    assert f"Run: fourstep import '{renamed}' --data-dir {tmp_path / 'data'}\n" in capsys.readouterr().err


def test_captions_without_full_stops_say_that_rules_read_them_badly(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(tmp_path, "import", written(tmp_path, "auto.vtt", ROLLING)) == 0
    assert "It has no full stops" in capsys.readouterr().out
    assert call(tmp_path, "import", written(tmp_path, "marked.vtt", CHANGES)) == 0
    assert "It has no full stops" not in capsys.readouterr().out


def test_names_that_look_like_headings_are_told_or_asked_about(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = written(tmp_path, "talk.txt", HEADINGS)
    assert call(tmp_path, "import", page, "--candidate", "raj") == 0
    assert "Lines that begin with 'Offline:', 'Online:' stay in the answers" in capsys.readouterr().out
    assert imported(tmp_path).others == ("Ivy Stone",)
    assert call(tmp_path, "delete", "last", "-y") == 0
    asked: list[str] = []
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)

    def answered(question: str) -> str:
        asked.append(question)
        return "y" if len(asked) == 1 else ""

    monkeypatch.setattr("builtins.input", answered)
    assert call(tmp_path, "import", page, "--candidate", "raj") == 0
    assert asked[0] == "Lines of talk.txt begin with 'Offline:'. Is that somebody who speaks? [y/N] "
    assert len(asked) == 2
    assert imported(tmp_path).others == ("Ivy Stone", "Offline")


def test_who_speaks_first_in_a_file_with_marks_is_said_and_can_be_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = written(tmp_path, "talk.vtt", CHANGES)
    assert call(tmp_path, "import", page) == 0
    assert "whoever begins was taken for the interviewer by rules" in capsys.readouterr().out
    assert call(tmp_path, "delete", "last", "-y") == 0
    assert call(tmp_path, "import", page, "--first", "candidate") == 0
    held = store(tmp_path).read(tmp_path / "data" / imported(tmp_path).id)
    assert [turn.name for turn in transcript_of(held.events).turns] == ["C1", "I2"]


def test_a_candidate_who_hardly_speaks_may_be_the_wrong_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = written(tmp_path, "talk.txt", f"Grace: Go.\nAda: {ANSWER}\nGrace: Fine.\nAda: So.")
    assert call(tmp_path, "import", page, "--candidate", "grace") == 0
    assert "Grace hardly speaks. If somebody else is the candidate" in capsys.readouterr().out
    assert call(tmp_path, "import", written(tmp_path, "list.txt", "milk")) == 0
    shown = capsys.readouterr().out
    assert "1 turn, 1 word," in shown
    assert "If it is no interview, delete it." in shown


def test_a_folder_is_no_file_but_its_files_can_be_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(tmp_path, "import", str(tmp_path)) == 1
    assert f"{tmp_path} is a folder. Name its files, such as: {tmp_path}/*" in capsys.readouterr().err


def test_an_import_that_is_answered_again_keeps_names_to_be_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = written(
        tmp_path, "talk.md", MARKDOWN + "\n**Grace Hopper:** Many, Ada.\n\n**Ada Lovelace:** Thanks, Grace.\n"
    )
    monkeypatch.setattr("sys.stdin", io.StringIO())
    call(tmp_path, "import", page, "--candidate", "ada")
    for _ in range(2):  # of the import, and of the interview that answers it again
        assert call(tmp_path, "again", "last", "I3", "--plain") == 0
        capsys.readouterr()
        assert call(tmp_path, "report", "last", "--anonymous") == 0
        shown = capsys.readouterr().out
        assert "Many, [candidate]." in shown
        assert not any(name in shown for name in ("Ada", "Grace"))


def test_an_anonymous_report_tells_neither_the_name_that_a_file_gives_its_problem_nor_where_it_is_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = MARKDOWN.replace("ad_click_prediction", "Screen of Ada Lovelace")
    assert call(tmp_path, "import", written(tmp_path, "talk.md", text), "--candidate", "ada") == 0
    capsys.readouterr()
    assert call(tmp_path, "report", "last", "--anonymous") == 0
    shown = capsys.readouterr().out
    assert "Screen of [candidate]" in shown
    assert str(tmp_path) not in shown


def test_a_files_name_may_be_no_text(tmp_path: Path) -> None:
    path = tmp_path / "\udcff.md"
    path.write_text(MARKDOWN)
    assert call(tmp_path, "import", str(path), "--candidate", "ada") == 0
    assert imported(tmp_path).source == "\ufffd.md"


def test_an_import_that_breaks_off_leaves_no_interview(
    recorded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Store, "write_log", interrupted)
    with suppress(KeyboardInterrupt):
        call(tmp_path, "import", str(recorded), "--candidate", "ada")
    assert store(tmp_path).ids() == []
