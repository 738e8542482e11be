"""Questions and answers as pairs: what each turn of the interviewer asked about, and what the candidate said to it."""

from collections.abc import Iterator
from dataclasses import dataclass

from fourstep.interview.hearing import hear, questions_in
from fourstep.language.clauses import read_passage
from fourstep.language.phrases import Concepts
from fourstep.review.asking import asking_part, questions_part
from fourstep.rubric import Rubric
from fourstep.transcript.transcript import Transcript, Turn

_NO_ATTEMPT = ("refused", "empty", "rude", "asked_to_repeat", "asked_to_move_on", "asked_for_time", "asked_for_hint")


@dataclass(frozen=True, slots=True)
class Exchange:
    """A turn of the interviewer with the answer to it."""

    question: Turn
    about: frozenset[str]
    """The criteria that it asks about: by the log, or by its words where no log says so."""
    answer: Turn | None
    """None where the candidate did not speak next."""

    @property
    def answered(self) -> bool:
        """Whether the candidate tried: passing, or asking for a hint, is no attempt."""
        return self.answer is not None and hear(self.answer.text, None).tone not in _NO_ATTEMPT


def exchanges(transcript: Transcript, rubric: Rubric) -> tuple[Exchange, ...]:
    """Every turn of the interviewer, in order."""
    return tuple(_exchanges(transcript, rubric))


def _exchanges(transcript: Transcript, rubric: Rubric) -> Iterator[Exchange]:
    topics = None if transcript.native else Concepts(rubric.topics())
    around = zip((None, *transcript.turns), transcript.turns, (*transcript.turns[1:], None), strict=False)
    for before, turn, after in around:
        if turn.speaker == "interviewer":
            answer = after if after and after.speaker == "candidate" else None
            yield Exchange(turn, _about(turn, before, rubric, topics), answer)


def _about(turn: Turn, before: Turn | None, rubric: Rubric, topics: Concepts | None) -> frozenset[str]:
    if turn.aims_at:
        return frozenset([turn.aims_at])
    if topics is None:
        return frozenset()
    if before is None:
        asking = questions_part(turn.text)
    else:
        asking = asking_part(turn.text, answering=bool(questions_in(before.text)))
    found = topics.find(read_passage(asking))
    return frozenset(c.id for c in rubric.criteria if any(name in found for name in c.topic))
