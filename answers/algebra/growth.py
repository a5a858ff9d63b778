"""The order of growth of an expression in one letter: n!, c^n, powers of n, log n and log log n.

Two of them are compared exactly, so that a difference is a proof; what has another form has none.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING

from answers.algebra.polynomial import polynomial
from answers.syntax.functions.table import EXP, FACTORIAL, LN, LOG, LOG2, LOG10, SQRT
from answers.syntax.nodes import CONSTANTS, Add, Call, Div, Mul, Neg, Num, Pow, Sym, free_symbols

if TYPE_CHECKING:
    from collections.abc import Iterable

    from answers.syntax.nodes import Node

MOST = 1_000  # to which power a base is raised in a comparison
_LOGARITHMS = frozenset(one.name for one in (LN, LOG, LOG2, LOG10))


@dataclass(frozen=True)
class Growth:
    """An order of growth.

    Attributes:
        factorials: the exponent of n!.
        bases: the numbers c of c^n, each with the factor of n in its exponent.
        naturals: the same factor of e.
        powers: the exponents of n, log n and log log n.
        leading: the factor before it; None where it is not worked out.
    """

    factorials: Fraction = Fraction(0)
    bases: tuple[tuple[Fraction, Fraction], ...] = ()
    naturals: Fraction = Fraction(0)
    powers: tuple[Fraction, ...] = (Fraction(0),) * 3
    leading: Fraction | None = field(default=Fraction(1), compare=False)

    def times(self, other: Growth, exponent: Fraction = Fraction(1)) -> Growth:
        """Return the product with a power of another one."""
        bases = dict(self.bases)
        for base, factor in other.bases:
            bases[base] = bases.get(base, Fraction(0)) + factor * exponent
        powers = (a + b * exponent for a, b in zip(self.powers, other.powers, strict=True))
        return Growth(
            self.factorials + other.factorials * exponent,
            tuple(sorted((base, factor) for base, factor in bases.items() if factor)),
            self.naturals + other.naturals * exponent,
            tuple(powers),
            _product(self.leading, other.leading, exponent),
        )

    def compare(self, other: Growth) -> int | None:
        """Return 1 if it grows faster than another one, -1 if slower, 0 if alike, else None."""
        ratio = self.times(other, Fraction(-1))
        if ratio.factorials:
            return _sign(ratio.factorials)
        exponential = _exponential(ratio)
        if exponential or exponential is None:
            return exponential
        return next((_sign(power) for power in ratio.powers if power), 0)


def growth_of(node: Node, letter: str) -> Growth | None:
    """Return how an expression grows with a letter; None where its form is another one."""
    match node:
        case Num(value):
            return Growth(leading=value) if value else None
        case Sym(name):
            if name == letter:
                return _powers(1, 0, 0)
            return Growth(leading=None) if name in CONSTANTS else None
        case Neg(of):
            return _product_of([Num(Fraction(-1)), of], letter)
        case Add(terms):
            return _largest([growth_of(term, letter) for term in terms])
        case Mul(factors):
            return _product_of(factors, letter)
        case Div(above, below):
            over, under = growth_of(above, letter), growth_of(below, letter)
            return over.times(under, Fraction(-1)) if over and under else None
        case Pow(base, exponent):
            return _power(base, exponent, letter)
        case Call(name, args):
            return _call(name, args, letter)
    return None


def _powers(*exponents: int, leading: Fraction | None = Fraction(1)) -> Growth:
    return Growth(powers=tuple(map(Fraction, exponents)), leading=leading)


def _product_of(factors: Iterable[Node], letter: str) -> Growth | None:
    found = Growth()
    for factor in factors:
        own = growth_of(factor, letter)
        if own is None:
            return None
        found = found.times(own)
    return found


def _largest(terms: list[Growth | None]) -> Growth | None:
    """Return the term that grows fastest; None where several do and might cancel."""
    best: list[Growth] = []
    for term in terms:
        order = term.compare(best[0]) if term and best else 1
        if term is None or order is None:
            return None
        best = [term] if order > 0 else [*best, term] if order == 0 else best
    leading = [one.leading for one in best]
    if len(best) == 1 or None in leading:
        return best[0] if len(best) == 1 else None
    total = sum((one for one in leading if one is not None), Fraction(0))
    return best[0].times(Growth(leading=total / (best[0].leading or 1))) if total else None


def _power(base: Node, exponent: Node, letter: str) -> Growth | None:
    if letter not in free_symbols(exponent):
        number, own = polynomial(exponent), growth_of(base, letter)
        is_number = number is not None and number.is_constant
        return Growth().times(own, _constant(exponent)) if own and is_number else None
    factor = _factor(exponent, letter)
    if factor is None:
        return None
    if base == Sym("e"):
        return Growth(naturals=factor, leading=None)
    match base:
        case Num(value) if value > 0:
            return Growth(bases=((value, factor),) if value != 1 else (), leading=None)
    return None


def _constant(node: Node) -> Fraction:
    found = polynomial(node)
    return Fraction(found.terms.get((), 0)) if found is not None else Fraction(0)


def _factor(node: Node, letter: str) -> Fraction | None:
    """Return the factor of a letter in a sum of it and a number; None for anything else."""
    found = polynomial(node)
    if found is None or not found.terms.keys() <= {(), ((letter, 1),)}:
        return None
    return Fraction(found.terms.get(((letter, 1),), 0))


def _call(name: str, args: tuple[Node, ...], letter: str) -> Growth | None:
    if name == SQRT.name:
        return _power(args[0], Num(Fraction(1, 2)), letter)
    if name == EXP.name:
        return _power(Sym("e"), args[0], letter)
    if name == FACTORIAL.name:
        return Growth(factorials=Fraction(1)) if args == (Sym(letter),) else None
    if name not in _LOGARITHMS or any(letter in free_symbols(base) for base in args[1:]):
        return None
    inner = growth_of(args[0], letter)
    return _logarithm(inner) if inner is not None else None


def _logarithm(of: Growth) -> Growth | None:
    """Return how the logarithm of what grows so grows."""
    if of.factorials:
        return _powers(1, 1, 0, leading=None)
    if of.bases or of.naturals:
        return _powers(1, 0, 0, leading=None)
    power, log, loglog = of.powers
    if power:
        return _powers(0, 1, 0, leading=None)
    if log:
        return _powers(0, 0, 1, leading=None)
    return None if loglog else Growth(leading=None)


def _exponential(ratio: Growth) -> int | None:
    """Return whether c^n grows, shrinks or is 1, for all its bases together; None if too large."""
    whole = lcm(*(factor.denominator for _, factor in ratio.bases), 1)
    if any(abs(factor * whole) > MOST for _, factor in ratio.bases):
        return None
    product = Fraction(1)
    for base, factor in ratio.bases:
        product *= base ** int(factor * whole)
    if not ratio.naturals:
        return _sign(product - 1)
    # A power of e is no rational number, so that a ball around the sum has a sign.
    from flint import arb, ctx  # noqa: PLC0415 - few answers have powers of e

    before, ctx.prec = ctx.prec, 512
    try:
        logarithm = arb(product.numerator).log() - arb(product.denominator).log()
        total = logarithm + arb(int(ratio.naturals * whole * ratio.naturals.denominator)) / arb(
            ratio.naturals.denominator
        )
        return 1 if total > 0 else -1 if total < 0 else None
    finally:
        ctx.prec = before


def _sign(value: Fraction) -> int:
    return (value > 0) - (value < 0)


def _product(mine: Fraction | None, other: Fraction | None, exponent: Fraction) -> Fraction | None:
    if mine is None or other is None or exponent.denominator != 1 or abs(exponent) > MOST:
        return None
    return mine * other ** int(exponent)
