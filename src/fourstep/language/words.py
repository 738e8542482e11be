"""Words and numbers of a text, with their stems and where they stand."""

import re
from functools import cache, lru_cache
from typing import Any, NamedTuple

_TOKEN = re.compile(
    r"(?P<word>[A-Za-zÀ-ɏ]+(?:['’][A-Za-z]+)*)"
    r"|(?P<number>\d+(?:[.,]\d+)*)"
    r"|(?P<sign>[%€$£=×/+<≤≥→⨝]|(?<=[^\n])>|(?<=\d)\*|(?<=\d )\*(?= ))"
    r"|(?P<stop>[.?!…]+(?=[\s\"'”’)*_\]]|$)|\n(?![ \t]*[a-z])|;|(?<!\d)\s[–—-]{1,2}\s|—)"
    r"|(?P<pause>[,:()])"
)

MAGNITUDES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "k": 1e3,
    "lakh": 1e5,
    "million": 1e6,
    "millions": 1e6,
    "mio": 1e6,
    "m": 1e6,
    "billion": 1e9,
    "billions": 1e9,
    "bn": 1e9,
    "b": 1e9,
    "trillion": 1e12,
}
_DIGITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
NUMBER_WORDS = {word: float(value) for value, word in enumerate(_DIGITS)} | {
    word: 10.0 * value for value, word in enumerate(_TENS, start=2)
}


_WITHOUT_SPACES = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")
"""Signs of scripts that are written without spaces: Thai, Japanese, Chinese."""


def word_count(text: str) -> int:
    """How many words a text has; of scripts without spaces, two signs count as one."""
    return len(text.split()) + len(_WITHOUT_SPACES.findall(text)) // 2


class Token(NamedTuple):
    """One word, number or mark of a text."""

    kind: str
    """`word`, `number`, `sign`, `stop` or `pause`."""
    word: str
    """In lower case, with straight apostrophes."""
    start: int
    """Offset of its first character in the text."""
    end: int
    """Offset behind its last character."""


def tokens(text: str) -> list[Token]:
    """Split `text` into words, numbers and the punctuation that ends a thought."""
    return [
        Token(match.lastgroup or "", match.group().lower().replace("’", "'"), match.start(), match.end())
        for match in _TOKEN.finditer(text)
    ]


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The Snowball English stem of a lower-case word."""
    return str(_stemmer().stemWord(word.removesuffix("'s")))


@cache
def _stemmer() -> Any:
    import snowballstemmer  # all its languages, 4 MB, which a screen that only lists need not hold

    return snowballstemmer.stemmer("english")


def is_number(word: str) -> bool:
    """Whether the word is a figure or stands for one; "one" is mostly a pronoun and does not count."""
    return word[0].isdigit() or (word != "one" and (word in NUMBER_WORDS or word in _SPOKEN_MAGNITUDES))


_SPOKEN_MAGNITUDES = frozenset(word for word in MAGNITUDES if len(word) > 2)


def number_at(words: list[str], position: int) -> float | None:
    """The value that begins at `position`: `["240", "million"]` is 2.4e8; None where no number stands."""
    word = words[position]
    if word[0].isdigit():
        value = _figure(word)
    elif word in NUMBER_WORDS:
        value = NUMBER_WORDS[word]
    elif word in _SPOKEN_MAGNITUDES:
        value = 1.0
        position -= 1
    else:
        return None
    for following in words[position + 1 : position + 4]:
        if following in MAGNITUDES:
            value *= MAGNITUDES[following]
        elif 0 < NUMBER_WORDS.get(following, 0) < _unit_of(value):
            value += NUMBER_WORDS[following]
        else:
            break
    return value


def _unit_of(value: float) -> float:
    """What can be added in speech: up to 9 behind tens ("twenty five"), up to 99 behind hundreds."""
    return 10 if 20 <= value < 100 and value % 10 == 0 else 100 if value >= 100 and value % 100 == 0 else 0


def _figure(word: str) -> float:
    grouped = re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", word)
    plain = re.sub(r"[.,]", "", word) if grouped else word.replace(",", ".")
    try:
        return float(plain)
    except ValueError:
        return float(re.sub(r"\D", "", word))
