"""The gradient that comes back through batch normalization, and RMS normalization."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solvers.graph.derivation import Derivation
from solvers.graph.domain import REAL, vector
from solvers.graph.note import Note
from solvers.graph.term import Condition, Term, Vector, equal, sqrt, total
from solvers.normalization.normalization import BIASED, EPS, IOFFE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction

    from numpy.typing import NDArray

norm_backward = Derivation(
    "norm_backward", "The gradient back through batch normalization", source=IOFFE, notes=(BIASED,)
)
norm_backward.input("values", "x", "values of the feature", vector(REAL), element="x_{{{i}}}")
norm_backward.input(
    "upstream", "g", "gradient of the loss with respect to the outputs", vector(REAL),
    element="g_{{{i}}}",
)  # fmt: skip
norm_backward.input("gamma", r"\gamma", "scale", REAL, default=1)
norm_backward.input("eps", r"\epsilon", "small constant under the root", EPS, default=0)


@norm_backward.requires("there must be a gradient for each value")
def fits(values: Vector, upstream: Vector) -> Condition:
    return equal(len(values), len(upstream))


@norm_backward.quantity(r"\mu", "mean")
def mean(values: Vector) -> Term:
    return total(values) / len(values)


@norm_backward.quantity(r"\sigma^2", "variance")
def variance(values: Vector, mean: Term) -> Term:
    return total((v - mean) ** 2 for v in values) / len(values)


@norm_backward.quantity("s", "standard deviation with eps under the root")
def deviation(variance: Term, eps: Term) -> Term:
    return sqrt(variance + eps)


@norm_backward.quantity(r"\hat{x}", "normalized values", element=r"\hat{{x}}_{{{i}}}")
def normalized(values: Vector, mean: Term, deviation: Term) -> Vector:
    return tuple((v - mean) / deviation for v in values)


@norm_backward.quantity(r"d_\gamma", "derivative with respect to the scale")
def gamma_gradient(upstream: Vector, normalized: Vector) -> Term:
    return total(g * v for g, v in zip(upstream, normalized, strict=True))


@norm_backward.quantity(r"d_\beta", "derivative with respect to the shift")
def beta_gradient(upstream: Vector) -> Term:
    return total(upstream)


@norm_backward.quantity("d", "gradient with respect to the values", element="d_{{{i}}}")
def value_gradient(
    gamma: Term,
    deviation: Term,
    upstream: Vector,
    beta_gradient: Term,
    normalized: Vector,
    gamma_gradient: Term,
) -> Vector:
    m = len(upstream)
    return tuple(
        gamma / deviation * (g - beta_gradient / m - v * gamma_gradient / m)
        for g, v in zip(upstream, normalized, strict=True)
    )


norm_backward.mistake(
    "statistics_held",
    "mean and variance were held fixed; they depend on the input too",
    share="0.25",
    value_gradient=lambda gamma, deviation, upstream: tuple(
        gamma / deviation * g for g in upstream
    ),
)
norm_backward.mistake(
    "variance_held",
    "only the mean was differentiated, not the variance",
    share="0.25",
    value_gradient=lambda gamma, deviation, upstream, beta_gradient: tuple(
        gamma / deviation * (g - beta_gradient / len(upstream)) for g in upstream
    ),
)
norm_backward.mistake(
    "gamma_forgotten",
    "the scale gamma was left out of the derivative",
    share="0.25",
    gamma=lambda: 1,
)
norm_backward.mistake(
    "values_not_normalized",
    "the gradients were multiplied by the values; the scale multiplies normalized values",
    share="0.25",
    gamma_gradient=lambda upstream, values: total(
        g * v for g, v in zip(upstream, values, strict=True)
    ),
)
norm_backward.mistake(
    "shift_averaged",
    "the gradients were averaged; they add up, as the shift acts on each output",
    share="0.25",
    beta_gradient=lambda upstream: total(upstream) / len(upstream),
)


@norm_backward.proof
def by_complex_steps(
    values: Sequence[Fraction], upstream: Sequence[Fraction], gamma: Fraction, eps: Fraction
) -> Mapping[str, object]:
    """Move each value by a complex step, and the scale and the shift as well."""
    import numpy as np  # noqa: PLC0415 - only proofs need it

    from solvers.training.complex_step import gradient  # noqa: PLC0415 - as above

    x, g = np.array(values, dtype=float), np.array(upstream, dtype=float)

    def loss(data: NDArray[np.complex128], scale: complex, shift: complex) -> complex:
        spread = np.mean(data**2) - np.mean(data) ** 2 + float(eps)
        return complex(g @ (scale * (data - np.mean(data)) / np.sqrt(spread) + shift))

    slopes = gradient(lambda at: loss(x, at[0], at[1]), [float(gamma), 0.0])
    return {
        "gamma_gradient": float(slopes[0]),
        "beta_gradient": float(slopes[1]),
        "value_gradient": gradient(lambda data: loss(data, float(gamma), 0), x).tolist(),
    }


rms_norm = Derivation(
    "rms_norm",
    "RMS normalization of one token beside layer normalization",
    source="Zhang and Sennrich, Root mean square layer normalization (2019); torch.nn.RMSNorm",
    notes=(
        Note(
            r"RMS normalization divides by $\sqrt{\frac{1}{d} \sum_i x_i^2 + \epsilon}$.",
            ("scaled",),
        ),
        BIASED,
    ),
)
rms_norm.input("values", "x", "features of the token", vector(REAL), element="x_{{{i}}}")
rms_norm.input("gains", "g", "learned gains", vector(REAL), element="g_{{{i}}}")
rms_norm.input("eps", r"\epsilon", "small constant under the root", EPS, default=0)


@rms_norm.requires("there must be a gain for each feature")
def gains_fit(values: Vector, gains: Vector) -> Condition:
    return equal(len(values), len(gains))


@rms_norm.quantity("q", "mean square")
def mean_square(values: Vector) -> Term:
    return total(v**2 for v in values) / len(values)


@rms_norm.quantity("r", "root mean square")
def root(mean_square: Term, eps: Term) -> Term:
    return sqrt(mean_square + eps)


@rms_norm.quantity("y", "output", element="y_{{{i}}}")
def scaled(gains: Vector, values: Vector, root: Term) -> Vector:
    return tuple(g * v / root for g, v in zip(gains, values, strict=True))


@rms_norm.quantity(r"\mu", "mean", name="mean")
def mean_of_token(values: Vector) -> Term:
    return total(values) / len(values)


@rms_norm.quantity(r"\sigma^2", "variance", name="variance")
def variance_of_token(mean_square: Term, mean: Term) -> Term:
    return mean_square - mean**2


rms_norm.mistake(
    "mean_subtracted",
    "the mean was subtracted, as in layer normalization; RMS normalization leaves it",
    share="0.25",
    root=lambda variance, eps: sqrt(variance + eps),
    scaled=lambda gains, values, mean, variance, eps: tuple(
        g * (v - mean) / sqrt(variance + eps) for g, v in zip(gains, values, strict=True)
    ),
)
rms_norm.mistake(
    "sum_of_squares",
    "the squares were added up, not averaged",
    share="0.25",
    mean_square=lambda values: total(v**2 for v in values),
)
rms_norm.mistake(
    "gains_left_out",
    "the gains were left out",
    share="0.25",
    scaled=lambda values, root: tuple(v / root for v in values),
)
rms_norm.mistake(
    "root_forgotten",
    "the mean square was not rooted",
    share="0.25",
    root=lambda mean_square, eps: mean_square + eps,
)
rms_norm.mistake(
    "mean_square_for_variance",
    "that is the mean square; the variance has the square of the mean taken from it",
    share="0.25",
    variance=lambda mean_square: mean_square,
)


@rms_norm.proof
def by_the_length(
    values: Sequence[Fraction], gains: Sequence[Fraction], eps: Fraction
) -> Mapping[str, object]:
    """Bring the vector to its length in numpy, with eps as one more component."""
    import numpy as np  # noqa: PLC0415 - only proofs need it

    x = np.array(values, dtype=float)
    length = np.linalg.norm(np.append(x, (len(x) * float(eps)) ** 0.5))
    return {
        "root": float(length / len(x) ** 0.5),
        "scaled": (np.array(gains, dtype=float) * x / length * len(x) ** 0.5).tolist(),
        "variance": float(np.var(x)),
    }
