r"""Numbers for people: thousands separators, short decimals, powers of ten.

Two spellings of one rounding: LaTeX (`20{,}695.68`, `7.889 \times 10^{-31}`) for papers and keys,
plain text (`20,695.68`, `7.889e-31`) for tables and the terminal.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from solvers.graph.number import CONTEXT, Exact, Value, to_decimal

if TYPE_CHECKING:
    from collections.abc import Callable

SHORT = 9
MAX_WHOLE = 10**15
MAX_RATIO = 1_000
DECIMALS = 5
CENTS = 2


@dataclass(frozen=True)
class Shown:
    """A number as it is printed, and whether that is its exact value."""

    latex: str
    plain: str
    exact: bool


def show(value: Exact) -> Shown:
    r"""Prints one number.

    Whole numbers and short decimals are printed exactly, ratios of small numbers as fractions;
    everything else is rounded: to 4 significant digits with a power of ten, or without one to 5 of
    them, and at least 2 decimals.

    >>> show(Fraction(2069568, 100)).plain
    '20,695.68'
    >>> show(Fraction(1, 4) ** 50)
    Shown(latex='7.889 \\times 10^{-31}', plain='7.889e-31', exact=False)
    """
    if isinstance(value, Fraction):
        exact = _exactly(value)
        if exact is not None:
            return exact
    return _rounded(to_decimal(value))


def _exactly(value: Fraction) -> Shown | None:
    if value.denominator == 1:
        return _grouped(Decimal(value.numerator)) if abs(value) < MAX_WHOLE else None
    decimal = to_decimal(value)
    short = decimal.normalize(CONTEXT)
    if len(short.as_tuple().digits) <= SHORT and short.adjusted() >= -DECIMALS:
        return _grouped(short)
    if abs(value.numerator) < MAX_RATIO and value.denominator < MAX_RATIO:
        sign = "-" if value < 0 else ""
        above, below = abs(value.numerator), value.denominator
        return Shown(rf"{sign}\frac{{{above}}}{{{below}}}", f"{sign}{above}/{below}", exact=True)
    return None


def _grouped(value: Decimal, *, exact: bool = True) -> Shown:
    plain = f"{value:,f}"
    return Shown(plain.replace(",", "{,}"), plain, exact)


def _rounded(value: Decimal) -> Shown:
    if -4 <= value.adjusted() < SHORT or not value:
        places = max(DECIMALS - 1 - value.adjusted(), CENTS)
        return _grouped(value.quantize(Decimal(1).scaleb(-places), context=CONTEXT), exact=False)
    mantissa = CONTEXT.quantize(value.scaleb(-value.adjusted(), CONTEXT), Decimal("0.001"))
    power = value.adjusted()
    if abs(mantissa) == 10:
        mantissa, power = mantissa.scaleb(-1), power + 1
    return Shown(rf"{mantissa} \times 10^{{{power}}}", f"{mantissa}e{power}", exact=False)


def show_value(value: Value) -> Shown:
    """Prints a number, or a list of numbers in parentheses."""
    if not isinstance(value, tuple):
        return show(value)
    items = tuple(map(show_value, value))
    exact = all(item.exact for item in items)
    return Shown(_listed(items, lambda s: s.latex), _listed(items, lambda s: s.plain), exact)


def _listed(items: tuple[Shown, ...], spelling: Callable[[Shown], str]) -> str:
    return "(" + ", ".join(map(spelling, items)) + ")"
