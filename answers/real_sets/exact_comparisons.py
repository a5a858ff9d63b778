"""Comparisons with roots, absolute values and irrational constants, in one space.

Each is a quotient of polynomials in letters, in roots and signs of such, and in constants. Its
truth can change only where a polynomial in letters and constants alone vanishes: the norm of what
is compared, divided by, or has a root or a sign.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING

from answers.algebra import multivariate as poly
from answers.algebra.quotient import IMAGINARY, LETTER, ROOT, SIGN
from answers.algebra.univariate import Univariate
from answers.normal_forms.build import differences_by_points
from answers.real_sets.real_polynomial import RealPolynomial
from answers.syntax.errors import NotDecidable, TooLarge
from examgen.ground.record import record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from flint import arb

    from answers.algebra.multivariate import Balls, Poly
    from answers.algebra.space import Space
    from answers.normal_forms.build import Held
    from answers.real_sets.real_polynomial import Cut
    from answers.syntax.nodes import Rel

    Signs = Mapping[int, int]

MAX_SIGNS = 6


@dataclass
class Part:
    """A polynomial whose sign is asked for at many places."""

    of: Poly

    @cached_property
    def constant(self) -> int | None:
        """Return its sign where it is a number; None where it is none."""
        if not self.of.is_constant():
            return None
        value = int(poly.constant_term(self.of))
        return (value > 0) - (value < 0)

    @cached_property
    def value(self) -> Callable[[Balls], arb]:
        """Return what gives its value from those of the generators."""
        return poly.compile_polynomial(self.of)

    @cached_property
    def used(self) -> int:
        """Return how many of the first generators it needs."""
        return max(poly.generators(self.of), default=-1) + 1


@record
class Checked:
    """A quotient compared with zero, where some parts are not negative and others not zero."""

    above: Part
    below: Part
    facts: Sequence[Part]
    poles: Sequence[Part]


def unique(polys: Iterable[Poly]) -> list[Poly]:
    """Return each of some polynomials once."""
    return list({poly.key_of(of): of for of in polys}.values())


@dataclass
class ExactComparisons:
    """Some comparisons in one space.

    Attributes:
        relations: the signs of the comparisons.
        held: what is compared with zero, by the comparison; None where it never has a value.
    """

    space: Space
    relations: Sequence[str]
    held: Sequence[Held | None]

    @classmethod
    def of(cls, relations: Sequence[Rel]) -> ExactComparisons:
        """Return comparisons in one space.

        Raises:
            NotDecidable: they are made of something else, or it would be too much work.
        """
        try:
            space, held = differences_by_points([(each.left, each.right) for each in relations])
        except TooLarge as error:
            raise NotDecidable from error
        found = cls(space, [each.sign for each in relations], held)
        varying = {space.generators[n].family for n in found.varying & found.used}
        if not varying <= {LETTER, ROOT, SIGN} or space.of_family(IMAGINARY):
            raise NotDecidable
        return found

    @cached_property
    def letters(self) -> dict[str, int]:
        """Return the numbers of the generators that are letters."""
        space = self.space
        return {str(space.generators[n].key[1]): n for n in space.of_family(LETTER)}

    @cached_property
    def varying(self) -> set[int]:
        """Return the generators that depend on letters."""
        return self.space.varying

    @cached_property
    def signs(self) -> set[int]:
        """Return the generators that are signs."""
        return set(self.space.of_family(SIGN))

    @cached_property
    def used(self) -> set[int]:
        """Return the generators that occur in comparisons, or in these."""
        return self._closure(n for of in unique(self._compared()) for n in poly.generators(of))

    def _closure(self, generators: Iterable[int]) -> set[int]:
        todo, seen = [*generators], set[int]()
        while todo:
            n = todo.pop()
            if n not in seen:
                seen.add(n)
                if n in self.space.relations:
                    todo += poly.generators(self.space.relations[n].zero)
        return seen

    # -- what is evaluated -------------------------------------------------------------------------

    @cached_property
    def checked(self) -> list[Checked | None]:
        """Return what each comparison depends on the signs of, ready to be evaluated."""
        known: dict[object, Part] = {}

        def part(of: Poly) -> Part:
            return known.setdefault(poly.key_of(of), Part(of))

        def check(held: Held) -> Checked:
            facts, poles = (map(part, unique(of)) for of in (held.facts, held.poles))
            return Checked(part(held.of.above), part(held.of.below), [*facts], [*poles])

        return [None if held is None else check(held) for held in self.held]

    @cached_property
    def arguments(self) -> dict[int, Part]:
        """Return what signs and roots are taken of, by their generators."""
        return {
            n: Part(of.above)
            for n, each in enumerate(self.space.generators)
            if each.family in {SIGN, ROOT} and (of := each.of) is not None
        }

    # -- where truth may change --------------------------------------------------------------------

    def _compared(self) -> Iterator[Poly]:
        for held in self.held:
            if held is not None:
                yield from (held.of.above, held.of.below, *held.facts, *held.poles)

    def _deciding(self) -> Iterator[tuple[Poly, frozenset[int]]]:
        """Yield what truth depends on the signs of, and which signs are 1 wherever it does."""
        for held in self.held:
            if held is not None:
                facts = {poly.key_of(fact) for fact in held.facts}
                sure = frozenset(
                    n for n in self.signs if poly.key_of(self.arguments[n].of) in facts
                )
                yield from ((of, sure) for of in (held.of.above, held.of.below, *held.poles))
                yield from ((fact, frozenset()) for fact in held.facts)
        yield from ((part.of, frozenset()) for n, part in self.arguments.items() if n in self.used)

    @cached_property
    def norms(self) -> list[Poly]:
        """Return irreducible polynomials in letters and constants where truth may change.

        Raises:
            NotDecidable: it would be too much work, or something vanishes without being zero.
        """
        found: dict[object, Poly] = {}
        try:
            deciding = {(poly.key_of(of), sure): (of, sure) for of, sure in self._deciding()}
            for of, sure in deciding.values():
                if not self.varying.isdisjoint(poly.generators(of)):
                    for norm in self._norms(of, sure):
                        self.add_factors(norm, found)
        except TooLarge as error:
            raise NotDecidable from error
        return list(found.values())

    def add_factors(self, norm: Poly, found: dict[object, Poly]) -> None:
        """Add the irreducible factors of a norm; it must not be zero."""
        content, factors = poly.factor(norm) if not norm.is_zero() else (0, [])
        if not content:
            raise NotDecidable
        for factor, _ in factors:
            if not self.varying.isdisjoint(poly.generators(factor)):
                found[poly.key_of(factor)] = factor
            elif not self.space.sign_of_constant(factor):
                raise NotDecidable

    def _norms(self, of: Poly, sure: frozenset[int]) -> Iterator[Poly]:
        """Yield the product of all conjugates for each combination of signs, if it is not zero.

        Args:
            of: a polynomial.
            sure: signs that are 1.
        """
        signs = [n for n in self.bends_in(of) if n in self.signs]
        if len(signs) > MAX_SIGNS:
            raise NotDecidable
        seen = set()
        for values in product(*[(1,) if n in sure else (1, -1) for n in signs]):
            chosen = dict(zip(signs, values, strict=True))
            norm = self.eliminate(self.put(of, chosen), self.relations_with(chosen))
            if norm is not None and poly.key_of(norm) not in seen:
                seen.add(poly.key_of(norm))
                yield norm

    def bends_in(self, of: Poly) -> list[int]:
        """Return the signs and roots that depend on letters in a polynomial, and in these."""
        found = self._closure(poly.generators(of))
        return sorted(found & self.varying - {*self.letters.values()})

    def put(self, of: Poly, signs: Signs) -> Poly:
        """Return a polynomial with values for signs."""
        return self.space.reduce(poly.substitute(of, signs)) if signs else of

    def relations_with(self, signs: Signs) -> dict[int, Poly]:
        """Return what is zero, by the generator that it says something of."""
        return {
            n: poly.substitute(relation.zero, signs) if signs else relation.zero
            for n, relation in self.space.relations.items()
            if n not in signs
        }

    @staticmethod
    def eliminate(of: Poly, relations: Mapping[int, Poly]) -> Poly | None:
        """Return the norm of a polynomial; None where it is zero itself."""
        if of.is_zero():
            return None
        while used := [n for n in poly.generators(of) if n in relations]:
            last = max(used)
            of = poly.eliminate(of, relations[last], last)
        return of

    def cut(self, factor: Poly, letter: int) -> Cut:
        """Return an irreducible polynomial in one letter and constants."""
        row = poly.coefficients_in(factor, letter)
        if row is not None:
            return Univariate.of(row).upright()
        return RealPolynomial(poly.key_of(factor), factor, self.space, letter)
