"""Sines and cosines: expanded by the sum formulas, with C^2 = 1 - S^2 for each independent angle.

An angle is a sum of terms; each term without its rational coefficient has one unit, of which its
coefficients are whole multiples. Multiples of pi/12 have their exact values.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flint import arb, fmpq, fmpz

from answers.algebra import multivariate as poly
from answers.algebra.multivariate import ONE
from answers.algebra.quotient import IMAGINARY, PI, Quotient
from answers.normal_forms.radicals import power_of_size, real_power
from answers.syntax.errors import TooLarge
from answers.syntax.functions.table import ASIN, ATAN, COS, SIN

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from answers.algebra.multivariate import Exponents, Poly
    from answers.algebra.space import Space

    Turn = tuple[Quotient, Quotient]

MAX_TURNS = 40
_HALF, _QUARTER = fmpq(1, 2), fmpq(1, 4)
_FULL, _RIGHT = 24, 6  # in twelfths of pi
# cos(k pi/12) as sums of products of square roots: coefficient, and what roots are taken of.
_COSINES: tuple[tuple[tuple[fmpq, tuple[int, ...]], ...], ...] = (
    ((fmpq(1), ()),), ((_QUARTER, (2, 3)), (_QUARTER, (2,))), ((_HALF, (3,)),),
    ((_HALF, (2,)),), ((_HALF, ()),), ((_QUARTER, (2, 3)), (-_QUARTER, (2,))), (),
)  # fmt: skip


def monomials(space: Space, of: Quotient) -> list[tuple[Exponents, Poly, fmpq]]:
    """Return a sum as terms over one denominator, each with a rational coefficient."""
    if space.holds_imaginary(Quotient(of.below, ONE)):
        raise TooLarge
    common: fmpz = poly.content(of.below)
    below = of.below if common == 1 else of.below / poly.constant(common)
    return [(exponents, below, fmpq(c, common)) for exponents, c in poly.terms(of.above)]


def is_imaginary(space: Space, exponents: Exponents) -> bool:
    """Return whether a term holds the imaginary unit."""
    at = space.number_of((IMAGINARY,))
    return at is not None and any(n == at for n, _ in poly.used(exponents))


def circle(space: Space, angle: Quotient) -> Turn:
    """Return cosine and sine."""
    found = space.one, space.zero
    for exponents, below, c in monomials(space, angle):
        if is_imaginary(space, exponents):
            raise TooLarge
        found = _joined(space, found, _turn(space, exponents, below, c))
    return found


def turned(space: Space, exponent: Quotient) -> Quotient:
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


def _turn(space: Space, exponents: Exponents, below: Poly, c: fmpq) -> Turn:
    """Return cosine and sine of one term."""
    if below.is_one() and (single := space.single(exponents)) is not None:
        if single.family == PI and 12 % int(c.denom()) == 0:
            twelfths = int((c * 12).numer())
            return cosine_of(space, twelfths), cosine_of(space, twelfths - _RIGHT)
        if single.family in {ASIN.name, ATAN.name} and c.denom() == 1 and single.of is not None:
            if abs(c) > MAX_TURNS:
                raise TooLarge
            unit = _of_inverse(space, str(single.family), single.of)
            cosine, sine = _power(space, unit, abs(int(c.numer())))
            return cosine, sine if c > 0 else sine.negative()
    return _multiple(space, exponents, below, c)


def _multiple(space: Space, exponents: Exponents, below: Poly, c: fmpq) -> Turn:
    """Return cosine and sine of a multiple of a unit."""
    key = ("angle", exponents, poly.key_of(below))
    step = space.unit(key, c)
    turns = int((c / step).numer())
    if abs(turns) > MAX_TURNS:
        raise TooLarge
    angle = Quotient(poly.monomial(exponents), below).ball()
    sine = space.quotient((SIN.name, key), lambda known: (angle(known) * arb(step)).sin())
    at = space.generator((COS.name, key), lambda known: (angle(known) * arb(step)).cos())
    space.relate(at, 2, ONE - poly.power(sine.above, 2))
    unit = Quotient(poly.generator(at), ONE), sine if turns > 0 else sine.negative()
    return _power(space, unit, abs(turns))


def _power(space: Space, unit: Turn, turns: int) -> Turn:
    """Return a multiple of an angle: squared again and again."""
    if turns == 1:
        return unit
    half = _power(space, unit, turns // 2)
    twice = _joined(space, half, half)
    return _joined(space, twice, unit) if turns % 2 else twice


def _of_inverse(space: Space, family: str, of: Quotient) -> Turn:
    square = space.times(of, of)
    if family == ASIN.name:
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
