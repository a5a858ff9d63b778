"""Polynomials in one letter with whole coefficients: their signs, divisors and real roots."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

from examgen.ground.record import record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flint import arb

# Irrational roots of quadratics are known this closely at once, in bits behind the point.
_BITS = 104


@record
class Univariate:
    """A polynomial in one letter but for a positive factor: what counts is where it has which sign.

    Attributes:
        coefficients: by power, without a common divisor, the last one not zero.
    """

    coefficients: tuple[int, ...]

    @classmethod
    def of(cls, coefficients: Sequence[int]) -> Univariate:
        """Drop leading zeros and the common divisor."""
        size = len(coefficients)
        while size and not coefficients[size - 1]:
            size -= 1
        common = math.gcd(*coefficients)
        if common > 1:
            return cls(tuple([c // common for c in coefficients[:size]]))
        return cls(tuple(coefficients[:size]))

    @property
    def degree(self) -> int:
        """Return the degree; -1 for zero."""
        return len(self.coefficients) - 1

    def sign_at(self, x: Fraction) -> int:
        """Return the sign of the value at a point."""
        above, below = x.numerator, x.denominator
        value, scale = 0, 1
        for coefficient in reversed(self.coefficients):
            value = value * above + coefficient * scale
            scale *= below
        return (value > 0) - (value < 0)

    def upright(self) -> Univariate:
        """Return itself or its opposite: the one that grows to the right."""
        if not self.coefficients or self.coefficients[-1] > 0:
            return self
        return Univariate(tuple([-c for c in self.coefficients]))

    @property
    def work(self) -> int:
        """Return a bound for what factors and real roots may take, about microseconds.

        It is a count, since what is given up must not depend on how fast the machine is.
        """
        if self.degree < 3:
            return 10
        bits = max(map(abs, self.coefficients)).bit_length()
        return 50 + 10 * self.degree + (self.degree * (bits + self.degree)) ** 2 // 400

    def gcd(self, other: Univariate) -> Univariate:
        """Return the greatest common divisor, growing to the right."""
        from flint import fmpz_poly  # noqa: PLC0415 - what is linear and quadratic needs none of it

        found = fmpz_poly(list(self.coefficients)).gcd(fmpz_poly(list(other.coefficients)))
        return Univariate(tuple(map(int, found.coeffs()))).upright()

    def factors(self) -> list[tuple[Univariate, int]]:
        """Return the irreducible divisors that may have real roots, and their powers.

        They grow to the right.
        """
        if self.degree < 3:
            return _low_factors(self)
        from flint import fmpz_poly  # noqa: PLC0415

        _, found = fmpz_poly(list(self.coefficients)).factor()
        return [(Univariate(tuple(map(int, of.coeffs()))).upright(), int(n)) for of, n in found]

    @property
    def discriminant(self) -> int:
        """Return the discriminant of a quadratic polynomial."""
        c, b, a = self.coefficients
        return b * b - 4 * a * c

    # -- real roots --------------------------------------------------------------------------------

    def isolated_roots(self) -> list[tuple[Fraction, Fraction]]:
        """Return disjoint intervals (low, high] with one real root each, in ascending order.

        The polynomial is irreducible and grows to the right. A rational root is given as
        (root, root).

        Raises:
            NotDecidable: two roots are very close together.
        """
        if self.degree < 2:
            root = Fraction(-self.coefficients[0], self.coefficients[1])
            return [(root, root)]
        if self.degree == 2:
            return self._roots_of_quadratic()
        from answers.algebra.real_roots import isolate_roots  # noqa: PLC0415

        return isolate_roots(self.coefficients)

    def _roots_of_quadratic(self) -> list[tuple[Fraction, Fraction]]:
        _, b, a = self.coefficients
        scaled = self.discriminant << 2 * _BITS
        if scaled < 0:
            return []
        root, below = math.isqrt(scaled), 2 * a << _BITS
        middle = -b << _BITS
        return [
            (Fraction(middle + at, below), Fraction(middle + at + 1, below))
            for at in (-root - 1, root)
        ]

    def balls(self, bits: int) -> list[arb]:  # noqa: ARG002 - others are rounded
        """Return the coefficients as balls, which are exact."""
        from flint import arb  # noqa: PLC0415

        return list(map(arb, self.coefficients))


def _low_factors(of: Univariate) -> list[tuple[Univariate, int]]:
    """Return the same of a polynomial of degree 2 at most, without FLINT."""
    if of.degree < 1 or (of.degree == 2 and of.discriminant < 0):
        return []
    if of.degree == 1 or not is_square(of.discriminant):
        return [(of.upright(), 1)]
    _, b, a = of.coefficients
    root = math.isqrt(of.discriminant)
    linear = [Univariate.of([b + r, 2 * a]).upright() for r in (root, -root)]
    return [(factor, 1) for factor in linear] if root else [(linear[0], 2)]


def is_square(number: int) -> bool:
    """Return whether a whole number is the square of one."""
    return number >= 0 and math.isqrt(number) ** 2 == number
