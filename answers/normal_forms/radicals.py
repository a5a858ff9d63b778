"""Roots, absolute values and signs: by the irreducible factors of what they are taken of.

|f| is s f with s^2 = 1, and the qth root of |f| is a generator R with R^q = s f. What a root of an
even index is taken of is not negative wherever the expressions are real, which fixes one sign.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flint import arb, fmpq, fmpz

from answers.algebra import multivariate as poly
from answers.algebra.quotient import ROOT
from answers.algebra.space import NoValue
from answers.syntax.errors import TooLarge
from answers.syntax.functions.table import ROOT as ROOT_OF

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from answers.algebra.multivariate import Balls, Poly
    from answers.algebra.quotient import Quotient
    from answers.algebra.space import Space

    Factors = list[tuple[Poly, int]]

_FACTORED_BITS = 64  # larger numbers are left whole


def factors(space: Space, of: Quotient) -> tuple[int, Factors]:
    """Return the sign of the constant, and primes and irreducible factors with their powers."""
    if of.is_zero or space.holds_imaginary(of):
        raise TooLarge
    space.uses_signs = space.uses_signs or of.number() is None
    found: Factors = []
    sign = 1
    for side, way in ((of.above, 1), (of.below, -1)):
        content, each = poly.factor(side)
        sign = sign if content > 0 else -sign
        found += [(poly.constant(p), n * way) for p, n in _primes(abs(content))]
        found += [(factor, n * way) for factor, n in each]
    return sign, found


def _primes(number: fmpz) -> list[tuple[fmpz, int]]:
    if number == 1:
        return []
    if number.bit_length() > _FACTORED_BITS:
        return [(number, 1)]
    return [(p, int(n)) for p, n in number.factor()]


def never_negative(space: Space, of: Quotient) -> Factors:
    """Return the factors of what is not negative wherever the expressions are real."""
    sign, found = factors(space, of)
    if space.is_pointwise:
        space.facts.append(poly.times(of.above, of.below))
        return found
    space.add_fact(sign, [factor for factor, n in found if n % 2])
    return found


def power_of_size(space: Space, factor: Poly, power: fmpq) -> Quotient:
    """Return a power of the absolute value of an irreducible factor."""
    if space.is_sign(factor):
        return space.one
    sign = space.sign(factor)
    if power.denom() == 1:
        exponent = int(power.numer())
        signed = poly.times(sign, factor) if exponent % 2 else factor
        return space.power(space.of(signed), exponent)
    key = (ROOT, poly.key_of(factor))
    parts = space.split(key, int(power.denom()))
    at = space.generator(key, _root_ball(factor, parts), is_positive=True, of=space.of(factor))
    space.relate(at, parts, space.reduce(poly.times(sign, factor)))
    unit = space.of(poly.generator(at))
    return space.power(unit, int((power * parts).numer()))


def _root_ball(factor: Poly, parts: int) -> Callable[[Balls], arb]:
    value = poly.compile_polynomial(factor)
    return lambda known: abs(value(known)).root(parts)


def real_power(space: Space, of: Quotient, power: fmpq) -> Quotient:
    """Return a positive power of what is not negative wherever the expressions are real."""
    if of.is_zero:
        return of
    found = never_negative(space, of)
    return space.product(power_of_size(space, factor, power * n) for factor, n in found)


def odd_root(space: Space, of: Quotient, index: int) -> Quotient:
    """Return a root of an odd index, which negative numbers have, too."""
    if of.is_zero:
        return of
    _, found = factors(space, of)
    size = space.product(power_of_size(space, factor, fmpq(n, index)) for factor, n in found)
    return space.times(sign(space, of), size)


def absolute(space: Space, of: Quotient) -> Quotient:
    """Return the absolute value."""
    if of.is_zero:
        return of
    _, found = factors(space, of)
    return space.product(power_of_size(space, factor, fmpq(n)) for factor, n in found)


def sign(space: Space, of: Quotient) -> Quotient:
    """Return 1 or -1, where it is not zero."""
    return of if of.is_zero else space.over(of, absolute(space, of))


def _root(space: Space, of: Quotient, index: Quotient) -> Quotient:
    number = index.number()
    if number is None or number.denom() != 1:
        raise TooLarge
    whole = int(number.numer())
    if whole == 0 or (whole < 0 and of.is_zero):
        raise NoValue
    return odd_root(space, of, whole) if whole % 2 else real_power(space, of, fmpq(1, whole))


RULES: Mapping[str, Callable[..., Quotient]] = {ROOT_OF.name: _root}
