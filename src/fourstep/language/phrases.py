"""Phrases written in a rubric, found in what people say.

A phrase is words in order, compared by stem. Besides plain words it may hold:

| piece | matches |
| --- | --- |
| `a|b` | either word |
| `pre*` | any word that begins so |
| `=word` | this very word, not its relatives |
| `#` | a number, in figures or words |
| `..` | up to three words between |
| `...` | up to seven words between |

A leading `~` lets the phrase count under a negation too ("~random split": "never a random split"); a leading `!`
lets it count only there ("!enough positives"). Long words are also found when they are misspelt.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from fourstep.language.clauses import Passage
from fourstep.language.words import is_number, stem, tokens

_GAPS = {"..": 3, "...": 7}
_MISSPELLABLE = 8
"""Letters; shorter words are too near to others."""
_ONE_SLIP_BELOW = 11


class PhraseError(ValueError):
    """A phrase that cannot be read; the message says why."""


class Match(NamedTuple):
    """Where a concept was found: words `first` to `last - 1` of a passage."""

    first: int
    last: int
    negated: bool
    denied: bool = False
    """Whether its phrase counts only under a negation."""


class _Piece(NamedTuple):
    """One word of a phrase, or the gap before it."""

    stems: frozenset[str] = frozenset()
    spelled: tuple[str, ...] = ()
    """The words behind the stems."""
    words: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    number: bool = False
    is_odd: bool = False
    """Whether more than stems can be accepted."""
    gap: int = 0
    """How many words may stand between the piece before and this one."""

    def accepts(self, word: str, word_stem: str) -> bool:
        return word_stem in self.stems or (self.is_odd and self._accepts_word(word))

    @property
    def is_plain(self) -> bool:
        """Whether only the stem of the very next word decides."""
        return not (self.is_odd or self.gap)

    def _accepts_word(self, word: str) -> bool:
        return (
            word in self.words
            or (bool(self.prefixes) and word.startswith(self.prefixes))
            or (self.number and is_number(word))
        )


class _Phrase(NamedTuple):
    concept: str
    """The group it belongs to."""
    pieces: tuple[_Piece, ...]
    rest: tuple[_Piece, ...]
    """The pieces behind the first."""
    polarity: str


class _Opening(NamedTuple):
    """The phrases that begin with one word: whole ones, by the stem that must follow, and those to be tried."""

    single: tuple[_Phrase, ...]
    followed: dict[str, tuple[_Phrase, ...]]
    loose: tuple[_Phrase, ...]


class Concepts:
    """Named groups of phrases, ready to be found in one pass over a passage."""

    def __init__(self, groups: Mapping[str, Iterable[str]]) -> None:
        """Raises: PhraseError, when a phrase cannot be read."""
        from rapidfuzz.distance import OSA  # 4 MB, which a screen that only lists need not hold

        self._distance = OSA.distance
        phrases = [_phrase(name, phrase) for name, group in groups.items() for phrase in group]
        self._phrases = phrases
        self._openings: dict[str, _Opening] = {}
        self._by_stem: dict[str, list[_Phrase]] = defaultdict(list)
        self._unstemmed: list[_Phrase] = []
        for phrase in phrases:
            opening = phrase.pieces[0]
            for word_stem in opening.stems:
                self._by_stem[word_stem].append(phrase)
            if opening.words or opening.prefixes or opening.number:
                self._unstemmed.append(phrase)
        self._long_words = sorted(
            {w for phrase in phrases for piece in phrase.pieces for w in piece.spelled if len(w) >= _MISSPELLABLE}
        )
        self._known_stems = {s for phrase in phrases for piece in phrase.pieces for s in piece.stems}
        self._corrections: dict[str, str] = {}

    def find(self, passage: Passage) -> dict[str, list[Match]]:
        """Every concept that stands in the passage, with its places in order."""
        found: dict[str, list[Match]] = defaultdict(list)
        words = passage.words
        stems = [self._corrected(word, word_stem) for word, word_stem in zip(words, passage.stems, strict=True)]
        sentences, negated = passage.sentences, passage.negated
        last_position = len(words) - 1
        for position, word in enumerate(words):
            opening = self._openings.get(word)
            if opening is None:
                opening = self._openings[word] = self._opening(word, stems[position])
            for phrase in opening.single:
                _note(found, phrase, negated, position, position + 1)
            if position == last_position:
                continue
            for phrase in opening.followed.get(stems[position + 1], ()):
                last = _end_of(phrase, words, stems, sentences, position)
                if last is not None:
                    _note(found, phrase, negated, position, last)
            for phrase in opening.loose:
                last = _end_of(phrase, words, stems, sentences, position)
                if last is not None:
                    _note(found, phrase, negated, position, last)
        return found

    def _opening(self, word: str, word_stem: str) -> "_Opening":
        """The phrases that can begin with a word, sorted by how quickly most of them are ruled out."""
        followed: dict[str, tuple[_Phrase, ...]] = {}
        single: list[_Phrase] = []
        loose: list[_Phrase] = []
        for phrase in self._starting_with(word, word_stem):
            second = phrase.pieces[1] if len(phrase.pieces) > 1 else None
            if second and second.is_plain:
                for following in second.stems:
                    followed[following] = (*followed.get(following, ()), phrase)
            elif second:
                loose.append(phrase)
            else:
                single.append(phrase)
        return _Opening(tuple(single), followed, tuple(loose))

    def _starting_with(self, word: str, word_stem: str) -> tuple[_Phrase, ...]:
        by_stem = self._by_stem.get(word_stem, [])
        return (
            *by_stem,
            *(p for p in self._unstemmed if p not in by_stem and p.pieces[0].accepts(word, word_stem)),
        )

    def _corrected(self, word: str, word_stem: str) -> str:
        """The stem that a misspelt long word was meant to have."""
        if len(word) < _MISSPELLABLE or word_stem in self._known_stems:
            return word_stem
        if word not in self._corrections:
            meant = self._nearest(word)
            self._corrections[word] = stem(meant) if meant else word_stem
        return self._corrections[word]

    def _nearest(self, word: str) -> str | None:
        """The long word of a phrase that is a slip of the keys away."""
        slips = 1 if len(word) < _ONE_SLIP_BELOW else 2
        near = (w for w in self._long_words if w[0] == word[0] and abs(len(w) - len(word)) <= slips)
        return next((w for w in near if self._distance(w, word, score_cutoff=slips) <= slips), None)


def _note(found: dict[str, list[Match]], phrase: _Phrase, negated: bytearray, first: int, last: int) -> None:
    """Keep a match, if its phrase may stand under a negation or needs one."""
    under = 1 in negated[first:last]
    if phrase.polarity == "either" or (phrase.polarity == "denied") == under:
        found[phrase.concept].append(Match(first, last, under, phrase.polarity == "denied"))


def _end_of(phrase: _Phrase, words: list[str], stems: list[str], sentences: list[int], position: int) -> int | None:
    """Behind which word the phrase ends when it begins at `position`; None when it does not."""
    place = position + 1
    sentence, count = sentences[position], len(words)
    for piece in phrase.rest:
        limit = place + piece.gap + 1
        while place < limit:
            if place >= count or sentences[place] != sentence:
                return None
            if stems[place] in piece.stems or (piece.is_odd and piece.accepts(words[place], stems[place])):
                break
            place += 1
        else:
            return None
        place += 1
    return place


def check_phrase(phrase: str) -> None:
    """Raises: PhraseError, when the phrase cannot be read."""
    _parse(phrase)


@lru_cache(maxsize=32768)
def _parse(source: str) -> tuple[str, tuple[_Piece, ...]]:
    """Polarity and pieces of a phrase."""
    polarity = {"~": "either", "!": "denied"}.get(source[:1], "affirmed")
    pieces: list[_Piece] = []
    gap = 0
    for part in source.removeprefix("~").removeprefix("!").split():
        if part in _GAPS:
            gap = _GAPS[part]
            continue
        for piece in _pieces_of(source, part):
            pieces.append(piece._replace(gap=gap) if gap else piece)
            gap = 0
    if not pieces or gap:
        raise PhraseError(f"the phrase '{source}' must begin and end with a word")
    return polarity, tuple(pieces)


def _phrase(concept: str, source: str) -> _Phrase:
    polarity, pieces = _parse(source)
    return _Phrase(concept, pieces, pieces[1:], polarity)


def _pieces_of(source: str, part: str) -> tuple[_Piece, ...]:
    if "|" not in part:
        return _single_words(source, part)
    alternatives = [_single_words(source, one) for one in part.split("|") if one]
    if any(len(pieces) != 1 for pieces in alternatives):
        raise PhraseError(f"in '{source}' each side of '|' must be a single word")
    singles = [pieces[0] for pieces in alternatives]
    return (
        _Piece(
            frozenset(s for piece in singles for s in piece.stems),
            tuple(word for piece in singles for word in piece.spelled),
            frozenset(word for piece in singles for word in piece.words),
            tuple(prefix for piece in singles for prefix in piece.prefixes),
            any(piece.number for piece in singles),
            any(piece.is_odd for piece in singles),
        ),
    )


def _single_words(source: str, part: str) -> tuple[_Piece, ...]:
    """What one word of a phrase stands for; more than one piece where it holds a sign ("a/b", "p95")."""
    if part == "#":
        return (_Piece(number=True, is_odd=True),)
    if part.endswith("*"):
        return (_Piece(prefixes=(part[:-1].lower(),), is_odd=True),)
    if part.isascii() and part.isalpha():
        return (_plain(part.lower()),)
    exact = len(part) > 1 and part.startswith("=")
    spoken = [token.word for token in tokens(f" {part[1:] if exact else part}") if token.kind not in {"stop", "pause"}]
    if not spoken:
        raise PhraseError(f"'{part}' in '{source}' is no word")
    return tuple(_Piece(words=frozenset([word]), is_odd=True) if exact else _plain(word) for word in spoken)


@lru_cache(maxsize=8192)  # a rubric's 30,000 words are some thousand different ones
def _plain(word: str) -> _Piece:
    return _Piece(frozenset([stem(word)]), (word,))
