"""The exact rational value of a reading, with its size checked before anything is computed."""

from __future__ import annotations

import math
from fractions import Fraction

from answers.syntax.errors import TooLarge
from answers.syntax.functions.exact import root
from answers.syntax.functions.table import function_of
from answers.syntax.nodes import Add, Call, Div, Mul, Neg, Node, Num, Pow

MAX_BITS = 40_000


def exact_value(node: Node) -> Fraction | None:
    """Return the exact value of an expression; None where it has variables or roots.

    Raises:
        TooLarge: it would have over 12,000 digits.
        ZeroDivisionError: it divides by zero.

    >>> from answers.syntax.parser import read
    >>> exact_value(read("(1/2)^3 + 1 1/8"))
    Fraction(5, 4)
    """
    match node:
        case Num(value):
            return value
        case Add(parts):
            values = _values(parts)
            return None if values is None else _checked(_sum(values))
        case Mul(parts):
            values = _values(parts)
            return None if values is None else _product(values)
        case Neg(of):
            inner = exact_value(of)
            return None if inner is None else -inner
        case Div(above, below):
            values = _values((above, below))
            return None if values is None else _checked(values[0] / values[1])
        case Pow(base, exponent):
            values = _values((base, exponent))
            return None if values is None else _power(*values)
        case Call(name, args):
            values = _values(args)
            return None if values is None else _called(name, values)
        case _:
            return None


def _values(parts: tuple[Node, ...]) -> list[Fraction] | None:
    values = []
    for part in parts:
        value = exact_value(part)
        if value is None:
            return None
        values.append(value)
    return values


def _bits(value: Fraction) -> int:
    return value.numerator.bit_length() + value.denominator.bit_length()


def _checked(value: Fraction) -> Fraction:
    if _bits(value) > MAX_BITS:
        raise TooLarge
    return value


def _product(values: list[Fraction]) -> Fraction:
    if sum(map(_bits, values)) > 2 * MAX_BITS:
        raise TooLarge
    above = math.prod([value.numerator for value in values])
    return _checked(Fraction(above, math.prod([value.denominator for value in values])))


def _sum(values: list[Fraction]) -> Fraction:
    if all(value.denominator == 1 for value in values):
        return Fraction(sum([value.numerator for value in values]))
    return sum(values[1:], values[0])


def _power(base: Fraction, exponent: Fraction) -> Fraction | None:
    if base in {0, 1} and exponent > 0:
        return base
    if abs(exponent) > MAX_BITS or _bits(base) * abs(exponent) > 2 * MAX_BITS:
        raise TooLarge
    if exponent.denominator == 1:
        return base**exponent.numerator
    return root(base, exponent.denominator, exponent.numerator)


def _called(name: str, values: list[Fraction]) -> Fraction | None:
    function = function_of(name)
    if function.exact is None or not function.takes(len(values)):
        return None
    return function.exact(*values)
