"""Conditions on several letters, looked at along lines parallel to the axes.

Along a line, all letters but one are numbers, and the truth set in that one is exact. One line on
which two conditions differ refutes their equivalence. Of two letters, finitely many lines prove it
(Collins' cylindrical algebraic decomposition): the polynomials that occur are projected to one
letter by leading coefficients and principal subresultants; between two roots of the projection the
roots in the other letter neither meet nor part, so that one line stands for the whole strip.
"""

from __future__ import annotations

import math
import time
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, islice, pairwise
from typing import TYPE_CHECKING

from answers.points import Domain, points
from answers.polynomials import Polynomial, Univariate
from answers.rational import NotDecidable
from answers.reading.tree import Neg, Node, Num, Sym, put, spelled
from answers.truth import Compiled, apart, difference

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MAX_WORK = 20_000
MAX_POLYNOMIALS = 9
MAX_CUTS = 12
# Of this thread: how busy the machine is decides about no verdict.
SECONDS = 0.15
_SAMPLES = 6
_FINE = Fraction(1, 10**12)
# Points that lie on no root of a projection but by a chance of nothing.
_GENERIC = (Fraction(10_007, 3), Fraction(-20_011, 7))


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
    deadline = time.thread_time() + SECONDS
    try:
        compiled = Compiled.of(left, letters[0]), Compiled.of(right, letters[0])
    except NotDecidable:
        return _where_it_can_be_seen(left, right, letters, domain)
    for line in _sample_lines(letters, domain):
        where = line.difference(*compiled, domain)
        if where is not None:
            return where
        if time.thread_time() > deadline:
            raise NotDecidable
    if len(letters) != 2:
        raise NotDecidable
    return _over_strips(*compiled, letters, domain, deadline)


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


@dataclass(frozen=True)
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

    def difference(self, left: Compiled, right: Compiled, domain: Domain) -> str | None:
        """Where two conditions differ on this line."""
        mine, theirs = (side.along(self.free, self.values) for side in (left, right))
        where = apart(mine, theirs, self.free, domain)
        place = ", ".join(f"{spelled(letter)}={value}" for letter, value in self.values.items())
        return where and f"{place}, {where}"


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
    left: Compiled, right: Compiled, letters: Sequence[str], domain: Domain, deadline: float
) -> str | None:
    if not all(relation.exact for side in (left, right) for relation in side.relations()):
        raise NotDecidable
    known = [*left.polynomials(), *right.polynomials()]
    if domain is Domain.POSITIVE:
        known += [Polynomial({((letter, 1),): Fraction(1)}) for letter in letters]
    known = _distinct(known)
    if len(known) > MAX_POLYNOMIALS:
        raise NotDecidable
    for base, free in (letters, [*reversed(letters)]):
        roots = sorted({root for cut in _cuts(known, base, free) for root in _roots(cut)})
        if len(roots) > MAX_CUTS:
            continue
        for value in _stops(roots):
            if domain is Domain.POSITIVE and value <= 0:
                continue
            where = Line(free, {base: value}).difference(left, right, domain)
            if where is not None:
                return where
            if time.thread_time() > deadline:
                raise NotDecidable
        if all(is_met for _, is_met in roots):
            return None
    raise NotDecidable


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
    found: dict[frozenset[object], Polynomial] = {}
    for poly in known:
        if poly.letters:
            scaled = poly.scaled(1 / poly.terms[min(poly.terms)])
            found[frozenset(scaled.terms.items())] = scaled
    return list(found.values())


# -- projection ----------------------------------------------------------------------------------


def _cuts(known: list[Polynomial], base: str, free: str) -> list[Univariate]:
    """Polynomials in one letter between whose roots nothing changes in the other."""
    rows = [_by_power(poly, base, free) for poly in known]
    cuts = [row[-1] for row in rows]
    rows = [row for row in rows if len(row) > 1]
    pairs = [(row, _derivative(row)) for row in rows] + list(combinations(rows, 2))
    if sum(_work(*pair) for pair in pairs) > MAX_WORK:
        raise NotDecidable
    return cuts + [_subresultant(*pair) for pair in pairs]


def _by_power(poly: Polynomial, base: str, free: str) -> list[Univariate]:
    """The coefficients in one letter of the powers of the other, from the lowest."""
    found: dict[int, dict[int, Fraction]] = {}
    for monomial, value in poly.terms.items():
        powers = dict(monomial)
        row = found.setdefault(powers.get(free, 0), {})
        row[powers.get(base, 0)] = value
    return [
        Univariate.of([row.get(i, Fraction(0)) for i in range(max(row, default=-1) + 1)])
        for row in (found.get(power, {}) for power in range(max(found) + 1))
    ]


def _derivative(row: list[Univariate]) -> list[Univariate]:
    return [Univariate(tuple(power * c for c in of.coefficients)) for power, of in enumerate(row)][
        1:
    ]


def _bound(one: list[Univariate], other: list[Univariate]) -> int:
    """A bound for the degree of a subresultant."""
    degrees = [max(of.degree for of in row) for row in (one, other)]
    return (len(other) - 1) * degrees[0] + (len(one) - 1) * degrees[1]


def _work(one: list[Univariate], other: list[Univariate]) -> int:
    return int((len(one) + len(other) - 2) ** 3) * (_bound(one, other) + 1) // 2


def _subresultant(one: list[Univariate], other: list[Univariate]) -> Univariate:
    """The first principal subresultant that does not vanish: its roots are where roots meet."""
    shared = min(_at(one, x).gcd(_at(other, x)).degree for x in _GENERIC)
    values = [
        _determinant(_sylvester(_values(one, x), _values(other, x), shared))
        for x in range(_bound(one, other) + 1)
    ]
    found = _interpolated(values)
    if not found.coefficients:
        raise NotDecidable
    return found


def _values(row: list[Univariate], x: int) -> list[Fraction]:
    """The coefficients at a point, from the highest power."""
    return [of.at(Fraction(x)) for of in reversed(row)]


def _at(row: list[Univariate], x: Fraction) -> Univariate:
    return Univariate.of([of.at(x) for of in row])


def _sylvester(one: list[Fraction], other: list[Fraction], shared: int) -> list[list[Fraction]]:
    """The rows of both polynomials, shifted, as far as they count for one shared degree."""
    sizes = len(one) - 1, len(other) - 1
    width = sum(sizes) - 2 * shared
    zero = Fraction(0)
    rows = []
    for of, shifts in ((one, sizes[1] - shared), (other, sizes[0] - shared)):
        rows += [([zero] * i + of + [zero] * width)[:width] for i in range(shifts)]
    return rows


def _determinant(rows: list[list[Fraction]]) -> Fraction:
    rows = [list(row) for row in rows]
    result = Fraction(1)
    for i in range(len(rows)):
        pivot = next((k for k in range(i, len(rows)) if rows[k][i]), None)
        if pivot is None:
            return Fraction(0)
        if pivot != i:
            rows[i], rows[pivot], result = rows[pivot], rows[i], -result
        result *= rows[i][i]
        for k in range(i + 1, len(rows)):
            factor = rows[k][i] / rows[i][i]
            if factor:
                rows[k] = [a - factor * b for a, b in zip(rows[k], rows[i], strict=True)]
    return result


def _interpolated(values: list[Fraction]) -> Univariate:
    """The polynomial with given values at 0, 1, 2 and so on (Newton)."""
    result: list[Fraction] = [Fraction(0)] * len(values)
    product = [Fraction(1)]
    differences = list(values)
    for order in range(len(values)):
        for power, c in enumerate(product):
            result[power] += c * differences[0] / math.factorial(order)
        shifted = [Fraction(0), *product]
        product = [a - order * b for a, b in zip(shifted, [*product, Fraction(0)], strict=True)]
        differences = [b - a for a, b in pairwise(differences)]
    return Univariate.of(result)


def _roots(of: Univariate) -> Iterator[tuple[Fraction, bool]]:
    """The real roots, and whether each is met exactly, being rational."""
    if of.degree < 1:
        return
    simple = of.squarefree
    largest = abs(math.lcm(*(c.denominator for c in simple.coefficients)))
    width = min(_FINE, Fraction(1, 2 * largest * largest))
    for root in simple.isolated_roots():
        low, high = simple.refined(*root, width)
        near = ((low + high) / 2).limit_denominator(largest)
        is_met = not simple.sign_at(near)
        yield (near if is_met else high), is_met
