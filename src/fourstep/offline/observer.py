"""Follows coverage while an offline interview runs, with the same signals that grade it afterwards."""

from fourstep.interview.brain import Observation
from fourstep.interview.state import State
from fourstep.offline.answers import CheckAnswer, answer_checks
from fourstep.offline.reading import Reader, Reading
from fourstep.problem import Problem
from fourstep.rubric import Rubric
from fourstep.transcript.events import CheckSeen
from fourstep.transcript.transcript import transcript_of

_LONG_ENOUGH_TO_RAMBLE = 70
_ON_TOPIC = 0.12
"""Share of an answer's clauses that must bear on any criterion or on the problem."""


class OfflineObserver:
    """Reads the whole transcript anew after each answer: what was shown is then always what would be graded."""

    def __init__(self, rubric: Rubric, problem: Problem | None) -> None:
        self._rubric = rubric
        self._reader = Reader(rubric, problem)

    async def observe(self, state: State) -> Observation:
        """Which checks changed, and whether the last answer was about the problem."""
        reading = self._reader.read(transcript_of(state.events))
        changed = tuple(
            _seen(criterion.id, answer)
            for criterion in self._rubric.criteria
            for answer in answer_checks(criterion, reading)
            if answer.met != state.coverage.get(criterion.id, {}).get(answer.check.id, "no")
        )
        return Observation(changed, _on_topic(reading, state))


def _seen(criterion: str, answer: CheckAnswer) -> CheckSeen:
    quote = answer.spots[0].text if answer.spots else ""
    return CheckSeen(criterion=criterion, check=answer.check.id, met=answer.met, quote=quote)


def _on_topic(reading: Reading, state: State) -> bool:
    last = state.last_answer
    spots = [spot for spot in reading.spots if last and spot.turn.number == last.turn]
    if not last or len(last.text.split()) < _LONG_ENOUGH_TO_RAMBLE or not spots:
        return True
    named = {spot.place for spot in spots if "@specific" in spot.concepts}
    topical = named | {place for name in reading.named_topics.values() for place in name}
    return sum(1 for spot in spots if spot.place in topical) / len(spots) >= _ON_TOPIC
