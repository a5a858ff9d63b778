"""Decide whether a number is close enough, exactly, and if not, how far off it is."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from answers.numbers.significant_figures import round_figures, round_places
from solvers.graph.number import to_decimal
from solvers.graph.printing.notation import FIGURES, Detail, show, show_figures, show_places

if TYPE_CHECKING:
    from answers.options import Options

MAX_DECADES = 400

EXACTLY = "exactly the expected value"
_ANY = "any value in so many figures"
_NONE, _ONE = Fraction(0), Fraction(1)
_DECIMAL = Detail(ratio=0)
_BY_1024 = frozenset(
    (Fraction(128, 125) ** power).as_integer_ratio() for power in (-3, -2, -1, 1, 2, 3)
)


def within_tolerance(
    value: Fraction, expected: Fraction, options: Options, worth: Fraction = _ONE
) -> bool:
    """Return whether a value is within the options' tolerance, bounds included.

    Args:
        value: what was answered.
        expected: the right value.
        options: rel and abs add up; accuracy and decimals compare rounded values.
        worth: of the unit of `abs`, in units of the values.
    """
    if value == expected or not options.is_rounded:
        return value == expected
    if options.log10 is not None:
        return _within_decades(value, expected, options.log10)
    if options.has_tolerance:
        return abs(value - expected) <= _slack(expected, options, worth)
    figures = options.sigfigs if options.accuracy is None else options.accuracy
    if options.decimals is not None:
        return round_places(value, options.decimals) == round_places(expected, options.decimals)
    return not figures or round_figures(value, figures) == round_figures(expected, figures)


def _slack(expected: Fraction, options: Options, worth: Fraction) -> Fraction:
    """Return how far a value may be from the expected one."""
    slack = options.abs and options.abs * worth
    if not options.rel:
        return slack or _NONE
    rel = options.rel * abs(expected)
    return rel + slack if slack else rel


def close_complex(
    value: tuple[Fraction, Fraction], expected: tuple[Fraction, Fraction], options: Options
) -> bool:
    """Return whether a complex number lies within rel and abs of the expected one, in the plane."""
    distance = (value[0] - expected[0]) ** 2 + (value[1] - expected[1]) ** 2
    size = expected[0] ** 2 + expected[1] ** 2
    rel, slack = options.rel or 0, options.abs or 0
    # distance <= (rel |expected| + slack)^2, without taking a root
    rest = distance - rel * rel * size - slack * slack
    return rest <= 0 or rest * rest <= 4 * rel * rel * slack * slack * size


def _within_decades(value: Fraction, expected: Fraction, decades: Fraction) -> bool:
    if not value or not expected:
        return value == expected
    ratio = value / expected
    if ratio < 0 or decades > MAX_DECADES:
        return ratio > 0
    ratio = max(ratio, 1 / ratio)
    return ratio**decades.denominator <= Fraction(10) ** decades.numerator


def interval_text(
    expected: Fraction, options: Options, unit: str = "", worth: Fraction = _ONE
) -> str:
    """Return what is accepted, in words.

    Args:
        expected: the right value.
        options: the tolerance.
        unit: what the value is measured in.
        worth: of the unit of `abs`, in that unit.
    """
    return _interval_text(expected, options, unit, worth) if options.is_rounded else EXACTLY


# Each mistake of an answer is compared with the same value.
@lru_cache(maxsize=4_096)
def _interval_text(expected: Fraction, options: Options, unit: str, worth: Fraction) -> str:

    def of(number: str) -> str:
        return f"{number} {unit}".rstrip()

    if options.log10 is not None:
        decades = show(options.log10, _DECIMAL).plain
        return f"within {decades} decades of {of(show(expected, _DECIMAL).plain)}"
    if options.has_tolerance:
        slack = _slack(expected, options, worth)
        if not slack:
            return EXACTLY
        low, high = (show(end, detail_of(end, slack)).plain for end in _ends(expected, slack))
        return f"from {low} to {of(high)}"
    if options.decimals is not None:
        number = show_places(expected, options.decimals).plain
        return f"{of(number)} to {options.decimals} decimal places"
    figures = options.sigfigs if options.accuracy is None else options.accuracy
    if figures:
        return f"{of(show_figures(expected, figures).plain)} to {figures} significant figures"
    return _ANY


def _ends(expected: Fraction, slack: Fraction) -> tuple[Fraction, Fraction]:
    return expected - slack, expected + slack


def detail_of(value: Fraction, slack: Fraction, more: int = 2) -> Detail:
    """Return how a number is printed from which others may differ by a slack.

    Args:
        value: the number.
        slack: how far others may be from it.
        more: how many figures it has beyond those that the slack leaves certain.

    >>> detail_of(Fraction(403), Fraction(1, 10**7)).figures
    12
    """
    if not slack or not value:
        return _DECIMAL
    places = more - to_decimal(slack).adjusted()
    return _with_figures(max(FIGURES, to_decimal(value).adjusted() + 1 + places))


@cache
def _with_figures(figures: int) -> Detail:
    return replace(_DECIMAL, figures=figures)


def diagnose_slip(value: Fraction, expected: Fraction) -> str:
    """Return the kind of a numerical slip, where it has a name; else an empty text."""
    if not expected or not value:
        return ""
    above, below = (value / expected).as_integer_ratio()
    if above == -1 and below == 1:
        return "the sign is wrong"
    if above % 2 == below % 2:
        return ""  # powers of 10 and of 1024 are even, and what is above or below them is not
    above = abs(above)
    for base, what in ((10, "a power of ten"), (1024, "a factor of 1024")):
        if 1 in {above, below} and (power := _power_of(above * below, base)):
            return f"off by {what} ({base}^{power if below == 1 else -power})"
    if (above, below) in _BY_1024:
        return "off by 1024/1000: mixed up powers of 1000 and of 1024"
    return ""


def _power_of(size: int, base: int) -> int:
    """Return the exponent with which a base gives a whole number; 0 where none does."""
    power = 0
    while power <= MAX_DECADES and size % base == 0:
        size, power = size // base, power + 1
    return power if size == 1 else 0
