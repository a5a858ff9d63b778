"""Lists and shapes: values in an order."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from answers.comparison.outcome import Found
from answers.comparison.reading import drop_labels, ground_of_difference, read_answer, read_expected
from answers.kinds.base import Facts, Group, Kind, Sides, Written
from answers.kinds.collections.collection_syntax import list_text
from answers.kinds.collections.elements import (
    expected_elements,
    items_of,
    refuse_letters,
    refuse_mixed,
    same_element,
    spread,
    value_of,
    values_of,
)
from answers.kinds.written import formula_latex, several_written
from answers.numbers.significant_figures import rounding_said
from answers.options import Options
from answers.syntax.errors import Unreadable
from answers.syntax.nodes import (
    Logic,
    Node,
    Num,
    Rel,
    Seq,
    Sets,
    Sym,
    free_symbols,
    has,
)
from answers.syntax.printer import format_expression
from answers.syntax.tokenizer import Comma, whole_number
from answers.verdict import Judgement, Values, correct, undecided, wrong
from examgen.ground.record import record
from examgen.ground.wording import format_count
from solvers.graph.number import Value, parse_number, parse_value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from answers.syntax.vocabulary import Names
    from solvers.graph.printing.notation import Shown

_WHOLE = re.compile(r"[0-9]+")
_PLAIN = re.compile(
    r"\s*(?:[0-9]{1,15}(?:\s*[x×]\s*[0-9]{1,15})+|\([0-9]{1,15}(?:,\s*[0-9]{1,15})+\))\s*"
)


def _plain(text: str) -> Seq | None:
    """Read a shape in its plainest notation, without the grammar: 112x112x64, (112, 112, 64).

    >>> format_expression(_plain("112 x 64")), _plain("1,024x10")
    ('112, 64', None)
    """
    if not _PLAIN.fullmatch(text):
        return None
    numbers = _WHOLE.findall(text)
    return Seq("", tuple([Num(whole_number(digits), digits) for digits in numbers]), "")


@record
class ListComparer:
    """Compares elements in order: lists and shapes."""

    items: tuple[Node, ...]
    whole: Node
    options: Options
    shape: bool

    @classmethod
    def of(cls, expected: str, options: Options, *, shape: bool = False) -> ListComparer:
        """Read the expected elements."""
        plain = _plain(expected) if shape else None
        if plain is not None:
            return cls(plain.items, plain, options, shape)
        text, comma = list_text(expected, shape=shape)
        node = read_expected(text, options, comma)
        return cls(items_of(node), node, options, shape)

    @property
    def facts(self) -> Facts:
        """Return the letters of the expected elements, and how many they are."""
        return Facts(free_symbols(self.whole), len(self.items))

    def judge(self, answer: str) -> Judgement:
        """Judge a list or a shape."""
        items = self._items(answer)
        values = values_of(items)
        if self.shape and values is None:
            raise Unreadable(answer, 0, "a shape is a list of numbers")
        refuse_letters(items, self.items, answer)
        read_as = self._shown(items)
        if len(items) != len(self.items):
            return wrong(
                read_as,
                f"{format_count(len(items), 'element')} instead of {len(self.items)}",
                values,
            )
        return self._elements(items, read_as, values)

    def _items(self, answer: str) -> tuple[Node, ...]:
        plain = _plain(answer) if self.shape else None
        if plain is not None:
            return plain.items
        text, comma = list_text(answer, shape=self.shape)
        node = read_answer(text, self.whole, self.options, comma)
        refuse_mixed(node, answer)
        if isinstance(node, Rel) and node.sign == "=" and isinstance(node.left, Sym):
            node = node.right
        node = spread(drop_labels(node))
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
                said = rounding_said(mine, value_of(theirs), self.options)
                why = said or f"element {place}, {format_expression(mine)}, is not the expected one"
                ground = ground_of_difference(Seq("", items, ""), self.whole, self.options)
                return wrong(read_as, why, values, ground)
            unsure |= found is Found.UNDECIDED
        if unsure:
            return undecided(read_as, "an element cannot be compared")
        return correct(read_as, "every element is the expected one", values)

    def _shown(self, items: tuple[Node, ...]) -> str:
        texts = [format_expression(item) for item in items]
        return "x".join(texts) if self.shape else "(" + ", ".join(texts) + ")"


def _vector(rows: tuple[Node, ...]) -> tuple[Node, ...]:
    """Return the elements of a matrix with one row or one column."""
    if len(rows) == 1 and isinstance(rows[0], Seq):
        return rows[0].items
    if all(isinstance(row, Seq) and len(row.items) == 1 for row in rows):
        return tuple(row.items[0] for row in rows if isinstance(row, Seq))
    return rows


def list_notations(expected: str, options: Options) -> Iterator[str]:
    """Yield a list in the brackets and with the marks between its elements that are usual."""
    parts = expected_elements(expected, options)
    joined = ", ".join(parts)
    yield from (f"({joined})", f"[{joined}]", "; ".join(parts), rf"\left({joined}\right)")
    if len(parts) > 1:
        yield joined


def _shape_notations(expected: str, options: Options) -> Iterator[str]:
    listed = _as_list(expected)
    parts = expected_elements(listed, options)
    marks = (" x ", "×", " × ", "*", " by ", r" \times ")
    yield from (mark.join(parts) for mark in marks)
    yield from list_notations(listed, options)


def _as_list(shape: str) -> str:
    """Return a shape as a list.

    >>> _as_list("112x64"), _as_list("(3, 4)")
    ('(112, 64)', '(3, 4)')
    """
    return shape if "(" in shape else f"({shape.replace('x', ', ')})"


def _shape_written(expected: str, options: Options) -> Written:
    return several_written(_as_list(expected), options, _with_times)


def _with_times(node: Seq, items: Sequence[Shown]) -> tuple[str, str]:  # noqa: ARG001
    return r" \times ".join(i.latex for i in items), "x".join(i.plain for i in items)


def _shape_latex(read_as: str, names: Names) -> str:
    return formula_latex(read_as.replace("x", ", "), names).replace(", ", r" \times ")


def _shape_value(text: str) -> Value:
    return tuple(map(parse_number, text.split("x")))


def _differ(expected: str, other: str, options: Options) -> bool:
    """Return whether two shapes differ: in keys, each has one text."""
    return options == Options() and expected != other


def _trivial_lists(given: Sequence[str], unit: str | None) -> list[str]:  # noqa: ARG001
    return [text for text in given if text.startswith("[")]


SHAPE = Kind(
    "shape",
    Group.COLLECTION,
    partial(ListComparer.of, shape=True),
    neutral="0x0",
    written=_shape_written,
    latex=_shape_latex,
    notations=_shape_notations,
    says="the same numbers in the same order",
    comma=Comma.BETWEEN,
    joined="x".join,
    value=_shape_value,
    differ=_differ,
    sides=Sides.READ,
    is_carried=True,
    blank=34,
)
LIST = Kind(
    "list",
    Group.COLLECTION,
    ListComparer.of,
    neutral="(x, x)",
    written=several_written,
    latex=formula_latex,
    notations=list_notations,
    says="the same elements in the same order",
    comma=Comma.BETWEEN,
    joined=lambda items: f"({', '.join(items)})",
    value=parse_value,
    trivial=_trivial_lists,
    sides=Sides.READ,
    is_carried=True,
)
KINDS = (SHAPE, LIST)
