"""Numbers that sides state, and whether one is another rounded to the figures shown."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from examgen.ground.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from answers.verdict import Values

_LITERAL = re.compile(r"(?<![\w.,])\d+(?:[.,](\d+))?")
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
_ROUNDED, _FEW = 3, 2
_MOST_INEXACT = Fraction(1, 100)


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
