"""Count significant figures and decimal places, on the text itself."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from answers.algebra.rational_value import exact_value
from answers.syntax.nodes import Mul, Neg, Node, Num, Pow
from answers.syntax.printer import format_expression
from answers.syntax.tokenizer import GAPS
from examgen.ground.record import record

if TYPE_CHECKING:
    from answers.options import Options


@record
class Written:
    """A decimal number as it was written, without sign and power of ten.

    Attributes:
        whole: digits before the point.
        part: digits behind it; None where no point was written.
        power: of ten.
    """

    whole: str
    part: str | None
    power: int = 0

    def figures(self) -> tuple[int, int]:
        """Return the least and the largest number of significant figures.

        They differ where a number without a point ends with zeros: 100 has one to three.
        """
        digits = (self.whole + (self.part or "")).lstrip("0")
        if self.part is not None:
            return len(digits), len(digits)
        return len(digits.rstrip("0")), len(digits)

    def is_zero(self) -> bool:
        """Return whether it is zero, of which no figure is significant."""
        return not (self.whole + (self.part or "")).strip("0")

    def places(self) -> int:
        """Return the number of decimal places."""
        return max(len(self.part or "") - self.power, 0)


def find_notation(node: Node) -> Written | None:
    """Return how a decimal number was written, perhaps times a power of ten; else None."""
    match node:
        case Neg(of):
            return find_notation(of)
        case Num(_, text):
            return _from_text(text)
        case Mul((Num(_, text), Pow(Num(base, _), exponent))) if base == 10:
            mantissa, power = _from_text(text), _integer(exponent)
            if mantissa is None or power is None:
                return None
            return Written(mantissa.whole, mantissa.part, mantissa.power + power)
        case Pow(Num(base, _), exponent) if base == 10 and _integer(exponent) is not None:
            return Written("1", None, _integer(exponent) or 0)
        case _:
            return None


def _integer(node: Node) -> int | None:
    match node:
        case Num(value) if value.denominator == 1:
            return value.numerator
        case Neg(Num(value)) if value.denominator == 1:
            return -value.numerator
        case _:
            return None


def _from_text(text: str) -> Written | None:
    clean = GAPS.sub("", text).lower()
    digits, _, power = clean.partition("e")
    if "," in digits:
        grouped = re.fullmatch(r"[1-9]\d{0,2}(,\d{3})+(\.\d*)?", digits)
        digits = digits.replace(",", "") if grouped else digits.replace(".", "").replace(",", ".")
    if not re.fullmatch(r"\d*\.?\d*", digits) or not digits:
        return None
    whole, point, part = digits.partition(".")
    return Written(whole, part if point else None, int(power or 0))


def round_figures(value: Fraction, figures: int) -> Fraction:
    """Return a value rounded to significant figures, ties away from zero.

    >>> round_figures(Fraction("0.012345"), 3), round_figures(Fraction(25), 1)
    (Fraction(123, 10000), Fraction(30, 1))
    """
    if not value:
        return value
    above, below = value.as_integer_ratio()
    size = abs(above)
    # Of the digits before the point, but for one or two: a bit is 0.301 digits.
    power = (size.bit_length() - below.bit_length()) * 301 // 1000 - figures
    while size * _power_of_ten(-power) >= below * _power_of_ten(power) * 10**figures:
        power += 1
    while size * _power_of_ten(-power) < below * _power_of_ten(power) * 10 ** (figures - 1):
        power -= 1
    rounded = _half_up(size * _power_of_ten(-power), below * _power_of_ten(power))
    rounded = rounded if above > 0 else -rounded
    return Fraction(rounded * _power_of_ten(power), _power_of_ten(-power))


def _power_of_ten(power: int) -> int:
    """Return a power of ten; 1 where the exponent is negative."""
    return 10**power if power > 0 else 1


def round_places(value: Fraction, places: int) -> Fraction:
    """Return a value rounded to decimal places, ties away from zero."""
    above, below = value.as_integer_ratio()
    rounded = _half_up(abs(above) * _power_of_ten(places), below * _power_of_ten(-places))
    rounded = rounded if above > 0 else -rounded
    return Fraction(rounded * _power_of_ten(-places), _power_of_ten(places))


def rounding_said(node: Node, expected: Fraction | None, options: Options) -> str:
    """Return what is said of the rounding of an expected value that is asked for exactly.

    Else empty.
    """
    if options.is_rounded or expected is None or (type(node) is Num and node.text.isdecimal()):
        return ""
    form = find_notation(node)
    if form is None or form.part is None or len(form.whole + form.part) < 2:
        return ""
    text = format_expression(node)
    mine = exact_value(node)
    if mine is None or mine == expected:
        return ""
    is_its_rounding = round_places(expected, len(form.part) - form.power) == mine
    return f"the exact value is asked; {text} is its rounding" if is_its_rounding else ""


def _half_up(above: int, below: int) -> int:
    """Return a quotient rounded to a whole number."""
    return (2 * above + below) // (2 * below)


def form_fault(node: Node, options: Options) -> str | None:
    """Return what is wrong with how a number is written.

    None if the options ask for nothing else.
    """
    if options.sigfigs is None and options.decimals is None:
        return None
    form = find_notation(node)
    if form is None:
        return "a decimal number is expected, with its digits written out"
    if options.decimals is not None and form.places() != options.decimals:
        return f"written with {form.places()} decimal places instead of {options.decimals}"
    if options.sigfigs is None or form.is_zero():
        return None
    low, high = form.figures()
    if options.trailing_zeros == "strict":
        high = low
    fits = {
        "exact": low <= options.sigfigs <= high,
        "at_least": high >= options.sigfigs,
        "at_most": low <= options.sigfigs,
    }[options.digits_rule]
    count = str(low) if low == high else f"{low} to {high}"
    return None if fits else f"written with {count} significant figures, not {options.sigfigs}"
