"""Factorials: (n + 3)! is (n + 3)(n + 2)(n + 1) n!, by the constant that is added to the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flint import arb, fmpq, fmpz

from answers.algebra import multivariate as poly
from answers.algebra.space import NoValue
from answers.normal_forms.radicals import real_power
from answers.syntax.errors import TooLarge
from answers.syntax.functions.table import FACTORIAL

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from answers.algebra.quotient import Quotient
    from answers.algebra.space import Space

MAX_STEPS = 30
MAX_NUMBER = 1_000
_HALF = fmpq(1, 2)


def factorial(space: Space, of: Quotient) -> Quotient:
    """Return the factorial."""
    value = of.number()
    if value is not None and value.denom() == 1:
        if value < 0:
            raise NoValue
        if value > MAX_NUMBER:
            raise TooLarge
        return space.of(poly.constant(fmpz.fac_ui(value.numer())))
    if value is not None and value.denom() == 2 and abs(value) < MAX_STEPS:
        return _from(space, space.constant(-_HALF), _root_of_pi(space), int(value + _HALF))
    if not of.below.is_constant():
        return _generator(space, of)
    steps = int(poly.constant_term(of.above)) // int(of.below.leading_coefficient())
    if abs(steps) > MAX_STEPS:
        raise TooLarge
    base = space.minus(of, space.constant(steps))
    return _from(space, base, _generator(space, base), steps)


def _root_of_pi(space: Space) -> Quotient:
    """Return (-1/2)!."""
    return real_power(space, space.pi(), _HALF)


def _from(space: Space, base: Quotient, found: Quotient, steps: int) -> Quotient:
    """Return (base + steps)! from base!."""
    for n in range(1, steps + 1):
        found = space.times(found, space.plus(base, space.constant(n)))
    for n in range(-steps):
        found = space.over(found, space.minus(base, space.constant(n)))
    return found


def _generator(space: Space, of: Quotient) -> Quotient:
    if space.holds_imaginary(of):
        raise TooLarge
    value = of.ball()
    return space.quotient(
        (FACTORIAL.name, of.key), lambda known: arb.gamma(value(known) + 1), of=of
    )


RULES: Mapping[str, Callable[..., Quotient]] = {FACTORIAL.name: factorial}
