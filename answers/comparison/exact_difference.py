"""The exact difference of two expressions: zero by rules, or surely not zero at a point."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING

from flint import acb, ctx

from answers.algebra import multivariate as poly
from answers.algebra.constants import vanishes
from answers.algebra.quotient import IMAGINARY, SIGN
from answers.comparison.outcome import SAME, UNPROVED, Comparison, Found
from answers.comparison.sign_cells import cell_points, never_together
from answers.evaluation.evaluate import ball, both_at
from answers.evaluation.precision import BITS, Undefined
from answers.evaluation.sample_points import Domain, format_point
from answers.normal_forms.build import difference

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from answers.algebra.multivariate import Balls, Poly
    from answers.algebra.quotient import Ball
    from answers.algebra.space import Space
    from answers.comparison.pair import Pair
    from answers.evaluation.sample_points import Point

    Signs = tuple[int, ...]

MAX_SIGNS = 6
BALL_POINTS = 3


@dataclass
class Difference:
    """The numerator of a difference, in the generators of a space.

    Attributes:
        pair: the two expressions.
        space: the generators, and what is known of them.
        of: the numerator.
        below: the denominator.
    """

    pair: Pair
    space: Space
    of: Poly
    below: Poly

    @classmethod
    def of_pair(cls, pair: Pair) -> Difference | None:
        """Return the difference of two expressions; None where it would be too large."""
        is_positive = pair.domain is Domain.POSITIVE
        made = difference(pair.left, pair.right, is_positive=is_positive)
        return made and cls(pair, made[0], made[1].above, made[1].below)

    @cached_property
    def holds(self) -> bool:
        """Return whether what the rules say holds for the values that are compared."""
        if not self.pair.names or self.pair.is_real:
            return True
        if self.pair.domain is Domain.COMPLEX:
            return not self.space.uses_signs
        return not self.space.facts

    @property
    def is_zero(self) -> bool:
        """Return whether it is zero by the rules."""
        return self.holds and self.of.is_zero()

    def decide(self, usable: Sequence[Point]) -> Comparison:
        """Return what the difference says, beside that it is not zero by the rules alone."""
        if not self.holds:
            return UNPROVED
        if vanishes(self.space, self.of):
            return SAME
        signs = self._signs_in(self.of)
        if len(signs) > MAX_SIGNS:
            return UNPROVED
        every = list(product((1, -1), repeat=len(signs)))
        bad = [each for each in every if not self._vanishes_with(signs, each)]
        if len(bad) == len(every):
            return self._refuted(usable[:BALL_POINTS])
        return self._in_cells(signs, bad, usable)

    def _signs_in(self, of: Poly) -> list[int]:
        used = set(poly.generators(of))
        return [n for n in self.space.of_family(SIGN) if n in used]

    def _vanishes_with(self, signs: list[int], values: Signs) -> bool:
        of = poly.substitute(self.of, dict(zip(signs, values, strict=True)))
        return vanishes(self.space, self.space.reduce(of))

    # -- cells in which signs are constant ---------------------------------------------------------

    def _in_cells(self, signs: list[int], bad: list[Signs], usable: Sequence[Point]) -> Comparison:
        """Return what the cells say in which the difference is not zero."""
        for point in usable:
            if self._signs_at(signs, point) in bad:
                return self._refuted([point])
        polys = [quotient.above for n in signs if (quotient := self.space.generators[n].of)]
        cells = cell_points(self.space, polys, self.pair.domain)
        if cells is None:
            is_proved = all(
                never_together(self.space, polys, each, self.pair.domain) for each in bad
            )
            return SAME if is_proved else self._anywhere(signs, bad)
        is_proved = True
        for point in cells:
            if self._signs_at(signs, point, is_cell=True) in bad and self._may_be_real(point):
                found = self._refuted([point])
                if found.found is Found.DIFFERENT:
                    return found
                is_proved = False
        return SAME if is_proved else UNPROVED

    def _anywhere(self, signs: list[int], bad: list[Signs]) -> Comparison:
        """Look for a cell at random."""
        for point in self.pair.points():
            if self._signs_at(signs, point) in bad:
                return self._refuted([point])
        return UNPROVED

    def _signs_at(self, signs: list[int], point: Point, *, is_cell: bool = False) -> Signs | None:
        """Return the signs at a point; None where they are not sure, or not all parts are real."""
        for bits in BITS[:3]:
            known = self._values(point, bits, ignore_facts=is_cell)
            if known is not None:
                found = [known[n] for n in signs]
                return tuple([1 if sign > 0 else -1 for sign in found])
        return None

    def _may_be_real(self, point: Point) -> bool:
        """Return whether it is not sure that a part is not real at a point."""
        known = self._values(point, BITS[1], ignore_facts=True)
        return known is None or not any(fact(known) < 0 for fact in self._facts)

    @cached_property
    def _facts(self) -> list[Ball]:
        return [poly.compile_polynomial(fact) for fact in self.space.facts]

    # -- balls -------------------------------------------------------------------------------------

    def _refuted(self, usable: Iterable[Point]) -> Comparison:
        """Return a point at which the difference is surely not zero."""
        parts = [poly.compile_polynomial(part) for part in self._real_parts()]
        for point in usable:
            for bits in BITS:
                if self.pair.cost.affordable(bits) < 1:
                    break
                known = self._values(point, bits)
                if known is None:
                    break
                if not all(part(known).contains(0) for part in parts):
                    return self._counter_example(point, known, bits)
        return UNPROVED

    def _counter_example(self, point: Point, known: Balls, bits: int) -> Comparison:
        """Return a counter-example, unless the readings themselves contradict it."""
        i = self.space.number_of((IMAGINARY,))
        below = poly.compile_polynomial(self.below)(known)
        apart = acb(*[poly.compile_polynomial(part)(known) / below for part in self._real_parts()])
        if i is None and self._is_contradicted(point, apart, bits):
            return UNPROVED
        shown = self.pair.format_at(point, bits, abs(apart))
        return Comparison(Found.DIFFERENT, format_point(point), *shown)

    def _is_contradicted(self, point: Point, apart: acb, bits: int) -> bool:
        """Return whether the difference of the readings is another one: a fault in a rule."""
        try:
            mine, theirs = both_at(self.pair.left, self.pair.right, point, bits)
        except Undefined:
            return False
        return apart.is_finite() and not (mine - theirs).overlaps(apart)

    def _real_parts(self) -> Iterator[Poly]:
        n = self.space.number_of((IMAGINARY,))
        yield from [self.of] if n is None else poly.parts_by(self.of, {n})

    def _values(self, point: Point, bits: int, *, ignore_facts: bool = False) -> Balls | None:
        """Return all generators at a point; None where not all parts are surely real there."""
        if any(imaginary for _, imaginary in point.values()):
            return None
        ctx.prec = bits
        letters = {name: ball(number) for name, (number, _) in point.items()}
        try:
            known = self.space.values(letters)
        except (KeyError, ZeroDivisionError, ValueError):
            return None
        if known is None or ignore_facts or all(fact(known) > 0 for fact in self._facts):
            return known
        return None
