"""Equations, up to rearrangement or a factor that is not zero."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, TypeGuard

from answers.algebra.polynomial import Polynomial, at_primes, polynomial
from answers.comparison.equality import equal
from answers.comparison.outcome import Found
from answers.comparison.proportional import (
    same_polynomials,
    same_up_to_factor,
    same_zeros,
    vanish_together,
)
from answers.comparison.reading import (
    ground_of_difference,
    read_answer,
    read_expected,
    values_as_letters,
)
from answers.evaluation.sample_points import Domain
from answers.kinds.base import Facts, Group, Kind
from answers.kinds.written import formula_latex, formula_written
from answers.real_sets.cylindrical_decomposition import difference_in
from answers.real_sets.rewrite import NEVER, exponent_of, signs_of, with_both_signs
from answers.real_sets.solution_set import compare, format_number
from answers.real_sets.square_roots import TURNED
from answers.syntax.errors import NotDecidable, Unreadable, UnreadableKey
from answers.syntax.functions.table import function_of
from answers.syntax.latex_printer import latex
from answers.syntax.nodes import (
    CONSTANTS,
    REALS,
    Add,
    Call,
    Logic,
    Mul,
    Neg,
    Node,
    Num,
    Pow,
    Rel,
    Seq,
    Sets,
    Sym,
    display_name,
    free_symbols,
    has,
    substitute,
)
from answers.syntax.printer import format_expression
from answers.syntax.tokenizer import Comma
from answers.verdict import Ground, Judgement, correct, undecided, wrong
from examgen.ground.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from answers.options import Options

MAX_SOLUTIONS = 8
_REALS = (REALS, Sym("R"))
_ZERO = Num(Fraction(0), "0")


@record
class EquationComparer:
    """Compares equations."""

    expected: Rel
    options: Options

    @classmethod
    def of(cls, expected: str, options: Options) -> EquationComparer:
        """Read the expected equation."""
        node = values_as_letters(read_expected(expected, options))
        node = _as_one(node, free_symbols(node))
        if not isinstance(node, Rel) or node.sign != "=":
            raise UnreadableKey(f"{expected!r} is not an equation")
        return cls(node, options)

    @property
    def facts(self) -> Facts:
        """Return the letters of the expected equation."""
        return Facts(free_symbols(self.expected))

    def judge(self, answer: str) -> Judgement:
        """Judge an equation."""
        node = read_answer(answer, self.expected, self.options)
        read_as = format_expression(node)
        match node:
            case Seq("", (equation, Rel("in", Sym(), right)), "") if right in _REALS:
                node = equation
        one = _as_one(values_as_letters(node), free_symbols(self.expected))
        is_limited = isinstance(one, Seq) and any(map(_is_condition, one.items))
        if is_limited or has(one, Logic, Sets):
            raise Unreadable(answer, 0, "one equation is expected")
        if not isinstance(one, Rel) or one.sign != "=":
            is_known = free_symbols(node) & free_symbols(self.expected)
            ground = Ground.DIFFERS if is_known else self._ground(node)
            return wrong(read_as, "an equation is expected: something = something", ground=ground)
        if signs_of(one):
            raise Unreadable(answer, 0, "one equation is expected, with ± once at most")
        found, why = _compared(one, self.expected, self.options)
        match found:
            case Found.SAME:
                return correct(read_as, why)
            case Found.DIFFERENT:
                return wrong(read_as, why, ground=self._ground(node))
            case Found.UNDECIDED:
                return undecided(read_as, why)

    def _ground(self, node: Node) -> Ground:
        return ground_of_difference(node, self.expected, self.options)


def _is_condition(node: Node) -> bool:
    return isinstance(node, Rel) and node.sign != "="


def _as_one(node: Node, known: frozenset[str]) -> Node:
    """Join solutions, or those of ±, to one equation: their product is zero."""
    match node:
        case Logic("or", parts) if _are_equations(parts):
            one = tuple(_zero_form(_unnumbered(part, known)) for part in parts)
            return Rel("=", Mul(one), _ZERO)
        case Seq("", parts, "") if _are_equations(parts):
            unnumbered = [_unnumbered(part, known) for part in parts]
            # With commas between, all have to be for the same letter: x = 2, y = 3 hold together.
            is_one = isinstance(unnumbered[0].left, Sym) and len({u.left for u in unnumbered}) == 1
            return _as_one(Logic("or", parts), known) if is_one else node
        case Rel("in", Sym() as letter, Seq("{", items, _)) if items:
            return _as_one(Logic("or", tuple(Rel("=", letter, item) for item in items)), known)
        case Rel("=", _, _) if signs_of(node) == 1:
            return _as_one(with_both_signs(node), known)
        case _:
            return node


def _are_equations(parts: tuple[Node, ...]) -> TypeGuard[tuple[Rel, ...]]:
    is_each = all(isinstance(part, Rel) and part.sign == "=" for part in parts)
    return is_each and len(parts) <= MAX_SOLUTIONS


def _unnumbered(node: Rel, known: frozenset[str]) -> Rel:
    """Read `x_1 = 2` as `x = 2`, where only x is known."""
    if not isinstance(node.left, Sym) or node.left.name in known:
        return node
    stem = node.left.name.rstrip("0123456789").removesuffix("_")
    return Rel("=", Sym(stem), node.right) if stem in known else node


def _unwrapped(node: Rel) -> Rel:
    """Turn `ln u = v` into `u = e^v`, and `2^u = 8` into `u = ln 8/ln 2`."""
    for left, right in ((node.left, node.right), (node.right, node.left)):
        match left:
            case Call(name, args) if inverse := function_of(name).inverse_at(args):
                inner, *rest = args
                if not any(map(free_symbols, rest)) and (
                    inverse.has_all_values or not free_symbols(right)
                ):
                    return Rel("=", inner, inverse.of(right, *rest))
            case Pow(base, inner) if (
                free_symbols(inner) and not free_symbols(base) and not free_symbols(right)
            ):
                return Rel("=", inner, exponent_of(right, base))
            case _:
                pass
    return node


def _compared(mine: Rel, theirs: Rel, options: Options) -> tuple[Found, str]:
    if mine == theirs:
        return _reason(Found.SAME)
    left, right = _zero_form(mine), _zero_form(theirs)
    one, other = polynomial(left), polynomial(right)
    if one is not None and other is not None:
        known = _by_coefficients(one, other, options.domain)
        return known or _by_truth(mine, theirs, options.domain) or _reason(Found.UNDECIDED)
    if (alike := _by_values(mine, theirs, options)) is not None:
        return alike
    if options.domain is not Domain.COMPLEX:
        undone = _unwrapped(mine), _unwrapped(theirs)
        if undone != (mine, theirs) and _have_same_zeros(left, right, options):
            return _reason(Found.SAME)
        mine, theirs = undone
        left, right = _zero_form(mine), _zero_form(theirs)
        if len(free_symbols(left) | free_symbols(right)) == 1:
            known = _by_truth(mine, theirs, options.domain)
            if known is not None and known[0] is not Found.UNDECIDED:
                return known
    if same_zeros(left, right, options.domain):
        return _reason(Found.SAME)
    known = _by_solutions(mine, theirs, options)
    if known is not None:
        return known
    if same_up_to_factor(left, right, options.domain):
        return _reason(Found.SAME)
    if options.domain is not Domain.COMPLEX:
        known = _by_truth(mine, theirs, options.domain) or _by_zeros(left, right, options.domain)
    return known or _reason(Found.UNDECIDED)


def _have_same_zeros(left: Node, right: Node, options: Options) -> bool:
    is_proved = same_zeros(left, right, options.domain)
    return is_proved or same_up_to_factor(left, right, options.domain)


def _by_coefficients(
    mine: Polynomial, theirs: Polynomial, domain: Domain
) -> tuple[Found, str] | None:
    """Return what two polynomials say, without a look at all their real zeros; None: nothing."""
    if same_polynomials(mine, theirs):
        return _reason(Found.SAME)
    where = _zero_of_one(mine, theirs, domain)
    if where is not None:
        return Found.DIFFERENT, f"not the same equation: at {where} only one of them holds"
    if vanish_together(mine, theirs, domain):
        return _reason(Found.SAME)
    return _reason(Found.DIFFERENT) if domain is Domain.COMPLEX else None


def _zero_of_one(mine: Polynomial, theirs: Polynomial, domain: Domain) -> str | None:
    """Return a point at which only one polynomial vanishes, where one is easily seen."""
    letters = sorted({*mine.letters, *theirs.letters})
    values = at_primes(letters)
    for letter in letters:
        lines = mine.univariate(letter, values), theirs.univariate(letter, values)
        for one, other in (lines, lines[::-1]):
            if one.degree != 1:
                continue
            root = Fraction(-one.coefficients[0], one.coefficients[1])
            if other.sign_at(root) and (root > 0 or domain is not Domain.POSITIVE):
                point = values | {letter: root}
                return ", ".join(
                    f"{display_name(x)}={format_number(Fraction(at))}" for x, at in point.items()
                )
    return None


def _by_truth(mine: Rel, theirs: Rel, domain: Domain) -> tuple[Found, str] | None:
    """Return what the real solutions say; None where they are not known.

    Polynomials that have the same real solutions only are no proof: x^2 + 1 = 0 is not
    x^2 + 2 = 0, nor is (x - 2)^2 = 0 the equation x = 2.
    """
    letters = sorted(free_symbols(mine) | free_symbols(theirs))
    try:
        if len(letters) == 1:
            where, is_solvable = compare(mine, theirs, letters[0], domain)
        else:
            where, is_solvable = difference_in(mine, theirs, letters, domain), None
        if where is not None:
            return Found.DIFFERENT, f"not the same equation: at {where}"
        are_plain = all(polynomial(_zero_form(side)) is not None for side in (mine, theirs))
        if is_solvable is None and not are_plain:
            is_solvable = difference_in(theirs, NEVER, letters, domain) is not None
        if are_plain or not is_solvable:
            return Found.UNDECIDED, "the real solutions are the same, but not the equation"
    except NotDecidable:
        return None
    return Found.SAME, "the same solutions"


def _by_zeros(left: Node, right: Node, domain: Domain) -> tuple[Found, str] | None:
    from answers.comparison.find_roots import zero_of_one  # noqa: PLC0415 - imports FLINT

    where = zero_of_one(left, right, sorted(free_symbols(left) | free_symbols(right)), domain)
    if where is None:
        return None
    return Found.DIFFERENT, f"not the same equation: at {where} only one of them holds"


def _by_solutions(mine: Rel, theirs: Rel, options: Options) -> tuple[Found, str] | None:
    """Return what the solutions of one equation say of the other, where it is solved for a letter.

    A solution of one that does not solve the other shows that they differ; where each solves the
    other at all points they are the same. None: neither.
    """
    solved = [_solves(one, other, options) for one, other in ((mine, theirs), (theirs, mine))]
    if False in solved:
        return _reason(Found.DIFFERENT)
    return _reason(Found.SAME) if solved == [True, True] else None


def _by_values(mine: Rel, theirs: Rel, options: Options) -> tuple[Found, str] | None:
    """Return what the values of a letter say that both equations are solved for; None: nothing."""
    for letter, value in _solved(mine):
        for other, expected in _solved(theirs):
            if letter == other:
                found = equal(value, expected, options).found
                return None if found is Found.UNDECIDED else _reason(found)
    return None


def _solves(one: Rel, other: Rel, options: Options) -> bool | None:
    """Return whether the values of a letter that one equation gives solve the other.

    None: not known.
    """
    for letter, value in _solved(one):
        found = equal(substitute(_zero_form(other), letter, value), _ZERO, options).found
        return {Found.SAME: True, Found.DIFFERENT: False}.get(found)
    return None


def _solved(node: Rel) -> Iterator[tuple[Sym, Node]]:
    """Yield the letters that an equation is solved for, each with what it equals."""
    for letter, value in ((node.left, node.right), (node.right, node.left)):
        if isinstance(letter, Sym) and letter.name not in CONSTANTS | free_symbols(value):
            yield letter, value


def _zero_form(node: Rel) -> Node:
    return Add((node.left, Neg(node.right)))


_REASONS = {
    Found.SAME: "the same equation",
    Found.DIFFERENT: "not the same equation",
    Found.UNDECIDED: "no difference was found, but equality is not proved",
}


def _reason(found: Found) -> tuple[Found, str]:
    return found, _REASONS[found]


def relation_notations(
    expected: str, options: Options, comma: Comma = Comma.IN_NUMBERS
) -> Iterator[str]:
    """Yield a comparison with sides exchanged, all on one side, and times a number."""
    node = read_expected(expected, options, comma)
    yield latex(node)
    if not isinstance(node, Rel) or node.sign not in TURNED:
        return
    left, right = format_expression(node.left), format_expression(node.right)
    yield f"{right} {TURNED[node.sign]} {left}"
    yield f"{left} - ({right}) {node.sign} 0"
    yield f"2*({left}) {node.sign} 2*({right})"
    yield f"-({left}) {TURNED[node.sign]} -({right})"


def _others(text: str) -> Iterator[str]:
    yield f"{text} + 1"


EQUATION = Kind(
    "equation",
    Group.SYMBOLIC,
    EquationComparer.of,
    neutral="x = 0",
    written=formula_written,
    latex=formula_latex,
    notations=relation_notations,
    says="the same equation, rearranged or multiplied by a factor",
    others=_others,
)
KINDS = (EQUATION,)
