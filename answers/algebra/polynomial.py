"""Polynomials with rational coefficients: just enough to check forms and to solve inequalities."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import chain, repeat
from typing import TYPE_CHECKING, TypeAlias

from answers.algebra.identity_test import as_integer
from answers.algebra.univariate import Univariate
from answers.syntax.errors import NotDecidable, TooLarge
from answers.syntax.nodes import CONSTANTS, Add, Div, Mul, Neg, Node, Num, Pow, Sym
from examgen.ground.record import record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Monomial: TypeAlias = "tuple[tuple[str, int], ...]"
# Whole numbers are kept as such, since arithmetic with them takes a tenth of the time.
Coefficient: TypeAlias = "int | Fraction"
_PRIMES = (7, 11, 13, 17, 19, 23)
MAX_TERMS = 400
MAX_DEGREE = 40
_REMEMBERED = "as a polynomial"


@record
class Polynomial:
    """A polynomial in letters: coefficients by monomial, a monomial by its letters' exponents."""

    terms: dict[Monomial, Coefficient]

    @property
    def letters(self) -> list[str]:
        """Return the letters in alphabetical order."""
        return sorted({letter for monomial in self.terms for letter, _ in monomial})

    @property
    def is_constant(self) -> bool:
        """Return whether it has no letters."""
        return not any(self.terms)

    def plus(self, other: Polynomial) -> Polynomial:
        """Return the sum."""
        return _sum((self, other))

    def minus(self, other: Polynomial) -> Polynomial:
        """Return the difference."""
        terms = dict(self.terms)
        for monomial, c in other.terms.items():
            rest = terms.get(monomial, 0) - c
            if rest:
                terms[monomial] = rest
            else:
                del terms[monomial]
        return Polynomial(terms)

    def times(self, other: Polynomial) -> Polynomial | None:
        """Return the product; None where it would have too many terms."""
        if len(self.terms) * len(other.terms) > MAX_TERMS * 10:
            return None
        for one, rest in ((self, other), (other, self)):
            if len(one.terms) == 1:
                ((monomial, c),) = one.terms.items()
                return _times_term(rest, monomial, c) if monomial else rest.scale(c)
        terms: dict[Monomial, Coefficient] = {}
        for left, a in self.terms.items():
            for right, b in other.terms.items():
                monomial = _joined(left, right)
                terms[monomial] = terms.get(monomial, 0) + a * b
        return Polynomial({m: c for m, c in terms.items() if c})

    def scale(self, factor: Coefficient) -> Polynomial:
        """Return the product with a number that is not zero."""
        if factor == 1:
            return self
        return Polynomial({m: c * factor for m, c in self.terms.items()})

    def divide(self, other: Polynomial) -> Polynomial | None:
        """Return the quotient where it is a polynomial; None where there is a remainder."""
        letters = sorted({*self.letters, *other.letters})

        def order(monomial: Monomial) -> list[int]:
            powers = dict(monomial)
            return [powers.get(letter, 0) for letter in letters]

        lead = max(other.terms, key=order)
        rest, quotient = self, Polynomial({})
        while rest.terms:
            top = max(rest.terms, key=order)
            powers = [a - b for a, b in zip(order(top), order(lead), strict=True)]
            if min(powers, default=0) < 0 or len(quotient.terms) > MAX_TERMS:
                return None
            monomial = tuple((x, n) for x, n in zip(letters, powers, strict=True) if n)
            term = Polynomial({monomial: Fraction(rest.terms[top], other.terms[lead])})
            product = other.times(term)
            if product is None:
                return None
            quotient, rest = quotient.plus(term), rest.minus(product)
        return quotient

    def univariate(
        self, letter: str | None = None, values: Mapping[str, Coefficient] | None = None
    ) -> Univariate:
        """Return the polynomial in one letter, but for a positive factor.

        Args:
            letter: the letter that stays; the first one where it is not given.
            values: of the other letters; small primes where they are not given.
        """
        chosen = letter or next(iter(self.letters), "")
        if values is None:
            values = at_primes([name for name in self.letters if name != chosen])
        scale = self._common_denominator(chosen, values)
        rows: dict[int, int] = {}
        for monomial, coefficient in self.terms.items():
            power, number = 0, coefficient.numerator * (scale // coefficient.denominator)
            for name, exponent in monomial:
                if name == chosen:
                    power = exponent
                else:
                    value = values[name]
                    number = number * value.numerator**exponent // value.denominator**exponent
            rows[power] = rows.get(power, 0) + number
        return Univariate.of([rows.get(power, 0) for power in range(max(rows, default=-1) + 1)])

    def _common_denominator(self, chosen: str, values: Mapping[str, Coefficient]) -> int:
        """Return a number that makes all coefficients whole, those of other letters put in."""
        scale = math.lcm(*[c.denominator for c in self.terms.values()])
        if not values:
            return scale
        highest: dict[str, int] = {}
        for monomial in self.terms:
            for name, exponent in monomial:
                if name != chosen and exponent > highest.get(name, 0):
                    highest[name] = exponent
        for name, exponent in highest.items():
            scale *= values[name].denominator ** exponent
        return scale

    def is_irreducible(self) -> bool:
        """Return whether it has no factors but numbers.

        Raises:
            NotDecidable: it is too large to be factored.
        """
        from answers.algebra.multivariate import is_irreducible  # noqa: PLC0415 - imports FLINT

        try:
            return is_irreducible(self.terms)
        except TooLarge as error:
            raise NotDecidable from error


def at_primes(letters: Sequence[str]) -> dict[str, int]:
    """Return values at which nothing cancels by chance: primes, the last for the rest."""
    primes = chain(_PRIMES, repeat(_PRIMES[-1]))
    return dict(zip(letters, primes, strict=False))


def polynomial(node: Node) -> Polynomial | None:
    """Return an expression as a polynomial; None where it is none or too large.

    A tree remembers it, as it does its letters.
    """
    remembered = node.__dict__
    if _REMEMBERED in remembered:
        known: Polynomial | None = remembered[_REMEMBERED]
        return known
    found = remembered[_REMEMBERED] = _read(node)
    return found


def _read(node: Node) -> Polynomial | None:
    match node:
        case Num(value):
            return constant(value)
        case Sym(name):
            return None if name in CONSTANTS else Polynomial({((name, 1),): 1})
        case Add(parts):
            found = _all(parts)
            return None if found is None else _sum(found)
        case Mul(parts):
            found = _all(parts)
            return None if found is None else _product(found)
        case Neg(of):
            return _scaled(of, -1)
        case Div(above, Num(value)) if value:
            return _scaled(above, 1 / value)
        case Pow(base, exponent):
            return _power(base, as_integer(exponent))
        case _:
            return None


def constant(value: Coefficient) -> Polynomial:
    """Return a number as a polynomial."""
    return Polynomial({(): value.numerator if value.denominator == 1 else value} if value else {})


def _scaled(node: Node, factor: Coefficient) -> Polynomial | None:
    found = polynomial(node)
    return found and found.scale(factor)


def _all(parts: tuple[Node, ...]) -> list[Polynomial] | None:
    found = []
    for part in parts:
        poly = polynomial(part)
        if poly is None or len(poly.terms) > MAX_TERMS:
            return None
        found.append(poly)
    return found


def _sum(parts: Iterable[Polynomial]) -> Polynomial:
    terms: dict[Monomial, Coefficient] = {}
    for part in parts:
        for monomial, c in part.terms.items():
            terms[monomial] = terms[monomial] + c if monomial in terms else c
    return Polynomial({m: c for m, c in terms.items() if c})


def _product(parts: list[Polynomial]) -> Polynomial | None:
    result: Polynomial | None = parts[0]
    for part in parts[1:]:
        result = result and result.times(part)
    return result


def _times_term(of: Polynomial, monomial: Monomial, factor: Coefficient) -> Polynomial:
    return Polynomial({_joined(m, monomial): c * factor for m, c in of.terms.items()})


def _joined(left: Monomial, right: Monomial) -> Monomial:
    """Return the product of two monomials."""
    if not left or not right:
        return left or right
    if left[-1][0] < right[0][0]:
        return left + right
    exponents = dict(left)
    for letter, exponent in right:
        exponents[letter] = exponents.get(letter, 0) + exponent
    return tuple(sorted(exponents.items()))


def _power(base: Node, power: int | None) -> Polynomial | None:
    found = polynomial(base)
    if found is None or power is None or not 0 <= power <= MAX_DEGREE:
        return None
    result: Polynomial | None = found if power else constant(1)
    for _ in range(power - 1):
        result = result and result.times(found)
    return result
