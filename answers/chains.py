"""Sides joined by `=`: the last one is the answer, and the others have to agree with it.

`4/5 + 2/3 = 22/15`, `9728*4 B = 38912 B = 38 KiB`, `F = H - x`. A side that cannot be read as an
answer only names or explains it; each side that can has to be the exact value of the last, or the
last its correct rounding to the figures shown.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from answers.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from answers.judgement import Values

CHAINED = frozenset("integer number quantity shape list set interval matrix expression".split())
# Those whose plain reading does not look at all sides.
CHECKED = frozenset({"integer", "number", "quantity", "expression"})
_EQUAL = re.compile(r"(?<![<>!:=~/])=(?![=<>/])|==(?!=)|[≈≃≅]|\\approx(?:eq)?(?![a-z])")
_LITERAL = re.compile(r"(?<![\w.,])\d+(?:[.,](\d+))?")
_ROUNDED = 3
_FEWEST_FIGURES = 2
_MOST_INEXACT = Fraction(1, 100)
_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}")


def sides_of(text: str) -> list[str]:
    """Return the sides of a text that are joined by `=` outside of all brackets.

    >>> sides_of("f(x=1) = 2*3 = 6"), sides_of("x <= 3"), sides_of("= 5")
    (['f(x=1)', '2*3', '6'], ['x <= 3'], ['5'])
    """
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
    return len(digits) >= _FEWEST_FIGURES and agree(Stated("", (expected,)), last)


def _is_near(mine: Fraction, theirs: Fraction, room: Fraction, inexact: Fraction) -> bool:
    """Return whether a number is another rounded, halves away from zero."""
    off, most = abs(mine - theirs), room + inexact * abs(theirs)
    return off < most or mine == theirs or (off == most and abs(theirs) > abs(mine))


def _rooms(last: Stated) -> Iterator[Fraction]:
    """Half a unit of the last place shown, for each number; nothing where it is no decimal."""
    shown = list(_LITERAL.finditer(last.text))
    for place, value in enumerate(last.values):
        if len(shown) != len(last.values) and len(last.values) > 1:
            yield Fraction(0)
            continue
        literal = shown[place] if place < len(shown) else None
        decimals = len(literal[1] or "") if literal else 0
        mantissa = Fraction(literal[0].replace(",", ".")) if literal else Fraction(0)
        scale = abs(value / mantissa) if mantissa else Fraction(0)
        yield scale * Fraction(1, 2 * 10**decimals)


def _inexactness(text: str) -> Fraction:
    """How far, as a share of its value, a side may be off that has rounded numbers in it.

    A decimal of less than three figures is taken for exact: 0.7 is no rounded number.
    """
    room = Fraction(0)
    for found in _LITERAL.finditer(text):
        value = Fraction(found[0].replace(",", "."))
        if found[1] and len(found[0].replace(",", ".").replace(".", "").lstrip("0")) >= _ROUNDED:
            room += Fraction(1, 2 * 10 ** len(found[1])) / value
    return min(room, _MOST_INEXACT)
