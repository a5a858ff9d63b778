"""Zeros that are found where an expression changes its sign: one that another has not refutes."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from answers.evaluation import Evaluator, Undefined, context_of, formula
from answers.points import Domain, points
from answers.reading.tree import spelled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from answers.evaluation import Formula
    from answers.reading.tree import Node

_LINES = 4
_HALVINGS = 60
_STEPS = [Fraction(n, 7) for n in range(-50, 51)]


def zero_of_one(
    mine: Node, theirs: Node, letters: Sequence[str], domain: Domain = Domain.REAL
) -> str | None:
    """A point at which one expression vanishes and the other is far from it; None: none was met."""
    sides = [formula(side, context_of(15)) for side in (mine, theirs)]
    for point in points(letters, domain, b"zeros", _LINES - 2):
        for free in letters[:3]:
            values = {name: real for name, (real, _) in point.items()}
            for one, other in (sides, sides[::-1]):
                for zero in _zeros(one, values, free, domain):
                    at = values | {free: zero}
                    if _is_far_from_zero(other, at):
                        return ", ".join(f"{spelled(x)}={float(at[x]):.4g}" for x in letters)
    return None


def _zeros(
    of: Formula, values: dict[str, Fraction], free: str, domain: Domain
) -> Iterator[Fraction]:
    """Where the sign changes on a line, and no pole does it."""
    steps = [x for x in _STEPS if x > 0 or domain is not Domain.POSITIVE]
    signs = [(x, _value(of, values | {free: x})[0]) for x in steps]
    for (low, below), (high, above) in pairwise(signs):
        if below is None or above is None or below * above > 0:
            continue
        zero = _bisected(of, values, free, (low, high), below)
        value, scale = _value(of, values | {free: zero})
        if value is not None and abs(value) <= 1e-9 * scale:
            yield zero


def _bisected(
    of: Formula,
    values: dict[str, Fraction],
    free: str,
    ends: tuple[Fraction, Fraction],
    below: float,
) -> Fraction:
    low, high = ends
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        value, _ = _value(of, values | {free: middle})
        if value is None:
            return middle
        low, high = (middle, high) if value * below > 0 else (low, middle)
    return high


def _is_far_from_zero(of: Formula, values: dict[str, Fraction]) -> bool:
    value, scale = _value(of, values)
    return value is not None and abs(value) > 1e-4 * scale


def _value(of: Formula, values: dict[str, Fraction]) -> tuple[float | None, float]:
    """The value, None where it is not real, and the largest number met on the way."""
    point = {name: (value, Fraction(0)) for name, value in values.items()}
    evaluator = Evaluator(context_of(15), point)
    try:
        value = evaluator.value(of)
    except Undefined:
        return None, 1
    is_real = abs(value.imag) <= 1e-12 * evaluator.scale
    return (float(value.real) if is_real else None), evaluator.scale
