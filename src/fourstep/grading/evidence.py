"""Quotes are looked up in the transcript by code: what is not there word for word is no evidence."""

import re

from fourstep.grading.scorecard import Evidence, Judgement
from fourstep.transcript.transcript import Transcript, Turn

LONGEST_QUOTE = 40
"""Words of one quote."""

_QUOTE_MARKS = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "«": '"', "»": '"', "`": "'"})


def find_quote(quote: str, turn: Turn) -> str | None:
    """The stretch of the turn that the quote repeats, verbatim; white space, quote marks and case may differ."""
    words = quote.translate(_QUOTE_MARKS).split()
    if not words or turn.speaker != "candidate":
        return None
    pattern = r"\s+".join(re.escape(word) for word in words)
    found = re.search(pattern, turn.text.translate(_QUOTE_MARKS), re.IGNORECASE)
    return turn.text[found.start() : found.end()] if found else None


def with_verified_quotes(judgement: Judgement, transcript: Transcript) -> Judgement:
    """The judgement with those of its quotes that stand in the turns they name, as they stand there.

    No quote, no credit: a level above 0 that keeps none becomes *not graded*.
    """
    by_name = {turn.name: turn for turn in transcript.candidate_turns}
    kept = tuple(
        Evidence(turn=evidence.turn, quote=found)
        for evidence in judgement.evidence
        if evidence.turn in by_name and (found := find_quote(evidence.quote, by_name[evidence.turn]))
    )
    if kept or not judgement.level:
        return judgement.model_copy(update={"evidence": kept})
    why = "The grader gave no quote that stands in the transcript."
    return judgement.model_copy(update={"status": "not_graded", "level": None, "evidence": (), "reason": why})


def shortened(quote: str) -> str:
    """The quote's first words, so that it stays a quote and does not become a page."""
    words = list(re.finditer(r"\S+", quote))
    return quote if len(words) <= LONGEST_QUOTE else quote[: words[LONGEST_QUOTE - 1].end()]
