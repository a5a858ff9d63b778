"""Real roots of polynomials with whole coefficients: intervals with one root each.

By Descartes' rule of signs and bisection (Vincent, Collins, Akritas). All steps are counted, since
a call of FLINT for all roots at once cannot be interrupted.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from flint import fmpz_poly

from answers.syntax.errors import NotDecidable

if TYPE_CHECKING:
    from collections.abc import Sequence

Ends: TypeAlias = "tuple[Fraction, Fraction]"

MAX_WORK = 60_000_000  # bits that are added
_SHIFT = fmpz_poly([1, 1])


def isolate_roots(coefficients: Sequence[int]) -> list[Ends]:
    """Return disjoint intervals (low, high] with one real root each, from left to right.

    Args:
        coefficients: whole, by power, of a polynomial without multiple or rational roots.

    Raises:
        NotDecidable: roots are so close together that it is too much work.
    """
    bound = _bound(coefficients)
    of, x = fmpz_poly(list(coefficients)), fmpz_poly([0, 1])
    left = [(-high, -low) for low, high in _positive(of(x * -bound), bound)]
    return [*reversed(left), *_positive(of(x * bound), bound)]


def _bound(coefficients: Sequence[int]) -> int:
    """Return a power of two that no root exceeds (Fujiwara's bound)."""
    *lower, last = [abs(c).bit_length() for c in coefficients]
    degree = len(lower)
    most = max(-((last - 1 - size) // (degree - power)) for power, size in enumerate(lower) if size)
    return 1 << max(most + 1, 1)


def _positive(scaled: fmpz_poly, bound: int) -> list[Ends]:
    """Return the roots in (0, bound) of a polynomial that is scaled to (0, 1)."""
    found, work, left = [], [(scaled, 0, 0)], MAX_WORK  # the interval (c, c + 1)/2^k
    while work:
        of, c, k = work.pop()
        size = of.degree() + 1
        left -= size * size * (64 + of.height_bits()) // 2
        if left < 0:
            raise NotDecidable
        changes = _changes(of)
        if changes == 1:
            found.append((Fraction(c * bound, 1 << k), Fraction((c + 1) * bound, 1 << k)))
        if changes < 2:
            continue
        half = _halved(of)
        work += [(half, 2 * c, k + 1), (half(_SHIFT), 2 * c + 1, k + 1)]
    return sorted(found)


def _halved(of: fmpz_poly) -> fmpz_poly:
    """Return 2^n p(x/2)."""
    n = of.degree()
    return fmpz_poly([c << n - power for power, c in enumerate(of.coeffs())])


def _changes(of: fmpz_poly) -> int:
    """Return a bound for the roots in (0, 1), which is exact where it is 0 or 1."""
    turned = fmpz_poly(of.coeffs()[::-1])(_SHIFT)
    signs = [c > 0 for c in turned.coeffs() if c != 0]
    return sum(a != b for a, b in pairwise(signs))
