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
from answers.normal_forms.angles import exponential_of_imaginary
from answers.normal_forms.complex_parts import argument, is_complex_constant, size
from answers.normal_forms.radicals import never_negative, power_of_size, real_power
from answers.normal_forms.terms import Term, terms_of
from answers.syntax.errors import TooLarge
from answers.syntax.functions.table import EXP, LN, SQRT

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
        found.append(exponential_of_imaginary(space, angle))
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
    if is_complex_constant(space, of):
        angle = space.times(argument(space, of), space.imaginary())
        return space.plus(_of_positive(space, size(space, of)), angle)
    return _of_positive(space, of)


def _of_positive(space: Space, of: Quotient) -> Quotient:
    if space.is_pointwise:
        space.poles.append(of.above)
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
    value = poly.compile_polynomial(factor)
    return lambda known: abs(value(known)).log()


def power(space: Space, base: Quotient, exponent: Quotient) -> Quotient:
    """Return the principal value of a power whose exponent may be any expression."""
    number = exponent.number()
    if number is not None and number.denom() == 1:
        if number.numer().bit_length() > 64:
            raise TooLarge
        return space.power(base, int(number.numer()))
    if number is not None and number > 0 and not is_complex_constant(space, base):
        return real_power(space, base, number)
    return exponential(space, space.times(exponent, logarithm(space, base)))


def _sqrt(space: Space, of: Quotient) -> Quotient:
    return power(space, of, space.constant(fmpq(1, 2)))


RULES: Mapping[str, Callable[..., Quotient]] = {_EXP: exponential, _LN: logarithm, SQRT.name: _sqrt}
