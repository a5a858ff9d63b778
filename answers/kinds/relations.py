"""Equations, up to rearrangement or a non-zero factor, and inequalities, by their truth set."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from typing import TYPE_CHECKING

from answers import modular
from answers.errors import Unreadable, UnreadableKey
from answers.judgement import Judgement, correct, undecided, wrong
from answers.kinds.base import equal, has, read_answer, read_expected, seed_of
from answers.numeric import Domain, Evaluator, Found, Undefined, context_of, points
from answers.options import Options
from answers.polynomials import polynomial
from answers.reading.printing import shown
from answers.reading.tokens import Comma
from answers.reading.tree import (
    CONSTANTS,
    Add,
    Call,
    Logic,
    Mul,
    Neg,
    Node,
    Num,
    Rel,
    Seq,
    Sym,
    Union,
    children,
    spelled,
    symbols,
)
from answers.truth import TURNED, NotDecidable, as_comparison, difference, numerator, put

if TYPE_CHECKING:
    from collections.abc import Iterator

    from answers.polynomials import Polynomial

_NEAR = Fraction(1, 10**20)


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
        if has(node, Logic, Union):
            raise Unreadable(answer, 0, "one equation is expected")
        read_as = shown(node)
        if not isinstance(node, Rel) or node.sign != "=":
            return wrong(read_as, "an equation is expected: something = something")
        if has(node, Call) and _is_plus_minus(node):
            raise Unreadable(answer, 0, "one equation is expected, not two with ±")
        found = same_up_to_factor(_zero_form(node), _zero_form(self.expected), self.options)
        if found is not Found.SAME and not _are_polynomials(node, self.expected):
            found = _by_solutions(node, self.expected, found, self.options)
        match found:
            case Found.SAME:
                return correct(read_as, "the same equation")
            case Found.DIFFERENT:
                return wrong(read_as, "not the same equation")
            case Found.UNDECIDED:
                return undecided(read_as, "the equations cannot be compared")


def _is_plus_minus(node: Node) -> bool:
    is_one = isinstance(node, Call) and node.name == "pm"
    return is_one or any(map(_is_plus_minus, children(node)))


def _are_polynomials(*equations: Rel) -> bool:
    return all(polynomial(_zero_form(equation)) is not None for equation in equations)


def _by_solutions(mine: Rel, theirs: Rel, found: Found, options: Options) -> Found:
    """What the solutions of one equation say of the other, where it is solved for a letter.

    A solution of one that does not solve the other shows that they differ; where each solves the
    other at all points they are the same.
    """
    solved = [_solves(one, other, options) for one, other in ((mine, theirs), (theirs, mine))]
    if False in solved:
        return Found.DIFFERENT
    return Found.SAME if solved == [True, True] else found


def _solves(one: Rel, other: Rel, options: Options) -> bool | None:
    """Whether the values of a letter that one equation gives solve the other; None: not known."""
    for letter, value in ((one.left, one.right), (one.right, one.left)):
        if isinstance(letter, Sym) and letter.name not in CONSTANTS | symbols(value):
            zero = Num(Fraction(0), "0")
            found = equal(put(_zero_form(other), letter, value), zero, options).found
            return {Found.SAME: True, Found.DIFFERENT: False}.get(found)
    return None


def _zero_form(node: Rel) -> Node:
    return Add((node.left, Neg(node.right)))


def same_up_to_factor(
    mine: Node, theirs: Node, options: Options, *, positive: bool = False
) -> Found:
    """Whether one expression is the other times a constant that is not zero."""
    if mine == theirs:
        return Found.SAME
    left, right = polynomial(mine), polynomial(theirs)
    if left is not None and right is not None:
        return _same_polynomials(left, right, positive=positive)
    ratios = list(islice(_ratios(mine, theirs, options.domain), 2))
    if not any(ratios):
        zero = Num(Fraction(0), "0")
        vanish = [equal(side, zero, options).found is Found.SAME for side in (mine, theirs)]
        if any(vanish):
            return Found.SAME if all(vanish) else Found.DIFFERENT
    is_constant = len(ratios) == 2 and abs(ratios[0] - ratios[1]) <= abs(ratios[0]) * _NEAR
    unsure = not ratios
    if is_constant and not (positive and ratios[0] < 0):
        scaled = Mul((Num(ratios[0].limit_denominator(10**12)), theirs))
        found = equal(mine, scaled, options).found
        if found is Found.SAME or (not positive and _same_ratio(mine, theirs, options)):
            return Found.SAME
        unsure = found is Found.UNDECIDED
    if not positive and _same_numerators(mine, theirs):
        return Found.SAME
    rational = modular.is_rational(mine) and modular.is_rational(theirs)
    return Found.UNDECIDED if unsure and not rational else Found.DIFFERENT


def _same_polynomials(mine: Polynomial, theirs: Polynomial, *, positive: bool) -> Found:
    """As `same_up_to_factor`, decided by the coefficients."""
    if not mine.terms or not theirs.terms:
        return Found.SAME if mine.terms == theirs.terms else Found.DIFFERENT
    first = min(theirs.terms)
    factor = mine.terms.get(first, Fraction(0)) / theirs.terms[first]
    if not factor or (positive and factor < 0):
        return Found.DIFFERENT
    scaled = {monomial: factor * value for monomial, value in theirs.terms.items()}
    return Found.SAME if mine.terms == scaled else Found.DIFFERENT


def _ratios(mine: Node, theirs: Node, domain: Domain) -> Iterator[Fraction]:
    """The quotient at points where both sides are real."""
    names = sorted(symbols(mine) | symbols(theirs))
    for point in points(names, domain, seed_of(theirs, mine), 20):
        evaluator = Evaluator(context_of(50), point)
        try:
            above, below = evaluator.value(mine), evaluator.value(theirs)
        except Undefined:
            continue
        quotient = above / below if abs(below) > evaluator.scale * 1e-20 else None
        if quotient is not None and abs(quotient.imag) <= abs(quotient) * 1e-30:
            text: str = evaluator.context.mp.nstr(quotient.real, 45)
            yield Fraction(text)


def _same_ratio(mine: Node, theirs: Node, options: Options) -> bool:
    """Whether mine/theirs is what it is at one point: some constant, such as a root of two."""
    letters = sorted(symbols(mine) | symbols(theirs))
    place = [Num(Fraction(2 * n + 3, n + 2)) for n in range(len(letters))]
    at_place = [mine, theirs]
    for letter, value in zip(letters, place, strict=True):
        at_place = [put(side, Sym(letter), value) for side in at_place]
    zero = Num(Fraction(0), "0")
    if any(equal(side, zero, Options()).found is not Found.DIFFERENT for side in at_place):
        return False
    crossed = Mul((mine, at_place[1])), Mul((theirs, at_place[0]))
    return equal(*crossed, options).found is Found.SAME


def _same_numerators(mine: Node, theirs: Node) -> bool:
    """Whether both vanish together once denominators are cleared."""
    left, right = numerator(mine), numerator(theirs)
    if left is None or right is None or not left.terms or not right.terms:
        return False
    return _same_polynomials(left, right, positive=False) is Found.SAME


@dataclass(frozen=True)
class InequalityComparer:
    """Compares conditions on one or more letters."""

    expected: Node
    options: Options

    @classmethod
    def of(cls, expected: str, options: Options) -> InequalityComparer:
        """Reads the expected condition."""
        node = read_expected(expected, options, _comma(expected))
        if not has(node, Rel, Logic, Union, Seq):
            raise UnreadableKey(f"{expected!r} is not an inequality")
        return cls(_joined(node), options)

    def judge(self, answer: str) -> Judgement:
        """Judges a condition."""
        node = _joined(read_answer(answer, self.expected, self.options, _comma(answer)))
        read_as = shown(node)
        new = symbols(node) - symbols(self.expected) - {*self.options.variables}
        if len(new) > 2:
            raise Unreadable(answer, 0, f"the letters {', '.join(sorted(new))} are not known here")
        if not has(node, Rel, Logic, Union, Seq):
            return wrong(read_as, "an inequality such as x < 3 is expected")
        letters = sorted(symbols(node) | symbols(self.expected))
        if len(letters) == 1:
            try:
                where = difference(node, self.expected, letters[0])
            except NotDecidable:
                return self._by_structure(node, read_as)
            return (
                correct(read_as, "true for the same values")
                if where is None
                else wrong(read_as, where)
            )
        return self._by_structure(node, read_as)

    def _by_structure(self, node: Node, read_as: str) -> Judgement:
        mine, theirs = _parts(node), _parts(self.expected)
        if mine is None or theirs is None or mine[0] != theirs[0]:
            return self._by_points(node, read_as)
        if len(mine[1]) == len(theirs[1]) == 1 and _differ_in_end(mine[1][0], theirs[1][0]):
            return wrong(read_as, "an end is open that should be closed, or the reverse")
        word, left = mine
        right = list(theirs[1])
        for part in left:
            match = next((other for other in right if _same_atom(part, other, self.options)), None)
            if match is None:
                return self._by_points(node, read_as)
            right.remove(match)
        if right:
            return self._by_points(node, read_as)
        return correct(
            read_as,
            f"the same comparisons, joined by {word}" if len(left) > 1 else "the same comparison",
        )

    def _by_points(self, node: Node, read_as: str) -> Judgement:
        names = sorted(symbols(node) | symbols(self.expected))
        for point in points(names, self.options.domain, seed_of(self.expected, node), 300):
            try:
                mine, theirs = _truth(node, point), _truth(self.expected, point)
            except Undefined:
                continue
            if mine != theirs:
                place = ", ".join(
                    f"{spelled(name)}={float(value[0]):.4g}" for name, value in point.items()
                )
                return wrong(read_as, f"at {place}: yours is {mine}, expected {theirs}".lower())
        return undecided(read_as, "no difference was found, but equality is not proved")


def _comma(text: str) -> Comma:
    """Commas between digits are decimal where no bracket could hold two numbers."""
    return Comma.BETWEEN if re.search(r"[()\[\]{}]", text) else Comma.DECIMAL


def _joined(node: Node) -> Node:
    """Comparisons with commas between them hold together."""
    if (
        isinstance(node, Seq)
        and not node.open
        and all(isinstance(i, Rel | Logic) for i in node.items)
    ):
        return Logic("and", node.items)
    return node


def _parts(node: Node) -> tuple[str, tuple[Rel, ...]] | None:
    match node:
        case Rel(sign, _, _) if sign in TURNED:
            return "and", (node,)
        case Logic(word, parts) if word in {"and", "or"}:
            flat: list[Rel] = []
            for part in parts:
                inner = _parts(part)
                if inner is None or (len(inner[1]) > 1 and inner[0] != word):
                    return None
                flat += inner[1]
            return (word if len(flat) > 1 else "and"), tuple(flat)
        case _:
            return None


def _same_atom(mine: Rel, theirs: Rel, options: Options) -> bool:
    left, right = _zero_form(mine), _zero_form(theirs)
    if mine.sign == theirs.sign:
        positive = mine.sign not in {"=", "!="}
        return same_up_to_factor(left, right, options, positive=positive) is Found.SAME
    if mine.sign == TURNED[theirs.sign]:
        return same_up_to_factor(Neg(left), right, options, positive=True) is Found.SAME
    return False


def _differ_in_end(mine: Rel, theirs: Rel) -> bool:
    """Whether one is the other but for `<` in place of `<=`."""
    if len(mine.sign) == len(theirs.sign) or not {mine.sign[0], theirs.sign[0]} <= {"<", ">"}:
        return False
    left, right = _zero_form(mine), _zero_form(theirs)
    turned = left if mine.sign[0] == theirs.sign[0] else Neg(left)
    is_same = same_up_to_factor(turned, right, Options(), positive=True) is Found.SAME
    return is_same and bool(symbols(left))


def _truth(node: Node, point: dict[str, tuple[Fraction, Fraction]]) -> bool:
    match node:
        case Logic("and", parts):
            return all(_truth(part, point) for part in parts)
        case Logic("or", parts):
            return any(_truth(part, point) for part in parts)
        case Logic(_, parts):
            return not _truth(parts[0], point)
        case Rel("in", Sym(name), _):
            return _truth(as_comparison(node, name), point)
        case Rel(sign, left, right):
            evaluator = Evaluator(context_of(15), point)
            a, b = evaluator.value(left), evaluator.value(right)
            x, y = a.real, b.real
            # Too near to tell apart in floats, or no real number: another point is as good.
            if a.imag or b.imag or abs(x - y) <= 1e-9 * evaluator.scale:
                raise Undefined
            return {"<": x < y, "<=": x <= y, ">": x > y, ">=": x >= y, "=": x == y, "!=": x != y}[
                sign
            ]
        case _:
            if len(point) == 1:
                return _truth(as_comparison(node, next(iter(point))), point)
            raise Undefined
