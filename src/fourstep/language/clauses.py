"""Clauses: the smallest pieces of an answer that can bear a thought, and can be quoted.

A clause ends at the end of a sentence or line, before a conjunction that turns the thought ("but", "because",
"so"), and after some thirty words where speech was written down without punctuation. Within it every word knows
whether a negation, a supposition or another speaker stands over it.
"""

from dataclasses import dataclass, field

from fourstep.language.words import Token, is_number, stem, tokens

_NEGATORS = frozenset(
    (
        "not no never none nobody nothing neither nor without cannot can't couldn't don't doesn't didn't won't "
        "wouldn't isn't aren't wasn't weren't shouldn't haven't hasn't hadn't ain't hardly dont doesnt wont cant isnt"
    ).split()
)
_REFUSALS = frozenset(
    tuple(refusal.split())
    for refusal in (
        "i wouldn't", "we wouldn't", "i won't", "we won't", "i would not", "we would not", "i will not", "we will not",
        "i'd not", "we'd not", "i'd never", "we'd never", "don't need", "not need", "no need", "don't bother",
        "not bother", "don't think", "don't believe", "no reason for", "no point in", "the point in", "the point of",
    )
)  # fmt: skip
_NEEDED = frozenset("needed necessary required worth".split())
_DISMISSED = frozenset("overrated overkill pointless unnecessary".split())
_RULING = frozenset(["rule", "rules", "ruled", "ruling"])
"""With "out" behind them they stand over what follows: "that rules out a big network"."""
_NEGATION_ENDS = frozenset(
    ["but", "instead", "rather", "except", "unless", "although", "though", "however", "because", "since", "so"]
)
_SUPPOSERS = ("some people say", "people say", "you could", "one could", "we could", "i could", "could also")
_SUPPOSER_WORDS = frozenset(["maybe", "perhaps", "possibly", "might", "supposedly"])
_TURNS_OF_THOUGHT = frozenset(
    ("but because cause since so whereas while although though however therefore otherwise instead unless then").split()
)
_FUNCTION_WORDS = frozenset(
    (
        "a an the i we you he she it they them us me my our your their its this that these those there here is are "
        "was were be been being am do does did have has had will would can could should may might must to of in on at "
        "by for with from as than if when where who which what how why and or not no so because but since while then "
        "just about into over per each every some any all more most only also very too it's that's i'd we'd i'm i'll "
        "we'll don't you'd they're there's what's let's"
    ).split()
)
_WH_WORDS = frozenset(["what", "which", "who", "whom", "whose", "where", "when", "why", "how"])
_AUXILIARIES = frozenset(
    ("do does did is are was were can could should would will may must have has shall am isn't aren't don't").split()
)
_AUXILIARIES_AND_SIZES = _AUXILIARIES | {"many", "much", "fast", "often", "big", "long"}
_SUBJECTS = frozenset("we you they the there users people it i".split())
_FILLERS = frozenset("and so okay ok um uh well then also but".split())
_SHORTEST = 5
_LONGEST = 32
_COMFORTABLE = 18
_LIST_ITEM = 4


@dataclass(slots=True)
class Clause:
    """A stretch of one turn: words `first` to `last - 1` of its passage, characters `start` to `end` of its text."""

    first: int
    last: int
    start: int
    end: int
    sentence: int
    question: bool
    listed: bool = False
    """Terms in a row without the function words that a thought needs."""


@dataclass(slots=True)
class Passage:
    """One turn's text, taken apart."""

    text: str
    words: list[str] = field(default_factory=list)
    stems: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    sentences: list[int] = field(default_factory=list)
    """For each word the number of its sentence."""
    negated: bytearray = field(default_factory=bytearray)
    supposed: bytearray = field(default_factory=bytearray)
    refused: bytearray = field(default_factory=bytearray)
    """What the speaker will not do or calls needless: it was named, and is no part of the design."""
    clauses: list[Clause] = field(default_factory=list)

    def quote(self, clause: Clause) -> str:
        """The clause as it stands in the text."""
        return self.text[clause.start : clause.end]


def read_passage(text: str) -> Passage:
    """Take `text` apart into words and clauses; linear in its length."""
    passage = Passage(text)
    sentence: list[Token] = []
    number = 0
    for token in tokens(text):
        if token.kind == "stop":
            if sentence:
                _add_sentence(passage, sentence, number, question="?" in token.word)
                number += 1
                sentence = []
        else:
            sentence.append(token)
    if sentence:
        _add_sentence(passage, sentence, number, question=False)
    return passage


def _add_sentence(passage: Passage, sentence: list[Token], number: int, *, question: bool) -> None:
    spoken = [token for token in sentence if token.kind != "pause"]
    if not spoken:
        return
    base = len(passage.words)
    for token in spoken:
        passage.words.append(token.word)
        passage.stems.append(stem(token.word))
        passage.starts.append(token.start)
        passage.ends.append(token.end)
        passage.sentences.append(number)
    attributed = _is_attributed(passage, spoken[0].start)
    _mark_negation(passage, sentence)
    _mark_refusal(passage, sentence)
    _mark_supposition(passage, base, attributed=attributed)
    for first, last in _cuts(sentence):
        asking = question or asks(passage.words[base + first : base + last])
        clause = Clause(
            base + first,
            base + last,
            passage.starts[base + first],
            passage.ends[base + last - 1],
            number,
            asking,
        )
        clause.listed = _is_listed(passage.quote(clause), passage.words[clause.first : clause.last])
        passage.clauses.append(clause)


def _cuts(sentence: list[Token]) -> list[tuple[int, int]]:
    """Where the clauses of a sentence begin and end, counted in its words."""
    cuts: list[tuple[int, int]] = []
    first = position = 0
    paused = False
    for token in sentence:
        if token.kind == "pause":
            paused = True
            continue
        length = position - first
        turns = token.word in _TURNS_OF_THOUGHT and length >= _SHORTEST
        if turns or (paused and length >= _COMFORTABLE) or length >= _LONGEST:
            cuts.append((first, position))
            first = position
        paused = False
        position += 1
    cuts.append((first, position))
    return cuts


def _mark_negation(passage: Passage, sentence: list[Token]) -> None:
    """A negation holds from its word to the next conjunction or pause that ends it."""
    under = False
    before = ""
    for token in sentence:
        if token.kind == "pause":
            under = under and token.word not in {",", ":"}
            continue
        if token.word in _NEGATORS and before not in {"a", "the"}:  # "a no is a post that was seen"
            under = True
        elif token.word in _NEGATION_ENDS:
            under = False
        passage.negated.append(under)
        under = under or (token.word == "out" and before in _RULING)
        before = token.word


def _mark_refusal(passage: Passage, sentence: list[Token]) -> None:
    """What the speaker will not do, or calls not needed: behind the refusal, or before it in the same breath."""
    refused = bytearray()
    tail = ("", "", "")
    breath, under, paused = 0, False, False
    for token in sentence:
        if token.kind == "pause":
            paused = token.word in {",", ":"}
            continue
        if (paused and token.word not in {"or", "nor"}) or token.word in _NEGATION_ENDS:
            breath, under = len(refused), False
        paused, tail = False, (*tail[1:], token.word)
        refused.append(under)
        under = under or _refuses(tail)
        if _dismisses(tail):
            refused[breath:] = b"\1" * (len(refused) - breath)
    passage.refused.extend(refused)


def _refuses(tail: tuple[str, ...]) -> bool:
    """Whether a refusal ends here: "I wouldn't", "I'd not", "we would not", "don't need", "no need"."""
    return tail[-2:] in _REFUSALS or tail in _REFUSALS


def _dismisses(tail: tuple[str, ...]) -> bool:
    """Whether a dismissal ends here: "isn't needed", "is not necessary", "is overrated"."""
    return (
        tail[-1] in _DISMISSED
        or tail[-2:] == ("a", "waste")
        or (tail[-1] in _NEEDED and not _NEGATORS.isdisjoint(tail))
    )


def _mark_supposition(passage: Passage, base: int, *, attributed: bool) -> None:
    words = passage.words[base:]
    phrase = " ".join(words)
    supposed = attributed or phrase.startswith(_SUPPOSERS)
    if not supposed and not _SUPPOSER_WORDS.isdisjoint(words[:3]):
        supposed = not any(is_number(word) for word in words)  # "maybe two in a hundred" is a figure, not a doubt
    passage.supposed.extend([supposed] * len(words))


def _is_attributed(passage: Passage, start: int) -> bool:
    """A quoted line ("> …") is somebody else's words."""
    line = passage.text[passage.text.rfind("\n", 0, start) + 1 : start]
    return line.lstrip().startswith(">")


def asks(words: list[str], *, marked: bool = False) -> bool:
    """A question by its word order; without a question mark (`marked`) more of it must be seen."""
    lead = 0
    while lead < len(words) - 1 and words[lead] in _FILLERS:
        lead += 1
    opening = words[lead : lead + 3]
    if marked:
        return opening[0] in _WH_WORDS or opening[0] in _AUXILIARIES
    if len(words) - lead < 4 or len(opening) < 3:
        return False
    if opening[0] == "which" and opening[1] in _AUXILIARIES:
        return False  # "which is why …" goes on with the sentence before
    if opening[0] in _WH_WORDS and (opening[1] in _SUBJECTS or opening[2] == "not"):
        return False  # "when it is wrong, …" and "what must not rise is …" are statements
    if opening[0] in _WH_WORDS:
        return not _AUXILIARIES_AND_SIZES.isdisjoint(opening[1:])
    return opening[0] in _AUXILIARIES and opening[1] in _SUBJECTS


def _is_listed(text: str, words: list[str]) -> bool:
    return text.count(",") >= 2 and len(words) >= _LIST_ITEM and is_bare(words)


def is_bare(words: list[str]) -> bool:
    """Whether they are terms in a row, without the function words that a thought needs."""
    return sum(1 for word in words if word in _FUNCTION_WORDS) / len(words) < 0.2
