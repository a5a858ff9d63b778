"""Inequalities and other conditions on letters, by their truth set."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from functools import partial
from itertools import chain, islice, product
from typing import TYPE_CHECKING

from answers.algebra.polynomial import polynomial
from answers.comparison.equality import seed_of
from answers.comparison.proportional import (
    same_poles,
    same_polynomials,
    same_signs,
    same_up_to_factor,
)
from answers.comparison.reading import (
    ground_of_difference,
    read_answer,
    read_expected,
    values_as_letters,
)
from answers.evaluation.cost import Cost
from answers.evaluation.precision import BITS, Undefined
from answers.evaluation.sample_points import Domain, points
from answers.kinds.base import Facts, Group, Kind
from answers.kinds.collections.intervals import close_sets
from answers.kinds.collections.sets import bare_set
from answers.kinds.equations import relation_notations
from answers.kinds.written import formula_latex, formula_written
from answers.real_sets.cylindrical_decomposition import difference_in
from answers.real_sets.rewrite import comparisons
from answers.real_sets.solution_set import difference, truth_set
from answers.real_sets.square_roots import TURNED
from answers.syntax.errors import NotDecidable, Unreadable, UnreadableKey
from answers.syntax.nodes import (
    REALS,
    Add,
    Builder,
    Logic,
    Neg,
    Node,
    Num,
    Rel,
    Seq,
    Sets,
    Sym,
    display_name,
    free_symbols,
    has,
    walk,
)
from answers.syntax.printer import format_expression
from answers.syntax.tokenizer import Comma
from answers.verdict import Judgement, correct, undecided, wrong
from examgen.ground.record import record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from answers.evaluation.sample_points import Point
    from answers.options import Options

_BRACKET = re.compile(r"[()\[\]{}]")
_POINTS, _FIRST_POINTS = 60, 6
_LARGE = 10**9
_STEPS = tuple(map(Fraction, ("-1/2", "-1/64", "1/64", "1/2")))
_CONDITIONS = (Rel, Logic, Sets, Seq, Builder)


@record
class InequalityComparer:
    """Compares conditions on one or more letters."""

    expected: Node
    letter: str
    options: Options

    @classmethod
    def of(cls, expected: str, options: Options) -> InequalityComparer:
        """Read the expected condition."""
        node = values_as_letters(_joined(read_expected(expected, options, _comma(expected))))
        if not has(node, *_CONDITIONS):
            raise UnreadableKey(f"{expected!r} is not an inequality")
        letter = min(free_symbols(node), default="x")
        return cls(comparisons(node, letter), letter, options)

    @property
    def facts(self) -> Facts:
        """Return the letters of the expected condition."""
        return Facts(free_symbols(self.expected))

    def judge(self, answer: str) -> Judgement:
        """Judge a condition."""
        node = _joined(read_answer(answer, self.expected, self.options, _comma(answer)))
        read_as, node = format_expression(node), values_as_letters(node)
        if node == Sym("R") and "R" not in free_symbols(self.expected):
            node = REALS
        if not has(node, *_CONDITIONS):
            ground = ground_of_difference(node, self.expected, self.options)
            return wrong(read_as, "an inequality such as x < 3 is expected", ground=ground)
        node = comparisons(node, self.letter)
        if node == self.expected:
            return correct(read_as, "the same comparison")
        mine, known = free_symbols(node), free_symbols(self.expected)
        new = mine - known - {*self.options.variables}
        if len(new) > 2:
            raise Unreadable(answer, 0, f"the letters {', '.join(sorted(new))} are not known here")
        letters = sorted(mine | known)
        found = self._by_truth_set(node, letters[0], read_as) if len(letters) == 1 else None
        found = found or self._in_letters(node, letters, read_as)
        if found.verdict == "wrong" and new:
            return replace(found, ground=ground_of_difference(node, self.expected, self.options))
        return found

    def _in_letters(self, node: Node, letters: list[str], read_as: str) -> Judgement:
        """Compare by what is quick, then by what is sure, then by what may still refute."""
        unproved = undecided(read_as, "no difference was found, but equality is not proved")
        if len(letters) == 1 and not _has_truth(node):
            return unproved
        seed = seed_of(self.expected, node)
        affordable = Cost.of(node, self.expected).affordable(BITS[0])
        tried: Iterator[Point] = points(letters, self.options.domain, seed, _POINTS)
        if len(letters) == 1:
            tried = chain(tried, self._near_numbers(node, letters[0]))
        tried = islice(tried, affordable)
        is_tried = len(letters) == 1 and not self.options.has_tolerance  # by its truth set
        return (
            self._by_points(node, islice(tried, _FIRST_POINTS), read_as)
            or self._by_structure(node, read_as)
            or (None if is_tried else self._by_lines(node, letters, read_as))
            or self._by_points(node, tried, read_as)
            or unproved
        )

    def _near_numbers(self, node: Node, letter: str) -> Iterator[Point]:
        """Yield points on both sides of the numbers in the conditions, where truth may change."""
        nodes = chain(walk(node), walk(self.expected))
        values = (part.value for part in nodes if isinstance(part, Num))
        numbers = {value for value in values if abs(value) < _LARGE}
        for number, step in product(sorted(numbers), _STEPS):
            if number + step > 0 or self.options.domain is not Domain.POSITIVE:
                yield {letter: (number + step, Fraction(0))}

    def _by_truth_set(self, node: Node, letter: str, read_as: str) -> Judgement | None:
        """Decide exactly; None where the conditions are none on polynomials and the like."""
        domain = self.options.domain
        try:
            where = difference(node, self.expected, letter, domain)
            if where is None:
                return correct(read_as, "true for the same values")
            if self.options.has_tolerance:
                mine, theirs = (truth_set(s, letter, domain) for s in (node, self.expected))
                if close_sets(mine, theirs, self.options):
                    return correct(read_as, "true for the same values, within the tolerance")
        except NotDecidable:
            return None
        return wrong(read_as, f"at {where}")

    def _by_structure(self, node: Node, read_as: str) -> Judgement | None:
        """Return the same comparisons, each perhaps rearranged; None where they are not."""
        mine, theirs = _parts(node), _parts(self.expected)
        if mine is None or theirs is None or mine[0] != theirs[0]:
            return None
        if len(mine[1]) == len(theirs[1]) == 1 and _differ_in_end(mine[1][0], theirs[1][0]):
            return wrong(read_as, "an end should be included, or left out: check < and ≤, ( and [")
        word, left = mine
        right = list(theirs[1])
        for part in left:
            match = next((other for other in right if _same_atom(part, other, self.options)), None)
            if match is None:
                return None
            right.remove(match)
        if right:
            return None
        return correct(
            read_as,
            f"the same comparisons, joined by {word}" if len(left) > 1 else "the same comparison",
        )

    def _by_points(self, node: Node, tried: Iterable[Point], read_as: str) -> Judgement | None:
        from answers.real_sets.truth import truths_at  # noqa: PLC0415 - imports FLINT

        for point in tried:
            try:
                mine, theirs = truths_at(node, self.expected, point)
            except Undefined:
                continue
            if mine != theirs:
                place = ", ".join(
                    f"{display_name(name)}={float(value[0]):.4g}" for name, value in point.items()
                )
                return wrong(read_as, f"at {place}: yours is {mine}, expected {theirs}".lower())
        return None

    def _by_lines(self, node: Node, letters: list[str], read_as: str) -> Judgement | None:
        try:
            where = difference_in(node, self.expected, letters, self.options.domain)
        except NotDecidable:
            return None
        if where is None:
            return correct(read_as, "true for the same values")
        return wrong(read_as, f"at {where}")


def _comma(text: str) -> Comma:
    """Return how commas are read: as decimal ones where no bracket could hold two numbers."""
    return Comma.BETWEEN if _BRACKET.search(text) else Comma.DECIMAL


def _joined(node: Node) -> Node:
    """Join comparisons with commas between them by `and`."""
    if (
        isinstance(node, Seq)
        and not node.open
        and all(isinstance(i, Rel | Logic) for i in node.items)
    ):
        return Logic("and", node.items)
    return node


def _has_truth(node: Node) -> bool:
    """Return whether a condition has a comparison of numbers in it."""
    match node:
        case Logic(_, parts):
            return not parts or any(map(_has_truth, parts))
        case Rel(sign):
            return sign in TURNED
        case _:
            return False


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
    if mine.sign == TURNED[theirs.sign] and mine.sign != theirs.sign:
        left, mine = Neg(left), theirs
    if mine.sign != theirs.sign:
        return False
    positive = mine.sign not in {"=", "!="}
    one, other = polynomial(left), polynomial(right)
    if one and other and same_polynomials(one, other, positive=positive):
        return True
    if same_signs(left, right, options.domain):
        return True
    if one and other:
        return False
    same = same_up_to_factor(left, right, options.domain, positive=positive)
    return same and same_poles(left, right, options.domain)


def _zero_form(node: Rel) -> Node:
    return Add((node.left, Neg(node.right)))


def _differ_in_end(mine: Rel, theirs: Rel) -> bool:
    """Return whether one is the other but for `<` in place of `<=`."""
    if len(mine.sign) == len(theirs.sign) or not {mine.sign[0], theirs.sign[0]} <= {"<", ">"}:
        return False
    left, right = _zero_form(mine), _zero_form(theirs)
    turned = left if mine.sign[0] == theirs.sign[0] else Neg(left)
    return bool(free_symbols(left)) and same_up_to_factor(turned, right, Domain.REAL, positive=True)


INEQUALITY = Kind(
    "inequality",
    Group.SYMBOLIC,
    InequalityComparer.of,
    neutral="x < 0",
    written=partial(formula_written, comma=Comma.BETWEEN),
    latex=formula_latex,
    notations=partial(relation_notations, comma=Comma.BETWEEN),
    says="any inequality that is true for the same values",
    bare=bare_set,
    comma=Comma.BETWEEN,
)
KINDS = (INEQUALITY,)
