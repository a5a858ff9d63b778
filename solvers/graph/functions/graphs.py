"""Functions of graphs: paths, spanning trees, degrees, flows, the order of visits.

A graph is the matrix of its weights, 0 where there is no edge. Its nodes are counted from 1, as a
paper prints them, and of several that may come next the one with the smallest number does.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from examgen.ground.errors import DerivationError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

Weights: TypeAlias = "Sequence[Sequence[Fraction]]"
Reach: TypeAlias = "dict[int, Fraction]"


def edges(graph: Weights) -> Iterator[tuple[Fraction, int, int]]:
    """Yield weight and ends of each edge; one for both ways where they are alike."""
    for one, row in enumerate(graph):
        for other, weight in enumerate(row):
            is_first = one < other or not graph[other][one]
            if weight and (is_first or graph[other][one] != weight):
                yield weight, one, other


def _after(graph: Weights, node: int) -> list[int]:
    return [other for other, weight in enumerate(graph[node]) if weight]


def _distances(graph: Weights, start: int) -> tuple[Reach, list[int]]:
    """Return the distances from a node, and the nodes in the order that Dijkstra settles them."""
    if any(weight < 0 for row in graph for weight in row):
        raise DerivationError("a graph with negative weights has no shortest paths by Dijkstra")
    reached: Reach = {start: Fraction(0)}
    settled: list[int] = []
    while waiting := reached.keys() - set(settled):
        node = min(waiting, key=lambda one: (reached[one], one))
        settled.append(node)
        for other in _after(graph, node):
            far = reached[node] + graph[node][other]
            reached[other] = min(far, reached.get(other, far))
    return reached, settled


def _breadth(graph: Weights, start: int) -> tuple[Reach, list[int]]:
    """Return how many edges away the nodes are, and the nodes in the order of their visits."""
    reached: Reach = {start: Fraction(0)}
    order = [start]
    for node in order:
        for other in _after(graph, node):
            if other not in reached:
                reached[other] = reached[node] + 1
                order.append(other)
    return reached, order


def _depth(graph: Weights, start: int, seen: tuple[int, ...] = ()) -> tuple[int, ...]:
    """Return the nodes in the order of a depth-first search."""
    seen = (*seen, start)
    for other in _after(graph, start):
        if other not in seen:
            seen = _depth(graph, other, seen)
    return seen


def _to(reached: Reach, end: int) -> Fraction:
    if end not in reached:
        raise DerivationError(f"node {end + 1} of the graph cannot be reached")
    return reached[end]


def _all(order: Sequence[int], graph: Weights) -> list[Fraction]:
    if len(order) < len(graph):
        raise DerivationError(f"the order reaches {len(order)} of {len(graph)} nodes of the graph")
    return [Fraction(node + 1) for node in order]


def _component(graph: Weights, start: int) -> set[int]:
    """Return the nodes that hang together with one, whatever the direction of the edges."""
    both = [[w or graph[j][i] for j, w in enumerate(row)] for i, row in enumerate(graph)]
    return set(_breadth(both, start)[1])


def _components(graph: Weights) -> Fraction:
    return Fraction(sum(min(_component(graph, node)) == node for node in range(len(graph))))


def _spanning(graph: Weights) -> Fraction:
    """Return the weight of a minimum spanning tree, by Kruskal's rule."""
    if any(weight != graph[j][i] for i, row in enumerate(graph) for j, weight in enumerate(row)):
        raise DerivationError("a spanning tree is of an undirected graph")
    if _components(graph) > 1:
        raise DerivationError("the graph is not connected and has no spanning tree")
    group, total = list(range(len(graph))), Fraction(0)
    for weight, one, other in sorted(edges(graph)):
        if group[one] != group[other]:
            total += weight
            group = [group[one] if own == group[other] else own for own in group]
    return total


def _topological(graph: Weights) -> list[int]:
    """Return the nodes so that each edge goes forward, the smallest number first."""
    order: list[int] = []
    while len(order) < len(graph):
        left = [node for node in range(len(graph)) if node not in order]
        free = (n for n in left if not any(graph[other][n] for other in left))
        if (node := next(free, None)) is None:
            raise DerivationError("a graph with a cycle has no topological order")
        order.append(node)
    return order


def _flow(graph: Weights, start: int, end: int) -> Fraction:
    """Return the largest flow between two nodes, by shortest ways that still have room."""
    if start == end:
        raise DerivationError("a flow goes from one node to another")
    room, total = [list(row) for row in graph], Fraction(0)
    while (way := _way(room, start, end)) is not None:
        least = min(room[one][other] for one, other in way)
        total += least
        for one, other in way:
            room[one][other] -= least
            room[other][one] += least
    return total


def _way(room: Weights, start: int, end: int) -> list[tuple[int, int]] | None:
    before: dict[int, int] = {start: start}
    order = [start]
    for node in order:
        for other in _after(room, node):
            if other not in before:
                before[other] = node
                order.append(other)
    if end not in before:
        return None
    way = []
    while end != start:
        way.append((before[end], end))
        end = before[end]
    return way


def _incoming(graph: Weights, node: int) -> Fraction:
    return Fraction(sum(bool(row[node]) for row in graph))


# Name: how many nodes it takes, and its value: a number, or one for each node.
NUMBERS: Mapping[str, tuple[int, Callable[..., Fraction]]] = {
    "shortest_path": (2, lambda graph, one, other: _to(_distances(graph, one)[0], other)),
    "hops": (2, lambda graph, one, other: _to(_breadth(graph, one)[0], other)),
    "max_flow": (2, _flow),
    "mst_weight": (0, _spanning),
    "edge_count": (0, lambda graph: Fraction(sum(1 for _ in edges(graph)))),
    "components": (0, _components),
    "degree": (1, lambda graph, node: Fraction(len(_after(graph, node)))),
    "in_degree": (1, _incoming),
}
ORDERS: Mapping[str, tuple[int, Callable[..., list[Fraction]]]] = {
    "distances": (1, lambda graph, one: [
        _to(_distances(graph, one)[0], node) for node in range(len(graph))
    ]),
    "bfs": (1, lambda graph, one: _all(_breadth(graph, one)[1], graph)),
    "dfs": (1, lambda graph, one: _all(_depth(graph, one), graph)),
    "dijkstra": (1, lambda graph, one: _all(_distances(graph, one)[1], graph)),
    "topological": (0, lambda graph: _all(_topological(graph), graph)),
}  # fmt: skip
