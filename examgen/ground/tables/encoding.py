"""The text of a file, in whatever encoding a spreadsheet wrote it."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Where Windows' Turkish and Western pages differ: Turkish letters here, Icelandic ones there.
_TURKISH = frozenset("ĞİŞğış")
_WORD = re.compile(r"\w+")
_WITH_TURKISH = re.compile("[çÇüÜ]")
_WITH_ICELANDIC = re.compile("[áéíóúæÁÉÍÓÚÆ]")
_NAMES = {"cp1252": "Windows-1252", "cp1254": "Windows-1254 (Turkish)"}


@dataclass(frozen=True)
class Decoded:
    """A file's text.

    Attributes:
        encoding: the name of the encoding in Python.
        guess: how it was read, in words, where that is a guess; else empty.
        line: the first line that made it one.
    """

    text: str
    encoding: str
    guess: str = ""
    line: int = 1


def decode(raw: bytes) -> Decoded:
    """Return the text of a file: UTF-8, UTF-16 or UTF-32, or else a guess among Windows' pages."""
    marked = next((name for mark, name in _MARKS if raw.startswith(mark)), "utf-8")
    try:
        return Decoded(raw.decode(marked), marked)
    except UnicodeDecodeError as error:
        byte, line = raw[error.start], raw[: error.start].count(b"\n") + 1
    encoding = _windows(raw)
    guess = f"this is not {_shown(marked)} (byte 0x{byte:02x}); read as {_NAMES[encoding]}"
    return Decoded(raw.decode(encoding, errors="replace"), encoding, guess, line)


def _shown(encoding: str) -> str:
    return encoding.removesuffix("-sig").upper()


def _windows(raw: bytes) -> str:
    """Return the likelier of Windows' Turkish and Western pages, by the words that differ."""
    words = _WORD.findall(raw.decode("cp1254", errors="replace"))
    text = " ".join(word for word in words if not _TURKISH.isdisjoint(word))
    if not text:
        return "cp1252"
    icelandic, turkish = (len(found.findall(text)) for found in (_WITH_ICELANDIC, _WITH_TURKISH))
    return "cp1252" if icelandic > turkish else "cp1254"
