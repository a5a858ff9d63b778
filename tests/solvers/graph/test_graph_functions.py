"""Functions of graphs in formulas, on graphs whose values are printed in textbooks."""

from __future__ import annotations

import pytest

from examgen.ground.errors import DerivationError
from solvers.graph.derivation import arguments, evaluate
from solvers.graph.formulas.graphs import KNOWN
from solvers.graph.formulas.text import formula
from solvers.graph.number import Value, parse_value, value_text


def graph(nodes: int, edges: str, *, directed: bool = False) -> str:
    """Return the matrix of edges such as `1-2:4`."""
    rows = [[0] * nodes for _ in range(nodes)]
    for edge in edges.split():
        ends, _, weight = edge.partition(":")
        one, other = (int(end) - 1 for end in ends.split("-"))
        rows[one][other] = int(weight or 1)
        if not directed:
            rows[other][one] = int(weight or 1)
    return str(rows)


# Cormen et al., Introduction to Algorithms, 3rd ed.: MST (figure 23.1, a to i as 1 to 9), Dijkstra
# (24.6: s t x y z), breadth first (22.3: r s t u v w x y), flow (26.1: s v1 v2 v3 v4 t), clothes
# (22.7, in another order of numbers by hand).
VALUES = {
    "M": graph(9, "1-2:4 2-3:8 3-4:7 4-5:9 5-6:10 6-7:2 7-8:1 8-1:8 2-8:11 3-9:2 9-7:6 9-8:7 "
                  "3-6:4 4-6:14"),
    "D": graph(5, "1-2:10 1-4:5 2-3:1 2-4:2 3-5:4 4-2:3 4-3:9 4-5:2 5-1:7 5-3:6", directed=True),
    "B": graph(8, "1-5 1-2 2-6 6-3 6-7 3-7 3-4 4-7 4-8 7-8"),
    "F": graph(6, "1-2:16 1-3:13 2-4:12 3-2:4 3-5:14 4-3:9 4-6:20 5-4:7 5-6:4", directed=True),
    "T": graph(5, "5-1 5-2 1-3 2-3 3-4", directed=True),
    "L": graph(4, "1-2"),
    "N": "[[0, -1], [-1, 0]]", "R": "[[1, 2, 3]]", "n": "2",
}  # fmt: skip


def value(text: str) -> Value:
    found = formula(text)
    names = {name: parse_value(VALUES[name]) for name in found.call.needs}
    shaped = found(*arguments(found.call, names))
    assert not isinstance(shaped, int)
    return evaluate(shaped, names)  # type: ignore[arg-type]


RIGHT = [
    ("mst_weight(M)", "37"), ("edge_count(M)", "14"), ("degree(M, 3)", "4"),
    ("distances(D, 1)", "[0, 8, 9, 5, 7]"), ("shortest_path(D, 1, 3)", "9"),
    ("dijkstra(D, 1)", "[1, 4, 5, 2, 3]"), ("shortest_path(D, 5, 2)", "15"),
    ("bfs(B, 2)", "[2, 1, 6, 5, 3, 7, 4, 8]"), ("hops(B, 2, 8)", "3"),
    ("dfs(B, 2)", "[2, 1, 5, 6, 3, 4, 7, 8]"), ("max_flow(F, 1, 6)", "23"),
    ("topological(T)", "[5, 1, 2, 3, 4]"), ("in_degree(T, 3)", "2"), ("degree(T, 5)", "2"),
    ("edge_count(T)", "5"), ("edge_count(D)", "10"), ("components(L)", "3"), ("components(T)", "1"),
    ("sum(degree(M, v) for v in range(1, 10))", "28"), ("bfs(B, n)[1]", "1"),
    ("shortest_path(D, 1, n) + 1", "9"),
]  # fmt: skip
REFUSED = [
    ("shortest_path(T, 1, 5)", "node 5 of the graph cannot be reached"),
    ("bfs(T, 1)", "the order reaches 3 of 5 nodes"), ("topological(D)", "with a cycle"),
    ("mst_weight(L)", "not connected"), ("mst_weight(D)", "undirected"),
    ("shortest_path(N, 1, 2)", "negative weights"), ("degree(M, 10)", "nodes 1 to 9, and 10 is"),
    ("degree(M, 1/2)", "nodes 1 to 9, and 0.5 is"), ("degree(M)", "degree(G, 1)"),
    ("shortest_path(M, 1)", "shortest_path(G, 1, 4)"), ("mst_weight(R)", "not square"),
    ("mst_weight(n)", "a matrix is needed"), ("max_flow(F, 1, 1)", "from one node to another"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "right"), RIGHT)
def test_graphs_have_these_values(text: str, right: str) -> None:
    assert value_text(value(text)) == right


@pytest.mark.parametrize(("text", "why"), REFUSED)
def test_what_has_no_value_is_refused(text: str, why: str) -> None:
    with pytest.raises(DerivationError) as error:
        value(text)
    assert why in str(error.value)


def test_every_function_is_tried() -> None:
    tried = {text.partition("(")[0] for text, _ in RIGHT}
    assert {*KNOWN} - tried == set()
