"""Truth sets of comparisons: where a condition on one letter holds, decided exactly.

All polynomials that occur are cut at their real roots (Sturm's theorem). Between two roots, and at
each root, the truth of a condition is constant, so two conditions are equivalent if they agree in
each of these finitely many places.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from answers.conditions import comparisons, plain
from answers.points import Domain
from answers.polynomials import Univariate
from answers.rational import NotDecidable, is_exact, quotient
from answers.reading.tree import Add, Logic, Neg, Node, Rel
from answers.tolerance import close

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from answers.options import Options
    from answers.polynomials import Polynomial

MAX_DEGREE = 24
_ROUNDING = Fraction(1, 10**30)
_LETTER = Univariate((Fraction(0), Fraction(1)))


@dataclass(frozen=True)
class Place:
    """A point at which conditions are looked at: a number, or the only root in an interval."""

    low: Fraction
    high: Fraction

    def sign(self, of: Univariate) -> int:
        """The sign of a polynomial here."""
        if of.degree < 1 or self.low == self.high:
            return of.sign_at(self.high)
        if of.squarefree.roots_between(self.low, self.high):
            return 0
        return of.sign_at(self.high)

    def __str__(self) -> str:
        """The point as a person would write it."""
        if self.low == self.high and self.high.denominator < 1000:
            return str(self.high)
        return f"{float(self.high):.4g}"


@dataclass(frozen=True)
class Atom:
    """A polynomial compared with zero; where `pole` vanishes nothing holds.

    Attributes:
        exact: whether the coefficients are those written, and not irrational ones to 40 digits.
    """

    sign: str
    of: Univariate
    pole: Univariate
    exact: bool = True

    def holds(self, place: Place) -> bool:
        """Whether the comparison is true at a place."""
        if place.sign(self.pole) == 0:
            return False
        value = place.sign(self.of) * place.sign(self.pole)
        return {
            "<": value < 0,
            "<=": value <= 0,
            ">": value > 0,
            ">=": value >= 0,
            "=": value == 0,
            "!=": value != 0,
        }[self.sign]


@dataclass(frozen=True)
class Condition:
    """Atoms joined by and, or, not."""

    word: str
    parts: tuple[Condition | Atom, ...]

    def holds(self, place: Place) -> bool:
        """Whether the condition is true at a place."""
        truths = (part.holds(place) for part in self.parts)
        match self.word:
            case "and":
                return all(truths)
            case "or":
                return any(truths)
            case _:
                return not any(truths)

    def atoms(self) -> Iterator[Atom]:
        """All atoms."""
        for part in self.parts:
            if isinstance(part, Atom):
                yield part
            else:
                yield from part.atoms()


@dataclass(frozen=True)
class Relation:
    """A quotient of polynomials in any letters compared with zero.

    Attributes:
        exact: as for an atom.
    """

    sign: str
    above: Polynomial
    below: Polynomial
    exact: bool

    def along(self, letter: str, values: Mapping[str, Fraction]) -> Atom:
        """The comparison in one letter, the others having values."""
        of, pole = self.above.univariate(letter, values), self.below.univariate(letter, values)
        if max(of.degree, pole.degree) > MAX_DEGREE:
            raise NotDecidable
        return Atom(self.sign, of, pole, self.exact)


@dataclass(frozen=True)
class Compiled:
    """A condition on any letters, made of quotients of polynomials."""

    word: str
    parts: tuple[Compiled | Relation, ...]

    @classmethod
    def of(cls, node: Node, letter: str) -> Compiled:
        """Rewrites a reading.

        Args:
            node: a condition, or a set of values of the letter.
            letter: that letter.

        Raises:
            NotDecidable: it is not made of polynomials, roots and absolute values.
        """
        found = _compiled(plain(comparisons(node, letter)))
        return found if isinstance(found, Compiled) else cls("and", (found,))

    def along(self, letter: str, values: Mapping[str, Fraction]) -> Condition:
        """The condition on one letter, the others having values."""
        return Condition(self.word, tuple(part.along(letter, values) for part in self.parts))

    def relations(self) -> Iterator[Relation]:
        """All comparisons."""
        for part in self.parts:
            if isinstance(part, Relation):
                yield part
            else:
                yield from part.relations()

    def polynomials(self) -> Iterator[Polynomial]:
        """The polynomials whose signs decide."""
        for relation in self.relations():
            yield from (relation.above, relation.below)


def _compiled(node: Node) -> Compiled | Relation:
    match node:
        case Logic(word, parts):
            return Compiled(word, tuple(map(_compiled, parts)))
        case Rel(sign, left, right) if sign != "in":
            exact = is_exact(left) and is_exact(right)
            return Relation(sign, *quotient(Add((left, Neg(right)))), exact)
        case _:
            raise NotDecidable


def difference(left: Node, right: Node, letter: str, domain: Domain = Domain.REAL) -> str | None:
    """Where two conditions on a letter differ, as text; None where they are equivalent.

    Args:
        left: the student's condition, named "yours" in the answer.
        right: the expected one.
        letter: the only letter of both.
        domain: positive: where the letter is positive.

    Raises:
        NotDecidable: a side is not made of polynomials, roots and absolute values in this letter.
    """
    return apart(_condition(left, letter), _condition(right, letter), letter, domain)


def apart(mine: Condition, theirs: Condition, letter: str, domain: Domain) -> str | None:
    """As `difference`, of conditions that are compiled."""
    atoms = [*mine.atoms(), *theirs.atoms()]
    for place in _places(atoms, domain):
        if mine.holds(place) != theirs.holds(place):
            said = (
                "yours is true, expected false"
                if mine.holds(place)
                else "yours is false, expected true"
            )
            return f"{letter}={place}: {said}"
    return None


@dataclass(frozen=True)
class Stretch:
    """Numbers between two ends, which are None where there is none; an end may belong to it."""

    low: Fraction | None
    high: Fraction | None
    closed: tuple[bool, bool]


def truth_set(node: Node, letter: str, domain: Domain = Domain.REAL) -> tuple[Stretch, ...]:
    """Where a condition on a letter holds, from left to right, irrational ends to 30 digits.

    Raises:
        NotDecidable: as for `difference`.
    """
    condition = _condition(node, letter)
    found: list[Stretch] = []
    low, begins_with = None, False
    inside = False
    edge: Fraction | None = None
    roots = _merged(_factors(condition.atoms(), domain))
    for place, is_root in _around(roots):
        holds = _is_in(place, domain) and condition.holds(place)
        if is_root:
            edge = place.high
        if holds and not inside:
            low, begins_with = edge, is_root
        elif inside and not holds:
            found.append(Stretch(low, edge, (begins_with, not is_root)))
        inside = holds
    if inside:
        found.append(Stretch(low, None, (begins_with, False)))
    return tuple(found)


def close_sets(mine: Sequence[Stretch], theirs: Sequence[Stretch], options: Options) -> bool:
    """Whether two truth sets have the same stretches, their ends within the tolerance."""
    return len(mine) == len(theirs) and all(
        one.closed == other.closed
        and _close_ends(one.low, other.low, options)
        and _close_ends(one.high, other.high, options)
        for one, other in zip(mine, theirs, strict=True)
    )


def _close_ends(mine: Fraction | None, theirs: Fraction | None, options: Options) -> bool:
    if mine is None or theirs is None:
        return mine is theirs
    return close(mine, theirs, options)


def _is_in(place: Place, domain: Domain) -> bool:
    return domain is not Domain.POSITIVE or place.sign(_LETTER) > 0


def _condition(node: Node, letter: str) -> Condition:
    compiled = Compiled.of(node, letter)
    if any({*poly.letters} - {letter} for poly in compiled.polynomials()):
        raise NotDecidable
    return compiled.along(letter, {})


def _factors(atoms: Iterable[Atom], domain: Domain) -> set[Univariate]:
    sides = {poly for atom in atoms for poly in (atom.of, atom.pole) if poly.degree > 0}
    factors = {factor for side in sides for factor in side.factors()}
    return factors | {_LETTER} if domain is Domain.POSITIVE else factors


def _places(atoms: list[Atom], domain: Domain) -> Iterator[Place]:
    """A point in each stretch between roots, and each root."""
    factors = _factors(atoms, domain)
    if not all(atom.exact for atom in atoms):
        roots = _merged(factors)
    elif all(factor.degree == 1 for factor in factors):
        roots = sorted((-f.coefficients[0], -f.coefficients[0]) for f in factors)
    else:
        roots = _isolated(factors)
    for place, _ in _around(roots):
        if _is_in(place, domain):
            yield place


def _around(roots: list[tuple[Fraction, Fraction]]) -> Iterator[tuple[Place, bool]]:
    """The places from left to right, and whether they are roots."""
    if not roots:
        yield Place(Fraction(0), Fraction(0)), False
        return
    yield _point(roots[0][0] - 1), False
    for i, (low, high) in enumerate(roots):
        yield Place(low, high), True
        after = roots[i + 1][0] if i + 1 < len(roots) else high + 2
        yield _point((high + after) / 2), False


def _isolated(factors: Iterable[Univariate]) -> list[tuple[Fraction, Fraction]]:
    """Intervals around all roots of some polynomials, with room between them."""
    product = Univariate((Fraction(1),))
    for of in factors:
        factor = of.squarefree
        product = _product(product, factor.divided(product.gcd(factor))[0])
        if product.degree > 2 * MAX_DEGREE:
            raise NotDecidable
    return _apart(product, product.isolated_roots())


def _merged(factors: Iterable[Univariate]) -> list[tuple[Fraction, Fraction]]:
    """The roots of all; those that differ by the rounding of irrational coefficients are one."""
    roots = sorted(root for of in factors for root in _refined_roots(of))
    out: list[tuple[Fraction, Fraction]] = []
    for low, high in roots:
        if out and low - out[-1][1] < _ROUNDING:
            out[-1] = (out[-1][0], max(high, out[-1][1]))
        else:
            # A place is open at its lower end.
            out.append((low - _ROUNDING, high))
    return out


def _refined_roots(of: Univariate) -> Iterator[tuple[Fraction, Fraction]]:
    if of.degree == 1:
        root = -of.coefficients[0] / of.coefficients[1]
        yield root, root
        return
    simple = of.squarefree
    for low, high in simple.isolated_roots():
        yield simple.refined(low, high, _ROUNDING)


def _point(x: Fraction) -> Place:
    return Place(x, x)


def _product(left: Univariate, right: Univariate) -> Univariate:
    out = [Fraction(0)] * (left.degree + right.degree + 1)
    for i, a in enumerate(left.coefficients):
        for j, b in enumerate(right.coefficients):
            out[i + j] += a * b
    return Univariate.of(out)


def _apart(
    of: Univariate, roots: list[tuple[Fraction, Fraction]]
) -> list[tuple[Fraction, Fraction]]:
    """The intervals around the roots made smaller until there is room between them."""
    out = list(roots)
    for _ in range(200):
        touching = [i for i in range(len(out) - 1) if out[i][1] >= out[i + 1][0]]
        if not touching:
            return out
        for i in touching:
            for k in (i, i + 1):
                low, high = out[k]
                out[k] = of.refined(low, high, (high - low) / 2)
    raise NotDecidable
