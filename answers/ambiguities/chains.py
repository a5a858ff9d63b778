"""Sides joined by `=`: the last one is the answer, and the others have to agree with it.

`4/5 + 2/3 = 22/15`, `9728*4 B = 38912 B = 38 KiB`, `F = H - x`. A side that cannot be read as an
answer only names or explains it; each side that can has to be the exact value of the last, or the
last its correct rounding to the figures shown.
"""

from __future__ import annotations

import re

from answers.ambiguities.wording import may_change, may_deny
from answers.syntax.functions.table import FUNCTIONS, LETTERS

_EQUAL = re.compile(r"(?<![<>!:=~/])=(?![=<>/])|==(?!=)|[≈≃≅]|\\approx(?:eq)?(?![a-z])")
_NAME = r"\\?[^\W\d_]\w*?(?:_\{?\w+\}?)?"
# A multiple or a part of one name, whose value is another than that of the name.
_PART = re.compile(
    rf"\s*(?:[-−–]\s*{_NAME}|[-−–]?\d[\d.,]*\s*[*·×/]?\s*{_NAME}|{_NAME}\s*(?:[*·×/+−–-]\s*\d[\d.,]*|[%!]))\s*"
)
# Words around one number, which is another value than the last.
_COUNT = re.compile(
    r"(?!.*\b(?:layer|block|stage|step|part|case|question|image|number|eq)s?\W*\d)"
    r"[^\d+*/^=()]*(?<!\w)\d[\d.,'’]+(?![\w(])[^\d+*/^=()]*|\s*\d[\d.,]*(?:\s+[^\W\d_]+){1,3}\s*",
    re.IGNORECASE | re.DOTALL,
)
_LAST_NAME = re.compile(r"(?:^|[;,\s])(\\?[^\W\d_]\w*(?:_\{\w+\})?)\s*$")
_BARE_NAME = re.compile(r"\\?([A-Za-z]\w*)(?:_\{?\w+\}?)?(?:\([\w, ]*\))?")
_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}")


def sides_of(text: str) -> list[str]:
    """Return the sides of a text that are joined by `=` outside of all brackets.

    >>> sides_of("f(x=1) = 2*3 = 6"), sides_of("x <= 3"), sides_of("= 5")
    (['f(x=1)', '2*3', '6'], ['x <= 3'], ['5'])
    """
    if "=" not in text and text.isascii() and "\\approx" not in text:
        return [text.strip()] if text.strip() else []
    sides, start = [], 0
    for found in _EQUAL.finditer(text):
        if _depth(text, found.start()) == 0:
            sides.append(text[start : found.start()])
            start = found.end()
    sides.append(text[start:])
    return [side.strip() for side in sides if side.strip()]


def _depth(text: str, end: int) -> int:
    depth = 0
    for sign in text[:end]:
        depth += (sign in _OPENING) - (sign in _CLOSING)
    return depth


def is_label(side: str) -> bool:
    """Return whether a side that states no value only names, or works out, what the others are.

    >>> is_label("n"), is_label("C*(K^2 + 1)"), is_label("f(2n)"), is_label("all weights")
    (True, True, True, True)
    >>> is_label("2n"), is_label("not n"), is_label("9600 weights"), is_label("?")
    (False, False, False, False)
    """
    if may_deny(side) or not any(map(str.isalpha, side)):
        return False
    is_count = _COUNT.fullmatch(side) is not None and not may_change(side)
    return not is_part(side) and not is_count


def is_name(side: str) -> bool:
    """Return whether a side only names the others: a letter, or a function of something."""
    found = _BARE_NAME.fullmatch(side)
    return found is not None and found[1] not in FUNCTIONS and found[1] not in LETTERS


def is_part(side: str) -> bool:
    """Return whether a side is a multiple or a part of one name: 2n, n/2, -n."""
    return _PART.fullmatch(side) is not None


def repeats_name(sides: list[str]) -> bool:
    """Return whether two sides end with one name: `n = 9600; n = 9728` are two answers.

    >>> repeats_name(["n", "9600; n"]), repeats_name(["x", "a*x"])
    (True, False)
    """
    names = [found[1] for found in map(_LAST_NAME.search, sides) if found]
    return len(set(names)) < len(names)
