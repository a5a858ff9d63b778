"""A zero of one of two expressions at which the other is not zero: what shows two equations differ.

Between two points at which a continuous expression has different signs it vanishes. Where the other
one has no zero in between, they do not vanish together: both are seen by balls, and so are sure.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise, product
from typing import TYPE_CHECKING

from flint import acb, ctx

from answers.evaluation.cost import Cost
from answers.evaluation.evaluate import ball, letters_at, real, value
from answers.evaluation.precision import BITS, Undefined
from answers.evaluation.sample_points import Domain, points
from answers.syntax.functions.table import function_of
from answers.syntax.nodes import display_name, functions_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flint import arb

    from answers.evaluation.evaluate import Letters
    from answers.evaluation.sample_points import Point
    from answers.syntax.nodes import Node

_LINES = 4
_HALVINGS = 40
_SHARE = 4  # of the work that a comparison may be
_WIDTHS = (6, 20, 39)  # after so many halvings the stretch is looked at
_STEPS = tuple(Fraction(n, 7) for n in range(-50, 51))


def zero_of_one(
    mine: Node, theirs: Node, letters: Sequence[str], domain: Domain = Domain.REAL
) -> str | None:
    """Return a point at which one expression vanishes and the other does not, if one is met."""
    if any(function_of(name).jumps for name in functions_in(mine) | functions_in(theirs)):
        return None
    steps = [x for x in _STEPS if x > 0 or domain is not Domain.POSITIVE]
    left = Cost.of(mine, theirs).affordable(BITS[0]) // _SHARE
    lines = points(letters, domain, b"zeros", _LINES - 2)
    for values, free in product(lines, letters[:3]):
        for of, against in ((mine, theirs), (theirs, mine)):
            line = _Line(of, against, values, free)
            zero = line.zero(steps)
            left -= line.evaluated
            if zero is not None:
                at = {**values, free: (zero, Fraction(0))}
                return ", ".join(f"{display_name(x)}={float(at[x][0]):.4g}" for x in letters)
            if left < 0:
                return None
    return None


@dataclass
class _Line:
    """A line parallel to an axis, on which zeros of an expression are looked for."""

    of: Node
    against: Node
    values: Point
    free: str
    evaluated: int = 0

    @cached_property
    def fixed(self) -> Letters:
        """Return the values as balls."""
        return letters_at(self.values, BITS[0])

    def zero(self, steps: Sequence[Fraction]) -> Fraction | None:
        """Return a zero of the one near which the other has none."""
        for (low, below), (high, above) in pairwise(self._values(steps)):
            if below is None or above is None:
                continue
            if below.is_zero() and self._is_zero_of_one(low, low):
                return low
            if self._sign(below) * self._sign(above) < 0:
                found = self._between(low, high, self._sign(below))
                if found is not None:
                    return found
        return None

    def _values(self, steps: Sequence[Fraction]) -> Iterator[tuple[Fraction, arb | None]]:
        for x in steps:
            yield x, self._at(self.of, x, x)

    def _between(self, low: Fraction, high: Fraction, below: int) -> Fraction | None:
        for turn in range(_HALVINGS):
            if turn in _WIDTHS and self._is_zero_of_one(low, high):
                return low
            middle = (low + high) / 2
            sign = self._sign(self._at(self.of, middle, middle))
            if not sign:
                return None
            low, high = (middle, high) if sign == below else (low, middle)
        return None

    def _is_zero_of_one(self, low: Fraction, high: Fraction) -> bool:
        """Return whether the one has no pole in a stretch, and the other no zero."""
        if self._at(self.of, low, high) is None:
            return False
        return bool(self._sign(self._at(self.against, low, high)))

    def _sign(self, found: arb | None) -> int:
        return 0 if found is None else (found > 0) - (found < 0)

    def _at(self, node: Node, low: Fraction, high: Fraction) -> arb | None:
        """Return the values between two points as a ball; None where not all are surely real."""
        self.evaluated += 1
        ctx.prec = BITS[0]
        place = ball(low) if low == high else ball(low).union(ball(high))
        try:
            return real(value(node, {**self.fixed, self.free: acb(place)}, BITS[0]))
        except Undefined:
            return None
