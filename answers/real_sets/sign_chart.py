"""A line cut at the real roots of polynomials: which sign each has in which place.

Between two roots, and at each root, all signs are constant. The places are numbered from left to
right: 0 is the stretch before the first root, 1 this root, 2 the stretch behind it, and so on. A
whole number holds one bit for each place, so that conditions are joined by its operations.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from answers.algebra.univariate import Univariate
from answers.syntax.errors import NotDecidable
from examgen.ground.record import record

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from answers.algebra.real_roots import Ends
    from answers.real_sets.real_polynomial import Cut

MAX_ROOTS = 100
LETTER = Univariate((0, 1))
_NARROWINGS = 14
_WIDE = Fraction(1, 4)
_NARROWEST = Fraction(1, 1 << 3000)
_FINE = Fraction(1, 10**12)


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
        cuts: the irreducible polynomial of each root.
        signs: of the polynomials that it was cut for.
    """

    roots: tuple[Ends, ...]
    cuts: tuple[Cut, ...]
    signs: Mapping[Univariate, Signs]

    @classmethod
    def at_roots(
        cls, polynomials: Collection[Univariate], limit: int, cuts: Iterable[Cut] = ()
    ) -> CutLine:
        """Cut a line at the roots of polynomials.

        Args:
            polynomials: those whose signs are wanted.
            limit: how much work it may be.
            cuts: irreducible polynomials at whose roots it is cut, too.

        Raises:
            NotDecidable: it would be too much work, or roots are too close together.
        """
        if sum(of.work for of in polynomials) > limit:
            raise NotDecidable
        factors = {of: of.factors() for of in polynomials}
        known = {*cuts, *(factor for each in factors.values() for factor, _ in each)}
        order = _ordered([(ends, of) for of in known for ends in of.isolated_roots()])
        places: dict[Cut, list[int]] = {}
        for number, (_, of) in enumerate(order):
            places.setdefault(of, []).append(number)
        signs = {
            of: _signs(of, [(place, n) for factor, n in each for place in places.get(factor, ())],
                       len(order))
            for of, each in factors.items()
        }  # fmt: skip
        return cls(tuple([ends for ends, _ in order]), tuple([of for _, of in order]), signs)

    @property
    def everywhere(self) -> int:
        """Return the bits of all places."""
        return (1 << 2 * len(self.roots) + 1) - 1

    def point(self, place: int) -> Ends:
        """Return a point of a stretch, twice, or the interval around a root."""
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

    def near(self, place: int, width: Fraction = _FINE) -> Ends:
        """Return a narrow interval around a root, or a point of a stretch, twice."""
        low, high = self.point(place)
        if high - low <= width:
            return low, high
        from answers.real_sets.roots import narrow_to  # noqa: PLC0415 - few roots need it

        return narrow_to(self.cuts[place // 2], low, high, width)

    def places(self) -> Iterator[tuple[int, Ends, Cut | None]]:
        """Yield all places, each with its polynomial if it is a root."""
        for place in range(2 * len(self.roots) + 1):
            yield place, self.point(place), self.cuts[place // 2] if place % 2 else None


def _signs(of: Univariate, roots: list[tuple[int, int]], count: int) -> Signs:
    """Return a polynomial's signs by its roots and their powers: they change at odd powers."""
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


def _ordered(roots: list[tuple[Ends, Cut]]) -> list[tuple[Ends, Cut]]:
    """Return roots in order, their intervals made smaller until there is room between them."""
    if len(roots) > MAX_ROOTS:
        raise NotDecidable
    for _ in range(_NARROWINGS):
        roots.sort(key=lambda root: root[0])
        touching = {
            number
            for at, ((one, _), (other, _)) in enumerate(pairwise(roots))
            if one[1] >= other[0]
            for number in (at, at + 1)
        }
        if not touching:
            return roots
        from answers.real_sets.roots import narrow_to  # noqa: PLC0415

        for at in touching:
            (low, high), of = roots[at]
            if low < high:
                roots[at] = narrow_to(of, low, high, _narrower(high - low)), of
    raise NotDecidable


def _narrower(width: Fraction) -> Fraction:
    """Return a width with about twice as many digits."""
    if width > _WIDE:
        return _WIDE
    return max(width * width, _NARROWEST)
