"""Decide whether a constant is zero: exactly, as far as it is made of roots.

A number that is made of roots is a zero of a polynomial with whole coefficients (its norm, made by
resultants). Nothing but zero that this polynomial vanishes at is smaller than Cauchy's bound, so a
ball that is smaller proves zero.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flint import arb, ctx

from answers.algebra import multivariate as poly
from answers.algebra.quotient import IMAGINARY
from answers.syntax.errors import TooLarge

if TYPE_CHECKING:
    from answers.algebra.multivariate import Poly
    from answers.algebra.space import Space

BITS = (128, 512, 2_048)


def is_zero(space: Space, of: Poly) -> bool:
    """Return whether a polynomial in constants is proved to be zero."""
    roots = _roots(space)
    others = set(range(poly.SIZE)) - roots
    try:
        return all(_vanishes(space, part, roots) for part in poly.parts_by(of, others))
    except TooLarge:
        return False


def vanishes(space: Space, of: Poly) -> bool:
    """Return whether all coefficients of what depends on variables are proved to be zero."""
    varying = space.varying
    if not varying:
        return is_zero(space, of)
    return all(is_zero(space, part) for part in poly.parts_by(of, varying))


def constant_sign(space: Space, above: Poly, below: Poly) -> int | None:
    """Return the sign of a quotient that is proved to be a constant and not zero; None: it is none.

    A quotient of sums is a constant where the coefficients of both are proportional.
    """
    varying = space.varying
    one, other = poly.rows_by(above, varying), poly.rows_by(below, varying)
    if one.keys() != other.keys() or not one:
        return None
    first = next(iter(one))
    a, b = one[first], other[first]
    try:
        crossed = [
            poly.times(one[key], b) - poly.times(other[key], a) for key in one if key != first
        ]
    except TooLarge:
        return None
    if not all(is_zero(space, space.reduce(each)) for each in crossed):
        return None
    return space.sign_of_constant(poly.times(a, b)) or None


def _roots(space: Space) -> set[int]:
    """Return the generators that are real zeros of polynomials in numbers and other such ones."""
    found: set[int] = set()
    for n in sorted(space.relations):
        is_real = space.generators[n].family != IMAGINARY
        if is_real and found.issuperset({*poly.generators(space.relations[n].zero)} - {n}):
            found.add(n)
    return found


def _vanishes(space: Space, of: Poly, roots: set[int]) -> bool:
    if of.is_constant():
        return of.is_zero()
    value, least = poly.compile_polynomial(of), None
    for bits in BITS:
        ctx.prec = bits
        found = value(space.constants())
        if not found.contains(0):
            return False
        least = least or _least(space, of, roots)
        if least is None:
            return False
        if found.abs_upper() < arb(least[0]) / least[1]:
            return True
    return False


def _least(space: Space, of: Poly, roots: set[int]) -> tuple[int, int] | None:
    """Return a bound as a quotient: nothing but zero that it can be is smaller; None: none."""
    spare = len(space.generators)
    if spare >= poly.SIZE:
        return None
    norm = poly.generator(spare) - of
    for n in sorted(roots, reverse=True):
        if poly.degree(norm, n):
            norm = poly.eliminate(norm, space.relations[n].zero, n)
    coefficients = poly.coefficients_in(norm, spare)
    if not coefficients or coefficients[0]:
        return None
    sizes = [abs(c) for c in coefficients]
    lowest = next(c for c in sizes if c)
    return lowest, lowest + max(sizes)
