"""Zeros that are found where an expression changes its sign: one that another has not refutes."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise, product
from typing import TYPE_CHECKING

from answers.evaluation.cost import FLOATS, Traits
from answers.evaluation.evaluate import Evaluator, Undefined, context_of, formula
from answers.evaluation.sample_points import Domain, points
from answers.syntax.nodes import spelled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from answers.evaluation.evaluate import Formula
    from answers.evaluation.sample_points import Point
    from answers.syntax.nodes import Node

_LINES = 4
_MOST_STEPS = 50
_STEPS = [n / 7 for n in range(-50, 51)]
_NEAR, _NEARER, _FAR = 1e-9, 1e-13, 1e-4  # of the largest number met on the way


def zero_of_one(
    mine: Node, theirs: Node, letters: Sequence[str], domain: Domain = Domain.REAL
) -> str | None:
    """A point at which one expression vanishes and the other is far from it; None: none was met."""
    most = Traits.of(mine, theirs).affordable(FLOATS)
    one, other = (formula(side, context_of(FLOATS)) for side in (mine, theirs))
    steps = [x for x in _STEPS if x > 0 or domain is not Domain.POSITIVE]
    lines = points(letters, domain, b"zeros", _LINES - 2)
    search = _Search(steps, most)
    with suppress(_Spent):
        for values, free in product(lines, letters[:3]):
            for of, against in ((one, other), (other, one)):
                for zero in search.zeros(of, values, free):
                    at = _put(values, free, zero)
                    value, scale = search.value(against, at)
                    if value is not None and abs(value) > _FAR * scale:
                        return ", ".join(f"{spelled(x)}={float(at[x][0]):.4g}" for x in letters)
    return None


class _Spent(Exception):
    """The expressions were evaluated as often as they may be."""


@dataclass
class _Search:
    """A search for zeros, with limited work.

    Attributes:
        steps: the values of a letter between which signs are compared.
        left: how often an expression may still be evaluated.
    """

    steps: list[float]
    left: int

    def zeros(self, of: Formula, values: Point, free: str) -> Iterator[float]:
        """Where the sign changes on a line, and no pole does it."""
        signs = ((x, self.value(of, _put(values, free, x))[0]) for x in self.steps)
        for (low, below), (high, above) in pairwise(signs):
            if below is not None and above is not None and below * above <= 0:
                zero = self._met(of, values, free, [(low, below), (high, above)])
                if zero is not None:
                    yield zero

    def _met(
        self, of: Formula, values: Point, free: str, ends: list[tuple[float, float]]
    ) -> float | None:
        """The zero between two places with different signs, by the Illinois method."""
        (low, below), (high, above) = ends
        for _ in range(_MOST_STEPS):
            x = high - above * (high - low) / (above - below) if above != below else high
            value, scale = self.value(of, _put(values, free, x))
            if value is None:
                return None
            if abs(value) <= _NEARER * scale or x in {low, high}:
                return x if abs(value) <= _NEAR * scale else None
            if value * above < 0:
                low, below = high, above
            else:
                below /= 2
            high, above = x, value
        return None

    def value(self, of: Formula, at: Point) -> tuple[float | None, float]:
        """The value, None where it is not real, and the largest number met on the way.

        Raises:
            _Spent: it was the last one.
        """
        self.left -= 1
        if self.left < 0:
            raise _Spent
        evaluator = Evaluator(context_of(FLOATS), at)
        try:
            value = evaluator.value(of)
        except Undefined:
            return None, 1
        is_real = abs(value.imag) <= 1e-12 * evaluator.scale
        return (float(value.real) if is_real else None), evaluator.scale


def _put(values: Point, letter: str, x: float) -> Point:
    return values | {letter: (Fraction(x), Fraction(0))}
