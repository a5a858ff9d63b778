"""Compare words: texts, a choice, and answers made of several options."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from examgen.audit.reading import NotRead
from examgen.audit.values import DIFFERENT, EXACTLY, Finding

if TYPE_CHECKING:
    from examgen.audit.values import Options


_OPENING = re.compile(
    r"\s*(?:(?:it|this|that)\s+is\s+)?(?:called\s+)?(?:an?|the)\s+", re.IGNORECASE
)


def compare_words(kind: str, expected: str, text: str, options: Options) -> Finding:
    """Compare words; of a choice, also its letter and its other spellings."""
    if kind == "text":
        capitals = options.get("case") == "matter"
        wanted = fold_text(expected, capitals=capitals)
        spellings = options.get("also", {})
        others = [text for name in ("answer", expected) for text in spellings.get(name, ())]
        rights = {wanted, *(fold_text(other, capitals=capitals) for other in others)}
        if {fold_text(one, capitals=capitals) for one in (text, _OPENING.sub("", text))} & rights:
            return Finding(same=True, how=EXACTLY)
        sides = (fold_text(side, capitals=capitals) for side in (expected, text))
        letters = ["".join(filter(str.isalnum, side)) for side in sides]
        if "\\" in expected + text or letters[0] == letters[1]:
            raise NotRead("words that differ in their marks")
        return DIFFERENT
    wanted = fold_text(expected)
    return (
        Finding(same=True, how=EXACTLY) if _option(text, wanted, options) == wanted else DIFFERENT
    )


def _option(text: str, wanted: str, options: Options) -> str:
    """Return the option that a text names, by its words, its letter or another spelling."""
    choices = [fold_text(choice) for choice in options.get("choices", ())]
    words, meant = fold_text(text), {wanted: wanted, **dict(zip(choices, choices, strict=True))}
    for name, others in options.get("also", {}).items():
        meant |= {
            fold_text(other): wanted if name == "answer" else fold_text(name) for other in others
        }
    letter = re.fullmatch(r"\(?([a-z])\)?", words)
    if letter and words not in meant and ord(letter[1]) - ord("a") < len(choices):
        return choices[ord(letter[1]) - ord("a")]
    if words not in meant:
        raise NotRead("words that are no option")
    return meant[words]


def compare_options(kind: str, expected: str, text: str, options: Options) -> Finding:
    """Compare several options: a set of them, an order, or places with an option each."""
    sides: list[list[str]] = []
    for side in (expected, text):
        pieces = [piece.strip() for piece in re.split(r"[;\n]", side) if piece.strip()]
        pairs = [re.fullmatch(r"(?:(\d+)\s*[:.)-])?\s*(.*)", piece) for piece in pieces]
        is_matching = kind == "matching"
        if is_matching and not all(pair and pair[1] for pair in pairs):
            raise NotRead("pairs in another notation")
        named = [
            pair[2] if is_matching and pair else p for p, pair in zip(pieces, pairs, strict=True)
        ]
        meant = [_option(name, "", options) for name in named]
        marks = [f"{pair[1]}: " if is_matching and pair else "" for pair in pairs]
        sides.append([mark + one for mark, one in zip(marks, meant, strict=True)])
    right, given = sides if kind == "ordering" else map(sorted, sides)
    return Finding(same=True, how=EXACTLY) if right == given else DIFFERENT


def fold_text(text: str, *, capitals: bool = False) -> str:
    """Return words without spacing, hyphens, closing marks and case, unless capitals matter."""
    plain = unicodedata.normalize("NFKC", text)
    plain = plain if capitals else plain.casefold()
    words = re.sub(r"(?<=\w)[-‐‑–](?=\w)", " ", plain)
    return " ".join(words.strip(' .,;:"$').split())
