"""Truth sets of comparisons: where a condition on one letter holds, decided exactly.

All polynomials that occur are cut at their real roots (Sturm's theorem). Between two roots, and at
each root, the truth of a condition is constant, so two conditions are equivalent if they agree in
each of these finitely many places.
"""

from __future__ import annotations

from fractions import Fraction
from operator import eq, ge, gt, le, lt, ne
from typing import TYPE_CHECKING

from answers.algebra.polynomial import polynomial
from answers.algebra.univariate import Univariate
from answers.evaluation.evaluate import Undefined
from answers.evaluation.sample_points import Domain
from answers.real_sets.atom import ONE_EVERYWHERE, Atom, Condition
from answers.real_sets.irrational import check_roots, check_stable
from answers.real_sets.rational_function import ONE, is_exact, quotient
from answers.real_sets.rewrite import TURNED, comparisons, plain
from answers.real_sets.sign_chart import CutLine
from answers.real_sets.truth import truth_at
from answers.syntax.errors import NotDecidable
from answers.syntax.nodes import Add, Logic, Neg, Node, Rel
from examgen.ground.record import record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from answers.algebra.polynomial import Polynomial

MAX_DEGREE = 24
MAX_WORK = 150_000  # about microseconds
_LONG, _HUGE = 10**20, 10**300
_LETTER = Univariate((0, 1))


@record
class Relation:
    """A quotient of polynomials in any letters compared with zero.

    Attributes:
        exact: as for an atom.
        source: as for an atom.
    """

    sign: str
    above: Polynomial
    below: Polynomial
    exact: bool
    source: Node | None = None

    def along(self, letter: str, values: Mapping[str, Fraction]) -> Atom:
        """The comparison in one letter, the others having values."""
        of, sign = self.above.univariate(letter, values), self.sign
        if of.coefficients and of.coefficients[-1] < 0:  # so that 3 > x is x < 3
            of, sign = of.upright(), TURNED[sign]
        pole = ONE_EVERYWHERE if self.below is ONE else self.below.univariate(letter, values)
        if max(of.degree, pole.degree) > MAX_DEGREE:
            raise NotDecidable
        return Atom(sign, of, pole, self.exact, None if values else self.source)


@record
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
        return Condition(self.word, tuple([part.along(letter, values) for part in self.parts]))

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


ALWAYS_TRUE, NEVER_TRUE = Compiled("and", ()), Compiled("or", ())
_HOLDS = {"<": lt, "<=": le, ">": gt, ">=": ge, "=": eq, "!=": ne}


def _compiled(node: Node) -> Compiled | Relation:
    match node:
        case Logic(word, parts):
            return _joined(word, [_compiled(part) for part in parts])
        case Rel(sign, left, right) if sign != "in":
            mine, theirs = polynomial(left), polynomial(right)
            if mine is not None and theirs is not None:
                return _settled(Relation(sign, mine.minus(theirs), ONE, exact=True))
            whole = Add((left, Neg(right)))
            exact = is_exact(whole)
            found = Relation(sign, *quotient(whole), exact, None if exact else whole)
            return _settled(found) if found.exact else found
        case _:
            raise NotDecidable


def _settled(relation: Relation) -> Compiled | Relation:
    """The comparison, or its truth where there are no letters."""
    if not (relation.above.is_constant and relation.below.is_constant):
        return relation
    above, below = (sum(side.terms.values()) for side in (relation.above, relation.below))
    return ALWAYS_TRUE if below and _HOLDS[relation.sign](above * below, 0) else NEVER_TRUE


def _joined(word: str, parts: list[Compiled | Relation]) -> Compiled | Relation:
    """Parts joined, without those that are known to be true or false."""
    if word == "not":
        inner = _joined("or", parts)
        if isinstance(inner, Compiled) and not inner.parts:
            return NEVER_TRUE if inner is ALWAYS_TRUE else ALWAYS_TRUE
        return Compiled("not", (inner,))
    deciding, idle = (NEVER_TRUE, ALWAYS_TRUE) if word == "and" else (ALWAYS_TRUE, NEVER_TRUE)
    if any(part is deciding for part in parts):
        return deciding
    kept = tuple([part for part in parts if part is not idle])
    if len(kept) == 1:
        return kept[0]
    return Compiled(word, kept) if kept else idle


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
    sides = [comparisons(side, letter) for side in (left, right)]

    def differ_at(x: Fraction) -> bool:
        try:
            mine, theirs = (truth_at(side, {letter: (x, Fraction(0))}) for side in sides)
        except Undefined:
            return False
        return mine != theirs

    mine, theirs = _condition(left, letter), _condition(right, letter)
    return apart(mine, theirs, letter, domain, differ_at=differ_at)


def apart(
    mine: Condition,
    theirs: Condition,
    letter: str,
    domain: Domain,
    limit: int = MAX_WORK,
    differ_at: Callable[[Fraction], bool] = lambda _: False,
) -> str | None:
    """As `difference`, of conditions that are compiled, with limited work.

    Args:
        mine: the student's condition.
        theirs: the expected one.
        letter: the letter of both.
        domain: positive: where the letter is positive.
        limit: how much work it may be.
        differ_at: whether they surely differ at a point, whatever was rounded.
    """
    if mine == theirs:
        return None
    atoms = [*mine.atoms(), *theirs.atoms()]
    exact = all(atom.exact for atom in atoms)
    line = _cut(atoms, domain, limit, exact=exact)
    ours = mine.truth(line)
    differ = (ours ^ theirs.truth(line)) & _within(line, domain)
    between = _lowest(differ & line.stretches)
    if not exact and not (between is not None and differ_at(line.point(between)[0])):
        check_stable(atoms)
        if between is None:
            check_roots(atoms, line, letter)
    place = _lowest(differ) if exact or between is None else between
    if place is None:
        return None
    is_true = ours >> place & 1
    sides = "yours is true, expected false" if is_true else "yours is false, expected true"
    return f"{letter}={said(line.point(place)[1])}: {sides}"


def _lowest(places: int) -> int | None:
    """Return the first of some places."""
    return (places & -places).bit_length() - 1 if places else None


def _cut(atoms: Iterable[Atom], domain: Domain, limit: int, *, exact: bool) -> CutLine:
    sides = {side for atom in atoms for side in (atom.of, atom.pole)}
    if domain is Domain.POSITIVE:
        sides.add(_LETTER)
    return CutLine.at_roots(sides, limit, exact=exact)


def _within(line: CutLine, domain: Domain) -> int:
    return line.signs[_LETTER].positive if domain is Domain.POSITIVE else line.everywhere


def said(value: Fraction) -> str:
    """A number as a person would write it."""
    if abs(value) >= _HUGE:
        return f"about {'-' if value < 0 else ''}10^{int(value).bit_length() * 30_103 // 100_000}"
    is_short = value.denominator < 1000 and abs(value.numerator) < _LONG
    return str(value) if is_short else f"{float(value):.4g}"


@record
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
    line = _cut(condition.atoms(), domain, MAX_WORK, exact=False)
    truth = condition.truth(line) & _within(line, domain)
    found: list[Stretch] = []
    low, begins_with = None, False
    inside = False
    edge: Fraction | None = None
    for place in range(2 * len(line.roots) + 1):
        holds, is_root = bool(truth >> place & 1), place % 2 == 1
        if is_root:
            edge = line.point(place)[1]
        if holds and not inside:
            low, begins_with = edge, is_root
        elif inside and not holds:
            found.append(Stretch(low, edge, (begins_with, not is_root)))
        inside = holds
    if inside:
        found.append(Stretch(low, None, (begins_with, False)))
    return tuple(found)


def _condition(node: Node, letter: str) -> Condition:
    compiled = Compiled.of(node, letter)
    known = (poly for poly in compiled.polynomials() if poly is not ONE)
    if any(poly.letters not in ([], [letter]) for poly in known):
        raise NotDecidable
    return compiled.along(letter, {})
