"""Compare two expressions: proved equal, refuted at a point, or not known.

In this order: balls at a few points, of which two that do not meet refute; the exact difference,
which proves where it is zero by rules; more points; the balls and the signs of the difference; the
one part in which both differ, where there is one.
Agreement of balls alone proves nothing, however small they are.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING

from answers.comparison.exact_difference import Difference
from answers.comparison.outcome import SAME, UNMET, UNPROVED, Comparison, Found
from answers.comparison.pair import SMALL, Pair
from answers.evaluation.precision import BITS
from answers.normal_forms.complex_parts import asks_for_parts
from answers.syntax.nodes import children, map_children

if TYPE_CHECKING:
    from collections.abc import Iterator

    from answers.evaluation.sample_points import Domain, Point
    from answers.syntax.nodes import Node

POINTS = 4
BENT_POINTS = 44
DEEP_POINTS = 2


def compare(left: Node, right: Node, domain: Domain, seed: bytes) -> Comparison:
    """Compare two expressions over a domain.

    Args:
        left: the student's expression, named "yours" in a counter-example.
        right: the expected one.
        domain: `REAL`: equal wherever both sides are real; `POSITIVE`: for positive variables;
            `COMPLEX`: for complex variables.
        seed: chooses the points.
    """
    pair = Pair.of(left, right, domain, seed)
    found = _Search(pair).search()
    if found.found is Found.UNDECIDED and not found.is_met and pair.is_real:
        # (-1)^n is real at too few points to tell; where it is not, it can be compared as well.
        anywhere = _Search(replace(pair, is_real=False)).search()
        return anywhere if anywhere.found is Found.SAME else found
    is_open = found.found is Found.UNDECIDED and pair.is_real
    if not is_open or asks_for_parts(left) or asks_for_parts(right):
        return found
    parts = _differing(left, right)
    inner = _Search(Pair.of(*parts, domain, seed)).search() if parts else found
    return inner if inner.found is Found.SAME else found


def _differing(left: Node, right: Node) -> tuple[Node, Node] | None:
    """Return the innermost part in which two expressions differ that are alike around it.

    Functions of equal values are equal: e^(u^2/(v + 1)) and e^(v - 1) need no rule of their own.
    """
    found = None
    while (parts := _one_part(left, right)) is not None:
        found = left, right = parts
    return found


def _one_part(left: Node, right: Node) -> tuple[Node, Node] | None:
    pairs = zip(children(left), children(right), strict=False)
    one, other = next(((a, b) for a, b in pairs if a != b), (left, right))
    is_alike = one is not left and map_children(left, lambda a: other if a == one else a) == right
    return (one, other) if is_alike else None


@dataclass
class _Search:
    """Points that were tried, and what they said.

    Attributes:
        usable: points at which both sides have values, which may be equal.
        one_sided: a point at which only one side is real.
    """

    pair: Pair
    usable: list[Point] = field(default_factory=list)
    one_sided: Comparison | None = None

    def search(self) -> Comparison:
        """Return what the sides are."""
        tried = self.pair.points()
        found = self._refuted(tried, enough=SMALL if self.pair.names else 1)
        if found is not None:
            return found
        gap = Difference.of_pair(self.pair)
        is_zero = gap is not None and gap.is_zero
        if not self.usable and self.pair.names:
            if self.one_sided is not None and not is_zero:
                return replace(self.one_sided, found=Found.DIFFERENT)
            return UNMET
        if is_zero:
            return SAME
        found = self._refuted(tried, enough=POINTS)
        found = found or (gap.decide(self.usable) if gap is not None else UNPROVED)
        if found.found is not Found.UNDECIDED:
            return found
        return self._refuted(tried, enough=BENT_POINTS) or self._deeply()

    def _refuted(self, tried: Iterator[Point], *, enough: int) -> Comparison | None:
        """Return a counter-example, if one is met before there are enough points without."""
        for point in tried if len(self.usable) < enough else ():
            found = self.pair.refute(point)
            if found is None:
                self.usable.append(point)
            elif found.found is Found.DIFFERENT:
                return found
            elif found.point:
                self.one_sided = found
            if len(self.usable) >= enough:
                break
        return None

    def _deeply(self) -> Comparison:
        """Return a counter-example that only many bits show."""
        for bits in BITS[1:]:
            points = self.usable or list(self.pair.points(DEEP_POINTS))
            most = min(DEEP_POINTS, self.pair.cost.affordable(bits))
            for point in islice(points, most):
                found = self.pair.refute(point, bits)
                if found is not None and found.found is Found.DIFFERENT:
                    return found
        return UNPROVED if self.usable else UNMET
