"""The truth of a condition at a point, where balls are sure of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from answers.evaluation.evaluate import at, real
from answers.evaluation.precision import BITS, Undefined
from answers.real_sets.square_roots import TURNED
from answers.syntax.nodes import Logic, Node, Rel

if TYPE_CHECKING:
    from flint import arb

    from answers.evaluation.sample_points import Point


def truth_at(node: Node, point: Point) -> bool:
    """Return the truth of a condition at a point.

    Raises:
        Undefined: it is not sure there.
    """
    match node:
        case Logic("and", parts):
            return all(truth_at(part, point) for part in parts)
        case Logic("or", parts):
            return any(truth_at(part, point) for part in parts)
        case Logic(_, (part,)):
            return not truth_at(part, point)
        case Rel(sign, left, right) if sign in TURNED:
            return _holds(sign, real(at(left, point, BITS[0])), real(at(right, point, BITS[0])))
        case _:
            raise Undefined


def _holds(sign: str, left: arb, right: arb) -> bool:
    if left.overlaps(right):  # another point is as good
        raise Undefined
    return sign == "!=" or (sign != "=" and (sign[0] == "<") == bool(left < right))
