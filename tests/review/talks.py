"""Small interviews and judgements for the tests of the review."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from fourstep.grading.arithmetic import sum_up
from fourstep.grading.scorecard import Evidence, GraderInfo, Judgement, RubricInfo, Scorecard
from fourstep.problem import Problem
from fourstep.rubric import Rubric
from fourstep.transcript.events import Event, Imported, Spoken
from fourstep.transcript.transcript import Transcript, Turn

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def talk(*said: str, native: bool = False, **turns: dict[str, Any]) -> Transcript:
    """Turns that begin with the interviewer and alternate; `turns` says more of some, by name (`I3`)."""
    spoken = []
    for number, text in enumerate(said, 1):
        speaker = "interviewer" if number % 2 else "candidate"
        more = turns.get(f"{speaker[0].upper()}{number}", {})
        spoken.append(Turn(number, speaker, text, **more))  # type: ignore[arg-type]
    return Transcript("t", tuple(spoken), native=native)


def answers(*said: str) -> Transcript:
    """A candidate who gives these answers to plain requests to go on: C2, C4, …"""
    return talk(*(text for answer in said for text in ("Please go on.", answer)))


def recording(*said: tuple[float, str], timed: bool = True) -> tuple[Event, ...]:
    """The log of an import; turns alternate, the interviewer first, each with the second at which it begins."""
    begun = Imported(at=NOON, id="t", source="talk.vtt", format="vtt", timed=timed, program="test")
    return (begun, *_spoken(said))


def _spoken(said: tuple[tuple[float, str], ...]) -> Iterator[Spoken]:
    for number, (second, text) in enumerate(said, 1):
        speaker = "interviewer" if number % 2 else "candidate"
        yield Spoken(at=NOON, elapsed=second, turn=number, speaker=speaker, text=text)  # type: ignore[arg-type]


def card_of(
    rubric: Rubric, problem: Problem | None = None, *, level: int = 1, quoted: str | None = "C2", **levels: int
) -> Scorecard:
    """All criteria at `level`, apart from those that are named; what is above 0 has a quote in `quoted`."""
    judgements = tuple(
        Judgement(
            id=c.id,
            step=rubric.step_of(c.id).id,
            status="graded",
            level=levels.get(c.id, level),
            evidence=(Evidence(turn=quoted, quote="words"),) if quoted and levels.get(c.id, level) else (),
        )
        for c in rubric.criteria
    )
    sums = sum_up(judgements, rubric, problem, "senior")
    return Scorecard(
        transcript="t",
        problem=problem.id if problem else None,
        level="senior",
        rubric=RubricInfo(id=rubric.id, hash="h"),
        grader=GraderInfo(kind="offline", version="1", problem_file=problem is not None),
        criteria=judgements,
        steps=sums.steps,
        overall=sums.overall,
        range=sums.range,
        verdict=sums.verdict,
        borderline=False,
        caps=sums.caps,
    )
