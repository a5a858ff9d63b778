"""Measure the work of a solution by hand, to compare the variants of one question.

The count follows the written formulas: a sum costs the digits of its longest term, a product the
digits of one factor times those of the other (as multiplied on paper), a division likewise, a
power its multiplications (by repeated squaring), a function whose value is irrational a fixed
amount. Factors of 1, terms of 0, powers of ten, and functions that only pick one of their arguments
or drop its sign cost nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import MAX_EMAX, MIN_EMIN, Context
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from solvers.graph.derivation import Quantity, element
from solvers.graph.number import CONTEXT, Exact, to_decimal
from solvers.graph.term import Apply, Negative, Number, Power, Product, Quotient, Ref, Sum, Term

if TYPE_CHECKING:
    from collections.abc import Sequence

    from solvers.graph.derivation import Derivation
    from solvers.graph.solution import Solution
    from solvers.graph.term import Shaped

MOST_DIGITS = 5
FUNCTION = 12
BY_HEAD = 9
# More digits than are counted, and any exponent.
ROUGH = Context(prec=12, Emin=MIN_EMIN, Emax=MAX_EMAX)


@dataclass
class Effort:
    """The work of a solution.

    Attributes:
        cost: the sum over its operations.
        operations: how many there are that cost anything.
        floors: how often something is rounded that is no whole number.
        calculator: whether an operation is beyond what is done by head.
    """

    cost: int = 0
    operations: int = 0
    floors: int = 0
    calculator: bool = False

    def add(self, cost: int) -> None:
        """Count one operation."""
        if cost:
            self.cost += cost
            self.operations += 1
            self.calculator = self.calculator or cost > BY_HEAD


def effort(solution: Solution, *names: str) -> Effort:
    """Return the work of computing some quantities and everything they need, each once."""
    found = Effort()
    derivation = solution.derivation
    for name in sorted(derivation.ancestors(*names)):
        node = derivation.nodes[name]
        if isinstance(node, Quantity):
            for term in _terms(derivation, node, solution):
                _value(term, solution, found)
    return found


def digits(value: Exact) -> int:
    """Return the significant digits of a number, up to as many as anyone would carry.

    >>> digits(Fraction(1_200)), digits(Fraction(1, 8)), digits(Fraction(1, 3))
    (2, 3, 5)
    """
    decimal = to_decimal(value).normalize(CONTEXT)
    return min(len(decimal.as_tuple().digits), MOST_DIGITS)


def _terms(derivation: Derivation, node: Quantity, solution: Solution) -> list[Term]:
    return _leaves(derivation.trace(node.function, solution.values))


def _leaves(shaped: Shaped) -> list[Term]:
    if isinstance(shaped, Term):
        return [shaped]
    return [term for item in shaped for term in _leaves(item)]


def _value(term: Term, solution: Solution, found: Effort) -> Exact:
    """Return the value of a term, its operations being counted."""

    def lookup(ref: Ref) -> Exact:
        return element(solution[ref.name], ref.index)

    if isinstance(term, Apply) and term.function.picks:
        first, then, otherwise = term.args
        return _value(then if first.evaluate(lookup) else otherwise, solution, found)
    parts = [_value(part, solution, found) for part in _parts(term)]
    value = term.evaluate(lookup)
    match term:
        case Sum():
            for one, other in pairwise(part for part in parts if part):
                found.add(max(digits(one), digits(other)))
        case Product():
            real = [part for part in parts if not _is_free(part)]
            for one, other in pairwise(real):
                found.add(digits(one) * digits(other))
        case Quotient() if not _is_free(parts[1]):
            found.add(digits(parts[0]) * digits(parts[1]) + digits(value))
        case Power():
            found.add(_power_cost(parts[0], parts[1], value))
        case Apply(function, _) if function.rounds:
            is_whole = isinstance(parts[0], Fraction) and parts[0].denominator == 1
            found.floors += not is_whole
        case Apply():
            found.add(_function_cost(parts, value))
        case _:
            pass
    return value


def _power_cost(base: Exact, exponent: Exact, value: Exact) -> int:
    """Return the work of a power: of whole ones by repeated squaring, with the digits that grow."""
    if _is_free(base):
        return 0
    if not isinstance(exponent, Fraction) or exponent.denominator != 1:
        return _function_cost([base], value)
    power = abs(exponent.numerator)
    one, cost, reached = to_decimal(base), 0, to_decimal(base)
    for bit in f"{power:b}"[1:]:
        cost += digits(reached) ** 2
        reached = ROUGH.multiply(reached, reached)
        if bit == "1":
            cost += digits(reached) * digits(base)
            reached = ROUGH.multiply(reached, one)
    return cost + (digits(base) + digits(value) if exponent < 0 else 0)


def _function_cost(arguments: Sequence[Exact], value: Exact) -> int:
    """Return the work of a function's value: none where it is an argument but for the sign."""
    if _is_free(value) or abs(value) in map(abs, arguments):
        return 0
    return digits(value) if isinstance(value, Fraction) else FUNCTION


def _is_free(value: Exact) -> bool:
    """Return whether multiplying by a number is no work: 0, and one significant digit 1."""
    decimal = to_decimal(value).normalize(CONTEXT)
    return decimal.as_tuple().digits in {(0,), (1,)}


def _parts(term: Term) -> tuple[Term, ...]:
    match term:
        case Sum(parts) | Product(parts) | Apply(_, parts):
            return parts
        case Quotient(above, below):
            return (above, below)
        case Power(base, exponent):
            return (base, exponent)
        case Negative(of):
            return (of,)
        case Number() | Ref() | _:
            return ()
