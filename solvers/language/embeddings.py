"""Words as vectors: the loss of skip-gram with negative sampling, and its gradient."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from solvers.graph.derivation import Derivation
from solvers.graph.domain import matrix, real, vector, whole
from solvers.graph.term import Condition, Matrix, Term, Vector, dot, equal, ln, sigmoid, total

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction

    from numpy.typing import NDArray

SMALL = real("-100", "100")

skip_gram = Derivation(
    "skip_gram",
    "Skip-gram with negative sampling, one pair of words",
    source="Mikolov et al., Distributed representations of words and phrases and their "
    "compositionality (2013), equation 4",
)
skip_gram.input("center", "v", "vector of the center word", vector(SMALL), element="v_{{{i}}}")
skip_gram.input("context", "u", "vector of the context word", vector(SMALL), element="u_{{{i}}}")
skip_gram.input(
    "negatives", "n", "vectors of the negative samples, a row for each", matrix(SMALL),
    element="n_{{{i}}}",
)  # fmt: skip
skip_gram.input("words", "V", "words", whole(1, 10**9))
skip_gram.input("features", "d", "components of a vector", whole(1, 10**6))


@skip_gram.requires("all vectors must be equally long")
def equally_long(center: Vector, context: Vector, negatives: Matrix) -> Condition:
    return equal(sum(len(row) != len(center) for row in (context, *negatives)), 0)


@skip_gram.quantity("p", "probability that the pair is a real one")
def real_pair(center: Vector, context: Vector) -> Term:
    return sigmoid(dot(context, center))


@skip_gram.quantity("q", "probabilities that the samples are real", element="q_{{{i}}}")
def fake_pairs(center: Vector, negatives: Matrix) -> Vector:
    return tuple(sigmoid(dot(row, center)) for row in negatives)


@skip_gram.quantity("L", "loss")
def loss(real_pair: Term, fake_pairs: Vector) -> Term:
    return total([-ln(real_pair), *(-ln(1 - q) for q in fake_pairs)])


@skip_gram.quantity("r", "derivatives with respect to the products", element="r_{{{i}}}")
def residuals(real_pair: Term, fake_pairs: Vector) -> Vector:
    return (real_pair - 1, *fake_pairs)


@skip_gram.quantity(
    "g", "gradient with respect to the center word's vector",
    element=r"\partial L / \partial v_{{{i}}}",
)  # fmt: skip
def gradient(residuals: Vector, context: Vector, negatives: Matrix) -> Vector:
    columns = zip(context, *negatives, strict=True)
    return tuple(dot(residuals, column) for column in columns)


@skip_gram.quantity("N", "parameters")
def parameters(words: Term, features: Term) -> Term:
    return 2 * words * features


skip_gram.mistake(
    "negatives_left_out",
    "the negative samples were left out",
    share="0.25",
    loss=lambda real_pair: -ln(real_pair),
    residuals=lambda real_pair, fake_pairs: (real_pair - 1, *(0 for _ in fake_pairs)),
)
skip_gram.mistake(
    "negatives_as_real",
    "the negative samples were taken as real pairs: their probability is to be 0, not 1",
    share="0.25",
    loss=lambda real_pair, fake_pairs: total([-ln(real_pair), *(-ln(q) for q in fake_pairs)]),
    residuals=lambda real_pair, fake_pairs: (real_pair - 1, *(q - 1 for q in fake_pairs)),
)
skip_gram.mistake(
    "target_not_subtracted",
    "the 1 of the real pair was not subtracted",
    share="0.25",
    residuals=lambda real_pair, fake_pairs: (real_pair, *fake_pairs),
)
skip_gram.mistake(
    "one_table",
    "one table was counted; a word has a vector as center and another one as context",
    share="0.25",
    parameters=lambda words, features: words * features,
)


@skip_gram.proof
def by_complex_steps(
    center: Sequence[Fraction],
    context: Sequence[Fraction],
    negatives: Sequence[Sequence[Fraction]],
    words: int,
    features: int,
) -> Mapping[str, object]:
    """Add up softplus of signed products in numpy, and move each component by a complex step."""
    import numpy as np  # noqa: PLC0415 - only proofs need it

    from solvers.training.complex_step import gradient  # noqa: PLC0415 - as above

    rows = np.array([context, *negatives], dtype=float)
    signs = np.array([-1.0] + [1.0] * len(negatives))

    def softplus(at: NDArray[Any]) -> complex:
        return complex(np.log1p(np.exp(signs * (rows @ at))).sum())

    vectors = np.array(center, dtype=float)
    tables = np.broadcast_to(np.float32(0), (2, words, features))
    return {
        "loss": softplus(vectors).real,
        "gradient": gradient(softplus, vectors).tolist(),
        "parameters": tables.size,
    }
