"""Polynomials in one letter with whole coefficients: their signs, divisors and real roots."""

from __future__ import annotations

import math
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from answers.syntax.errors import NotDecidable
from examgen.ground.record import record

if TYPE_CHECKING:
    from collections.abc import Sequence

# Irrational roots of quadratics are known this closely at once, in bits behind the point.
_BITS = 104
_LARGEST = 1 << 64
# Roots that are closer together are not told apart.
_CLOSEST = Fraction(1, 1 << 100)


@record
class Univariate:
    """A polynomial in one letter but for a positive factor: what counts is where it has which sign.

    Attributes:
        coefficients: by power, without a common divisor, the last one not zero.
    """

    coefficients: tuple[int, ...]

    @classmethod
    def of(cls, coefficients: Sequence[int]) -> Univariate:
        """Drops leading zeros and the common divisor."""
        size = len(coefficients)
        while size and not coefficients[size - 1]:
            size -= 1
        common = math.gcd(*coefficients)
        if common > 1:
            return cls(tuple([c // common for c in coefficients[:size]]))
        return cls(tuple(coefficients[:size]))

    @property
    def degree(self) -> int:
        """The degree; -1 for zero."""
        return len(self.coefficients) - 1

    def sign_at(self, x: Fraction) -> int:
        """The sign of the value at a point."""
        above, below = x.numerator, x.denominator
        value, scale = 0, 1
        for coefficient in reversed(self.coefficients):
            value = value * above + coefficient * scale
            scale *= below
        return (value > 0) - (value < 0)

    def derivative(self) -> Univariate:
        """The derivative."""
        return Univariate.of([c * i for i, c in enumerate(self.coefficients)][1:])

    def upright(self) -> Univariate:
        """Itself or its opposite: the one that grows to the right."""
        if not self.coefficients or self.coefficients[-1] > 0:
            return self
        return Univariate(tuple([-c for c in self.coefficients]))

    @property
    def work(self) -> int:
        """What finding the real roots may take: a bound that was measured, about microseconds.

        It is a count, since what is given up must not depend on how fast the machine is.
        """
        if self.degree < 3:
            return 10
        bits = max(map(abs, self.coefficients)).bit_length()
        return 300 + 40 * bits + (self.degree * bits) ** 2 // 400

    # -- division ----------------------------------------------------------------------------------

    def remainder(self, other: Univariate) -> Univariate:
        """The remainder of the division, or a positive multiple of it."""
        rest, divisor = list(self.coefficients), other.coefficients
        size, sign, degree = abs(divisor[-1]), 1 if divisor[-1] > 0 else -1, other.degree
        while len(rest) > degree:
            factor = rest.pop() * sign
            shift = len(rest) - degree
            if size > 1:
                rest = [c * size for c in rest]
            for i in range(degree):
                rest[shift + i] -= factor * divisor[i]
        return Univariate.of(rest)

    def divided(self, other: Univariate) -> Univariate:
        """The quotient by a divisor: whole, since neither has a common divisor (Gauss)."""
        rest, divisor, degree = list(self.coefficients), other.coefficients, other.degree
        quotient = []
        while len(rest) > degree:
            factor = rest.pop() // divisor[-1]
            shift = len(rest) - degree
            for i in range(degree):
                rest[shift + i] -= factor * divisor[i]
            quotient.append(factor)
        return Univariate.of(quotient[::-1])

    def gcd(self, other: Univariate) -> Univariate:
        """The greatest common divisor, growing to the right."""
        a, b = self, other
        while b.coefficients:
            a, b = b, a.remainder(b)
        return a.upright()

    @cached_property
    def squarefree(self) -> Univariate:
        """The same roots, each once."""
        if self.degree < 1:
            return self
        return self.divided(self.gcd(self.derivative())).upright()

    def factors(self) -> list[tuple[Univariate, int]]:
        """Divisors without a common root that together have all real roots, and their powers.

        They grow to the right and have no multiple roots. Those of degree 1 and 2 are irreducible.
        """
        if self.degree < 3:
            return _low_factors(self)
        found = []
        shared = self.gcd(self.derivative())
        rest, power = self.divided(shared).upright(), 1  # Musser's algorithm
        while rest.degree > 0:
            common = rest.gcd(shared)
            simple = rest.divided(common).upright()
            low = _low_factors(simple) if simple.degree < 3 else [(simple, 1)]
            found += [(factor, power) for factor, _ in low]
            rest, shared, power = common, shared.divided(common), power + 1
        return found

    @property
    def discriminant(self) -> int:
        """The discriminant of a quadratic polynomial."""
        c, b, a = self.coefficients
        return b * b - 4 * a * c

    # -- real roots --------------------------------------------------------------------------------

    def isolated_roots(self) -> list[tuple[Fraction, Fraction]]:
        """Disjoint intervals (low, high] with one real root each, in ascending order.

        The polynomial grows to the right and has no multiple roots. A rational root that is met on
        the way is given as (root, root).

        Raises:
            NotDecidable: two roots are very close together.
        """
        if self.degree < 2:
            root = Fraction(-self.coefficients[0], self.coefficients[1])
            return [(root, root)]
        return self._roots_of_quadratic() if self.degree == 2 else self._roots_by_sturm()

    def _roots_of_quadratic(self) -> list[tuple[Fraction, Fraction]]:
        _, b, a = self.coefficients
        scaled = self.discriminant << 2 * _BITS
        if scaled < 0:
            return []
        root, below = math.isqrt(scaled), 2 * a << _BITS
        rounded = root * root != scaled
        middle = -b << _BITS
        return [
            (Fraction(middle + at, below), Fraction(middle + at + rounded, below))
            for at in (-root - rounded, root)
        ]

    @cached_property
    def _sturm(self) -> list[Univariate]:
        chain = [self, self.derivative()]
        while chain[-1].coefficients:
            rest = chain[-2].remainder(chain[-1])
            chain.append(Univariate(tuple([-c for c in rest.coefficients])))
        return chain[:-1]

    def roots_between(self, low: Fraction, high: Fraction) -> int:
        """How many roots lie in (low, high] (Sturm's theorem)."""

        def changes(x: Fraction) -> int:
            signs = [s for p in self._sturm if (s := p.sign_at(x))]
            return sum(a != b for a, b in pairwise(signs))

        return changes(low) - changes(high)

    def _roots_by_sturm(self) -> list[tuple[Fraction, Fraction]]:
        largest = max(map(abs, self.coefficients)) // self.coefficients[-1] + 2
        bound = Fraction(1 << largest.bit_length())
        found, work = [], [(-bound, bound)]
        while work:
            low, high = work.pop()
            count = self.roots_between(low, high)
            if count == 1:
                found.append(self.refined(low, high, Fraction(1, 1024)))
            elif count and high - low < _CLOSEST:
                raise NotDecidable
            elif count:
                middle = (low + high) / 2
                work += [(low, middle), (middle, high)]
        return sorted(found)

    def refined(self, low: Fraction, high: Fraction, width: Fraction) -> tuple[Fraction, Fraction]:
        """A narrower interval (low, high] around the one root in it; (root, root) if it is met."""
        above = self.sign_at(high)
        while above and high - low > width:
            middle = (low + high) / 2
            sign = self.sign_at(middle)
            if not sign:
                return middle, middle
            low, high = (low, middle) if sign == above else (middle, high)
        return (low, high) if above else (high, high)

    def rational_root(self, low: Fraction, high: Fraction) -> Fraction | None:
        """The one root in (low, high] where it is rational; None where it is not.

        Nor where its denominator could be very large.
        """
        largest = abs(self.coefficients[-1])  # its denominator divides this
        if largest > _LARGEST:
            return None
        low, high = self.refined(low, high, Fraction(1, 2 * largest * largest))
        near = ((low + high) / 2).limit_denominator(largest)
        is_inside = low < near <= high or low == high
        return near if is_inside and not self.sign_at(near) else None


def _low_factors(of: Univariate) -> list[tuple[Univariate, int]]:
    """Of degree 2 at most."""
    if of.degree < 1 or (of.degree == 2 and of.discriminant < 0):
        return []
    if of.degree == 1 or not is_square(of.discriminant):
        return [(of.upright(), 1)]
    _, b, a = of.coefficients
    root = math.isqrt(of.discriminant)
    linear = [Univariate.of([b + r, 2 * a]).upright() for r in (root, -root)]
    return [(factor, 1) for factor in linear] if root else [(linear[0], 2)]


def is_square(number: int) -> bool:
    """Whether a whole number is the square of one."""
    return number >= 0 and math.isqrt(number) ** 2 == number
