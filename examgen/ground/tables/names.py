"""Names compared: of people, and of columns."""

from __future__ import annotations

import re
import unicodedata

_LONGEST = 500
_LETTERS = str.maketrans(
    {"İ": "i", "ı": "i", "ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "æ": "ae",
     "Æ": "ae", "œ": "oe", "Œ": "oe", "’": "'", "‘": "'", "´": "'", "‐": "-", "‑": "-", "–": "-"}
)  # fmt: skip


def fold_letters(name: str) -> str:
    """Return a name in small Latin letters without their marks; Turkish has four letters for i.

    >>> fold_letters("İPEK ÇAĞLAR ŞAHİN") == fold_letters("ipek caglar sahin")
    True
    """
    letters = unicodedata.normalize("NFKC", name[:_LONGEST]).translate(_LETTERS).casefold()
    split = unicodedata.normalize("NFKD", letters)
    return " ".join("".join(c for c in split if unicodedata.category(c) != "Mn").split())


def words_of(name: str) -> tuple[str, ...]:
    """Return the words of a person's name in an order of their own.

    >>> words_of("Lovelace, Ada") == words_of("ada lovelace")
    True
    """
    return tuple(sorted(re.findall(r"\w+", fold_letters(name))))
