"""Sides joined by `=`: the last one is the answer, and the others have to agree with it.

`4/5 + 2/3 = 22/15`, `9728*4 B = 38912 B = 38 KiB`, `F = H - x`. A side that cannot be read as an
answer only names or explains it; each side that can has to be the exact value of the last, or the
last its correct rounding to the figures shown.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from answers.algebra.rational_value import exact_value
from answers.ambiguities.wording import may_change, may_deny
from answers.syntax.errors import TooLarge, Unreadable
from answers.syntax.functions.table import FUNCTIONS, LETTERS
from answers.syntax.parser import read
from examgen.ground.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from answers.verdict import Values

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
_LITERAL = re.compile(r"(?<![\w.,])\d+(?:[.,](\d+))?")
_LAST_NAME = re.compile(r"(?:^|[;,\s])(\\?[^\W\d_]\w*(?:_\{\w+\})?)\s*$")
# A number as it is shown, in groups of three; what raises it or a unit is no number beside it.
_NUMERAL = re.compile(
    r"(?<![\w.,])(\d{1,3}(?:(?:[,'’\s\u202f]|\{,\}|\\,)\d{3})+(?!\d)|\d+)?(?:[.,](\d+))?(?<=\d)"
)
_GROUPING = re.compile(r"\D")
_WORKED = re.compile(r"[\d)]\s*[xX×*·/+−-]\s*[\d(]")
_POWER = re.compile(
    r"(?:[xX×*·]|\\times|\\cdot)\s*10\s*(?:(?:\^|\*\*)\s*[({]?\s*[-+−]?\d+\s*[)}]?|[⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹]+)"
    r"|(?<=\d)[eE][-+−]?\d+"
)
_EXPONENT = re.compile(r"\^\s*[({]?\s*[-+−]?\d+\s*[)}]?|(?<=[A-Za-zμΩ°])[-−]?\d+")
_BARE_NAME = re.compile(r"\\?([A-Za-z]\w*)(?:_\{?\w+\}?)?(?:\([\w, ]*\))?")
_ROUNDED, _FEW = 3, 2
_MOST_INEXACT = Fraction(1, 100)
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


def value_of(side: str) -> Fraction | None:
    """Return the exact value of a side; None where it states none."""
    try:
        return exact_value(read(side))
    except (Unreadable, TooLarge, ZeroDivisionError):
        return None


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


def shows_figures(text: str) -> bool:
    """Return whether a rounded number shows enough to be told from a guess: two figures."""
    shown = [found[0].replace(".", "").replace(",", "") for found in _LITERAL.finditer(text)]
    return not shown or max(len(figures.lstrip("0")) for figures in shown) >= _FEW


@record
class Stated:
    """A side and the numbers that it states."""

    text: str
    values: tuple[Fraction, ...]

    @classmethod
    def of(cls, text: str, value: Values) -> Stated | None:
        """Return a side with its numbers; None where it states none."""
        if value is None:
            return None
        return cls(text, value if isinstance(value, tuple) else (value,))


def agree(side: Stated, last: Stated) -> bool:
    """Return whether the last side is the value of another, or its rounding to what it shows.

    A side with decimals of its own is known only as well as these.

    >>> two_thirds = Stated("2/3", (Fraction(2, 3),))
    >>> agree(two_thirds, Stated("0.667", (Fraction("0.667"),)))
    True
    >>> agree(two_thirds, Stated("0.666", (Fraction("0.666"),)))
    False
    """
    if len(side.values) != len(last.values):
        return False
    inexact = _inexactness(side.text)
    return all(
        _is_near(mine, theirs, room, inexact if room else Fraction(0))
        for mine, theirs, room in zip(side.values, last.values, _rooms(last), strict=True)
    )


def is_rounding(expected: Fraction, last: Stated) -> bool:
    """Return whether a number is another one rounded to the figures shown, at least two of them.

    >>> is_rounding(Fraction(1179648), Stated("1.2", (Fraction(1200000),)))
    True
    """
    literal = _LITERAL.search(last.text)
    digits = literal[0].replace(",", ".").replace(".", "").lstrip("0") if literal else ""
    return len(digits) >= _FEW and agree(Stated("", (expected,)), last)


def _is_near(mine: Fraction, theirs: Fraction, room: Fraction, inexact: Fraction) -> bool:
    """Return whether a number is another rounded, halves away from zero."""
    off, most = abs(mine - theirs), room + inexact * abs(theirs)
    return off < most or mine == theirs or (off == most and abs(theirs) > abs(mine))


def _rooms(last: Stated) -> Iterator[Fraction]:
    """Yield half a unit of the last place shown, for each number; nothing where more is written."""
    bare = _POWER.sub(" ", last.text)
    shown = list(_NUMERAL.finditer(_EXPONENT.sub(" ", bare)))
    for place, value in enumerate(last.values):
        if len(shown) != len(last.values) or _WORKED.search(bare):
            yield Fraction(0)
            continue
        whole, decimals = _GROUPING.sub("", shown[place][1] or ""), shown[place][2] or ""
        mantissa = Fraction(f"{whole or 0}.{decimals or 0}")
        scale = abs(value / mantissa) if mantissa else Fraction(0)
        yield scale * Fraction(1, 2 * 10 ** len(decimals))


def _inexactness(text: str) -> Fraction:
    """Return how far, as a share of its value, a side may be off that has rounded numbers in it.

    A decimal of less than three figures is taken for exact: 0.7 is no rounded number.
    """
    room = Fraction(0)
    for found in _LITERAL.finditer(text):
        value = Fraction(found[0].replace(",", "."))
        if found[1] and len(found[0].replace(",", ".").replace(".", "").lstrip("0")) >= _ROUNDED:
            room += Fraction(1, 2 * 10 ** len(found[1])) / value
    return min(room, _MOST_INEXACT)
