"""Batch, layer, group and instance normalization on a handful of numbers.

Each normalizes a set of values by its own mean and (biased) variance, then scales and shifts. What
differs is the set: batch norm takes one feature over the mini-batch, layer norm all features of a
sample, group norm the channels of a group, instance norm the positions of one channel.
"""

from __future__ import annotations

import statistics
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING

from solvers.graph.derivation import Derivation
from solvers.graph.domain import COUNT, REAL, matrix, real, vector
from solvers.graph.note import Note
from solvers.graph.number import to_decimal
from solvers.graph.term import Condition, Matrix, Term, Vector, equal, floor, sqrt, total

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction

EPS = real("0", "1")
BIASED = Note(
    "The variance is the mean of the squared deviations (divided by $m$, not by $m - 1$).",
    ("variance",),
)
IOFFE = "Ioffe and Szegedy, Batch normalization (2015), algorithm 1"
BA = "Ba, Kiros and Hinton, Layer normalization (2016)"


def _mean(values: Vector) -> Term:
    return total(values) / len(values)


def _variance(values: Vector, mean: Term) -> Term:
    return total((v - mean) ** 2 for v in values) / len(values)


def _flat(values: Matrix) -> Vector:
    return tuple(v for row in values for v in row)


def _normalizer(name: str, title: str, source: str, says: str) -> Derivation:
    """Return normalization of one set of values: mean, variance, normalized values, output."""
    norm = Derivation(name, title, source=source, notes=(BIASED,))
    norm.input("values", "x", says, vector(REAL), element="x_{{{i}}}")
    norm.input("gamma", r"\gamma", "scale", REAL, default=1)
    norm.input("beta", r"\beta", "shift", REAL, default=0)
    norm.input("eps", r"\epsilon", "small constant under the root", EPS, default=0)

    @norm.quantity(r"\mu", "mean")
    def mean(values: Vector) -> Term:
        return _mean(values)

    @norm.quantity(r"\sigma^2", "variance")
    def variance(values: Vector, mean: Term) -> Term:
        return _variance(values, mean)

    @norm.quantity("s", "standard deviation with eps under the root")
    def deviation(variance: Term, eps: Term) -> Term:
        return sqrt(variance + eps)

    @norm.quantity(r"\hat{x}", "normalized values", element=r"\hat{{x}}_{{{i}}}")
    def normalized(values: Vector, mean: Term, deviation: Term) -> Vector:
        return tuple((v - mean) / deviation for v in values)

    @norm.quantity("y", "output", element="y_{{{i}}}")
    def output(normalized: Vector, gamma: Term, beta: Term) -> Vector:
        return tuple(gamma * v + beta for v in normalized)

    @norm.quantity(
        "g", "direct derivative of an output with respect to its input (mean and variance held)"
    )
    def direct_gradient(gamma: Term, deviation: Term) -> Term:
        return gamma / deviation

    @norm.quantity("d", "derivative of the first output with respect to the first input")
    def full_gradient(direct_gradient: Term, values: Vector, normalized: Vector) -> Term:
        return direct_gradient * (1 - (1 + normalized[0] ** 2) / len(values))

    norm.mistake(
        "statistics_held",
        "mean and variance were held fixed; they depend on the input too",
        share="0.25",
        full_gradient=lambda direct_gradient: direct_gradient,
    )
    norm.mistake(
        "variance_held",
        "only the mean was differentiated, not the variance",
        share="0.25",
        full_gradient=lambda direct_gradient, values: (
            direct_gradient * (len(values) - 1) / len(values)
        ),
    )
    norm.mistake(
        "mean_held",
        "only the variance was differentiated, not the mean",
        share="0.25",
        full_gradient=lambda direct_gradient, values, normalized: (
            direct_gradient * (1 - normalized[0] ** 2 / len(values))
        ),
    )
    norm.mistake(
        "gamma_forgotten",
        "the scale gamma was left out of the derivative",
        share="0.25",
        direct_gradient=lambda deviation: 1 / deviation,
    )
    norm.mistake(
        "unbiased_variance",
        "the squared deviations were divided by m - 1 instead of m",
        share="0.5",
        variance=lambda values, mean: total((v - mean) ** 2 for v in values) / (len(values) - 1),
    )
    norm.mistake(
        "divided_by_variance",
        "the values were divided by the variance instead of its root",
        share="0.25",
        deviation=lambda variance, eps: variance + eps,
    )
    norm.mistake(
        "mean_not_subtracted",
        "the mean was not subtracted",
        normalized=lambda values, deviation: tuple(v / deviation for v in values),
    )
    norm.mistake(
        "scale_and_shift_swapped",
        "gamma and beta were exchanged",
        share="0.25",
        output=lambda normalized, gamma, beta: tuple(beta * v + gamma for v in normalized),
    )
    norm.mistake(
        "shift_forgotten",
        "the shift beta was left out",
        share="0.5",
        output=lambda normalized, gamma: tuple(gamma * v for v in normalized),
    )

    @norm.proof
    def by_statistics(
        values: Sequence[Fraction], gamma: Fraction, beta: Fraction, eps: Fraction
    ) -> Mapping[str, object]:
        """Takes mean and population variance from Python's statistics module, then floats."""
        data = [float(v) for v in values]
        middle, spread = statistics.fmean(data), statistics.pvariance(values)
        root = (float(spread) + float(eps)) ** 0.5
        scaled = [(v - middle) / root for v in data]
        return {
            "mean": statistics.mean(values),
            "variance": spread,
            "normalized": scaled,
            "output": [float(gamma) * v + float(beta) for v in scaled],
            "direct_gradient": float(gamma) / root,
            "full_gradient": _slope(values, gamma, eps),
        }

    return norm


def _slope(values: Sequence[Fraction], gamma: Fraction, eps: Fraction) -> float:
    """Return how the first output moves with the first input, by a central difference.

    A step of 1e-12 of the values in 60 digits leaves an error of some 1e-24.
    """
    step = Decimal("1e-12") * (1 + max(map(abs, map(to_decimal, values))))
    with localcontext(prec=60):
        ahead, behind = (_first_output(values, gamma, eps, move) for move in (step, -step))
        return float((ahead - behind) / (2 * step))


def _first_output(
    values: Sequence[Fraction], gamma: Fraction, eps: Fraction, move: Decimal
) -> Decimal:
    """Return the first output, without its shift, after the first input has moved."""
    first, *others = map(to_decimal, values)
    data = [first + move, *others]
    spread = statistics.pvariance(data) + to_decimal(eps)
    return to_decimal(gamma) * (data[0] - statistics.mean(data)) / spread.sqrt()


batch_norm = _normalizer(
    "batch_norm",
    "Batch normalization of one feature over a mini-batch",
    IOFFE,
    "values of the feature in the mini-batch",
)
layer_norm = _normalizer(
    "layer_norm",
    "Layer normalization of one sample over its features",
    BA,
    "features of the sample",
)

group_norm = Derivation(
    "group_norm",
    "Group normalization of one sample",
    source="Wu and He, Group normalization (2018), equations 1 to 3",
    notes=(BIASED,),
)
instance_norm = Derivation(
    "instance_norm",
    "Instance normalization of one sample",
    source="Ulyanov, Vedaldi and Lempitsky, Instance normalization (2016)",
    notes=(BIASED,),
)


def _grouped(norm: Derivation, *, by_channel: bool) -> None:  # noqa: C901 - two declarations
    """Declares a normalization of a matrix (channels by positions) in groups of channels."""
    norm.input("values", "x", "values: a row for each channel", matrix(REAL), element="x_{{{i}}}")
    if not by_channel:
        norm.input("groups", "G", "groups of channels", COUNT, default=1)
    norm.input("gamma", r"\gamma", "scale", REAL, default=1)
    norm.input("beta", r"\beta", "shift", REAL, default=0)
    norm.input("eps", r"\epsilon", "small constant under the root", EPS, default=0)

    @norm.requires("every channel must have as many positions as the first")
    def rectangular(values: Matrix) -> Condition:
        return equal(sum(len(row) != len(values[0]) for row in values), 0)

    def split(values: Matrix, groups: int) -> list[Vector]:
        size = max(len(values) // groups, 1)
        starts = range(0, len(values), size)
        return [tuple(v for row in values[i : i + size] for v in row) for i in starts]

    def means(values: Matrix, groups: int) -> Vector:
        return tuple(_mean(group) for group in split(values, groups))

    def variances(values: Matrix, groups: int, mean: Vector) -> Vector:
        pairs = zip(split(values, groups), mean, strict=True)
        return tuple(_variance(group, middle) for group, middle in pairs)

    def scaled(values: Matrix, groups: int, mean: Vector, variance: Vector, eps: Term) -> Matrix:
        size = max(len(values) // groups, 1)
        return tuple(
            tuple((v - mean[k // size]) / sqrt(variance[k // size] + eps) for v in row)
            for k, row in enumerate(values)
        )

    mean_of = norm.quantity(r"\mu", "means", name="mean", element=r"\mu_{{{i}}}")
    variance_of = norm.quantity(
        r"\sigma^2", "variances", name="variance", element=r"\sigma^2_{{{i}}}"
    )
    normalized_of = norm.quantity(
        r"\hat{x}", "normalized values", name="normalized", element=r"\hat{{x}}_{{{i}}}"
    )
    if by_channel:

        def instance_mean(values: Matrix) -> Vector:
            return means(values, len(values))

        def instance_variance(values: Matrix, mean: Vector) -> Vector:
            return variances(values, len(values), mean)

        def instance_normalized(
            values: Matrix, mean: Vector, variance: Vector, eps: Term
        ) -> Matrix:
            return scaled(values, len(values), mean, variance, eps)

        mean_of(instance_mean)
        variance_of(instance_variance)
        normalized_of(instance_normalized)
    else:

        @norm.requires("groups must divide the channels")
        def groups_divide(values: Matrix, groups: Term) -> Condition:
            return equal(floor(len(values) / groups) * groups, len(values))

        def group_mean(values: Matrix, groups: int) -> Vector:
            return means(values, groups)

        def group_variance(values: Matrix, groups: int, mean: Vector) -> Vector:
            return variances(values, groups, mean)

        def group_normalized(
            values: Matrix, groups: int, mean: Vector, variance: Vector, eps: Term
        ) -> Matrix:
            return scaled(values, groups, mean, variance, eps)

        mean_of(group_mean)
        variance_of(group_variance)
        normalized_of(group_normalized)

    @norm.quantity("y", "output", element="y_{{{i}}}")
    def output(normalized: Matrix, gamma: Term, beta: Term) -> Matrix:
        return tuple(tuple(gamma * v + beta for v in row) for row in normalized)


def _by_numpy(
    values: Sequence[Sequence[Fraction]],
    groups: int,
    gamma: Fraction,
    beta: Fraction,
    eps: Fraction,
) -> Mapping[str, object]:
    """Reshapes to groups and lets numpy take means and variances along the last axis."""
    import numpy as np  # noqa: PLC0415 - only proofs need it

    data = np.array(values, dtype=float)
    rows = data.reshape(groups, -1)
    middle, spread = rows.mean(axis=1), rows.var(axis=1)
    scaled = ((rows - middle[:, None]) / np.sqrt(spread[:, None] + float(eps))).reshape(data.shape)
    return {
        "mean": middle.tolist(),
        "variance": spread.tolist(),
        "normalized": scaled.tolist(),
        "output": (float(gamma) * scaled + float(beta)).tolist(),
    }


def _spread_mistakes(norm: Derivation, *, by_channel: bool) -> None:
    """Declares what is done wrong with a variance, whatever the set of values is."""

    def group_unbiased(values: Matrix, groups: int, variance: Vector) -> Vector:
        members = len(values) * len(values[0]) // groups
        return tuple(v * members / max(members - 1, 1) for v in variance)

    def instance_unbiased(values: Matrix, variance: Vector) -> Vector:
        return group_unbiased(values, len(values), variance)

    def group_undivided(values: Matrix, groups: int, mean: Vector, variance: Vector) -> Matrix:
        size = max(len(values) // groups, 1)
        return tuple(
            tuple((v - mean[k // size]) / variance[k // size] for v in row)
            for k, row in enumerate(values)
        )

    def instance_undivided(values: Matrix, mean: Vector, variance: Vector) -> Matrix:
        return group_undivided(values, len(values), mean, variance)

    norm.mistake(
        "unbiased_variance",
        "the squared deviations were divided by m - 1 instead of m",
        share="0.5",
        variance=instance_unbiased if by_channel else group_unbiased,
    )
    norm.mistake(
        "divided_by_variance",
        "the values were divided by the variance instead of its root",
        share="0.25",
        normalized=instance_undivided if by_channel else group_undivided,
    )


_grouped(group_norm, by_channel=False)
_grouped(instance_norm, by_channel=True)
_spread_mistakes(group_norm, by_channel=False)
_spread_mistakes(instance_norm, by_channel=True)
group_norm.mistake(
    "per_channel",
    "each channel was normalized by itself, as in instance normalization",
    share="0.25",
    groups=lambda values: len(values),
)
group_norm.mistake(
    "all_channels",
    "all channels were normalized together, as in layer normalization",
    share="0.25",
    groups=lambda: 1,
)
instance_norm.mistake(
    "all_channels",
    "all channels were normalized together, as in layer normalization",
    share="0.25",
    mean=lambda values: tuple(_mean(_flat(values)) for _ in values),
    variance=lambda values, mean: tuple(_variance(_flat(values), middle) for middle in mean),
)
group_norm.proof(_by_numpy)


@instance_norm.proof
def _instances_by_numpy(
    values: Sequence[Sequence[Fraction]], gamma: Fraction, beta: Fraction, eps: Fraction
) -> Mapping[str, object]:
    """Lets numpy take means and variances along the positions of each channel."""
    return _by_numpy(values, len(values), gamma, beta, eps)
