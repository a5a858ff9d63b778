"""Rational values of functions at rational numbers, where they have one."""

from __future__ import annotations

import math
from fractions import Fraction

from answers.syntax.errors import TooLarge

MAX_FACTORIAL = 1_000
MAX_INDEX = 64


def root(base: Fraction, index: int, power: int = 1) -> Fraction | None:
    """Return a power of an exact root; None where it is irrational or not real."""
    if index > MAX_INDEX or base < 0:
        return None
    numerator = _integer_root(base.numerator, index)
    denominator = _integer_root(base.denominator, index)
    if numerator is None or denominator is None:
        return None
    return Fraction(numerator, denominator) ** power


def _integer_root(number: int, index: int) -> int | None:
    if index == 2:
        found = math.isqrt(number)
        return found if found * found == number else None
    if number < 2:
        return number
    found, following = 0, 1 << -(-number.bit_length() // index)
    while not found or following < found:  # Newton's method, from above
        found = following
        following = ((index - 1) * found + number // found ** (index - 1)) // index
    return found if found**index == number else None


def logarithm(value: Fraction, base: int) -> Fraction | None:
    """Return a logarithm that is an integer."""
    if value <= 0:
        return None
    size = value if value >= 1 else 1 / value
    guess = round(math.log(size.numerator, base)) if size.denominator == 1 else -1
    if guess < 0 or base**guess != size:
        return None
    return Fraction(guess if value >= 1 else -guess)


def factorial(value: Fraction) -> Fraction | None:
    """Return the factorial of an integer.

    Raises:
        TooLarge: nobody could write it out.
    """
    if value.denominator != 1 or value < 0:
        return None
    if value > MAX_FACTORIAL:
        raise TooLarge
    return Fraction(math.factorial(value.numerator))


def binomial(n: Fraction, k: Fraction) -> Fraction | None:
    """Return a binomial coefficient of integers."""
    if any(part.denominator != 1 or not 0 <= part <= MAX_FACTORIAL for part in (n, k)):
        return None
    return Fraction(math.comb(n.numerator, k.numerator))


def gcd(*values: Fraction) -> Fraction | None:
    """Return the greatest common divisor of integers."""
    return Fraction(math.gcd(*(v.numerator for v in values))) if _are_integers(values) else None


def lcm(*values: Fraction) -> Fraction | None:
    """Return the least common multiple of integers."""
    return Fraction(math.lcm(*(v.numerator for v in values))) if _are_integers(values) else None


def _are_integers(values: tuple[Fraction, ...]) -> bool:
    return all(value.denominator == 1 for value in values)


def remainder(value: Fraction, divisor: Fraction) -> Fraction | None:
    """Return what is left of a division, with the sign of the divisor."""
    return value - divisor * math.floor(value / divisor) if divisor else None


def nearest(value: Fraction) -> Fraction:
    """Return the nearest integer, the larger of two."""
    return Fraction(math.floor(value + Fraction(1, 2)))
