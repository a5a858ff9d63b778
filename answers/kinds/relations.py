"""Equations, up to rearrangement or a non-zero factor, and inequalities, by their truth set."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
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
    Add,
    Logic,
    Mul,
    Neg,
    Node,
    Num,
    Rel,
    Seq,
    Sym,
    Union,
    spelled,
    symbols,
)
from answers.truth import NotDecidable, as_comparison, difference, numerator

if TYPE_CHECKING:
    from answers.polynomials import Polynomial

_OPPOSITE = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}


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
        found = same_up_to_factor(_zero_form(node), _zero_form(self.expected), self.options)
        match found:
            case Found.SAME:
                return correct(read_as, "the same equation")
            case Found.DIFFERENT:
                return wrong(read_as, "not the same equation")
            case Found.UNDECIDED:
                return undecided(read_as, "the equations cannot be compared")


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
    zero = Num(Fraction(0), "0")
    vanish = [equal(side, zero, options).found is Found.SAME for side in (mine, theirs)]
    if any(vanish):
        return Found.SAME if all(vanish) else Found.DIFFERENT
    factor = _factor(mine, theirs, options.domain)
    unsure = factor is None
    if factor is not None and not (positive and factor < 0):
        scaled = Mul((Num(factor), theirs))
        found = equal(mine, scaled, options).found
        if found is Found.SAME:
            return found
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


def _factor(mine: Node, theirs: Node, domain: Domain) -> Fraction | None:
    """The quotient at a point, as a simple fraction."""
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
            return Fraction(text).limit_denominator(10**12)
    return None


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
        node = read_expected(expected, options, Comma.BETWEEN)
        if not has(node, Rel, Logic, Union, Seq):
            raise UnreadableKey(f"{expected!r} is not an inequality")
        return cls(_joined(node), options)

    def judge(self, answer: str) -> Judgement:
        """Judges a condition."""
        node = _joined(read_answer(answer, self.expected, self.options, Comma.BETWEEN))
        read_as = shown(node)
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
        case Rel(sign, _, _) if sign in _OPPOSITE:
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
    if mine.sign == _OPPOSITE[theirs.sign]:
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
