"""Conditions on several letters, looked at along lines parallel to the axes.

Along a line, all letters but one are numbers, and the truth set in that one is exact. One line on
which two conditions differ refutes their equivalence. Of two letters, finitely many lines prove it
(Collins' cylindrical algebraic decomposition): the irreducible polynomials that occur are projected
to one letter by leading coefficients, discriminants and resultants; between two roots of the
projection the roots in the other letter neither meet nor part, so that one line stands for the
whole strip, and each root of it has a line of its own.
"""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction
from itertools import combinations, islice
from typing import TYPE_CHECKING

from answers.evaluation.sample_points import Domain, points
from answers.real_sets.rational_function import node_of
from answers.real_sets.rewrite import NEVER
from answers.real_sets.sign_chart import LETTER, CutLine
from answers.real_sets.solution_set import MAX_WORK, Conditions, Line, difference
from answers.syntax.errors import NotDecidable, TooLarge
from answers.syntax.functions.table import ZERO
from answers.syntax.nodes import Neg, Node, Num, Rel, Sym, substitute

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from answers.algebra.multivariate import Poly
    from answers.algebra.polynomial import Polynomial
    from answers.real_sets.exact_comparisons import ExactComparisons
    from answers.real_sets.real_polynomial import Cut

MAX_POLYNOMIALS = 9
MAX_CUTS = 16
_SAMPLES = 6


def difference_in(
    left: Node, right: Node, letters: Sequence[str], domain: Domain = Domain.REAL
) -> str | None:
    """Return where two conditions differ, as text; None where they are proved to be equivalent.

    Args:
        left: the student's condition, named "yours" in the answer.
        right: the expected one.
        letters: the letters of both.
        domain: positive: where all letters are positive.

    Raises:
        NotDecidable: no difference was found, and none was excluded.
    """
    if len(letters) < 2:
        return difference(left, right, letters[0] if letters else "x", domain)
    conditions = Conditions.of((left, right), letters[0])
    sampled = _sample_lines(letters, domain)
    where = _along(conditions, list(islice(sampled, 2)), domain)
    if where is None and len(letters) == 2:
        with suppress(NotDecidable):
            return _over_strips(conditions, letters, domain)
    where = where or _along(conditions, list(sampled), domain)
    if where is None:
        raise NotDecidable
    return where


def has_zero(poly: Polynomial, domain: Domain) -> bool:
    """Return whether a polynomial with letters vanishes anywhere.

    Raises:
        NotDecidable: no zero was found, and none was excluded.
    """
    vanishes = Rel("=", node_of(poly), ZERO)
    return difference_in(vanishes, NEVER, poly.letters, domain) is not None


def _along(of: Conditions, lines: Sequence[Line], domain: Domain) -> str | None:
    """Return where two conditions differ on some lines, which have equal shares of the work.

    What is not made of polynomials and roots may be so on a line, as y < e^x is where x = 2.
    """
    limit = MAX_WORK // max(len(lines), 1)
    for line in lines:
        try:
            where = line.difference(of, domain, limit)
        except NotDecidable:
            where = None if of.is_algebraic else _with_numbers(of, line, domain, limit)
        if where is not None:
            return where
    return None


def _with_numbers(of: Conditions, line: Line, domain: Domain, limit: int) -> str | None:
    """Return where two conditions differ on a line, its values written into them."""
    nodes = list(of.nodes)
    for letter, value in line.values.items():
        if isinstance(value, Fraction):
            number = Num(value) if value >= 0 else Neg(Num(-value))
            nodes = [substitute(node, Sym(letter), number) for node in nodes]
    with suppress(NotDecidable):
        return line.difference(Conditions.of(nodes, line.free), domain, limit)
    return None


def _sample_lines(letters: Sequence[str], domain: Domain) -> Iterator[Line]:
    for number, point in enumerate(points(letters, domain, b"lines", _SAMPLES - 2)):
        # Two small points in all letters, then one letter after the other.
        chosen = letters[:4] if number < 2 else [letters[number % len(letters)]]
        for free in chosen:
            others = {name: _short(value) for name, (value, _) in point.items() if name != free}
            yield Line(free, others)


def _short(value: Fraction) -> Fraction:
    return value.limit_denominator(10) or value


# -- strips ----------------------------------------------------------------------------------------


def _over_strips(of: Conditions, letters: Sequence[str], domain: Domain) -> str | None:
    """Return where two conditions on two letters differ; None where they do nowhere.

    Raises:
        NotDecidable: it is not known.
    """
    exact = of.exact
    if exact is None:
        raise NotDecidable
    for base, free in (letters, [*reversed(letters)]):
        with suppress(NotDecidable):
            lines = list(_lines(exact, base, free, domain))
            found = (line.difference(of, domain, MAX_WORK // len(lines)) for line in lines)
            return next((where for where in found if where is not None), None)
    raise NotDecidable


def _lines(of: ExactComparisons, base: str, free: str, domain: Domain) -> Iterator[Line]:
    """Yield a line over each strip, and over each cut between strips."""
    from answers.real_sets.roots import Root  # noqa: PLC0415 - needs FLINT

    known = [LETTER] if domain is Domain.POSITIVE else []
    cuts = list(_cuts(of, base, free)) if base in of.letters else []
    line = CutLine.at_roots(known, MAX_WORK, cuts)
    if len(line.roots) > MAX_CUTS:
        raise NotDecidable
    for place, (_, end), cut in line.places():
        if end > 0 or domain is not Domain.POSITIVE:
            low, high = line.near(place)
            yield Line(free, {base: high if cut is None or low == high else Root(cut, low, high)})


def _cuts(of: ExactComparisons, base: str, free: str) -> Iterator[Cut]:
    """Yield polynomials in one letter between whose roots nothing changes in the other."""
    if len(of.norms) > MAX_POLYNOMIALS:
        raise NotDecidable
    found: dict[object, Poly] = {}
    try:
        for each in _projected(of.norms, of.letters.get(free)):
            of.add_factors(each, found)
    except TooLarge as error:
        raise NotDecidable from error
    for factor in found.values():
        yield of.cut(factor, of.letters[base])


def _projected(norms: Sequence[Poly], free: int | None) -> Iterator[Poly]:
    from answers.algebra import multivariate as poly  # noqa: PLC0415 - needs FLINT

    if free is None:
        yield from norms
        return
    curves = [norm for norm in norms if poly.degree(norm, free)]
    yield from (norm for norm in norms if not poly.degree(norm, free))
    for curve in curves:
        yield poly.leading_in(curve, free)
        slope = poly.derivative(curve, free)
        if poly.degree(slope, free):
            yield poly.eliminate(curve, slope, free)
    for one, other in combinations(curves, 2):
        yield poly.eliminate(one, other, free)
