"""An irrational value as the expression it comes from: 1 + sqrt(2), where digits would not end.

A value of one square root is brought to the form (p + q sqrt(m))/d. Any other one keeps the shape
of its formula, with every rational part worked out.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING

from examgen.ground.errors import DerivationError
from solvers.graph.derivation import Quantity, element
from solvers.graph.number import CONTEXT, PRECISION, to_decimal
from solvers.graph.simplify import children, fold_constants, replace_references
from solvers.graph.symbolic import term_at
from solvers.graph.term import (
    Apply,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Ref,
    Sum,
    Term,
    sqrt,
)

if TYPE_CHECKING:
    from solvers.graph.solution import Solution

_MAX_RADICAND = 10**9
_MAX_POWER = 64
_HALF = Fraction(1, 2)
_SLACK = Decimal(10) ** (8 - PRECISION)


def closed_form(solution: Solution, ref: Ref) -> Term | None:
    """Return a number of a solution as an expression without letters; None where it has none.

    A value that does not come from its formula, such as one that a student had, has none.
    """
    value = element(solution[ref.name], ref.index)
    if isinstance(value, Fraction):
        return Number(value)
    try:
        opened = fold_constants(_opened(solution, ref))
        field = _Surd.of(opened)
        found = opened if field is None else field.term()
        other = to_decimal(found.evaluate(_no_letter))
    except (DerivationError, ArithmeticError):
        return None
    return (
        found
        if abs(CONTEXT.subtract(other, value)) <= _SLACK * max(Decimal(1), abs(value))
        else None
    )


def _opened(solution: Solution, ref: Ref) -> Term:
    """Return what stands for a number: itself where it is rational, else its formula."""
    value = element(solution[ref.name], ref.index)
    if isinstance(value, Fraction):
        return Number(value)
    node = solution.derivation.nodes[ref.name]
    if not isinstance(node, Quantity):
        raise DerivationError(f"{ref.name} has no formula")
    shaped = solution.derivation.trace(node.function, solution.values)
    return replace_references(term_at(shaped, ref), lambda inner: _opened(solution, inner))


def _no_letter(ref: Ref) -> Fraction:
    raise DerivationError(f"{ref.name} has no value")


@dataclass(frozen=True)
class _Surd:
    """The number a + b sqrt(m), with a whole m that no square divides; m is 1 where b is 0."""

    a: Fraction
    b: Fraction = Fraction(0)
    m: int = 1

    @classmethod
    def of(cls, term: Term) -> _Surd | None:
        """Return a term as such a number; None where it is none, as with two different roots."""
        if isinstance(term, Number):
            return cls(term.value) if isinstance(term.value, Fraction) else None
        parts = [cls.of(part) for part in children(term)]
        known = [part for part in parts if part is not None]
        if len(known) < len(parts) or len({part.m for part in known} - {1}) > 1:
            return None
        match term:
            case Sum():
                return _total(known)
            case Negative():
                return cls(-known[0].a, -known[0].b, known[0].m)
            case Product():
                return _product(known)
            case Quotient():
                return _times(known[0], _inverse(known[1]))
            case Power(exponent=Number(value)) if value == _HALF:
                return _root(known[0])
            case Power(exponent=Number(Fraction(denominator=1) as value)) if (
                0 <= value <= _MAX_POWER
            ):
                return _product([known[0]] * int(value))
            case Apply(function, _) if function.name == "sqrt":
                return _root(known[0])
            case _:
                return None

    def term(self) -> Term:
        """Return the number as a person writes it: (p + q sqrt(m))/d."""
        below = lcm(self.a.denominator, self.b.denominator)
        p, q = int(self.a * below), int(self.b * below)
        root = sqrt(self.m) if abs(q) == 1 else Product((Number(Fraction(abs(q))), sqrt(self.m)))
        signed = Negative(root) if q < 0 else root
        above = signed if not p else Sum((Number(Fraction(p)), signed))
        return above if below == 1 else Quotient(above, Number(Fraction(below)))


def _total(parts: list[_Surd]) -> _Surd:
    m = max(part.m for part in parts)
    a, b = (sum(column, Fraction(0)) for column in zip(*((x.a, x.b) for x in parts), strict=True))
    return _reduced(a, b, m)


def _product(parts: list[_Surd]) -> _Surd:
    result = _Surd(Fraction(1))
    for part in parts:
        result = _times(result, part)
    return result


def _times(x: _Surd, y: _Surd) -> _Surd:
    m = max(x.m, y.m)
    return _reduced(x.a * y.a + x.b * y.b * m, x.a * y.b + x.b * y.a, m)


def _inverse(x: _Surd) -> _Surd:
    norm = x.a**2 - x.b**2 * x.m
    return _reduced(x.a / norm, -x.b / norm, x.m)


def _reduced(a: Fraction, b: Fraction, m: int) -> _Surd:
    return _Surd(a, b, m) if b else _Surd(a)


def _root(x: _Surd) -> _Surd | None:
    """Return the root of a rational number, with the squares taken out of it."""
    inside = x.a.numerator * x.a.denominator
    if x.b or not 0 < inside <= _MAX_RADICAND:
        return None
    side = _side_of_square(inside)
    factor, m = Fraction(side, x.a.denominator), inside // side**2
    return _Surd(factor) if m == 1 else _Surd(Fraction(0), factor, m)


def _side_of_square(number: int) -> int:
    """Return the side of the largest square that divides a number.

    >>> _side_of_square(72)
    6
    """
    side, d = 1, 2
    while d * d <= number:
        while number % (d * d) == 0:
            side, number = side * d, number // (d * d)
        d += 1
    return side
