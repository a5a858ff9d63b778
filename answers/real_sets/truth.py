"""The truth of two conditions at a point, where balls are sure of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from answers.evaluation.evaluate import letters_at, real, value
from answers.evaluation.precision import BITS, Undefined
from answers.real_sets.square_roots import TURNED
from answers.syntax.nodes import Logic, Node, Rel

if TYPE_CHECKING:
    from flint import arb

    from answers.evaluation.evaluate import Letters
    from answers.evaluation.sample_points import Point


def truths_at(one: Node, other: Node, point: Point) -> tuple[bool, bool]:
    """Return the truth of two conditions at a point.

    Raises:
        Undefined: one is not sure there.
    """
    letters = letters_at(point, BITS[0])
    return _truth(one, letters), _truth(other, letters)


def _truth(node: Node, letters: Letters) -> bool:
    match node:
        case Logic("and", parts):
            return all(_truth(part, letters) for part in parts)
        case Logic("or", parts):
            return any(_truth(part, letters) for part in parts)
        case Logic(_, (part,)):
            return not _truth(part, letters)
        case Rel(sign, left, right) if sign in TURNED:
            mine, theirs = value(left, letters, BITS[0]), value(right, letters, BITS[0])
            return _holds(sign, real(mine), real(theirs))
        case _:
            raise Undefined


def _holds(sign: str, left: arb, right: arb) -> bool:
    if left.overlaps(right):  # another point is as good
        raise Undefined
    return sign == "!=" or (sign != "=" and (sign[0] == "<") == bool(left < right))
