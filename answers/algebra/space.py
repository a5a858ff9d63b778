"""Quotients of polynomials in variables and in generators that stand for functions.

A generator is a real number wherever the expressions it comes from are real. Relations (C^2 =
1 - S^2, R^q = |f|, s^2 = 1) rewrite its higher powers, so that what is zero by them becomes zero.
A space is built for one comparison and thrown away.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import lcm
from typing import TYPE_CHECKING

from flint import arb, ctx, fmpq

from answers.algebra import multivariate as poly
from answers.algebra.multivariate import ONE, SIZE, ZERO, Balls, Poly
from answers.algebra.quotient import (
    IMAGINARY,
    LETTER,
    PI,
    ROOT,
    SIGN,
    Ball,
    Generator,
    Key,
    Quotient,
)
from answers.syntax.errors import TooLarge
from examgen.ground.record import record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MAX_PARTS = 360
MAX_WORK = 400_000
_NOT_REAL = arb("nan")
_SIGN_BITS = (64, 512)


class NoValue(Exception):
    """An expression divides by zero everywhere, or is nowhere real."""


class Finer(Exception):
    """A generator has to be split in more parts: everything is built again."""


@record
class Relation:
    """A power of a generator, what it is equal to, and the difference of both."""

    power: int
    instead: Poly
    zero: Poly


@dataclass
class Space:
    """Generators, their relations, and arithmetic modulo these.

    Attributes:
        is_positive: variables are positive.
        is_coarse: sums in exponents and angles are not taken apart.
        is_pointwise: where expressions have values is noted, point by point, and nothing follows
            from it; else zeros of what is divided by, or has a sign, are passed over.
        parts: into how many parts the root of a key is split.
        units: of which all multiples in exponents and angles of a key are whole multiples.
        generators: in the order in which they were made.
        numbers: of generators by their keys.
        relations: by the number of the generator.
        facts: products that are positive or zero wherever the expressions are real.
        poles: what is divided by, where points count.
        work: how many pairs of terms were looked at.
        varied: those of the first `known` generators that depend on variables.
        has_roots: there is a generator that is a root.
        uses_signs: sizes and signs of what is not a number were taken, as only real numbers have.
    """

    is_positive: bool = False
    is_coarse: bool = False
    is_pointwise: bool = False
    parts: dict[Key, int] = field(default_factory=dict)
    units: dict[Key, fmpq] = field(default_factory=dict)
    generators: list[Generator] = field(default_factory=list)
    numbers: dict[Key, int] = field(default_factory=dict)
    relations: dict[int, Relation] = field(default_factory=dict)
    facts: list[Poly] = field(default_factory=list)
    poles: list[Poly] = field(default_factory=list)
    uses_signs: bool = False
    has_roots: bool = False
    work: int = 0
    varied: set[int] = field(default_factory=set)
    known: int = 0

    one = Quotient(ONE, ONE)
    zero = Quotient(ZERO, ONE)

    def again(self) -> Space:
        """Return a space to begin again in, with what is known of parts and units."""
        return Space(self.is_positive, self.is_coarse, self.is_pointwise, self.parts, self.units)

    # -- generators --------------------------------------------------------------------------------

    def generator(
        self, key: Key, ball: Ball, *, is_positive: bool = False, of: Quotient | None = None
    ) -> int:
        """Return the number of the generator of a key, which is made where it is new."""
        at = self.numbers.get(key)
        if at is None:
            at = self.numbers[key] = len(self.generators)
            if at >= SIZE:
                raise TooLarge
            self.generators.append(Generator(key, ball, is_positive, of))
            self.has_roots = self.has_roots or key[0] == ROOT
        return at

    def quotient(
        self, key: Key, ball: Ball, *, is_positive: bool = False, of: Quotient | None = None
    ) -> Quotient:
        """Return the generator of a key as a quotient."""
        at = self.generator(key, ball, is_positive=is_positive, of=of)
        return Quotient(poly.generator(at), ONE)

    def letter(self, name: str) -> Quotient:
        """Return a variable."""
        return self.quotient((LETTER, name), _unknown, is_positive=self.is_positive)

    def imaginary(self) -> Quotient:
        """Return the imaginary unit."""
        at = self.generator((IMAGINARY,), _unknown)
        self.relate(at, 2, -ONE)
        return Quotient(poly.generator(at), ONE)

    def pi(self) -> Quotient:
        """Return pi."""
        return self.quotient((PI,), lambda _: arb.pi(), is_positive=True)

    def number_of(self, key: Key) -> int | None:
        """Return the number of the generator of a key; None where there is none."""
        return self.numbers.get(key)

    def of_family(self, family: str) -> list[int]:
        """Return the numbers of the generators of a family."""
        return [n for n, each in enumerate(self.generators) if each.family == family]

    def single(self, exponents: poly.Exponents) -> Generator | None:
        """Return the generator that a term is but for its coefficient; None where it is none."""
        found = poly.used_generators(exponents)
        return self.generators[found[0][0]] if len(found) == 1 and found[0][1] == 1 else None

    def split(self, key: Key, count: int) -> int:
        """Return into how many parts a root is split: a multiple of a count."""
        known = self.parts.setdefault(key, count)
        if known % count:
            self.parts[key] = lcm(known, count)
            raise Finer
        if known > MAX_PARTS:
            raise TooLarge
        return known

    def unit(self, key: Key, multiple: fmpq) -> fmpq:
        """Return what all multiples that occur are whole multiples of."""
        known = self.units.setdefault(key, abs(multiple))
        shared = known.gcd(multiple)
        if shared != known:
            self.units[key] = shared
            raise Finer
        return shared

    def relate(self, at: int, power: int, instead: Poly) -> None:
        """Add a relation: a power of a generator is made of earlier ones."""
        if at not in self.relations:
            zero = poly.power(poly.generator(at), power) - instead
            self.relations[at] = Relation(power, instead, zero)

    def reduce(self, of: Poly) -> Poly:
        """Return a polynomial rewritten by all relations."""
        if not self.relations or of.is_constant():
            return of
        degrees = of.degrees()
        for at in sorted(self.relations, reverse=True):
            relation = self.relations[at]
            times = int(degrees[SIZE - 1 - at]) // relation.power
            if times > 0:
                of = poly.check_size(poly.remainder(of, times, relation.zero))
                degrees = of.degrees()
        return of

    # -- arithmetic --------------------------------------------------------------------------------

    def of(self, above: Poly, below: Poly = ONE) -> Quotient:
        """Return a quotient in lowest terms."""
        self.work += len(above) * len(below)
        if self.work > MAX_WORK:
            raise TooLarge
        if below.is_one():
            return Quotient(self.reduce(poly.check_size(above)), ONE)
        above, below = self.reduce(poly.check_size(above)), self.reduce(poly.check_size(below))
        if below.is_zero():
            raise NoValue
        if self.has_roots and not below.is_constant():
            above, below = self._without_roots(above, below)
        common = _common(above, below)
        if below.leading_coefficient() < 0:
            common = -common
        return (
            Quotient(above, below) if common.is_one() else Quotient(above / common, below / common)
        )

    def _without_roots(self, above: Poly, below: Poly) -> tuple[Poly, Poly]:
        """Return 1/sqrt(2) as sqrt(2)/2."""
        for exponents in below.term_content().monoms():
            for at, n in poly.used_generators(exponents):
                if self.generators[at].family == ROOT:
                    missing = poly.power(poly.generator(at), self.relations[at].power - n)
                    above = self.reduce(poly.times(above, missing))
                    below = self.reduce(poly.times(below, missing))
        return above, below

    def constant(self, value: fmpq | int) -> Quotient:
        """Return a number."""
        number = fmpq(value)
        return Quotient(poly.constant(number.numer()), poly.constant(number.denom()))

    def plus(self, one: Quotient, other: Quotient) -> Quotient:
        """Return a sum."""
        if one.below == other.below:
            return self.of(one.above + other.above, one.below)
        if one.is_zero or other.is_zero:
            return other if one.is_zero else one
        left, right = poly.times(one.above, other.below), poly.times(other.above, one.below)
        return self.of(left + right, poly.times(one.below, other.below))

    def minus(self, one: Quotient, other: Quotient) -> Quotient:
        """Return a difference."""
        return self.plus(one, other.negative())

    def times(self, one: Quotient, other: Quotient) -> Quotient:
        """Return a product."""
        if one is self.one or other is self.one:
            return other if one is self.one else one
        below = one.below if other.below.is_one() else poly.times(one.below, other.below)
        return self.of(poly.times(one.above, other.above), below)

    def over(self, one: Quotient, other: Quotient) -> Quotient:
        """Return a quotient of quotients."""
        if other.is_zero:
            raise NoValue
        return self.of(poly.times(one.above, other.below), poly.times(one.below, other.above))

    def power(self, of: Quotient, exponent: int) -> Quotient:
        """Return a power."""
        if exponent <= 0 and of.is_zero:
            raise NoValue
        above, below = (of.above, of.below) if exponent > 0 else (of.below, of.above)
        return self.of(poly.power(above, abs(exponent)), poly.power(below, abs(exponent)))

    def product(self, factors: Iterable[Quotient]) -> Quotient:
        """Return a product of any number of factors."""
        found = self.one
        for factor in factors:
            found = factor if found is self.one else self.times(found, factor)
        return found

    # -- at a point --------------------------------------------------------------------------------

    def values(self, letters: Mapping[str, arb]) -> Balls | None:
        """Return all generators at a point; None where one is not surely real."""
        known: Balls = []
        for each in self.generators:
            match each.key:
                case ("letter", str(name)):
                    value = letters[name]
                case ("i",):
                    value = _NOT_REAL
                case _:
                    value = each.ball(known)
            if value is not _NOT_REAL and not value.is_finite():
                return None
            known.append(value)
        return known

    # -- constants ---------------------------------------------------------------------------------

    @property
    def varying(self) -> set[int]:
        """Return the generators that depend on variables."""
        found = self.varied
        for n in range(self.known, len(self.generators)):
            each = self.generators[n]
            if each.family == LETTER or not found.isdisjoint(_mentioned(each.key)):
                found.add(n)
        self.known = len(self.generators)
        return found

    def constants(self) -> Balls:
        """Return the values of all constants; variables and what depends on them have none."""
        known: Balls = []
        varying = self.varying
        for n, each in enumerate(self.generators):
            has_none = n in varying or each.family == IMAGINARY
            known.append(_NOT_REAL if has_none else each.ball(known))
        return known

    def is_constant(self, of: Poly) -> bool:
        """Return whether no variable occurs, in the arguments of functions either."""
        return self.varying.isdisjoint(poly.generators(of))

    def holds_imaginary(self, of: Quotient) -> bool:
        """Return whether the imaginary unit occurs."""
        at = self.numbers.get((IMAGINARY,))
        return at is not None and any(poly.degree(side, at) for side in (of.above, of.below))

    # -- signs -------------------------------------------------------------------------------------

    def sign(self, factor: Poly) -> Poly:
        """Return the sign of a factor: 1 where it is surely positive, else a generator."""
        if self.never_negative(factor):
            return ONE
        if self.is_sign(factor):
            return factor
        value = poly.compile_polynomial(factor)
        if self.is_constant(factor) and (known := self.sign_of_constant(factor)):
            return poly.constant(known)
        at = self.generator(
            (SIGN, poly.key_of(factor)), lambda known: _sign(value(known)), of=Quotient(factor, ONE)
        )
        self.relate(at, 2, ONE)
        return poly.generator(at)

    def sign_of_constant(self, of: Poly) -> int:
        """Return the sign of what depends on no variable; 0 where it is not seen."""
        value = poly.compile_polynomial(of)
        for bits in _SIGN_BITS:
            ctx.prec = bits
            found = value(self.constants())
            if found > 0 or found < 0:
                return 1 if found > 0 else -1
        return 0

    def is_sign(self, factor: Poly) -> bool:
        """Return whether a factor is itself a sign."""
        if len(factor) != 1 or factor.total_degree() != 1:
            return False
        return self.generators[poly.generators(factor)[0]].family == SIGN

    def never_negative(self, factor: Poly) -> bool:
        """Return whether no term of a factor can be negative."""
        return all(
            c > 0 and all(n % 2 == 0 or self.generators[at].is_positive
                          for at, n in poly.used_generators(exponents))
            for exponents, c in poly.terms(factor)
        )  # fmt: skip

    def add_fact(self, sign: int, factors: list[Poly]) -> None:
        """Add that a product is nowhere negative: one sign follows from the others.

        Raises:
            NoValue: it is negative everywhere.
        """
        product, signs = poly.constant(sign), poly.constant(sign)
        for factor in factors:
            product = poly.times(product, factor)
            signs = poly.times(signs, self.sign(factor))
        signs = self.reduce(signs)
        if signs.is_constant():
            if signs.leading_coefficient() < 0:
                raise NoValue
            return
        self.facts.append(product)
        at = max(poly.generators(signs))
        if self.relations[at].power == 2:
            rest = signs / poly.generator(at)
            self.relations[at] = Relation(1, rest, poly.generator(at) - rest)


def _common(above: Poly, below: Poly) -> Poly:
    """Return the greatest common divisor of a numerator and its denominator."""
    if above.is_zero():
        return below if below.leading_coefficient() > 0 else -below
    if below.is_constant():
        return poly.constant(poly.content(above).gcd(below.leading_coefficient()))
    return poly.common_divisor(above, below)


def _sign(value: arb) -> arb:
    if value > 0 or value < 0:
        return arb(1 if value > 0 else -1)
    return arb("nan")


def _unknown(_: Balls) -> arb:
    raise KeyError


def _mentioned(key: object) -> set[int]:
    """Return the generators of the polynomials that a key names."""
    if isinstance(key, poly.PolyKey):
        return {*poly.generators(key.of)}
    return {at for part in key for at in _mentioned(part)} if isinstance(key, tuple) else set()
