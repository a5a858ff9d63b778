"""Decide whether an expression is factored, expanded, in lowest terms or one fraction."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

from answers.algebra.identity_test import degree, is_rational
from answers.algebra.polynomial import MAX_DEGREE, Polynomial, polynomial
from answers.syntax.errors import NotDecidable
from answers.syntax.nodes import Add, Call, Div, Mul, Neg, Node, Num, Pow, children, free_symbols

if TYPE_CHECKING:
    from answers.options import Form


def form_fault(node: Node, form: Form | None) -> str | None:
    """Return what is wrong with the form of an expression; None where nothing is.

    Raises:
        NotDecidable: it is not known whether a part has factors.
    """
    match form:
        case None:
            return None
        case "factored":
            return None if _is_factored(node) else "it is not fully factored"
        case "expanded":
            return None if _is_expanded(node) else "it is not expanded"
        case "lowest_terms":
            return None if _in_lowest_terms(node) else "a fraction is not in lowest terms"
        case "single_fraction":
            return None if _is_single_fraction(node) else "it is not a single fraction"


def _factors(node: Node) -> list[Node]:
    match node:
        case Mul(parts):
            return [factor for part in parts for factor in _factors(part)]
        case Neg(of):
            return _factors(of)
        case Pow(base, Num()):
            return _factors(base)
        case Div(above, below):
            return _factors(above) + _factors(below)
        case _:
            return [node]


def _is_factored(node: Node) -> bool:
    return all(_is_irreducible(factor) for factor in _factors(node))


def _is_irreducible(node: Node) -> bool:
    letters = free_symbols(node)
    if not letters or not isinstance(node, Add):
        return True
    coefficients = polynomial(node)
    if coefficients is None:
        if degree(node) > MAX_DEGREE and is_rational(node):
            raise NotDecidable
        return True
    numbers = [c for c in coefficients.terms.values() if c]
    if len(numbers) <= 1:
        return False
    if all(c.denominator == 1 for c in numbers) and math.gcd(*(c.numerator for c in numbers)) > 1:
        return False
    if any(all(dict(m).get(letter, 0) for m in coefficients.terms) for letter in letters):
        return False
    return coefficients.is_irreducible()


def _is_expanded(node: Node) -> bool:
    match node:
        case Add(terms):
            return all(_is_monomial(term) for term in terms) and _no_like_terms(terms)
        case Neg(of):
            return _is_expanded(of) if not isinstance(of, Add) else False
        case _:
            return _is_monomial(node)


def _is_monomial(node: Node) -> bool:
    match node:
        case Neg(of):
            return _is_monomial(of)
        case Mul(factors):
            return all(not _holds_sum(f) for f in factors)
        case Pow(base, Num()):
            return not _holds_sum(base) and not isinstance(base, Mul)
        case Div(above, below):
            return not _holds_sum(above) and (not free_symbols(below) or not _holds_sum(below))
        case _:
            return not isinstance(node, Add)


def _holds_sum(node: Node) -> bool:
    if isinstance(node, Add):
        return bool(free_symbols(node)) or len(node.terms) > 1
    return not isinstance(node, Call) and any(map(_holds_sum, children(node)))


def _no_like_terms(terms: tuple[Node, ...]) -> bool:
    whole = polynomial(Add(terms))
    return whole is None or len([c for c in whole.terms.values() if c]) == len(terms)


def _in_lowest_terms(node: Node) -> bool:
    if isinstance(node, Div):
        above, below = _integer(node.above), _integer(node.below)
        if below is not None and above is not None:
            return below > 1 and math.gcd(above, below) == 1
        if not free_symbols(node) and _is_decimal(node.above, node.below):
            return False
        if not _polynomials_coprime(node):
            return False
    return all(map(_in_lowest_terms, children(node)))


def _is_decimal(*nodes: Node) -> bool:
    return any(isinstance(node, Num) and node.value.denominator != 1 for node in nodes)


def _polynomials_coprime(node: Div) -> bool:
    above, below = polynomial(node.above), polynomial(node.below)
    if above is None or below is None:
        return True
    if math.gcd(_content(above), _content(below)) > 1:
        return False
    letters = free_symbols(node)
    if len(letters) != 1:
        return not _share_letter(above, below)
    return len(above.univariate().gcd(below.univariate()).coefficients) <= 1


def _content(poly: Polynomial) -> int:
    """Return the whole number that divides all coefficients; 1 where some are fractions."""
    numbers = list(poly.terms.values())
    if any(number.denominator != 1 for number in numbers):
        return 1
    return math.gcd(*(number.numerator for number in numbers))


def _share_letter(above: Polynomial, below: Polynomial) -> bool:
    return any(
        all(dict(m).get(letter, 0) for m in above.terms)
        and all(dict(m).get(letter, 0) for m in below.terms)
        for monomial in above.terms
        for letter, _ in monomial
    )


def _integer(node: Node) -> int | None:
    match node:
        case Num(Fraction(denominator=1) as value):
            return value.numerator
        case Neg(Num(Fraction(denominator=1) as value)):
            return -value.numerator
        case _:
            return None


def _is_single_fraction(node: Node) -> bool:
    match node:
        case Neg(of):
            return _is_single_fraction(of)
        case Div(above, below):
            return not _holds_fraction(above) and not _holds_fraction(below)
        case _:
            return not _holds_fraction(node)


def _holds_fraction(node: Node) -> bool:
    if isinstance(node, Div):
        return True
    if isinstance(node, Pow) and isinstance(node.exponent, Neg):
        return True
    return any(map(_holds_fraction, children(node)))
