"""Sines and cosines: expanded by the sum formulas, with C^2 = 1 - S^2 for each independent angle.

An angle is a sum of terms; each term without its rational coefficient has one unit, of which its
coefficients are whole multiples. Multiples of pi/12 have their exact values.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flint import arb, fmpq, fmpz_poly

from answers.algebra import multivariate as poly
from answers.algebra.multivariate import ONE
from answers.algebra.quotient import PI, Quotient
from answers.normal_forms.radicals import power_of_size, real_power
from answers.normal_forms.terms import Term, terms_of
from answers.syntax.errors import TooLarge
from answers.syntax.functions.table import ASIN, ATAN, COS, SIN

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from answers.algebra.quotient import Generator
    from answers.algebra.space import Space

    Turn = tuple[Quotient, Quotient]

MAX_TURNS = 40
_MOST_PARTS = 30
_COSINE = "cosine of a part of pi"
_HALF, _QUARTER = fmpq(1, 2), fmpq(1, 4)
_FULL, _RIGHT = 24, 6  # in twelfths of pi
# cos(k pi/12) as sums of products of square roots: coefficient, and what roots are taken of.
_COSINES: tuple[tuple[tuple[fmpq, tuple[int, ...]], ...], ...] = (
    ((fmpq(1), ()),), ((_QUARTER, (2, 3)), (_QUARTER, (2,))), ((_HALF, (3,)),),
    ((_HALF, (2,)),), ((_HALF, ()),), ((_QUARTER, (2, 3)), (-_QUARTER, (2,))), (),
)  # fmt: skip


def circle(space: Space, angle: Quotient) -> Turn:
    """Return cosine and sine."""
    found = space.one, space.zero
    for term in terms_of(space, angle):
        if term.is_imaginary:
            raise TooLarge
        found = _joined(space, found, _turn(space, term))
    return found


def exponential_of_imaginary(space: Space, exponent: Quotient) -> Quotient:
    """Return e to a power that has the imaginary unit in each of its terms."""
    i = space.imaginary()
    cosine, sine = circle(space, space.times(exponent, i).negative())
    return space.plus(cosine, space.times(i, sine))


def _joined(space: Space, one: Turn, other: Turn) -> Turn:
    (a, b), (c, d) = one, other
    if b is space.zero and a is space.one:
        return other
    return (
        space.minus(space.times(a, c), space.times(b, d)),
        space.plus(space.times(b, c), space.times(a, d)),
    )


def _turn(space: Space, term: Term) -> Turn:
    """Return cosine and sine of one term."""
    c, single = term.times, term.single
    if single is not None and single.family == PI and 12 % int(c.denom()) == 0:
        twelfths = int((c * 12).numer())
        return cosine_of(space, twelfths), cosine_of(space, twelfths - _RIGHT)
    if single is not None and single.family == PI and c.denom() <= _MOST_PARTS:
        return _of_part(space, c), _of_part(space, c - _HALF)
    if single is not None and single.family in {ASIN.name, ATAN.name} and c.denom() == 1:
        unit, turns = _of_inverse(space, single), int(c.numer())
    else:
        step = space.unit(("angle", term.key), c)
        unit, turns = _unit(space, term, step), int((c / step).numer())
    if abs(turns) > MAX_TURNS:
        raise TooLarge
    cosine, sine = _power(space, unit, abs(turns))
    return cosine, sine if turns > 0 else sine.negative()


def _of_part(space: Space, c: fmpq) -> Quotient:
    """Return the cosine of a rational multiple of pi, in the generator 2 cos(pi/n)."""
    step = space.unit((_COSINE,), fmpq(1, c.denom()))
    parts = int(1 / step)
    if parts > 2 * _MOST_PARTS:
        raise TooLarge
    at = space.generator((_COSINE, parts), lambda _: 2 * arb.cos_pi_fmpq(step))
    minimal = fmpz_poly.cos_minpoly(2 * parts)
    generator = poly.generator(at)
    lower = sum((c * generator**n for n, c in enumerate(minimal.coeffs()[:-1])), poly.ZERO)
    space.relate(at, minimal.degree(), -lower)
    turns = abs(int((c / step).numer())) % (2 * parts)
    return _recurred(space, Quotient(generator, ONE), min(turns, 2 * parts - turns))


def _recurred(space: Space, twice: Quotient, turns: int) -> Quotient:
    """Return cos(n t) from 2 cos(t): 2 cos((n + 1) t) = 2 cos(t) 2 cos(n t) - 2 cos((n - 1) t)."""
    before, found = twice, space.constant(2)
    for _ in range(turns):
        before, found = found, space.minus(space.times(twice, found), before)
    return space.times(space.constant(_HALF), found)


def _unit(space: Space, term: Term, step: fmpq) -> Turn:
    """Return generators for the cosine and sine of a unit."""
    value = term.unit.ball()
    angle = space.times(space.constant(step), term.unit)
    sine = space.quotient(
        (SIN.name, term.key), lambda known: (value(known) * arb(step)).sin(), of=angle
    )
    at = space.generator(
        (COS.name, term.key), lambda known: (value(known) * arb(step)).cos(), of=angle
    )
    space.relate(at, 2, ONE - poly.power(sine.above, 2))
    return Quotient(poly.generator(at), ONE), sine


def _power(space: Space, unit: Turn, turns: int) -> Turn:
    """Return a multiple of an angle: squared again and again."""
    if turns == 1:
        return unit
    half = _power(space, unit, turns // 2)
    twice = _joined(space, half, half)
    return _joined(space, twice, unit) if turns % 2 else twice


def _of_inverse(space: Space, inverse: Generator) -> Turn:
    """Return cosine and sine of an arc sine or arc tangent."""
    of = inverse.of or space.zero
    square = space.times(of, of)
    if inverse.family == ASIN.name:
        return real_power(space, space.minus(space.one, square), _HALF), of
    cosine = space.over(space.one, real_power(space, space.plus(space.one, square), _HALF))
    return cosine, space.times(of, cosine)


def cosine_of(space: Space, twelfths: int) -> Quotient:
    """Return the cosine of a multiple of pi/12."""
    at = abs(twelfths) % _FULL
    at = min(at, _FULL - at)
    sign, at = (1, at) if at <= _RIGHT else (-1, 2 * _RIGHT - at)
    total = space.zero
    for c, radicands in _COSINES[at]:
        roots = [power_of_size(space, poly.constant(n), _HALF) for n in radicands]
        total = space.plus(total, space.product([space.constant(c * sign), *roots]))
    return total


RULES: Mapping[str, Callable[..., Quotient]] = {
    SIN.name: lambda space, of: circle(space, of)[1],
    COS.name: lambda space, of: circle(space, of)[0],
}
