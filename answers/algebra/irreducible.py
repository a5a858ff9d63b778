"""Whether a polynomial in one letter has factors: proved either way, or not decided."""

from __future__ import annotations

import math
from functools import reduce
from itertools import product
from typing import TYPE_CHECKING

from answers.algebra.univariate import Univariate, is_square
from answers.syntax.errors import NotDecidable

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAX_WORK = 60_000  # about microseconds; one prime takes half the cube of the degree
_PRIMES = (3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41)
_MAX_DIVIDED = 4_000_000


def is_irreducible(of: Univariate) -> bool:
    """Whether it has no rational factor of a lower degree.

    Raises:
        NotDecidable: no factor was found, and none was excluded.
    """
    if of.degree < 2:
        return of.degree == 1
    if not of.coefficients[0] or of.gcd(of.derivative()).degree > 0:
        return False
    if of.degree == 2:
        return not is_square(of.discriminant)
    if any(_is_eisenstein(_shifted(of, by)) for by in (0, 1, -1)) or _splits_nowhere(of):
        return True
    if of.work > _MAX_WORK:
        raise NotDecidable
    upright = of.upright()
    if any(upright.rational_root(*ends) is not None for ends in upright.isolated_roots()):
        return False
    if of.degree > 3 and _has_quadratic_factor(of):
        return False
    if of.degree > 5:
        raise NotDecidable
    return True


def _is_eisenstein(coefficients: list[int]) -> bool:
    """Whether a prime divides all coefficients but the highest, and the lowest only once."""
    lowest, *_, highest = coefficients
    shared = math.gcd(*coefficients[:-1])
    return any(
        shared % prime == 0 and highest % prime and lowest % prime**2 for prime in (2, *_PRIMES)
    )


def _shifted(of: Univariate, by: int) -> list[int]:
    """The coefficients in x - by: Horner's scheme again and again."""
    found = list(of.coefficients)
    for start in range(of.degree) if by else ():
        for n in reversed(range(start, of.degree)):
            found[n] += by * found[n + 1]
    return found


def _has_quadratic_factor(of: Univariate) -> bool:
    """Whether a quadratic divides it: by Kronecker, from the divisors of three values."""
    turned = [c * (-1) ** power for power, c in enumerate(of.coefficients)]
    divisors = [
        list(_divisors(value)) for value in (of.coefficients[0], sum(of.coefficients), sum(turned))
    ]
    if 4 * math.prod(map(len, divisors)) * of.degree > _MAX_WORK:
        raise NotDecidable
    signed = ([s * d for d in found for s in (1, -1)] for found in divisors[1:])
    for zero, one, minus in product(divisors[0], *signed):
        factor = Univariate.of([2 * zero, one - minus, one + minus - 2 * zero])
        if factor.degree == 2 and not of.remainder(factor).coefficients:
            return True
    return False


def _divisors(number: int) -> Iterator[int]:
    size = abs(number)
    if not 0 < size <= _MAX_DIVIDED:
        raise NotDecidable
    for small in range(1, math.isqrt(size) + 1):
        if size % small == 0:
            yield from {small, size // small}


# -- modulo a prime --------------------------------------------------------------------------------
# Polynomials are lists of residues here, from the constant upwards, without zeros at the end.


def _splits_nowhere(of: Univariate) -> bool:
    """Whether the degrees of the factors modulo some primes leave no degree for a rational factor.

    A rational factor has, modulo each prime, a degree that is a sum of theirs.
    """
    size = of.degree
    possible = (1 << size + 1) - 1
    for prime in _PRIMES[: 2 * _MAX_WORK // size**3]:
        degrees = _degrees(list(of.coefficients), prime)
        if degrees is not None:
            possible &= reduce(lambda sums, degree: sums | sums << degree, degrees, 1)
        if possible == 1 | 1 << size:
            return True
    return False


def _degrees(of: list[int], prime: int) -> list[int] | None:
    """The degrees of the factors modulo a prime; None where the prime says nothing of them.

    Distinct-degree factorization (von zur Gathen and Gerhard, Modern Computer Algebra, 14.3): what
    divides x^(p^n) - x has factors of degree n, once those of lower degrees are divided out.
    """
    whole = _trimmed([c % prime for c in of])
    slope = _trimmed([n * c % prime for n, c in enumerate(whole)][1:])
    if len(whole) < len(of) or len(_common(whole, slope, prime)) > 1:
        return None
    powers = _powers(whole, prime)
    rest, turned, found = whole, [0, 1], list[int]()
    for degree in range(1, len(whole)):
        if 2 * degree >= len(rest):
            break
        turned = _turned(turned, powers, prime)
        padded = [*turned, *[0] * (2 - len(turned))]
        padded[1] -= 1
        shared = _common(rest, _trimmed([c % prime for c in padded]), prime)
        found += [degree] * ((len(shared) - 1) // degree)
        rest, _ = _divided(rest, shared, prime)
    return found + ([len(rest) - 1] if len(rest) > 1 else [])


def _powers(whole: list[int], prime: int) -> list[list[int]]:
    """0th, pth, 2pth, ... power of x modulo a polynomial: what the powers of x turn into."""
    found, power = [[1]], [1]
    for _ in range(len(whole) - 2):
        for _ in range(prime):
            power = _divided([0, *power], whole, prime)[1]
        found.append(power)
    return found


def _turned(of: list[int], powers: list[list[int]], prime: int) -> list[int]:
    """The pth power of a polynomial, of which the powers of x turn into others."""
    total = [0] * max(map(len, powers))
    for c, power in zip(of, powers, strict=False):
        for n, other in enumerate(power):
            total[n] += c * other
    return _trimmed([c % prime for c in total])


def _common(one: list[int], other: list[int], prime: int) -> list[int]:
    """The greatest common divisor."""
    while other:
        one, other = other, _divided(one, other, prime)[1]
    return one


def _divided(above: list[int], below: list[int], prime: int) -> tuple[list[int], list[int]]:
    """Quotient and remainder."""
    rest, inverse = [*above], pow(below[-1], -1, prime)
    quotient = [0] * max(len(above) - len(below) + 1, 0)
    for shift in reversed(range(len(quotient))):
        factor = quotient[shift] = rest[shift + len(below) - 1] * inverse % prime
        if factor:
            for n, c in enumerate(below):
                rest[shift + n] = (rest[shift + n] - factor * c) % prime
    return quotient, _trimmed(rest[: len(below) - 1])


def _trimmed(of: list[int]) -> list[int]:
    """Without the zeros at the end."""
    while of and not of[-1]:
        of.pop()
    return of
