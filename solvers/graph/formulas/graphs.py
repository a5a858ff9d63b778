"""Functions of graphs in a formula: each number of what they give is a term of its own."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING

from examgen.ground.errors import DerivationError
from solvers.graph.formulas.lists import square_rows
from solvers.graph.functions.arithmetic import Function
from solvers.graph.functions.graphs import NUMBERS, ORDERS
from solvers.graph.number import approx_text
from solvers.graph.term import Apply, term

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from solvers.graph.number import Exact
    from solvers.graph.term import Written

KNOWN = frozenset({*NUMBERS, *ORDERS})
MOST_NODES = 15


def apply(name: str, arguments: Sequence[Written]) -> Written:
    """Return what a function of a graph gives.

    Args:
        name: of the function.
        arguments: the matrix of the graph's weights, then nodes.

    Raises:
        DerivationError: there is no graph, or another number of nodes is given.
    """
    count, _ = NUMBERS.get(name) or ORDERS[name]
    rows = square_rows(arguments[0], MOST_NODES)
    nodes = [term(item) for item in arguments[1:] if not isinstance(item, tuple)]
    if len(nodes) != count or len(arguments) != count + 1:
        wanted = ", ".join(["G", "1", "4"][: count + 1])
        raise DerivationError(f"{name} takes a graph and {count} of its nodes: {name}({wanted})")
    flat = (*nodes, *(term(cell) for row in rows for cell in row))
    if name in NUMBERS:
        return Apply(_number(name), flat)
    return tuple(Apply(_place(name, at), flat) for at in range(len(rows)))


@cache
def _number(name: str) -> Function:
    count, value = NUMBERS[name]
    return _function(name, count, lambda graph, nodes: value(graph, *nodes))


@cache
def _place(name: str, at: int) -> Function:
    count, values = ORDERS[name]
    return _function(name, count, lambda graph, nodes: values(graph, *nodes)[at])


def _function(
    name: str, count: int, value: Callable[[list[list[Fraction]], list[int]], Fraction]
) -> Function:
    def evaluate(args: Sequence[Exact]) -> Exact:
        cells = [Fraction(cell) for cell in args[count:]]
        size = round(len(cells) ** 0.5)
        graph = [cells[at : at + size] for at in range(0, size * size, size)]
        return value(graph, [_node(node, size) for node in args[:count]])

    places = ", ".join(f"{{{at}}}" for at in range(count))
    latex = rf"\mathrm{{{{{name.replace('_', chr(92) + '_')}}}}}"
    shown, text = (rf"{latex}\left({places}\right)", f"{name}({places})")
    if not count:
        shown, text = latex, name
    return Function(name, evaluate, shown, count=None, text=text, is_silent=True)


def _node(value: Exact, size: int) -> int:
    if not isinstance(value, Fraction) or value.denominator != 1 or not 1 <= value <= size:
        what = f"the graph has the nodes 1 to {size}"
        raise DerivationError(f"{what}, and {approx_text(value, 6)} is none of them")
    return int(value) - 1
