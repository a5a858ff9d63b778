"""Expressions: equal as functions, and where asked for written in a certain form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from answers.comparison.equality import equal, safe_exact
from answers.comparison.form import form_fault
from answers.comparison.outcome import Found
from answers.comparison.reading import (
    ground_of_difference,
    is_label,
    read_answer,
    read_expected,
    without_name,
)
from answers.kinds.base import Facts, Group, Kind, Sides
from answers.kinds.written import formula_latex, formula_written
from answers.syntax.errors import NotDecidable, Unreadable
from answers.syntax.latex_printer import latex
from answers.syntax.nodes import Logic, Node, Rel, Seq, Sets, free_symbols, has
from answers.syntax.printer import format_expression
from answers.verdict import Ground, Judgement, correct, undecided, wrong
from examgen.ground.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from answers.options import Options


@record
class ExpressionComparer:
    """Compares expressions in letters."""

    expected: Node
    options: Options

    @classmethod
    def of(cls, expected: str, options: Options) -> ExpressionComparer:
        """Read the expected expression."""
        node = read_expected(expected, options)
        return cls(_right_side(node), options)

    @property
    def facts(self) -> Facts:
        """Return the letters of the expected expression."""
        return Facts(free_symbols(self.expected))

    def judge(self, answer: str) -> Judgement:
        """Judge an expression."""
        node = without_name(read_answer(answer, self.expected, self.options), self.expected)
        if has(node, Rel, Logic) and not has(self.expected, Rel, Logic):
            node = self._matching_side(node, answer)
        if has(node, Sets) or (isinstance(node, Seq) and not isinstance(self.expected, Seq)):
            raise Unreadable(answer, 0, "one expression is expected")
        read_as = format_expression(node)
        value = None if free_symbols(node) or has(node, Seq) else safe_exact(node)
        equality = equal(node, self.expected, self.options)
        if equality.found is Found.UNDECIDED:
            return undecided(read_as, equality.why)
        if equality.found is Found.DIFFERENT:
            ground = ground_of_difference(node, self.expected, self.options)
            return wrong(read_as, equality.why, value, ground)
        try:
            fault = form_fault(node, self.options.form)
        except NotDecidable:
            return undecided(
                read_as,
                "equal to the expected expression; whether it is fully factored is not known",
            )
        if fault is not None:
            return wrong(
                read_as, f"equal to the expected expression, but {fault}", value, Ground.FORM
            )
        return correct(read_as, equality.why, value, equality.ground)

    def _matching_side(self, node: Node, answer: str) -> Node:
        """Return the side of `f = 4h(h+x+1)` that names nothing new."""
        if isinstance(node, Rel) and node.sign == "=":
            known = free_symbols(self.expected) | frozenset(self.options.variables)
            is_named = not free_symbols(node.left) <= known or is_label(node.left, self.expected)
            if is_named and free_symbols(node.right) <= known:
                return node.right
        raise Unreadable(answer, 0, "an expression is expected, not an equation or comparison")


def _right_side(node: Node) -> Node:
    return node.right if isinstance(node, Rel) and node.sign == "=" else node


def _notations(expected: str, options: Options) -> Iterator[str]:
    node = read_expected(expected, options)
    yield from (f"${latex(node)}$", f" {expected} ", f"= {expected}", expected.replace("*", "·"))
    if options.form is None:
        yield from (
            f"({expected})*1",
            f"0 + ({expected})",
            f"2*({expected})/2",
            f"-(-({expected}))",
        )


def _others(text: str) -> Iterator[str]:
    yield from (f"2*({text})", f"({text}) + 1", f"-({text})")


EXPRESSION = Kind(
    "expression",
    Group.SYMBOLIC,
    ExpressionComparer.of,
    neutral="0",
    written=formula_written,
    latex=formula_latex,
    notations=_notations,
    says="any expression that is equal",
    others=_others,
    sides=Sides.UNREAD,
)
KINDS = (EXPRESSION,)
