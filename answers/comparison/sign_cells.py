"""Cells in which polynomials have constant signs: a point in each, or that there is none."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from answers.algebra import multivariate as poly
from answers.algebra.polynomial import Polynomial
from answers.algebra.quotient import LETTER
from answers.algebra.univariate import Univariate
from answers.evaluation.sample_points import Domain
from answers.real_sets.cylindrical_decomposition import difference_in
from answers.real_sets.rational_function import node_of
from answers.real_sets.rewrite import NEVER
from answers.real_sets.sign_chart import LETTER as LINE_LETTER
from answers.real_sets.sign_chart import CutLine
from answers.syntax.errors import NotDecidable
from answers.syntax.nodes import Logic, Num, Rel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from answers.algebra.multivariate import Poly
    from answers.algebra.space import Space
    from answers.evaluation.sample_points import Point
    from answers.syntax.nodes import Node

MAX_WORK = 20_000
_ZERO = Num(Fraction(0), "0")


def cell_points(space: Space, polys: Sequence[Poly], domain: Domain) -> list[Point] | None:
    """Return a point in each stretch of a line in which polynomials have constant signs.

    Facts of the space count as such polynomials, too. None: there are several variables, or what
    has the sign is no polynomial in the one that there is.
    """
    letters = space.of_family(LETTER)
    if len(letters) != 1:
        return None
    rows = [poly.coefficients_in(each, letters[0]) for each in (*polys, *space.facts)]
    lines = {Univariate.of(row) for row in rows if row is not None}
    if None in rows:
        return None
    try:
        line = CutLine.at_roots({*lines, LINE_LETTER}, MAX_WORK)
    except NotDecidable:
        return None
    name = str(space.generators[letters[0]].key[1])
    places = [line.point(place)[0] for place in range(0, 2 * len(line.roots) + 1, 2)]
    return [{name: (x, Fraction(0))} for x in places if x > 0 or domain is not Domain.POSITIVE]


def never_together(
    space: Space, polys: Sequence[Poly], signs: Sequence[int], domain: Domain
) -> bool:
    """Return whether polynomials in one or two variables surely never have these signs together."""
    names = {n: str(space.generators[n].key[1]) for n in space.of_family(LETTER)}
    parts = [
        Rel(">" if sign > 0 else "<", node, _ZERO)
        for each, sign in zip(polys, signs, strict=True)
        if (node := _reading(each, names)) is not None
    ]
    used = {names[n] for each in polys for n in poly.generators(each) if n in names}
    if len(parts) < len(polys) or not 0 < len(used) <= 2:
        return False
    try:
        return difference_in(Logic("and", tuple(parts)), NEVER, sorted(used), domain) is None
    except NotDecidable:
        return False


def _reading(of: Poly, names: dict[int, str]) -> Node | None:
    """Return a polynomial as a reading; None where other functions occur."""
    if not names.keys() >= set(poly.generators(of)):
        return None
    terms = {
        tuple(sorted((names[n], power) for n, power in poly.used_generators(exponents))): int(c)
        for exponents, c in poly.terms(of)
    }
    return node_of(Polynomial(dict(terms)))
