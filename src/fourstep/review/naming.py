"""Where the candidate first names what a check asks for, by the rubric's own words and no model."""

from fourstep.language.clauses import Clause, read_passage
from fourstep.language.phrases import Concepts
from fourstep.rubric import Check, Rubric
from fourstep.transcript.transcript import Transcript, Turn


def first_named(check: Check, rubric: Rubric, transcript: Transcript) -> Turn | None:
    """The candidate's first turn with a word that meets the check alone, whatever was asked; None where there is none.

    That is the anchor of a signal that needs nothing beside it; a clause with what the signal excludes does not count.
    """
    alone = [signal for signal in check.signals if len(signal.near) == 1 and signal.where == "anywhere"]
    wanted = {name for signal in alone if not signal.some for name in signal.near[0].split("|")}
    unwanted = {name for signal in alone for name in signal.without}
    groups = rubric.all_concepts()
    concepts = Concepts({name: groups.get(name, ()) for name in wanted | unwanted})
    named = (turn for turn in transcript.candidate_turns if _names(turn, concepts, wanted, unwanted))
    return next(named, None)


def _names(turn: Turn, concepts: Concepts, wanted: set[str], unwanted: set[str]) -> bool:
    passage = read_passage(turn.text)
    places = {name: {match.first for match in found} for name, found in concepts.find(passage).items()}
    return any(_stands(clause, places, wanted) and not _stands(clause, places, unwanted) for clause in passage.clauses)


def _stands(clause: Clause, places: dict[str, set[int]], names: set[str]) -> bool:
    return any(clause.first <= place < clause.last for name in names for place in places.get(name, ()))
