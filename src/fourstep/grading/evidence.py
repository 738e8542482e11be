"""Quotes are looked up in the transcript by code: what is not there is no evidence, and what is stays the source's."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache

from fourstep.grading.scorecard import Evidence, Judgement
from fourstep.transcript.transcript import Transcript, Turn

LONGEST_QUOTE = 40
"""Words of one quote."""
SHORTEST_QUOTE = 12
"""Characters of a quote that is looked for beyond its exact words in its own turn: shorter ones stand anywhere."""
NEAR = 92
"""Likeness in percent, by rapidfuzz's `partial_ratio`, from which a quote is a slip of the pen and not a paraphrase."""

_ALIKE = str.maketrans(dict.fromkeys("“”„‟«»", '"') | dict.fromkeys("‘’‚‛`´", "'") | dict.fromkeys("‐‑‒–—―−﹘﹣", "-"))
_AROUND = " \"'.…"
"""What graders put around a quote that is not of it."""
_UNSEEN = frozenset(("Cf", "Cc", "Mn"))
"""Unicode categories of what has no width: format and control characters, and accents once they are apart."""


def find_quote(quote: str, source: str) -> str | None:
    """The stretch of the source that the quote repeats, as it stands there.

    White space, case, accents, quote marks, dashes and compatible forms of letters may differ.
    """
    wanted = _folded(quote)[0].strip()
    text, places = _folded(source)
    for words in (wanted, wanted.strip(_AROUND)):
        if words and (start := text.find(words)) >= 0:
            return source[places[start] : places[start + len(words) - 1] + 1]
    return None


def with_verified_quotes(judgement: Judgement, transcript: Transcript) -> Judgement:
    """The judgement with those of its quotes that the candidate said, as and where they were said.

    No quote, no credit: a level above 0 that keeps none becomes *not graded*.
    """
    kept = verified(judgement.evidence, transcript)
    against = verified(judgement.counter_evidence, transcript)
    if kept or not judgement.level:
        return judgement.model_copy(update={"evidence": kept, "counter_evidence": against})
    why = "The grader gave no quote that stands in the transcript."
    return judgement.model_copy(
        update={"status": "not_graded", "level": None, "evidence": (), "counter_evidence": (), "reason": why}
    )


def verified(evidence: tuple[Evidence, ...], transcript: Transcript) -> tuple[Evidence, ...]:
    """The quotes that are found, each once and in the source's words."""
    found = (placed(one, transcript) for one in evidence)
    return tuple(dict.fromkeys(one for one in found if one))


def placed(evidence: Evidence, transcript: Transcript) -> Evidence | None:
    """A quote where it really stands: in the turn it names, in another word for word, or nearly so in its own."""
    turns = {turn.name: turn for turn in transcript.candidate_turns}
    named = turns.get(evidence.turn)
    if named and (found := _within(named, evidence.quote, find_quote)):
        return found
    if len(evidence.quote.strip()) < SHORTEST_QUOTE:
        return None
    for turn in turns.values():
        if found := _within(turn, evidence.quote, find_quote):
            return found
    return _within(named, evidence.quote, _near) if named else None


def _within(turn: Turn, quote: str, find: Callable[[str, str], str | None]) -> Evidence | None:
    """A quote in the words of an answer, or else on the pad that was sent with it."""
    for source, on_pad in ((turn.text, False), (turn.pad, True)):
        if found := find(quote, source):
            return Evidence(turn=turn.name, quote=shortened(found), on_pad=on_pad)
    return None


def shortened(quote: str) -> str:
    """The quote's first words, so that it stays a quote and does not become a page."""
    words = list(re.finditer(r"\S+", quote))
    return quote if len(words) <= LONGEST_QUOTE else quote[: words[LONGEST_QUOTE - 1].end()]


def _near(quote: str, source: str) -> str | None:
    """The words of the source that the quote misspells."""
    wanted = _folded(quote)[0].strip(_AROUND)
    text, places = _folded(source)
    if not SHORTEST_QUOTE <= len(wanted) <= len(text):
        return None
    from rapidfuzz import fuzz  # 4 MB, which a screen that only lists need not hold

    spot = fuzz.partial_ratio_alignment(wanted, text, score_cutoff=NEAR)
    if spot is None or spot.dest_end <= spot.dest_start:
        return None
    start = text.rfind(" ", 0, spot.dest_start + 1) + 1
    end = text.find(" ", spot.dest_end - 1)
    last = places[-1] if end < 0 else places[end - 1]
    return source[places[start] : last + 1]


@lru_cache(maxsize=2048)  # every criterion is looked up in the same turns
def _folded(text: str) -> tuple[str, tuple[int, ...]]:
    """The text as it is compared, and where in it each of those letters stands."""
    letters = list(_letters(text))
    return "".join(letter for letter, _ in letters), tuple(place for _, place in letters)


def _letters(text: str) -> Iterator[tuple[str, int]]:
    spaced = False
    for place, char in enumerate(text):
        for letter in unicodedata.normalize("NFKD", char).translate(_ALIKE).casefold():
            if letter.isspace():
                if not spaced:
                    yield " ", place
                spaced = True
            elif letter.isascii() or unicodedata.category(letter) not in _UNSEEN:
                yield letter, place
                spaced = False
