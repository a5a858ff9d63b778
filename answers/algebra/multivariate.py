"""Polynomials of FLINT in generators, the work of each call counted before it.

A call of FLINT cannot be interrupted, and some (`fmpz(3)**(10**12)`) end the process. So the size
of a result is bounded first, and what would take more than a fraction of a second is `TooLarge`.
"""

from __future__ import annotations

from functools import lru_cache
from math import comb, lcm, prod
from typing import TYPE_CHECKING, TypeAlias, cast

from flint import Ordering, arb, fmpq, fmpz, fmpz_mpoly, fmpz_mpoly_ctx

from answers.syntax.errors import TooLarge

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from fractions import Fraction

Poly: TypeAlias = fmpz_mpoly
Exponents: TypeAlias = "tuple[int, ...]"
Balls: TypeAlias = "list[arb]"

SIZE = 14
"""How many generators a polynomial can have."""

MAX_TERMS = 2_000
MAX_WORK = 100_000  # pairs of terms
MAX_POWER = 10**9
MAX_BITS = 40_000
MAX_SIZE = 60_000  # bits of all coefficients together
_WORD = 64
_GCD_TERMS = 400
_FACTORED_TERMS, _FACTORED_DEGREE, _FACTORED_SPREAD, _FACTORED_BITS = 60, 60, 80, 12_000
_GCD_DEGREE = 100
_MAX_NORM, _MAX_SPREAD = 100_000, 300_000
_CONTEXT = fmpz_mpoly_ctx.get(tuple(f"g{n}" for n in range(SIZE)), Ordering.lex)
_GENERATORS = _CONTEXT.gens()
ONE, ZERO = _CONTEXT.constant(1), _CONTEXT.constant(0)
_NOTHING = arb(0)
_NO_EXPONENTS = (0,) * SIZE

# The nth generator is the nth from the end of the context, so that later ones lead in a relation.


def generator(n: int) -> Poly:
    """Return the nth generator."""
    return _GENERATORS[SIZE - 1 - n]


def constant(value: int | fmpz) -> Poly:
    """Return a number as a polynomial."""
    return _CONTEXT.constant(value)


def monomial(exponents: Exponents, coefficient: int | fmpz = 1) -> Poly:
    """Return a term."""
    return _CONTEXT.from_dict({exponents: coefficient})


def used_generators(exponents: Exponents) -> list[tuple[int, int]]:
    """Return the generators of a term with their powers."""
    return [(SIZE - 1 - place, int(n)) for place, n in enumerate(exponents) if n]


def generators(of: Poly) -> list[int]:
    """Return the generators of a polynomial; zero, whose degrees are -1, has none."""
    if of.is_zero():
        return []
    return [SIZE - 1 - place for place, n in enumerate(of.degrees()) if n]


def degree(of: Poly, n: int) -> int:
    """Return the degree in a generator."""
    return max(int(of.degrees()[SIZE - 1 - n]), 0)


def terms(of: Poly) -> list[tuple[Exponents, fmpz]]:
    """Return all terms, the highest first."""
    return list(of.terms())


class PolyKey(str):
    """A polynomial as a text: what is equal for equal polynomials, and can be hashed.

    To write it out takes a third of the time that a look at its exponents takes.
    """

    __slots__ = ("of",)
    of: Poly


def key_of(of: Poly) -> PolyKey:
    """Return what is equal for equal polynomials."""
    key = PolyKey(of.str())
    key.of = of
    return key


def constant_term(of: Poly) -> fmpz:
    """Return the term without generators."""
    return of[_NO_EXPONENTS]


def content(of: Poly) -> fmpz:
    """Return the greatest common divisor of all coefficients."""
    return cast("fmpz", of.content())  # type: ignore[attr-defined]  # the stubs lack it


def bits(of: Poly) -> int:
    """Return the length of the longest coefficient."""
    return max(map(fmpz.bit_length, of.coeffs()), default=0)


def substitute(of: Poly, values: Mapping[int, int]) -> Poly:
    """Return a polynomial with small numbers for some generators."""
    return of.subs({f"g{SIZE - 1 - n}": value for n, value in values.items()})


def parts_by(of: Poly, chosen: set[int]) -> list[Poly]:
    """Return the coefficients of a polynomial in some generators, which hold the others."""
    return list(rows_by(of, chosen).values())


def rows_by(of: Poly, chosen: set[int]) -> dict[Exponents, Poly]:
    """Return a polynomial in some generators: coefficients, which hold the others, by exponents."""
    is_chosen = [SIZE - 1 - at in chosen for at in range(SIZE)]
    rows: dict[Exponents, dict[Exponents, fmpz]] = {}
    for exponents, c in of.terms():
        pairs = list(zip(exponents, is_chosen, strict=True))
        outer = tuple([n if is_outer else 0 for n, is_outer in pairs])
        rows.setdefault(outer, {})[tuple([0 if is_outer else n for n, is_outer in pairs])] = c
    return {outer: _CONTEXT.from_dict(row) for outer, row in rows.items()}


def coefficients_in(of: Poly, n: int) -> list[int] | None:
    """Return the coefficients in one generator; None where there are others."""
    place, found = SIZE - 1 - n, dict[int, int]()
    for exponents, c in of.terms():
        if sum(exponents) != exponents[place]:
            return None
        found[int(exponents[place])] = int(c)
    return [found.get(power, 0) for power in range(max(found, default=-1) + 1)]


# -- operations ------------------------------------------------------------------------------------


def check_size(of: Poly) -> Poly:
    """Return a polynomial that is not too large.

    Raises:
        TooLarge: it is.
    """
    if len(of) > MAX_TERMS or (len(of) * bits(of) > MAX_SIZE and _all_bits(of) > MAX_SIZE):
        raise TooLarge
    return of


def _all_bits(of: Poly) -> int:
    return sum(map(fmpz.bit_length, of.coeffs()))


def times(one: Poly, other: Poly) -> Poly:
    """Return a product.

    Raises:
        TooLarge: it would be too much work, as for all that follow.
    """
    if len(one) * len(other) > MAX_WORK:
        raise TooLarge
    return one * other


def power(of: Poly, exponent: int) -> Poly:
    """Return a power; the exponent is not negative."""
    size, longest = len(of), bits(of)
    if exponent > MAX_POWER or exponent * longest > MAX_BITS:
        raise TooLarge
    if size > 1 and exponent > 1:
        if exponent > MAX_TERMS or _terms_of_power(of, exponent) > MAX_TERMS:
            raise TooLarge
        if size * exponent * exponent * longest > 100 * MAX_BITS:
            raise TooLarge
    return of**exponent


def _terms_of_power(of: Poly, exponent: int) -> int:
    size = len(of)
    dense = prod([int(n) * exponent + 1 for n in of.degrees()])
    return min(comb(size - 1 + exponent, exponent), dense)


def remainder(of: Poly, times_used: int, relation: Poly) -> Poly:
    """Return a polynomial in which a power of a generator is replaced by a relation, so often."""
    size = max(len(relation) - 1, 1)
    if len(of) * comb(size - 1 + times_used, times_used) * size > 4 * MAX_TERMS:
        raise TooLarge
    if times_used * bits(relation) + bits(of) > MAX_BITS:
        raise TooLarge
    return of % relation


def common_divisor(one: Poly, other: Poly) -> Poly:
    """Return the greatest common divisor."""
    if len(one) > _GCD_TERMS or len(other) > _GCD_TERMS:
        raise TooLarge
    if max(*one.degrees(), *other.degrees()) > _GCD_DEGREE and len(one) + len(other) > 4:
        raise TooLarge
    return one.gcd(other)


def factor(of: Poly) -> tuple[fmpz, list[tuple[Poly, int]]]:
    """Return the constant, and the irreducible factors with their powers."""
    if len(of) == 1:
        ((exponents, c),) = of.terms()
        return c, [(generator(n), power) for n, power in used_generators(exponents)]
    if of.total_degree() == 1:
        divisor = content(of) if of.leading_coefficient() > 0 else -content(of)
        return divisor, [(of / constant(divisor), 1)]
    return _factored(key_of(of))


@lru_cache(maxsize=1_024)  # a class takes the root of one thing again and again
def _factored(key: PolyKey) -> tuple[fmpz, list[tuple[Poly, int]]]:
    of = key.of
    highest, count = max(of.degrees()), len(generators(of))
    if len(of) > _FACTORED_TERMS or highest > _FACTORED_DEGREE:
        raise TooLarge
    if highest * count > _FACTORED_SPREAD or highest * bits(of) > _FACTORED_BITS:
        raise TooLarge
    try:
        constant_factor, found = of.factor()
    except OverflowError as error:  # python-flint sorts factors by coefficients of 64 bits
        raise TooLarge from error
    return constant_factor, [(each, int(n)) for each, n in found]


def eliminate(of: Poly, relation: Poly, n: int) -> Poly:
    """Return the resultant with a relation: free of a generator."""
    one, other, place = of.degrees(), relation.degrees(), SIZE - 1 - n
    size = int(one[place] * other[place])
    if size > 64 or size * len(of) * len(relation) > _MAX_NORM or size * bits(of) > MAX_BITS:
        raise TooLarge
    degrees = [
        int(a * other[place] + b * one[place])
        for at, (a, b) in enumerate(zip(one, other, strict=True))
        if at != place and (a or b)
    ]
    if size * prod([n + 1 for n in degrees]) > _MAX_SPREAD:
        raise TooLarge
    return check_size(of.resultant(relation, place))


def leading_in(of: Poly, n: int) -> Poly:
    """Return the coefficient of the highest power of a generator."""
    highest = degree(of, n)
    return next(row for key, row in rows_by(of, {n}).items() if max(key) == highest)


def derivative(of: Poly, n: int) -> Poly:
    """Return the derivative by a generator."""
    return of.derivative(SIZE - 1 - n)


def compile_polynomial(of: Poly) -> Callable[[Sequence[arb]], arb]:
    """Return a polynomial made ready for balls, one for each generator."""
    rows = [(arb(c), used_generators(exponents)) for exponents, c in of.terms()]

    def value(known: Sequence[arb]) -> arb:
        total = _NOTHING
        for c, factors in rows:
            term = c
            for at, n in factors:
                term = term * (known[at] if n == 1 else known[at] ** n)
            total = total + term
        return total

    return value


def ratio(above: Poly, below: Poly) -> fmpq | None:
    """Return the rational number that a quotient is; None where it is none."""
    if not (above.is_constant() and below.is_constant()):
        return None
    number = fmpz(0) if above.is_zero() else above.leading_coefficient()
    return fmpq(number, below.leading_coefficient())


def is_irreducible(terms: Mapping[tuple[tuple[str, int], ...], Fraction | int]) -> bool:
    """Return whether a polynomial, given by its monomials, has no factor but numbers.

    Raises:
        TooLarge: as above, or it has too many variables.
    """
    names = sorted({name for monomial in terms for name, _ in monomial})
    if len(names) > SIZE:
        raise TooLarge
    common = lcm(*[c.denominator for c in terms.values()])
    rows = {
        tuple(dict(monomial).get(name, 0) for name in names) + (0,) * (SIZE - len(names)):
        c.numerator * (common // c.denominator)
        for monomial, c in terms.items()
    }  # fmt: skip
    return [n for _, n in factor(_CONTEXT.from_dict(rows))[1]] == [1]
