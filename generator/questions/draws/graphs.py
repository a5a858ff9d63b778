"""Random graphs, as matrices of weights: 0 where there is no edge, symmetric where undirected."""

from __future__ import annotations

from itertools import combinations, permutations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from generator.questions.draws.stream import Stream

Edge = tuple[int, int]
Weights = list[list[int]]


def tree(stream: Stream, nodes: int) -> list[Edge]:
    """Return the edges of a tree: each node hangs on one before it, in a random order of them."""
    order = stream.order(range(nodes))
    return [(order[stream.below(place)], order[place]) for place in range(1, nodes)]


def _acyclic(stream: Stream, nodes: int) -> list[Edge]:
    """Return all edges that go forward in a random order of the nodes."""
    return list(combinations(stream.order(range(nodes)), 2))


def _pairs(nodes: int, *, directed: bool) -> list[Edge]:
    return list((permutations if directed else combinations)(range(nodes), 2))


def _connected(stream: Stream, nodes: int, edges: int, *, directed: bool) -> list[Edge]:
    """Return a random tree and further edges; where directed, all nodes are reached from node 1."""
    base = _from_first(tree(stream, nodes)) if directed else tree(stream, nodes)
    taken = {*base} if directed else {tuple(sorted(edge)) for edge in base}
    rest = [edge for edge in _pairs(nodes, directed=directed) if edge not in taken]
    return base + stream.some(rest, edges - len(base))


def _from_first(edges: Sequence[Edge]) -> list[Edge]:
    """Return the edges of a tree in the direction away from its node 0."""
    found, reached = list[Edge](), [0]
    for node in reached:
        for one, other in edges:
            if node in {one, other} and (new := one + other - node) not in reached:
                reached.append(new)
                found.append((node, new))
    return found


def _any(stream: Stream, nodes: int, edges: int, *, directed: bool) -> list[Edge]:
    return stream.some(_pairs(nodes, directed=directed), edges)


def _tree(stream: Stream, nodes: int, edges: int, *, directed: bool) -> list[Edge]:  # noqa: ARG001
    found = tree(stream, nodes)
    return _from_first(found) if directed else found


def _dag(stream: Stream, nodes: int, edges: int, *, directed: bool) -> list[Edge]:  # noqa: ARG001
    return stream.some(_acyclic(stream, nodes), edges)


SHAPES: Mapping[str, Callable[..., list[Edge]]] = {
    "connected": _connected,
    "any": _any,
    "tree": _tree,
    "dag": _dag,
}


def most_edges(nodes: int, shape: str, *, directed: bool) -> int:
    """Return how many edges a graph of a shape can have."""
    if shape == "tree":
        return nodes - 1
    pairs = nodes * (nodes - 1)
    return pairs if directed and shape != "dag" else pairs // 2


def least_edges(nodes: int, shape: str) -> int:
    """Return how many edges a graph of a shape must have."""
    return nodes - 1 if shape in {"tree", "connected"} else 0


def graph(
    stream: Stream, nodes: int, edges: int, shape: str, weights: Sequence[int], *,
    directed: bool, distinct: bool,
) -> Weights:  # fmt: skip
    """Return a random graph as the matrix of its weights.

    Args:
        stream: where the numbers come from.
        nodes: how many there are.
        edges: how many there are.
        shape: one of `SHAPES`.
        weights: of which each edge gets one.
        directed: whether an edge goes one way; in a `dag` each does.
        distinct: whether no two edges have the same weight.
    """
    found = SHAPES[shape](stream, nodes, edges, directed=directed)
    drawn = (
        stream.some(weights, len(found)) if distinct else [stream.one_of(weights) for _ in found]
    )
    matrix = [[0] * nodes for _ in range(nodes)]
    for (one, other), weight in zip(found, drawn, strict=True):
        matrix[one][other] = weight
        if not directed and shape != "dag":
            matrix[other][one] = weight
    return matrix
