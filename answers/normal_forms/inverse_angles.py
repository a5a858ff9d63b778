"""asin and atan: odd functions with exact values at sines and tangents of multiples of pi/12.

The arc tangents of rational numbers are sums of those that belong to prime numbers (a + b i being a
product of Gaussian primes), which settles Machin's formulas.
"""

from __future__ import annotations

from math import isqrt
from typing import TYPE_CHECKING

from flint import arb, ctx, fmpq, fmpz

from answers.algebra import multivariate as poly
from answers.algebra.constants import is_zero
from answers.normal_forms.angles import cosine_of
from answers.syntax.errors import TooLarge
from answers.syntax.functions.table import ASIN, ATAN, ERF, SIN

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from answers.algebra.quotient import Quotient
    from answers.algebra.space import Space

_BITS = 128
_RIGHT = 6  # twelfths of pi
_LARGEST = 10**12


def odd(space: Space, name: str, of: Quotient, ball: Callable[[arb], arb]) -> Quotient:
    """Return an odd function of which nothing else is known."""
    if of.is_zero:
        return of
    if space.holds_imaginary(of):
        raise TooLarge
    is_turned = of.above.leading_coefficient() < 0
    inner = of.negative() if is_turned else of
    value = inner.ball()
    found = space.quotient((name, inner.key), lambda known: ball(value(known)), of=inner)
    return found.negative() if is_turned else found


def _asin(space: Space, of: Quotient) -> Quotient:
    found = _special(space, of, arb.asin, _misses_sine) or _of_sine(space, of)
    return found or odd(space, ASIN.name, of, arb.asin)


def arc_tangent(space: Space, of: Quotient) -> Quotient:
    """Return the arc tangent."""
    found = _special(space, of, arb.atan, _misses_tangent) or _of_rational(space, of)
    return found or odd(space, ATAN.name, of, arb.atan)


def _special(
    space: Space,
    of: Quotient,
    ball: Callable[[arb], arb],
    misses: Callable[[Space, Quotient, int], Quotient],
) -> Quotient | None:
    """Return the multiple of pi/12 that an angle is; None where it is none."""
    if not space.is_constant(of.above) or space.holds_imaginary(of):
        return None
    ctx.prec = _BITS
    twelfths = _nearest(ball(of.ball()(space.constants())) * 12 / arb.pi())
    if twelfths is None or not is_zero(space, misses(space, of, twelfths).above):
        return None
    return space.times(space.constant(fmpq(twelfths, 12)), space.pi())


def _nearest(value: arb) -> int | None:
    found = (value + arb(fmpq(1, 2))).floor().unique_fmpz() if value.is_finite() else None
    return None if found is None else int(found)


def _of_sine(space: Space, of: Quotient) -> Quotient | None:
    """Return the angle between -pi/2 and pi/2 that has the sine of a constant angle."""
    exponents = poly.terms(of.above)[0][0]
    single = space.single(exponents) if len(of.above) == 1 and of.below.is_one() else None
    if single is None or single.family != SIN.name or single.of is None:
        return None
    if abs(of.above.leading_coefficient()) != 1 or not space.is_constant(of.above):
        return None
    ctx.prec = _BITS
    turns = _nearest(single.of.ball()(space.constants()) / arb.pi())
    if turns is None:
        return None
    inner = space.minus(single.of, space.times(space.constant(turns), space.pi()))
    is_turned = (turns % 2 == 1) != (of.above.leading_coefficient() < 0)
    return inner.negative() if is_turned else inner


def _misses_sine(space: Space, of: Quotient, twelfths: int) -> Quotient:
    return space.minus(of, cosine_of(space, twelfths - _RIGHT))


def _misses_tangent(space: Space, of: Quotient, twelfths: int) -> Quotient:
    sine, cosine = cosine_of(space, twelfths - _RIGHT), cosine_of(space, twelfths)
    return space.minus(space.times(of, cosine), sine)


# -- arc tangents of rational numbers --------------------------------------------------------------


def _of_rational(space: Space, of: Quotient) -> Quotient | None:
    """Return the arc tangent of p/q, the argument of q + p i, by its Gaussian primes."""
    number = of.number()
    if number is None:
        return None
    p, q = int(number.numer()), int(number.denom())
    if p * p + q * q > _LARGEST:
        return None
    total = space.zero
    ctx.prec = _BITS
    rest = arb(number).atan()
    for prime, _ in fmpz(p * p + q * q).factor():
        if prime == 2:
            continue
        a, b = _squares(int(prime))
        times = _times(q, p, a, b)
        unit = odd(space, ATAN.name, space.constant(fmpq(b, a)), arb.atan)
        total = space.plus(total, space.times(space.constant(times), unit))
        rest = rest - times * arb(fmpq(b, a)).atan()
    quarters = _nearest(rest * 4 / arb.pi()) or 0
    return space.plus(total, space.times(space.constant(fmpq(quarters, 4)), space.pi()))


def _squares(prime: int) -> tuple[int, int]:
    """Return a > b with a^2 + b^2 a prime, which is 1 modulo 4 (Fermat)."""
    roots = (pow(n, (prime - 1) // 4, prime) for n in range(2, prime))
    a, b = prime, next(r for r in roots if r * r % prime == prime - 1)
    while b * b > prime:  # Cornacchia
        a, b = b, a % b
    other = isqrt(prime - b * b)
    return max(b, other), min(b, other)


def _times(x: int, y: int, a: int, b: int) -> int:
    """Return how often a + b i divides x + y i, less how often a - b i does."""
    return _divisions(x, y, a, b) - _divisions(x, y, a, -b)


def _divisions(x: int, y: int, a: int, b: int) -> int:
    norm, count = a * a + b * b, 0
    while True:
        real, imaginary = x * a + y * b, y * a - x * b
        if real % norm or imaginary % norm:
            return count
        x, y, count = real // norm, imaginary // norm, count + 1


RULES: Mapping[str, Callable[..., Quotient]] = {
    ASIN.name: _asin,
    ATAN.name: arc_tangent,
    ERF.name: lambda space, of: odd(space, ERF.name, of, arb.erf),
}
