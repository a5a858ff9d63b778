"""Where expressions bend along lines parallel to the axes, and points in each stretch between.

Between two such places an expression has one formula without a bend. Of one letter there is one
line, and agreement at random points of each stretch says all that points can say.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from answers.algebra.identity_test import whole
from answers.algebra.univariate import Univariate
from answers.evaluation.sample_points import MOST_DRAWN, Domain, drawn
from answers.real_sets.rational_function import is_exact, quotient
from answers.real_sets.sign_chart import CutLine
from answers.syntax.errors import NotDecidable
from answers.syntax.functions.table import function_of
from answers.syntax.nodes import Call, Node, Pow, symbols, walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from answers.algebra.polynomial import Polynomial
    from answers.evaluation.sample_points import Point

# Zero is always a place of its own, so that both signs are looked at.
_LETTER = Univariate((0, 1))
_ZERO = Fraction(0)
_MAX_WORK = 5_000
_MAX_BENDS = 12
_REACH = 12


def points_in_pieces(
    nodes: Sequence[Node], lines: Sequence[tuple[str, Point]], domain: Domain, seed: bytes
) -> list[Point] | None:
    """Random points in each stretch of some lines in which expressions have no bend.

    Args:
        nodes: the expressions.
        lines: a letter that is free, and a point that gives values to all others.
        domain: positive: stretches of positive numbers only.
        seed: chooses the points.

    Returns:
        None where it is not known where they bend.
    """
    try:
        sides = [side for node in nodes for bend in _bends(node) for side in _quotient(bend)]
        return [
            {**point, letter: (low + (high - low) * Fraction(part + 1, MOST_DRAWN + 2), _ZERO)}
            for turn, (letter, point) in enumerate(lines)
            for number, (low, high) in enumerate(_stretches(sides, letter, point, domain))
            for part in drawn(seed, turn * 2 * _MAX_BENDS + number, 2 if len(lines) == 1 else 1)
        ]
    except NotDecidable:
        return None


def _stretches(
    sides: Sequence[Polynomial], letter: str, point: Point, domain: Domain
) -> Iterator[tuple[Fraction, Fraction]]:
    """Parts of the stretches of a line between the zeros of polynomials."""
    values = {name: value for name, (value, _) in point.items() if name != letter}
    on_line = {side.univariate(letter, values) for side in sides}
    roots = CutLine.at_roots({*on_line, _LETTER}, _MAX_WORK, exact=True).roots
    if len(roots) > _MAX_BENDS:
        raise NotDecidable
    ends = [roots[0][0] - _REACH, *(end for root in roots for end in root), roots[-1][1] + _REACH]
    stretches = zip(ends[::2], ends[1::2], strict=True)
    return ((low, high) for low, high in stretches if low >= 0 or domain is not Domain.POSITIVE)


def _bends(node: Node) -> Iterator[Node]:
    """What vanishes, or has no value, where an expression bends."""
    for part in walk(node):
        match part:
            case Call(name, args):
                function = function_of(name)
                if function.jumps and symbols(part):
                    raise NotDecidable
                if function.bends is not None:
                    yield from function.bends(*args)
            case Pow(base, exponent) if whole(exponent) is None:
                yield base
            case _:
                pass


def _quotient(bend: Node) -> tuple[Polynomial, ...]:
    """Numerator and denominator of what decides where an expression bends."""
    if not symbols(bend):
        return ()
    if not is_exact(bend):
        raise NotDecidable
    return quotient(bend)
