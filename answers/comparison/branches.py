"""Branches of expressions: whether points on one side of a bend say enough of the other side.

|f| agrees with f wherever f is positive. Where f has one sign at all points that were tried, and
it is not proved that it always has, agreement at these points proves nothing.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from answers.algebra.polynomial import polynomial
from answers.evaluation.evaluate import real_parts
from answers.evaluation.sample_points import Domain
from answers.real_sets.cylindrical_decomposition import difference_in
from answers.real_sets.rewrite import NEVER
from answers.syntax.errors import NotDecidable
from answers.syntax.functions.table import function_of
from answers.syntax.nodes import Call, Node, Num, Rel, walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from answers.algebra.polynomial import Polynomial
    from answers.evaluation.sample_points import Point

_ZERO = Num(Fraction(0), "0")


def unseen_branches(
    nodes: Sequence[Node], seen: Sequence[Point], others: Sequence[Point], domain: Domain
) -> Iterator[list[Point]]:
    """For each polynomial on whose sign expressions depend, and which shows one sign only.

    Args:
        nodes: the expressions.
        seen: where they were compared.
        others: where the other sign is looked for.
        domain: which values letters may take; complex ones have no sign.

    Yields:
        Other points at which the polynomial has the other sign; nothing is yielded where it surely
        has none.
    """
    for inner in dict.fromkeys(part for node in nodes for part in _deciding(node)):
        poly = polynomial(inner)
        if poly is None or not poly.letters or domain is Domain.COMPLEX:
            continue
        signs = set(_signs(inner, seen)) - {0}
        if len(signs) > 1:
            continue
        sign = next(iter(signs), 1)
        there = [p for p, s in zip(others, _signs(inner, others), strict=True) if s == -sign]
        if there or not _is_always(inner, poly, sign, domain):
            yield there


def _deciding(node: Node) -> Iterator[Node]:
    """What is positive in one branch and negative in the other."""
    for part in walk(node):
        match part:
            case Call(name, args):
                function = function_of(name)
                if function.bends is not None and function.pieces_at(args):
                    yield from function.bends(*args)


def _signs(node: Node, at: Iterable[Point]) -> Iterator[int]:
    """1 or -1 at each point; 0 for neither."""
    for value in real_parts(node, at):
        yield 0 if value is None else (value > 0) - (value < 0)


def _is_always(node: Node, poly: Polynomial, sign: int, domain: Domain) -> bool:
    """Whether a polynomial is surely never of the other sign."""
    even = all(power % 2 == 0 for monomial in poly.terms for _, power in monomial)
    if (even or domain is Domain.POSITIVE) and all(v * sign > 0 for v in poly.terms.values()):
        return True
    letters = sorted(poly.letters)
    if len(letters) > 2:
        return False
    other = Rel("<" if sign > 0 else ">", node, _ZERO)
    try:
        return difference_in(other, NEVER, letters, domain) is None
    except NotDecidable:
        return False
