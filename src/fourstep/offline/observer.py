"""Follows coverage while an offline interview runs, with the same signals that grade it afterwards."""

from collections.abc import Iterable

from fourstep.interview.brain import Observation, Observer, Seen
from fourstep.interview.state import Coverage, State
from fourstep.offline.answers import CheckAnswer, answer_checks
from fourstep.offline.reading import Reader, Reading
from fourstep.problem import Problem
from fourstep.rubric import Rubric
from fourstep.transcript.events import CheckSeen
from fourstep.transcript.transcript import transcript_of

_LONG_ENOUGH_TO_RAMBLE = 70
_ON_TOPIC = 0.12
"""Share of an answer's clauses that must bear on any criterion or on the problem."""


class OfflineObserver(Observer):
    """Reads the whole transcript anew after each answer: what was shown is then always what would be graded."""

    def __init__(self, rubric: Rubric, problem: Problem | None) -> None:
        self._rubric = rubric
        self._reader = Reader(rubric, problem)

    async def observe(self, state: State) -> Observation:
        """Which checks changed, and whether the last answer was about the problem."""
        answers, on_topic = self.read(state)
        return Observation(changes([check_seen(*answer) for answer in answers], state.coverage, state), on_topic)

    def read(self, state: State) -> tuple[list[tuple[str, CheckAnswer]], bool]:
        """Every check with its criterion, as all answers together meet it; and whether the last was on topic."""
        reading = self._reader.read(transcript_of(state.events))
        answers = [(c.id, answer) for c in self._rubric.criteria for answer in answer_checks(c, reading)]
        return answers, _on_topic(reading, state)


def check_seen(criterion: str, answer: CheckAnswer) -> CheckSeen:
    """An answer to a check as a log keeps it, with the first clause that it rests on."""
    quote = answer.spots[0].text if answer.spots else ""
    return CheckSeen(criterion=criterion, check=answer.check.id, met=answer.met, quote=quote)


def changes(checks: Iterable[CheckSeen], known: Coverage, state: State) -> tuple[Seen, ...]:
    """Those that differ from what is known, as seen by the signals in the answers up to the last; or nothing."""
    changed = tuple(seen for seen in checks if seen.met != known.get(seen.criterion, {}).get(seen.check, "no"))
    last = state.last_answer
    return (Seen(last.turn if last else state.next_turn - 1, "offline", changed),) if changed else ()


def _on_topic(reading: Reading, state: State) -> bool:
    last = state.last_answer
    spots = [spot for spot in reading.spots if last and spot.turn.number == last.turn and not spot.on_pad]
    if not last or len(last.text.split()) < _LONG_ENOUGH_TO_RAMBLE or not spots:
        return True
    named = {spot.place for spot in spots if "@specific" in spot.concepts}
    topical = named | {place for name in reading.named_topics.values() for place in name}
    return sum(1 for spot in spots if spot.place in topical) / len(spots) >= _ON_TOPIC
