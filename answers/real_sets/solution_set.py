"""Truth sets of comparisons: where conditions hold on a line, decided exactly.

The line is cut where truth may change. Between two cuts, and at each, the truth of a condition is
constant, so two conditions are equivalent if they agree in each of these finitely many places.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, reduce
from operator import and_, or_
from typing import TYPE_CHECKING, TypeAlias

from answers.algebra.polynomial import polynomial
from answers.algebra.univariate import Univariate
from answers.evaluation.sample_points import Domain
from answers.real_sets.rational_function import ONE, quotient
from answers.real_sets.rewrite import comparisons, to_rational_comparisons
from answers.real_sets.sign_chart import LETTER, CutLine
from answers.real_sets.square_roots import TURNED
from answers.syntax.errors import NotDecidable
from answers.syntax.functions.table import function_of
from answers.syntax.nodes import (
    Add,
    Call,
    Logic,
    Neg,
    Node,
    Pow,
    Rel,
    children,
    display_name,
    free_symbols,
)
from examgen.ground.record import record

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from answers.algebra.polynomial import Polynomial
    from answers.algebra.real_roots import Ends
    from answers.real_sets.exact_comparisons import ExactComparisons
    from answers.real_sets.exact_line import ExactLine
    from answers.real_sets.roots import Root

MAX_DEGREE = 40
MAX_WORK = 150_000  # about microseconds
_LONG, _HUGE = 10**20, 10**300
_NARROW = Fraction(1, 10**40)
_ONE = Univariate((1,))

Joined: TypeAlias = "int | tuple[str, tuple[Joined, ...]]"
"""A condition: the number of a comparison, or a word and what it joins."""


# -- comparisons -----------------------------------------------------------------------------------


@record
class Plain:
    """A quotient of polynomials with rational coefficients compared with zero."""

    above: Polynomial
    below: Polynomial


def _plain(relation: Rel) -> Plain | None:
    """Return a comparison as such a quotient; None where it is none."""
    mine, theirs = polynomial(relation.left), polynomial(relation.right)
    if mine is not None and theirs is not None:
        return Plain(mine.minus(theirs), ONE)
    try:
        return Plain(*quotient(Add((relation.left, Neg(relation.right)))))
    except NotDecidable:
        return None


def _truth_of(sign: str, sides: tuple[Univariate, Univariate], line: CutLine) -> int:
    """Return the places of a line where a quotient compares so with zero."""
    of, pole = sides
    negative, zero, positive = line.signs[of]
    if pole != _ONE:
        under, at_pole, over = line.signs[pole]
        zero &= ~at_pole
        negative, positive = (
            (negative & over) | (positive & under),
            (positive & over) | (negative & under),
        )
    match sign:
        case "<":
            return negative
        case "<=":
            return negative | zero
        case ">":
            return positive
        case ">=":
            return positive | zero
        case "=":
            return zero
        case _:
            return negative | positive


# -- conditions ------------------------------------------------------------------------------------


@dataclass
class Conditions:
    """Some conditions on the same letters, made of comparisons.

    Attributes:
        nodes: the conditions as they are read.
        relations: the comparisons in them.
        parts: the conditions, made of the numbers of comparisons.
    """

    nodes: Sequence[Node]
    relations: Sequence[Rel]
    parts: Sequence[Joined]

    @classmethod
    def of(cls, nodes: Sequence[Node], letter: str) -> Conditions:
        """Return readings as conditions.

        Args:
            nodes: conditions, or sets of values of the letter.
            letter: that letter.

        Raises:
            NotDecidable: they would have too many parts, or are none.
        """
        relations: list[Rel] = []
        plainly = [to_rational_comparisons(comparisons(node, letter)) for node in nodes]
        parts = [_numbered(node, relations) for node in plainly]
        return cls(plainly, relations, parts)

    @cached_property
    def plain(self) -> list[Plain | None]:
        """Return each comparison as a quotient of polynomials; None where it is none."""
        return [_plain(relation) for relation in self.relations]

    @cached_property
    def exact(self) -> ExactComparisons | None:
        """Return all comparisons in one space; None where they are made of something else."""
        return _exact(self.relations) if self.is_algebraic else None

    @cached_property
    def is_algebraic(self) -> bool:
        """Return whether letters occur in polynomials, roots and absolute values alone."""
        sides = (side for each in self.relations for side in (each.left, each.right))
        return all(map(_is_algebraic, sides))

    @cached_property
    def bent(self) -> ExactComparisons | None:
        """Return those that are no quotients of polynomials in one space; None as above."""
        if not self.is_algebraic:
            return None
        pairs = zip(self.relations, self.plain, strict=True)
        return _exact([relation for relation, plain in pairs if plain is None])


def _exact(relations: Sequence[Rel]) -> ExactComparisons | None:
    from answers.real_sets.exact_comparisons import ExactComparisons  # noqa: PLC0415 - needs FLINT

    try:
        return ExactComparisons.of(relations)
    except NotDecidable:
        return None


def _is_algebraic(node: Node) -> bool:
    match node:
        case Call(name) if not function_of(name).is_algebraic:
            return not free_symbols(node)
        case Pow(base, exponent):
            return not free_symbols(exponent) and _is_algebraic(base)
        case _:
            return all(map(_is_algebraic, children(node)))


def _numbered(node: Node, relations: list[Rel]) -> Joined:
    """Return a condition with its comparisons as their places in a list, which grows."""
    match node:
        case Logic(word, parts):
            return word, tuple([_numbered(part, relations) for part in parts])
        case Rel(sign) if sign in TURNED:
            if node in relations:
                return relations.index(node)
            relations.append(node)
            return len(relations) - 1
        case _:
            raise NotDecidable


@record
class Line:
    """All letters but one have values: rational ones, or roots of polynomials."""

    free: str
    values: Mapping[str, Fraction | Root]

    def truths(
        self, of: Conditions, domain: Domain, limit: int = MAX_WORK
    ) -> tuple[CutLine, list[int], int]:
        """Return this line, cut where truth may change, and where conditions hold.

        Returns:
            The line, the places where each condition holds, and the places where it is not known.

        Raises:
            NotDecidable: it would be too much work, or where truth changes is not known.
        """
        rational = {x: value for x, value in self.values.items() if isinstance(value, Fraction)}
        plain = of.plain if len(rational) == len(self.values) else [None] * len(of.relations)
        sides = [
            None
            if each is None
            else (self._along(each.above, rational), self._along(each.below, rational))
            for each in plain
        ]
        polynomials = {side for both in sides if both for side in both}
        if domain is Domain.POSITIVE:
            polynomials.add(LETTER)
        bent = self._exactly(of, is_mixed=any(plain)) if None in plain else None
        line = CutLine.at_roots(polynomials, limit, bent.cuts() if bent else ())
        within = line.signs[LETTER].positive if domain is Domain.POSITIVE else line.everywhere
        found, unknown = bent.truths(line, within) if bent else ([], 0)
        others = iter(found)
        held = [
            _truth_of(relation.sign, both, line) if both else next(others)
            for relation, both in zip(of.relations, sides, strict=True)
        ]
        truths = [_joined(part, held, line.everywhere) & within & ~unknown for part in of.parts]
        return line, truths, unknown

    def _along(self, side: Polynomial, values: Mapping[str, Fraction]) -> Univariate:
        if side is ONE:
            return _ONE
        try:
            found = side.univariate(self.free, values)
        except KeyError as error:  # a letter has no value
            raise NotDecidable from error
        if found.degree > MAX_DEGREE:
            raise NotDecidable
        return found

    def _exactly(self, of: Conditions, *, is_mixed: bool) -> ExactLine:
        comparisons = of.bent if is_mixed else of.exact
        if comparisons is None:
            raise NotDecidable
        from answers.real_sets.exact_line import exact_line  # noqa: PLC0415 - needs FLINT

        return exact_line(comparisons, self.free, self.values)

    def difference(self, of: Conditions, domain: Domain, limit: int = MAX_WORK) -> str | None:
        """Return where the first two conditions differ on this line, as text; None: nowhere.

        Raises:
            NotDecidable: they may differ where truth is not known; or as for `truths`.
        """
        return self.compare(of, domain, limit)[0]

    def compare(
        self, of: Conditions, domain: Domain, limit: int = MAX_WORK
    ) -> tuple[str | None, bool]:
        """Return the same, and whether the second condition holds anywhere on this line."""
        line, (mine, theirs), unknown = self.truths(of, domain, limit)
        differ = mine ^ theirs
        if not differ and unknown:
            raise NotDecidable
        if not differ:
            return None, bool(theirs)
        place = (differ & -differ).bit_length() - 1
        values = {x: v if isinstance(v, Fraction) else v.high for x, v in self.values.items()}
        values[self.free] = line.near(place)[1]
        where = ", ".join(
            [f"{display_name(x)}={format_number(value)}" for x, value in values.items()]
        )
        is_true = mine >> place & 1
        said = "true, expected false" if is_true else "false, expected true"
        return f"{where}: yours is {said}", bool(theirs)


def _joined(of: Joined, held: Sequence[int], everywhere: int) -> int:
    """Return the places where a condition holds, from those where its comparisons do."""
    if isinstance(of, int):
        return held[of]
    word, parts = of
    found = [_joined(part, held, everywhere) for part in parts]
    if word == "and":
        return reduce(and_, found, everywhere)
    holds = reduce(or_, found, 0)
    return holds if word == "or" else everywhere & ~holds


# -- one letter ------------------------------------------------------------------------------------


def difference(left: Node, right: Node, letter: str, domain: Domain = Domain.REAL) -> str | None:
    """Return where two conditions on a letter differ, as text; None where they are equivalent.

    Args:
        left: the student's condition, named "yours" in the answer.
        right: the expected one.
        letter: the only letter of both.
        domain: positive: where the letter is positive.

    Raises:
        NotDecidable: it is not known.
    """
    conditions = Conditions.of((left, right), letter)
    mine, theirs = conditions.parts
    if mine == theirs and conditions.is_algebraic:
        return None
    return Line(letter, {}).difference(conditions, domain)


def compare(left: Node, right: Node, letter: str, domain: Domain) -> tuple[str | None, bool]:
    """Return where two conditions differ, as above, and whether the second holds anywhere."""
    return Line(letter, {}).compare(Conditions.of((left, right), letter), domain)


def format_number(value: Fraction) -> str:
    """Return a number as a person would write it; no rounded one looks like a whole number.

    >>> format_number(Fraction(1, 2)), format_number(Fraction(-10_003, 10_000))
    ('1/2', '-1.0003')
    """
    if abs(value) >= _HUGE:
        return f"about {'-' if value < 0 else ''}10^{int(value).bit_length() * 30_103 // 100_000}"
    is_short = value.denominator < 1000 and abs(value.numerator) < _LONG
    if is_short:
        return str(value)
    text = f"{float(value):.4g}"
    return text if "." in text or "e" in text else f"{float(value):.12g}"


@record
class Stretch:
    """Numbers between two ends, which are None where there is none; an end may belong to it.

    An end is given by two numbers that it lies between, which are close together.
    """

    low: Ends | None
    high: Ends | None
    closed: tuple[bool, bool]


def truth_set(node: Node, letter: str, domain: Domain = Domain.REAL) -> tuple[Stretch, ...]:
    """Return where a condition on a letter holds, from left to right.

    Raises:
        NotDecidable: as for `difference`.
    """
    line, (truth,), unknown = Line(letter, {}).truths(Conditions.of((node,), letter), domain)
    if unknown:
        raise NotDecidable
    found: list[Stretch] = []
    low, begins_with = None, False
    inside = False
    edge: Ends | None = None
    for place, _, cut in line.places():
        holds = bool(truth >> place & 1)
        if cut is not None:
            edge = line.near(place, _NARROW)
        if holds and not inside:
            low, begins_with = edge, cut is not None
        elif inside and not holds:
            found.append(Stretch(low, edge, (begins_with, cut is None)))
        inside = holds
    if inside:
        found.append(Stretch(low, None, (begins_with, False)))
    return tuple(found)
