"""Real and imaginary parts, conjugates and sizes of a + b i, where a and b are real."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flint import fmpq

from answers.algebra import multivariate as poly
from answers.algebra.quotient import IMAGINARY
from answers.normal_forms.radicals import absolute, real_power
from answers.syntax.functions.table import ABS, CONJ, IM, RE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from answers.algebra.multivariate import Poly
    from answers.algebra.quotient import Quotient
    from answers.algebra.space import Space

_HALF = fmpq(1, 2)


def _parts(space: Space, of: Poly) -> tuple[Poly, Poly]:
    """Return the real and the imaginary part."""
    space.uses_signs = True
    at = space.number_of((IMAGINARY,))
    if at is None:
        return of, poly.ZERO
    real = poly.put(of, {at: 0})
    return real, (of - real) / poly.generator(at)


def parts(space: Space, of: Quotient) -> tuple[Quotient, Quotient]:
    """Return the real and the imaginary part."""
    return real(space, of), imaginary(space, of)


def conjugate(space: Space, of: Quotient) -> Quotient:
    """Return the conjugate."""
    i = space.imaginary().above
    (a, b), (c, d) = _parts(space, of.above), _parts(space, of.below)
    return space.of(a - poly.times(b, i), c - poly.times(d, i))


def real(space: Space, of: Quotient) -> Quotient:
    """Return the real part."""
    return space.times(space.constant(_HALF), space.plus(of, conjugate(space, of)))


def imaginary(space: Space, of: Quotient) -> Quotient:
    """Return the imaginary part."""
    twice = space.times(space.constant(2), space.imaginary())
    return space.over(space.minus(of, conjugate(space, of)), twice)


def size(space: Space, of: Quotient) -> Quotient:
    """Return the absolute value."""
    if not space.holds_imaginary(of):
        return absolute(space, of)
    return real_power(space, space.times(of, conjugate(space, of)), _HALF)


RULES: Mapping[str, Callable[..., Quotient]] = {
    ABS.name: size,
    CONJ.name: conjugate,
    RE.name: real,
    IM.name: imaginary,
}
