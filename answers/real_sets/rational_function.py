"""Readings as quotients of polynomials, what is neither being a letter of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from answers.algebra.identity_test import as_integer
from answers.algebra.polynomial import Polynomial, constant, polynomial
from answers.syntax.errors import NotDecidable
from answers.syntax.functions.table import function_of
from answers.syntax.nodes import (
    CONSTANTS,
    Add,
    Call,
    Div,
    Mul,
    Neg,
    Node,
    Num,
    Pow,
    Sym,
    map_children,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_POWER = 8
ONE = constant(1)


def quotient(node: Node) -> tuple[Polynomial, Polynomial]:
    """Return numerator and denominator, as they are written.

    Raises:
        NotDecidable: the reading is no quotient of polynomials.
    """
    found = polynomial(node)
    if found is not None:
        return found, ONE
    match node:
        case Add(parts):
            return _sum(map(quotient, parts))
        case Mul(parts):
            above, below = ONE, ONE
            for part in parts:
                over, under = quotient(part)
                above, below = times(above, over), times(below, under)
            return above, below
        case Neg(of):
            over, under = quotient(of)
            return over.scale(-1), under
        case Div(top, bottom):
            (a, b), (c, d) = quotient(top), quotient(bottom)
            return times(a, d), times(b, c)
        case Pow(base, exponent):
            return _power(base, as_integer(exponent))
        case _:
            raise NotDecidable


def _power(base: Node, power: int | None) -> tuple[Polynomial, Polynomial]:
    if power is None or not 0 < abs(power) <= MAX_POWER:
        raise NotDecidable
    above, below = quotient(Mul((base,) * abs(power)))
    return (above, below) if power > 0 else (below, above)


def _sum(terms: Iterable[tuple[Polynomial, Polynomial]]) -> tuple[Polynomial, Polynomial]:
    above, below = constant(0), ONE
    for over, under in terms:
        if under == below:
            above = above.plus(over)
        else:
            above = times(above, under).plus(times(over, below))
            below = times(below, under)
    return above, below


@dataclass
class Atoms:
    """Letters for what is no polynomial, and what each stands for.

    Equal parts have equal letters; that different letters may stand for related things (sin, cos)
    is not known here, so that what holds for the letters holds for what they stand for.
    """

    meant: dict[str, Node] = field(default_factory=dict)
    names: dict[Node, str] = field(default_factory=dict)

    def put(self, node: Node) -> Node:
        """Return the reading with constants, functions and other powers as letters."""
        match node:
            case Sym(name) if name in CONSTANTS:
                return self._letter(node)
            case Call(name, args):
                function = function_of(name)
                if function.definition is not None and function.takes(len(args)):
                    return self.put(function.definition(*args))
                return self._letter(node)
            case Pow(_, exponent) if as_integer(exponent) is None:
                return self._letter(node)
            case _:
                return map_children(node, self.put)

    def _letter(self, node: Node) -> Sym:
        name = self.names.setdefault(node, f"{len(self.names)}\x1f")
        self.meant[name] = node
        return Sym(name)

    def positive(self) -> frozenset[str]:
        """Return the letters that stand for something positive."""
        return frozenset(name for name, node in self.meant.items() if _is_positive(node))


def _is_positive(node: Node) -> bool:
    """Return whether something has a value everywhere, and a positive one."""
    match node:
        case Num(value):
            return value > 0
        case Sym(name):
            return name in {"e", "pi"}
        case Call(name, (inner,)):
            return function_of(name).is_positive and polynomial(inner) is not None
        case Pow(base, exponent):
            return _is_positive(base) and polynomial(exponent) is not None
        case _:
            return False


def node_of(poly: Polynomial) -> Node:
    """Return a polynomial as a reading."""
    terms = [
        Mul((Num(Fraction(value)), *(Pow(Sym(letter), Num(Fraction(n))) for letter, n in monomial)))
        for monomial, value in poly.terms.items()
    ]
    return Add(tuple(terms)) if terms else Num(Fraction(0), "0")


def times(left: Polynomial, right: Polynomial) -> Polynomial:
    """Return the product.

    Raises:
        NotDecidable: it would be too large.
    """
    found = left.times(right)
    if found is None:
        raise NotDecidable
    return found
