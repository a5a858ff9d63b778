"""Truth sets of comparisons: where conditions hold on a line, decided exactly.

The line is cut where truth may change. Between two cuts, and at each, the truth of a condition is
constant, so two conditions are equivalent if they agree in each of these finitely many places.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property, lru_cache, reduce
from operator import and_, or_
from typing import TYPE_CHECKING

from answers.algebra.polynomial import polynomial
from answers.algebra.univariate import Univariate
from answers.evaluation.sample_points import Domain
from answers.real_sets.rational_function import ONE, quotient
from answers.real_sets.rewrite import TURNED, comparisons, plain
from answers.real_sets.sign_chart import LETTER, CutLine
from answers.syntax.errors import NotDecidable
from answers.syntax.nodes import Add, Logic, Neg, Node, Rel, spelled
from examgen.ground.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

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


# -- comparisons -----------------------------------------------------------------------------------


@record
class Plain:
    """A quotient of polynomials with rational coefficients compared with zero."""

    above: Polynomial
    below: Polynomial


@lru_cache(maxsize=512)  # a class is judged by one condition, and looked at along many lines
def _plain(relation: Rel) -> Plain | None:
    """Return a comparison as such a quotient; None where it is none."""
    mine, theirs = polynomial(relation.left), polynomial(relation.right)
    if mine is not None and theirs is not None:
        return Plain(mine.minus(theirs), ONE)
    try:
        return Plain(*quotient(Add((relation.left, Neg(relation.right)))))
    except NotDecidable:
        return None


def _truth_of(sign: str, of: Univariate, pole: Univariate, line: CutLine) -> int:
    """Return the places of a line where a quotient compares so with zero."""
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
    """Some conditions on the same letters, made of comparisons."""

    parts: Sequence[Node]
    relations: list[Rel] = field(default_factory=list)

    @classmethod
    def of(cls, nodes: Sequence[Node], letter: str) -> Conditions:
        """Return readings as conditions.

        Args:
            nodes: conditions, or sets of values of the letter.
            letter: that letter.

        Raises:
            NotDecidable: they would have too many parts, or are none.
        """
        parts = [plain(comparisons(node, letter)) for node in nodes]
        found = {each: None for part in parts for each in _relations(part)}
        return cls(parts, list(found))

    @cached_property
    def plain(self) -> dict[Rel, Plain]:
        """Return the comparisons that are quotients of polynomials."""
        found = {relation: _plain(relation) for relation in self.relations}
        return {relation: each for relation, each in found.items() if each is not None}

    @cached_property
    def exact(self) -> ExactComparisons:
        """Return all comparisons in one space."""
        from answers.real_sets.exact_comparisons import (  # noqa: PLC0415 - needs FLINT
            ExactComparisons,
        )

        return ExactComparisons.of(self.relations)

    @cached_property
    def bent(self) -> ExactComparisons:
        """Return those that are no quotients of polynomials in one space."""
        from answers.real_sets.exact_comparisons import (  # noqa: PLC0415 - needs FLINT
            ExactComparisons,
        )

        return ExactComparisons.of([each for each in self.relations if each not in self.plain])


def _relations(node: Node) -> Iterator[Rel]:
    match node:
        case Logic(_, parts):
            for part in parts:
                yield from _relations(part)
        case Rel(sign) if sign in TURNED:
            yield node
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
        plain = of.plain if len(rational) == len(self.values) else {}
        sides = {
            relation: (self._along(each.above, rational), self._along(each.below, rational))
            for relation, each in plain.items()
        }
        polynomials = {side for both in sides.values() for side in both}
        if domain is Domain.POSITIVE:
            polynomials.add(LETTER)
        bent = (
            None
            if len(plain) == len(of.relations)
            else self._exactly(of.bent if plain else of.exact)
        )
        line = CutLine.at_roots(polynomials, limit, bent.cuts() if bent else ())
        within = line.signs[LETTER].positive if domain is Domain.POSITIVE else line.everywhere
        held = {each: _truth_of(each.sign, *both, line) for each, both in sides.items()}
        unknown = 0
        if bent is not None:
            found, unknown = bent.truths(line, within)
            held |= found
        truths = [_joined(part, held, line.everywhere) & within & ~unknown for part in of.parts]
        return line, truths, unknown

    def _along(self, side: Polynomial, values: Mapping[str, Fraction]) -> Univariate:
        if side is ONE:
            return _ONE
        if not {*side.letters} <= {self.free, *values}:
            raise NotDecidable
        found = side.univariate(self.free, values)
        if found.degree > MAX_DEGREE:
            raise NotDecidable
        return found

    def _exactly(self, of: ExactComparisons) -> ExactLine:
        from answers.real_sets.exact_line import exact_line  # noqa: PLC0415 - needs FLINT

        return exact_line(of, self.free, self.values)

    def difference(self, of: Conditions, domain: Domain, limit: int = MAX_WORK) -> str | None:
        """Return where the first two conditions differ on this line, as text; None: nowhere.

        Raises:
            NotDecidable: they may differ where truth is not known; or as for `truths`.
        """
        line, (mine, theirs), unknown = self.truths(of, domain, limit)
        differ = mine ^ theirs
        if not differ and unknown:
            raise NotDecidable
        if not differ:
            return None
        place = (differ & -differ).bit_length() - 1
        values = {x: v if isinstance(v, Fraction) else v.high for x, v in self.values.items()}
        values[self.free] = line.near(place)[1]
        where = ", ".join([f"{spelled(x)}={said(value)}" for x, value in values.items()])
        is_true = mine >> place & 1
        return f"{where}: yours is {'true, expected false' if is_true else 'false, expected true'}"


def _joined(node: Node, held: Mapping[Rel, int], everywhere: int) -> int:
    """Return the places where a condition holds, from those where its comparisons do."""
    match node:
        case Rel():
            return held[node]
        case Logic("and", parts):
            return reduce(and_, [_joined(part, held, everywhere) for part in parts], everywhere)
        case Logic(word, parts):
            found = reduce(or_, [_joined(part, held, everywhere) for part in parts], 0)
            return found if word == "or" else everywhere & ~found
        case _:
            raise NotDecidable


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
    return Line(letter, {}).difference(Conditions.of((left, right), letter), domain)


def said(value: Fraction) -> str:
    """A number as a person would write it."""
    if abs(value) >= _HUGE:
        return f"about {'-' if value < 0 else ''}10^{int(value).bit_length() * 30_103 // 100_000}"
    is_short = value.denominator < 1000 and abs(value.numerator) < _LONG
    return str(value) if is_short else f"{float(value):.4g}"


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
