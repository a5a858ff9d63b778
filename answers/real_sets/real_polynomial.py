"""Polynomials in one letter whose coefficients are real constants, such as pi x^2 - ln 3."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from flint import arb, arb_poly, ctx, fmpq

from answers.algebra import multivariate as poly
from answers.evaluation.evaluate import fraction
from answers.evaluation.precision import BITS
from answers.syntax.errors import NotDecidable

if TYPE_CHECKING:
    from collections.abc import Callable
    from fractions import Fraction

    from answers.algebra.multivariate import Balls, Poly, PolyKey
    from answers.algebra.real_roots import Ends
    from answers.algebra.space import Space
    from answers.algebra.univariate import Univariate

Cut: TypeAlias = "Univariate | RealPolynomial"
"""An irreducible polynomial in one letter."""

MAX_DEGREE = 12
_BITS = 256


@dataclass(eq=False)
class RealPolynomial:
    """A polynomial in generators of which one is the letter; it has no multiple roots.

    Attributes:
        key: what is equal for equal polynomials.
        known: the coefficients as balls, by their bits.
    """

    key: PolyKey
    of: Poly
    space: Space
    letter: int
    known: dict[int, list[arb]] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RealPolynomial) and self.key == other.key

    @property
    def work(self) -> int:
        """Return a bound for what its roots may take, about microseconds."""
        return 200 * poly.degree(self.of, self.letter) ** 2

    def balls(self, bits: int) -> list[arb]:
        """Return the coefficients as balls."""
        ctx.prec = bits
        found = self.known.get(bits)
        if found is None:
            known = self.space.constants()
            found = self.known[bits] = [row(known) if row else arb(0) for row in self._rows]
        return found

    @cached_property
    def _rows(self) -> list[Callable[[Balls], arb] | None]:
        """Return the coefficients made ready for balls, by power; None for zero."""
        rows = poly.rows_by(self.of, {self.letter})
        found = {int(max(key)): poly.compile_polynomial(row) for key, row in rows.items()}
        return [found.get(n) for n in range(max(found) + 1)]

    def sign_at(self, x: Fraction) -> int:
        """Return the sign at a point.

        Raises:
            NotDecidable: it is not seen.
        """
        for bits in BITS:
            value = arb_poly(self.balls(bits))(arb(fmpq(x.numerator, x.denominator)))
            if value > 0 or value < 0:
                return 1 if value > 0 else -1
        raise NotDecidable

    def isolated_roots(self) -> list[Ends]:
        """Return disjoint intervals with one real root each, in ascending order.

        Raises:
            NotDecidable: they are not told apart.
        """
        coefficients = self.balls(_BITS)
        if len(coefficients) - 1 > MAX_DEGREE or coefficients[-1].contains(0):
            raise NotDecidable
        try:
            found = arb_poly(coefficients).complex_roots()
        except ValueError as error:
            raise NotDecidable from error
        return sorted(_ends(root.real) for root in found if root.imag.contains(0))


def _ends(root: arb) -> Ends:
    low, high = fraction(root.lower()), fraction(root.upper())
    if low is None or high is None:
        raise NotDecidable
    return low, high
