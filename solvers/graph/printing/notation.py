r"""Numbers for people: thousands separators, short decimals, powers of ten.

Two spellings of one rounding: LaTeX (`20{,}695.68`, `7.889 \times 10^{-31}`) for papers and keys,
plain text (`20,695.68`, `7.889e-31`) for tables and the terminal.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from solvers.graph.number import MAX_DIGITS, Exact, Value, parse_number, to_decimal

if TYPE_CHECKING:
    from solvers.graph.number import Texts

_WIDE = Context(prec=MAX_PREC, Emin=MIN_EMIN, Emax=MAX_EMAX)
_ZEROS_LAST = re.compile(r"[+-]?\d*\.\d*0(?:[eE]([+-]?\d{1,5}))?")

SHORT = 9
MAX_ADJUSTED = 14
MAX_RATIO = 1_000
DECIMALS = 5
CENTS = 2
FIGURES = 4


@dataclass(frozen=True)
class Shown:
    """A number as it is printed, and whether that is its exact value."""

    latex: str
    plain: str
    exact: bool


@dataclass(frozen=True)
class Detail:
    """The extent to which a number is printed.

    Attributes:
        digits: an exact decimal is written out up to so many significant digits.
        ratio: a ratio of smaller numbers is printed as a fraction; 0: always as a decimal.
        figures: a rounded number has at least so many significant figures.
    """

    digits: int = SHORT
    ratio: int = MAX_RATIO
    figures: int = FIGURES


USUAL = Detail()
IN_DIGITS = Detail(ratio=0)
# For what a reader must be able to calculate with: all that a question file can state.
IN_FULL = Detail(digits=MAX_DIGITS, ratio=10**MAX_DIGITS)


def show(value: Exact, detail: Detail = USUAL) -> Shown:
    r"""Print one number.

    Whole numbers and short decimals are printed exactly, ratios of small numbers as fractions;
    everything else is rounded: to 4 significant digits with a power of ten, or without one to 5 of
    them, and at least 2 decimals.

    >>> show(Fraction(2069568, 100)).plain
    '20,695.68'
    >>> show(Fraction(1, 4) ** 50)
    Shown(latex='7.889 \\times 10^{-31}', plain='7.889e-31', exact=False)
    >>> show(Fraction("1.23456789012e-6")).plain, show(Fraction("1.23456789012e-6"), IN_FULL).plain
    ('1.235e-6', '1.23456789012e-6')
    """
    if isinstance(value, Fraction) or not value:
        exact = _exactly(Fraction(value), detail)
        if exact is not None:
            return exact
    return _rounded(to_decimal(value), detail.figures)


def show_figures(value: Fraction, figures: int, *, in_full: bool = True) -> Shown:
    r"""Print a number rounded to significant figures, ties away from zero, zeros kept.

    Args:
        value: the number.
        figures: how many.
        in_full: whether the last zeros of a whole number count as figures, as in 100.

    >>> show_figures(Fraction(130, 7), 3).plain, show_figures(Fraction(1_234_567), 3).plain
    ('18.6', '1.23e6')
    """
    if not value:
        return _grouped(Decimal(0).scaleb(-figures), exact=True)
    power = to_decimal(value).adjusted()
    number = _to_places(value, figures - 1 - power)
    if number.adjusted() > power:  # 9.99 became 10.0
        power += 1
        number = _to_places(value, figures - 1 - power)
    is_exact = Fraction(number) == value
    is_fixed = -DECIMALS <= power < figures and (in_full or power < figures - 1 or number % 10)
    return _grouped(number, exact=is_exact) if is_fixed else _scientific(number, exact=is_exact)


def show_places(value: Fraction, places: int) -> Shown:
    """Print a number rounded to decimal places, ties away from zero.

    >>> show_places(Fraction("403.2079999999"), 3).plain
    '403.208'
    """
    number = _to_places(value, places)
    return _grouped(number, exact=Fraction(number) == value)


def as_written(text: str) -> Shown | None:
    r"""Print a decimal whose last zeros its author wrote, with them; None for any other text.

    >>> as_written("1.50"), as_written("1.5")
    (Shown(latex='1.50', plain='1.50', exact=True), None)
    """
    match = _ZEROS_LAST.fullmatch(text.strip())
    if match is None:
        return None
    number = Decimal(match[0])
    return _scientific(number) if match[1] else _grouped(number)


def as_printed(value: Value) -> Value:
    """Return what a reader has who takes a printed value for exact.

    >>> as_printed(Fraction(1, 7001))
    Fraction(3571, 25000000)
    """
    if isinstance(value, tuple):
        return tuple(map(as_printed, value))
    return parse_number(show(value).plain.replace(",", ""))


def show_given(texts: Texts) -> Shown:
    """Print what a question gives, a number or a list, with every digit that its author wrote.

    >>> show_given(("1.50", "12345678901234567")).plain
    '(1.50, 12,345,678,901,234,567)'
    """
    if isinstance(texts, str):
        return as_written(texts) or show(parse_number(texts), IN_FULL)
    return _listed(tuple(map(show_given, texts)))


def _to_places(value: Fraction, places: int) -> Decimal:
    """Return the value rounded to so many decimal places (before the point: fewer than none)."""
    scaled = abs(value) * Fraction(10) ** places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal((int(value < 0 < whole), tuple(map(int, str(whole))), -places))


def _exactly(value: Fraction, detail: Detail) -> Shown | None:
    if value.denominator == 1 and abs(value) < 10 ** (MAX_ADJUSTED + 1):
        return _grouped(Decimal(value.numerator))
    decimal = _terminating(value)
    if decimal is not None and len(decimal.as_tuple().digits) <= detail.digits:
        is_short = len(decimal.as_tuple().digits) <= SHORT
        is_fixed = decimal.adjusted() >= -DECIMALS and (
            decimal.adjusted() <= MAX_ADJUSTED or (value.denominator == 1 and not is_short)
        )
        return _grouped(decimal) if is_fixed else _scientific(decimal)
    if abs(value.numerator) < detail.ratio and 1 < value.denominator < detail.ratio:
        sign = "-" if value < 0 else ""
        above, below = abs(value.numerator), value.denominator
        return Shown(rf"{sign}\frac{{{above}}}{{{below}}}", f"{sign}{above}/{below}", exact=True)
    return None


def _terminating(value: Fraction) -> Decimal | None:
    """Return the value as a decimal without zeros at its end; None where it does not end soon."""
    below, twos = value.denominator, (value.denominator & -value.denominator).bit_length() - 1
    fives, rest = 0, below >> twos
    while rest % 5 == 0:
        fives, rest = fives + 1, rest // 5
    if rest != 1 or max(twos, fives) > MAX_DIGITS:
        return None
    whole = value.numerator * 10 ** max(twos, fives) // below
    number = Decimal(whole).scaleb(-max(twos, fives), _WIDE)
    return number.normalize(_WIDE)


def _grouped(value: Decimal, *, exact: bool = True) -> Shown:
    plain = f"{value:,f}"
    return Shown(plain.replace(",", "{,}"), plain, exact)


def _scientific(value: Decimal, *, exact: bool = True) -> Shown:
    power = value.adjusted()
    mantissa = f"{value.scaleb(-power, _WIDE):f}"
    return Shown(rf"{mantissa} \times 10^{{{power}}}", f"{mantissa}e{power}", exact)


def _rounded(value: Decimal, figures: int) -> Shown:
    power = value.adjusted()
    if -4 <= power < SHORT or not value:
        places = max(DECIMALS - 1 - power, figures - 1 - power, CENTS)
        exponent = Decimal(1).scaleb(-places)
        return _grouped(value.quantize(exponent, context=_WIDE), exact=False)
    rounded = Context(prec=figures, Emin=MIN_EMIN, Emax=MAX_EMAX).plus(value)
    return _scientific(rounded, exact=False)


def show_value(value: Value, detail: Detail = USUAL) -> Shown:
    """Print a number, or a list of numbers in parentheses."""
    if not isinstance(value, tuple):
        return show(value, detail)
    return _listed(tuple(show_value(item, detail) for item in value))


def _listed(items: tuple[Shown, ...]) -> Shown:
    latex, plain = (
        ", ".join(texts)
        for texts in ([item.latex for item in items], [item.plain for item in items])
    )
    return Shown(f"({latex})", f"({plain})", all(item.exact for item in items))
