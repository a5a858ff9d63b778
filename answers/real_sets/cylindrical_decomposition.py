"""Conditions on several letters, looked at along lines parallel to the axes.

Along a line, all letters but one are numbers, and the truth set in that one is exact. One line on
which two conditions differ refutes their equivalence. Of two letters, finitely many lines prove it
(Collins' cylindrical algebraic decomposition): the polynomials that occur are projected to one
letter by leading coefficients and principal subresultants; between two roots of the projection the
roots in the other letter neither meet nor part, so that one line stands for the whole strip.
"""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from answers.algebra.polynomial import Polynomial
from answers.evaluation.sample_points import Domain, points
from answers.real_sets.projection import cuts
from answers.real_sets.rational_function import ONE
from answers.real_sets.solution_set import (
    MAX_WORK,
    NEVER_TRUE,
    Compiled,
    Relation,
    apart,
    difference,
    said,
)
from answers.syntax.errors import NotDecidable
from answers.syntax.nodes import Neg, Node, Num, Sym, put, spelled
from examgen.ground.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from answers.algebra.univariate import Univariate

MAX_POLYNOMIALS = 9
MAX_CUTS = 12
_SAMPLES = 6
_FINE = Fraction(1, 10**12)


def difference_in(
    left: Node, right: Node, letters: Sequence[str], domain: Domain = Domain.REAL
) -> str | None:
    """Where two conditions differ, as text; None where they are proved to be equivalent.

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
    try:
        compiled = Compiled.of(left, letters[0]), Compiled.of(right, letters[0])
    except NotDecidable:
        return _where_it_can_be_seen(left, right, letters, domain)
    return _difference(*compiled, letters, domain)


def has_zero(poly: Polynomial, domain: Domain) -> bool:
    """Whether a polynomial with letters vanishes anywhere.

    Raises:
        NotDecidable: no zero was found, and none was excluded.
    """
    vanishes = Compiled("and", (Relation("=", poly, ONE, exact=True),))
    if len(poly.letters) > 1:
        return _difference(vanishes, NEVER_TRUE, poly.letters, domain) is not None
    line = Line(poly.letters[0], {})
    return line.difference(vanishes, NEVER_TRUE, domain) is not None


def _difference(
    left: Compiled, right: Compiled, letters: Sequence[str], domain: Domain
) -> str | None:
    sampled = _sample_lines(letters, domain)
    where = _along(list(islice(sampled, 2)), left, right, domain)
    if where is None and len(letters) == 2:
        with suppress(NotDecidable):
            return _over_strips(left, right, letters, domain)
    where = where or _along(list(sampled), left, right, domain)
    if where is None:
        raise NotDecidable
    return where


def _along(lines: Sequence[Line], left: Compiled, right: Compiled, domain: Domain) -> str | None:
    """Where two conditions differ on some lines, which have equal shares of the work."""
    limit = MAX_WORK // max(len(lines), 1)
    found = (line.difference(left, right, domain, limit) for line in lines)
    return next((where for where in found if where is not None), None)


def _where_it_can_be_seen(
    left: Node, right: Node, letters: Sequence[str], domain: Domain
) -> str | None:
    """Along lines on which what is not polynomial has values, such as y < e^x where x = 2."""
    for line in islice(_sample_lines(letters, domain), _SAMPLES):
        with suppress(NotDecidable):
            mine, theirs = (Compiled.of(line.put(side), line.free) for side in (left, right))
            where = line.difference(mine, theirs, domain)
            if where is not None:
                return where
    raise NotDecidable


@record
class Line:
    """All letters but one have values."""

    free: str
    values: dict[str, Fraction]

    def put(self, node: Node) -> Node:
        """A reading with the values of its letters."""
        for letter, value in self.values.items():
            number = Num(value) if value >= 0 else Neg(Num(-value))
            node = put(node, Sym(letter), number)
        return node

    def difference(
        self, left: Compiled, right: Compiled, domain: Domain, limit: int = MAX_WORK
    ) -> str | None:
        """Where two conditions differ on this line."""
        mine, theirs = (side.along(self.free, self.values) for side in (left, right))
        where = apart(mine, theirs, self.free, domain, limit)
        if where is None:
            return None
        return ", ".join(
            [f"{spelled(x)}={said(value)}" for x, value in self.values.items()] + [where]
        )


def _sample_lines(letters: Sequence[str], domain: Domain) -> Iterator[Line]:
    for number, point in enumerate(points(letters, domain, b"lines", _SAMPLES - 2)):
        # Two small points in all letters, then one letter after the other.
        chosen = letters[:4] if number < 2 else [letters[number % len(letters)]]
        for free in chosen:
            others = {name: _short(value) for name, (value, _) in point.items() if name != free}
            yield Line(free, others)


def _short(value: Fraction) -> Fraction:
    return value.limit_denominator(10) or value


def _over_strips(
    left: Compiled, right: Compiled, letters: Sequence[str], domain: Domain
) -> str | None:
    if not all(relation.exact for side in (left, right) for relation in side.relations()):
        raise NotDecidable
    known = [*left.polynomials(), *right.polynomials()]
    if domain is Domain.POSITIVE:
        known += [Polynomial({((letter, 1),): 1}) for letter in letters]
    known = _distinct(known)
    if len(known) > MAX_POLYNOMIALS:
        raise NotDecidable
    unmet: list[Line] = []
    for base, free in (letters, [*reversed(letters)]):
        with suppress(NotDecidable):
            roots = _cut_at(known, base, free, domain)
            stops = [at for at in _stops(roots) if at > 0 or domain is not Domain.POSITIVE]
            lines = [Line(free, {base: at}) for at in stops]
            if all(is_met for _, is_met in roots):
                return _along(lines, left, right, domain)
            unmet += lines
    where = _along(unmet, left, right, domain)
    if where is None:
        raise NotDecidable
    return where


def _cut_at(
    known: list[Polynomial], base: str, free: str, domain: Domain
) -> list[tuple[Fraction, bool]]:
    """Where a letter is cut, and whether each cut is met exactly."""
    found = cuts(known, base, free)
    if sum(cut.work for cut in found) > MAX_WORK:
        raise NotDecidable
    roots = sorted({root for cut in found for root in _roots(cut)})
    if domain is Domain.POSITIVE:
        roots = [root for root in roots if root[0] >= 0]
    if len(roots) > MAX_CUTS:
        raise NotDecidable
    return roots


def _stops(roots: list[tuple[Fraction, bool]]) -> Iterator[Fraction]:
    """Every root that is met, and a value in each stretch between roots."""
    if not roots:
        yield Fraction(0)
        return
    yield roots[0][0] - 1
    for (root, is_met), (after, _) in pairwise([*roots, (roots[-1][0] + 2, True)]):
        if is_met:
            yield root
        yield (root + after) / 2


def _distinct(known: list[Polynomial]) -> list[Polynomial]:
    """Those with letters, each once whatever its factor."""
    whole = [poly.primitive() for poly in known if poly.letters]
    return list({frozenset(poly.terms.items()): poly for poly in whole}.values())


def _roots(of: Univariate) -> Iterator[tuple[Fraction, bool]]:
    """The real roots, and whether each is met exactly, being rational."""
    for factor, _ in of.factors():
        for root in factor.isolated_roots():
            met = factor.rational_root(*root)
            yield factor.refined(*root, _FINE)[1] if met is None else met, met is not None
