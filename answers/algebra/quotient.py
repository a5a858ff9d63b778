"""Quotients of polynomials in generators, and what a generator is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from flint import arb

from answers.algebra import multivariate as poly
from answers.algebra.multivariate import Balls, Poly
from examgen.ground.record import record

if TYPE_CHECKING:
    from flint import fmpq

Key: TypeAlias = "tuple[object, ...]"
Ball: TypeAlias = Callable[[Balls], arb]
# Families of generators.
LETTER, IMAGINARY, PI, ROOT, SIGN = "letter", "i", "pi", "root of", "sign of"


@dataclass
class Generator:
    """One generator.

    Attributes:
        key: what it stands for; the first word is the family it belongs to.
        ball: gives its value from those of earlier generators.
        is_positive: it is never negative.
        of: what the function is taken of, where it has one argument.
    """

    key: Key
    ball: Ball
    is_positive: bool = False
    of: Quotient | None = None

    @property
    def family(self) -> object:
        """Return the family that it belongs to."""
        return self.key[0]


@record
class Quotient:
    """A numerator and a denominator without a common factor."""

    above: Poly
    below: Poly

    @property
    def key(self) -> Key:
        """Return what is equal for quotients that are equal in lowest terms."""
        return poly.key_of(self.above), poly.key_of(self.below)

    @property
    def is_zero(self) -> bool:
        """Return whether it is zero."""
        return self.above.is_zero()

    def number(self) -> fmpq | None:
        """Return the rational number that it is; None where it is none."""
        return poly.ratio(self.above, self.below)

    def negative(self) -> Quotient:
        """Return the opposite."""
        return Quotient(-self.above, self.below)

    def ball(self) -> Ball:
        """Return what gives its value from those of the generators."""
        above, below = poly.compile_polynomial(self.above), poly.compile_polynomial(self.below)
        if self.below.is_one():
            return above
        return lambda known: above(known) / below(known)
