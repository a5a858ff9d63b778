"""Comparisons with roots, absolute values and irrational constants, decided along a line.

The line is cut at the real roots of norms. In between, balls tell every sign; at a root they do
too, or a bound says that it is zero: nothing but zero that the value could be is smaller (Cauchy's
bound for its norm).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from operator import eq, ge, gt, le, lt, ne
from typing import TYPE_CHECKING

from flint import arb, ctx

from answers.algebra import multivariate as poly
from answers.algebra.univariate import Univariate
from answers.evaluation.precision import BITS
from answers.real_sets.real_polynomial import RealPolynomial
from answers.real_sets.roots import Root
from answers.syntax.errors import NotDecidable, TooLarge

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from fractions import Fraction

    from answers.algebra.multivariate import Balls, Poly
    from answers.real_sets.exact_comparisons import Checked, ExactComparisons, Part, Signs
    from answers.real_sets.real_polynomial import Cut
    from answers.real_sets.sign_chart import CutLine

MAX_ZERO_SIGNS = 3
HOLDS = {"<": lt, "<=": le, ">": gt, ">=": ge, "=": eq, "!=": ne}


@dataclass
class ExactLine:
    """Comparisons on a line: all letters but one have values.

    Attributes:
        fixed: roots by the generators of the letters that have values.
        free: the generator of the letter that has none; None where it does not occur.
    """

    of: ExactComparisons
    fixed: Mapping[int, Root]
    free: int | None

    @cached_property
    def relations(self) -> dict[int, Poly]:
        """Return what the values of letters are roots of."""
        return {n: _relation(root, n) for n, root in self.fixed.items()}

    def cuts(self) -> Iterator[Cut]:
        """Yield irreducible polynomials at whose roots truth may change.

        Raises:
            NotDecidable: it would be too much work.
        """
        if self.free is None:
            return
        found: dict[object, Poly] = {}
        try:
            for norm in self.of.norms:
                if poly.degree(norm, self.free):
                    whole = self.of.eliminate(norm, self.relations)
                    if whole is not None:
                        self.of.add_factors(whole, found)
        except TooLarge as error:
            raise NotDecidable from error
        for factor in found.values():
            if poly.degree(factor, self.free):
                yield self.of.cut(factor, self.free)

    def truths(self, line: CutLine, within: int) -> tuple[list[int], int]:
        """Return the places where each comparison holds, and those where one is not known.

        Args:
            line: it, cut where truth may change.
            within: the places that are asked for.
        """
        held, unknown = [0] * len(self.of.checked), 0
        comparisons = list(zip(self.of.relations, self.of.checked, strict=True))
        for place, ends, cut in line.places():
            if not within >> place & 1:
                continue
            at = self._at(Root(cut or _rational(ends[0]), *ends), is_root=cut is not None)
            try:
                for number, (sign, checked) in enumerate(comparisons):
                    if checked is not None and at.holds(sign, checked):
                        held[number] |= 1 << place
            except NotDecidable:
                unknown |= 1 << place
        return held, unknown

    def _at(self, place: Root, *, is_root: bool) -> _Place:
        values = dict(self.fixed) if self.free is None else {**self.fixed, self.free: place}
        return _Place(self.of, values, is_cut=is_root or not self.fixed)


def exact_line(of: ExactComparisons, free: str, values: Mapping[str, Fraction | Root]) -> ExactLine:
    """Return comparisons on a line: all letters but one have values.

    Raises:
        NotDecidable: there are other letters.
    """
    if not of.letters.keys() <= {free, *values}:
        raise NotDecidable
    fixed = {
        n: value if isinstance(value, Root) else Root(_rational(value), value, value)
        for name, value in values.items()
        if (n := of.letters.get(name)) is not None
    }
    return ExactLine(of, fixed, of.letters.get(free))


def _rational(value: Fraction) -> Univariate:
    return Univariate((-value.numerator, value.denominator))


def _relation(root: Root, n: int) -> Poly:
    """Return the polynomial that a root belongs to, in a generator."""
    if isinstance(root.of, RealPolynomial):
        return root.of.of
    of = poly.ZERO
    for c in reversed(root.of.coefficients):
        of = of * poly.generator(n) + c
    return of


@dataclass
class _Place:
    """A point, and what is known of signs there.

    Attributes:
        values: of letters.
        is_cut: what is zero here need not be zero nearby.
    """

    of: ExactComparisons
    values: Mapping[int, Root]
    is_cut: bool
    bends: dict[int, int] = field(default_factory=dict)
    known: dict[int, int] = field(default_factory=dict)
    made: dict[int, Balls] = field(default_factory=dict)

    def holds(self, sign: str, checked: Checked) -> bool:
        """Return whether what is compared with zero has a value, and the comparison holds."""
        if any(self.sign(fact) < 0 for fact in checked.facts):
            return False
        if not all(self.sign(pole) for pole in checked.poles):
            return False
        below = self.sign(checked.below)
        return bool(below) and bool(HOLDS[sign](self.sign(checked.above) * below, 0))

    def sign(self, part: Part) -> int:
        """Return 1, 0 or -1.

        Raises:
            NotDecidable: it is not known.
        """
        if part.constant is not None:
            return part.constant
        found = self.known.get(id(part))
        if found is None:
            found = self.known[id(part)] = self._seen(part) or self._sign_with_bends(part)
        return found

    def _seen(self, part: Part) -> int:
        """Return the sign that a ball shows; 0 where it shows none."""
        known = self._balls(BITS[0], part.used, {})
        ctx.prec = BITS[0]
        found = part.value(known)
        return (found > 0) - (found < 0)

    def _sign_with_bends(self, part: Part) -> int:
        bends = {n: self._bend(n) for n in self.of.bends_in(part.of)}
        roots = {n: 0 for n in bends if n not in self.of.signs and not bends[n]}
        known = {n: bends[n] for n in bends if n in self.of.signs}
        unknown = [n for n, value in known.items() if not value]
        if len(unknown) > MAX_ZERO_SIGNS:
            raise NotDecidable
        # Where f is zero, s f is: either sign of it must say the same.
        found = {
            self._sign(part.of, {**known, **roots, **dict(zip(unknown, values, strict=True))})
            for values in product((1, -1), repeat=len(unknown))
        }
        if len(found) > 1 or (roots and found == {0} and not self.is_cut):
            raise NotDecidable
        return found.pop()

    def _bend(self, n: int) -> int:
        """Return the sign of what a sign or root is taken of."""
        if n not in self.bends:
            self.bends[n] = self.sign(self.of.arguments[n])
        return self.bends[n]

    def _sign(self, of: Poly, signs: Signs) -> int:
        of = self.of.put(of, signs)
        if of.is_constant():
            value = int(of.leading_coefficient()) if not of.is_zero() else 0
            return (value > 0) - (value < 0)
        value_at, used, norm = poly.compile_polynomial(of), poly.generators(of), None
        for bits in BITS:
            known = self._balls(bits, max(used) + 1, signs)
            if not all(known[n].is_finite() for n in used):
                continue
            ctx.prec = bits
            found = value_at(known)
            if found > 0 or found < 0:
                return 1 if found > 0 else -1
            norm = self._norm(of, signs) if norm is None else norm
            ctx.prec = bits
            if found.abs_upper() < self._least(norm):
                return 0
        raise NotDecidable

    @cached_property
    def roots(self) -> dict[int, Poly]:
        """Return what the values of letters are zeros of."""
        return {n: _relation(root, n) for n, root in self.values.items()}

    def _balls(self, bits: int, count: int, signs: Signs) -> Balls:
        """Return the values of the first generators."""
        known = self.made.setdefault(bits, [])
        while len(known) < count:
            n = len(known)
            if n in self.values:
                known.append(self.values[n].ball(bits))
            elif n in self.of.signs:
                known.append(arb(signs.get(n) or self._bend(n) or 1))
            elif n in self.of.varying and n in self.of.arguments and not self._bend(n):
                known.append(arb(0))
            else:
                ctx.prec = bits
                known.append(self.of.space.generators[n].ball(known))
        return known[:count]

    def _norm(self, of: Poly, signs: Signs) -> list[Poly]:
        """Return coefficients of a polynomial that vanishes at the value of another here.

        They hold constants; those that are zero are left out, and all where it is too much work.
        """
        spare = len(self.of.space.generators)
        if spare >= poly.SIZE:
            return []
        relations = {**self.of.relations_with(signs), **self.roots}
        try:
            norm = self.of.eliminate(poly.generator(spare) - of, relations)
        except TooLarge:
            return []
        rows = poly.rows_by(norm, {spare}) if norm is not None else {}
        return [rows[key] for key in sorted(rows, key=max)]

    def _least(self, norm: list[Poly]) -> arb:
        """Return a bound: nothing but zero that such a polynomial vanishes at is smaller."""
        is_whole = all(row.is_constant() for row in norm)
        known = [] if is_whole else self.of.space.constants()
        sizes = [abs(poly.compile_polynomial(row)(known)) for row in norm]
        if not sizes or not sizes[0] > 0:
            return arb(0)
        return (sizes[0] / (sizes[0] + _largest(sizes))).lower()


def _largest(sizes: Iterable[arb]) -> arb:
    found = arb(0)
    for size in sizes:
        found = found.max(size)
    return found.upper()
