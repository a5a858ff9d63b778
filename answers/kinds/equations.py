"""Equations, up to rearrangement or a factor that is not zero."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from answers.conditions import NEVER, signs_of, with_both_signs
from answers.errors import Unreadable, UnreadableKey
from answers.judgement import Judgement, correct, undecided, wrong
from answers.kinds.base import equal, has, read_answer, read_expected
from answers.kinds.multiples import (
    same_polynomials,
    same_up_to_factor,
    same_zeros,
    vanish_together,
)
from answers.numeric import Domain, Found
from answers.planes import difference_in
from answers.polynomials import Polynomial, at_primes, polynomial
from answers.rational import NotDecidable
from answers.reading.printing import shown
from answers.reading.tree import (
    CONSTANTS,
    Add,
    Logic,
    Mul,
    Neg,
    Node,
    Num,
    Rel,
    Seq,
    Sets,
    Sym,
    put,
    spelled,
    symbols,
)

if TYPE_CHECKING:
    from answers.options import Options

MAX_SOLUTIONS = 8
_ZERO = Num(Fraction(0), "0")


@dataclass(frozen=True)
class EquationComparer:
    """Compares equations."""

    expected: Rel
    options: Options

    @classmethod
    def of(cls, expected: str, options: Options) -> EquationComparer:
        """Reads the expected equation."""
        node = read_expected(expected, options)
        if not isinstance(node, Rel) or node.sign != "=":
            raise UnreadableKey(f"{expected!r} is not an equation")
        return cls(node, options)

    def judge(self, answer: str) -> Judgement:
        """Judges an equation."""
        node = read_answer(answer, self.expected, self.options)
        read_as = shown(node)
        one = _as_one(node)
        if has(one, Logic, Sets):
            raise Unreadable(answer, 0, "one equation is expected")
        if not isinstance(one, Rel) or one.sign != "=":
            return wrong(read_as, "an equation is expected: something = something")
        if signs_of(one):
            raise Unreadable(answer, 0, "one equation is expected, with ± once at most")
        found, why = _compared(one, self.expected, self.options)
        match found:
            case Found.SAME:
                return correct(read_as, why)
            case Found.DIFFERENT:
                return wrong(read_as, why)
            case Found.UNDECIDED:
                return undecided(read_as, why)


def _as_one(node: Node) -> Node:
    """Solutions joined by `or`, or written with ±, as one equation: their product is zero."""
    match node:
        case Logic("or", parts) | Seq("", parts, "") if _are_solutions(node):
            one = tuple(_zero_form(part) for part in parts if isinstance(part, Rel))
            return Rel("=", Mul(one), _ZERO)
        case Rel("=", _, _) if signs_of(node) == 1:
            return _as_one(with_both_signs(node))
        case _:
            return node


def _are_solutions(node: Logic | Seq) -> bool:
    """Whether parts are equations; with commas between them, all for the same letter."""
    parts = node.parts if isinstance(node, Logic) else node.items
    if len(parts) > MAX_SOLUTIONS or not all(
        isinstance(part, Rel) and part.sign == "=" for part in parts
    ):
        return False
    left = {part.left for part in parts if isinstance(part, Rel)}
    return isinstance(node, Logic) or (len(left) == 1 and isinstance(min(left, key=str), Sym))


def _compared(mine: Rel, theirs: Rel, options: Options) -> tuple[Found, str]:
    left, right = _zero_form(mine), _zero_form(theirs)
    one, other = polynomial(left), polynomial(right)
    if one is not None and other is not None:
        known = _by_coefficients(one, other, options.domain)
        return known or _by_truth(mine, theirs, options.domain) or _reason(Found.UNDECIDED)
    if same_zeros(left, right, options.domain):
        return _reason(Found.SAME)
    found = same_up_to_factor(left, right, options)
    if found is Found.SAME:
        return _reason(found)
    known = _by_solutions(mine, theirs, options)
    if known is None and options.domain is not Domain.COMPLEX:
        known = _by_truth(mine, theirs, options.domain)
    return known or _reason(found)


def _by_coefficients(
    mine: Polynomial, theirs: Polynomial, domain: Domain
) -> tuple[Found, str] | None:
    """What two polynomials say, without a look at all their real zeros; None: nothing."""
    if same_polynomials(mine, theirs):
        return _reason(Found.SAME)
    where = _zero_of_one(mine, theirs, domain)
    if where is not None:
        return Found.DIFFERENT, f"not the same equation: at {where} only one of them holds"
    if vanish_together(mine, theirs, domain):
        return _reason(Found.SAME)
    return _reason(Found.DIFFERENT) if domain is Domain.COMPLEX else None


def _zero_of_one(mine: Polynomial, theirs: Polynomial, domain: Domain) -> str | None:
    """A point at which one polynomial vanishes and the other does not, where it is easily seen."""
    letters = sorted({*mine.letters, *theirs.letters})
    values = at_primes(letters)
    for letter in letters:
        lines = mine.univariate(letter, values), theirs.univariate(letter, values)
        for one, other in (lines, lines[::-1]):
            if one.degree != 1:
                continue
            root = -one.coefficients[0] / one.coefficients[1]
            if other.at(root) and (root > 0 or domain is not Domain.POSITIVE):
                point = values | {letter: root}
                return ", ".join(f"{spelled(name)}={value}" for name, value in point.items())
    return None


def _by_truth(mine: Rel, theirs: Rel, domain: Domain) -> tuple[Found, str] | None:
    """What the real solutions say; None where they are not known.

    Polynomials that have the same real solutions only are no proof: x^2 + 1 = 0 is not
    x^2 + 2 = 0, nor is (x - 2)^2 = 0 the equation x = 2.
    """
    letters = sorted(symbols(mine) | symbols(theirs))
    try:
        where = difference_in(mine, theirs, letters, domain)
        if where is not None:
            return Found.DIFFERENT, f"not the same equation: at {where}"
        are_plain = all(polynomial(_zero_form(side)) is not None for side in (mine, theirs))
        if are_plain or difference_in(theirs, NEVER, letters, domain) is None:
            return Found.UNDECIDED, "the real solutions are the same, but not the equation"
    except NotDecidable:
        return None
    return Found.SAME, "the same solutions"


def _by_solutions(mine: Rel, theirs: Rel, options: Options) -> tuple[Found, str] | None:
    """What the solutions of one equation say of the other, where it is solved for a letter.

    A solution of one that does not solve the other shows that they differ; where each solves the
    other at all points they are the same. None: neither.
    """
    solved = [_solves(one, other, options) for one, other in ((mine, theirs), (theirs, mine))]
    if False in solved:
        return _reason(Found.DIFFERENT)
    return _reason(Found.SAME) if solved == [True, True] else None


def _solves(one: Rel, other: Rel, options: Options) -> bool | None:
    """Whether the values of a letter that one equation gives solve the other; None: not known."""
    for letter, value in ((one.left, one.right), (one.right, one.left)):
        if isinstance(letter, Sym) and letter.name not in CONSTANTS | symbols(value):
            found = equal(put(_zero_form(other), letter, value), _ZERO, options).found
            return {Found.SAME: True, Found.DIFFERENT: False}.get(found)
    return None


def _zero_form(node: Rel) -> Node:
    return Add((node.left, Neg(node.right)))


def _reason(found: Found) -> tuple[Found, str]:
    reasons = {
        Found.SAME: "the same equation",
        Found.DIFFERENT: "not the same equation",
        Found.UNDECIDED: "no difference was found, but equality is not proved",
    }
    return found, reasons[found]
