"""Decide whether expressions differ by a factor: a constant, or one that is never zero."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import islice
from typing import TYPE_CHECKING

from answers.algebra.polynomial import Monomial, Polynomial, at_primes, polynomial
from answers.evaluation.precision import BITS, Undefined
from answers.evaluation.sample_points import Domain, points
from answers.real_sets.cylindrical_decomposition import has_zero
from answers.real_sets.rational_function import Atoms, quotient, times
from answers.syntax.errors import NotDecidable
from answers.syntax.functions.table import SQRT
from answers.syntax.nodes import Call, free_symbols

if TYPE_CHECKING:
    from answers.syntax.nodes import Node

_PLACES = 2


def same_up_to_factor(mine: Node, theirs: Node, domain: Domain, *, positive: bool = False) -> bool:
    """Return whether one expression is proved to be the other times a constant that is not zero."""
    if mine == theirs:
        return True
    left, right = polynomial(mine), polynomial(theirs)
    if left is not None and right is not None:
        return same_polynomials(left, right, positive=positive)
    if _vary(mine, theirs, domain):
        return False
    from answers.algebra.constants import constant_sign  # noqa: PLC0415 - imports FLINT
    from answers.algebra.space import Space  # noqa: PLC0415
    from answers.normal_forms.build import join_readings  # noqa: PLC0415

    made = join_readings((mine, theirs), Space.over, is_positive=domain is Domain.POSITIVE)
    if made is None or (domain is Domain.COMPLEX and made[0].uses_signs):
        return False
    sign = constant_sign(made[0], made[1].above, made[1].below)
    return sign is not None and (sign > 0 or not positive)


def _vary(mine: Node, theirs: Node, domain: Domain) -> bool:
    """Return whether the quotient of two expressions has two values."""
    from answers.evaluation.evaluate import both_at  # noqa: PLC0415 - imports FLINT

    letters = sorted(free_symbols(mine) | free_symbols(theirs))
    found = []
    for point in islice(points(letters, domain, b"ratios", 0), _PLACES):
        with suppress(Undefined):
            above, below = both_at(mine, theirs, point, BITS[0])
            ratio = above / below
            if ratio.is_finite() and ratio.imag.is_zero():
                found.append(ratio)
    return len(found) == _PLACES and not found[0].overlaps(found[1])


def same_polynomials(mine: Polynomial, theirs: Polynomial, *, positive: bool = False) -> bool:
    """Decide `same_up_to_factor` by the coefficients."""
    if mine.terms.keys() != theirs.terms.keys() or not mine.terms:
        return mine.terms == theirs.terms
    first = min(theirs.terms)
    factor = Fraction(mine.terms[first], theirs.terms[first])
    return not (positive and factor < 0) and mine.terms == theirs.scale(factor).terms


# -- factors that are no constants ---------------------------------------------------------------


def same_zeros(mine: Node, theirs: Node, domain: Domain) -> bool:
    """Return whether both vanish together, one being the other times a factor that is never zero.

    Denominators are cleared, but none that shares a factor with its numerator; and where both
    have sums below, only if these vanish together too.
    """
    signs = _Signs(domain)
    try:
        (one, under), (other, beneath) = signs.clear_roots(mine), signs.clear_roots(theirs)
    except NotDecidable:
        return False
    factor = _factor(one, other)
    if factor is None or not signs.never_zero(factor):
        return False
    if min(len(under.terms), len(beneath.terms)) == 1:  # F/m = a is F = m*a
        return True
    ratio = _factor(under, beneath)
    return ratio is not None and signs.never_zero(ratio)


def vanish_together(mine: Polynomial, theirs: Polynomial, domain: Domain) -> bool:
    """Decide `same_zeros` of polynomials."""
    factor = _factor(mine, theirs)
    return factor is not None and _Signs(domain).never_zero(factor)


def same_signs(mine: Node, theirs: Node, domain: Domain) -> bool:
    """Return whether both are always positive, zero and negative together, by a positive factor."""
    signs = _Signs(domain)
    try:
        one, other = signs.times_denominator(mine), signs.times_denominator(theirs)
    except NotDecidable:
        return False
    factor = _factor(one, other)
    return factor is not None and signs.never_zero(factor) and signs.of(factor) == 1


def same_poles(mine: Node, theirs: Node, domain: Domain) -> bool:
    """Return whether both have no value at the same points, by division by zero."""
    signs = _Signs(domain)
    try:
        one, other = (quotient(signs.atoms.put(side))[1] for side in (mine, theirs))
    except NotDecidable:
        return False
    factor = _factor(one, other)
    return factor is not None and signs.never_zero(factor)


def _factor(one: Polynomial, other: Polynomial) -> Polynomial | None:
    """Return the quotient of two polynomials, in whichever order they divide."""
    if not one.terms or not other.terms:
        return None
    found = one.divide(other)
    return other.divide(one) if found is None else found


@dataclass
class _Signs:
    """The known signs of polynomials, some variables of which represent functions."""

    domain: Domain
    atoms: Atoms = field(default_factory=Atoms)

    def clear_roots(self, node: Node) -> tuple[Polynomial, Polynomial]:
        """Return numerator and denominator, the first free of square roots where possible."""
        above, below = quotient(self.atoms.put(node))
        if not below.terms or _share_factor(above, below):
            raise NotDecidable
        for name, of in list(self.atoms.meant.items()):
            if isinstance(of, Call) and of.name == SQRT.name and name in above.letters:
                above = self._squared(above, name, of.args[0])
        return above, below

    def times_denominator(self, node: Node) -> Polynomial:
        """Return the numerator times the denominator, which is never zero."""
        above, below = quotient(self.atoms.put(node))
        if not self.never_zero(below):
            raise NotDecidable
        return times(above, below)

    def _squared(self, poly: Polynomial, root: str, radicand: Node) -> Polynomial:
        """Return a + B*sqrt(u) as A^2 - B^2*u, where A and B never have the same sign."""
        if any(dict(monomial).get(root, 0) > 1 for monomial in poly.terms):
            return poly
        even = Polynomial({m: c for m, c in poly.terms.items() if root not in dict(m)})
        odd = Polynomial(
            {tuple(p for p in m if p[0] != root): c for m, c in poly.terms.items()
             if root in dict(m)}
        )  # fmt: skip
        if self.of(times(even, odd)) not in {-1, 0} or not self.never_zero(odd):
            return poly
        above, below = quotient(self.atoms.put(radicand))
        squares = times(times(odd, odd), above).scale(-1)
        found = times(times(even, even), below).plus(squares)
        return poly if _share_factor(found, below) else found

    def of(self, poly: Polynomial) -> int | None:
        """Return 1 where no term can be negative, -1 where none can be positive; 0 for zero."""
        if not all(self._is_square(monomial) for monomial in poly.terms):
            return None
        signs = {1 if value > 0 else -1 for value in poly.terms.values()}
        return None if len(signs) > 1 else min(signs, default=0)

    def _is_square(self, monomial: Monomial) -> bool:
        is_real = self.domain is not Domain.COMPLEX
        return all(
            (is_real and power % 2 == 0) or self._is_positive(letter) for letter, power in monomial
        )

    def _is_positive(self, letter: str) -> bool:
        if letter not in self.atoms.meant:
            return self.domain is Domain.POSITIVE
        meant = self.atoms.meant[letter]
        return letter in self.atoms.positive() and (
            self.domain is not Domain.COMPLEX or not free_symbols(meant)
        )

    def never_zero(self, poly: Polynomial) -> bool:
        """Return whether a polynomial surely has no zero."""
        is_sure = any(all(self._is_positive(x) for x, _ in monomial) for monomial in poly.terms)
        if is_sure and self.of(poly) is not None:
            return True
        letters = poly.letters
        is_real = self.domain is not Domain.COMPLEX
        if not is_real or not 0 < len(letters) <= 2 or self.atoms.meant.keys() & {*letters}:
            return False
        try:
            return not has_zero(poly, self.domain)
        except NotDecidable:
            return False


def _share_factor(above: Polynomial, below: Polynomial) -> bool:
    """Return whether two polynomials seem to share a factor, other variables being primes."""
    values = at_primes(sorted({*above.letters, *below.letters}))
    return any(
        above.univariate(letter, values).gcd(below.univariate(letter, values)).degree > 0
        for letter in {*above.letters} & {*below.letters}
    )
