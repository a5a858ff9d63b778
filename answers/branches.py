"""Branches of expressions: whether points on one side of a bend say enough of the other side.

|f| agrees with f wherever f is positive. Where f has one sign at all points that were tried, and
it is not proved that it always has, agreement at these points proves nothing.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from answers.conditions import NEVER
from answers.errors import NotDecidable
from answers.evaluation import Evaluator, Undefined, context_of, formula
from answers.planes import difference_in
from answers.points import Domain, points
from answers.polynomials import polynomial
from answers.reading.tree import Add, Call, Neg, Node, Num, Rel, symbols, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from answers.polynomials import Polynomial

_TRIED = 60
_ZERO = Num(Fraction(0), "0")


def has_unseen_branch(nodes: tuple[Node, ...], domain: Domain, seed: bytes) -> bool:
    """Whether a polynomial on whose sign expressions depend may have a sign that no point shows."""
    if domain is Domain.COMPLEX:
        return False
    for inner in {part for node in nodes for part in _deciding(node)}:
        poly = polynomial(inner)
        if poly is None or not poly.letters:
            continue
        signs = _signs(inner, domain, seed)
        if len(signs) == 1 and not _is_always(inner, poly, signs.pop(), domain):
            return True
    return False


def _deciding(node: Node) -> Iterator[Node]:
    """What is positive in one branch and negative in the other."""
    for part in walk(node):
        match part:
            case Call("abs" | "sign" | "relu", (inner,)):
                yield inner
            case Call("max" | "min", (one, other)):
                yield Add((one, Neg(other)))


def _signs(node: Node, domain: Domain, seed: bytes) -> set[int]:
    found = set()
    floats = context_of(15)
    inner = formula(node, floats)
    for point in points(sorted(symbols(node)), domain, seed, _TRIED):
        try:
            value = Evaluator(floats, point).value(inner).real
        except Undefined:
            continue
        found |= {1 if value > 0 else -1} if value else set()
    return found


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
