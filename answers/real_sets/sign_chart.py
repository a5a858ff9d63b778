"""A line cut at the real roots of polynomials: which sign each has in which place.

Between two roots, and at each root, all signs are constant. The places are numbered from left to
right: 0 is the stretch before the first root, 1 this root, 2 the stretch behind it, and so on. A
whole number holds one bit for each place, so that conditions are joined by its operations.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from answers.syntax.errors import NotDecidable
from examgen.ground.record import record

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from answers.algebra.univariate import Univariate

# Irrational coefficients are known to 45 digits: closer roots are taken for one.
ROUNDING = Fraction(1, 10**30)
_NARROWINGS = 200

Ends: TypeAlias = "tuple[Fraction, Fraction]"
Factors: TypeAlias = "dict[Univariate, list[tuple[Univariate, int]]]"


class Signs(NamedTuple):
    """In which places a polynomial is negative, zero and positive."""

    negative: int
    zero: int
    positive: int


@record
class CutLine:
    """A line cut at the roots of some polynomials.

    Attributes:
        roots: intervals (low, high] with one root each; both ends are the root where it is known.
        signs: of the polynomials that it was cut for.
    """

    roots: tuple[Ends, ...]
    signs: Mapping[Univariate, Signs]

    @classmethod
    def at_roots(cls, polynomials: Collection[Univariate], limit: int, *, exact: bool) -> CutLine:
        """Cuts a line at the roots of polynomials.

        Args:
            polynomials: those whose signs are wanted.
            limit: how much work it may be.
            exact: else all roots are known to 30 digits, and closer ones are one.

        Raises:
            NotDecidable: it would be too much work, or roots are too close together.
        """
        if sum(of.work for of in polynomials) > limit:
            raise NotDecidable
        factors = {of: of.factors() for of in polynomials}
        if exact:
            factors = _coprime(factors)
        found = {of: of.isolated_roots() for each in factors.values() for of, _ in each}
        order = _apart(found) if exact else _merged(found)
        signs = {
            of: _signs(of, [(place, n) for factor, n in each for place in order.places[factor]],
                       len(order.roots))
            for of, each in factors.items()
        }  # fmt: skip
        return cls(tuple(order.roots), signs)

    @property
    def everywhere(self) -> int:
        """The bits of all places."""
        return (1 << 2 * len(self.roots) + 1) - 1

    @property
    def stretches(self) -> int:
        """Return the bits of the places between roots."""
        return sum(1 << 2 * number for number in range(len(self.roots) + 1))

    def point(self, place: int) -> Ends:
        """A point of a stretch, twice, or the interval around a root."""
        number, is_root = divmod(place, 2)
        if is_root:
            return self.roots[number]
        if not self.roots:
            return Fraction(0), Fraction(0)
        if number == 0:
            x = self.roots[0][0] - 1
        elif number == len(self.roots):
            x = self.roots[-1][1] + 1
        else:
            x = (self.roots[number - 1][1] + self.roots[number][0]) / 2
        return x, x


class _Order(NamedTuple):
    """Roots from left to right, and the numbers of those that belong to a factor."""

    roots: list[Ends]
    places: dict[Univariate, list[int]]


def _signs(of: Univariate, roots: list[tuple[int, int]], count: int) -> Signs:
    """The signs of a polynomial by the numbers and powers of its roots: they turn at odd powers."""
    if not of.coefficients:
        return Signs(0, (1 << 2 * count + 1) - 1, 0)
    sign = 1 if (of.coefficients[-1] > 0) == (of.degree % 2 == 0) else -1
    masks = {1: 0, -1: 0}
    zero = start = 0
    for number, power in sorted(roots):
        place = 2 * number + 1
        masks[sign] |= (1 << place) - (1 << min(start, place))
        zero |= 1 << place
        start = place + 1
        sign = -sign if power % 2 else sign
    masks[sign] |= (1 << 2 * count + 1) - (1 << start)
    return Signs(masks[-1], zero, masks[1])


def _coprime(factors: Factors) -> Factors:
    """The same with factors no two of which have a common root.

    Irreducible ones have none; those of higher degree may have one and are split.
    """
    known = {factor for each in factors.values() for factor, _ in each}
    if all(factor.degree < 3 for factor in known):
        return factors
    done: list[Univariate] = []
    todo = list(known)
    while todo:
        one = todo.pop()
        for other in done:
            shared = one.gcd(other)
            if shared.degree > 0:
                done.remove(other)
                parts = (shared, one.divided(shared), other.divided(shared))
                todo += [factor for part in parts for factor, _ in part.factors()]
                break
        else:
            done.append(one)
    return {of: [(factor, power) for factor in done if (power := _power(of, factor))]
            for of in factors}  # fmt: skip


def _power(of: Univariate, factor: Univariate) -> int:
    """How often a factor divides a polynomial."""
    power = 0
    while of.degree > 0 and not of.remainder(factor).coefficients:
        of, power = of.divided(factor), power + 1
    return power


def _apart(found: dict[Univariate, list[Ends]]) -> _Order:
    """The roots in order, their intervals made smaller until there is room between them."""
    roots = [(ends, factor) for factor, each in found.items() for ends in each]
    for _ in range(_NARROWINGS):
        roots.sort(key=lambda root: root[0])
        touching = {
            number
            for at, ((one, _), (other, _)) in enumerate(pairwise(roots))
            if one[1] >= other[0]
            for number in (at, at + 1)
        }
        if not touching:
            break
        for at in touching:
            (low, high), factor = roots[at]
            roots[at] = factor.refined(low, high, (high - low) / 2), factor
    else:
        raise NotDecidable
    places: dict[Univariate, list[int]] = {factor: [] for factor in found}
    for number, (_, factor) in enumerate(roots):
        places[factor].append(number)
    return _Order([ends for ends, _ in roots], places)


def _merged(found: dict[Univariate, list[Ends]]) -> _Order:
    """The roots to 30 digits in order; those that differ by the rounding are one."""
    roots = sorted(
        ((factor.refined(*ends, ROUNDING), factor) for factor, each in found.items()
         for ends in each),
        key=lambda root: root[0],
    )  # fmt: skip
    order = _Order([], {factor: [] for factor in found})
    for (low, high), factor in roots:
        if order.roots and low - order.roots[-1][1] < ROUNDING:
            order.roots[-1] = order.roots[-1][0], max(high, order.roots[-1][1])
        else:
            order.roots.append((low, high))
        order.places[factor].append(len(order.roots) - 1)
    return order
