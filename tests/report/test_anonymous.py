"""An interview without names and times."""

from datetime import timedelta

import pytest

from fourstep.grading.scorecard import Evidence, GraderInfo, Judgement, Opinion
from fourstep.report.anonymous import Names, anonymous_card, anonymous_events, anonymous_remarks
from fourstep.review.remarks import Prediction, Ruling, remarks_of
from fourstep.transcript.events import Compacted, Event, Failed, Imported, Spoken, Unknown
from tests.interviews import START
from tests.report.test_plots import card


def recording(*said: str, candidate: str = "Anna van der Berg", others: tuple[str, ...] = ("Mark Lee",)) -> list[Event]:
    imported = Imported(
        at=START, id="i", source="anna.vtt", format="WebVTT", candidate=candidate, others=others, program="test"
    )
    turns = (
        Spoken(at=START + timedelta(seconds=60 * n), elapsed=60 * n, turn=n, speaker="candidate", text=text)
        for n, text in enumerate(said, 1)
    )
    return [imported, *turns]


def left_out(said: str, **names: object) -> str:
    return Names.of(recording(said, **names)).left_out(said)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Hi, I'm Anna van der Berg.", "Hi, I'm [candidate]."),
        ("Thanks, Mark. Anna here, ANNA.", "Thanks, [interviewer]. [candidate] here, [candidate]."),
        ("Mark's marks mark Annals.", "[interviewer]'s marks mark Annals."),
    ],
)
def test_names_of_the_recording_are_left_out_of_words(said: str, shown: str) -> None:
    assert left_out(said) == shown


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Mail dana.whitfield@paygate.example.", "Mail [left out]."),
        ("Or annmarie_oneill@corp.example, please.", "Or [left out], please."),
        ("See linkedin.com/in/bo-xi, or https://bo.example.", "See [left out], or [left out]."),
        ("I am @BoXi there (and @dana).", "I am [left out] there (and [left out])."),
    ],
)
def test_addresses_are_left_out_whole(said: str, shown: str) -> None:
    assert left_out(said, candidate="Dana Whitfield", others=("Ann-Marie O'Neill", "Bo Xi")) == shown


@pytest.mark.parametrize("said", ["AnnMarie", "annmarie", "oneill", "annmarieoneill", "BoXi", "bo-xi", "bo_xi"])
def test_a_name_written_as_one_word_is_left_out_in_any_case(said: str) -> None:
    assert left_out(f"So {said} said.", candidate="Bo Xi", others=("Ann-Marie O'Neill",)) in (
        "So [candidate] said.",
        "So [interviewer] said.",
    )


@pytest.mark.parametrize(
    "said",
    [
        "It may be that we will mark it, and so will may others.",
        "Precision@10, recall @k and NDCG@k/and or p50/p99 at 0.5/0.6.",
        "ML first, then the ml.",
    ],
)
def test_words_and_metrics_are_no_names_and_no_addresses(said: str) -> None:
    assert left_out(said, candidate="Will May", others=("Mark Lee", "M. L.")) == said


def test_captions_without_capitals_lose_names_in_any_case() -> None:
    assert left_out("hi mark it's anna") == "hi [interviewer] it's [candidate]"


@pytest.mark.parametrize(("name", "said"), [("Alina", "alına"), ("İpek", "ipek"), ("Siân", "ſiân")])
def test_letters_that_fold_into_others_are_left_out_with_the_name(name: str, said: str) -> None:
    assert left_out(f"i am {said}", candidate=name) == "i am [candidate]"


@pytest.mark.parametrize(("name", "said"), [("山田太郎", "山田太郎です"), ("O'Neil", "O’Neil"), ("D’Arcy", "D'Arcy")])
def test_a_name_is_found_between_letters_without_spaces_and_with_either_apostrophe(name: str, said: str) -> None:
    assert left_out(said, candidate=name).startswith("[candidate]")


@pytest.mark.parametrize("role", ["Candidate", "Speaker 2", "Interviewer", "Me"])
def test_a_role_is_no_name(role: str) -> None:
    said = f"The {role} of 2 things, Candidate. Tell Me."
    assert left_out(said, candidate=role, others=()) == said


def test_ids_files_and_the_wall_clock_go_and_durations_stay() -> None:
    events = recording("I am Anna.", "And so on.")
    shown = anonymous_events(events, Names.of(events))
    told = repr(shown)
    assert not any(word in told for word in ("Anna", "anna.vtt", "2026", "Mark"))
    assert [event.at - shown[0].at for event in shown] == [timedelta(), timedelta(minutes=1), timedelta(minutes=2)]
    assert [event.elapsed for event in shown] == [0, 60, 120]


def test_what_a_newer_program_recorded_is_left_out() -> None:
    events: list[Event] = [*recording("So."), Unknown(at=START, kind="portrait", of="Anna")]
    assert "portrait" not in repr(anonymous_events(events, Names.of(events)))


def test_quotes_change_as_the_turns_they_stand_in() -> None:
    events = recording("I, Anna, would split by time.")
    judgement = Judgement(
        id="a",
        step="data",
        status="graded",
        level=2,
        evidence=(Evidence(turn="C1", quote="I, Anna, would"),),
        counter_evidence=(Evidence(turn="C1", quote="Anna"),),
        reason="Anna says so.",
        advice="Anna, say when.",
    )
    (shown,) = anonymous_card(card(criteria=(judgement,), at=START), Names.of(events)).criteria
    assert "Anna" not in shown.model_dump_json()
    assert shown.evidence[0].quote == "I, [candidate], would"


def test_a_scorecard_tells_no_day_no_interview_and_no_server() -> None:
    model = "qwen3 @ annas-laptop:8000"
    grader = GraderInfo(
        kind="model", version="1", problem_file=True, models=(model,), note=f"Graded by {model}. May err."
    )
    judgement = Judgement(id="a", step="data", status="graded", level=2, opinions=(Opinion(by=model, level=2),))
    shown = anonymous_card(
        card(transcript="20261121-x-abc", at=START, grader=grader, criteria=(judgement,)), Names.of([])
    )
    told = shown.model_dump_json()
    assert not any(word in told for word in ("20261121", "2026", "annas-laptop"))
    assert shown.grader.note == "Graded by qwen3. May err."


@pytest.mark.parametrize(("people", "shown_as"), [(("Eve", "Mallory"), ["reviewer 1", "reviewer 2"]), (("Eve",), [""])])
def test_reviewers_are_numbered_where_there_are_several(people: tuple[str, ...], shown_as: list[str]) -> None:
    rulings = [
        Ruling(at=START, by=by, criterion="a", level=1, reason="As Anna said.", graded=2, grader="offline")
        for by in people
    ]
    shown = anonymous_remarks(remarks_of(rulings), Names.of(recording("So.")))
    assert [ruling.by for ruling in shown.rulings.values()] == shown_as
    assert "Anna" not in repr(shown)


def test_remarks_tell_no_day_no_server_and_not_who_predicted() -> None:
    ruling = Ruling(at=START, by="Eve", criterion="a", level=1, graded=2, grader="qwen3 @ eves-box:1, phi @ eves-box:2")
    prediction = Prediction(at=START, by="Anna", steps={"frame": 50}, overall=50)
    shown = anonymous_remarks(remarks_of([prediction, ruling]), Names.of([]))
    assert not any(word in repr(shown) for word in ("2026", "eves-box", "Eve", "Anna"))
    assert [ruling.grader for ruling in shown.rulings.values()] == ["qwen3, phi"]


def test_the_latest_of_two_rulings_stays_the_latest() -> None:
    rulings = [
        Ruling(at=START - timedelta(days=day), by=by, criterion="a", level=day, graded=3, grader="offline")
        for day, by in enumerate(("Eve", "Mallory"))
    ]
    shown = anonymous_remarks(remarks_of(rulings), Names.of([])).ruling("a")
    assert shown is not None
    assert shown.level == 0


@pytest.mark.parametrize("problem", ["Screen of Anna van der Berg", "anna_and_mark", "ANNA-2"])
def test_what_a_file_calls_its_problem_is_left_without_names(problem: str) -> None:
    first, *others = recording("So.")
    events = [first.model_copy(update={"problem": problem}), *others]
    names = Names.of(events)
    assert isinstance(shown := anonymous_events(events, names)[0], Imported)
    assert anonymous_card(card(problem=problem), names).problem == shown.problem
    assert not any(name in str(shown.problem).lower() for name in ("anna", "mark", "berg"))


def test_what_models_summed_up_or_failed_in_tells_no_name_and_no_server() -> None:
    events: list[Event] = [
        *recording("So."),
        Compacted(at=START, until=1, summary="Anna would ask first."),
        Failed(at=START, what="annas-laptop:8000 does not answer Anna.", whom="observer"),
    ]
    told = repr(anonymous_events(events, Names.of(events)))
    assert not any(word in told for word in ("Anna", "annas-laptop"))
