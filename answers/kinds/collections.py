"""Shapes, lists, sets, intervals and matrices: several values with an order or without."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from answers.comparison.equality import equal, safe_exact
from answers.comparison.numeric import Found
from answers.evaluation.evaluate import real_value
from answers.kinds.base import Facts, ground_of_difference, read_answer, read_expected, unlabelled
from answers.kinds.collection_syntax import list_text, matrix_text
from answers.numbers.significant_figures import form_fault, rounding_said
from answers.options import Options
from answers.real_sets.rewrite import with_sign
from answers.real_sets.solution_set import difference
from answers.syntax.errors import NotDecidable, Unreadable, UnreadableKey
from answers.syntax.nodes import (
    Builder,
    Call,
    Div,
    Logic,
    Mul,
    Neg,
    Node,
    Num,
    Rel,
    Seq,
    Sets,
    Sym,
    has,
    is_infinite,
    symbols,
    walk,
)
from answers.syntax.printer import shown
from answers.verdict import Judgement, Values, correct, undecided, wrong
from examgen.ground.record import record
from examgen.ground.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_WHOLE = re.compile(r"[0-9]+")
_PLAIN = re.compile(
    r"\s*(?:[0-9]{1,15}(?:\s*[x×]\s*[0-9]{1,15})+|\([0-9]{1,15}(?:,\s*[0-9]{1,15})+\))\s*"
)
_HALF_OPEN = frozenset({("[", ")"), ("(", "]"), ("]", "["), ("]", "]"), ("[", "[")})
_PLUS_MINUS = re.compile(r"(?<![^\s,;={(])\+\s?-(?=[\w\\(])|\\pm(?![a-z])")
_MINUS_PLUS = re.compile(r"∓|\\mp(?![a-z])")


def _plain(text: str) -> Seq | None:
    """A shape written in the plainest way, which needs no grammar: 112x112x64 or (112, 112, 64).

    >>> shown(_plain("112 x 64")), _plain("1,024x10")
    ('112, 64', None)
    """
    if not _PLAIN.fullmatch(text):
        return None
    numbers = _WHOLE.findall(text)
    return Seq("", tuple(Num(Fraction(int(digits)), digits) for digits in numbers), "")


def items_of(node: Node) -> tuple[Node, ...]:
    """The elements of a reading; one element where there are no commas."""
    match node:
        case Seq("", (Seq(opening, items, _),), "") if opening:
            return items
        case Seq(_, items, _):
            return items
        case _:
            return (node,)


def value_of(node: Node) -> Fraction | None:
    """The number that an element states, if it is one."""
    exact = safe_exact(node)
    return exact if exact is not None else real_value(node)


def values_of(items: Sequence[Node]) -> Values:
    """The numbers that elements state; None where one of them is none."""
    found = []
    for item in items:
        value = None if has(item, Seq, Rel, Logic, Sets) else value_of(item)
        if value is None:
            return None
        found.append(value)
    return tuple(found)


def _refuse_letters(items: Sequence[Node], expected: Sequence[Node], answer: str) -> None:
    strange = {letter for item in items for letter in symbols(item)}
    if strange and not any(map(symbols, expected)):
        raise Unreadable(answer, 0, f"numbers are expected; {', '.join(sorted(strange))} is none")


@record
class ListComparer:
    """Compares elements in order: lists and shapes."""

    items: tuple[Node, ...]
    whole: Node
    options: Options
    shape: bool

    @classmethod
    def of(cls, expected: str, options: Options, *, shape: bool = False) -> ListComparer:
        """Reads the expected elements."""
        plain = _plain(expected) if shape else None
        if plain is not None:
            return cls(plain.items, plain, options, shape)
        text, comma = list_text(expected, shape=shape)
        node = read_expected(text, options, comma)
        return cls(items_of(node), node, options, shape)

    @property
    def facts(self) -> Facts:
        """Return the letters of the expected elements, and how many they are."""
        return Facts(symbols(self.whole), len(self.items))

    def judge(self, answer: str) -> Judgement:
        """Judges a list or a shape."""
        items = self._items(answer)
        values = values_of(items)
        if self.shape and values is None:
            raise Unreadable(answer, 0, "a shape is a list of numbers")
        _refuse_letters(items, self.items, answer)
        read_as = self._shown(items)
        if len(items) != len(self.items):
            return wrong(
                read_as, f"{counted(len(items), 'element')} instead of {len(self.items)}", values
            )
        return self._elements(items, read_as, values)

    def _items(self, answer: str) -> tuple[Node, ...]:
        plain = _plain(answer) if self.shape else None
        if plain is not None:
            return plain.items
        text, comma = list_text(answer, shape=self.shape)
        node = read_answer(text, self.whole, self.options, comma)
        _refuse_mixed(node, answer)
        if isinstance(node, Rel) and node.sign == "=" and isinstance(node.left, Sym):
            node = node.right
        node = spread(unlabelled(node))
        if has(node, Rel, Logic, Sets):
            raise Unreadable(answer, 0, "a list is expected")
        items = _vector(items_of(node)) if "\\begin" in text else items_of(node)
        if len(items) == 1 and not isinstance(items[0], Seq) and has(items[0], Seq):
            raise Unreadable(answer, 0, "write out the elements of the list")
        return items

    def _elements(self, items: tuple[Node, ...], read_as: str, values: Values) -> Judgement:
        unsure = False
        for place, (mine, theirs) in enumerate(zip(items, self.items, strict=True), 1):
            found = same_element(mine, theirs, self.options)
            if found is Found.DIFFERENT:
                said = rounding_said(mine, _value_of(theirs), self.options)
                why = said or f"element {place}, {shown(mine)}, is not the expected one"
                ground = ground_of_difference(Seq("", items, ""), self.whole, self.options)
                return wrong(read_as, why, values, ground)
            unsure |= found is Found.UNDECIDED
        if unsure:
            return undecided(read_as, "an element cannot be compared")
        return correct(read_as, "every element is the expected one", values)

    def _shown(self, items: tuple[Node, ...]) -> str:
        texts = [shown(item) for item in items]
        return "x".join(texts) if self.shape else "(" + ", ".join(texts) + ")"


def spread(node: Node) -> Node:
    """Return a row of numbers that is multiplied or divided as a whole, element by element.

    >>> from answers.syntax.parser import read
    >>> from answers.syntax.tokenizer import Comma
    >>> shown(spread(read("(6, -6)/4", comma=Comma.BETWEEN)))
    '(6/4, (-6)/4)'
    """
    match node:
        case Seq("", (inner,), "") if not isinstance(inner, Seq):
            return spread(inner) if has(inner, Seq) else node
        case Neg(of) if has(of, Seq) and isinstance(row := spread(of), Seq):
            return Seq(row.open, tuple(map(Neg, row.items)), row.close)
        case Div(above, below) if has(above, Seq) and not has(below, Seq):
            row = spread(above)
            if isinstance(row, Seq):
                return Seq(row.open, tuple(Div(item, below) for item in row.items), row.close)
        case Mul(factors) if sum(has(factor, Seq) for factor in factors) == 1:
            row = next(spread(factor) for factor in factors if has(factor, Seq))
            others = tuple(factor for factor in factors if not has(factor, Seq))
            if isinstance(row, Seq):
                return Seq(row.open, tuple(Mul((*others, i)) for i in row.items), row.close)
    return node


def _vector(rows: tuple[Node, ...]) -> tuple[Node, ...]:
    """The elements of a matrix with one row or one column."""
    if len(rows) == 1 and isinstance(rows[0], Seq):
        return rows[0].items
    if all(isinstance(row, Seq) and len(row.items) == 1 for row in rows):
        return tuple(row.items[0] for row in rows if isinstance(row, Seq))
    return rows


def _refuse_mixed(node: Node, answer: str) -> None:
    """Brackets of an interval have no meaning in a list."""
    if any(isinstance(part, Seq) and (part.open, part.close) in _HALF_OPEN for part in walk(node)):
        raise Unreadable(answer, 0, "the brackets do not match")


def _value_of(node: Node) -> Fraction | None:
    exact = safe_exact(node)
    return real_value(node) if exact is None and not symbols(node) else exact


def same_element(mine: Node, theirs: Node, options: Options) -> Found:
    """Compares two elements, which may be lists themselves."""
    if isinstance(mine, Seq) or isinstance(theirs, Seq):
        left, right = items_of(mine), items_of(theirs)
        if isinstance(mine, Seq) != isinstance(theirs, Seq) or len(left) != len(right):
            return Found.DIFFERENT
        return _all([same_element(a, b, options) for a, b in zip(left, right, strict=True)])
    if is_infinite(mine) or is_infinite(theirs):
        return Found.SAME if mine == theirs else Found.DIFFERENT
    if isinstance(mine, Rel | Logic | Sets) or isinstance(theirs, Rel | Logic | Sets):
        return Found.SAME if mine == theirs else Found.DIFFERENT
    if form_fault(mine, options) is not None:
        return Found.DIFFERENT
    return equal(mine, theirs, options).found


@record
class SetComparer:
    """Compares elements without order and repeats."""

    items: tuple[Node, ...]
    whole: Node
    options: Options

    @classmethod
    def of(cls, expected: str, options: Options) -> SetComparer:
        """Reads the expected elements."""
        text, comma = list_text(_signed(expected), is_set=True)
        node = read_expected(text, options, comma)
        if has(node, Builder):
            raise UnreadableKey(f"{expected!r} is not a set of elements: write out which they are")
        return cls(_members(node), node, options)

    @property
    def facts(self) -> Facts:
        """Return the letters of the expected elements, and how many they are."""
        return Facts(symbols(self.whole), len(self.items))

    def judge(self, answer: str) -> Judgement:
        """Judges a set."""
        text, comma = list_text(_signed(answer), is_set=True)
        node = read_answer(text, self.whole, self.options, comma)
        if isinstance(node, Seq) and {node.open, node.close} & {"(", ")"} and len(node.items) == 2:
            self._refuse_interval(node, answer)
        if isinstance(node, Builder | Sets) and has(node, Builder):
            return self._by_truth_set(node)
        items = (node,) if self._is_point(node) else _members(node)
        if any(has(item, Rel, Logic, Sets) for item in items):
            raise Unreadable(answer, 0, "a set is expected")
        _refuse_letters(items, self.items, answer)
        read_as = "{" + ", ".join(map(shown, items)) + "}"
        values = values_of(items)
        met = []
        for extra in items:
            found, twin = self._twin(extra)
            if found is Found.UNDECIDED:
                return undecided(read_as, f"{shown(extra)} cannot be compared")
            if found is Found.DIFFERENT:
                ground = ground_of_difference(extra, self.whole, self.options)
                why = f"{shown(extra)} does not belong to the set"
                return wrong(read_as, why, values, ground)
            met.append(twin)
        for missing in self.items:
            if missing in met:
                continue
            found = _any(_same_member(mine, missing, self.options) for mine in items)
            if found is not Found.SAME:
                return wrong(read_as, "an element is missing", values)
        return correct(read_as, "the same elements", values)

    def _twin(self, item: Node) -> tuple[Found, Node]:
        """Whether an element is expected, and as which one; what is written alike comes first."""
        best = Found.DIFFERENT
        for theirs in sorted(self.items, key=lambda other: other != item):
            found = _same_member(item, theirs, self.options)
            if found is Found.SAME:
                return found, theirs
            if found is Found.UNDECIDED:
                best = found
        return best, item

    def _by_truth_set(self, node: Node) -> Judgement:
        """A set that is given by a condition: right only where the elements can be read off it."""
        try:
            where = difference(node, Seq("{", self.items, "}"), "x", self.options.domain)
        except NotDecidable:
            return undecided(shown(node), "it is not known for which numbers the condition holds")
        if where is not None:
            return wrong(shown(node), f"at {where}")
        if all(map(_names_an_element, walk(node))):
            return correct(shown(node), "the same elements")
        return undecided(shown(node), "the same elements, but they are not written out")

    def _is_point(self, node: Node) -> bool:
        """Whether (3, 2) is one element, where points are expected."""
        are_points = bool(self.items) and all(isinstance(item, Seq) for item in self.items)
        is_flat = isinstance(node, Seq) and not any(isinstance(item, Seq) for item in node.items)
        return are_points and is_flat and isinstance(node, Seq) and node.open == "("

    @staticmethod
    def _refuse_interval(node: Seq, answer: str) -> None:
        if node.open != node.close and (node.open, node.close) not in {("(", ")"), ("[", "]")}:
            raise Unreadable(answer, 0, "a set is expected, not an interval")


def _names_an_element(node: Node) -> bool:
    """Whether a comparison says what a letter is; true of whatever is no comparison."""
    if not isinstance(node, Rel):
        return True
    return node.sign in {"=", "in"} and isinstance(node.left, Sym) and not symbols(node.right)


def _all(found: Sequence[Found]) -> Found:
    """Whether every comparison finds the same."""
    return next((f for f in (Found.DIFFERENT, Found.UNDECIDED) if f in found), Found.SAME)


def _any(found: Iterable[Found]) -> Found:
    """Whether one of several comparisons finds the same; those behind it are not made."""
    best = Found.DIFFERENT
    for one in found:
        if one is Found.SAME:
            return one
        if one is Found.UNDECIDED:
            best = one
    return best


def _same_member(mine: Node, theirs: Node, options: Options) -> Found:
    """Compares two elements of sets; a set among them has no order, a point has one."""
    if (
        not isinstance(mine, Seq)
        or not isinstance(theirs, Seq)
        or "{" not in mine.open + theirs.open
    ):
        return same_element(mine, theirs, options)
    if mine.open != theirs.open:
        return Found.DIFFERENT
    kept = (_any(_same_member(m, t, options) for t in theirs.items) for m in mine.items)
    found = (_any(_same_member(m, t, options) for m in mine.items) for t in theirs.items)
    return _all([*kept, *found])


def _signed(text: str) -> str:
    """A set in the signs of the grammar: `∓3`, one solution on each line, a typed empty set."""
    text = _PLUS_MINUS.sub("±", text.strip())
    text = text if "±" in text else _MINUS_PLUS.sub("±", text)
    return "{}" if text == "Ø" else re.sub(r"\s*\n\s*", ", ", text)


def _members(node: Node) -> tuple[Node, ...]:
    """The elements of a set; unions are joined, `x = 1 or x = 2` and `±2` are written out."""
    match node:
        case Sets("∩" | "∖" as sign, (Seq("{"), *_) as parts):
            first, *others = map(_members, parts)
            return tuple(item for item in first if _remains(sign, item, others))
        case Sets("∪", parts) | Logic("or" | "and", parts):
            return tuple(item for part in parts for item in _members(part))
        case Rel("=" | "in", Sym(), right) | Rel("=", right, Sym()):
            return _members(right)
        case Seq(opening, items, _):
            nested = (
                _members(i) if not opening and not isinstance(i, Seq) else _signs(i) for i in items
            )
            return tuple(member for members in nested for member in members)
        case _:
            return _signs(node)


def _remains(sign: str, item: Node, others: list[tuple[Node, ...]]) -> bool:
    """Whether an element is left by an intersection, or where the other sets are taken away."""
    found = [_any(_same_member(item, one, Options()) for one in other) for other in others]
    if Found.UNDECIDED in found:
        raise Unreadable("", 0, f"it cannot be told whether {shown(item)} is left")
    return (Found.DIFFERENT not in found) if sign == "∩" else (Found.SAME not in found)


def _signs(node: Node) -> tuple[Node, ...]:
    """`1 ± 2` as its two values."""
    match node:
        case Rel("=", Sym(), right):
            return _signs(right)
        case _ if has(node, Call) and not has(node, Seq):
            values = tuple(with_sign(node, sign) for sign in (lambda of: of, Neg))
            return values if values[0] != values[1] else (node,)
        case _:
            return (node,)


@record
class MatrixComparer:
    """Compares matrices element by element."""

    rows: tuple[tuple[Node, ...], ...]
    whole: Node
    options: Options

    @classmethod
    def of(cls, expected: str, options: Options) -> MatrixComparer:
        """Reads the expected matrix."""
        text, comma, turned = matrix_text(expected)
        node = read_expected(text, options, comma)
        rows = _rows(node, turned=turned)
        if rows is None:
            raise UnreadableKey(f"{expected!r} is not a matrix")
        return cls(rows, node, options)

    @property
    def facts(self) -> Facts:
        """Return the letters of the expected elements."""
        return Facts(symbols(self.whole), sum(map(len, self.rows)))

    def judge(self, answer: str) -> Judgement:
        """Judges a matrix."""
        text, comma, turned = matrix_text(answer)
        node = read_answer(text, self.whole, self.options, comma)
        _refuse_mixed(node, answer)
        rows = _rows(node, turned=turned)
        if rows is None:
            raise Unreadable(answer, 0, "a matrix such as [[1, 2], [3, 4]] is expected")
        read_as = "[" + ", ".join("[" + ", ".join(map(shown, row)) + "]" for row in rows) + "]"
        if [len(row) for row in rows] != [len(row) for row in self.rows]:
            return wrong(read_as, "the matrix has another size")
        values = values_of([item for row in rows for item in row])
        for i, (mine, theirs) in enumerate(zip(rows, self.rows, strict=True), 1):
            for j, (a, b) in enumerate(zip(mine, theirs, strict=True), 1):
                found = same_element(a, b, self.options)
                if found is Found.UNDECIDED:
                    return undecided(
                        read_as, f"the element in row {i}, column {j} cannot be compared"
                    )
                if found is Found.DIFFERENT:
                    why = f"row {i}, column {j} is not the expected element"
                    ground = ground_of_difference(a, self.whole, self.options)
                    return wrong(read_as, why, values, ground)
        return correct(read_as, "every element is the expected one", values)


def _rows(node: Node, *, turned: bool) -> tuple[tuple[Node, ...], ...] | None:
    """The rows of a matrix; None where a reading is none."""
    match node:
        case Seq(_, items, _) if items and all(isinstance(item, Seq) for item in items):
            rows = tuple(items_of(item) for item in items)
        case Seq(opening, items, _) if opening in {"[", "("} and items:
            rows = (items,)
        case _:
            return None if symbols(node) or has(node, Rel, Logic, Sets, Seq) else ((node,),)
    if any(has(cell, Seq) for row in rows for cell in row):
        return None
    if turned and len({len(row) for row in rows}) == 1:
        return tuple(zip(*rows, strict=True))
    return None if turned else rows
