"""Matrices, element by element."""

from __future__ import annotations

from typing import TYPE_CHECKING

from answers.comparison.outcome import Found
from answers.comparison.reading import ground_of_difference, read_answer, read_expected
from answers.kinds.base import Facts, Group, Kind, Sides, Written
from answers.kinds.collections.collection_syntax import matrix_text
from answers.kinds.collections.elements import (
    items_of,
    refuse_mixed,
    same_element,
    spread,
    values_of,
)
from answers.kinds.written import formula_latex, several_written
from answers.syntax.errors import Unreadable, UnreadableKey
from answers.syntax.functions.table import DIAGONAL, ZERO
from answers.syntax.nodes import (
    Call,
    Logic,
    Neg,
    Node,
    Num,
    Rel,
    Seq,
    Sets,
    free_symbols,
    has,
    map_children,
)
from answers.syntax.printer import format_expression
from answers.syntax.tokenizer import Comma
from answers.verdict import Judgement, correct, undecided, wrong
from examgen.ground.record import record
from solvers.graph.number import parse_value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from answers.options import Options
    from solvers.graph.printing.notation import Shown


@record
class MatrixComparer:
    """Compares matrices element by element."""

    rows: tuple[tuple[Node, ...], ...]
    whole: Node
    options: Options

    @classmethod
    def of(cls, expected: str, options: Options) -> MatrixComparer:
        """Read the expected matrix."""
        text, comma, turned = matrix_text(expected)
        node = read_expected(text, options, comma)
        rows = _rows(node, turned=turned)
        if rows is None:
            raise UnreadableKey(f"{expected!r} is not a matrix")
        return cls(rows, node, options)

    @property
    def facts(self) -> Facts:
        """Return the letters of the expected elements."""
        return Facts(free_symbols(self.whole), sum(map(len, self.rows)))

    def judge(self, answer: str) -> Judgement:
        """Judge a matrix."""
        text, comma, turned = matrix_text(answer)
        node = read_answer(text, self.whole, self.options, comma)
        refuse_mixed(node, answer)
        rows = _rows(node, turned=turned)
        if rows is None:
            raise Unreadable(answer, 0, "a matrix such as [[1, 2], [3, 4]] is expected")
        shown = [f"[{', '.join(map(format_expression, row))}]" for row in rows]
        read_as = f"[{', '.join(shown)}]"
        if [len(row) for row in rows] != [len(row) for row in self.rows]:
            why = f"expected a matrix of {_size(self.rows)}, found {_size(rows)}"
            ground = ground_of_difference(Seq("", sum(rows, ()), ""), self.whole, self.options)
            return wrong(read_as, why, ground=ground)
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


def _size(rows: Sequence[Sequence[Node]]) -> str:
    widths = {len(row) for row in rows}
    return f"{len(rows)} x {widths.pop() if len(widths) == 1 else 'rows of different lengths'}"


def _rows(node: Node, *, turned: bool) -> tuple[tuple[Node, ...], ...] | None:
    """Return the rows of a matrix; None where a reading is none."""
    match spread(_written_out(node)):
        case Seq(_, items, _) if items and all(isinstance(item, Seq) for item in items):
            rows = tuple(items_of(item) for item in items)
        case Seq(opening, items, _) if opening in {"[", "("} and items:
            rows = (items,)
        case _:
            return None if free_symbols(node) or has(node, Rel, Logic, Sets, Seq) else ((node,),)
    if any(has(cell, Seq) for row in rows for cell in row):
        return None
    if turned and len({len(row) for row in rows}) == 1:
        return tuple(zip(*rows, strict=True))
    return None if turned else rows


def _written_out(node: Node) -> Node:
    """Return a reading with `diag(1, 2)` as [[1, 0], [0, 2]]."""
    if not has(node, Call):
        return node
    if not isinstance(node, Call) or node.name != DIAGONAL.name:
        return map_children(node, _written_out)
    items = items_of(node.args[0]) if len(node.args) == 1 else node.args
    rows = (
        tuple(item if i == j else ZERO for j in range(len(items))) for i, item in enumerate(items)
    )
    return Seq("[", tuple(Seq("[", row, "]") for row in rows), "]")


def _written(expected: str, options: Options) -> Written:
    node = read_expected(expected, options, Comma.BETWEEN)
    has_rows = isinstance(node, Seq) and all(isinstance(item, Seq) for item in node.items)
    return several_written(expected, options, _in_rows if has_rows else None)


def _in_rows(node: Seq, items: Sequence[Shown]) -> tuple[str, str]:
    """Return a matrix, or a row of one."""
    formulas = [item.latex for item in items]
    plain = f"{node.open}{', '.join(item.plain for item in items)}{node.close}"
    if not isinstance(node.items[0], Seq):
        return " & ".join(formulas), plain
    inside = r" \\ ".join(formulas)
    return rf"\begin{{pmatrix}}{inside}\end{{pmatrix}}", plain


def _notations(expected: str, options: Options) -> Iterator[str]:
    node = read_expected(expected, options, Comma.BETWEEN)
    rows = [[_cell(cell) for cell in items_of(row)] for row in items_of(node)]
    yield "[" + ", ".join("[" + ", ".join(row) + "]" for row in rows) + "]"
    yield "[" + "; ".join(", ".join(row) for row in rows) + "]"
    body = r" \\ ".join(" & ".join(row) for row in rows)
    yield rf"\begin{{pmatrix}}{body}\end{{pmatrix}}"


def _cell(node: Node) -> str:
    inner = node.of if isinstance(node, Neg) else node
    return format_expression(node) if isinstance(inner, Num) else f"({format_expression(node)})"


def _trivial(given: Sequence[str], unit: str | None) -> list[str]:  # noqa: ARG001 - as others
    return [text for text in given if text.startswith("[[")]


MATRIX = Kind(
    "matrix",
    Group.COLLECTION,
    MatrixComparer.of,
    neutral="[[x]]",
    written=_written,
    latex=formula_latex,
    notations=_notations,
    says="the same elements in the same places",
    comma=Comma.BETWEEN,
    joined=lambda items: f"[{', '.join(items)}]",
    value=parse_value,
    trivial=_trivial,
    sides=Sides.READ,
)
KINDS = (MATRIX,)
