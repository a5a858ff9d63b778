"""Polynomials in two letters projected to one: between which of its values nothing changes.

By leading coefficients and principal subresultants (Collins): between two of their roots, the roots
of the polynomials in the other letter neither meet nor part, nor go to infinity.
"""

from __future__ import annotations

import math
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, TypeAlias

from answers.algebra.univariate import Univariate
from answers.syntax.errors import NotDecidable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from answers.algebra.polynomial import Polynomial

MAX_WORK = 20_000

# The coefficients of the powers of one letter, each by the powers of the other.
Row: TypeAlias = "list[list[int]]"


def cuts(known: Sequence[Polynomial], base: str, free: str) -> list[Univariate]:
    """Polynomials in one letter between whose roots nothing changes in the other.

    Args:
        known: polynomials in these two letters with whole coefficients.
        base: the letter that is cut.
        free: the other one.

    Raises:
        NotDecidable: it would be too much work.
    """
    rows = [_by_power(poly, base, free) for poly in known]
    found = [Univariate.of(row[-1]) for row in rows]
    rows = [row for row in rows if len(row) > 1]
    pairs = [(row, _derivative(row)) for row in rows] + list(combinations(rows, 2))
    if sum(_work(*pair) for pair in pairs) > MAX_WORK:
        raise NotDecidable
    return found + [_subresultant(*pair) for pair in pairs]


def _by_power(poly: Polynomial, base: str, free: str) -> Row:
    found: dict[int, dict[int, int]] = {}
    for monomial, value in poly.terms.items():
        powers = dict(monomial)
        found.setdefault(powers.get(free, 0), {})[powers.get(base, 0)] = value.numerator
    given = [found.get(power, {}) for power in range(max(found) + 1)]
    return [[of.get(power, 0) for power in range(max(of, default=-1) + 1)] for of in given]


def _derivative(row: Row) -> Row:
    return [[power * c for c in of] for power, of in enumerate(row)][1:]


def _bound(one: Row, other: Row) -> int:
    """A bound for the degree of a subresultant."""
    degrees = [max(len(of) - 1 for of in row) for row in (one, other)]
    return (len(other) - 1) * degrees[0] + (len(one) - 1) * degrees[1]


def _work(one: Row, other: Row) -> int:
    """How many products there are, those of long numbers counting for more."""
    size = len(one) + len(other) - 2
    bits = size * max(abs(c) for row in (one, other) for of in row for c in of).bit_length()
    return int(size**3) * (_bound(one, other) + 1) * (1 + bits * bits // 1_000_000) // 2


def _subresultant(one: Row, other: Row) -> Univariate:
    """The first principal subresultant that does not vanish: its roots are where roots meet."""
    sides = [
        ([_value(of, x) for of in reversed(one)], [_value(of, x) for of in reversed(other)])
        for x in range(_bound(one, other) + 1)
    ]
    for shared in range(min(len(one), len(other))):
        values = [_determinant(_sylvester(*pair, shared)) for pair in sides]
        if any(values):
            return _interpolated(values)
    raise NotDecidable


def _value(coefficients: list[int], x: int) -> int:
    value = 0
    for coefficient in reversed(coefficients):
        value = value * x + coefficient
    return value


def _sylvester(one: list[int], other: list[int], shared: int) -> list[list[int]]:
    """The rows of both polynomials, shifted, as far as they count for one shared degree."""
    sizes = len(one) - 1, len(other) - 1
    width = sum(sizes) - 2 * shared
    rows = []
    for of, shifts in ((one, sizes[1] - shared), (other, sizes[0] - shared)):
        rows += [([0] * i + of + [0] * width)[:width] for i in range(shifts)]
    return rows


def _determinant(rows: list[list[int]]) -> int:
    """By elimination without fractions (Bareiss)."""
    before = sign = 1
    while len(rows) > 1:
        pivot = next((row for row in rows if row[0]), None)
        if pivot is None:
            return 0
        if pivot is not rows[0]:
            at = rows.index(pivot)
            rows[0], rows[at], sign = rows[at], rows[0], -sign
        lead = pivot[0]
        rows = [
            [(lead * a - row[0] * b) // before for a, b in zip(row[1:], pivot[1:], strict=True)]
            for row in rows[1:]
        ]
        before = lead
    return sign * rows[0][0] if rows else 1


def _interpolated(values: list[int]) -> Univariate:
    """The polynomial with given values at 0, 1, 2 and so on, or a multiple (Newton)."""
    result = [0] * len(values)
    product, scale = [1], math.factorial(len(values))
    differences = list(values)
    for order in range(len(values)):
        scale //= max(order, 1)
        for power, c in enumerate(product):
            result[power] += c * differences[0] * scale
        shifted = [0, *product]
        product = [a - order * b for a, b in zip(shifted, [*product, 0], strict=True)]
        differences = [b - a for a, b in pairwise(differences)]
    return Univariate.of(result)
