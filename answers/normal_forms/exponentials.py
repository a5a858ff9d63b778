"""Exponentials and logarithms: powers of one generator for each monomial of an exponent.

ln f is a sum over the irreducible factors of f, and e^(c ln f) is f^c, so that logarithms and
powers of variables are reduced to roots.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flint import arb, fmpq

from answers.algebra import multivariate as poly
from answers.algebra.quotient import ROOT, Quotient
from answers.algebra.space import NoValue, Space
from answers.normal_forms.angles import turned
from answers.normal_forms.radicals import never_negative, power_of_size, real_power
from answers.normal_forms.terms import Term, terms_of
from answers.syntax.errors import TooLarge
from answers.syntax.functions.table import EXP, LN

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from answers.algebra.multivariate import Balls, Poly

_EXP, _LN = EXP.name, LN.name


def exponential(space: Space, of: Quotient) -> Quotient:
    """Return e to a power."""
    found, angle = [], space.zero
    for term in terms_of(space, of):
        if term.is_imaginary:
            angle = space.plus(angle, term.quotient(space))
        elif term.single and term.single.family == _LN and term.single.of is not None:
            found.append(power_of_size(space, term.single.of.above, term.times))
        else:
            found.append(_power_of_unit(space, term))
    if not angle.is_zero:
        found.append(turned(space, angle))
    return space.product(found)


def _power_of_unit(space: Space, term: Term) -> Quotient:
    key = (_EXP, term.key)
    step = space.unit(key, term.times)
    value = term.unit.ball()
    unit = space.quotient(
        key, lambda known: (value(known) * arb(step)).exp(), is_positive=True, of=term.unit
    )
    return space.power(unit, int((term.times / step).numer()))


def logarithm(space: Space, of: Quotient) -> Quotient:
    """Return the natural logarithm of what is positive wherever the expressions are real."""
    if of.is_zero:
        raise NoValue
    total = space.zero
    for factor, n in never_negative(space, of):
        total = space.plus(total, _of_factor(space, factor, fmpq(n)))
    return total


def _of_factor(space: Space, factor: Poly, n: fmpq) -> Quotient:
    """Return a multiple of the logarithm of the size of a factor."""
    if space.is_sign(factor):
        return space.zero
    exponents = poly.terms(factor)[0][0]
    single = space.single(exponents) if len(factor) == 1 else None
    if single is not None and single.of is not None:
        if single.family == _EXP:
            return space.times(space.constant(n * space.units[single.key]), single.of)
        if single.family == ROOT:
            return _of_factor(space, single.of.above, n / space.parts[single.key])
    log = space.quotient(
        (_LN, poly.key_of(factor)), _log_ball(factor), of=Quotient(factor, poly.ONE)
    )
    return space.times(space.constant(n), log)


def _log_ball(factor: Poly) -> Callable[[Balls], arb]:
    value = poly.compiled(factor)
    return lambda known: abs(value(known)).log()


def power(space: Space, base: Quotient, exponent: Quotient) -> Quotient:
    """Return a power whose exponent may be any expression."""
    number, value = exponent.number(), base.number()
    if number is not None and number.denom() == 1:
        if number.numer().bit_length() > 64:
            raise TooLarge
        return space.power(base, int(number.numer()))
    if value is not None and value < 0:
        return _power_of_negative(space, space.constant(-value), exponent)
    if number is not None and number > 0:
        return real_power(space, base, number)
    return exponential(space, space.times(exponent, logarithm(space, base)))


def _power_of_negative(space: Space, size: Quotient, exponent: Quotient) -> Quotient:
    """Return (-2)^n as e^(n ln 2 + i pi n)."""
    angle = space.times(space.times(exponent, space.pi()), space.imaginary())
    return space.times(
        exponential(space, space.times(exponent, logarithm(space, size))), turned(space, angle)
    )


RULES: Mapping[str, Callable[..., Quotient]] = {_EXP: exponential, _LN: logarithm}
