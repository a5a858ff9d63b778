"""Elements of lists, sets, intervals and matrices: their values, and how two are compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from answers.comparison.equality import equal, safe_exact
from answers.comparison.outcome import Found
from answers.comparison.reading import read_expected
from answers.evaluation.number import real_value
from answers.numbers.significant_figures import form_fault
from answers.syntax.errors import Unreadable
from answers.syntax.nodes import (
    Div,
    Logic,
    Mul,
    Neg,
    Node,
    Num,
    Rel,
    Seq,
    Sets,
    free_symbols,
    has,
    is_infinite,
    walk,
)
from answers.syntax.printer import format_expression
from answers.syntax.tokenizer import Comma

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from fractions import Fraction

    from answers.options import Options
    from answers.verdict import Values

_HALF_OPEN = frozenset({("[", ")"), ("(", "]"), ("]", "["), ("]", "]"), ("[", "[")})


def items_of(node: Node) -> tuple[Node, ...]:
    """Return the elements of a reading; one element where there are no commas."""
    match node:
        case Seq("", (Seq(opening, items, _),), "") if opening:
            return items
        case Seq(_, items, _):
            return items
        case _:
            return (node,)


def expected_elements(expected: str, options: Options) -> list[str]:
    """Return the elements of an expected answer as texts."""
    return [
        format_expression(item)
        for item in items_of(read_expected(expected, options, Comma.BETWEEN))
    ]


def spread(node: Node) -> Node:
    """Return a row or a matrix that is multiplied or divided as a whole, element by element.

    >>> from answers.syntax.parser import read
    >>> from answers.syntax.tokenizer import Comma
    >>> format_expression(spread(read("(6, -6)/4", comma=Comma.BETWEEN)))
    '(6/4, (-6)/4)'
    """
    match node:
        case Seq("", (inner,), "") if not isinstance(inner, Seq):
            return spread(inner) if has(inner, Seq) else node
        case Neg(of) if has(of, Seq):
            return _each(spread(of), Neg) or node
        case Div(above, below) if has(above, Seq) and not has(below, Seq):
            return _each(spread(above), lambda item: Div(item, below)) or node
        case Mul(factors) if sum(has(factor, Seq) for factor in factors) == 1:
            row = next(spread(factor) for factor in factors if has(factor, Seq))
            others = tuple(factor for factor in factors if not has(factor, Seq))
            return _each(row, lambda item: Mul((*others, item))) or node
    return node


def _each(row: Node, change: Callable[[Node], Node]) -> Node | None:
    """Return a row, or rows, whose elements are changed; None for anything else."""
    if not isinstance(row, Seq):
        return None
    return Seq(
        row.open, tuple(_each(item, change) or change(item) for item in row.items), row.close
    )


def value_of(node: Node) -> Fraction | None:
    """Return the number that an element is; None where it is none."""
    if isinstance(node, Num):
        return node.value
    if has(node, Seq, Rel, Logic, Sets):
        return None
    exact = safe_exact(node)
    return exact if exact is not None or free_symbols(node) else real_value(node)


def values_of(items: Sequence[Node]) -> Values:
    """Return the numbers that elements state; None where one of them is none."""
    found = []
    for item in items:
        value = value_of(item)
        if value is None:
            return None
        found.append(value)
    return tuple(found)


def refuse_letters(items: Sequence[Node], expected: Sequence[Node], answer: str) -> None:
    """Raise Unreadable for letters where numbers are expected."""
    strange = {letter for item in items for letter in free_symbols(item)}
    if strange and not any(map(free_symbols, expected)):
        raise Unreadable(answer, 0, f"expected numbers, found {', '.join(sorted(strange))}")


def refuse_mixed(node: Node, answer: str) -> None:
    """Refuse the brackets of an interval, which have no meaning in a list."""
    if any(isinstance(part, Seq) and (part.open, part.close) in _HALF_OPEN for part in walk(node)):
        raise Unreadable(answer, 0, "the brackets do not match")


def same_element(mine: Node, theirs: Node, options: Options) -> Found:
    """Compare two elements, which may be lists themselves."""
    if isinstance(mine, Seq) or isinstance(theirs, Seq):
        left, right = items_of(mine), items_of(theirs)
        if isinstance(mine, Seq) != isinstance(theirs, Seq) or len(left) != len(right):
            return Found.DIFFERENT
        return all_of([same_element(a, b, options) for a, b in zip(left, right, strict=True)])
    if is_infinite(mine) or is_infinite(theirs):
        return Found.SAME if mine == theirs else Found.DIFFERENT
    if isinstance(mine, Rel | Logic | Sets) or isinstance(theirs, Rel | Logic | Sets):
        return Found.SAME if mine == theirs else Found.DIFFERENT
    if form_fault(mine, options) is not None:
        return Found.DIFFERENT
    return equal(mine, theirs, options).found


def all_of(found: Sequence[Found]) -> Found:
    """Return `SAME` where every comparison finds it, else the worst that one finds."""
    return next((f for f in (Found.DIFFERENT, Found.UNDECIDED) if f in found), Found.SAME)


def any_of(found: Iterable[Found]) -> Found:
    """Return `SAME` once one of several comparisons finds it; those behind it are not made."""
    best = Found.DIFFERENT
    for one in found:
        if one is Found.SAME:
            return one
        if one is Found.UNDECIDED:
            best = one
    return best
