"""Rewriting terms: putting something in the place of letters, and working out what is trivial."""

from __future__ import annotations

from fractions import Fraction
from math import prod
from typing import TYPE_CHECKING

from examgen.ground.errors import DerivationError
from solvers.graph.term import Apply, Negative, Number, Power, Product, Quotient, Ref, Sum, Term

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ZERO, ONE = Number(Fraction(0)), Number(Fraction(1))


def children(term: Term) -> tuple[Term, ...]:
    """Return the terms that a term is made of."""
    match term:
        case Sum(parts) | Product(parts) | Apply(_, parts):
            return parts
        case Negative(of):
            return (of,)
        case Quotient(first, second) | Power(first, second):
            return (first, second)
        case _:
            return ()


def rebuild(term: Term, parts: tuple[Term, ...]) -> Term:
    """Return the same kind of term, made of other parts."""
    match term:
        case Sum():
            return Sum(parts)
        case Product():
            return Product(parts)
        case Negative():
            return Negative(*parts)
        case Quotient():
            return Quotient(*parts)
        case Power():
            return Power(*parts)
        case Apply(function, _):
            return Apply(function, parts)
        case _:
            return term


def replace_references(term: Term, change: Callable[[Ref], Term]) -> Term:
    """Return the term with something else in the place of each reference."""
    if isinstance(term, Ref):
        return change(term)
    return rebuild(term, tuple(replace_references(part, change) for part in children(term)))


def leaves(term: Term) -> Iterator[Number | Ref]:
    """Yield the numbers and references of a term, from left to right."""
    if isinstance(term, Number | Ref):
        yield term
    for part in children(term):
        yield from leaves(part)


def simplify(term: Term) -> Term:
    """Return the term without x + 0, 1 * x, (x - 1) + 1, x / 1 and x to the power 1.

    Everything else stays in the author's order.
    """
    term = rebuild(term, tuple(map(simplify, children(term))))
    match term:
        case Sum(terms):
            return _sum(terms)
        case Product(factors):
            return _product(factors)
        case Negative(Number(value)) if not value:
            return ZERO
        case Quotient(above, Number(value)) | Power(above, Number(value)) if value == 1:
            return above
        case _:
            return term


def _sum(terms: tuple[Term, ...]) -> Term:
    """Flatten a sum; several constants (of `k - 1` and another 1) become one at its end."""
    flat = [item for part in terms for item in (part.terms if isinstance(part, Sum) else (part,))]
    constants = [value for item in flat if (value := _constant(item)) is not None]
    if len(constants) == 1 and constants[0]:
        return Sum(tuple(flat)) if len(flat) > 1 else flat[0]
    rest = [item for item in flat if _constant(item) is None]
    constant = sum(constants, Fraction(0))
    if constant:
        rest.append(Number(constant) if constant > 0 else Negative(Number(-constant)))
    if len(rest) <= 1:
        return rest[0] if rest else ZERO
    return Sum(tuple(rest))


def fold_constants(term: Term) -> Term:
    """Return the simplified term with every rational part worked out: 2 * 8 + 72 becomes 88.

    The numbers among the factors of a product become one, which comes first.
    """
    return simplify(_folded(simplify(term)))


def _folded(term: Term) -> Term:
    if isinstance(term, Number | Ref):
        return term
    parts = tuple(map(_folded, children(term)))
    term = rebuild(term, parts)
    if all(isinstance(part, Number) for part in parts):
        try:
            value = term.evaluate(_no_reference)
        except DerivationError:
            return term
        return Number(value) if isinstance(value, Fraction) else term
    return _with_one_number(term.factors) if isinstance(term, Product) else term


def _with_one_number(factors: tuple[Term, ...]) -> Term:
    numbers = [f.value for f in factors if isinstance(f, Number) and isinstance(f.value, Fraction)]
    if len(numbers) < 2:
        return Product(factors)
    rest = (f for f in factors if not (isinstance(f, Number) and isinstance(f.value, Fraction)))
    return Product((Number(prod(numbers, start=Fraction(1))), *rest))


def _constant(term: Term) -> Fraction | None:
    match term:
        case Number(Fraction() as value):
            return value
        case Negative(Number(Fraction() as value)):
            return -value
        case _:
            return None


def _product(factors: tuple[Term, ...]) -> Term:
    flat = [f for part in factors for f in (part.factors if isinstance(part, Product) else (part,))]
    if any(isinstance(item, Number) and not item.value for item in flat):
        return ZERO
    rest = tuple(item for item in flat if item != ONE)
    if len(rest) <= 1:
        return rest[0] if rest else ONE
    return Product(rest)


def depth(term: Term) -> int:
    """Return how deep the fractions, powers and functions of a term are nested.

    Sums and products are worked out in one line of a person's calculation, and so is rounding.
    """
    inner = max(map(depth, children(term)), default=0)
    match term:
        case Quotient() | Power():
            return inner + 1
        case Apply(function, _) if not function.rounds:
            return inner + 1
        case _:
            return inner


def evaluate_to_depth(term: Term, to_depth: int) -> Term:
    """Return a term of numbers with every part that is at most so deep replaced by its value."""
    if isinstance(term, Number):
        return term
    if depth(term) <= to_depth:
        return Number(term.evaluate(_no_reference))
    if isinstance(term, Apply) and term.function.picks:  # the other part may have no value
        first, then, otherwise = term.args
        return evaluate_to_depth(then if first.evaluate(_no_reference) else otherwise, to_depth)
    return rebuild(term, tuple(evaluate_to_depth(part, to_depth) for part in children(term)))


def _no_reference(ref: Ref) -> Fraction:
    raise DerivationError(f"{ref.name} has no value")
