"""The steps that lines of a working may state, their values, and what slips make of them.

A leaf is one number of a step: a step that is a list has several. What is expected of a leaf
follows from the student's own earlier values, right or wrong.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, TypeAlias

from answers.second_look.rounding import Stated, is_rounding
from examgen.folder.working import RESULT
from examgen.ground.errors import DerivationError
from examgen.ground.record import record
from solvers.graph.derivation import Input, Quantity, element
from solvers.graph.simplify import children, leaves
from solvers.graph.symbolic import term_at
from solvers.graph.term import Product, Ref, Sum, Term
from solvers.graph.worked import specialize, symbol_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from answers.options import Options
    from examgen.folder.key import AnswerKey
    from solvers.graph.derivation import Mistake
    from solvers.graph.number import Exact, Value
    from solvers.graph.solution import Solution
    from solvers.graph.term import Shaped

Own: TypeAlias = "Mapping[str, Value]"
Places: TypeAlias = "dict[tuple[int, ...], Fraction]"
CLOSE = Fraction(1, 200)
_MOST_PARTS = 6
_MOST_LEAVES = 200
_DRESS = re.compile(r"\\(?:mathrm|text|operatorname|tilde|hat|bar|lVert|rVert)|[\\{}_\s|$]")
_MARKED = re.compile(r"\\(tilde|hat|bar)\s*\{?\s*([^\W\d_])\s*\}?")
_MARKS = {0x302: "hat", 0x303: "tilde", 0x304: "bar"}
_WORD = re.compile(r"[^\W\d_]{3,}")
_SMALL = frozenset("the and for all one per with number its out into gives sum total".split())


@record
class Leaf:
    """One number of a quantity, and its share of the marks; none where the quantity is no step."""

    name: str
    index: tuple[int, ...] = ()
    share: Fraction = Fraction(0)


@dataclass
class Steps:
    """The steps of an answer, with what a student has stated of them so far.

    Attributes:
        answer: its key.
        right: the values of the paper.
        options: of the answer.
        before: the student's own values from earlier answers, by quantity, where they differ.
        stated: the student's own numbers here, by quantity and place.
        formulas: how many choices of numbers for letters may still be tried.
    """

    answer: AnswerKey
    right: Solution
    options: Options
    before: Own = field(default_factory=dict)
    stated: dict[str, Places] = field(default_factory=dict)
    formulas: int = 6_000
    _slips: list[tuple[Mistake, Leaf, Fraction]] | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        """Work out what follows from values that were stated before."""
        self.carried = self._carried(self.stated)

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        """Return all numbers on the way to the answer, in the order of the calculation."""
        behind = self.right.derivation.ancestors(*self.answer.reads)
        names = (item.name for item in self.right.derivation.quantities if item.name in behind)
        return tuple(leaf for name in names for leaf in self._leaves_of(name))[:_MOST_LEAVES]

    def _leaves_of(self, name: str) -> list[Leaf]:
        places = list(_places(self.right[name]))
        share = self.answer.working.get(name, Fraction(0))
        return [Leaf(name, index, share / len(places)) for index in places]

    def leaf_of(self, name: str) -> Leaf:
        """Return the leaf of a single number, which may be given."""
        return next((leaf for leaf in self.leaves if leaf.name == name), Leaf(name))

    @property
    def result_share(self) -> Fraction:
        """Return the share of a result that is put together of several quantities."""
        return (
            self.answer.working.get(RESULT, Fraction(0))
            if len(self.answer.reads) > 1
            else 0 * CLOSE
        )

    def is_final(self, leaf: Leaf) -> bool:
        """Return whether a leaf is the answer or a part of it."""
        return leaf.name in self.answer.reads

    # -- values --------------------------------------------------------------------------------

    def expected_value(self, leaf: Leaf, among: Solution | None = None) -> Exact:
        """Return the value of a leaf: as it follows from the own ones, or in another solution."""
        return element((among or self.carried)[leaf.name], leaf.index)

    def agrees(
        self, leaf: Leaf, number: Fraction, text: str, among: Solution | None = None
    ) -> bool:
        """Return whether a number is the value of a leaf, exactly or rounded as numbers may be."""
        value = self.expected_value(leaf, among)
        exact = Fraction(value)
        if number == exact or abs(number - exact) <= self._slack(leaf, exact):
            return True
        is_whole = isinstance(value, Fraction) and value.denominator == 1
        if is_whole and self.options.is_rounded:
            return is_rounding(exact, Stated(text, (number,)))
        return not is_whole and not self.is_final(leaf) and self._is_close(exact, number, text)

    def is_almost(self, leaf: Leaf, number: Fraction, text: str) -> bool:
        """Return whether a number is a result that was rounded too far to be accepted."""
        exact = Fraction(self.expected_value(leaf, self.without(leaf)))
        return (
            self.is_final(leaf)
            and exact.denominator > 1
            and self._is_close(exact, number, text)
            and not any(abs(v - number) < abs(exact - number) for v in self._mistaken_values(leaf))
        )

    def _mistaken_values(self, leaf: Leaf) -> Iterator[Fraction]:
        return (value for _, one, value in self.mistaken() if one == leaf)

    def _is_close(self, exact: Fraction, number: Fraction, text: str) -> bool:
        is_near = abs(number - exact) <= CLOSE * abs(exact)
        return is_near or self.is_rounded(exact, number, text)

    def is_rounded(self, exact: Fraction, number: Fraction, text: str) -> bool:
        """Return whether a number is one with more digits, rounded."""
        return exact.denominator > 1 and is_rounding(exact, Stated(text, (number,)))

    def is_near(self, leaf: Leaf, one: Fraction, other: Fraction) -> bool:
        """Return whether two numbers are the same within the tolerance of a leaf."""
        return abs(one - other) <= max(
            self._slack(leaf, one), CLOSE * abs(one) * (one.denominator > 1)
        )

    def _slack(self, leaf: Leaf, value: Fraction) -> Fraction:
        rel, absolute = self.options.rel or 0, self.options.abs or 0
        if not self.is_final(leaf):
            return Fraction(0)
        if self.options.abs_unit:
            absolute = 0
        return rel * abs(value) + Fraction(absolute)

    def state(self, leaf: Leaf, number: Fraction) -> bool:
        """Go on from a student's own number; return whether anything follows from it."""
        places = {**self.stated.get(leaf.name, {}), leaf.index: number}
        return self._replace({**self.stated, leaf.name: places})

    def take_back(self, leaf: Leaf) -> None:
        """Forget a student's own number."""
        self._replace(self._others(leaf))

    def without(self, leaf: Leaf) -> Solution:
        """Return the values that follow without the student's own number for a leaf."""
        is_own = leaf.index in self.stated.get(leaf.name, {})
        return self._carried(self._others(leaf)) if is_own else self.carried

    def trial(self, leaf: Leaf, number: Fraction) -> Steps | None:
        """Return the steps as they were if a number is the student's value of a leaf."""
        other = replace(self, stated=dict(self.stated), _slips=None)
        other.__dict__["leaves"] = self.leaves
        return other if other.state(leaf, number) else None

    def _others(self, leaf: Leaf) -> dict[str, Places]:
        own = {at: n for at, n in self.stated.get(leaf.name, {}).items() if at != leaf.index}
        rest = {name: places for name, places in self.stated.items() if name != leaf.name}
        return {**rest, leaf.name: own} if own else rest

    def _replace(self, stated: dict[str, Places]) -> bool:
        try:
            self.carried = self._carried(stated)
        except (DerivationError, ArithmeticError):
            return False
        self.stated, self._slips = stated, None
        return True

    def _carried(self, stated: Mapping[str, Places]) -> Solution:
        """Return the values that follow from own numbers; a list goes on from its own elements."""
        own = dict(self.before)
        solution = self.right.carry_forward(own) if own else self.right
        for name in self.right.derivation.nodes:
            if name in stated:
                own[name] = _with_places(solution, name, stated[name])
                solution = self.right.carry_forward(own)
        return solution

    # -- slips ---------------------------------------------------------------------------------

    def mistaken(self) -> list[tuple[Mistake, Leaf, Fraction]]:
        """Return what each mistake makes of the leaves at which it is made."""
        if self._slips is None:
            self._slips = list(self._mistaken())
        return self._slips

    def _mistaken(self) -> Iterator[tuple[Mistake, Leaf, Fraction]]:
        for mistake in self.right.derivation.mistakes.values():
            try:
                wrong = self.carried.mistaken(mistake)
            except (DerivationError, ArithmeticError):
                continue
            for leaf in self._struck_by(mistake):
                value = self._value_in(wrong, leaf)
                if value is not None and value != Fraction(self.expected_value(leaf)):
                    yield mistake, leaf, value

    def _struck_by(self, mistake: Mistake) -> Iterator[Leaf]:
        """Yield the leaves whose own formula, or an input of it, the mistake replaces."""
        nodes = self.right.derivation.nodes
        inputs = {name for name in mistake.replaced if isinstance(nodes[name], Input)}
        for leaf in self.leaves:
            needs = set(self.right.derivation.needs(leaf.name))
            if leaf.name in mistake.replaced or inputs & needs:
                yield leaf

    def _value_in(self, solution: Solution, leaf: Leaf) -> Fraction | None:
        try:
            return Fraction(self.expected_value(leaf, solution))
        except (DerivationError, LookupError):
            return None

    # -- what belongs to what ------------------------------------------------------------------

    def is_behind(self, leaf: Leaf, other: Leaf) -> bool:
        """Return whether a leaf is needed to calculate another."""
        if leaf.name == other.name:
            return False
        return leaf.name in self.right.derivation.ancestors(other.name)

    def twins(self, leaf: Leaf) -> Iterator[Leaf]:
        """Yield other steps of the same value and kind: width beside height."""
        value = self.right[leaf.name]
        for other in self.leaves:
            is_apart = not self.is_behind(leaf, other) and not self.is_behind(other, leaf)
            is_alike = self.right[other.name] == value and other.index == leaf.index
            if other.name != leaf.name and other.share and is_apart and is_alike:
                yield other

    def behind(self, name: str) -> frozenset[str]:
        """Return what a quantity is calculated from, itself included."""
        return self.right.derivation.ancestors(name)

    def parts(self) -> Iterator[tuple[Fraction, set[str]]]:
        """Yield the values of parts of the formulas, and what each is calculated from."""
        for leaf in self.leaves:
            yield from self._parts_of(self._term(leaf))

    def _term(self, leaf: Leaf) -> Term:
        shaped = specialize(self.carried, leaf.name)
        return term_at(shaped, Ref(leaf.name, leaf.index))

    def _parts_of(self, term: Term) -> Iterator[tuple[Fraction, set[str]]]:
        inner = children(term)
        for part in inner:
            yield from self._parts_of(part)
        texts = [term]
        if isinstance(term, Sum | Product) and len(inner) <= _MOST_PARTS:
            kind = type(term)
            sizes = range(2, len(inner))
            texts += [kind(chosen) for size in sizes for chosen in combinations(inner, size)]
        for each in texts:
            try:
                value = each.evaluate(lambda ref: element(self.carried[ref.name], ref.index))
            except (DerivationError, ArithmeticError, LookupError):
                continue
            yield Fraction(value), {ref.name for ref in leaves(each) if isinstance(ref, Ref)}

    def given_numbers(self) -> set[Fraction]:
        """Return the numbers that the paper gives."""
        derivation = self.right.derivation
        return {n for item in derivation.inputs for n in _numbers(self.right[item.name])}

    # -- names ---------------------------------------------------------------------------------

    @cached_property
    def letters(self) -> dict[Leaf, tuple[str, frozenset[str]]]:
        """Return the symbol of each leaf, and its symbol and name without their dress."""
        found: dict[Leaf, tuple[str, frozenset[str]]] = {}
        for leaf in self.leaves:
            symbol = symbol_at(self.right, leaf.name, leaf.index)
            names = [symbol] if leaf.index else [symbol, leaf.name]
            found[leaf] = marked_name(symbol), frozenset(map(bare_name, names))
        return found

    def by_symbol(self, text: str) -> list[Leaf]:
        """Return the leaves whose symbol or name a text is; of one with a hat, only those."""
        marked, bare = marked_name(text), bare_name(text)
        exact = [leaf for leaf, (symbol, _) in self.letters.items() if symbol == marked]
        alike = [leaf for leaf, (_, names) in self.letters.items() if bare in names]
        return exact if exact and marked != bare else [*dict.fromkeys((*exact, *alike))]

    def find_leaves(self, text: str) -> list[Leaf]:
        """Return the leaves that a label names: by their symbol, or by all of its words."""
        exact = self.by_symbol(text)
        if exact:
            return exact
        words = {word.casefold() for word in _WORD.findall(text)} - _SMALL
        return [leaf for leaf in self.leaves if words and words <= self._words(leaf)]

    def _words(self, leaf: Leaf) -> set[str]:
        node = self.right.derivation.nodes[leaf.name]
        words = _WORD.findall(f"{node.says} {leaf.name.replace('_', ' ')}")
        return {word.casefold() for word in words}


def bare_name(text: str) -> str:
    r"""Return a symbol without its dress.

    >>> bare_name(r"H_{\mathrm{out}}"), bare_name("H_out"), bare_name(r"\hat{x}_{1}")
    ('Hout', 'Hout', 'x1')
    """
    return _DRESS.sub("", text)


def marked_name(text: str) -> str:
    r"""Return a symbol without its dress, with the words of the marks on its letters.

    >>> marked_name(r"\hat{m}_1"), marked_name("m\u0302_1"), marked_name("m_1")
    ('mhat1', 'mhat1', 'm1')
    """
    spelled = _MARKED.sub(r"\2\1", unicodedata.normalize("NFD", text))
    return bare_name(spelled.translate(_MARKS))


def _places(value: Value, index: tuple[int, ...] = ()) -> Iterator[tuple[int, ...]]:
    if not isinstance(value, tuple):
        yield index
        return
    for place, item in enumerate(value):
        yield from _places(item, (*index, place))


def _numbers(value: Value) -> Iterator[Fraction]:
    if isinstance(value, tuple):
        for item in value:
            yield from _numbers(item)
    else:
        yield Fraction(value)


def _with_places(solution: Solution, name: str, places: Places) -> Value:
    """Return a quantity with other numbers at some places, its later elements from its own ones."""
    node = solution.derivation.nodes[name]
    if not isinstance(node, Quantity):
        return solution[name]
    built: dict[tuple[int, ...], Exact] = {}

    def lookup(ref: Ref) -> Exact:
        if ref.name == name and ref.index in built:
            return built[ref.index]
        return element(solution[ref.name], ref.index)

    def value(part: Shaped, index: tuple[int, ...]) -> Value:
        if not isinstance(part, Term):
            return tuple(value(item, (*index, at)) for at, item in enumerate(part))
        built[index] = places[index] if index in places else part.evaluate(lookup)
        return built[index]

    return value(solution.derivation.trace(node.function, solution.values), ())
