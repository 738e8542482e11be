"""Bytes of a text file as text, whatever encoding it was saved in; what is no text says what it is instead."""

import codecs

from fourstep.errors import TranscriptError

_BY_MARK = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OTHERS = (
    (b"PK\x03\x04", "a Word file or an archive"),
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "rich text"),
    (b"ID3", "a sound file"),
    (b"RIFF", "a sound or video file"),
    (b"\xd0\xcf\x11\xe0", "an old Word file"),
)


def decoded(raw: bytes, name: str) -> str:
    """The text with plain line ends: Unicode, or else what Windows writes, with `�` for bytes that mean nothing there.

    Raises: TranscriptError.
    """
    for mark, what in _OTHERS:
        if raw.startswith(mark):
            raise TranscriptError(f"{name} is {what}, not text.", "Save what was said as plain text, VTT or SRT.")
    text = _text(raw)
    if "\0" in text:
        raise TranscriptError(f"{name} is no text file.", "Save what was said as plain text, VTT or SRT.")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")


def _text(raw: bytes) -> str:
    encoding = next((encoding for mark, encoding in _BY_MARK if raw.startswith(mark)), _unmarked(raw))
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _unmarked(raw: bytes) -> str:
    """UTF-16 shows by the zeros beside its Latin letters."""
    start = raw[:400]
    if start[1::2].count(0) > len(start) // 4:
        return "utf-16-le"
    return "utf-16-be" if start[::2].count(0) > len(start) // 4 else "utf-8"
