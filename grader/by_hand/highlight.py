"""Words of a rubric in an answer: found for the eye of a person, and worth nothing."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def pieces(text: str, keywords: Sequence[Sequence[str]]) -> list[tuple[str, int]]:
    """Return a text in pieces, each with the number of the criterion whose word it is, or 0.

    A word is found in any case and with any ending, and with any space between its parts. The
    pieces together are the text, character for character.

    Args:
        text: as it will be shown.
        keywords: the words of each criterion.

    >>> pieces("The PRODUCTS shrink", [["product"], ["shrink"]])
    [('The ', 0), ('PRODUCT', 1), ('S ', 0), ('shrink', 2)]
    """
    folded, places = _folded(text)
    found: list[tuple[int, int, int]] = []
    for number, words in enumerate(keywords, start=1):
        for word in filter(str.strip, words):
            matches = _pattern(word).finditer(folded)
            found += [(places[m.start()], places[m.end()], number) for m in matches]
    made: list[tuple[str, int]] = []
    at = 0
    for start, end, number in sorted(found, key=lambda one: (one[0], -one[1], one[2])):
        if start >= at and end > start:
            made += [(text[at:start], 0), (text[start:end], number)]
            at = end
    return [piece for piece in (*made, (text[at:], 0)) if piece[0]]


def _folded(text: str) -> tuple[str, list[int]]:
    """Return a text without case, and the place in the text of each of its characters."""
    folded, places = [], []
    for place, char in enumerate(text):
        small = char.casefold()
        folded.append(small)
        places += [place] * len(small)
    return "".join(folded), [*places, len(text)]


@lru_cache(1_024)
def _pattern(word: str) -> re.Pattern[str]:
    parts = map(re.escape, word.casefold().split())
    return re.compile(r"(?<!\w)" + r"\s+".join(parts))
