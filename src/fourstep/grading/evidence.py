"""Quotes are looked up in the transcript by code: what is not there word for word is no evidence."""

import re

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


def is_verbatim(quote: str, turn_name: str, transcript: Transcript) -> bool:
    """Whether the quote stands in the candidate turn of that name."""
    return any(turn.name == turn_name and find_quote(quote, turn) is not None for turn in transcript.candidate_turns)


def shortened(quote: str) -> str:
    """The quote's first words, so that it stays a quote and does not become a page."""
    words = list(re.finditer(r"\S+", quote))
    return quote if len(words) <= LONGEST_QUOTE else quote[: words[LONGEST_QUOTE - 1].end()]
