"""A graph convolution by hand: degrees, normalized neighbours, one layer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solvers.graph.derivation import Derivation
from solvers.graph.domain import FLAG, REAL, matrix, vector, whole
from solvers.graph.term import (
    Condition,
    Matrix,
    Term,
    Vector,
    dot,
    equal,
    indicator,
    relu,
    sqrt,
    total,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction

graph_convolution = Derivation(
    "graph_convolution",
    "One layer of a graph convolutional network",
    source="Kipf and Welling, Semi-supervised classification with graph convolutional networks "
    "(2017), equation 2",
)
graph_convolution.input(
    "edges", "A", "1 where two nodes are neighbours", matrix(FLAG), element="A_{{{i}}}"
)
graph_convolution.input(
    "features", "X", "features, a row for each node", matrix(REAL), element="X_{{{i}}}"
)
graph_convolution.input("weights", "w", "weight of each feature", vector(REAL), element="w_{{{i}}}")
graph_convolution.input("node", "k", "node whose output is asked, counted from 1", whole(1, 512))


@graph_convolution.requires("the graph needs a row, a column and features for each node")
def rows_fit(edges: Matrix, features: Matrix, weights: Vector) -> Condition:
    wrong = sum(len(row) != len(edges) for row in edges)
    wrong += sum(len(row) != len(weights) for row in features)
    return equal(wrong + (len(features) != len(edges)), 0)


@graph_convolution.requires("edges have no direction, and no node is its own neighbour")
def is_simple(edges: Matrix) -> Condition:
    nodes = range(len(edges))
    unlike = (indicator(edges[i][j], "!=", edges[j][i]) for i in nodes for j in range(i))
    return equal(total([*unlike, *(edges[i][i] for i in nodes)]), 0)


@graph_convolution.requires("the node must be one of the graph")
def node_exists(edges: Matrix, node: Term) -> Condition:
    return node <= len(edges)


@graph_convolution.quantity("d", "degrees with self-loops", element="d_{{{i}}}")
def degrees(edges: Matrix) -> Vector:
    return tuple(1 + total(row) for row in edges)


@graph_convolution.quantity("z", "weighted features of the nodes", element="z_{{{i}}}")
def mixed(features: Matrix, weights: Vector) -> Vector:
    return tuple(dot(row, weights) for row in features)


@graph_convolution.quantity("s", "shares of the nodes in the output", element="s_{{{i}}}")
def shares(edges: Matrix, degrees: Vector, node: int) -> Vector:
    at = node - 1
    return tuple(
        1 / degrees[i] if i == at else edges[at][i] / sqrt(degrees[at] * degrees[i])
        for i in range(len(edges))
    )


@graph_convolution.quantity("a", "sum over the neighbours")
def gathered(shares: Vector, mixed: Vector) -> Term:
    return dot(shares, mixed)


@graph_convolution.quantity("h", "output of the node")
def output(gathered: Term) -> Term:
    return relu(gathered)


def _by_own_degree(edges: Matrix, degrees: Vector, node: int) -> Vector:
    at = node - 1
    return tuple((int(i == at) + edges[at][i]) / degrees[at] for i in range(len(edges)))


def _without_root(edges: Matrix, degrees: Vector, node: int) -> Vector:
    at = node - 1
    loops = (int(i == at) + edges[at][i] for i in range(len(edges)))
    return tuple(loop / (degrees[at] * d) for loop, d in zip(loops, degrees, strict=True))


def _only_neighbours(edges: Matrix, degrees: Vector, node: int) -> Vector:
    at = node - 1
    return tuple(
        edges[at][i] / sqrt(degrees[at] * degrees[i]) for i in range(len(edges))
    )  # fmt: skip


_wrong = graph_convolution.mistake
_wrong(
    "self_loops_left_out",
    "the self-loops were left out of the degrees",
    share="0.5",
    degrees=lambda edges: tuple(map(total, edges)),
)
_wrong(
    "own_features_left_out",
    "the node's own features were left out of the sum",
    share="0.25",
    shares=_only_neighbours,
)
_wrong(
    "mean_of_neighbours",
    "the plain mean was taken: each neighbour counts by the root of both degrees",
    share="0.25",
    shares=_by_own_degree,
)
_wrong(
    "root_of_degrees_left_out",
    "the root of the product of the degrees was left out",
    share="0.25",
    shares=_without_root,
)
_wrong(
    "relu_left_out",
    "ReLU was left out",
    share="0.25",
    output=lambda gathered: gathered,
)


@graph_convolution.proof
def by_matrices(
    edges: Sequence[Sequence[int]],
    features: Sequence[Sequence[Fraction]],
    weights: Sequence[Fraction],
    node: int,
) -> Mapping[str, object]:
    """Normalize the whole matrix in numpy, and run the layer for all nodes at once."""
    import numpy as np  # noqa: PLC0415 - only proofs need it

    x, w = (np.array(part, dtype=float) for part in (features, weights))
    loops = np.array(edges, dtype=float) + np.eye(len(edges))
    counts = np.count_nonzero(loops, axis=0)
    scale = np.diag(counts**-0.5)
    propagated = scale @ loops @ scale
    everything = propagated @ (x @ w)
    return {
        "degrees": counts.tolist(),
        "shares": propagated[node - 1].tolist(),
        "gathered": float(everything[node - 1]),
        "output": float(np.clip(everything, 0, None)[node - 1]),
    }
