"""Polynomials with rational coefficients: just enough to check forms and to solve inequalities."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import chain, pairwise, product, repeat
from typing import TYPE_CHECKING, TypeAlias

from answers.modular import whole
from answers.reading.tree import CONSTANTS, Add, Div, Mul, Neg, Node, Num, Pow, Sym

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Monomial: TypeAlias = "tuple[tuple[str, int], ...]"
_PRIMES = (7, 11, 13, 17, 19, 23)
MAX_TERMS = 400
MAX_DEGREE = 40
MAX_TRIED = 5_000


@dataclass(frozen=True)
class Polynomial:
    """A polynomial in letters: coefficients by monomial, a monomial by its letters' exponents."""

    terms: dict[Monomial, Fraction]

    @property
    def letters(self) -> list[str]:
        """The letters in alphabetical order."""
        return sorted({letter for monomial in self.terms for letter, _ in monomial})

    def plus(self, other: Polynomial) -> Polynomial:
        """The sum."""
        terms = dict(self.terms)
        for monomial, coefficient in other.terms.items():
            terms[monomial] = terms.get(monomial, Fraction(0)) + coefficient
        return Polynomial({m: c for m, c in terms.items() if c})

    def times(self, other: Polynomial) -> Polynomial | None:
        """The product; None where it would have too many terms."""
        if len(self.terms) * len(other.terms) > MAX_TERMS * 10:
            return None
        terms: dict[Monomial, Fraction] = {}
        for left, a in self.terms.items():
            for right, b in other.terms.items():
                exponents = dict(left)
                for letter, exponent in right:
                    exponents[letter] = exponents.get(letter, 0) + exponent
                monomial = tuple(sorted(exponents.items()))
                terms[monomial] = terms.get(monomial, Fraction(0)) + a * b
        return Polynomial({m: c for m, c in terms.items() if c})

    def scaled(self, factor: Fraction) -> Polynomial:
        """The product with a number that is not zero."""
        return Polynomial({m: c * factor for m, c in self.terms.items()})

    def divided(self, other: Polynomial) -> Polynomial | None:
        """The quotient where it is a polynomial; None where there is a remainder."""
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
            term = Polynomial({monomial: rest.terms[top] / other.terms[lead]})
            product = other.times(term)
            if product is None:
                return None
            quotient, rest = quotient.plus(term), rest.plus(product.scaled(Fraction(-1)))
        return quotient

    def univariate(
        self, letter: str | None = None, values: Mapping[str, Fraction] | None = None
    ) -> Univariate:
        """The polynomial in one letter.

        Args:
            letter: the letter that stays; the first one where it is not given.
            values: of the other letters; small primes where they are not given.
        """
        names = self.letters
        chosen = letter or (names[0] if names else "")
        if values is None:
            values = at_primes([name for name in names if name != chosen])
        coefficients: dict[int, Fraction] = {}
        for monomial, coefficient in self.terms.items():
            power, number = 0, coefficient
            for name, exponent in monomial:
                if name == chosen:
                    power = exponent
                else:
                    number *= values[name] ** exponent
            coefficients[power] = coefficients.get(power, Fraction(0)) + number
        size = max(coefficients, default=-1) + 1
        return Univariate.of([coefficients.get(i, Fraction(0)) for i in range(size)])

    def is_irreducible(self) -> bool:
        """Whether it has no factors, tested on one letter at a time (others fixed)."""
        return any(
            self.univariate(letter).is_irreducible() and not self._has_factor_without(letter)
            for letter in self.letters
        )

    def _has_factor_without(self, letter: str) -> bool:
        """Whether a factor holds none of a letter, as y + 1 in xy + x + y + 1 holds no x."""
        parts: dict[int, dict[Monomial, Fraction]] = {}
        for monomial, coefficient in self.terms.items():
            rest = tuple((name, power) for name, power in monomial if name != letter)
            parts.setdefault(dict(monomial).get(letter, 0), {})[rest] = coefficient
        others = [name for name in self.letters if name != letter]
        for other in others:
            values = at_primes([name for name in others if name != other])
            shared = Univariate(())
            for terms in parts.values():
                shared = Polynomial(terms).univariate(other, values).gcd(shared)
            if shared.degree > 0:
                return True
        return False


def at_primes(letters: Sequence[str]) -> dict[str, Fraction]:
    """Values at which nothing cancels by chance: small primes, and the last one for the rest."""
    primes = chain(_PRIMES, repeat(_PRIMES[-1]))
    return {letter: Fraction(prime) for letter, prime in zip(letters, primes, strict=False)}


def polynomial(node: Node) -> Polynomial | None:
    """An expression as a polynomial; None where it is none or too large."""
    match node:
        case Num(value):
            return Polynomial({(): value} if value else {})
        case Sym(name):
            return None if name in CONSTANTS else Polynomial({((name, 1),): Fraction(1)})
        case Add(parts):
            return _folded(parts, add=True)
        case Mul(parts):
            return _folded(parts, add=False)
        case Neg(of):
            return _scaled(of, Fraction(-1))
        case Div(above, Num(value)) if value:
            return _scaled(above, 1 / value)
        case Pow(base, exponent):
            return _power(base, whole(exponent))
        case _:
            return None


def _scaled(node: Node, factor: Fraction) -> Polynomial | None:
    found = polynomial(node)
    return found and found.scaled(factor)


def _folded(parts: tuple[Node, ...], *, add: bool) -> Polynomial | None:
    result: Polynomial | None = None
    for place, part in enumerate(parts):
        found = polynomial(part)
        if found is None or len(found.terms) > MAX_TERMS:
            return None
        if place:
            found = result and (result.plus(found) if add else result.times(found))
        result = found
    return result


@lru_cache(maxsize=256)
def _power(base: Node, power: int | None) -> Polynomial | None:
    found = polynomial(base)
    if found is None or power is None or not 0 <= power <= MAX_DEGREE:
        return None
    result: Polynomial | None = Polynomial({(): Fraction(1)})
    for _ in range(power):
        result = result.times(found) if result is not None else None
    return result


@dataclass(frozen=True)
class Univariate:
    """A polynomial in one letter: coefficients by power, the last one not zero."""

    coefficients: tuple[Fraction, ...]

    @classmethod
    def of(cls, coefficients: list[Fraction]) -> Univariate:
        """Drops leading zeros."""
        while coefficients and not coefficients[-1]:
            coefficients = coefficients[:-1]
        return cls(tuple(coefficients))

    @property
    def degree(self) -> int:
        """The degree; -1 for zero."""
        return len(self.coefficients) - 1

    def at(self, x: Fraction) -> Fraction:
        """The value at a point."""
        value, scale = self._scaled_at(x)
        return Fraction(value, scale * self._integers[1])

    def sign_at(self, x: Fraction) -> int:
        """The sign of the value at a point."""
        value, _ = self._scaled_at(x)
        return (value > 0) - (value < 0)

    def _scaled_at(self, x: Fraction) -> tuple[int, int]:
        """The value in whole numbers, and the positive power of the denominator it is scaled by."""
        above, below = x.numerator, x.denominator
        result, scale = 0, 1
        for coefficient in reversed(self._integers[0]):
            result = result * above + coefficient * scale
            scale *= below
        return result, scale // below if self.coefficients else 1

    @cached_property
    def _integers(self) -> tuple[tuple[int, ...], int]:
        """The coefficients times their common denominator, and that denominator."""
        common = math.lcm(*(c.denominator for c in self.coefficients))
        return tuple(int(c * common) for c in self.coefficients), common

    def derivative(self) -> Univariate:
        """The derivative."""
        return Univariate.of([c * i for i, c in enumerate(self.coefficients)][1:])

    def divided(self, other: Univariate) -> tuple[Univariate, Univariate]:
        """Quotient and remainder."""
        rest, quotient = (
            list(self.coefficients),
            [Fraction(0)] * max(self.degree - other.degree + 1, 0),
        )
        while len(rest) - 1 >= other.degree and rest:
            factor = rest[-1] / other.coefficients[-1]
            shift = len(rest) - 1 - other.degree
            quotient[shift] = factor
            for i, coefficient in enumerate(other.coefficients):
                rest[shift + i] -= factor * coefficient
            rest.pop()
        return Univariate.of(quotient), Univariate.of(rest)

    def gcd(self, other: Univariate) -> Univariate:
        """The greatest common divisor, with leading coefficient 1."""
        a, b = self, other
        while b.coefficients:
            a, b = b, a.divided(b)[1]
        return a.monic()

    def monic(self) -> Univariate:
        """Divided by its leading coefficient."""
        return Univariate(tuple(c / self.coefficients[-1] for c in self.coefficients))

    @cached_property
    def squarefree(self) -> Univariate:
        """The same roots, each once."""
        if self.degree < 1:
            return self
        return self.divided(self.gcd(self.derivative()))[0].monic()

    @cached_property
    def sturm(self) -> tuple[Univariate, ...]:
        """The Sturm chain."""
        chain = [self, self.derivative()]
        while chain[-1].coefficients:
            rest = chain[-2].divided(chain[-1])[1]
            # A positive factor changes no sign, and keeps the numbers small.
            size = abs(rest.coefficients[-1]) if rest.coefficients else 1
            chain.append(Univariate(tuple(-c / size for c in rest.coefficients)))
        return tuple(chain[:-1])

    def roots_between(self, low: Fraction, high: Fraction) -> int:
        """How many roots lie in (low, high]; the polynomial must be squarefree."""

        def changes(x: Fraction) -> int:
            signs = [s for p in self.sturm if (s := p.sign_at(x))]
            return sum(a != b for a, b in pairwise(signs))

        return changes(low) - changes(high)

    def isolated_roots(self) -> list[tuple[Fraction, Fraction]]:
        """Disjoint intervals (low, high] with one real root each, in ascending order.

        A rational root that is met on the way is given as (root, root).
        """
        if self.degree < 1:
            return []
        bound = 1 + max(abs(c / self.coefficients[-1]) for c in self.coefficients)
        found, work = [], [(-bound, bound)]
        while work:
            low, high = work.pop()
            count = self.roots_between(low, high)
            if count == 0:
                continue
            if count == 1:
                found.append(self.refined(low, high, Fraction(1, 1000)))
            else:
                middle = (low + high) / 2
                work += [(low, middle), (middle, high)]
        return sorted(found)

    def refined(self, low: Fraction, high: Fraction, width: Fraction) -> tuple[Fraction, Fraction]:
        """A narrower interval (low, high] around the one root in it; (root, root) if it is met."""
        above = self.sign_at(high)
        while above and high - low > width:
            middle = (low + high) / 2
            sign = self.sign_at(middle)
            if not sign:
                return middle, middle
            low, high = (low, middle) if sign == above else (middle, high)
        return (low, high) if above else (high, high)

    def factors(self) -> tuple[Univariate, ...]:
        """Its monic linear factors where it is quadratic and has rational roots, else itself."""
        if self.degree != 2:
            return (self.monic(),)
        c, b, a = self.coefficients
        root = _square_root(b * b - 4 * a * c)
        if root is None:
            return (self.monic(),)
        return tuple(Univariate(((b + r) / (2 * a), Fraction(1))) for r in (root, -root))

    def is_irreducible(self) -> bool:
        """Whether it has no rational factor of degree 1 or 2, nor (up to degree 5) any other."""
        if self.degree <= 1:
            return self.degree == 1
        if self.degree == 2:
            c, b, a = self.coefficients
            return _square_root(b * b - 4 * a * c) is None
        if self.gcd(self.derivative()).degree > 0:
            return False
        return not self._rational_roots() and not (self.degree > 3 and self._has_quadratic_factor())

    def _has_quadratic_factor(self) -> bool:
        """Whether a quadratic divides it: by Kronecker, from the divisors of three values."""
        common = math.lcm(*(c.denominator for c in self.coefficients))
        values = [int(self.at(Fraction(x)) * common) for x in (0, 1, -1)]
        divisors = [_divisors(abs(value)) for value in values]
        if not all(values) or 4 * math.prod(map(len, divisors)) > MAX_TRIED:
            return False  # a root, or too many to try
        signed = ([s * d for d in found for s in (1, -1)] for found in divisors[1:])
        for zero, one, minus in product(divisors[0], *signed):
            factor = Univariate.of(
                [Fraction(zero), Fraction(one - minus, 2), Fraction(one + minus, 2) - zero]
            )
            if factor.degree == 2 and not self.divided(factor)[1].coefficients:
                return True
        return False

    def _rational_roots(self) -> list[Fraction]:
        common = math.lcm(*(c.denominator for c in self.coefficients))
        numbers = [int(c * common) for c in self.coefficients]
        if not numbers[0]:
            return [Fraction(0)]
        above, below = _divisors(abs(numbers[0])), _divisors(abs(numbers[-1]))
        tries = {Fraction(s * a, b) for a in above for b in below for s in (1, -1)}
        return [x for x in tries if not self.at(x)]


def _square_root(value: Fraction) -> Fraction | None:
    """The root of a rational square; None for any other number."""
    if value < 0:
        return None
    above, below = math.isqrt(value.numerator), math.isqrt(value.denominator)
    is_square = above**2 == value.numerator and below**2 == value.denominator
    return Fraction(above, below) if is_square else None


def _divisors(number: int) -> list[int]:
    return [d for d in range(1, min(number, 2_000) + 1) if number % d == 0] + [number]
