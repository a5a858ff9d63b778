"""Two expressions at a point: balls that do not meet prove that they differ."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from answers.comparison.outcome import Comparison, Found
from answers.evaluation.cost import Cost
from answers.evaluation.evaluate import both_at
from answers.evaluation.precision import Undefined
from answers.evaluation.sample_points import Domain, format_point, points
from answers.syntax.nodes import constants_in, free_symbols

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flint import acb, arb

    from answers.evaluation.sample_points import Point
    from answers.syntax.nodes import Node

SMALL = 2
SPARE = 44
_REAL_BITS = 256
_NO_POINT: Point = {}


@dataclass
class Pair:
    """Two expressions over a domain.

    Attributes:
        left: the student's expression, named "yours" in a counter-example.
        right: the expected one.
        domain: which values variables take.
        seed: chooses the points.
        is_real: points at which a side is not real are passed over.
    """

    left: Node
    right: Node
    domain: Domain
    seed: bytes
    is_real: bool

    @classmethod
    def of(cls, left: Node, right: Node, domain: Domain, seed: bytes) -> Pair:
        """Return two expressions, which are real if they hold variables and no imaginary unit."""
        pair = cls(left, right, domain, seed, is_real=False)
        pair.is_real = bool(pair.names) and domain is not Domain.COMPLEX and not pair.is_imaginary
        return pair

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Return the variables."""
        return tuple(sorted(free_symbols(self.left) | free_symbols(self.right)))

    @property
    def is_imaginary(self) -> bool:
        """Return whether the imaginary unit occurs."""
        return "i" in constants_in(self.left) | constants_in(self.right)

    @cached_property
    def cost(self) -> Cost:
        """Return what an evaluation takes."""
        return Cost.of(self.left, self.right)

    def points(self, most: int = SPARE) -> Iterator[Point]:
        """Return the points to try; the first ones have small numbers."""
        if not self.names:
            return iter((_NO_POINT,))
        least = self.cost.affordable(64)
        tried = points(self.names, self.domain, self.seed, most, self.cost.largest)
        return islice(tried, least)

    def refute(self, point: Point, bits: int = 64) -> Comparison | None:
        """Return what is different at a point; None where both have values that may be equal.

        Undecided: a side has no value there. Then the point is given where only one is real.
        """
        try:
            mine, theirs = both_at(self.left, self.right, point, bits)
        except Undefined:
            return Comparison(Found.UNDECIDED)
        if self.is_real and not (mine.imag.is_zero() and theirs.imag.is_zero()):
            real = mine.imag.contains(0), theirs.imag.contains(0)
            if all(real):
                return self.refute(point, _REAL_BITS) if bits < _REAL_BITS else None
            shown = (format_point(point), _shown(mine), _shown(theirs)) if any(real) else ()
            return Comparison(Found.UNDECIDED, *shown)
        if mine.overlaps(theirs):
            return None
        return Comparison(
            Found.DIFFERENT, format_point(point), *format_apart(mine, theirs, abs(mine - theirs))
        )

    def format_at(self, point: Point, bits: int, apart: arb) -> tuple[str, str]:
        """Return both values as text, which are so far apart."""
        try:
            mine, theirs = both_at(self.left, self.right, point, bits)
        except Undefined:
            return "another value", "another one"
        return format_apart(mine, theirs, apart)


def format_apart(mine: acb, theirs: acb, apart: arb) -> tuple[str, str]:
    """Return two values with as many digits as it takes to see it, or how far apart they are."""
    for figures in (6, 15):
        shown = _shown(mine, figures), _shown(theirs, figures)
        if shown[0] != shown[1]:
            return shown
    return _shown(mine), f"{_shown(theirs)} ({apart.mid().str(2, radius=False)} away)"


def _shown(value: acb, figures: int = 6) -> str:
    """Return a value as text; where it is too large or small for a float, its real part."""
    real, imaginary = float(value.real.mid()), float(value.imag.mid())
    if not math.isfinite(real) or not math.isfinite(imaginary):
        return value.real.mid().str(figures, radius=False)
    shown = f"{real:.{figures}g}"
    is_real = abs(imaginary) < 1e-12 * (abs(real) + 1)
    return shown if is_real else f"{shown}{imaginary:+.{figures}g}i"
