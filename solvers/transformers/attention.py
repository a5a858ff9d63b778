"""Scaled dot-product attention of a few tokens, by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solvers.graph.derivation import Derivation
from solvers.graph.domain import FLAG, matrix, real, whole
from solvers.graph.term import Condition, Matrix, Term, Vector, dot, equal, exp, sqrt, total

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction

ROWS = matrix(real("-1000", "1000"))
VASWANI = "Vaswani et al., Attention is all you need (2017)"

attention = Derivation(
    "attention",
    "Scaled dot-product attention of one token",
    source=f"{VASWANI}, equation 1; torch.nn.functional.scaled_dot_product_attention",
)
attention.input("queries", "Q", "queries, a row for each token", ROWS, element="q_{{{i}}}")
attention.input("keys", "K", "keys, a row for each token", ROWS, element="k_{{{i}}}")
attention.input("values", "V", "values, a row for each token", ROWS, element="v_{{{i}}}")
attention.input("token", "t", "token whose output is asked, counted from 1", whole(1, 512))
attention.input(
    "causal",
    "c",
    "whether later tokens are masked",
    FLAG,
    default=1,
    says_when={
        0: "Each token attends to all tokens.",
        1: "Each token attends to itself and to those before it (a causal mask).",
    },
)


@attention.requires("there must be a query, a key and a value for each token")
def rows_fit(queries: Matrix, keys: Matrix, values: Matrix) -> Condition:
    wrong = sum(len(row) != len(queries[0]) for row in (*queries, *keys))
    return equal(wrong + (len(keys) != len(queries)) + (len(values) != len(keys)), 0)


@attention.requires("the token must be one of the sequence")
def token_exists(queries: Matrix, token: Term) -> Condition:
    return token <= len(queries)


def _seen(keys: Matrix, token: int, causal: int) -> Matrix:
    return keys[:token] if causal else keys


@attention.quantity("p", "products of the query and the keys it sees", element="p_{{{i}}}")
def products(queries: Matrix, keys: Matrix, token: int, causal: int) -> Vector:
    return tuple(dot(queries[token - 1], key) for key in _seen(keys, token, causal))


@attention.quantity("s", "scores", element="s_{{{i}}}")
def scores(products: Vector, keys: Matrix) -> Vector:
    return tuple(p / sqrt(len(keys[0])) for p in products)


@attention.quantity("a", "weights of the tokens that are seen", element="a_{{{i}}}")
def weights(scores: Vector) -> Vector:
    return tuple(exp(s) / total(map(exp, scores)) for s in scores)


@attention.quantity("o", "output", element="o_{{{i}}}")
def output(weights: Vector, values: Matrix, token: int, causal: int) -> Vector:
    seen = _seen(values, token, causal)
    return tuple(dot(weights, column) for column in zip(*seen, strict=True))


attention.mistake(
    "not_scaled",
    "the products were not divided by the root of d",
    share="0.25",
    scores=lambda products: products,
)
attention.mistake(
    "divided_by_size",
    "the products were divided by d, not by its root",
    share="0.25",
    scores=lambda products, keys: tuple(p / len(keys[0]) for p in products),
)
attention.mistake(
    "other_mask",
    "the tokens of the other convention were attended to: the causal mask",
    share="0.5",
    causal=lambda causal: 1 - causal,
)
attention.mistake(
    "exponentials_left_out",
    "the scores were divided by their sum, without exponentials",
    share="0.25",
    weights=lambda scores: tuple(s / total(scores) for s in scores),
)


@attention.proof
def by_matrices(
    queries: Sequence[Sequence[Fraction]],
    keys: Sequence[Sequence[Fraction]],
    values: Sequence[Sequence[Fraction]],
    token: int,
    causal: int,
) -> Mapping[str, object]:
    """Run all tokens at once in numpy, with a mask of minus infinity."""
    import numpy as np  # noqa: PLC0415 - only proofs need it

    q, k, v = (np.array(rows, dtype=float) for rows in (queries, keys, values))
    scores = q @ k.T * k.shape[1] ** -0.5
    if causal:
        scores = scores + np.triu(np.full(scores.shape, -np.inf), 1)
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares = powers / powers.sum(axis=1, keepdims=True)
    row = shares[token - 1]
    return {"weights": row[row > 0].tolist(), "output": (shares @ v)[token - 1].tolist()}
