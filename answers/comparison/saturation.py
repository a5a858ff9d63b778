"""Functions that come so close to a limit that no digits tell them from it, as tanh(100) is 1.

Where all points lie there, agreement says nothing of where the function goes from one limit to the
other: tanh(4(x + 30)) and tanh(30(x + 3)) agree to 50 digits wherever x is not near -30 or -3.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

from answers.algebra.polynomial import constant, polynomial
from answers.evaluation.evaluate import real_parts
from answers.evaluation.sample_points import MOST_DRAWN, Domain, drawn
from answers.syntax.errors import NotDecidable
from answers.syntax.functions.table import function_of
from answers.syntax.nodes import Call, Node, Pow, symbols, walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from answers.algebra.polynomial import Polynomial
    from answers.evaluation.sample_points import Point

_GENTLE = 40  # 50 digits show e^-80 beside 1
_REACH = 2
_LINES = 2
_MAX_WORK = 1_000


def steep_arguments(nodes: Sequence[Node]) -> Iterator[Node]:
    """What functions with such limits are taken of, where it has letters."""
    for node in nodes:
        for part in walk(node):
            match part:
                case Call(name, (inner,)) if function_of(name).saturates and symbols(inner):
                    yield inner
                case Pow(base, exponent) if not symbols(base) and symbols(exponent):
                    yield exponent
                case _:
                    pass


def steepness(inner: Node, at: Iterable[Point]) -> Iterator[float]:
    """How large an argument is at each point; infinity where it has no value."""
    return (math.inf if part is None else abs(part) for part in real_parts(inner, at))


def is_gentle(inner: Node, at: Iterable[Point]) -> bool:
    """Whether an argument is so small at a point that its function is not yet at a limit."""
    return any(size <= _GENTLE for size in steepness(inner, at))


def gentle_points(
    inner: Node, near: Sequence[Point], domain: Domain, seed: bytes
) -> Iterator[Point]:
    """Points at which an argument is small: of those given, or on lines through them."""
    sizes = steepness(inner, near)
    yield from (point for point, size in zip(near, sizes, strict=True) if size <= _GENTLE)
    poly = polynomial(inner)
    if poly is None or domain is Domain.COMPLEX:
        return
    for number, point in enumerate(near[:_LINES]):
        parts = drawn(seed, number, 2)
        for part, way in zip(parts, (-_REACH, _REACH), strict=True):
            level = way * Fraction(part + 1, MOST_DRAWN + 2)
            for letter in poly.letters[:_LINES]:
                for x in _where(poly, level, letter, point):
                    if x > 0 or domain is not Domain.POSITIVE:
                        yield {**point, letter: (x, Fraction(0))}


def _where(poly: Polynomial, level: Fraction, letter: str, point: Point) -> list[Fraction]:
    """Where a polynomial is close to a value on a line through a point."""
    values = {name: value for name, (value, _) in point.items() if name != letter}
    line = poly.minus(constant(level)).univariate(letter, values).squarefree.upright()
    if line.degree < 1 or line.work > _MAX_WORK:
        return []
    try:
        return [(low + high) / 2 for low, high in line.isolated_roots()]
    except NotDecidable:
        return []
