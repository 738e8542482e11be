"""Whatever a file was saved in, its words arrive; what is no text says what it is."""

import codecs

import pytest

from fourstep.errors import TranscriptError
from fourstep.importing.decoding import decoded

SAID = "Grüße: naïve Bayes — „wie viele“?\nNext."


@pytest.mark.parametrize(
    "raw",
    [
        SAID.encode(),
        codecs.BOM_UTF8 + SAID.encode(),
        SAID.encode("utf-16"),
        codecs.BOM_UTF16_BE + SAID.encode("utf-16-be"),
        SAID.encode("utf-16-le"),
        SAID.encode("utf-16-be"),
        SAID.encode("utf-32"),
        SAID.encode("cp1252"),
        SAID.replace("\n", "\r\n").encode(),
        SAID.replace("\n", "\r").encode(),
    ],
)
def test_every_usual_encoding_and_line_end_gives_the_same_words(raw: bytes) -> None:
    assert decoded(raw, "talk.txt") == SAID


def test_a_byte_that_no_encoding_has_keeps_its_place() -> None:
    assert decoded("Grüße".encode("cp1252") + b"\x81!", "talk.txt") == "Grüße\ufffd!"
    assert decoded(codecs.BOM_UTF8 + b"So\x81", "talk.txt").endswith("So\ufffd")


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (b"PK\x03\x04rest", "a Word file"),
        (b"%PDF-1.7", "a PDF"),
        (b"{\\rtf1 hi}", "rich text"),
        (b"\x7fELF\0\0\0", "no text file"),
    ],
)
def test_what_is_no_text_is_named(raw: bytes, what: str) -> None:
    with pytest.raises(TranscriptError, match=f"talk.docx is {what}"):
        decoded(raw, "talk.docx")
