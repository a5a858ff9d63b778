"""A sum as terms, each a rational multiple of something: what exponents and angles are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flint import fmpq, fmpz

from answers.algebra import multivariate as poly
from answers.algebra.multivariate import ONE
from answers.algebra.quotient import IMAGINARY, PI, Quotient
from answers.syntax.errors import TooLarge
from answers.syntax.functions.table import LN
from examgen.ground.record import record

if TYPE_CHECKING:
    from answers.algebra.multivariate import Poly
    from answers.algebra.quotient import Generator, Key
    from answers.algebra.space import Space


@record
class Term:
    """A rational multiple of a quotient.

    Attributes:
        times: the rational number.
        unit: the quotient, whose coefficients have no common divisor.
        single: the generator that the unit is; None where it is none.
        is_imaginary: the unit is the imaginary unit times something.
    """

    times: fmpq
    unit: Quotient
    single: Generator | None
    is_imaginary: bool

    @property
    def key(self) -> Key:
        """Return what is equal for equal units."""
        return self.unit.key

    def quotient(self, space: Space) -> Quotient:
        """Return the term as it was."""
        return space.times(space.constant(self.times), self.unit)


def terms_of(space: Space, of: Quotient) -> list[Term]:
    """Return a sum as terms over one denominator.

    In a coarse space all terms of which no rule knows more are one.
    """
    if space.holds_imaginary(Quotient(of.below, ONE)):
        raise TooLarge
    common = poly.content(of.below)
    below = of.below if common == 1 else of.below / poly.constant(common)
    found = [_term(space, exponents, c, common, below) for exponents, c in poly.terms(of.above)]
    return _merged(found, below) if space.is_coarse else found


def _term(space: Space, exponents: poly.Exponents, c: fmpz, common: fmpz, below: Poly) -> Term:
    at = space.number_of((IMAGINARY,))
    is_imaginary = at is not None and any(n == at for n, _ in poly.used_generators(exponents))
    single = space.single(exponents) if below.is_one() else None
    return Term(fmpq(c, common), Quotient(poly.monomial(exponents), below), single, is_imaginary)


def _merged(terms: list[Term], below: Poly) -> list[Term]:
    """Return the terms with all real ones as one that are neither pi nor a logarithm."""
    apart = [
        term for term in terms
        if term.is_imaginary or (term.single and term.single.family in {PI, LN.name})
    ]  # fmt: skip
    rest = [term for term in terms if term not in apart]
    if len(rest) < 2:
        return terms
    denominator = fmpz(1)
    for term in rest:
        denominator = denominator.lcm(term.times.denom())
    whole = sum((term.unit.above * (term.times * denominator).numer() for term in rest), poly.ZERO)
    content = poly.content(whole)
    if whole.leading_coefficient() < 0:
        content = -content
    unit = Quotient(whole / poly.constant(content), below)
    return [*apart, Term(fmpq(content, denominator), unit, None, is_imaginary=False)]
