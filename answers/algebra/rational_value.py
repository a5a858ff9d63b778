"""The exact rational value of a reading, with its size checked before anything is computed."""

from __future__ import annotations

import math
from fractions import Fraction

from answers.syntax.nodes import Add, Call, Div, Mul, Neg, Node, Num, Pow

MAX_BITS = 40_000
MAX_FACTORIAL = 1_000


class TooLarge(Exception):
    """A number would have more digits than anything in an exam."""


def exact_value(node: Node) -> Fraction | None:
    """The rational number that a reading stands for; None where it has letters or roots.

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
            return None if values is None else _checked(sum(values, Fraction(0)))
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
    return _checked(math.prod(values, start=Fraction(1)))


def _power(base: Fraction, exponent: Fraction) -> Fraction | None:
    if base in {0, 1} and exponent > 0:
        return base
    if abs(exponent) > MAX_BITS or _bits(base) * abs(exponent) > 2 * MAX_BITS:
        raise TooLarge
    if exponent.denominator == 1:
        return base**exponent.numerator
    return _root(base, exponent.denominator, exponent.numerator)


def _root(base: Fraction, index: int, power: int) -> Fraction | None:
    """An exact root where there is one; None where it is irrational or not real."""
    if index > 64 or (base < 0 and index % 2 == 0):
        return None
    above, below = _integer_root(abs(base.numerator), index), _integer_root(base.denominator, index)
    if above is None or below is None or base < 0:
        return None
    return Fraction(above, below) ** power


def _integer_root(number: int, index: int) -> int | None:
    if index == 2:
        root = math.isqrt(number)
        return root if root * root == number else None
    low, high = 0, 1 << (number.bit_length() // index + 1)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if middle**index <= number else (low, middle - 1)
    return low if low**index == number else None


def _called(name: str, values: list[Fraction]) -> Fraction | None:
    first = values[0] if values else Fraction(0)
    match name, len(values):
        case "abs", 1:
            return abs(first)
        case "floor", 1:
            return Fraction(math.floor(first))
        case "ceil", 1:
            return Fraction(math.ceil(first))
        case "max", _ if values:
            return max(values)
        case "min", _ if values:
            return min(values)
        case "sqrt", 1:
            return _root(first, 2, 1)
        case ("cbrt", 1) if first >= 0:
            return _root(first, 3, 1)
        case ("factorial", 1) if first.denominator == 1 and first >= 0:
            if first > MAX_FACTORIAL:
                raise TooLarge
            return Fraction(math.factorial(first.numerator))
        case ("binomial", 2) if all(v.denominator == 1 and 0 <= v <= MAX_FACTORIAL for v in values):
            return Fraction(math.comb(values[0].numerator, values[1].numerator))
        case ("log10", 1) | ("log2", 1) if first > 0:
            return _logarithm(first, 10 if name == "log10" else 2)
        case _:
            return _whole_numbers(name, values)


def _whole_numbers(name: str, values: list[Fraction]) -> Fraction | None:
    """Divisors, remainders and what else takes steps."""
    match name, values:
        case "gcd" | "lcm", [_, *_] if all(value.denominator == 1 for value in values):
            function = math.gcd if name == "gcd" else math.lcm
            return Fraction(function(*(value.numerator for value in values)))
        case "mod", [first, divisor] if divisor:
            return first - divisor * math.floor(first / divisor)
        case "sign", [first]:
            return Fraction((first > 0) - (first < 0))
        case "round", [first]:
            return Fraction(math.floor(first + Fraction(1, 2)))
        case _:
            return None


def _logarithm(value: Fraction, base: int) -> Fraction | None:
    size = value if value >= 1 else 1 / value
    guess = round(math.log(size.numerator, base)) if size.denominator == 1 else -1
    if guess < 0 or base**guess != size:
        return None
    return Fraction(guess if value >= 1 else -guess)
