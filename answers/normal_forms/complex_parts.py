"""Real and imaginary parts, conjugates, sizes and arguments of a + b i, where a and b are real."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flint import fmpq

from answers.algebra import multivariate as poly
from answers.algebra.identity_test import as_integer
from answers.algebra.quotient import IMAGINARY
from answers.evaluation.number import real_value
from answers.normal_forms.inverse_angles import arc_tangent
from answers.normal_forms.radicals import absolute, real_power
from answers.syntax.errors import TooLarge
from answers.syntax.functions.table import ABS, ARG, CONJ, IM, RE, function_of
from answers.syntax.nodes import Call, Pow, free_symbols, functions_in, walk

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from answers.algebra.multivariate import Poly
    from answers.algebra.quotient import Quotient
    from answers.algebra.space import Space
    from answers.syntax.nodes import Node

_HALF = fmpq(1, 2)
_OF_PARTS = frozenset({RE.name, IM.name, CONJ.name, ARG.name})


def asks_for_parts(node: Node) -> bool:
    """Return whether a part, conjugate or argument is asked of what is not real for all letters.

    Elsewhere all that a side is made of is taken to be real, as the root in sqrt(x)^2. Here it
    need not be: im(sqrt(x)) is a real number at -4, too.
    """
    if functions_in(node).isdisjoint(_OF_PARTS):
        return False
    calls = (each for each in walk(node) if isinstance(each, Call) and each.name in _OF_PARTS)
    return any(_is_partly_real(part) for call in calls for arg in call.args for part in walk(arg))


def _is_partly_real(node: Node) -> bool:
    match node:
        case Call(name, args) if free_symbols(node):
            function = function_of(name)
            written = function.definition if function.takes(len(args)) else None
            inner = walk(written(*args)) if written is not None else ()
            return function.is_partly_real or any(map(_is_partly_real, inner))
        case Pow(base, exponent) if free_symbols(node) and as_integer(exponent) is None:
            size = None if free_symbols(base) else real_value(base)
            return size is None or size <= 0
        case _:
            return False


def _parts(space: Space, of: Poly) -> tuple[Poly, Poly]:
    """Return the real and the imaginary part."""
    space.uses_signs = True
    at = space.number_of((IMAGINARY,))
    if at is None:
        return of, poly.ZERO
    real = poly.substitute(of, {at: 0})
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


def is_complex_constant(space: Space, of: Quotient) -> bool:
    """Return whether it depends on no variable, and is surely no positive number."""
    if of.is_zero or not (space.is_constant(of.above) and space.is_constant(of.below)):
        return False
    return space.holds_imaginary(of) or _sign(space, of) < 0


def _sign(space: Space, of: Quotient) -> int:
    return 0 if of.is_zero else space.sign_of_constant(poly.times(of.above, of.below))


def argument(space: Space, of: Quotient) -> Quotient:
    """Return the argument of a constant, from -pi (not included) to pi.

    Raises:
        TooLarge: it is no constant, or it is not known in which quadrant it lies.
    """
    if not (space.is_constant(of.above) and space.is_constant(of.below)):
        raise TooLarge
    a, b = parts(space, of)
    right, up = _sign(space, a), _sign(space, b)
    if (not right and not a.is_zero) or (not up and not b.is_zero) or of.is_zero:
        raise TooLarge
    if not right:
        return space.times(space.constant(fmpq(up, 2)), space.pi())
    half_turns = 0 if right > 0 else up or 1
    angle = arc_tangent(space, space.over(b, a))
    return space.plus(angle, space.times(space.constant(half_turns), space.pi()))


RULES: Mapping[str, Callable[..., Quotient]] = {
    ABS.name: size,
    CONJ.name: conjugate,
    RE.name: real,
    IM.name: imaginary,
    ARG.name: argument,
}
