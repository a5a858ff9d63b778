"""Comparisons with one or two square roots of polynomials, written out without them by squares.

This is quicker than to follow the root along a line; it is left for anything that is not as simple.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from answers.algebra.polynomial import polynomial
from answers.real_sets.rational_function import Atoms, node_of, quotient, times
from answers.syntax.errors import NotDecidable
from answers.syntax.functions.table import SQRT, ZERO, function_of
from answers.syntax.nodes import (
    Add,
    Call,
    Div,
    Logic,
    Mul,
    Neg,
    Node,
    Num,
    Pow,
    Rel,
    Sym,
    map_children,
    walk,
)

if TYPE_CHECKING:
    from answers.algebra.polynomial import Polynomial

MAX_ROOTS, MAX_TERMS = 2, 12
TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
"""A comparison read from the other side."""

_HALVES = (Num(Fraction(1, 2), "0.5"), Div(Num(Fraction(1), "1"), Num(Fraction(2), "2")))


def _radicand(node: Node) -> Node | None:
    """Return what a square root of a polynomial is taken of; None: it is something else."""
    match node:
        case Call(SQRT.name, (inner,)):
            return inner if polynomial(inner) is not None else None
        case Pow(inner, exponent) if exponent in _HALVES:
            return inner if polynomial(inner) is not None else None
        case _:
            return None


def _may_be_root(node: Node) -> bool:
    """Return whether something is a square root, or may be written by one."""
    match node:
        case Call(name):
            return name == SQRT.name or function_of(name).definition is not None
        case Pow(_, exponent):
            return exponent in _HALVES
        case _:
            return False


def without_root(node: Rel) -> Node | None:
    """Return A + B*s compared with zero without the root s, by squares; None: it is not so simple.

    All roots must have a value for the comparison to hold.
    """
    if not any(map(_may_be_root, walk(node))):
        return None
    atoms = Atoms()
    try:
        above, below = quotient(atoms.put(Add((node.left, Neg(node.right)))))
        product = times(above, below)
    except NotDecidable:
        return None
    roots = {name: u for name, of in atoms.meant.items() if (u := _radicand(of)) is not None}
    if not 0 < len(roots) == len(atoms.meant) <= MAX_ROOTS or len(product.terms) > MAX_TERMS:
        return None
    name = min(roots)
    even, odd = (_meant(p, atoms) for p in _by_parity(product, name, roots[name]))
    conditions = [Rel(">=", radicand, ZERO) for radicand in roots.values()]
    if below.letters:
        conditions.append(Rel("!=", _meant(node_of(below), atoms), ZERO))
    return Logic("and", (*conditions, _compared_with_zero(node.sign, even, odd, roots[name])))


def _by_parity(poly: Polynomial, name: str, radicand: Node) -> tuple[Node, Node]:
    """Return A and B of A + B*s, even powers of the root s being powers of what it is taken of."""
    sides: tuple[list[Node], list[Node]] = ([], [])
    for monomial, value in poly.terms.items():
        power = dict(monomial).get(name, 0)
        rest = [Pow(Sym(letter), Num(Fraction(n))) for letter, n in monomial if letter != name]
        sides[power % 2].append(Mul((Num(Fraction(value)), *rest, *(radicand,) * (power // 2))))
    even, odd = (Add((ZERO, *side)) for side in sides)
    return even, odd


def _meant(node: Node, atoms: Atoms) -> Node:
    if isinstance(node, Sym):
        return atoms.meant.get(node.name, node)
    return map_children(node, lambda part: _meant(part, atoms))


def _compared_with_zero(sign: str, a: Node, b: Node, radicand: Node) -> Node:
    """Return `a + b*sqrt(radicand) < 0` and the like without the root."""
    if sign[0] == "<":
        a, b, sign = Neg(a), Neg(b), TURNED[sign]
    square, other = Mul((a, a)), Mul((b, b, radicand))
    vanishes = Logic("and", (Rel("=", square, other), Rel("<=", Mul((a, b)), ZERO)))
    if sign in {"=", "!="}:
        return vanishes if sign == "=" else Logic("not", (vanishes,))
    first = Logic(
        "and",
        (Rel(">", a, ZERO), Logic("or", (Rel(">=", b, ZERO), Rel(">", square, other)))),
    )
    second = Logic("and", (Rel(">", b, ZERO), Rel(">", other, square)))
    return Logic("or", (first, second, *([vanishes] if sign == ">=" else [])))
